"""What people write where a figure or a date would not do: 达成, 部分达成, 未达成, 已完成, 逾期完成."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from kpi.progress.reading import without_sign
from kpi.progress.settings import Settings, Words
from kpi.values import Value, find_values, parse
from kpi.values.normal import squeezed

Said = Literal["done", "late", "partly", "undone"]
_END = re.compile(r"[。.!！;；,，]+$")
_DENIED = re.compile("未|不|没|尚|待|难")
_IN_TIME = re.compile("(未|没有?|无|不)(有|曾|发生|出现|存在)?(任何)?(逾期|延期|超期|推迟|滞后|延后)")
_CLAUSE = re.compile(r"[，,；;。()（）]")
_LONGEST = 120  # characters of an answer; more is a report
_FEW = 12  # characters of an answer that says nothing but yes or no
_SHARE = re.compile(r"(?:完成|进度|达到?|实施)\D{0,3}?(\d{1,3}(?:\.\d+)?)%")


@lru_cache(maxsize=4096)
def said(text: str, words: Words) -> Said | None:
    """What an answer in words says; None where it cannot be told."""
    plain = _END.sub("", squeezed(text))
    if not plain or len(plain) > _LONGEST:
        return None
    groups: tuple[tuple[frozenset[str], Said], ...] = (
        (words.undone, "undone"), (words.late, "late"), (words.partly, "partly"), (words.done, "done"),
    )  # fmt: skip
    for group, answer in groups:
        if plain in group:
            return answer
    # More is said around it: what denies counts before what affirms (逾期未完成, 已完成80%).
    if _has(plain, words.undone):
        return "undone"
    if _has(plain, words.partly) or any(float(share) < 100 for share in _SHARE.findall(plain)):
        return "partly"
    if _has(plain, words.late) and not _IN_TIME.search(plain):
        return "late"
    return "done" if _has(plain, words.done) and not _DENIED.search(plain) else None


def begun(text: str, name: str, words: Words) -> bool:
    """Whether an answer says that something has begun of which the target (开工时间) asks no more."""
    plain = squeezed(text)
    asked = squeezed(name)
    starts = any(one in asked for one in words.starting) and not any(one in asked for one in words.finished)
    if not starts or len(plain) > _LONGEST:
        return False
    return _has(plain, words.begun) and not _DENIED.search(plain)


def unbegun(text: str, words: Words) -> bool:
    """Whether an answer, or its first clause, says that nothing at all was done (未开展, 未开工，资金没有到位)."""
    first, *more = _CLAUSE.split(_END.sub("", squeezed(text)))
    return first in words.unbegun and not any(c.isdigit() for clause in more for c in clause)


def short_of(text: str, words: Words) -> bool:
    """Whether an answer says in a few words that something was not reached, and not how far it came."""
    plain = squeezed(text)
    plain_words = len(plain) <= _FEW and not any(c.isdigit() for c in plain)
    return plain_words and plain not in words.pending and said(text, words) == "undone"


def _has(plain: str, words: frozenset[str]) -> bool:
    return any(word in plain for word in words if len(word) > 1)


def against_target(text: str, target: str, settings: Settings) -> Said | None:
    """An answer held against a target in words: its own word is enough, a better grade too."""
    plain, wanted = _END.sub("", squeezed(text)), _END.sub("", squeezed(target))
    if not plain:
        return None
    own = plain == wanted or plain == without_sign(target)
    if own or (len(wanted) > 1 and wanted in plain and not _DENIED.search(plain.replace(wanted, ""))):
        return "done"
    if (none := of_nothing(text, target, settings.words)) is not None:
        return "done" if none else "undone"
    if (reached := grade_reached(text, target, settings.grades)) is not None:
        return "done" if reached else "undone"
    return said(text, settings.words)


def grade_reached(text: str, target: str, grades: Sequence[str]) -> bool | None:
    """Whether a grade is as good as the one asked for; None where either is none. `grades`: the best first."""
    plain, wanted = _END.sub("", squeezed(text)), _END.sub("", without_sign(target))
    if plain not in grades or wanted not in grades:
        return None
    return grades.index(plain) <= grades.index(wanted)


def of_nothing(text: str, target: str, words: Words) -> bool | None:
    """Whether something did not happen that should not (无 against 无, 0起, 1起); None where target or answer tells no
    such thing."""
    plain = _END.sub("", squeezed(text))
    if _END.sub("", without_sign(target)) not in words.naught:
        return None
    if plain in words.naught or tells_nothing(text, words):
        return True
    if plain in words.happened:
        return False
    told = [value.figure for value in _figures(plain) if value.figure is not None]
    return told[0] == 0 if len(told) == 1 and told[0] >= 0 else None


def _figures(text: str) -> list[Value]:
    """What an answer of a few words counts (1起, 发生1起)."""
    whole = parse(text)
    some = [whole] if whole.kind == "quantity" else [one for _, _, one in find_values(text[:_LONGEST])]
    return [one for one in some if one.kind == "quantity"]


def tells_nothing(text: str, words: Words) -> bool:
    """Whether an answer in a few words says that nothing happened (零事故, 未发生投诉), not that nothing was done."""
    plain = squeezed(text)
    if len(plain) > _FEW or any(c.isdigit() for c in plain):
        return False
    doubtful = any(word in plain for word in words.undone | words.pending | words.remaining)
    return not doubtful and plain.startswith(tuple(words.naught))


def outlook_of(text: str | None, words: Words) -> str | None:
    """确定能, 有可能 or 完全不可能, however it is put; None where the form says nothing of the kind."""
    plain = squeezed(text or "")
    for group, answer in ((words.hopeless, "完全不可能"), (words.maybe, "有可能"), (words.sure, "确定能")):
        if plain in group:
            return answer
    return None

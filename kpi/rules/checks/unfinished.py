"""Texts that stop in the middle: a trailing comma, a verb without its object, brackets without their other half."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from kpi.model import Location, TargetTable
from kpi.rules.citations import numbers
from kpi.rules.context import FormContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.prose import Prose, labels, prose, quoted
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import holds, pattern

_TRAILING = re.compile(r"[，,、]\s*$|(?:如下|以下|包括)[:：]\s*$")
#: 1.制定评估制度；2.
_EMPTY_ITEM = re.compile(r"[；;。\n]\s*(?P<mark>[(（]?\d{1,2}[)）]?[.、．])\s*$")
#: 一是专人负责；二是 / 3月采购，4月 / 委托具有资质的: what of it?
_NOTHING_MORE = re.compile(
    r"[，,。；;](?:[一二三四五六七八九]是|\d{1,2}月份?|第[一二三四五六七八九]|其[次三四]|为|让|使|并|对|如不及时)$|》第$|[，,][^，,。；;]{2,16}[率值额数]达$|经[^，,。；;]{2,12}[^，,。；;前]后$|[，,。；;](?:(?!是|会|能|为了)[^，,。；;：:]){6,}的$"
    r"|[，,。；;](?:并|且)?(?:进一步|不断|持续|有效|切实)(?:提升|提高|改善|增强|促进|推动|加强|完善|保障|推进)$"
    r"|[，,。；;]并?[于在][^，,。；;]{2,8}[前后](?:对|将|把|向|与|为)$"
)
_END = re.compile(r"[\s。．.;；!！…]+$")
_SHUT: Mapping[str, str] = {")": "(", "）": "(", "》": "《", "」": "「", "』": "『"} | dict.fromkeys("】〕]］", "[")
_OPEN: Mapping[str, str] = {"(": "(", "（": "(", "《": "《", "「": "「", "『": "『"} | dict.fromkeys("【〔[［", "[")
_NAMES = {"(": "括号", "[": "方括号", "《": "书名号", "「": "引号", "『": "引号"}
# "1)" "一）" "a)": the mark of a list item, closed on one side only.
_ITEM = re.compile(r"(?<![(（\d])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])\s*[)）]")
#: 其中超过使用年限的, 并对弄虚作假的: what of them?
_OF_WHAT = re.compile(r"(?:其中|并对|[，,。；;]对|[，,。；;]凡是?|[，,。；;]由)[^，,。；;：:是]{2,16}的$")
_CLAUSE = re.compile(r"[，,。；;\n]+")
_STOPS = ("。", "；", ";", ".")
_INCHES = re.compile(r"(?<=\d)\s?”")


class UnfinishedText(Params):
    """`endings`: words that a sentence cannot end with, unless with one of `complete`; `ways`: how somebody does what
    is not told any more (由中心统一); `deeds` and `effects`: a last clause that has one is whole without a figure,
    though the `figures` before it each have theirs; `least`: characters of a text; `limits`: lengths at which form
    systems cut a text; `even`: characters from which on two texts equally long were cut; `others`: sections that others
    fill in."""

    endings: WordList
    complete: WordList
    ways: WordList
    deeds: WordList
    effects: WordList
    others: WordList
    least: int = 6
    figures: int = 3
    limits: tuple[int, ...] = ()
    even: int = 20


class _Flaw(NamedTuple):
    one: Prose
    why: str
    start: int
    end: int

    @property
    def evidence(self) -> Evidence:
        return quoted(self.one, self.start, self.end)


@check("unfinished-text", scope="form", params=UnfinishedText, facts="reasons")
def unfinished_text(ctx: FormContext, params: UnfinishedText) -> Iterator[Hit | NotApplicable]:
    """One finding per form, one place a text that stops in the middle."""
    texts = prose(ctx.table, ctx.words[params.others])
    if not texts:
        yield NotApplicable("没有读到栏目文字和总体目标")
        return
    cut = _cut_by_form(ctx, texts, params)
    flaws = [flaw for one in texts if one.key not in cut and (flaw := _flaw(ctx, one, params))]
    if flaws:
        why = dict.fromkeys(flaw.why for flaw in flaws)
        reasons = "；".join(labels(flaw.one for flaw in flaws if flaw.why == reason) + reason for reason in why)
        yield Hit({"reasons": reasons}, evidence=tuple(flaw.evidence for flaw in flaws))


def _cut_by_form(ctx: FormContext, texts: tuple[Prose, ...], params: UnfinishedText) -> frozenset[str]:
    """Texts that the form or the end of the file cut, not the clerk: as long as a system lets them be, or two
    different texts of the file equally long and none longer, or the last text of a page that ends there."""
    longest, many = _longest(ctx.table, params.even)
    cut = {one.key for one in texts if len(one.text) in params.limits or (many and len(one.text) == longest)}
    table = ctx.table
    last = ctx.document.reader == "text" and ctx.document.tables[-1] is table
    lowest = max(texts, key=lambda one: _at(one.location))
    if last and all(_at(row.location) <= _at(lowest.location) for row in table.indicators):
        cut.add(lowest.key)
    return frozenset(cut)


def _at(place: Location) -> tuple[int, int, int]:
    return place.line or 0, place.row or 0, place.column or 0


def _longest(table: TargetTable, least: int) -> tuple[int, bool]:
    """The length of the longest text of the form, and whether several different ones have it."""
    said = set(_texts(table))
    longest = max(map(len, said), default=0)
    return longest, longest >= least and sum(len(text) == longest for text in said) > 1


def _texts(table: TargetTable) -> Iterator[str]:
    yield from table.sections.values()
    yield from (text for text in (table.period_goal, table.annual_goal) if text)


def _flaw(ctx: FormContext, one: Prose, params: UnfinishedText) -> _Flaw | None:
    text = one.text.rstrip()
    if len(text) < params.least:
        return None
    if item := _EMPTY_ITEM.search(text):
        return _Flaw(one, f"以“{item['mark'].strip()}”结尾，后面没有写完", max(0, len(text) - 20), len(text))
    if found := _TRAILING.search(text):
        return _Flaw(one, f"以“{found.group().strip()}”结尾，后面没有写完", max(0, len(text) - 20), len(text))
    bare = _END.sub("", text)
    ending = _ending(bare, ctx.words[params.endings], ctx.words[params.complete])
    if ending:
        return _Flaw(one, f"停在“{ending}”，后面缺内容", max(0, len(bare) - 20), len(text))
    words = ctx.words
    if bare == text and (stub := _NOTHING_MORE.search(bare)):
        return _Flaw(one, f"停在“{stub.group()[1:]}”，后面缺内容", max(0, len(bare) - 20), len(text))
    if stub := _OF_WHAT.search(bare) or _by_whom(words[params.ways]).search(bare):
        return _Flaw(one, f"停在“{stub.group()}”，后面缺内容", max(0, len(bare) - 20), len(text))
    if bare == text and (last := _without_figure(ctx, one, params)):
        return _Flaw(one, f"停在“{last}”，前面几句都有数，这一句没有写完", max(0, len(text) - len(last)), len(text))
    if odd := unbalanced(text):
        at, why = odd
        return _Flaw(one, why, at, min(at + 1, len(text)))
    return None


@lru_cache(maxsize=8)
def _by_whom(ways: frozenset[str]) -> re.Pattern[str]:
    """食材由服务中心统一, 名单经乡镇逐一."""
    return re.compile(rf"(?:由|经)[^，,。；;：:是]{{1,12}}(?:{pattern(ways).pattern})$")


def _without_figure(ctx: FormContext, one: Prose, params: UnfinishedText) -> str:
    """The last clause of a goal whose other clauses each have a figure, where two of the form's texts or more end as
    a sentence does and this one does not; "" where it may be whole."""
    if one.half is None or sum(text.rstrip().endswith(_STOPS) for text in _texts(ctx.table)) < 2:
        return ""
    *others, last = [clause.strip() for clause in _CLAUSE.split(one.text) if clause.strip()] or [""]
    told = [any(map(str.isdigit, clause)) for clause in others]
    if len(told) < params.figures or not all(told) or any(map(str.isdigit, last)):
        return ""
    whole = holds(ctx.words[params.effects], last) or holds(ctx.words[params.deeds], last)
    return "" if whole else last


def _ending(text: str, endings: frozenset[str], complete: frozenset[str]) -> str:
    """The stub that the text ends with, or ""."""
    tail = text[-12:]
    if any(tail.endswith(word) for word in complete):
        return ""
    found = [match for match in pattern(endings).finditer(tail) if match.end() == len(tail)]
    return found[0].group() if found else ""


def unbalanced(text: str) -> tuple[int, str] | None:
    """The first bracket or quotation mark without its other half: where, and what to tell."""
    numbered = [range(*match.span()) for match in numbers(text)]  # how a document's number is bracketed is TXT008's
    skipped = frozenset(at for span in numbered for at in span)
    opened: dict[str, list[int]] = {}
    alone: list[tuple[int, str]] = []
    for at, mark in enumerate(text):
        if at in skipped:
            continue
        if kind := _OPEN.get(mark):
            opened.setdefault(kind, []).append(at)
        elif kind := _SHUT.get(mark):
            if opened.get(kind):
                opened[kind].pop()
            else:
                alone.append((at, kind))
    left = sorted((at, kind) for kind, places in opened.items() for at in places)
    if left:
        at, kind = left[0]
        return at, f"的{_NAMES[kind]}不配对，“{text[at]}”没有收尾的一半"
    items = sum(1 for _ in _ITEM.finditer(text))
    if sum(kind == "(" for _, kind in alone) <= items:
        alone = [(at, kind) for at, kind in alone if kind != "("]
    if alone:
        at, kind = alone[0]
        return at, f"的{_NAMES[kind]}不配对，“{text[at]}”前面没有开头的一半"
    quotes = _INCHES.sub("", text) if "“" not in text else text
    if (quotes.count("“") + quotes.count("”")) % 2:
        return max(text.rfind("“"), text.rfind("”")), "的引号不成对"
    return None

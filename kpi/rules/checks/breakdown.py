"""Amounts that a form itself adds up: 264万元,其中…; …,合计95万元; 经费构成:… beside the form's funding."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import HALVES, Location, TargetTable
from kpi.rules.checks.arithmetic import Mistake
from kpi.rules.statements import Figure, Interval, amounts, around, plain, wan

_SENTENCE = re.compile(r"[^。\n]+")
_AMONG = later(r"^[,，:：(（]*其中")
_SUMMED = later(r"(?:合计|共计|总计|总共)(?:为|约|需|金额|资金|投入|安排)*[:：]?$")
_MADE_OF = later(r"(?:构成|组成|测算|明细|用途|支出内容)[^\d]{0,12}[:：]")
#: what one of many costs adds up to nothing
_EACH = later(r"[/／每]|^\s*[×xX*]|^(?:一|每)")
_PRICED = later(r"(?:(?:每|[人户亩次]均)[^\d,，、;；]{0,6}|(?:标准|单价)[^\d,，、;；]{0,4}|各)$")
_BRACKETED = later(r"[(（][^()（）]*[)）]")  # 98万元(含灯具采购12万元)
_MARKS = ",，;；、:："
_ASIDE = later("上年|去年|同比|增加|减少|增长|下降|节约|节省|结转|结余|超支|政府采购|累计|另|挽回|收入|产值|增收")
_OPEN = later("其余|剩余|余下|等(?:方面|支出|项|费用)?[,，;；。]?$|主要|累计|重点|部分用于")  # not all of it is told
_REACH = 12  # characters in front of an amount
_LEAST = 2  # parts
_FEW = 5  # parts that rounding hardly moves by more than a unit
_LISTED = 3  # of a list that names no whole


class Unbalanced(NamedTuple):
    """A sentence whose parts do not come to their whole. `mistake`: of the case "parts"."""

    mistake: Mistake
    text: str
    place: Location


def unbalanced(table: TargetTable, near: Decimal) -> Iterator[Unbalanced]:
    """The sentences of a form's goals and sections that miss their own sum by up to `near` of it: further off, the
    parts are not all that there are."""
    for text, place in _texts(table):
        for found in _SENTENCE.finditer(text):
            said = _BRACKETED.sub("", plain(found[0]))
            figures = [one for one in amounts(said) if not _is_aside(said, one)]
            if len(figures) < _LEAST or _OPEN.search(said) or any(_is_price(said, one) for one in figures):
                continue
            mistake = _within(said, figures, near) or _beside(said, figures, table, near)
            if mistake:
                yield Unbalanced(mistake, found[0].strip(), place)


def _texts(table: TargetTable) -> Iterator[tuple[str, Location]]:
    for half in HALVES:
        if goal := table.goal(half):
            yield goal, table.locations.get(f"goals.{half}") or table.location
    for label, text in table.sections.items():
        yield text, table.locations.get(f"sections.{label}") or table.location


def _is_aside(said: str, figure: Figure) -> bool:
    """比上年减少8万元, 年节约电费15万元, 上年结转6万元: an amount that is no part of the sum."""
    begin = max(said.rfind(mark, 0, figure.start) for mark in _MARKS) + 1
    end = min((at for mark in _MARKS if (at := said.find(mark, figure.end)) >= 0), default=len(said))
    return _ASIDE.search(said[begin:end]) is not None


def _is_price(said: str, figure: Figure) -> bool:
    before = said[max(figure.start - _REACH, 0) : figure.start]
    return _EACH.match(said, figure.end) is not None or _PRICED.search(before) is not None


def _within(said: str, figures: Sequence[Figure], near: Decimal) -> Mistake | None:
    """A whole in the sentence itself: in front of 其中, or behind 合计."""
    last = figures[-1]
    if _SUMMED.search(said[: last.start]) and "其中" not in said:
        return _mistake(f"合计{last.text}", last.range, last.value, figures[:-1], near)
    if said.count("其中") != 1:
        return None
    at = next((k for k, one in enumerate(figures) if _AMONG.match(said[one.end :])), None)
    if at is None or any(part.value >= figures[at].value for part in figures[at + 1 :]):
        return None
    whole = figures[at]
    return _mistake(whole.text, whole.range, whole.value, figures[at + 1 :], near)


def _beside(said: str, figures: Sequence[Figure], table: TargetTable, near: Decimal) -> Mistake | None:
    """What the money is made of, in a list without its sum: the form's funding is that."""
    if len(figures) < _LISTED or not _MADE_OF.search(said[: figures[0].start]) or "其中" in said:
        return None
    totals = [money.total for half in HALVES if (money := table.funding(half)) and money.total]
    half = Decimal(50) if "万" in table.money_unit else Decimal("0.5")
    mistakes = [_mistake(f"资金总额{wan(one)}", around(one, half), one, figures, near) for one in totals]
    sources = [one for h in HALVES if (money := table.funding(h)) for one in money.sources.values() if one]
    met = any(summed(figures).meets(around(one, half)) for one in (*totals, *sources))  # the whole term's, or a source
    return None if met else next(filter(None, mistakes), None)


def _mistake(
    said: str, whole: Interval, value: Decimal, parts: Sequence[Figure], near: Decimal
) -> Mistake | None:
    """A sum that is close to its whole and not the same."""
    if len(parts) < _LEAST:
        return None
    if any(sum((part.value for part in parts[:n]), Decimal(0)) == value for n in range(_LEAST, len(parts))):
        return None  # 设备费200万元,人工费120万元,质保金16万元在验收后支付: what comes after is a part of a part
    computed = sum((part.value for part in parts), Decimal(0))
    gap = abs(computed - value)
    unit = max((whole.high - whole.low), *(2 * part.half for part in parts))
    rounded = gap <= unit if len(parts) <= _FEW else summed(parts).meets(whole)
    if rounded or gap > near * value:
        return None
    added = " + ".join(part.text for part in parts)
    facts = {"said": said, "parts": added, "computed": wan(computed), "whole": wan(value), "gap": wan(gap)}
    return Mistake("parts", facts, parts[0].start)


def summed(parts: Sequence[Figure]) -> Interval:
    total = Interval(Decimal(0), Decimal(0))
    for part in parts:
        total = total.plus(part.range)
    return total

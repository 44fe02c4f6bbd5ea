"""Which figures and days may stand at a place of a text without separators, each with its unit or without."""

import re
from collections.abc import Iterator
from functools import cache

from kpi.lazyre import HAN, later
from kpi.readers.gluedtext import AFTER, PER, SIGN, SIGNS, Cell, is_noun, unit_words, units_known

_DAY = (
    r"\d{4}年度?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:全年|底|末|初)?(?:之前|以前|前|内)?"
    r"|每(?:个?月|季度?|年)\d{1,2}(?:日|号|月)(?:底|末)?(?:之前|以前|前)?"
    r"|\d{1,2}月(?:\d{1,2}日|底|末)?(?:之前|以前|前)?|\d{4}[./-](?:1[0-2]|0?[1-9])(?!\d)(?:[./-]\d{1,2})?"
)
_DEED = "(?:完成|完工|竣工|到位|建成|支付|发放|拨付|兑付|交付|验收)(?!率|情况|时|及|数|标)"
DATE = later(rf"(?:{_DAY})(?:[-—~至]{{1,2}}(?:{_DAY}))?(?:{_DEED})?")
_REST_OF_DAY = later(r"年\d{1,2}月|月\d{1,2}日")  # no cell begins behind 2027年 in 2027年12月
_YEARS = later(r"(?:19|20)\d\d[-—~至](?:19|20)\d\d(?!\d)")  # 2017-2021 is one figure
_TORN_NUMBER = later(rf"\d00+{HAN}")  # no figure begins at the first nought of 5000群
_TORN_DAYS = later(r"(?<=[1-9])0(?:日|天|个工作日|小时|分钟)")  # nor at that of 20日内
_AWARDED = later(r"(?<=[得扣])\d{1,3}(?:\.\d+)?分")  # 较大得10分: what a mark is given for, and no value
_SHARE = later(r"(?<=[成付到])\d{1,3}(?:\.\d+)?[%％]")
_LEADS = later(
    rf"(?:{AFTER})?(?P<sign>{SIGN})?(?P<number>[±]?\d[\d,]*(?:\.\d+|[OoＯ](?={HAN}|[%％]))?)"
    r"(?P<times>百分比|[余多]?[万亿千百])?"
)
_TAIL = later(r"(?:以上|以下|以内|及以上|左右|覆盖|内)?")
_RANGE = later(r"[-—~至±]\d[\d,]*(?:\.\d+)?")
_PER_ALL = later(r"/[(（][^()（）\d]{1,8}[)）]")  # 300元/(人·月)
_MOSTDIGITS = 8  # of figures that stand one behind the other
FIGURE, UNIT = 1.2, 1.0  # what a figure counts, and a unit behind it
_SIGNED = 1.2
_SECOND = 0.6  # for a second figure in the unit of the first
_DIVIDED = 0.6  # less for a part of a run of digits


def figures(text: str, at: int, end: int) -> Iterator[Cell]:
    """Days and figures with and without their units; a run of digits may be several figures."""
    inside = _REST_OF_DAY.match(text, max(at - 1, 0), end)
    if inside or _AWARDED.match(text, at, end) or _TORN_DAYS.match(text, at, end):
        return
    sign = SIGNS.match(text, at, end)
    if sign and (day := DATE.match(text, sign.end(), end)):  # =2027年11月30日前
        yield Cell(day.end(), FIGURE + _SIGNED + UNIT + 0.6)
    if day := DATE.match(text, at, end):
        yield Cell(day.end(), FIGURE + UNIT + 0.6)
        if share := _SHARE.match(text, day.end(), end):  # 11月底完成100%
            yield Cell(share.end(), FIGURE + UNIT + 0.9)
    if years := _YEARS.match(text, at, end):
        yield Cell(years.end(), FIGURE)
        return
    found = _LEADS.match(text, at, end)
    if not found or _TORN_NUMBER.match(text, max(at - 1, 0), end):
        return
    signed = _SIGNED if found["sign"] else 0.0
    if found["times"] == "百分比":
        yield Cell(found.end(), FIGURE + signed + UNIT)
        return
    for stop, score in _with_unit(text, found.end("number"), end):
        if (unit := text[found.end("number") : stop].strip()) and (more := _another(unit).match(text, stop, end)):
            yield Cell(more.end(), FIGURE + signed + score + _SECOND)
        yield Cell(_TAIL.match(text, stop, end).end(), FIGURE + signed + score)  # type: ignore[union-attr]
    first, last = found.start("number"), found.end("number")
    if not found["times"]:
        for stop in range(max(first + 1, last - _MOSTDIGITS), last + 1):
            if text[stop - 1] not in ".," and text[stop : stop + 1] not in (".", ","):
                yield Cell(stop, FIGURE + signed - (_DIVIDED if stop < last else 0.0))


@cache
def _another(unit: str) -> re.Pattern[str]:
    """12期|、1期: a second figure of the same unit in one cell."""
    return re.compile(rf"\s*[、和及与]\s*\d[\d,]*(?:\.\d+)?\s*{re.escape(unit)}(?![数量])")


def _with_unit(text: str, at: int, end: int) -> Iterator[tuple[int, float]]:
    """The ends of the units that may stand behind a figure."""
    odd = at + (text[at : at + 1] in ("余", "多"))  # 80余万元, 300多户
    start = odd + (odd < end and text[odd] in "万亿千百")
    if start == odd > at and not units_known().match(text, odd, end):
        start = at  # 80多功能厅
    if start > at:
        yield start, 0.5
    if further := _RANGE.match(text, at, end):
        yield from _with_unit(text, further.end(), end)
    known = [k for k in range(min(5, end - start), 0, -1) if text[start : start + k] in unit_words()]
    if not known and start < end and (start + 1 == end or text[start + 1].isdigit()) and text[start] >= "\u4e00":
        yield start + 1, 0.5  # nothing but one character between a figure and the next: a unit that the lists lack
    more = units_known().match(text, start + known[0], end) if known else None
    if more and more.end() == end:
        yield end, UNIT  # 2000种次, and nothing behind it
    for length in known:
        stop, plain = start + length, length == 1 or not is_noun(text[start : start + length])
        yield stop, (UNIT if plain else 0.4) - (0.3 if length < known[0] and plain else 0.0)
        whole = UNIT + 0.6
        if bracket := _PER_ALL.match(text, stop, end):
            yield bracket.end(), whole + 0.2
        while part := PER.match(text, stop, end):
            unit = units_known().match(text, part.end(), end)
            if not unit:
                break
            stop, whole = unit.end(), whole + 0.1  # 元/月/人 rather than 元/月
            yield stop, whole

"""Forms that put a measure and its line behind each goal: 绩效目标名称 | 目标值 | 评价指标 | 标准值, under 投入目标,
管理目标, 产出目标 and 效果目标, in cells or in one run of text. The indicator is the third, its value the fourth.

Blank cells are lost in such runs, so a row is known by its third and fourth cell; what stands behind them (results,
points, remarks) cannot be told apart and is passed over.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.model import Entry, Funding, Indicator, TargetTable
from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.match import nouns
from kpi.readers.oneform import CUT

_NAMED = later("(?:绩效)?目标名称")
_HEADS = ("目标值", "评价指标", "标准值")
_DONE = later("完成值|实际值|得分")  # heads of a form that tells what came of it
_SECTION = later(rf"[一二三四五六][、.．]\s*(?P<name>{HAN}{{2,6}}目标)")
_GROUP = later(rf"\d{{1,2}}[、.．]\s*(?P<name>{HAN}{{2,8}}(?:目标|指标|效益|影响|满意度))")
_NUMBER = later(r"\d{1,2}(?:[-—.]\d{1,2})?[、.．]?")  # 1-2, in a cell of its own
_INDEX = later(r"\d{1,2}[-—]\d{1,2}")
_FORMULA = later(r"\s*[=＝].*")  # 领取率=实际领取人数/应领取人数
_PROJECT = later(r"项目名称[:：]?\s*(?P<name>[^\s:：]{2,40})")
_MONEY = later(r"资金总额[:：]?\s*(?P<sum>\d[\d,]*(?:\.\d+)?)")
_WAN = later("(?:金额)?单位[:：]\\s*万元")
_STATED = 12  # characters of a standard in words
_LEAST = 4  # rows
READ = "按“目标名称、目标值、评价指标、标准值”依次读：评价指标是名称，标准值是指标值"


class _Heads(NamedTuple):
    start: int  # of the first cell behind the heads
    evaluated: bool


def by_standards(lines: Sequence[Line], year: int | None) -> list[TargetTable]:
    """The form of such cells; [] for any other."""
    cells = [cell for line in lines for cell in line.filled]
    heads = _heads(cells)
    rows = list(_rows(cells, heads)) if heads else []
    if heads is None or len(rows) < _LEAST:
        return []
    above = " ".join(cell.text for cell in cells[: heads.start])
    project, title = _PROJECT.search(above), next((c for c in cells[: heads.start] if labels.is_title(c.text)), None)
    money, place = _MONEY.search(above), cells[0].location
    total = Decimal(money["sum"].replace(",", "")) * (10_000 if _WAN.search(above) else 1) if money else None
    last = cells[-1].text.strip()
    cut = _opens(last) or _NUMBER.fullmatch(last) is not None  # 1-2: the page stops amid its rows
    return [
        TargetTable(
            title=title.text if title else "",
            year=year,
            project=project["name"] if project else "",
            annual_funding=Funding(total, location=place, text=money["sum"]) if money else None,
            form="self-evaluation" if heads.evaluated else "target",
            indicators=tuple(rows),
            locations={"title": title.location if title else place, **({"project": place} if project else {})},
            cut=cut,
            explain=(READ, *([CUT] if cut else [])),
        )
    ]


def _heads(cells: Sequence[GridCell]) -> _Heads | None:
    told = [labels.squeeze(cell.text) for cell in cells]
    for at in range(len(cells) - len(_HEADS)):
        if _NAMED.fullmatch(told[at]) and tuple(told[at + 1 : at + 1 + len(_HEADS)]) == _HEADS:
            start = at + 1 + len(_HEADS)
            stop = next((k for k in range(start, len(cells)) if _SECTION.match(cells[k].text)), len(cells))
            return _Heads(stop, any(_DONE.search(text) for text in told[start:stop]))
    return None


def _rows(cells: Sequence[GridCell], heads: _Heads) -> Iterator[Indicator]:
    one = two = ""
    at = heads.start
    while at < len(cells):
        text = cells[at].text.strip()
        if section := _SECTION.fullmatch(text):
            level = labels.level_of(section["name"])
            one, two = (level.one, level.two or labels.second_alone(level.one)) if level else ("", section["name"])
            at += 1
        elif (group := _GROUP.fullmatch(text)) and (level := labels.level_of(group["name"])) and level.two:
            one, two = labels.canonical(level, one)
            at += 1
        elif not _NUMBER.fullmatch(text) and _is_row(cells[at : at + 4]):
            name, value = _FORMULA.sub("", cells[at + 2].text.strip()), cells[at + 3]
            place = cells[at + 2].location
            entry = Entry(value.text.strip(), name, place, {"value": value.location})
            yield Indicator(one, two, name, annual=entry)
            at += 4
        else:
            at += 1


def _is_row(cells: Sequence[GridCell]) -> bool:
    """A goal, what is wanted of it, its measure, and how much: the measure ends as names of indicators do."""
    if len(cells) < len(_HEADS) + 1 or any(_opens(c.text.strip()) for c in cells):
        return False
    name, standard = _FORMULA.sub("", cells[2].text.strip()), cells[3].text.strip()
    measured = nouns().search(name) is not None and not any(map(str.isdigit, name)) and len(name) > 2
    return measured and (labels.has_figure(standard) or len(standard) <= _STATED) and not nouns().search(standard)


def _opens(text: str) -> bool:
    """Whether a cell begins something new: a section, a level, a number of its own."""
    return bool(_SECTION.match(text) or _GROUP.fullmatch(text) or _INDEX.fullmatch(text))

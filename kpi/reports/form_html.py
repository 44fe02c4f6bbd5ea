"""A form drawn as a form: its fields, sections and rows as tables, with marks in the cells that findings point at."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from kpi.model import Entry, Indicator, Location, TargetTable
from kpi.reports.numbers import grouped
from kpi.reports.office import legal
from kpi.reports.terms import HALVES
from kpi.reports.width import one_line

Mark = Callable[[str], tuple[str, str]]  # the key of a cell → attributes of its tag, marks behind its text
Column = tuple[str, str, Callable[[Indicator], str | None]]  # head, key, text


class Places(NamedTuple):
    """Where the cells of a form are: by their place in the file, and by row where the place is not known."""

    cells: Mapping[Location, str]
    rows: Mapping[tuple[str, str], int]


def text(words: str) -> str:
    """A document's words inside a page."""
    return escape(legal(one_line(words)))


def places(table: TargetTable) -> Places:
    cells = {place: key for key, place in table.locations.items()}
    rows: dict[tuple[str, str], int] = {}
    for number, indicator in enumerate(table.indicators):
        rows.setdefault((indicator.level2, indicator.name), number)
        for half, entry in (*indicator.entries(), *([("actual", indicator.actual)] if indicator.actual else ())):
            cells.update(_of_entry(number, half, entry))
    return Places(cells, rows)


def _of_entry(number: int, half: str, entry: Entry) -> Iterator[tuple[Location, str]]:
    for part, place in entry.cells.items():
        yield place, f"{number}.name" if part == "name" else f"{number}.{half}"
    yield entry.location, f"{number}.{half}"


def draw(table: TargetTable, mark: Mark) -> str:
    return "".join((*_head(table, mark), *_rows(table, mark)))


def _head(table: TargetTable, mark: Mark) -> Iterator[str]:
    fields = [
        ("项目名称", "project", table.project), ("主管部门", "department", table.department),
        ("实施单位", "unit", table.unit), ("项目属性", "attribute", table.attribute), ("项目期限", "term", table.term),
        *_money(table),
        *((label, f"sections.{label}", words) for label, words in table.sections.items()),
        ("实施期目标", "goals.period", table.period_goal), ("年度目标", "goals.annual", table.annual_goal),
        *((label, f"sign_off.{label}", words) for label, words in table.sign_off.items()),
    ]  # fmt: skip
    yield '<table class="fields"><tbody>'
    for label, key, words in fields:
        if words is not None:
            yield f'<tr><th scope="row">{text(label)}</th>{_cell("td", key, words, mark)}</tr>'
    yield "</tbody></table>"


def _money(table: TargetTable) -> Iterator[tuple[str, str, str]]:
    for half, money in (("period", table.period_funding), ("annual", table.annual_funding)):
        if money:
            parts = [f"{name} {grouped(amount)}" for name, amount in money.sources.items() if amount is not None]
            total = "未填" if money.total is None else f"{grouped(money.total)} 元"
            yield f"{HALVES[half]}资金", f"funding.{half}.total", total + (f"（{'，'.join(parts)}）" if parts else "")


def _rows(table: TargetTable, mark: Mark) -> Iterator[str]:
    if not table.indicators:
        return
    columns = _columns(table)
    heads = ("一级指标", "二级指标", *(head for head, _, _ in columns))
    yield '<table class="rows"><thead><tr>'
    yield "".join(f'<th scope="col">{text(head)}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    numbered = list(enumerate(table.indicators))
    for level1, group in groupby(numbered, key=lambda one: one[1].level1):
        yield from _level1(level1, list(group), columns, mark)
    yield "</tbody></table>"


def _level1(
    level1: str, group: Sequence[tuple[int, Indicator]], columns: Sequence[Column], mark: Mark
) -> Iterator[str]:
    """The rows of a first level; its cell and those of its second levels span theirs."""
    first = _spanning(level1, len(group))
    for level2, some in groupby(group, key=lambda one: one[1].level2):
        rows = list(some)
        second = _spanning(level2, len(rows))
        for number, indicator in rows:
            cells = (_cell("td", f"{number}.{key}", shown(indicator) or "", mark) for _, key, shown in columns)
            yield f"<tr>{first}{second}{''.join(cells)}</tr>"
            first = second = ""


def _spanning(words: str, rows: int) -> str:
    scope = f'"rowgroup" rowspan="{rows}"' if rows > 1 else '"row"'
    return f"<th scope={scope}>{text(words)}</th>"


def _cell(tag: str, key: str, words: str, mark: Mark) -> str:
    attributes, marks = mark(key)
    return f"<{tag}{attributes}>{text(words)}{marks}</{tag}>"


def _columns(table: TargetTable) -> list[Column]:
    """The columns that some row fills."""
    both = len(table.halves) > 1
    known: list[Column] = [
        ("三级指标", "name", lambda one: one.name),
        ("实施期指标值" if both else "指标值", "period", lambda one: one.period.text if one.period else None),
        ("年度指标值" if both else "指标值", "annual", lambda one: one.annual.text if one.annual else None),
        ("权重（分值）", "weight", lambda one: one.weight),
        ("指标方向", "polarity", lambda one: one.polarity),
        ("实际完成值", "actual", lambda one: one.actual.text if one.actual else None),
        ("得分", "score", lambda one: one.score),
        ("全年预计完成", "expected", lambda one: one.expected_year_end),
        ("完成可能性", "outlook", lambda one: one.outlook),
        ("偏差原因", "reason", lambda one: one.reason),
    ]
    return [one for one in known if one[1] == "name" or any(one[2](row) is not None for row in table.indicators)]

"""One form in two pieces: a copy that has its rows, or some of them, in front of the form's own head."""

from collections.abc import Sequence

from kpi.model import TargetTable

_PIECES = 2
_TOLD = "指标行有一部分在表头前面，按同一张表读；别处可能还缺内容"


def of_one_form(tables: Sequence[TargetTable]) -> list[TargetTable]:
    """The tables, where the only two of a file are one: under the same title, the first has rows and neither a project
    nor money, the second both a project and rows of other levels. Rows may be lost at either seam: those behind the
    head come first, as a table that begins and breaks off inside its rows."""
    if len(tables) != _PIECES or not _are_one(*tables):
        return list(tables)
    first, head = tables
    sections = {**first.sections, **head.sections}
    rows = (*head.indicators, *first.indicators)
    whole = head._replace(indicators=rows, sections=sections, begun=True, cut=True, explain=(*head.explain, _TOLD))
    return [whole]


def _are_one(first: TargetTable, head: TargetTable) -> bool:
    titles = sorted((first.title, head.title), key=len)
    if not titles[0] or not titles[1].endswith(titles[0]) or not head.project:
        return False
    if first.project or first.annual_funding or first.period_funding or not (first.indicators and head.indicators):
        return False
    levels = [{row.level2 for row in table.indicators} for table in (first, head)]
    return levels[0].isdisjoint(levels[1])

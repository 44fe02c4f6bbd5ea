"""Forms of files without a table: lists under headings, running text, the sentences of a report."""

from collections.abc import Sequence
from types import MappingProxyType

from kpi.lazyre import later
from kpi.model import Indicator, Location, TargetTable, Unread
from kpi.readers import labels
from kpi.readers.doubtful import is_displaced
from kpi.readers.lines import Line

LISTED = "没有表格，按“【…指标】”和“指标1:名称(值)”的清单读"
SPACED = "没有表格，按空格分开的“指标1:名称”和后面各格读"
TOLD = "没有表格，按“某某指标:名称+数值”的连续文字读"
_MOST_OF = 0.8
_HALF = 0.5  # where 指标1 itself, or a level, was taken for a name
_LEVEL = later("(?:数量|质量|时效|成本|效益|影响|满意度)指标[:：]")  # 质量指标:种苗成活率
_WANTED, _DONE = later("年初(?:设定)?(?:指标|目标)值"), later("(?:指标|目标)(?:值)?完成率")
SENTENCES = "没有表格，按报告里写明的目标句子读"
NO_VALUE = "报告里的这一句分不清哪里是名称、哪里是指标值，没有读入"
_SHOWN = 40  # characters of a clause that is quoted


def without_grid(lines: Sequence[Line], year: int | None) -> tuple[list[TargetTable], list[str], list[Unread]]:
    """The forms, how they were read, and what is told of them and could not be read; nothing where there are none."""
    from kpi.readers.lists import read_lists  # noqa: PLC0415 - these are for files without a table
    from kpi.readers.oneform import read_form  # noqa: PLC0415
    from kpi.readers.prose import read_prose  # noqa: PLC0415
    from kpi.readers.prosehead import by_project  # noqa: PLC0415
    from kpi.readers.sentences import read_sentences, states_results  # noqa: PLC0415
    from kpi.readers.spaced import spaced  # noqa: PLC0415

    if tables := read_lists(lines, year):
        return tables, [LISTED], []
    if rows := spaced(lines):
        read = list(read_form(rows, open_end=True))
        return [made for made, _ in read if made], [SPACED], [one for _, lost in read for one in lost]
    parts = by_project(lines)
    if len(parts) > 1:
        found = [without_grid(part, year) for part in parts]
    if len(parts) > 1 and any(tables for tables, _, _ in found):
        explain = next(told for _, told, _ in found if told)
        return [t for tables, _, _ in found for t in tables], explain, [u for _, _, lost in found for u in lost]
    prose, left = ([], []) if states_results(lines) else read_prose(lines, year)
    tables, lost = read_sentences(lines, year)
    prose, tables = ([one for one in some if not is_displaced(one.indicators)] for some in (prose, tables))
    prose, tables = ([_of_one_row(one) for one in some] for some in (prose, tables))
    counted = any(labels.SLOT.match(row.name) for table in tables for row in table.indicators)  # 指标1:… in a name
    bare = any(labels.SLOT.fullmatch(row.name) and row.valued for table in tables for row in table.indicators)
    bare = bare or any(_LEVEL.search(row.name) for table in tables for row in table.indicators)
    if prose and _rows(prose) > (_HALF if bare else _MOST_OF if counted else 1) * _rows(tables):
        return prose, [TOLD], left
    halves = [row for table in tables for row in table.indicators if _is_half(row)]
    lost = [*lost, *(_unread(row, tables[0].project) for row in halves if labels.has_figure(row.name))]
    return [_without_halves(table) for table in tables], [SENTENCES] if tables else [], lost


def _of_one_row(table: TargetTable) -> TargetTable:
    """筛查4.6万人次,年初指标值4.5万人次,指标完成率102%: a result, what was wanted, and the share of it are one row."""
    rows: list[Indicator] = []
    for row in table.indicators:
        if rows and row.annual and rows[-1].annual and _WANTED.fullmatch(row.name):
            told = rows[-1].annual
            rows[-1] = rows[-1]._replace(annual=row.annual._replace(name=told.name), actual=told)
        elif not (rows and _DONE.fullmatch(row.name)):
            rows.append(row)
    return table._replace(indicators=tuple(rows))


def _is_half(row: Indicator) -> bool:
    """A clause of a report without a value that could be told from its name: 聘用保洁人员若干名."""
    return not row.valued and not row.actual and not labels.TEMPLATE.fullmatch(row.name)


def _without_halves(table: TargetTable) -> TargetTable:
    """The form without them: what they say in nothing but words stands as a text of their level."""
    said: dict[str, list[str]] = {}
    for row in table.indicators:
        if _is_half(row) and not labels.has_figure(row.name):
            said.setdefault(row.level2 or row.level1, []).append(row.name)
    if not any(map(_is_half, table.indicators)):
        return table
    texts = {level: "；".join(names) for level, names in said.items() if level and level not in table.sections}
    rows = tuple(row for row in table.indicators if not _is_half(row))
    return table._replace(indicators=rows, sections=MappingProxyType({**table.sections, **texts}))


def _unread(row: Indicator, project: str) -> Unread:
    place = next((entry.location for _, entry in row.entries()), Location())
    return Unread(row.name[:_SHOWN], place, NO_VALUE, project, row.level2)


def _rows(tables: Sequence[TargetTable]) -> int:
    """How many rows have a value."""
    return sum(row.valued for table in tables for row in table.indicators)

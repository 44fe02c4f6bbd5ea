"""Forms of files without a table: lists under headings, running text, the sentences of a report."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.model import TargetTable, Unread
from kpi.readers import labels
from kpi.readers.doubtful import is_displaced
from kpi.readers.lines import Line

LISTED = "没有表格，按“【…指标】”和“指标1:名称(值)”的清单读"
TOLD = "没有表格，按“某某指标:名称+数值”的连续文字读"
_MOST_OF = 0.8
_HALF = 0.5  # where 指标1 itself, or a level, was taken for a name
_LEVEL = later("(?:数量|质量|时效|成本|效益|影响|满意度)指标[:：]")  # 质量指标:种苗成活率
SENTENCES = "没有表格，按报告里写明的目标句子读"


def without_grid(lines: Sequence[Line], year: int | None) -> tuple[list[TargetTable], list[str], list[Unread]]:
    """The forms, how they were read, and what is told of them and could not be read; nothing where there are none."""
    from kpi.readers.lists import read_lists  # noqa: PLC0415 - these three for files without a table
    from kpi.readers.prose import read_prose  # noqa: PLC0415
    from kpi.readers.prosehead import by_project  # noqa: PLC0415
    from kpi.readers.sentences import read_sentences, states_results  # noqa: PLC0415

    if tables := read_lists(lines, year):
        return tables, [LISTED], []
    parts = by_project(lines)
    if len(parts) > 1:
        found = [without_grid(part, year) for part in parts]
    if len(parts) > 1 and any(tables for tables, _, _ in found):
        explain = next(told for _, told, _ in found if told)
        return [t for tables, _, _ in found for t in tables], explain, [u for _, _, lost in found for u in lost]
    prose, left = ([], []) if states_results(lines) else read_prose(lines, year)
    tables, lost = read_sentences(lines, year)
    prose, tables = ([one for one in some if not is_displaced(one.indicators)] for some in (prose, tables))
    counted = any(labels.SLOT.match(row.name) for table in tables for row in table.indicators)  # 指标1:… in a name
    bare = any(labels.SLOT.fullmatch(row.name) and row.valued for table in tables for row in table.indicators)
    bare = bare or any(_LEVEL.search(row.name) for table in tables for row in table.indicators)
    if prose and _rows(prose) > (_HALF if bare else _MOST_OF if counted else 1) * _rows(tables):
        return prose, [TOLD], left
    return tables, [SENTENCES] if tables else [], lost


def _rows(tables: Sequence[TargetTable]) -> int:
    """How many rows have a value."""
    return sum(row.valued for table in tables for row in table.indicators)

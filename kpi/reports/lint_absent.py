"""What a whole form does not show at all, so that nothing of it could be checked: its project, its money, its goal."""

from collections.abc import Iterator, Sequence

from kpi.model import Document, TargetTable
from kpi.reports.width import shorten

_QUOTE_COLUMNS = 60
_WHOLE = {"产出指标", "效益指标"}
_COUNTED = {1: "一栏", 2: "两栏", 3: "三栏", 4: "四栏", 5: "五栏"}


def absent(documents: Sequence[Document]) -> str:
    """One clause about the forms that lack a whole field; "" where none does."""
    tables = [(table, list(_fields(table))) for document in documents for table in document.tables]
    short = [(table, fields) for table, fields in tables if fields]
    if not short:
        return ""
    table, fields = short[0]
    several = len(tables) > 1
    named = f"“{shorten(table.project, _QUOTE_COLUMNS)}”" if several and table.project else "有一张" if several else ""
    more = f"（另有 {len(short) - 1} 张表也缺栏目）" if len(short) > 1 else ""
    return f"{named}表上没有{'、'.join(fields)}{_COUNTED[len(fields)]}，没有核对{more}"


def _fields(table: TargetTable) -> Iterator[str]:
    """The fields without which no form of a project can be judged. A table of indicators alone is an excerpt, and one
    that breaks off has its own sentence."""
    levels = {row.level1 for row in table.indicators if row.filled}
    if table.form != "target" or not table.title or table.cut or not levels >= _WHOLE:
        return
    if not table.project and "project" not in table.locations:
        yield "项目名称"
    if table.department is None and table.unit is None:
        yield from ("主管部门", "实施单位")
    if table.period_funding is None and table.annual_funding is None:
        yield "资金"
    if table.period_goal is None and table.annual_goal is None:
        yield "总体目标"

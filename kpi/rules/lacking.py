"""What a whole form does not show at all, so that no rule could check it: its project, its money, its goal."""

from collections.abc import Iterator

from kpi.model import TargetTable

_WHOLE = {"产出指标", "效益指标"}
_COUNTED = {1: "一栏", 2: "两栏", 3: "三栏", 4: "四栏", 5: "五栏"}


def lacking(table: TargetTable) -> tuple[str, ...]:
    """The fields without which no form of a project can be judged. A table of indicators alone is an excerpt, and one
    that breaks off has its own sentence."""
    return tuple(_fields(table))


def told(fields: tuple[str, ...]) -> str:
    """A clause about such fields."""
    return f"表上没有{'、'.join(fields)}{_COUNTED[len(fields)]}，没有核对"


def _fields(table: TargetTable) -> Iterator[str]:
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

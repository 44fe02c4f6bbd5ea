"""At mid-year on a screen: a line a project, the worst first; with earlier checks how each of them went."""

from collections.abc import Iterator

from kpi.progress.figures import day
from kpi.progress.monitor import ProjectProgress
from kpi.progress.verdict import Light
from kpi.reports import monitor_batch as b
from kpi.reports.lightlooks import STYLES
from kpi.reports.lines import Line, Span, line, styled
from kpi.reports.monitor_batch import Standing
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.monitor_words import LIGHTS, UNNAMED
from kpi.reports.width import left, one_line, right, shorten, shorten_middle, width

_NAME_COLUMNS, _DEPARTMENT_COLUMNS = 40, 30
_SHARE, _RATE, _COUNT, _BEFORE, _DAY = 8, 12, 4, 9, 14
_COUNTED: tuple[Light, ...] = ("red", "yellow", "grey")


def overview(outcome: MonitorOutcome) -> Iterator[Line]:
    """Nothing for a single project: its own block tells all of it."""
    standings = b.standings(outcome)
    if len(standings) < 2:
        return
    yield line(styled("head", "各项目的灯（差的在前）"))
    names = [shorten_middle(_name(one), _NAME_COLUMNS) for one in standings]
    columns = max(*map(width, names), width("项目"))
    heads = [left("指标", 4), left("项目", columns), right("执行率 资金", _RATE), right("平均完成", _SHARE)]
    heads += [right(LIGHTS[light], _COUNT) for light in _COUNTED] + [right("没填", _COUNT)]
    heads += [left("上次", _BEFORE)] if outcome.history else []
    yield line(styled("dim", "  ".join([*heads, "主管部门、实施单位"])))
    for standing, name in zip(standings, names, strict=True):
        yield line(
            styled(STYLES[standing.project.light], LIGHTS[standing.project.light]), f"  {left(name, columns)}  ",
            *_figures(outcome, standing), styled("dim", _whose(standing)),
        )  # fmt: skip
    yield line()


def _figures(outcome: MonitorOutcome, standing: Standing) -> Iterator[str | Span]:
    one = standing.project
    money = one.execution
    rate = f"{b.percent(money.rate)} {LIGHTS[money.light]}" if money.rate is not None else LIGHTS[money.light]
    figures = [right(rate, _RATE), right(b.percent(one.mean), _SHARE)]
    figures += [right(_count(standing.lights[light]), _COUNT) for light in _COUNTED]
    yield "  ".join([*figures, right(_count(len(one.missing)), _COUNT)]) + "  "
    if outcome.history:
        was = b.last(outcome, one)
        yield Span(left(was.said if was else "", _BEFORE) + "  ", STYLES[was.light] if was else "")


def _whose(standing: Standing) -> str:
    table = standing.project.table
    return "　".join(shorten(text, _DEPARTMENT_COLUMNS) for text in (table.department, table.unit) if text)


def trend(outcome: MonitorOutcome, one: ProjectProgress) -> Iterator[Line]:
    """How a project stood at the earlier checks; nothing where there was none."""
    points = b.points(outcome, one)
    if len(points) < 2:
        return
    yield line("   历次监控：")
    shares_of = (right(head, _SHARE) for head in ("时间进度", "执行率", "平均完成"))
    heads = (left("", _DAY), left("指标", 4), left("资金", 4), *shares_of)
    yield line(styled("dim", f"     {'  '.join(heads)}  各项的灯"))
    for point in points:
        shares = (right(b.percent(share), _SHARE) for share in (point.time, point.rate, point.mean))
        yield line(
            "     ", left(day(point.when), _DAY), "  ", styled(STYLES[point.light], LIGHTS[point.light]), "  ",
            styled(STYLES[point.money], LIGHTS[point.money]), "  ", "  ".join(shares), f"  {b.tally(point.lights)}",
        )  # fmt: skip


def _name(one: Standing) -> str:
    return one_line(one.project.table.project) or UNNAMED


def _count(number: int) -> str:
    return str(number) if number else "·"

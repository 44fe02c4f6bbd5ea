"""`kpi monitor` as one page: what to look at first, every project in a line, how it went, then the form of each."""

from collections.abc import Iterator
from decimal import Decimal

from kpi.progress.figures import day
from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress
from kpi.progress.verdict import Light
from kpi.reports import monitor_batch as b
from kpi.reports import monitor_words as w
from kpi.reports.footing import HEAD
from kpi.reports.monitor_chart import chart
from kpi.reports.monitor_closing import verdict
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.pagecraft import Td, foot, listed, page, say, table, td
from kpi.reports.terms import at_the_top
from kpi.reports.width import shorten_middle

_HEADS = ("指标", "灯", "年度指标值", "执行情况", "占应完成", "全年预计", "说明和偏差原因")
_LIST = ("项目", "指标", "各项的灯", "执行率、资金", "平均完成", "相差百分点", "没有填的")
_MOST_PRESSING = 12
_NAME_COLUMNS, _LONGEST_NAME = 60, 200


def render(outcome: MonitorOutcome) -> str:
    return page("项目支出绩效运行监控", f"截至 {day(outcome.as_of)}", _body(outcome))


def _body(outcome: MonitorOutcome) -> Iterator[str]:
    yield from _said(outcome)
    if len(outcome.shown) > 1:
        yield from _overview(outcome)
        yield from _pressing(outcome)
    for number, project in enumerate(outcome.shown, 1):
        yield from _project(outcome, project, number)
    yield foot(HEAD, w.foot(outcome))


def _said(outcome: MonitorOutcome) -> Iterator[str]:
    """The conclusion, and how many of each light."""
    line = verdict(outcome)
    style = next((span.style for span in line if span.style), "")
    yield f'<div class="said {style}"><p><strong>{say(at_the_top("".join(span.text for span in line)))}</strong></p>'
    if len(outcome.shown) > 1:
        told = f"{w.ROWS} {pills(b.projects_tally(outcome))}　{w.MONEY} {pills(b.money_tally(outcome))}"
        yield f'<p class="pills">{len(outcome.shown)} 个项目：{told}</p>'
    every = [row.light for one in outcome.shown for row in one.indicators]
    yield f'<p class="pills">{len(every)} 项指标：{pills({light: every.count(light) for light in w.LIGHTS})}</p></div>'


def pill(light: Light, text: str = "") -> str:
    return f'<span class="pill {light}">{text or w.LIGHTS[light]}</span>'


def both(one: ProjectProgress) -> str:
    """Both lights of a project."""
    money = one.execution.light
    return f"{pill(one.light, f'{w.ROWS} {w.LIGHTS[one.light]}')} {pill(money, f'{w.MONEY} {w.LIGHTS[money]}')}"


def pills(lights: dict[Light, int]) -> str:
    return "".join(pill(light, f"{w.LIGHTS[light]} {lights[light]}") for light in w.LIGHTS if lights.get(light))


def _short(one: ProjectProgress) -> str:
    return say(shorten_middle(w.name(one), _NAME_COLUMNS))


def _overview(outcome: MonitorOutcome) -> Iterator[str]:
    yield "<section><h2>各项目（差的在前）</h2>"
    heads = (*_LIST, "上次") if outcome.history else _LIST
    yield from table(heads, (_standing(outcome, one) for one in b.standings(outcome)))
    yield "</section>"


def _standing(outcome: MonitorOutcome, standing: b.Standing) -> list[Td]:
    one = standing.project
    money = one.execution
    whose = "　".join(shorten_middle(text, _NAME_COLUMNS) for text in (one.table.department, one.table.unit) if text)
    name = f'<a href="#p{standing.number}">{_short(one)}</a><small>{say(whose)}</small>'
    rate = f"{b.percent(money.rate)} {pill(money.light)}" if money.rate is not None else pill(money.light)
    cells = [
        Td(name, "key w"), Td(pill(one.light), "c"), Td(pills(standing.lights), "pills"), Td(rate, "n"),
        td(b.percent(one.mean), "n"), td(b.points_apart(one.gap), "n"), td(str(len(one.missing) or ""), "n"),
    ]  # fmt: skip
    if outcome.history:
        was = b.last(outcome, one)
        cells.append(Td(f"{pill(was.light)} {was.moved}" if was else "", "c"))
    return cells


def _pressing(outcome: MonitorOutcome) -> Iterator[str]:
    """The red indicators of all projects, the furthest behind first."""
    some = b.pressing(outcome)
    if not some:
        return
    yield f"<section><h2>先看这些（{len(some)} 项红灯）</h2>"
    rows = (
        [
            Td(f"{say(row.case.indicator.name)}<small>{say(row.case.indicator.level2)}</small>", "key w"),
            Td(f'<a href="#p{number}">{_short(one)}</a>', "w"), td(row.case.target, "v"), td(w.actual(row), "v"),
            td(row.message, "more"),
        ]
        for number, one, row in some[:_MOST_PRESSING]
    )  # fmt: skip
    yield from table(("指标", "项目", "年度指标值", "执行情况", "说明"), rows)
    if len(some) > _MOST_PRESSING:
        yield f"<p>另有 {len(some) - _MOST_PRESSING} 项，见各项目。</p>"
    yield "</section>"


def _project(outcome: MonitorOutcome, one: ProjectProgress, number: int) -> Iterator[str]:
    name = say(shorten_middle(w.name(one), _LONGEST_NAME))
    before = f"{number}. " if len(outcome.shown) > 1 else ""
    yield f'<section class="form" id="p{number}"><h2>{before}{name} {both(one)}</h2>'
    facts = [("主管部门", one.table.department), ("实施单位", one.table.unit), ("时间进度", w.share(one))]
    told = "".join(f"<span>{label}：{say(text)}</span>" for label, text in facts if text)
    yield f'<p class="facts">{told}<span>资金：{say(one.execution.message)}</span></p>'
    if one.unwatched:
        yield f'<p class="warn">没能监控：{say(one.unwatched)}</p>'
    yield from _trend(outcome, one)
    heads = list(_HEADS)
    heads[3] = w.months(one)
    yield from table(heads, (_row(outcome, one, row) for row in one.indicators))
    if blank := b.blanks(one):
        yield f"<p>没有填的：{say('、'.join(blank))}</p>"
    yield from listed("没有对上的", w.unmatched(one))
    yield from listed("发现的问题", [w.problem(finding) for finding in outcome.of_form(one)])
    yield "</section>"


def _trend(outcome: MonitorOutcome, one: ProjectProgress) -> Iterator[str]:
    points = b.points(outcome, one)
    if len(points) < 2:
        return
    yield f'<h3>历次监控</h3><div class="trend">{chart(points, one.span)}'
    rows = (
        [
            td(day(point.when), "key d"), Td(pill(point.light), "c"), Td(pill(point.money), "c"),
            *(td(b.percent(share), "n") for share in (point.time, point.rate, point.mean)),
            Td(pills(point.lights), "pills"),
        ]
        for point in points
    )  # fmt: skip
    yield from table(("截至", "指标", "资金", "时间进度", "执行率", "平均完成", "各项的灯"), rows)
    yield "</div>"


def _row(outcome: MonitorOutcome, one: ProjectProgress, row: Progress) -> list[Td]:
    indicator = row.case.indicator
    under = f"{indicator.level2}　{w.NATURES[row.nature]}"
    earlier = "".join(
        f"<small>{when.month}月{when.day}日：{say(w.actual(was))} {w.LIGHTS[was.light]}</small>"
        for when, was in b.before(outcome, one, row)
    )
    return [
        Td(f"{say(indicator.name)}<small>{say(under)}</small>", "key w"), Td(pill(row.light), "c"),
        td(row.case.target, "v"), Td(say(w.actual(row)) + earlier, "v"), Td(_bar(row), "n"),
        Td(_outlook(row), "v"), Td(_remark(row), "w"),
    ]  # fmt: skip


def _outlook(row: Progress) -> str:
    likely = w.outlook(row)
    return say(w.year_end(row)) + (f"<small>{say(likely)}</small>" if likely else "")


def _remark(row: Progress) -> str:
    """What the figures say, and the reason that was given or is wanted."""
    reason = w.reason(row)
    wanted = reason == w.WANTED
    told = f'<div class="{"warn" if wanted else ""}">{"" if wanted else "原因："}{say(reason)}</div>' if reason else ""
    return f'<span class="more">{say(row.message)}</span>{told}'


def _bar(row: Progress) -> str:
    """How much of the year's target is done, with a mark where it should be by now; only of what accumulates."""
    verdict_of = row.verdict
    if row.nature != "cumulative":
        return ""
    told = b.percent(verdict_of.progress)
    if verdict_of.achievement is None or not verdict_of.progress:
        return told
    done, should = verdict_of.achievement, verdict_of.achievement * 100 / verdict_of.progress
    bar = f'<i style="width:{_wide(done)}%"></i><b style="left:{_wide(should)}%"></b>'
    return f'{told}<span class="bar {row.light}">{bar}</span>'


def _wide(share: Decimal) -> str:
    return format(min(Decimal(100), max(Decimal(0), share)), ".1f")

"""Several projects, and several checks of one project, as every report of `kpi monitor` lists them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kpi.progress.figures import rounded, told
from kpi.progress.judge import Progress
from kpi.progress.monitor import ProjectProgress
from kpi.progress.verdict import Light
from kpi.reports.monitor_outcome import MonitorOutcome
from kpi.reports.monitor_words import LIGHTS, MONEY, ROWS

_WORST: tuple[Light, ...] = ("red", "yellow", "grey", "green", "blue")
_MARKS: dict[Light, int] = {"red": 0, "yellow": 1, "green": 2, "blue": 2}  # grey tells nothing


class Standing(NamedTuple):
    """A project among the others. `number`: its place in the documents; `lights`: of its indicators."""

    number: int
    project: ProjectProgress
    lights: Counter[Light]


class Point(NamedTuple):
    """A project at the day of one check, with the light of its indicators and that of its money. `time`, `rate`,
    `mean`: shares of 100."""

    when: date
    light: Light
    money: Light
    time: Decimal
    rate: Decimal | None
    mean: Decimal | None
    lights: Counter[Light]


class Last(NamedTuple):
    """How a project stood at the check before this one. `moved`: 好转, 变差 or nothing."""

    light: Light
    moved: str

    @property
    def said(self) -> str:
        return f"{LIGHTS[self.light]} {self.moved}".strip()


def standings(outcome: MonitorOutcome) -> list[Standing]:
    """The worst first; where the lights are alike, as in the documents."""
    some = [Standing(number, one, lights_of(one)) for number, one in enumerate(outcome.shown, 1)]
    return sorted(some, key=lambda s: (_WORST.index(worse(s.project)), -s.lights["red"], -s.lights["yellow"], s.number))


def worse(one: ProjectProgress) -> Light:
    """The worse of a project's two lights, by which projects are put in order. Grey money makes nothing worse."""
    both = (one.light, one.execution.light)
    return next((light for light in ("red", "yellow") if light in both), one.light)


def lights_of(one: ProjectProgress) -> Counter[Light]:
    return Counter(row.light for row in one.indicators)


def tally(lights: Counter[Light]) -> str:
    """ "红灯 2，黄灯 1"."""
    return "，".join(f"{LIGHTS[key]} {lights[key]}" for key in LIGHTS if lights[key])


def projects_tally(outcome: MonitorOutcome) -> Counter[Light]:
    return Counter(one.light for one in outcome.shown)


def money_tally(outcome: MonitorOutcome) -> Counter[Light]:
    return Counter(one.execution.light for one in outcome.shown)


def projects_told(outcome: MonitorOutcome) -> str:
    """How many projects have which lights: 指标 红灯 1，绿灯 2；资金 绿灯 3."""
    if not outcome.shown:
        return "没有项目"
    return f"{ROWS} {tally(projects_tally(outcome))}；{MONEY} {tally(money_tally(outcome))}"


def points(outcome: MonitorOutcome, one: ProjectProgress) -> list[Point]:
    """The earlier checks and this one; one point where there was no earlier one."""
    return [_point(when, project) for when, project in (*outcome.earlier(one), (outcome.as_of, one))]


def last(outcome: MonitorOutcome, one: ProjectProgress) -> Last | None:
    """None where no earlier check tells of the project."""
    for was in points(outcome, one)[-2:-1]:
        return Last(was.light, moved(was.light, one.light))
    return None


def _point(when: date, one: ProjectProgress) -> Point:
    time = rounded(one.span.share(when) * 100)
    return Point(when, one.light, one.execution.light, time, one.execution.rate, one.mean, lights_of(one))


def before(outcome: MonitorOutcome, one: ProjectProgress, row: Progress) -> Iterator[tuple[date, Progress]]:
    """An indicator at the earlier checks that tell of it."""
    for when, project in outcome.earlier(one):
        for other in project.indicators:
            if other.case.number == row.case.number and not other.missing:
                yield when, other


def moved(was: Light, now: Light) -> str:
    """ "好转", "变差" or "" of two lights in turn."""
    if was not in _MARKS or now not in _MARKS or _MARKS[was] == _MARKS[now]:
        return ""
    return "好转" if _MARKS[now] > _MARKS[was] else "变差"


def pressing(outcome: MonitorOutcome) -> list[tuple[int, ProjectProgress, Progress]]:
    """The red indicators, those furthest behind first; each with the number of its project."""
    reds = [
        (number, one, row) for number, one in enumerate(outcome.shown, 1) for row in one.indicators
        if row.light == "red"
    ]  # fmt: skip
    return sorted(reds, key=lambda item: item[2].verdict.progress or Decimal(0))


def blanks(one: ProjectProgress) -> list[str]:
    """The indicators whose cell is there and blank, by their names."""
    return [] if one.unwatched else [row.case.indicator.name for row in one.missing if row.missing == "blank"]


def percent(number: Decimal | None) -> str:
    """ "54.79%"; "" where there is none."""
    return "" if number is None else f"{told(number)}%"


def points_apart(number: Decimal | None) -> str:
    """ "+5.2"; "" where there is none."""
    return "" if number is None else f"+{told(number)}" if number > 0 else told(number)

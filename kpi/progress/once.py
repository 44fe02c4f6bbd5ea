"""What is done once (编制规划 1项, 完成时间 1年): whether an indicator is of that kind, and what an answer says of it.
One decision for mid-year and for the year's end."""

from datetime import date
from typing import NamedTuple

from kpi.model import Indicator
from kpi.names import NameReading
from kpi.progress.answer import figure_of
from kpi.progress.calendar import year_span
from kpi.progress.milestone import Report, due_of
from kpi.progress.nature import nature_of
from kpi.progress.reading import Aim, aim_of, goal_of
from kpi.progress.settings import Words
from kpi.values import Value


class Once(NamedTuple):
    """`plain`: the target without its deadline `due`."""

    plain: Value
    aim: Aim
    due: date | None
    named: NameReading

    def report(self, text: str, words: Words, year: int | None) -> Report:
        figure = figure_of(text, self.plain, self.named, words).figure
        return Report(text, figure, goal_of(self.aim), year, words, self.plain.dimension == "time")


def once_of(
    value: Value, indicator: Indicator, named: NameReading, words: Words, year: int | None
) -> Once | None:
    """None for indicators of other kinds."""
    plain, due = due_of(value, year_span(year)) if year else (value, None)
    aim = aim_of(plain, indicator, named)
    if aim is None or nature_of(indicator, plain, aim, named, words).kind != "milestone":
        return None
    return Once(plain, aim, due, named)

"""The lights of figures: what grows, what is used up, what is compared as it stands."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kpi.progress.estimates import about
from kpi.progress.figures import HUNDRED, percent, rounded, told
from kpi.progress.reading import SCALES, Aim, above, goal_of, with_unit
from kpi.progress.settings import Settings
from kpi.progress.verdict import SURE, Light, Verdict, band

_ENDLESS, _FINE = 12, 6  # decimals that nobody writes, and those that are shown of them


class Read(NamedTuple):
    """Target and actual as figures, the share of the year's work that should be done, and that share in words.
    `overdue`: the form's own deadline for it is over."""

    aim: Aim
    actual: Fraction
    share: Fraction
    plan: str
    overdue: bool = False


def cumulative(read: Read, settings: Settings) -> Verdict:
    """What grows is held against what the plan asks for by now."""
    goal = Fraction(goal_of(read.aim) or 0)
    if goal <= 0:
        light: Light = "green" if read.actual >= goal else "red"
        return Verdict(light, message=f"目标值为{_said(goal, read)}，完成{_said(read.actual, read)}")
    expected, reached = goal * read.share, percent(read.actual, goal)
    done = read.actual >= goal
    coming = read.actual / read.share if read.share else None
    progress = percent(read.actual, expected)
    message = f"{read.plan}，到现在应完成{_due(expected, read)}，实际完成{_said(read.actual, read)}"
    if progress is None:
        return Verdict("green", rounded(expected), None, reached, None, message=f"{message}，还没有到安排的时间")
    share = read.actual / expected * HUNDRED
    light = band(share, settings.bands)
    if light == "blue" and read.aim.equal and done:
        light = "green"
    message += f"，为应完成的{told(progress)}%、全年目标的{told(reached)}%"
    if read.overdue:  # nothing more is to come: what the year brings is not worked out any more
        return Verdict(light, rounded(expected), progress, reached, None, SURE if done else None, message)
    forecast = None if done or coming is None else rounded(coming)  # what is reached needs no working out
    likely = None if coming is None else coming / goal * HUNDRED
    return Verdict(light, rounded(expected), progress, reached, forecast, likely, message)


def cap(read: Read, settings: Settings) -> Verdict:
    """What is used up: over it, about to be over it, or within it. Money saved is no fault."""
    limit = Fraction(read.aim.upper if read.aim.upper is not None else read.aim.lower or 0)
    actual, strict = read.actual, read.aim.strict
    used, expected = percent(actual, limit), limit * read.share
    forecast = rounded(actual / read.share) if read.share else None
    over = actual > limit or (strict and actual == limit)
    soon = bool(read.share) and (actual / read.share > limit or (strict and actual / read.share == limit))
    light: Light = "red" if over else "yellow" if soon else "green"
    share_used = f"，已用{told(used)}%" if used is not None else ""
    message = f"上限{_said(limit, read)}，到现在{_said(actual, read)}{share_used}；{read.plan}"
    if over:
        message += "，已经超过上限" if actual > limit else f"，已经到了上限，目标“{read.aim.value.text}”要求比它低"
    elif soon:
        message += f"，照此下去全年{about(actual / read.share, read.aim.value, sure=True, beside=limit)}，会超过上限"
    likely = Fraction(0) if over else _left(limit, actual, read.share)
    if soon and likely is not None:  # about to be over it: nobody can be sure to stay within
        likely = min(likely, Fraction(settings.certain_from) - 1)
    return Verdict(light, rounded(expected), percent(actual, expected), used, forecast, likely, message)


def _said(number: Fraction, read: Read) -> str:
    """A figure as the target prints its own, with the unit."""
    return with_unit(rounded(number), read.aim.value)


def _due(expected: Fraction, read: Read) -> str:
    return about(expected, read.aim.value, beside=read.actual)


def _left(limit: Fraction, actual: Fraction, share: Fraction) -> Fraction | None:
    """How much of the likely total the limit covers, 100 at most."""
    if not share:
        return None
    return min(Fraction(HUNDRED), limit * HUNDRED * share / actual) if actual else Fraction(HUNDRED)


def level(aim: Aim, actual: Fraction, *, positive: bool) -> Verdict:
    """A level is compared as it stands. `positive`: more is better."""
    low, high = (None if end is None else Fraction(end) for end in (aim.lower, aim.upper))
    ranged = low is not None and high is not None and low != high
    goal = None if ranged else low if low is not None else high
    reached = percent(actual, goal) if goal else None
    inside = _inside(aim, actual, positive=positive)
    word = "达到" if inside else "超过" if above(aim, actual) else "没有达到"
    message = f"现有水平{_written(actual, aim)}，{word}目标“{aim.value.text}”（不按时间折算）"
    expected = rounded(goal) if goal is not None else None
    if not inside:
        return Verdict("red", expected, reached, reached, message=message)
    return Verdict("green", expected, reached, reached, likely=SURE, message=message)


def _written(actual: Fraction, aim: Aim) -> str:
    """The actual value as it was written: rounded it might be what the target asks for (97.995 beside 98)."""
    near = rounded(actual)
    if near == actual:
        return with_unit(near, aim.value)
    scaled = actual / SCALES.get(aim.value.magnitude or "", 1)
    figure = Decimal(scaled.numerator) / scaled.denominator
    if -int(figure.as_tuple().exponent) > _ENDLESS:  # of a conversion: nobody wrote it
        figure = Decimal(f"{round(scaled * 10**_FINE)}E-{_FINE}")
    return f"{told(figure)}{aim.value.magnitude or ''}{(aim.value.unit_text or '').removesuffix('/年')}"


def _inside(aim: Aim, actual: Fraction, *, positive: bool) -> bool:
    """More than an "=" asks for is met where more is better, less where less is."""
    low, high = aim.lower, aim.upper
    if aim.equal and low is not None:
        if aim.reverse:
            return actual <= low
        return actual >= low if positive else actual == low
    if low is not None and (actual < low or (aim.strict and actual == low)):
        return False
    return not (high is not None and (actual > high or (aim.strict and actual == high)))

"""The target of one indicator, read so that an actual value can be held against it: a bare figure is a floor, or a cap
where less is better."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from kpi.model import COST_LEVELS, Indicator
from kpi.names import NameReading, read_name
from kpi.progress.figures import rounded, told, workable
from kpi.values import Bound, Value
from kpi.values.normal import MARKS, squeezed

_BLANK = re.compile(r"(—|-|/|\\|–|―|﹣|\*|\s)*")
_SIGN = re.compile(rf"^(?:[{MARKS}═]+|不低于|不少于|不超过|不高于|大于等于|小于等于|大于|小于|等于|至少)\s*")
_FORMULA = re.compile(r"=\s*(?:[A-Z$(]|\d[\d.]*\s*[+*/^(])", re.ASCII)
#: a cell that says in a word that something does not happen
NOTHING = frozenset(("无", "零", "没有", "零发生", "不发生", "未发生", "无发生"))
_SHOWN = 40  # characters of a cell in a message
SCALES = {"万": 10_000, "亿": 100_000_000, "千": 1000, "百": 100}
_FINER = {"‰": 10}  # of such are in one %, in which rates are kept
_SHORTENED = Decimal("0.1")  # of a magnitude; less is told in plain units: 300000元 and not 0亿元
SLIP = Decimal(100)  # times another figure: only another unit explains it

Side = Literal["floor", "cap", "equal"]


class Aim(NamedTuple):
    """What a target asks for: at least `lower`, at most `upper`, in the base unit. `bare`: no sign stands there.

    `reverse`: less is better. `doubtful`: sign and name disagree, so that either reading is fair.
    """

    value: Value
    lower: Decimal | None
    upper: Decimal | None
    strict: bool = False
    equal: bool = False
    bare: bool = False
    reverse: bool = False
    doubtful: bool = False


def without_sign(text: str) -> str:
    return _SIGN.sub("", squeezed(text))


def without(name: str, some: Iterable[str]) -> str:
    """A name without words that are in any, the longest first."""
    for word in sorted(some, key=len, reverse=True):
        name = name.replace(word, "")
    return name


def is_blank(text: str | None) -> bool:
    return text is None or not text or (len(text) < 80 and bool(_BLANK.fullmatch(text)))


def formula(text: str) -> str:
    """What to say of a cell of a workbook that is a formula, whose result the file has not kept; "" for others."""
    if not _FORMULA.match(text.strip()):
        return ""
    return f"“{shown(text)}”是公式，没有结果（用 Excel 或 WPS 打开、存盘一次就有）"


def is_timed(indicator: Indicator) -> bool:
    """Whether the indicator is one of time: that it was kept is an answer to "≤30天", as it is to a date."""
    return indicator.level2 == "时效指标"


def asks(indicator: Indicator, project: str = "") -> NameReading:
    return read_name(indicator.name, indicator.level2, project)


def reverse_of(indicator: Indicator, named: NameReading) -> bool | None:
    """Whether less is better by what the form prints, else by the name; None where neither tells."""
    printed = indicator.polarity or ""
    if "反向" in printed or "负向" in printed or "逆向" in printed:
        return True
    if "正向" in printed:
        return False
    return None if named.polarity is None else named.polarity == "reverse"


def aim_of(value: Value, indicator: Indicator, named: NameReading) -> Aim | None:
    """A quantity as an aim; None for other kinds of value."""
    if value.kind != "quantity":
        return None
    less = reverse_of(indicator, named)
    lower, upper = (bound.value if bound else None for bound in (value.lower, value.upper))
    strict = any(bound is not None and not bound.inclusive for bound in (value.lower, value.upper))
    if value.comparator in (">=", ">"):
        return Aim(value, lower, None, strict, doubtful=less is True)
    if value.comparator in ("<=", "<"):
        return Aim(value, None, upper, strict, reverse=True, doubtful=less is False)
    if value.comparator == "=":
        reverse = bool(less) or (lower == upper == 0 and less is None)
        return Aim(value, lower, upper, equal=True, reverse=reverse)
    if lower is not None and lower != upper:  # beyond a range is more than was asked for, or too much
        either = less is None and value.dimension != "count"
        return Aim(value, lower, upper, reverse=bool(less), doubtful=either)
    if lower == upper == 0 and less is None:  # whatever happens is more than nothing: nought is no floor
        less = True
    cost = indicator.level2 in COST_LEVELS and less is None
    if less or cost:
        return Aim(value, None, upper, bare=True, reverse=True, doubtful=cost)
    return Aim(value, lower, None, bare=True)


def goal_of(aim: Aim) -> Decimal | None:
    """The one figure that stands for the aim: the least that is asked for, else the most that may be."""
    return aim.lower if aim.lower is not None else aim.upper


def above(aim: Aim, figure: Decimal | Fraction) -> bool:
    """Whether a figure is more than the aim allows; what is just as much as "<5" names is not more."""
    return aim.upper is not None and figure > aim.upper


def with_unit(figure: Decimal | None, target: Value) -> str:
    """A figure in the target's base unit, as the target prints its own: 1.2亿元 and not 120000000."""
    if figure is None:
        return ""
    if not workable(figure):
        return told(figure)
    unit = (target.unit_text or "").removesuffix("/年")
    scaled = rounded(Fraction(figure) * _FINER.get(unit, 1) / SCALES.get(target.magnitude or "", 1))
    if abs(figure) > 0 and abs(scaled) < _SHORTENED:
        return f"{told(figure)}{unit}"
    return f"{told(scaled)}{target.magnitude or ''}{unit}"


def shown(text: str) -> str:
    """A cell's text short enough for a sentence."""
    one = " ".join(text.split())
    return one if len(one) <= _SHOWN else one[: _SHOWN - 1] + "…"


def as_interval(aim: Aim) -> Value:
    """The aim as the interval of values that it accepts."""
    if not aim.bare:
        return aim.value
    lower = Bound(aim.lower) if aim.lower is not None else None
    upper = Bound(aim.upper) if aim.upper is not None else None
    return aim.value._replace(comparator="<=" if aim.reverse else ">=", lower=lower, upper=upper)


def text_of(one: Indicator | None) -> str:
    """The target of the year, else that of the whole term."""
    if one is None:
        return ""
    halves = [entry.text for entry in (one.annual, one.period) if entry]
    return next((text for text in halves if text.strip()), "")

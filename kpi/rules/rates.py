"""What a figure without a unit is: a rate without its %, a count whose name tells its unit, or in want of one."""

from decimal import Decimal

from kpi.lazyre import later
from kpi.rules.context import EntryContext
from kpi.rules.text import core
from kpi.values import Value, parse
from kpi.values.normal import MARKS
from kpi.values.units import table as units

_LEAST_RATE = Decimal(50)
_COUNT = later("(.+?人)次数|(.+)数")
_EACH = ("户均", "人均", "亩均", "生均", "村均")
#: What an amount per household, head or mu is plainly not told per.
_THINGS = frozenset(
    {"棒", "株", "棵", "头", "只", "羽", "吨", "公斤", "斤", "公里", "米", "平方米", "辆", "台", "件", "册", "本"}
)
_PARTS = later("[()·.]")


def per_other(name: str, unit: str | None) -> str:
    """户均 of 农户户均增收 in 元/棒: what an amount is to be told per, where its unit tells it per other things; ""."""
    if not (unit or "").startswith("元/"):
        return ""
    parts = {part for part in _PARTS.split((unit or "")[2:]) if part}
    return next((word for word in _EACH if word in name and parts and parts <= _THINGS), "")


#: what the value itself says its figure is, and the short form of an index behind its name
_SAID = later(rf"\s*([^\d{MARKS}]{{2,12}}?)\s*[{MARKS}]")
_INDEX = later(r"(?:[A-Z]{1,5}[²\d]?值?)?(?:年|月|日)?(?:平?均值|均值|值|提升|提高|下降|降低)?$")
_PURE_NUMBER = later("PUE|[pP][hH]")  # 机房能源使用效率(PUE值) | ≤1.6


def in_percent(ctx: EntryContext) -> Decimal | None:
    """A rate's figure without its %: 95 → 95, 0.95 → 95. None where nobody can tell: 1, 差错率 0.5, 死亡率 6 (in ‰)."""
    figure = ctx.value.figure
    if figure is None or ctx.asks.asks not in ("rate", "satisfaction"):
        return None
    share = figure * 100 if 0 < figure < 1 and ctx.asks.polarity != "reverse" else figure
    return share if like_a_rate(share) else None


def like_a_rate(figure: Decimal) -> bool:
    """Whether a figure is most likely a number of 100: 50 to 100."""
    return _LEAST_RATE <= figure <= 100


def as_rate(ctx: EntryContext) -> Value:
    """The value of a row, a bare figure under a rate as what it means: 90, 0.9 → 90%; not so under 死亡率（‰）."""
    value = ctx.value
    bare = not value.unit_text and not value.dimension and ctx.asks.unit_hint in (None, "%")
    share = in_percent(ctx) if bare else None
    if share is None:
        return value
    lower, upper = (bound and bound._replace(value=share) for bound in (value.lower, value.upper))
    return value._replace(lower=lower, upper=upper, unit="%", dimension="ratio", unit_text="%", magnitude=None)


def in_named_unit(ctx: EntryContext) -> Value:
    """A bare figure in the unit that the name has in brackets: 管护道路长度(公里) | 36."""
    value, unit = ctx.value, ctx.asks.unit_hint
    if not unit or value.kind != "quantity" or value.unit_text or value.dimension:
        return value
    told = parse(f"{ctx.entry.text.strip()}{unit}")
    return told if told.kind == "quantity" else value


def lacks_unit(ctx: EntryContext, tells: frozenset[str], things: frozenset[str]) -> bool:
    """Whether neither the value nor the name, by its own hint or its ending, gives a unit ("12/10万" is a rate with its
    base). `things` are what is counted rather than how: 监管企业数 may be 家 or 个."""
    value, asks = ctx.value, ctx.asks
    if value.unit_text or value.dimension or asks.unit_hint or _PURE_NUMBER.search(ctx.indicator.name):
        return False
    said = _SAID.match(ctx.entry.text)  # 综合指数≤4.5
    if said and (said[1].endswith(tuple(tells)) or said[1].isascii()):
        return False
    name = core(ctx.indicator.name)
    if (index := _INDEX.search(name)) and name[: index.start()].endswith(tuple(tells)):
        return False  # 公路技术状况指数PQI
    return not name.endswith(tuple(tells)) and not _counts(name, things)


def _counts(name: str, things: frozenset[str]) -> bool:
    """路灯盏数, 出动人次数, 绿化平方米数: a name that ends in a unit and 数."""
    found = _COUNT.fullmatch(name)
    if not found:
        return False
    counted = found[1] or found[2]
    longest = max((unit for unit in units().spelled if counted.endswith(unit)), key=len, default="")
    thing = longest in things or any(len(word) > len(longest) and counted.endswith(word) for word in things)
    return bool(longest) and longest != "成" and not thing  # 完成数 is no 成数; 车辆|数 is none of 辆数

"""What a unit cost comes to: which rows give its quantities, for how many months or days, and how exactly."""

from decimal import Decimal
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import Half
from kpi.rules.checks.amounts import UnitCost, half_step
from kpi.rules.checks.rows import subject_words
from kpi.rules.context import EntryContext, FormContext, per_form
from kpi.rules.term import one_year, years
from kpi.rules.text import grouped, multiple, number
from kpi.values import find_values
from kpi.values.running import mentions

PER_YEAR = {"年": Decimal(1), "季": Decimal(4), "月": Decimal(12), "周": Decimal(53), "天": Decimal(366)}
_MEASURES = {"年": "年", "季": "个季度", "月": "个月", "周": "周", "天": "天"}
_ROUNDED = 3  # a whole price of so many figures, the last of which is none of 0 and 5, was divided and rounded
_FOR = later(r"(?:为期|会期)$")
_OF_STAFF = later("办公|行政(?:成本|经费|运行)")  # 人均办公成本
_STAFF = later("职工|人员|在编|编制|教职|干部|干警|民警|员工|教师|医护")
_THING = 2  # characters right before a figure, of what it counts
_BEFORE = 3  # the word, and a line break behind it
_EXTENTS = ("area", "length", "volume", "mass")
_PERSONS = frozenset({"人", "名", "位"})
_OF_ANYTHING = frozenset({"件", "个", "项", "起", "份", "例", "宗", "次"})  # what is counted by them only a name tells
_GROUPS = frozenset({"期", "班", "批", "次", "场", "轮", "个班"})
_EACH = frozenset(f"天/{one}" for one in (*_GROUPS, "人", "名"))


class Span(NamedTuple):
    """How often a price recurs: between `low` and `high` times its `unit`."""

    unit: str
    low: Decimal
    high: Decimal


class Product(NamedTuple):
    """What one unit cost comes to. `low` and `high` differ where the form does not say for how many months or days."""

    cost: UnitCost
    used: tuple[EntryContext, ...]
    low: Decimal
    high: Decimal
    tolerance: Decimal
    spans: tuple[Span, ...] = ()

    def told(self, total: Decimal) -> str:
        """The product in words, every factor of it: by the span that makes `total` (or the greatest)."""
        counts = "".join(f"×{grouped(row.value.figure or Decimal(0))}{row.value.unit}" for row in self.used)
        return f"{price_of(self.cost)}{counts}" + "".join(_often(span, self.low == total) for span in self.spans)


def _often(span: Span, least: bool) -> str:
    """×5天, or the bound of what the form does not tell: ×天数（至少算1天）."""
    times, unit = span.low if least else span.high, _MEASURES.get(span.unit, span.unit)
    if span.low == span.high:
        return "" if times == 1 and span.unit == "年" else f"×{number(times)}{unit}"
    return f"×{number(times)}{unit}（表上没有写，按最{'少' if least else '多'}算）"


def price_of(cost: UnitCost) -> str:
    return f"{grouped(cost.price)}{cost.unit}"


def product_of(form: FormContext, cost: UnitCost, figures: list[EntryContext]) -> Product | None:
    """None where a quantity that the price is counted by is missing or ambiguous."""
    used = [row for unit in cost.per if (row := _counterpart(cost, unit, figures))]
    spans = tuple(span for unit in cost.times if (span := _times(form, unit, cost, figures)))
    if len(used) < len(cost.per) or len(spans) < len(cost.times) or not (used or spans):
        return None
    if any(_told_of_part(form, cost, row) for row in used):
        return None
    count, low, high = Decimal(1), Decimal(1), Decimal(1)
    for row in used:
        count *= row.value.figure or Decimal(1)
    for span in spans:
        low, high = low * span.low, high * span.high
    tolerance = _tolerance(cost, used, count, high)
    return Product(cost, tuple(used), cost.price * count * low, cost.price * count * high, tolerance, spans)


def _told_of_part(form: FormContext, cost: UnitCost, row: EntryContext) -> bool:
    """县道养护标准 by the 公里, 县乡道里程 =470公里, and in the goal 县道126.8公里: the price is for that part
    alone."""
    goal = form.table.goal(cost.row.half) or ""
    for told in mentions(goal):
        thing, value = told.before.strip()[-_THING:], told.value
        part = value.unit == row.value.unit and 0 < (value.figure or Decimal(0)) < (row.value.figure or Decimal(0))
        if part and thing and thing in cost.row.indicator.name and thing not in row.indicator.name:
            return True
    return False


def _tolerance(cost: UnitCost, used: list[EntryContext], count: Decimal, times: Decimal) -> Decimal:
    """What the rounding of a price and of quantities in 万 may leave over; set prices (3000元) are exact."""
    slack = cost.half_step * count * times if _rounded(cost) else Decimal(0)
    for row in used:
        if row.value.magnitude and row.value.figure:
            slack += half_step(row.entry.text, row.value.magnitude) * cost.price * times * count / row.value.figure
    return slack


def _rounded(cost: UnitCost) -> bool:
    """443元 was divided out; 300元, 1200元 and 25元 were set."""
    if "." in cost.row.entry.text:
        return True
    figures = number(cost.price).rstrip("0")
    whole = cost.half_step * 2 == 1 or cost.row.value.magnitude is not None
    return whole and len(figures) >= _ROUNDED and figures[-1] != "5" and not multiple(cost.price, cost.half_step * 20)


def _counterpart(cost: UnitCost, unit: str, figures: list[EntryContext]) -> EntryContext | None:
    """The one row counted in the unit; of several, the one whose name shares most with the cost's. None where a row in
    another unit of the kind shares more (绿地面积 in 公顷, 绿地养护单价 by the 平方米), or, where the unit counts
    anything, shares nothing."""
    alike = _PERSONS if unit in _PERSONS else {unit}  # 300元/人·月, and 420名
    rows = [row for row in figures if row.value.unit in alike and row.value.figure]
    if not rows and unit == "人次":  # 救助人次 ≥4800人
        rows = [row for row in figures if row.value.unit == "人" and row.value.figure and "人次" in row.indicator.name]
    if unit in _PERSONS and _OF_STAFF.search(cost.row.indicator.name):
        rows = [row for row in rows if _STAFF.search(row.indicator.name)]  # not of those whom the project serves
    about = subject_words(cost.row.indicator.name)
    if len(rows) < 2:
        if rows and unit in _OF_ANYTHING and not about & subject_words(rows[0].indicator.name):
            return None  # 悬赏保险单案保费 800元/件, and 执行案件结案数 2100件: other things
        return rows[0] if rows and not _nearer(about, rows[0], figures) else None
    scores = sorted(((len(about & subject_words(row.indicator.name)), n) for n, row in enumerate(rows)), reverse=True)
    return rows[scores[0][1]] if scores[0][0] > scores[1][0] else None


def _nearer(about: frozenset[str], row: EntryContext, figures: list[EntryContext]) -> bool:
    """Whether a row of the same kind of measure, in another unit, is more about what a cost is about."""
    if row.value.dimension not in _EXTENTS:
        return False
    own = len(about & subject_words(row.indicator.name))
    alike = (one for one in figures if one.value.dimension == row.value.dimension and one.value.unit != row.value.unit)
    return any(len(about & subject_words(one.indicator.name)) > own for one in alike)


def _times(form: FormContext, unit: str, cost: UnitCost, figures: list[EntryContext]) -> Span | None:
    """How often the price recurs within the half's money: a figure of the form, else the bounds of a year."""
    each = _each(form, unit, cost)
    if each is not None:
        return Span(unit, each, each)
    stated = [row.value.figure for row in figures if row.value.unit == unit and row.value.figure]
    if len(stated) == 1:
        # of 30 days in 6 courses nobody attends more than those of his own
        groups = [row.value.figure for row in figures if row.value.unit in _GROUPS and row.value.figure]
        parts = groups[0] if len(groups) == 1 and unit == "天" and groups[0] > 1 and "人" in cost.per else Decimal(1)
        least = stated[0] / parts if multiple(stated[0], parts) else stated[0]
        return Span(unit, least, stated[0])
    most = PER_YEAR.get(unit)
    length = Decimal(1) if cost.row.half == "annual" or one_year(form.table) else years(form.table)
    if most is None or length is None:
        return None
    return Span(unit, length, length) if unit == "年" else Span(unit, Decimal(1), most * length)


def _each(form: FormContext, unit: str, cost: UnitCost) -> Decimal | None:
    """每期5天, 为期3天: what a price by the day recurs, where the texts of the form tell one length only."""
    return _length(form, cost.row.half) if unit == "天" else None


@per_form
def _length(form: FormContext, half: Half) -> Decimal | None:
    table = form.table
    texts = (table.goal(half) or "", *table.sections.values(), *(row.name for row in table.indicators))
    told = {
        value.figure
        for text in texts
        if "天" in text
        for start, _, value in find_values(text)
        if value.figure
        and (value.unit in _EACH or (value.unit == "天" and _FOR.search(text[max(0, start - _BEFORE) : start])))
    }
    return told.pop() if len(told) == 1 else None

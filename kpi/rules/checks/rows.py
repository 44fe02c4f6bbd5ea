"""Rows of a form as the form-wide checks need them: blank cells, template remains, entries with their readings."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from string import ascii_uppercase
from typing import Literal

from kpi.lazyre import later
from kpi.model import HALVES, LEVEL2, Entry, Half, Indicator, Location, TargetTable, Unread
from kpi.names import NameReading, read_name
from kpi.rules.context import EntryContext, FormContext
from kpi.rules.finding import Evidence, NotApplicable
from kpi.rules.text import core, squash
from kpi.values import parse

HEADS_LAST = "指标的表头"  # where a form stops that has no row
PROSE = frozenset({"qualitative", "text", "reference"})  # kinds of values that state no figure
BY_YEARS = NotApplicable("指标值分年度填写，目标和资金可能是几年合计的")
HALF_NAMES = {"period": "实施期", "annual": "年度"}
_ANOTHER_YEAR = later(r"(?:不低于|不高于|不少于|不超过|高于|低于|超过|略高于)20\d\d年度?(?:水平|同期|全年)?")
_DASHES = re.compile(r"[\s\-—–―－/／\\·]*")
_WEIGHT = later(r"\s*[(（]?\s*(-?\d+(?:\.\d+)?)\s*[)）]?\s*(?:分|%|％)?\s*")
_CONDITION = re.compile(
    r"(?:超出|超过|超|满|不足|低于|高于)\s*\d[\d.]*[^\d，,。；;的]{1,6}的[^\d，,。；;]*(?:给予|予以|补助|补贴|奖励|补偿|资助|减免|处罚)[^\d]*$"
)
_OUTPUTS = {"产出指标", "成本指标"}
_RANK = {"产出指标": 1, "效益指标": 2, "满意度指标": 3}
_TEMPLATE_NAME = re.compile(
    r"[★☆*＊\s]*(?:三级)?(?:指标)?(?:名称)?\s*[\d一二三四五六七八九十]{0,2}\s*[:：.、．)）]*\s*[…．.。·]*\s*"
)
_INSTRUCTION = later(
    r"(?:指标\d{0,2}\s*[:：]?)?\s*[(（](?:(?:请|填写|可?根据)[^()（）]{2,40}|[^()（）]{1,20}(?:填写|填报|自拟|自定)[^()（）]{0,10})[)）]"
)
_MASKED_NAME = later(
    r"(?:指标\d{0,2}\s*[:：]?)?\s*(?:[XxＸ×]{2,}|[*＊○△□]{2,})[^\dXxＸ×*＊]{0,16}"
    r"|.{0,20}[(（](?:请|根据)[^()（）]{0,12}填[写报][^()（）]{0,6}[)）]"
    rf"|{_INSTRUCTION.pattern}"
)
_OPTIONAL = later(r"[(（](?:选填|必填|可选填?|如有)[)）]")
_NOT_FOR_US = later(
    r"\s*(?:[本该此]?项目|本?单位|此项|该项)?(?:不适用|不涉及|无)于?[本此该这]?(?:类|项|条)?"
    r"(?:(?:经济|社会|生态|环境)效益)?(?:项目|指标|内容)?\s*"
)


@lru_cache(maxsize=4096)
def dashed(text: str) -> bool:
    """Nothing, or the dash or stroke that forms print for nothing."""
    return _DASHES.fullmatch(text) is not None


def blank(text: str, asks: NameReading | None = None) -> bool:
    """Nothing stated: empty, a dash, or 无 where the name does not ask for something not to happen."""
    return dashed(text) or (text.strip() in ("无", "暂无") and not (asks and asks.absence))


def nameless(row: Indicator, entry: Entry) -> bool:
    """A value without a name (REQ003): nobody can tell what its figure, unit or sign should be."""
    return blank(row.name) and blank(entry.name)


def compares_years(ctx: EntryContext) -> bool:
    """税收收入 | 不低于2025年: as much as another year had, and nobody says how much that was."""
    return ctx.asks.asks != "deadline" and _ANOTHER_YEAR.fullmatch(squash(ctx.entry.text)) is not None


def in_condition(text: str) -> bool:
    """超出3个月的部分予以补助: the figure says for what, not how much."""
    return _CONDITION.search(text) is not None


def template_name(name: str) -> bool:
    """What the printed template says before anybody fills it in: "指标2：", "……", "指标1…"."""
    return not blank(name) and _TEMPLATE_NAME.fullmatch(name) is not None


def masked_name(name: str) -> bool:
    """指标2：XXXX满意度, **人数: a name that the template asks to be filled in. With a value it may be redacted."""
    return _MASKED_NAME.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def names_nothing(name: str) -> bool:
    """Nothing, a template's remains (选填), or that the row is not for this project (本项目不适用此指标)."""
    hinted = _OPTIONAL.fullmatch(name.strip()) or _INSTRUCTION.fullmatch(name)
    return blank(name) or template_name(name) or _not_for_us(name) or hinted is not None


@lru_cache(maxsize=4096)
def _not_for_us(text: str) -> bool:
    return _NOT_FOR_US.fullmatch(text) is not None


def for_others(indicator: Indicator) -> bool:
    """不涉及 | 不涉及, 本项目不适用此指标 | N/A: a row that is not for this project, by its name and by its value."""
    return _not_for_us(indicator.name) and all(
        blank(entry.text) or _not_for_us(entry.text) or entry.text.strip().upper() == "N/A"
        for _, entry in indicator.entries()
    )


def used(indicator: Indicator, half: Half | None = None) -> bool:
    """Whether somebody wrote something here: a real name, or a value, in the half (in any, where None)."""
    return not for_others(indicator) and any(
        not names_nothing(entry.name) or not blank(entry.text)
        for side, entry in indicator.entries()
        if half in (None, side)
    )


def stated(table: TargetTable, half: Half) -> list[Indicator]:
    """The rows that state something in a half: a value, not only the name that the other half shares."""
    return [row for row in table.indicators if any(side == half and _states(row, e.text) for side, e in row.entries())]


def _states(row: Indicator, text: str) -> bool:
    return not blank(text) or (not dashed(text) and not blank(text, read_name(row.name, row.level2)))


def empty_half(table: TargetTable, share: Decimal = Decimal("0.25"), least: int = 3) -> Half | None:
    """The half of a two-half form whose rows are fewer than `share` of the other's, which has `least` or more."""
    if len(table.halves) < 2:
        return None
    period, annual = (len(stated(table, half)) for half in HALVES)
    few, many = min(period, annual), max(period, annual)
    if many < least or few >= share * many:
        return None
    return "period" if period < annual else "annual"


def entries(form: FormContext, half: Half, levels: tuple[str, ...]) -> Iterator[EntryContext]:
    """The rows of one half under some second levels, parsed."""
    for indicator in form.table.indicators:
        if indicator.level2 in levels:
            for side, entry in indicator.entries():
                if side == half:
                    asks = read_name(indicator.name, indicator.level2, form.table.project)
                    yield EntryContext(form, indicator, half, entry, parse(entry.text), asks)


def quote(ctx: EntryContext) -> Evidence:
    """The row's value cell in the document's own words; its name where the cell is blank."""
    return Evidence(ctx.entry.text or ctx.entry.name or ctx.indicator.name, ctx.entry.location)


@lru_cache(maxsize=16384)
def subject_words(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters: a cheap sense of what a name is about."""
    plain = core(text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def breaks_off(form: FormContext) -> str | None:
    """The row at which the last form of a file stops short, or None.

    A copied page often ends in the middle of a form; what comes after was not read, so nothing may be called missing.
    The reader sees a row that breaks off. A text that ends between two rows shows it by having outputs only and nothing
    behind them, by a last row without what every other row has, or by weights that lack a first level's share.
    """
    table = form.table
    if form.document.tables[-1] is not table and not table.patchy:
        return None
    if not table.indicators:
        return HEADS_LAST if table.cut else None
    last, others = table.indicators[-1], [i for i in table.indicators[:-1] if i.filled]
    signed = _signed(table)
    outputs_only = form.document.reader == "text" and not (signed or _all_given(form)) and _levels(table) <= _OUTPUTS
    short = last.level1 != "满意度指标" and _lacks_column(last, others)
    if table.cut or outputs_only or (not signed and (short or _lacks_weight(form))):
        return last.name.strip() or last.level2 or last.level1
    return None


def _signed(table: TargetTable) -> bool:
    """Whether something at the foot of the form was read, the sum of its points or who signed it; 联系人 at its head
    says nothing of its end."""
    if table.stated and (table.stated.full or table.stated.score):
        return True
    last = max(((row.location.line or 0, row.location.row or 0) for row in table.indicators), default=(0, 0))
    places = [table.locations.get(f"sign_off.{label}") for label in table.sign_off]
    return any(place is None or (place.line or 0, place.row or 0) >= last for place in places)


def may_follow(table: TargetTable, level1: str) -> bool:
    """Whether rows of a first level could stand after the last row, by the order in which the form has its levels."""
    order = list(dict.fromkeys(_RANK[i.level1] for i in table.indicators if i.level1 in _RANK))
    if order != sorted(order) or level1 not in _RANK:
        return True
    return not order or _RANK[level1] >= order[-1]


def unread_in(form: FormContext) -> tuple[Unread, ...]:
    """What could not be read of a form; () where another form of the file has the same name, or like it none."""
    project = form.table.project
    if [table.project for table in form.document.tables].count(project) > 1:
        return ()
    return tuple(part for part in form.document.unread if part.project == project)


def lost_rows(form: FormContext) -> tuple[Unread, ...]:
    """What could not be read of a form and may be a row, or more: not a cell of the one row that was read there."""
    places = [row.location for row in form.table.indicators if row.name.strip()]
    boxed = [place for place in places if place.bbox]
    rows = Counter(_row_of(place) for place in places)
    return tuple(part for part in unread_in(form) if _rows_beside(part.location, boxed, rows) != 1)


def _rows_beside(place: Location, boxed: Sequence[Location], rows: Mapping[tuple[object, ...], int]) -> int:
    """How many rows that were read stand beside a place; those of a page by their boxes."""
    return sum(_beside(place, other) for other in boxed) if place.bbox else rows[_row_of(place)]


def _beside(one: Location, other: Location) -> bool:
    """Whether two places are in one row of their file."""
    if one.bbox and other.bbox:
        low, high = max(one.bbox[1], other.bbox[1]), min(one.bbox[3], other.bbox[3])
        return one.page == other.page and low < high
    return _row_of(one) == _row_of(other)


def _row_of(place: Location) -> tuple[object, ...]:
    return place.line, place.sheet, (place.cell or "").lstrip(ascii_uppercase), place.table, place.row


def may_precede(table: TargetTable, levels: Sequence[str]) -> bool:
    """Whether rows of a second level could stand before the first row of a file that begins inside its rows. The level
    of that row may itself be above the beginning: but for 数量指标, any of the outputs could."""
    first = next((i.level2 for i in table.indicators if i.level2 in LEVEL2), None)
    if not table.begun or first is None:
        return False
    edge = max(LEVEL2.index(first), LEVEL2.index("成本指标") if first != LEVEL2[0] else 0)
    return any(LEVEL2.index(level) <= edge for level in levels if level in LEVEL2 and level != first)


def _levels(table: TargetTable) -> set[str]:
    return {row.level1 for row in table.indicators if row.level1}


def _lacks_column(last: Indicator, others: list[Indicator]) -> bool:
    return bool(others) and any(
        not getattr(last, column) and all(getattr(other, column) for other in others)
        for column in ("weight", "polarity")
    )


def _all_given(form: FormContext) -> bool:
    """Whether every row has its weight and they come to a whole sum: nothing stands behind them."""
    weights = [weight_of(row) for row in form.table.indicators if used(row)]
    wanted = {Decimal(str(total)) for total in form.profile.get("weight_sums", ())}
    known = [weight for weight in weights if weight is not None]
    return len(known) == len(weights) and sum(known) in wanted


def _lacks_weight(form: FormContext) -> bool:
    """Every row has its weight, they come to less than any sum, and a first level of another form is not there, or in a
    text satisfaction, which stands last."""
    weights = [weight_of(row) for row in form.table.indicators if used(row)]
    wanted = [Decimal(str(total)) for total in form.profile.get("weight_sums", ())]
    known = [weight for weight in weights if weight is not None]
    short = bool(wanted) and len(known) == len(weights) and 1 < sum(known) < min(wanted)
    levels = _levels(form.table)
    unsatisfied = form.document.reader == "text" and levels >= {"产出指标", "效益指标"} and "满意度指标" not in levels
    return short and (unsatisfied or any(levels < _levels(other) for other in form.document.tables))


def weight_of(row: Indicator) -> Decimal | None:
    """A printed weight as a number of points: "10", "10分", "22.5%"."""
    found = _WEIGHT.fullmatch(row.weight or "")
    return Decimal(found[1]) if found else None


def half_of(halves: tuple[Half, ...]) -> Half | Literal["both"] | None:
    """How a finding names the halves that it is about."""
    return "both" if len(halves) > 1 else (halves[0] if halves else None)

"""The money of a form in 元, once the whole of it has been read: a figure whose unit nobody says is not believed."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from kpi.lazyre import later
from kpi.model import MONEY_LEVELS, Funding, Half, TargetTable
from kpi.readers import money
from kpi.readers.fields import Amounts, Head
from kpi.readers.gluedmoney import divided
from kpi.readers.lines import Line
from kpi.values import parse

_SUBTOTAL = later("小计")
_FIGURE = later(r"\d+(?:\.\d+)?")
_GLUED = later(r"([^\d]{2,16})(\d[\d,]*(?:\.\d+)?(?:万?元)?)")
_SPENDING = later(":?(?:其中:?)?(?:基本|项目)支出:")
_RUN = later(r"([^\d]{2,16})(\d[\d.]*%\d*)")
_OF_YEAR = later("^(?:当年|本年度?|年度)")
_LEAST_DIGITS = 2  # of a figure that is looked for elsewhere; a single one says nothing
_WAN = 10_000
_LONGEST = 20_000  # characters of a cell that are looked at


def settle(head: Head) -> None:
    """Totals and sources from what the head printed.

    The first figure of a source belongs to the first total of the form, the second to the second."""
    head.sources = dict(map(_unglued, head.sources.items()))
    texts = [a.text for a in head.funding.values()] + [t for given in head.sources.values() for t, _ in given]
    peer = next((unit for text in texts if (unit := money.named(text))), None)
    for amounts in head.funding.values():
        amounts.total = _figure(amounts.text, amounts.unit or head.money_unit, peer)
    halves = head.halves() or ("annual",)
    for name, figures in _by_halves(head.sources, halves).items():
        if not _is_source(name, figures):
            continue
        for half, (text, unit) in zip(halves, figures, strict=False):
            amounts = head.funding.setdefault(half, Amounts())
            if amounts.total is not None and _SUBTOTAL.search(name):
                continue  # of sources that stand below it
            amounts.sources[name] = _source(text, unit or head.money_unit, peer)
    if head.money_unit is None and peer and any(money.credible(text, None) is None for text in texts if text):
        head.money_unit = peer
    for amounts in head.funding.values():
        if amounts.total is None and not amounts.text:
            amounts.total = _sum(amounts)
        _with_granted(amounts)


def _unglued(source: tuple[str, list[tuple[str, str | None]]]) -> tuple[str, list[tuple[str, str | None]]]:
    """上级资金90 without an amount: the page has left none between the name and its amount."""
    name, figures = source[0].rstrip("-—"), source[1]
    if beside := _SPENDING.search(name):  # 一般公共预算:418.65其中:基本支出:362.65, 政府性基金拨款:项目支出:|56
        told = _GLUED.fullmatch(name[: beside.start()].replace(":", ""))
        return (told[1], [(told[2], None)]) if told else (name[: beside.start()].rstrip(":"), [("", None)])
    if any(text for text, _ in figures):
        return name, figures
    if (run := _RUN.fullmatch(name)) and (parts := divided(run[2], 0, len(run[2]))):
        return run[1], [(parts[0], None)]  # 中央补助685685100%
    glued = _GLUED.fullmatch(name)
    return (glued[1], [(glued[2], None)]) if glued and money.names_source(glued[1]) else (name, figures)


def _with_granted(amounts: Amounts) -> None:
    """年度本级预算金额 43.8, 上级资金 12: the money of the project is both."""
    granted = [amount for name, amount in amounts.sources.items() if "上级" in name and amount]
    if amounts.own and amounts.total is not None and granted and not any("本级" in name for name in amounts.sources):
        amounts.sources["本级预算"] = amounts.total
        amounts.total += sum(granted)


def _by_halves(
    sources: Mapping[str, Sequence[tuple[str, str | None]]], halves: Sequence[Half]
) -> Mapping[str, Sequence[tuple[str, str | None]]]:
    """财政拨款 420 | 当年财政拨款 150 in a form of two halves: one source, of each half."""
    if len(halves) < 2:
        return sources
    made = dict(sources)
    for name in sources:
        whole = _OF_YEAR.sub("", name)
        if whole != name and whole not in made:  # 财政资金 | 260 | 当年财政拨款 | 150
            alike = [one for one in made if one[:2] == whole[:2] and not _OF_YEAR.match(one)]
            whole = alike[0] if len(alike) == 1 else whole
        if whole != name and len(made[name]) == len(made.get(whole, ())) == 1:
            of_half = {"period": made[whole][0], "annual": made.pop(name)[0]}
            made[whole] = [of_half[half] for half in halves]
    return made


def _is_source(name: str, figures: Sequence[tuple[str, str | None]]) -> bool:
    """Among the money of a text without cells other words stand as well: without an amount they are no source."""
    return money.names_source(name) or (any(text for text, _ in figures) and not name[:1].isdigit())


def _figure(text: str, unit: str | None, peer: str | None) -> Decimal | None:
    """An amount; one without a unit of its own takes that of its neighbours where 元 would be absurd."""
    if not text:
        return None
    figure = money.credible(text, unit)
    return money.amount(text, peer) if figure is None and peer else figure


def _source(text: str, unit: str | None, peer: str | None) -> Decimal | None:
    """As a total; a part may be small, so without any unit in sight it stays as printed."""
    return (_figure(text, unit, peer) or money.amount(text, unit or "元")) if text else None


def _sum(amounts: Amounts) -> Decimal | None:
    """The total of a form that prints subtotals alone."""
    parts = [figure for name, figure in amounts.sources.items() if _SUBTOTAL.search(name) and figure is not None]
    return sum(parts, Decimal(0)) if len(parts) > 1 else None


def unfounded(head: Head) -> None:
    """In a text without separators a label without an amount may be the head of a column, and one without a text half
    of another label: nobody left them blank."""
    for key in [key for key, text in head.fields.items() if key != "project" and not text.strip("/-— ")]:
        del head.fields[key]
        head.locations.pop(key, None)
    for half, amounts in list(head.funding.items()):
        if not amounts.text and amounts.total is None and not any(amounts.sources.values()):
            del head.funding[half]
            head.locations.pop(f"funding.{half}.total", None)


def priced(tables: Sequence[TargetTable], lines: Sequence[Line]) -> list[TargetTable]:
    """Totals without a unit, which 元 would make next to nothing: in 万元 where the rest of the file says the same
    figure in 万元 (下达你局资金500万元), a form above counts in it, or rows of the form itself do."""
    return [_priced(table, tables[:at], lines) if _halves(table) else table for at, table in enumerate(tables)]


def _halves(table: TargetTable) -> list[Funding]:
    """The money whose figure stands there and is not believed."""
    return [f for f in (table.period_funding, table.annual_funding) if f and f.total is None and _unsaid(f.text)]


def _unsaid(text: str) -> bool:
    return money.is_amount(text) and money.named(text) is None and money.credible(text, None) is None


def _priced(table: TargetTable, above: Sequence[TargetTable], lines: Sequence[Line]) -> TargetTable:
    costs = _costs(table)
    figures = [figure for funding in _halves(table) if (figure := money.amount(funding.text, "元"))]
    may_be_yuan = any(cost <= max(figures, default=Decimal(0)) for cost in costs)  # 全年800, 购置费≤0.08万元
    counted = not may_be_yuan and (any(one.money_unit == "万元" for one in above) or (bool(costs) and _in_rows(table)))
    said = counted or all(_is_said(funding.text, lines) for funding in _halves(table))
    return table._replace(
        money_unit="万元" if said else table.money_unit,
        period_funding=_mended(table.period_funding, said),
        annual_funding=_mended(table.annual_funding, said),
    )


def _costs(table: TargetTable) -> list[Decimal]:
    """The amounts of the rows of cost, in 元; what each of something costs is none."""
    rows = [row for row in table.indicators if row.level2 in MONEY_LEVELS]
    values = [parse(entry.text) for row in rows for _, entry in row.entries()]
    return [value.figure for value in values if value.dimension == "money" and value.figure]


def _in_rows(table: TargetTable) -> bool:
    """Whether costs of the form are in 万元."""
    costs = (row for row in table.indicators if row.level2 in MONEY_LEVELS)
    return any("万元" in entry.text for row in costs for _, entry in row.entries())


def _is_said(text: str, lines: Sequence[Line]) -> bool:
    found = _FIGURE.search(text.replace(",", ""))
    if not found or len(found.group().replace(".", "")) < _LEAST_DIGITS:
        return False
    whole = re.escape(found.group().rstrip("0").rstrip(".") if "." in found.group() else found.group())
    pattern = re.compile(rf"(?<![\d.,]){whole}(?:\.0+|(?<=\.\d)0+)?\s*万元")
    return any(pattern.search(cell.text, 0, _LONGEST) for line in lines for cell in line.filled if "万元" in cell.text)


def _mended(funding: Funding | None, said: bool) -> Funding | None:
    """In 万元 where that is said, else without amounts: the sources count what the total counts."""
    if funding is None or not _unsaid(funding.text):
        return funding
    sources = {name: part * _WAN if said and part is not None else None for name, part in funding.sources.items()}
    total = money.amount(funding.text, "万元") if said else None
    return funding._replace(total=total, sources=sources)

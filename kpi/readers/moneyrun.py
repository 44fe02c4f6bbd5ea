"""The money of a form that a copy ran together: 预算数(A)执行数(B)执行率(B/A)…合计4848100% is 48, 48 and 100%.

Where one figure ends and the next begins, and whether they are the execution's, they tell themselves: spent divided by
budget is the rate.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.model import Execution, Funding, Location, TargetTable
from kpi.readers import money
from kpi.readers.grid import GridCell, Row
from kpi.values.traditional import simplified

_HEAD = (
    r"(?P<budget>(?:年初|年度)?预算(?:数|金额)(?:\([A-Z]\))?)|(?P<adjusted>(?:全年|调整后?的?)预算(?:数|金额)(?:\([A-Z]\))?)"
    r"|(?P<spent>(?:全年|实际|预算)?(?:执行(?!率)|支出)(?:数|金额)?(?:\([A-Z]\))?)|(?P<rate>(?:预算)?执行率(?:\([A-Z]/[A-Z]\))?%?)"
    r"|(?P<points>分值)|(?P<score>得分(?:\([^()]{1,20}\))?)"
)
_HEADS = later(rf"(?:{_HEAD.replace('?P<', '?P<_')}){{3,6}}")
_ONE = later(_HEAD)
_UNIT = later(r"\((?:单位[:：]?)?(万?元)\)")
_TOTAL = later(
    rf"(?:(?:年度|财政|项目|预算)*(?:资金)?(?:总额|合计|总计)|{HAN}{{2,10}}拨款)[:：]?(?P<run>\d[\d.%]{{2,40}})"
)
_IN_A_ROW = later(
    r"(?<![\d.%])(?P<adjusted>\d+(?:\.\d+)?)\s+(?P<spent>\d+(?:\.\d+)?)\s+(?:(?P<points>10|20|15|5)\s+)?"
    r"(?P<rate>\d+(?:\.\d+)?%)\s+(?P<score>\d+(?:\.\d+)?)(?![\d.%])"
)
_LABELS = 250  # characters in front of such figures in which their heads and the unit stand
_BEFORE, _BEHIND = 60, 90  # characters in which the unit and the row of the total are looked for
_FIGURE = later(r"(?:0|[1-9]\d*)(?:\.\d{1,6})?")
_AMOUNTS = ("budget", "adjusted", "spent")
_POINTS = frozenset({"10", "20", "5", "15"})
_HUNDRED, _ONE_PER_CENT = Decimal(100), Decimal(1)

_NARROW = str.maketrans("（）：％", "():%")  # character by character: places in the cell stay what they are

Cut = dict[str, str]


class _Run(NamedTuple):
    """Every way to read the figures, where they stand, and the unit of the amounts."""

    cuts: tuple[Cut, ...]
    place: Location
    unit: str


def with_runs(tables: Sequence[TargetTable], rows: Sequence[Row]) -> list[TargetTable]:
    """The only form of a file with the money of such a run, where the form has none and the run can be read in one way
    only."""
    if len(tables) != 1 or tables[0].annual_funding or tables[0].period_funding:
        return list(tables)
    cells = [cell for row in rows for cell in row.cells if "执行率" in cell.text]
    for run in (*_glued(cells), *_spaced(cells)):
        if len({_whole(cut) for cut in run.cuts}) == 1:
            return [_with(tables[0], max(run.cuts, key=len), run)]
    return list(tables)


def _glued(cells: Sequence[GridCell]) -> Iterator[_Run]:
    for cell in cells:
        text = simplified(cell.text).translate(_NARROW)
        for heads in _HEADS.finditer(text):
            kinds = tuple(str(one.lastgroup) for one in _ONE.finditer(heads[0]))
            unit = next(iter([*_UNIT.finditer(text, max(0, heads.start() - _BEFORE), heads.end())][-1:]), None)
            found = list(_TOTAL.finditer(text, heads.end(), heads.end() + _BEHIND))
            if unit is None or not found or not {"spent", "rate"} <= set(kinds):
                continue
            total = next((one for one in found if "拨款" not in one[0]), found[0])
            yield _Run(tuple(_cuts(total["run"], kinds)), cell.location.after(total.start("run")), unit[1])


def _spaced(cells: Sequence[GridCell]) -> Iterator[_Run]:
    """全年预算数 全年执行数 分值 执行率 得分 48.31 47.45 10 98% 9: behind their heads, far from their own label."""
    for cell in cells:
        text = simplified(cell.text).translate(_NARROW)
        for found in _IN_A_ROW.finditer(text):
            told = text[max(0, found.start() - _LABELS) : found.start()]
            unit = next(iter([*_UNIT.finditer(told)][-1:]), None)
            cut = {kind: piece for kind, piece in found.groupdict().items() if piece}
            if unit and "执行率" in told and _agrees(cut):
                yield _Run((cut,), cell.location.after(found.start()), unit[1])
                return


def _cuts(figures: str, kinds: Sequence[str], cut: Cut | None = None) -> Iterator[Cut]:
    """Every way to cut the figures into the columns, in which the rate is that of the amounts. Of two budgets one may
    be missing, as may what is behind the rate."""
    cut = cut or {}
    if not kinds or not figures:
        if not figures and _agrees(cut):
            yield cut
        return
    kind, *rest = kinds
    for end in _ends(figures, kind):
        yield from _cuts(figures[end:], rest, cut | {kind: figures[:end]})
    if kind == "budget" and "adjusted" in rest:
        yield from _cuts(figures, rest, cut)


def _ends(figures: str, kind: str) -> Iterator[int]:
    """Where a figure of a kind may end: a rate behind its sign, if it has one; an amount before it."""
    for end in range(1, len(figures) + 1):
        piece = figures[:end]
        if kind == "rate" and piece.endswith("%"):
            if _FIGURE.fullmatch(piece[:-1]):
                yield end
            return
        if _FIGURE.fullmatch(piece) and (kind != "points" or piece in _POINTS):
            yield end


def _agrees(cut: Cut) -> bool:
    whole, spent, rate = _whole(cut), cut.get("spent"), cut.get("rate")
    if whole is None or spent is None or rate is None or not Decimal(whole):
        return False
    told = Decimal(rate.removesuffix("%"))
    if not told:
        return False  # anything may be 0 % of something
    share = Decimal(spent) / Decimal(whole) * _HUNDRED
    return abs(share - (told if rate.endswith("%") else told * _HUNDRED)) <= _ONE_PER_CENT


def _whole(cut: Cut) -> str | None:
    return cut.get("adjusted") or cut.get("budget")


def _with(table: TargetTable, cut: Cut, run: _Run) -> TargetTable:
    amounts = {kind: money.amount(cut[kind], run.unit) for kind in _AMOUNTS if kind in cut}
    whole = _whole(cut) or ""
    funding = Funding(money.amount(whole, run.unit), {}, run.place, whole)
    execution = Execution(
        amounts.get("budget"), amounts.get("adjusted"), amounts.get("spent"), None, cut.get("rate"), cut.get("points"),
        cut.get("score"), location=run.place,
    )  # fmt: skip
    places = {**table.locations, "funding.annual.total": run.place}
    return table._replace(annual_funding=funding, execution=table.execution or execution, locations=places)

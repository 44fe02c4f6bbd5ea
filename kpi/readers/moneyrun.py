"""The money of a form whose copy has no cells: 预算数(A)执行数(B)执行率(B/A)…合计4848100% is 48, 48 and 100%.

Where one figure ends and the next begins, and whether they are the execution's, they tell themselves: spent divided by
budget is the rate.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.model import Execution, Funding, Location, TargetTable
from kpi.readers import money
from kpi.readers.gluedmoney import agree, divided, thrice
from kpi.readers.grid import GridCell, Row
from kpi.values.traditional import simplified

_HEADS = later(
    r"预算(?:数|金额)(?:\([A-Z]\))?(?:全年|实际|预算)?(?:执行|支出)(?:数|金额)(?:\([A-Z]\))?(?:分值)?"
    r"(?:预算)?执行率(?:\([A-Z]/[A-Z]\))?%?(?:分值)?(?:得分(?:\([^()]{1,20}\))?)?"
)
#: three amounts right behind their heads, in which a scan read characters wrong: 年初预匏数调整预算将,A、全年执行数
_THREE_HEADS = later(
    r"年初预.数(?:全年|调整).算.(?:.{0,3}[)、〉])?全年执行数?(?:\([A-Z8]\))?(?:分值)?"
    r"执行率(?:\([A-Z]/[A-Z]\))?(?:得分)?(?=\d)"
)
#: 实施期资金总额: 450,000 … 年度资金总额: 市县财政资金: one half is filled, the other one left blank
_STATED = later(r"(?P<half>实施期|年度)资金总额:\s*(?P<amount>\d[\d,]*(?:\.\d+)?(?![\d%]))?")
_OF_ALL = later(r"项目资金\s*\((?P<unit>万?元)\)")
_UNIT = later(r"\((?:单位[:：]?)?([万力]?[元兀])\)")
_TOTAL = later(
    rf"(?P<label>(?:年度|财政|项目|预算)*(?:资金)?(?:总额|合计|总计)|{HAN}{{2,10}}(?:拨款|资金))[:：]?(?P<run>\d[\d.%]{{2,40}})"
)
_SUM = later("(?:总额|合计|总计)$")
_IN_A_ROW = later(
    r"(?<![\d.%])(?P<budget>\d+(?:\.\d+)?)\s+(?P<spent>\d+(?:\.\d+)?)\s+(?:(?P<points>10|20|15|5)\s+)?"
    r"(?P<rate>\d+(?:\.\d+)?)%\s+(?P<score>\d+(?:\.\d+)?)(?![\d.%])"
)
_RATED = later(r"(?P<points>10|20|15|5)?(?P<rate>(?:100|\d{1,2})(?:\.\d{1,2})?)%(?P<score>\d{1,2}(?:\.\d{1,2})?)?")
_ALL = later(r"1(?P<score>10|20)")  # a rate of 1 and all of its points: 3.843.84|120
_LABELS = 250  # characters in front of such figures in which their heads and the unit stand
_BEFORE, _BEHIND = 60, 120  # characters in which the unit and the row of the total are looked for
_NARROW = str.maketrans("（）：％", "():%")  # character by character: places in the cell stay what they are


class _Run(NamedTuple):
    """The figures of the row of the total as printed, where they stand, and the unit of the amounts."""

    budget: str
    spent: str
    rate: str
    points: str | None
    score: str | None
    place: Location
    unit: str
    adjusted: str | None = None


def with_runs(tables: Sequence[TargetTable], rows: Sequence[Row]) -> list[TargetTable]:
    """The only form of a file with the money of such a run, where the form has none."""
    known = any(fund and fund.total is not None for table in tables for fund in _funds(table))
    if len(tables) != 1 or known:
        return list(tables)
    cells = [cell for row in rows for cell in row.cells if "执行率" in cell.text]
    if run := next(chain(_three(cells), _glued(cells), _spaced(cells)), None):
        return [_with(tables[0], run)]
    stated = next(filter(None, map(_stated, chain.from_iterable(row.cells for row in rows))), None)
    if stated is None:
        return list(tables)
    period, annual = stated
    return [tables[0]._replace(period_funding=period, annual_funding=annual)]


def _stated(cell: GridCell) -> tuple[Funding, Funding] | None:
    """The money of the halves in a text without columns, where both labels and the unit stand in it once."""
    text = simplified(cell.text).translate(_NARROW) if "资金总额" in cell.text else ""
    unit = _OF_ALL.search(text)
    halves = {found["half"]: found for found in _STATED.finditer(text)}
    if not unit or len(halves) < 2 or not any(found["amount"] for found in halves.values()):
        return None
    return _fund(cell, halves["实施期"], unit["unit"]), _fund(cell, halves["年度"], unit["unit"])


def _fund(cell: GridCell, found: re.Match[str], unit: str) -> Funding:
    amount = found["amount"] or ""
    place = cell.location.after(found.start("amount") if amount else found.start())
    return Funding(money.amount(amount, unit), {}, place, amount)


def _three(cells: Sequence[GridCell]) -> Iterator[_Run]:
    """年初预算数调整预算数全年执行数执行率3028.526.1791.8%: budget, changed budget and spent."""
    for cell in cells:
        text = simplified(cell.text).translate(_NARROW)
        for heads in _THREE_HEADS.finditer(text):
            unit = _unit(text, heads.start() - _BEFORE, heads.end())
            parts = thrice(text, heads.end(), len(text))
            if unit and parts:
                initial, budget, spent, *more = parts
                rate = next(part for part in more if part.endswith("%"))
                points = more[0] if more[0] != rate else None
                score = more[-1] if more[-1] != rate else None
                place = cell.location.after(heads.end())
                yield _Run(initial, spent, rate, points, score, place, unit, budget)


def _unit(text: str, start: int, end: int) -> str:
    """The last unit of money that a stretch states; empty without one."""
    told = _UNIT.findall(text, max(0, start), end)
    return told[-1].replace("兀", "元").replace("力", "万") if told else ""  # as scans read it


def _funds(table: TargetTable) -> tuple[Funding | None, Funding | None]:
    return table.period_funding, table.annual_funding


def _glued(cells: Sequence[GridCell]) -> Iterator[_Run]:
    for cell in cells:
        text = simplified(cell.text).translate(_NARROW)
        for heads in _HEADS.finditer(text):
            unit = _unit(text, heads.start() - _BEFORE, heads.end())
            found = list(_TOTAL.finditer(text, heads.end(), heads.end() + _BEHIND))
            sums = [one for one in found if _SUM.search(one["label"])] or found
            figures = _figures(sums[0]["run"]) if len(sums) == 1 else None  # of several sources none is the whole
            if figures is None and len(sums) == 1:
                figures = _said_again(sums[0]["run"], [one["run"] for one in found if one is not sums[0]])
            if unit and figures:
                yield _Run(*figures, cell.location.after(sums[0].start("run")), unit)


def _figures(run: str) -> tuple[str, str, str, str | None, str | None] | None:
    """Budget, spent, rate, points and score of a run; None where its rate does not prove one way to read it."""
    told = "%" not in run and _ALL.fullmatch(run[-3:])
    parts = divided(f"{run[:-3]}100%{told['score']}" if told else run, 0, len(run) + 2)
    at = next((k for k, part in enumerate(parts) if part.endswith("%")), 0)
    if at < 2:
        return None
    points, score = parts[2] if at > 2 else None, parts[at + 1] if len(parts) > at + 1 else None
    return parts[0], parts[1], "1" if told else parts[at], points, score


def _said_again(run: str, below: Sequence[str]) -> tuple[str, str, str, str | None, str | None] | None:
    """The same of a run whose rate is wrong, where a source below says budget and spent once more: 36034210100.00%10
    over 360342."""
    for other in below:
        budget, spent = other[: len(other) // 2], other[len(other) // 2 :]
        rest = _RATED.fullmatch(run.removeprefix(other)) if other.isdigit() and run.startswith(other) else None
        if rest and len(budget) == len(spent) and spent[0] != "0" and spent <= budget:
            return budget, spent, f"{rest['rate']}%", rest["points"], rest["score"]
    return None


def _spaced(cells: Sequence[GridCell]) -> Iterator[_Run]:
    """全年预算数 全年执行数 分值 执行率 得分 48.31 47.45 10 98% 9: behind their heads, far from their own label."""
    for cell in cells:
        text = simplified(cell.text).translate(_NARROW)
        for found in _IN_A_ROW.finditer(text):
            start = max(0, found.start() - _LABELS)
            unit, headed = _unit(text, start, found.start()), "执行率" in text[start : found.start()]
            if unit and headed and agree(found["budget"], found["spent"], found["rate"]):
                told_of = found["budget"], found["spent"], f"{found['rate']}%", found["points"], found["score"]
                yield _Run(*told_of, cell.location.after(found.start()), unit)
                return


def _with(table: TargetTable, run: _Run) -> TargetTable:
    whole, spent = money.amount(run.budget, run.unit), money.amount(run.spent, run.unit)
    budget, changed = (whole, money.amount(run.adjusted, run.unit)) if run.adjusted else (None, whole)
    execution = Execution(budget, changed, spent, None, run.rate, run.points, run.score, location=run.place)
    told = None if run.adjusted else table.execution  # of three amounts in one run, others read the first only
    places = {**table.locations, "funding.annual.total": run.place}
    funding = Funding(whole, {}, run.place, run.budget)
    return table._replace(annual_funding=funding, execution=told or execution, locations=places)

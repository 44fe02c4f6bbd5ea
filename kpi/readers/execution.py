"""What a self-evaluation says of the budget's execution: the row above its indicators, or the one among them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import Execution
from kpi.readers import labels, money
from kpi.readers.columns import Header
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.vocabulary import vocabulary

_AMOUNTS = ("budget", "adjusted", "spent", "forecast")
_TAIL = re.compile(r"(\([^()]*\))+$")
_UNIT = later(r"\((?:单位)?:?(?:人民币)?(万?元|亿元)\)")
_NUMBER = later(r"(\d{1,3}(?:\.\d+)?)分?")
_SHARE = later(r"(\d{1,6}(?:\.\d+)?)\s*%")
_OUT_OF = later(r"\((?:满分|分值)?(\d{1,2})分(?:\)|[*×])")  # 得分(20分*执行率), 预算执行情况(万元)(20分)
_MOST = 12  # cells of one row of amounts
_LINE = 120  # characters of a line of heads
_BETWEEN = 3  # cells between the heads and the row of the total
_HUNDRED = Decimal(100)
_RUN_ON = later(r"(?:合计|总计)[:：]?\s*\d")
_SOURCES, _PAIR = 10, 2  # rows of sources above their total; a label and an amount


class _Head(NamedTuple):
    kind: str
    cell: GridCell


def read_execution(lines: Sequence[Line], header: Header | None, unit: str) -> Execution | None:
    """The execution row above the indicators, or the one among them (预算执行率 as an indicator)."""
    found = _above(lines, unit)
    for line in lines:
        if line.filled and _rated(line.filled[0].text):
            among = _among(line, header)
            found = found._replace(points=found.points or among.points, score=found.score or among.score,
                                   rate=found.rate or among.rate) if found else among  # fmt: skip
    return found if found and any(value for value in found[:7]) else None


def _named(text: str) -> str:
    """What a cell says without the brackets at its end: 得分(20分) is 得分."""
    return _TAIL.sub("", labels.bare(text))


def says(part: str, text: str) -> bool:
    """Whether a cell is this word of the vocabulary, brackets at its end aside."""
    label = _named(text) or labels.squeeze(text)
    return 0 < len(label) <= labels.LONGEST and bool(vocabulary()[part].fullmatch(label))


def _rated(text: str) -> bool:
    label = _named(text)
    return label.startswith("预算") and bool(vocabulary()["execution"]["rate"].fullmatch(label))


@lru_cache(maxsize=1 << 13)
def _kind(text: str) -> str | None:
    """The column of the execution that a cell heads, or None."""
    label = _named(text).strip("/")
    if not 0 < len(label) <= labels.LONGEST or label.isascii():
        return None
    return next((kind for kind, rx in vocabulary()["execution"].items() if rx.fullmatch(label)), None)


def _above(lines: Sequence[Line], unit: str) -> Execution | None:
    """Heads, then the first row of amounts under them."""
    for at, heads, rest in _head_runs(lines):
        own = next((m.group(1) for h in heads if (m := _UNIT.search(labels.squeeze(h.cell.text)))), unit)
        last = {h.kind: h for h in heads}  # 年度预算数 may stand over the labels, 年初预算 behind it over the amounts
        columns, below = sorted(last.values(), key=heads.index), lines[at + 1 :]
        total = None if rest else _total_below(below)
        if total is None and any(_RUN_ON.search(c.text) for line in below[:_SOURCES] for c in line.filled):
            continue  # 财政拨款 | 48 | 48 | 100%自筹资金…合计5858100%: a source, and its total cannot be read
        made = _first_row(columns, rest, below if total is None else below[total:], own)
        if made:
            return made if made.points else made._replace(points=_out_of(lines[max(at - 1, 0) : at + 1], heads))
    return None


def _total_below(lines: Sequence[Line]) -> int | None:
    """Where the row of the total stands, if not at once: 财政拨款 | 48 | 48, 自筹资金 | 52 | 2, 合计 | 100 | 50."""
    for at, line in enumerate(lines[:_SOURCES]):
        cells = line.filled
        if len(cells) < _PAIR or (at and not _is_source_row(lines[at - 1])):
            continue
        if says("execution_total", cells[0].text) and _is_value(cells[1].text):
            return at
    return None


def _is_source_row(line: Line) -> bool:
    """A label and what it comes to, or the label alone."""
    cells = line.filled
    return bool(cells) and not _is_value(cells[0].text) and all(_is_value(cell.text) for cell in cells[1:])


def _out_of(lines: Sequence[Line], heads: Sequence[_Head]) -> str | None:
    """The points that the execution counts, where a head or the title above says so and no column holds them."""
    scores = [head.cell.text for head in heads if head.kind == "score"]
    titles = [cell.text for line in lines for cell in line.filled if labels.bare(cell.text).startswith("预算执行")]
    found = (_OUT_OF.search(labels.squeeze(text)) for text in (*scores, *titles))
    return next((one.group(1) for one in found if one), None)


def _head_runs(lines: Sequence[Line]) -> Iterator[tuple[int, tuple[_Head, ...], tuple[GridCell, ...]]]:
    """Runs of heads that tell of an execution: the last line they stand in, and the cells behind them there."""
    run: list[_Head] = []
    for at, line in enumerate(lines):
        cells = [part for cell in line.filled for part in _apart(cell)]
        for i, cell in enumerate(cells):
            kind = _kind(cell.text)
            if kind:
                run.append(_Head(kind, cell))
                continue
            if _tells(run):
                yield at - (i == 0), tuple(run), tuple(cells[i:]) if i else ()
            run = []
        if run and not line.packed:
            if _tells(run):
                yield at, tuple(run), ()
            run = []


def _apart(cell: GridCell) -> Sequence[GridCell]:
    """Heads that one line of a text holds with blanks between them."""
    parts = cell.text.split() if " " in cell.text and len(cell.text) < _LINE else []
    return [cell._replace(text=part) for part in parts] if len(parts) > 1 and all(map(_kind, parts)) else [cell]


def _tells(run: Sequence[_Head]) -> bool:
    kinds = {h.kind for h in run}
    return len(kinds) > 1 and bool(kinds & {"spent", "rate"})


def _first_row(
    heads: Sequence[_Head], rest: Sequence[GridCell], lines: Sequence[Line], unit: str
) -> Execution | None:
    """The amounts of the total: in the columns of the heads where the file has columns, else in their order."""
    values: list[GridCell] = []
    behind = [Line(tuple(rest), None, True)] if rest else []
    opened, others, columns = False, 0, {head.cell.column for head in heads}
    for line in [*behind, *lines[:_MOST]]:
        for cell in line.filled:
            if _is_value(cell.text) and len(values) <= _MOST:
                values.append(cell)
            elif opened and not values and not line.packed and cell.column in columns:
                continue  # 见附件 under 年初预算数, and the figures behind it
            elif values or (opened and not _unit_only(cell.text)):
                return _made(heads, values, () if line.packed else line.cells, unit) if values else None
            elif says("execution_total", cell.text):
                opened = True
            elif not _unit_only(cell.text) and labels.field_of(cell.text) != "money":
                others += 1  # a head that is not among those we know
                if others > _BETWEEN or len(cell.text) > _MOST:
                    return None
        if not line.packed and (values or opened):
            return _made(heads, values, line.cells, unit) if values else None
    return _made(heads, values, (), unit) if values else None


def _unit_only(text: str) -> bool:
    return labels.is_money_unit(text) or labels.is_points(text)


def _is_value(text: str) -> bool:
    label = labels.squeeze(text)
    return money.is_amount(text) or bool(_SHARE.fullmatch(label)) or (label != "无" and labels.matches("blank", text))


def _made(
    heads: Sequence[_Head], values: Sequence[GridCell], row: Sequence[GridCell], unit: str
) -> Execution | None:
    found = _by_column(heads, values) if row else None
    if found is None:
        found = _by_order(heads, values, unit)
    if not any(any(c.isdigit() for c in cell.text) for kind, cell in found.items() if kind in ("spent", "score")):
        return None
    texts = {kind: labels.squeeze(cell.text) for kind, cell in found.items() if any(c.isdigit() for c in cell.text)}
    amounts = {k: money.amount(t, unit) for k, t in texts.items() if k in _AMOUNTS}
    return Execution(
        amounts.get("budget"), amounts.get("adjusted"), amounts.get("spent"), amounts.get("forecast"),
        texts.get("rate"), texts.get("points"), texts.get("score"),
        location=values[0].location,
        places={kind: cell.location for kind, cell in found.items()},
    )  # fmt: skip


def _by_column(heads: Sequence[_Head], values: Sequence[GridCell]) -> dict[str, GridCell] | None:
    columns = {h.cell.column: h.kind for h in heads}
    found = {columns[c.column]: c for c in values if c.column in columns}
    return found if len(found) == len(values) and _fits(found) else None


def _fits(found: dict[str, GridCell]) -> bool:
    """A share stands under the rate alone: otherwise the row is moved against its heads."""
    return all("%" not in labels.squeeze(c.text) for kind, c in found.items() if kind != "rate")


def _by_order(heads: Sequence[_Head], values: Sequence[GridCell], unit: str) -> dict[str, GridCell]:
    """Some of the heads in their order; which ones, the values themselves tell: a share is the rate, spent divided by
    budget agrees with it, what is left out is rather the first amount."""
    if len(values) > len(heads):
        return {}
    choices = [
        {h.kind: v for h, v in zip(chosen, values, strict=True)} for chosen in combinations(heads, len(values))
    ]
    best = max(choices, key=lambda found: _likely(found, unit), default={})
    return best if _likely(best, unit) > 0 else {}


def _likely(found: dict[str, GridCell], unit: str) -> float:
    if not _fits(found):
        return -1
    texts = {k: labels.squeeze(c.text) for k, c in found.items()}
    score = 0.1 * sum(k in ("adjusted", "spent") for k in found) + 0.5
    if "rate" in texts:
        score += 2 if _SHARE.fullmatch(texts["rate"]) else -0.3
    points = texts.get("points", "")
    score += 1.0 if points in ("10", "20") else 0.0
    rate, budget = _SHARE.fullmatch(texts.get("rate", "")), texts.get("adjusted") or texts.get("budget")
    if rate and budget and "spent" in texts:
        whole, part = money.amount(budget, unit), money.amount(texts["spent"], unit)
        if whole and part is not None:
            score += 3 if abs(part / whole * _HUNDRED - Decimal(rate.group(1))) <= 1 else -0.4
    return score


def _among(line: Line, header: Header | None) -> Execution:
    """预算执行率 as a row of the indicators: its points and its score stand in their columns."""
    cells = line.filled[1:]
    columns = {} if header is None or line.packed else {r.column: r.kind for r in header.left}
    by_kind = {columns[c.column]: labels.squeeze(c.text) for c in cells if c.column in columns}
    if not by_kind:
        numbers = [labels.squeeze(c.text) for c in cells if _NUMBER.fullmatch(labels.squeeze(c.text))]
        by_kind = dict(zip(("weight", "score"), numbers[-2:], strict=False)) if len(numbers) > 1 else {}
        shares = [t for c in cells if _SHARE.fullmatch(t := labels.squeeze(c.text))]
        by_kind |= {"actual": shares[-1]} if shares else {}
    rate = by_kind.get("actual", "")
    return Execution(
        points=points_in(by_kind.get("weight", "")),
        score=points_in(by_kind.get("score", "")),
        rate=rate if _SHARE.fullmatch(rate) else None,
        location=line.filled[0].location,
    )


def points_in(text: str) -> str | None:
    """The number of a cell that holds nothing else, or None."""
    found = _NUMBER.fullmatch(labels.squeeze(text))
    return found.group(1) if found else None

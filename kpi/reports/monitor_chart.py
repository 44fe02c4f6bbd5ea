"""How a project went from check to check, drawn: the time, the money and what was achieved as shares of the year."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from kpi.progress.calendar import Span
from kpi.reports.monitor_batch import Point, percent

_WIDTH, _HEIGHT = 430, 212
_LEFT, _RIGHT, _TOP, _BASE = 40, 372, 14, 160
_MOST = Decimal(100)
_NEAR = 13  # two figures closer than a line of print
_DAY_WIDTH, _DAY_ROWS = 52, (_BASE + 15, _BASE + 28)  # of a day below the axis; where its rows of print are


def chart(points: Sequence[Point], span: Span) -> str:
    """Nothing of the document is in it but figures and days."""
    return "".join(_parts(points, span))


def _parts(points: Sequence[Point], span: Span) -> Iterator[str]:
    yield f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{"；".join(map(_told, points))}">'
    for share in (0, 50, 100):
        y = _y(Decimal(share))
        yield f'<line class="axis" x1="{_LEFT}" y1="{y}" x2="{_RIGHT}" y2="{y}"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{share}%</text>'
    yield f'<line class="time" x1="{_LEFT}" y1="{_BASE}" x2="{_RIGHT}" y2="{_TOP}"/>'
    ends = []
    for kind, values in (("rate", [one.rate for one in points]), ("mean", [one.mean for one in points])):
        both = zip(points, values, strict=True)
        told = [(_x(one.when, span), _y(value), value) for one, value in both if value is not None]
        if told:
            yield f'<polyline class="{kind}" points="{" ".join(f"{x},{y}" for x, y, _ in told)}"/>'
            yield from (f'<circle class="{kind}" cx="{x}" cy="{y}" r="3.5"/>' for x, y, _ in told)
            ends.append((kind, *told[-1]))
    yield from _figures(ends)
    for x, y, when in _days(points, span):
        yield f'<text x="{x}" y="{y}" text-anchor="middle">{when.month}月{when.day}日</text>'
    yield from _key(bool(ends))
    yield "</svg>"


def _figures(ends: Sequence[tuple[str, float, float, Decimal]]) -> Iterator[str]:
    """The last figure of each line beside it; two that would lie on each other are set apart."""
    rows = sorted(ends, key=lambda end: end[2])
    close = len(rows) == 2 and rows[1][2] - rows[0][2] < _NEAR
    for number, (kind, x, y, value) in enumerate(rows):
        shift = (-4 if number == 0 else 12) if close else 4
        yield f'<text class="{kind}" x="{x + 7}" y="{y + shift}">{percent(value)}</text>'


def _days(points: Sequence[Point], span: Span) -> Iterator[tuple[float, int, date]]:
    """The days below the axis, the last for certain: on two rows where they are close, left out where on both they
    would lie on each other. The table beside the drawing has them all."""
    left: dict[int, float] = {}  # of what stands already in a row
    for one in reversed(points):
        x = _x(one.when, span)
        row = next((y for y in _DAY_ROWS if x + _DAY_WIDTH <= left.get(y, x + _DAY_WIDTH)), None)
        if row is not None:
            left[row] = x
            yield x, row, one.when


def _key(lines: bool) -> Iterator[str]:
    y = _BASE + 46
    for x, kind, text in ((_LEFT, "rate", "执行率"), (130, "mean", "累计类平均完成"), (270, "time", "时间进度")):
        if lines or kind == "time":
            yield f'<line class="{kind}" x1="{x}" y1="{y - 4}" x2="{x + 18}" y2="{y - 4}"/>'
            yield f'<text x="{x + 23}" y="{y}">{text}</text>'


def _told(one: Point) -> str:
    parts = [("时间进度", one.time), ("执行率", one.rate), ("累计类平均完成", one.mean)]
    said = "，".join(f"{label}{percent(value)}" for label, value in parts if value is not None)
    return f"{one.when.month}月{one.when.day}日：{said}"


def _x(when: date, span: Span) -> float:
    return round(_LEFT + float(span.share(when)) * (_RIGHT - _LEFT), 1)


def _y(share: Decimal) -> float:
    """What is beyond 100 lies on the upper edge."""
    return round(_BASE - float(min(_MOST, max(Decimal(0), share)) / _MOST) * (_BASE - _TOP), 1)

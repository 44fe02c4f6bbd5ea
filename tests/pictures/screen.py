"""A terminal as SVG: no fonts from elsewhere and no fixed widths, letters stand as the reader's own fonts have them."""

import io
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from html import escape
from unittest.mock import patch

from kpi.cli import main
from kpi.reports.lines import Line, Span, line, styled
from kpi.reports.width import width

_COLUMNS = 100
_SIZE, _HIGH, _EDGE = 14, 21, 16
_LEFT_OUT = line(styled("dim", "……"))
_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<style>
text {{ font: {size}px Menlo, Consolas, "Noto Sans Mono CJK SC", "Microsoft YaHei", monospace; fill: #d6dae0;
white-space: pre; }}
.error {{ fill: #ff7b72; font-weight: bold; }}
.warning {{ fill: #e3b341; }}
.info {{ fill: #79c0ff; }}
.good {{ fill: #7ee787; font-weight: bold; }}
.head, .strong {{ fill: #ffffff; font-weight: bold; }}
.dim {{ fill: #8f98a3; }}
</style>
<rect width="{width}" height="{height}" rx="8" fill="#1b1f24"/>
{rows}
</svg>
"""


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def typed(command: str) -> Line:
    return line("$ ", styled("strong", command))


def shown(command: str, first: int = 0, last: int = 0) -> list[Line]:
    """What was typed and what the terminal then shows: all of it, or the first and the last lines."""
    seen: list[Line] = []

    def show(lines: Iterable[Line], console: object) -> None:
        seen.extend(lines)

    with patch("kpi.reports.terminal.show", show), redirect_stdout(_Terminal()):
        main(command.split()[1:])
    assert seen, command
    if first and len(seen) > first + last:
        seen = [*seen[:first], _LEFT_OUT, *seen[len(seen) - last :]]
    return [typed(command), *seen]


def svg(lines: Iterable[Line]) -> str:
    rows = [part for one in lines for part in folded(one)]
    drawn = (
        f'<text x="{_EDGE}" y="{_EDGE + _HIGH * number}" xml:space="preserve">{"".join(map(_span, one))}</text>'
        for number, one in enumerate(rows, 1)
        if one
    )
    return _SVG.format(
        width=2 * _EDGE + _COLUMNS * 8, height=2 * _EDGE + _HIGH * len(rows) + _HIGH // 2, size=_SIZE,
        rows="\n".join(drawn),
    )  # fmt: skip


def _span(span: Span) -> str:
    text = escape(span.text)
    return f'<tspan class="{span.style}">{text}</tspan>' if span.style else text


def folded(one: Line) -> Iterator[Line]:
    """As a terminal does it: at its edge, wherever that is."""
    parts: list[Span] = []
    used = 0
    for span in one:
        kept = ""
        for character in span.text:
            if used + width(character) > _COLUMNS:
                yield (*parts, span._replace(text=kept))
                parts, kept, used = [], "", 0
            kept, used = kept + character, used + width(character)
        parts.append(span._replace(text=kept))
    yield tuple(part for part in parts if part.text)

"""A report for people as lines of styled spans: one description for a terminal, a pipe and a file."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Style = Literal["", "error", "warning", "info", "good", "head", "strong", "dim"]


class Span(NamedTuple):
    """A piece of a line with what it means; how that looks is the terminal's affair."""

    text: str
    style: Style = ""


Line = tuple[Span, ...]


def line(*parts: str | Span) -> Line:
    """A line of spans; a bare string is an unstyled one."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)


def styled(style: Style, text: str) -> Span:
    return Span(text, style)


def plain(lines: Iterable[Line]) -> str:
    """The lines without styles, without white space at their ends."""
    return "".join("".join(span.text for span in one).rstrip() + "\n" for one in lines)

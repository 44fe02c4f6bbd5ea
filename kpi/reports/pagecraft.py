"""What the pages of review, monitor, evaluate and compare share: nothing from outside, every text escaped, rows that
become cards on a phone."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from kpi.reports.office import GENERATOR
from kpi.reports.page_style import STYLE
from kpi.reports.width import one_line


class Td(NamedTuple):
    """A cell, as HTML. `look`: "n" a figure, "c" a word in the middle, "w" and "v" what needs room, "key" what names
    the row; several apart by spaces."""

    html: str
    look: str = ""


def say(text: str | None) -> str:
    """A text of a document as one safe line."""
    return escape(one_line(text or ""))


def td(text: str | None, look: str = "") -> Td:
    return Td(say(text), look)


def page(title: str, under: str, body: Iterable[str], style: str = STYLE) -> str:
    """The whole file. `under`: a line below the title."""
    head = (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        GENERATOR,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{say(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>",
        f"<h1>{say(title)}</h1>" + (f'\n<p class="under">{say(under)}</p>' if under else ""),
    )
    return "\n".join((*head, *body, "</main>\n</body>\n</html>")) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[Td]]) -> Iterator[str]:
    """Every cell knows its head: where there is no room for columns it stands before the cell."""
    top = "".join(f'<th scope="col">{say(head)}</th>' for head in heads)
    yield f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>'
    for row in rows:
        yield "<tr>" + "".join(_cell(head, one) for head, one in zip(heads, row, strict=True)) + "</tr>"
    yield "</tbody></table></div>"


def _cell(head: str, one: Td) -> str:
    look = " ".join(filter(None, (one.look, "" if one.html else "none")))
    return f'<td{f" class={chr(34)}{look}{chr(34)}" if look else ""} data-head="{say(head)}"><div>{one.html}</div></td>'


def listed(title: str, texts: Sequence[str]) -> Iterator[str]:
    """A heading with texts below it, numbered; nothing where there are none."""
    if texts:
        yield f"<h3>{say(title)}</h3><ol>{''.join(f'<li>{say(text)}</li>' for text in texts)}</ol>"


def foot(title: str, texts: Iterable[str]) -> str:
    items = "".join(f"<li>{say(text)}</li>" for text in texts)
    return f"<section><h2>{say(title)}</h2><ul>{items}\n</ul></section>"

"""Running heads and page numbers, which stand between the parts of a table that goes on, are left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from kpi.readers.formats.pdfpages import Page, Table, squeezed
from kpi.readers.formats.pdftext import TextLine

_NUMBER = re.compile(
    r"[-—–·.\s第]*(?P<number>[\dIVXivx]{1,4}|[一二三四五六七八九十]{1,4})[-—–·.\s页]*([/／共，,]\s*共?\s*\d{1,4}\s*页?)?"
)
_MARGIN = 0.12  # of the height: page numbers and running heads stand no further in
_FOOT = 0.92  # of the height: what every page repeats below is no sign-off
_OFTEN = 0.4  # of the pages that a running head stands on
_WORDS = 4  # characters of a running head
_PLACE = 4.0  # points: lines no further apart stand at the same place
_MOST_TOPS = 4  # lines at the top of a page that may be running heads


def drop_margins(pages: Sequence[Page]) -> None:
    """Leave out page numbers, and lines that every page repeats at the same place."""
    _drop_numbers(pages)
    repeated = _repeated(pages)
    for page in pages:
        again = list(takewhile(lambda line: _mark(line) in repeated, _tops(page)))
        if again and repeated[_mark(again[0])] is not page and not _opens_alike(repeated[_mark(again[0])], page):
            _drop(page, again)
        feet = [p for p in page.pieces[-2:] if isinstance(p, TextLine) and p.box.y0 > _FOOT * page.height]
        _drop(page, [p for p in feet if ("foot", *_mark(p)) in repeated])


def _drop(page: Page, lines: Sequence[TextLine]) -> None:
    page.pieces = [p for p in page.pieces if not any(p is line for line in lines)]


def _drop_numbers(pages: Sequence[Page]) -> None:
    """Leave out page numbers: decorated ones, and bare figures that count the pages."""
    found = [(page, line, int(n) - page.number if n.isdecimal() else None) for page, line, n in _numbers(pages)]
    shifts = Counter(shift for _, _, shift in found if shift is not None)
    for page, line, shift in found:
        bare = line.text.strip().isdecimal()
        if not bare or (shift is not None and (shifts[shift] > 1 or (len(pages) == 1 and shift == 0))):
            _drop(page, [line])


def _numbers(pages: Sequence[Page]) -> Iterator[tuple[Page, TextLine, str]]:
    """The outermost lines of each page that may be its number."""
    for page in pages:
        edge = _MARGIN * page.height
        for line in {id(p): p for p in (*page.pieces[:1], *page.pieces[-1:])}.values():
            if not isinstance(line, TextLine) or len(line.text) > 20 or edge < line.box.y0 < page.height - edge:
                continue
            match = _NUMBER.fullmatch(line.text.strip())
            if match:
                yield page, line, match["number"]


def _tops(page: Page) -> list[TextLine]:
    """The lines above everything else on a page."""
    tops: list[TextLine] = []
    for piece in page.pieces[:_MOST_TOPS]:
        if not isinstance(piece, TextLine):
            break
        tops.append(piece)
    return tops


def _mark(line: TextLine) -> tuple[object, ...]:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", line.text)), round(line.base / _PLACE)


def _repeated(pages: Sequence[Page]) -> dict[tuple[object, ...], Page]:
    """Lines that stand at the top (or the foot) of most pages, with the first page that has them."""
    seen: Counter[tuple[object, ...]] = Counter()
    first: dict[tuple[object, ...], Page] = {}
    for page in pages:
        marks = [_mark(line) for line in _tops(page)]
        marks += [("foot", *_mark(p)) for p in page.pieces[-2:] if isinstance(p, TextLine)]
        for mark in set(marks):
            seen[mark] += 1
            first.setdefault(mark, page)
    fewest = max(2, _OFTEN * len(pages))
    return {mark: first[mark] for mark, times in seen.items() if times >= fewest and len(str(mark[-2])) >= _WORDS}


def _opens_alike(first: Page, page: Page) -> bool:
    """Whether a page begins as the first with that line does: the same lines and a table that begins alike, so that
    the line is the title of another form rather than a running head."""
    a, b = _tops(first), _tops(page)
    if [_mark(x)[0] for x in a] != [_mark(x)[0] for x in b]:
        return False
    tables = [next((p for p in pg.pieces if isinstance(p, Table)), None) for pg in (first, page)]
    openings = [squeezed(t.rows[0])[:1] if t and t.rows else [] for t in tables]
    return bool(openings[0]) and openings[0] == openings[1]

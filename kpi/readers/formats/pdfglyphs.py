"""The characters of a PDF page with their places, and the turn that puts the page upright."""

import ctypes
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from kpi.readers.formats.pdffold import BROKEN, plain
from kpi.readers.formats.pdfspace import Box, Matrix, Point, box_of, clip_of, scale

MOST_GLYPHS = 100_000  # of one page; a full page of small print has 10,000
_BLANK = 1.6  # of the size: a blank no further before a character stands beside it (some files write them apart)
_BLANK_CODE, _HYPHEN = 0x20, 0x02  # what pdfium gives for a hyphen at the end of a line
_WIDE_BLANKS = frozenset((0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))
_BLANKS = _WIDE_BLANKS | {0x20, 0x09}
_FIRST_WIDE = 0x2E80  # the first character that takes a full square
_SLANT = 0.18  # sine of ten degrees: what stands more aslant is a watermark


_PLACE = ctypes.c_void_p


class Glyph(NamedTuple):
    """A character: left, right and baseline, the size of its font, the number of its run, a blank before it."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    run: int
    spaced: bool

    @property
    def middle(self) -> float:
        return self.base - 0.35 * self.size


@dataclass(slots=True)
class Run:
    """What the characters of one text object share: size, direction (0 upright, then quarter turns), clip."""

    size: float
    width: float  # size along the line: narrower than `size` where the text is condensed
    way: int | None
    clip: Box | None
    chars: dict[int, str]  # by code; runs of one font share it


class Raw(NamedTuple):
    """A character in the page's own space, before it is known which way is up. `box`: None where it is a square."""

    text: str
    x: float
    y: float
    box: Box | None
    run: int
    spaced: bool


class TooMuch(Exception):
    """A page that holds more than any form does."""


def raw_glyphs(page: Any) -> tuple[list[Raw], list[Run]]:  # noqa: ANN401 - a pdfium handle
    """The characters in the order of the file. Raises TooMuch."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return [], []
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > MOST_GLYPHS:
            raise TooMuch(f"{count} characters")
        return _read(pdfium, text, count)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _read(pdfium: Any, text: Any, count: int) -> tuple[list[Raw], list[Run]]:  # noqa: ANN401
    x, y, rect = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    page, at_x, at_y, at_rect = (ctypes.addressof(p) for p in (text.contents, x, y, rect))
    object_of = _lean(pdfium.FPDFText_GetTextObject, _PLACE, _PLACE, ctypes.c_int)
    origin_of = _lean(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, _PLACE, ctypes.c_int, _PLACE, _PLACE)
    box_of_char = _lean(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, _PLACE, ctypes.c_int, _PLACE)
    glyphs: list[Raw] = []
    runs = _Runs(pdfium, text)
    blank: Point | None = None
    for i, code in enumerate(_codes(pdfium, text, count)):
        if code <= _BLANK_CODE or code in _WIDE_BLANKS:
            if code in _BLANKS and not pdfium.FPDFText_IsGenerated(text, i):
                origin_of(page, i, at_x, at_y)
                blank = x.value, y.value
            if code not in (0, _HYPHEN):
                continue
        place = object_of(page, i)
        number = runs.numbers.get(place)
        if number is None:
            number = runs.add(place, i)
        run = runs.all[number]
        char = run.chars.get(code)
        if char is None:
            char = run.chars[code] = BROKEN if pdfium.FPDFText_HasUnicodeMapError(text, i) == 1 else plain(code)
        if not char:
            continue
        origin_of(page, i, at_x, at_y)
        box, near = None, False
        if code < _FIRST_WIDE or not _wide(char):
            box_of_char(page, i, at_rect)
            box = Box(rect.left, rect.bottom, rect.right, rect.top)
        if blank:
            near = abs(x.value - blank[0]) < _BLANK * run.size and abs(y.value - blank[1]) < _BLANK * run.size
            blank = None
        glyphs.append(Raw(char, x.value, y.value, box, number, near))
    return glyphs, runs.all


def _lean(function: Any, *types: Any) -> Callable[..., Any]:  # noqa: ANN401 - of ctypes
    """A pdfium function that takes addresses as figures: called for every character, twice as fast."""
    return ctypes.CFUNCTYPE(*types)(_PLACE.from_buffer(function).value or 0)


def _codes(pdfium: Any, text: Any, count: int) -> list[int]:  # noqa: ANN401
    """The code of each character: all at once, as far as each takes one place."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text, 0, count, buffer) == count + 1:
        codes = list(buffer[:count])
        if not any(0xD800 <= code < 0xE000 for code in codes):
            return codes
    return [pdfium.FPDFText_GetUnicode(text, i) for i in range(count)]


class _Runs:
    """The text objects met so far."""

    def __init__(self, pdfium: Any, text: Any) -> None:  # noqa: ANN401
        self.pdfium, self.text = pdfium, text
        self.matrix, self.size = pdfium.FS_MATRIX(), pdfium.FPDFText_GetFontSize
        self.all: list[Run] = []
        self.numbers: dict[int | None, int] = {}
        self.fonts: dict[int, dict[int, str]] = {}

    def add(self, place: int | None, index: int) -> int:
        """Take in the text object of a character; its number."""
        m, font = self.matrix, 0
        handle = self.pdfium.FPDFText_GetTextObject(self.text, index)
        if handle:
            found = self.pdfium.FPDFTextObj_GetFont(handle)
            font = ctypes.addressof(found.contents) if found else 0
        self.pdfium.FPDFText_GetMatrix(self.text, index, m)
        size = self.size(self.text, index)
        along, up = scale(m.a, m.b), scale(m.c, m.d)
        clip = clip_of(self.pdfium, handle) if handle else None
        chars = self.fonts.setdefault(font, {})
        self.all.append(Run(size * up or 1.0, size * along or 1.0, _way(m.a, m.b, along), clip, chars))
        self.numbers[place] = len(self.all) - 1
        return len(self.all) - 1


def _way(a: float, b: float, length: float) -> int | None:
    """The direction of writing in quarter turns to the left; None where it is aslant."""
    if not length:
        return 0
    if abs(b) <= _SLANT * length:
        return 0 if a > 0 else 2
    if abs(a) <= _SLANT * length:
        return 1 if b > 0 else 3
    return None


def writing(glyphs: list[Raw], runs: list[Run]) -> int:
    """The direction in which most of the page is written."""
    ways = Counter(way for g in glyphs if (way := runs[g.run].way) is not None)
    return ways.most_common(1)[0][0] if ways else 0


def placed(glyphs: list[Raw], runs: list[Run], m: Matrix) -> tuple[list[Glyph], list[Glyph]]:
    """The characters in upright space: those written along the page, and the turned ones (labels set on end)."""
    upright: list[Glyph] = []
    turned: list[list[Glyph]] = []
    way, last = writing(glyphs, runs), -1
    for raw in glyphs:
        run, size = runs[raw.run], runs[raw.run].size
        if run.way == way:
            x, y = m.a * raw.x + m.c * raw.y + m.e, m.b * raw.x + m.d * raw.y + m.f
            box = raw.box
            right = max(m.a * box.x1 + m.c * box.y1 + m.e, m.a * box.x0 + m.c * box.y0 + m.e) if box else x + run.width
            upright.append(Glyph(raw.text, x, right, y, size, raw.run, raw.spaced))
        elif run.way is not None:
            box = box_of(m, raw.box or _square(raw, run))
            if raw.run != last:
                turned.append([])
                last = raw.run
            turned[-1].append(
                Glyph(raw.text, box.x0, box.x1, (box.y0 + box.y1) / 2 + 0.35 * size, size, raw.run, False)
            )
    return upright, [g for group in turned for g in _downwards(group, (runs[group[0].run].way or 0) - way)]


def _square(raw: Raw, run: Run) -> Box:
    """The box of a turned character that takes a square."""
    x, y, low, high = raw.x, raw.y, 0.12 * run.size, 0.88 * run.size
    return (
        Box(x, y - low, x + run.width, y + high),
        Box(x - high, y, x + low, y + run.width),
        Box(x - run.width, y - high, x, y + low),
        Box(x - low, y - run.width, x + high, y),
    )[run.way or 0]


def _downwards(group: list[Glyph], turn: int) -> list[Glyph]:
    """Turned writing: where it climbs, put so that it reads from the top down."""
    if turn % 4 != 1:
        return group
    places = [(g.x0, g.x1, g.base) for g in reversed(group)]
    return [g._replace(x0=x0, x1=x1, base=y) for g, (x0, x1, y) in zip(group, places, strict=True)]


def _wide(text: str) -> bool:
    """A character that takes a full square. Its box is not to be trusted: fonts made for a file often state none."""
    code = ord(text[0])
    return _FIRST_WIDE <= code < 0xFB00 or 0xFF00 <= code < 0xFF61 or code > 0x1FFFF

"""Characters to text: lines by their baselines, blanks by gaps, broken words of a cell joined again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from kpi.readers.formats.pdfglyphs import Glyph
from kpi.readers.formats.pdfspace import Box

_SAME_LINE = 0.55  # of the size: raised figures (m²) stay on their line
Gaps = tuple[float, float, float]  # of the size, by how many of two neighbours are Chinese: a wider gap is a blank
_GAPS: Gaps = (0.2, 0.3, 0.24)  # Word sets figures off from Chinese by a quarter
_BARE_GAPS: Gaps = (0.18, 0.22, 0.22)  # in files that write no blanks at all, as browsers print
_TWICE = 0.4  # of its width: the same character again so near is a bold one drawn twice
_BASE, _LEFT = attrgetter("base"), attrgetter("x0")
ITEM = re.compile(r"[(（]?(\d{1,2}|[一二三四五六七八九十]{1,3}|[①-⑳])[)）、.．:：]|[①-⑳]|目标\d")
_UNIT = re.compile(r"[(（“《【]*([!-~≥≤＞＜＝±×％℃‰]+|.[，。；：、）”》】！？]*)")
_LONGEST_UNIT = 30  # characters
_ENDS = tuple("。；;：:！!？?")


@dataclass(slots=True)
class TextLine:
    """A line of text and where it stands."""

    text: str
    box: Box
    base: float
    size: float


def gaps_of(glyphs: Iterable[Glyph]) -> Gaps:
    """How wide a gap is a blank on a page."""
    return _GAPS if any(glyph.spaced for glyph in glyphs) else _BARE_GAPS


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters by baseline, from the top down, each line from left to right."""
    lines: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=_BASE):
        if lines and glyph.base - base <= _SAME_LINE * max(size, glyph.size):
            lines[-1].append(glyph)
            size = max(size, glyph.size)
        else:
            lines.append([glyph])
            base, size = glyph.base, glyph.size
    return [_once(sorted(line, key=_LEFT)) for line in lines]


def _once(line: list[Glyph]) -> list[Glyph]:
    """Without characters drawn twice to look bold."""
    kept = line[:1]
    for glyph in line[1:]:
        if glyph.x0 - kept[-1].x0 > _TWICE * glyph.size or not any(_same(glyph, k) for k in kept[-3:]):
            kept.append(glyph)
    return kept


def _same(glyph: Glyph, other: Glyph) -> bool:
    reach = _TWICE * min(glyph.x1 - glyph.x0, glyph.size)
    near = abs(glyph.x0 - other.x0) < reach and abs(other.base - glyph.base) < reach
    return near and glyph.text == other.text


def is_chinese(char: str) -> bool:
    code = ord(char)
    return 0x2E80 <= code < 0xFB00 or 0xFF00 <= code < 0xFFEF or 0x2010 <= code < 0x2040 or code > 0x1FFFF


def blank_between(a: Glyph, b: Glyph, even: float, gaps: Gaps) -> bool:
    """Whether a blank stands between two neighbours of a line whose Chinese characters stand `even` points apart."""
    size = max(a.size, b.size)
    gap = b.x0 - a.x1
    if b.spaced and gap > -0.1 * size:
        return True
    chinese = is_chinese(a.text[-1]) + is_chinese(b.text[0])
    return gap > size * gaps[chinese] + (even if chinese == 2 else 0.0)


def even_gap(line: Sequence[Glyph]) -> float:
    """How far apart the Chinese characters of a line are set, as in a label spread over its cell (合  计)."""
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(line) if is_chinese(a.text[-1]) and is_chinese(b.text[0]))
    return max(gaps[len(gaps) // 2] * 1.3, 0.0) if gaps else 0.0


def text_line(line: Sequence[Glyph], gaps: Gaps) -> TextLine:
    """One line of characters, sorted from left to right, as text."""
    size, low = max(g.size for g in line), max(g.base for g in line)
    top, right = min(g.base for g in line) - 0.88 * size, max(g.x1 for g in line)
    box = Box(line[0].x0, top, right, low + 0.12 * size)
    return TextLine(_words(line, gaps), box, low, size)


def _words(line: Sequence[Glyph], gaps: Gaps) -> str:
    narrowest = min(gaps) * min(line[0].size, line[-1].size)
    if all(b.x0 - a.x1 <= narrowest and not b.spaced for a, b in pairwise(line)):
        return "".join([g.text for g in line])  # as most lines are
    parts, even = [line[0].text], even_gap(line)
    for a, b in pairwise(line):
        parts.append(" " + b.text if blank_between(a, b, even, gaps) else b.text)
    return "".join(parts)


def cell_text(lines: Sequence[TextLine], left: float, right: float) -> str:
    """The text of a cell between two edges. A line break stays only where a new paragraph shows."""
    if not lines:
        return ""
    text = lines[0].text
    for a, b in pairwise(lines):
        text += ("\n" if _paragraph(a, b, left, right) else glue(a.text, b.text)) + b.text
    return text.strip()


def glue(before: str, after: str) -> str:
    """What stands between two pieces of one text that a line break parted: a blank between foreign words only."""
    a, b = before[-1:], after[:1]
    return " " if a.isascii() and b.isascii() and a.isalpha() and b.isalpha() else ""


def _paragraph(a: TextLine, b: TextLine, left: float, right: float) -> bool:
    """Whether a line was ended on purpose: there was room for more, and it ends a sentence or an item follows."""
    indented = min(a.box.x0 - left, 2 * a.size)
    if right - indented - a.box.x1 < first_width(b) + 1.5 * a.size:
        return False
    return a.text.endswith(_ENDS) or bool(ITEM.match(b.text))


def first_width(line: TextLine) -> float:
    """The width of what stands first in a line and may not be parted: a line that ends sooner was not full."""
    unit = _UNIT.match(line.text)
    return sum(line.size * (0.5 if c.isascii() else 1.0) for c in (unit.group()[:_LONGEST_UNIT] if unit else ""))

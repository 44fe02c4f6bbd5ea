"""The comments of one sheet: what they say, and the boxes that show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from kpi.annotate.marks import AUTHOR, GROUNDS, INKS, Mark
from kpi.annotate.sheetstyles import M
from kpi.fixes.sheetcells import Address
from kpi.reports.width import shorten

if TYPE_CHECKING:
    from lxml.etree import _Element

_V, _O, _X = (f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:excel"))
NEW_NOTES = f'<comments xmlns="{M.strip("{}")}"><authors/><commentList/></comments>'.encode()
_NEW_BOXES = (
    f'<xml xmlns:v="{_V}" xmlns:o="{_O}" xmlns:x="{_X}"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{0}"/></o:shapelayout></xml>'
)
_TYPE = (
    '<v:shapetype xmlns:v="{v}" xmlns:o="{o}" id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>'
    "</v:shapetype>"
)
_BOX = (
    '<v:shape xmlns:v="{v}" xmlns:o="{o}" xmlns:x="{x}" id="_x0000_s{number}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:0;margin-top:0;width:{wide}pt;height:{high}pt;z-index:{order};'
    'visibility:hidden;mso-wrap-style:tight" fillcolor="#{ground}" strokecolor="#{ink}" o:insetmode="auto">'
    '<v:fill color2="#{ground}"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
MOST_NOTES = 5  # that a box tells in full; the rest is in the list
_LONGEST = 220  # columns of one line of a note
_MORE = "另有 {} 条，见工作表“{}”。"
_COLUMNS = 46  # of a box
_WIDE, _LINE, _PAD = 318, 16, 14  # pixels
_TALLEST = 560
_BEFORE = 5  # lines that a comment of somebody else is taken to have


class Placed(NamedTuple):
    """A mark at its cell. `last`: the lowest right cell that it is merged with."""

    mark: Mark
    name: str
    at: Address
    last: Address


class Sizes(NamedTuple):
    """Pixels of columns (0-based) and rows (1-based)."""

    column: Callable[[int], int]
    row: Callable[[int], int]


class Boxes(NamedTuple):
    """Cells whose comments need a box, and those whose box has to hold more than it did."""

    fresh: list[Placed]
    grown: list[Placed]


def add_notes(root: _Element, some: Sequence[Placed], listed: str) -> Boxes:
    """Comments for the cells in a part of comments. One cell has one comment: what is said there already comes first.
    `listed`: the name of the sheet with all findings."""
    authors, notes = root.find(M + "authors"), root.find(M + "commentList")
    if authors is None or notes is None:
        return Boxes([], [])
    names = [author.text or "" for author in authors]
    there = {str(one.get("ref", "")): one for one in notes}
    if AUTHOR not in names:
        names.append(AUTHOR)
        _child(authors, "author").text = AUTHOR
    mine = names.index(AUTHOR)
    made = Boxes([], [])
    for one in some:
        known = there.get(one.name)
        if known is None:
            known = _child(notes, "comment", ref=one.name, authorId=str(mine))
            _child(known, "text")
            made.fresh.append(one)
        elif _threaded(known, names):
            continue  # a conversation shows in place of the comment: its text is not ours to change
        else:
            made.grown.append(one)
        text = known.find(M + "text")
        if text is not None:
            lines = [("\n——————\n", None)] if _spoken(text) else []
            text.extend(list(_runs([*lines, *_lines(one.mark, listed)])))
    return made


def _threaded(comment: _Element, names: Sequence[str]) -> bool:
    number = str(comment.get("authorId", ""))
    return number.isdecimal() and int(number) < len(names) and names[int(number)].startswith("tc={")


def _lines(mark: Mark, listed: str) -> Iterator[tuple[str, str | None]]:
    """The texts of a comment, each with the ink of a head."""
    for number, note in enumerate(mark.notes[:MOST_NOTES]):
        head, *rest = note.texts
        yield ("\n\n" if number else "") + head, INKS[note.severity]
        for line in rest:
            yield "\n" + (line if _columns(line) <= _LONGEST else shorten(line, _LONGEST)), None
    if len(mark.notes) > MOST_NOTES:
        yield "\n\n" + _MORE.format(len(mark.notes) - MOST_NOTES, listed), None


def _spoken(text: _Element) -> bool:
    """Whether a comment says something already; plain text becomes a run, as it does not go with rich text."""
    plain = text.find(M + "t")
    if plain is not None:
        text.remove(plain)
        _child(text, "r").append(plain)
    return len(text) > 0


def _runs(lines: Iterable[tuple[str, str | None]]) -> _Element:
    """The texts as runs, heads bold and in their ink."""
    from lxml import etree  # noqa: PLC0415

    runs = "".join(
        f'<r><rPr>{"<b/>" if ink else ""}<sz val="9"/><color rgb="FF{ink or "000000"}"/><rFont val="宋体"/></rPr>'
        f'<t xml:space="preserve">{escape(words, quote=False)}</t></r>'
        for words, ink in lines
    )
    return etree.fromstring(f'<text xmlns="{M.strip("{}")}">{runs}</text>')


def new_boxes(block: int) -> bytes:
    return _NEW_BOXES.format(block).encode()


def add_boxes(root: _Element, block: int, boxes: Boxes, sizes: Sizes, listed: str) -> None:
    """Boxes beside the cells. `block`: the thousand of numbers that new shapes of this part have."""
    from lxml import etree  # noqa: PLC0415

    spaces = {"v": _V, "o": _O, "x": _X}
    for one in boxes.grown:
        _grow(root, one, _anchor(one, _height(one.mark, listed) + _LINE * _BEFORE, sizes))
    if boxes.fresh and not any(one.get("id") == "_x0000_t202" for one in root.iter(f"{{{_V}}}shapetype")):
        root.append(etree.fromstring(_TYPE.format(**spaces)))
    used = [int(found) for one in root.iter() for found in re.findall(r"_x0000_s(\d{1,9})$", str(one.get("id", "")))]
    number = max([1024 * block, *used])
    for order, one in enumerate(boxes.fresh, 1):
        high = _height(one.mark, listed)
        root.append(etree.fromstring(_BOX.format(
            **spaces, number=number + order, order=order, wide=_WIDE * 3 // 4, high=high * 3 // 4,
            ground=GROUNDS[one.mark.severity], ink=INKS[one.mark.severity],
            anchor=escape(_anchor(one, high, sizes)), row=one.at.row - 1, column=one.at.column,
        )))  # fmt: skip


def written(root: _Element) -> bytes:
    """A drawing as office programs write it: without a declaration."""
    from lxml import etree  # noqa: PLC0415

    return etree.tostring(root)


def _grow(root: _Element, one: Placed, anchor: str) -> None:
    """The box of a comment that is there, made to hold ours, too."""
    for data in root.iter(f"{{{_X}}}ClientData"):
        place = data.findtext(f"{{{_X}}}Row"), data.findtext(f"{{{_X}}}Column")
        known = data.find(f"{{{_X}}}Anchor")
        if known is not None and place == (str(one.at.row - 1), str(one.at.column)):
            known.text = anchor


def _height(mark: Mark, listed: str) -> int:
    """Pixels for the text of a comment."""
    whole = "".join(line for line, _ in _lines(mark, listed))
    lines = sum(max(1, -(-_columns(line) // _COLUMNS)) for line in whole.split("\n"))
    return min(_PAD + _LINE * lines, _TALLEST)


def _columns(text: str) -> int:
    """About how wide a text stands: there are as many bytes to a character here as it takes columns."""
    return len(text.encode("gb18030", "replace"))


def _anchor(one: Placed, high: int, sizes: Sizes) -> str:
    """Left and top, right and bottom as cells and pixels in them: right of the cell, a little above its upper edge."""
    left, top = one.last.column + 1, max(one.at.row - 1, 1)
    right, across = _walk(left, 15 + _WIDE, sizes.column)
    bottom, down = _walk(top, 10 + high, sizes.row)
    return f"{left}, 15, {top - 1}, 10, {right}, {across}, {bottom - 1}, {down}"


def _walk(start: int, pixels: int, size: Callable[[int], int]) -> tuple[int, int]:
    """The cell that many pixels on, and how far into it that is."""
    while pixels > size(start):
        pixels -= max(size(start), 1)  # what is hidden takes nothing; but an end there must be
        start += 1
    return start, pixels


def _child(parent: _Element, name: str, **attributes: str) -> _Element:
    made = parent.makeelement(M + name, attributes)
    parent.append(made)
    return made

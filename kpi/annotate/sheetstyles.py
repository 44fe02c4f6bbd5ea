"""The styles of a workbook with more of them at the end: grounds of flagged cells, looks of the list of findings."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import TYPE_CHECKING

from kpi.annotate.marks import GROUNDS, INKS
from kpi.packages.word import serialised
from kpi.rules.finding import Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FONTS, _FILLS, _BORDERS, _XFS = M + "fonts", M + "fills", M + "borders", M + "cellXfs"
_ORDER = [M + name for name in ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")]
_SIDES = ("left", "right", "top", "bottom")
_BORDER = "".join(f'<{side} style="thin"><color rgb="FFC8CDD3"/></{side}>' for side in _SIDES)
_BARE = '<xf numFmtId="0" fontId="0" borderId="0"/>'
_GREY = "E9EDF2"


class Styles:
    """A styles part that is added to; what is there keeps its numbers."""

    def __init__(self, root: _Element) -> None:
        self._root = root
        self._made: dict[object, int] = {}

    def painted(self, base: int, severity: Severity) -> int:
        """The style number of a cell of style `base` with the ground of a grade."""
        key = ("painted", base, severity)
        if key not in self._made:
            xfs = self._group(_XFS)
            known = xfs.findall(M + "xf")
            made = deepcopy(known[base]) if base < len(known) else self._parsed(_BARE)
            made.set("fillId", str(self._fill(GROUNDS[severity])))
            made.set("applyFill", "1")
            self._made[key] = _append(xfs, made)
        return self._made[key]

    def look(self, kind: str, *, quoted: bool = False, severity: Severity | None = None) -> int:
        """A look of the list: "text", "head", "title", "link"; `quoted`: what no program may take for a formula."""
        key = ("look", kind, quoted, severity)
        if key not in self._made:
            ground = GROUNDS[severity] if severity else _GREY if kind == "head" else None
            fill = self._fill(ground) if ground else 0
            ink = INKS[severity] if severity else "1F4E9E" if kind == "link" else "202428"
            font = self._font(ink, bold=kind in ("head", "title") or severity is not None, under=kind == "link")
            border = 0 if kind == "title" else self._border()
            wrap = "" if kind == "title" else '<alignment vertical="top" wrapText="1"/>'
            quote = ' quotePrefix="1"' if quoted else ""
            xf = (
                f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}"{quote} applyFont="1" '
                f'applyFill="1" applyBorder="1" applyAlignment="1">{wrap}</xf>'
            )
            self._made[key] = _append(self._group(_XFS), self._parsed(xf))
        return self._made[key]

    def xml(self) -> bytes:
        return serialised(self._root)

    def _fill(self, colour: str) -> int:
        pattern = f'<patternFill patternType="solid"><fgColor rgb="FF{colour}"/><bgColor indexed="64"/></patternFill>'
        return self._one(_FILLS, f"<fill>{pattern}</fill>")

    def _font(self, ink: str, *, bold: bool, under: bool) -> int:
        look = ("<b/>" if bold else "") + ("<u/>" if under else "")
        return self._one(_FONTS, f'<font>{look}<sz val="10"/><color rgb="FF{ink}"/><name val="宋体"/></font>')

    def _border(self) -> int:
        return self._one(_BORDERS, f"<border>{_BORDER}<diagonal/></border>")

    def _one(self, group: str, xml: str) -> int:
        """The number of an element, which is added the first time."""
        if xml not in self._made:
            self._made[xml] = _append(self._group(group), self._parsed(xml))
        return self._made[xml]

    def _group(self, tag: str) -> _Element:
        found = self._root.find(tag)
        if found is None:
            found = self._root.makeelement(tag, {"count": "0"})
            before = _ORDER[: _ORDER.index(tag)]
            self._root.insert(sum(one.tag in before for one in self._root), found)
            for xml in _defaults(tag):
                _append(found, self._parsed(xml))
        return found

    def _parsed(self, xml: str) -> _Element:
        from lxml import etree  # noqa: PLC0415

        return etree.fromstring(f'<x xmlns="{M.strip("{}")}">{xml}</x>')[0]


def _defaults(tag: str) -> Iterable[str]:
    """What a group has to begin with where the file has none of it."""
    return {
        _FONTS: ('<font><sz val="11"/><name val="宋体"/></font>',),
        _FILLS: ('<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>'),
        _BORDERS: ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
        _XFS: ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
    }[tag]


def _append(group: _Element, made: _Element) -> int:
    group.append(made)
    count = sum(1 for _ in group.iterchildren(made.tag))
    group.set("count", str(count))
    return count - 1

"""What a Word paragraph says once tracked changes are accepted: runs, breaks, symbols, formulas, form fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpi.readers.formats.runs import raised

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
P, R, T, VAL, TXBX = W + "p", W + "r", W + "t", W + "val", W + "txbxContent"
_SYM, _BOX, _LIST = W + "sym", W + "checkBox", W + "ddList"
_BREAKS = {W + "br": "\n", W + "cr": "\n", W + "tab": " ", W + "ptab": " ", W + "noBreakHyphen": "-"}
SAID = (MATH, _SYM, _BOX, _LIST, *_BREAKS)
# Deleted text, and parts of a paragraph whose tags or text look like what it says and are not.
_UNSAID = ("del", "moveFrom", "rt", "tabs", "rPrChange", "pPrChange", "tcPrChange", "trPrChange", "tblPrChange")
_STRUCK, _ALIGNED = (W + "strike", W + "dstrike"), W + "vertAlign"
_OFF = ("0", "false", "off")
# What the symbol fonts show in place of the letter; forms write signs and ticks with them.
_SYMBOLS = {
    "symbol": {
        0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xB0: "°", 0xB7: "•",
    },
    "wingdings": {
        0x52: "☑", 0x53: "☒", 0x6F: "□", 0x71: "□", 0xA8: "□", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x6C: "●",
    },
    "wingdings 2": {0x50: "✓", 0x52: "☑", 0x51: "☒", 0x54: "☒", 0xA3: "□", 0x2A: "□"},
}  # fmt: skip
_ANY = {code: shown for font in ("wingdings", "symbol") for code, shown in _SYMBOLS[font].items()}
PRIVATE = re.compile("[\uf020-\uf0ff]")


def accept(root: _Element) -> None:
    """Make the tree what Word shows after "accept all changes", each alternative once, hidden text gone."""
    from lxml import etree  # noqa: PLC0415

    for mark in list(root.iter(W + "del", W + "cellDel")):
        parent = mark.getparent()
        if parent is not None and parent.tag in (W + "trPr", W + "tcPr"):
            _drop(parent.getparent())
    for choice in list(root.iter(_MC + "AlternateContent")):
        _settle(choice)
    etree.strip_elements(root, *(W + name for name in _UNSAID), with_tail=False)
    for hidden in list(root.iter(W + "vanish")):
        run = _run_of(hidden)
        if run is not None and hidden.get(VAL) not in _OFF:
            _drop(run)


def strike_out(root: _Element) -> tuple[str, ...]:
    """Drop the letters that are struck out, and return them run by run."""
    gone: dict[_Element, str] = {}
    for mark in list(root.iter(*_STRUCK)):
        run = _run_of(mark)
        if run is None or run in gone or mark.get(VAL) in _OFF:
            continue
        letters = [node for node in run if node.tag in (T, *SAID)]  # a box or a field in it stays
        gone[run] = "".join((node.text or "") if node.tag == T else piece(node) for node in letters)
        for node in letters:
            run.remove(node)
    return tuple(text for text in gone.values() if text.strip())


def lift(root: _Element) -> None:
    """Put raised characters in place of the figures that are raised above others of their paragraph."""
    marks = (mark for mark in root.iter(_ALIGNED) if mark.get(VAL) == "superscript")
    runs = {run for mark in marks if (run := _run_of(mark)) is not None}
    above: dict[_Element, bool] = {}
    for run in runs:
        paragraph = next(run.iterancestors(P), None)
        if paragraph is None:
            continue
        if paragraph not in above:
            texts = [node for node in paragraph.iter(T, MATH) if (node.text or "").strip()]
            above[paragraph] = any(node.getparent() not in runs for node in texts)
        for node in run.iterchildren(T) if above[paragraph] else ():
            node.text = raised(node.text or "")


def _run_of(mark: _Element) -> _Element | None:
    """The run that a property is of."""
    properties = mark.getparent()
    run = properties.getparent() if properties is not None else None
    return run if run is not None and run.tag == R else None


def unveil(root: _Element) -> None:
    """Put what they show in place of letters of symbol fonts that stand in the text by their private codes."""
    for node in root.iter(T):
        if node.text and PRIVATE.search(node.text):
            fonts = node.xpath("../*[local-name()='rPr']/*[local-name()='rFonts']/@*[local-name()='ascii']")
            font = str(fonts[0]).lower() if isinstance(fonts, list) and fonts else ""
            node.text = shown(node.text, font)


def shown(text: str, font: str) -> str:
    """The text with the private codes of a symbol font replaced."""
    return PRIVATE.sub(lambda found: symbol(font if font in _SYMBOLS else "", ord(found[0])), text)


def taken_out(root: _Element, tag: str, anchor: str) -> dict[_Element, list[_Element]]:
    """The elements of a kind that stand inside an `anchor` (text boxes in paragraphs, tables in cells), cut from it."""
    found: dict[_Element, list[_Element]] = {}
    for one in list(root.iter(tag)):
        outer = next(one.iterancestors(anchor), None)
        if outer is not None:
            found.setdefault(outer, []).append(one)
            _drop(one)
    return found


def said(paragraph: _Element) -> str:
    """The text of a paragraph."""
    return "".join((node.text or "") if node.tag in (T, MATH) else piece(node) for node in paragraph.iter((T, *SAID)))


def piece(node: _Element) -> str:
    """What a node other than plain text says."""
    tag = str(node.tag)
    if tag == _SYM:
        return _symbol(node)
    if tag == _BOX:
        return "☑" if _checked(node) else "☐"
    return _chosen(node) if tag == _LIST else _BREAKS[tag]


def _drop(node: _Element | None) -> None:
    parent = node.getparent() if node is not None else None
    if node is not None and parent is not None:
        parent.remove(node)


def _settle(choice: _Element) -> None:
    """Keep one of the alternatives: the newer, unless only the older one says something."""
    branches = [node for node in choice if node.tag in (_MC + "Choice", _MC + "Fallback")]
    kept = next((b for b in branches if next(b.iter(T), None) is not None), None)
    for branch in branches:
        if branch is not kept:
            choice.remove(branch)


def _symbol(node: _Element) -> str:
    try:
        code = int(str(node.get(W + "char", "")), 16)
    except ValueError:
        return ""
    return symbol(str(node.get(W + "font", "")).lower(), code)


def symbol(font: str, code: int) -> str:
    """What a symbol font shows for a code."""
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    known = _SYMBOLS.get(font, {} if font else _ANY).get(low)
    if known:
        return known
    # what the font shows cannot be told: a mark that something stands here rather than a wrong letter
    return chr(low) if 0x20 <= low < 0xD800 and font not in _SYMBOLS else "\ufffd"


def _checked(node: _Element) -> bool:
    for name in ("checked", "default"):
        found = node.find(W + name)
        if found is not None:
            return found.get(VAL) not in _OFF
    return False


def _chosen(node: _Element) -> str:
    entries = [str(e.get(VAL, "")) for e in node.findall(W + "listEntry")]
    for name in ("result", "default"):
        found = node.find(W + name)
        index = str(found.get(VAL, "")) if found is not None else ""
        if index.isdecimal() and int(index) < len(entries):
            return entries[int(index)]
    return entries[0] if entries else ""

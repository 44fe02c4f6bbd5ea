"""What holds words of a Word document fast, so that they cannot be changed, or not together with those beside them:
fields, links, content controls, bookmarks, tracked changes.

Names are looked for in any namespace, as a strict file has another one than all others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from lxml.etree import _Element

_P, _SDT, _SIMPLE, _LINK, _TWICE = ("{*}" + name for name in ("p", "sdt", "fldSimple", "hyperlink", "AlternateContent"))
_TRACKED = ("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo")
_MARKS = ("{*}t", "{*}instrText", "{*}fldChar", "{*}bookmarkStart", "{*}bookmarkEnd")
_TYPED = ("FORMTEXT", "HYPERLINK")  # fields whose words Word does not fill in anew
_STRIKES, _OFF = ("{*}strike", "{*}dstrike"), ("0", "false", "off")
_ANCHOR = "_Ref"  # of Word's own bookmarks only these are pointed at
# Parts of a paragraph that may go with it.
_BARE = frozenset(("pPr", "r", "rPr", "t", "br", "cr", "tab", "proofErr", "lastRenderedPageBreak"))
_FILLED = "这几个字由文档属性或域自动填写，改了会被还原"
_DOUBLE = "这几个字在文件里按新旧两种写法各存了一份，只改一份会对不上"
_CHOSEN = "这一格是下拉选项，要在选项里改"
_LOCKED = "这一格的内容控件锁定了，不让改"
_PARTLY = "这几个字只有一部分在超链接、内容控件、域或书签里，一起改会移出来"
_CHANGED = "这里有还没接受的修订，请先接受或拒绝修订再改"
_RAISED = "这几个字里有上标，改写会变成平常的数字"
_STRUCK = "这一格里有加了删除线的字，请先删掉这些字，或去掉删除线再改"
_FRAMED = "这几个字在格子里套着的表格或文本框里，不能直接改"
_CONTROLS = {"dataBinding": _FILLED, "dropDownList": _CHOSEN}


class _Frame(NamedTuple):
    """What a word stands in besides its elements: a field that people type in, bookmarks."""

    field: _Element | None = None
    bookmarks: frozenset[str] = frozenset()


class _Field(NamedTuple):
    """A field that is not yet closed: where it begins, its instruction, the texts in it."""

    begin: _Element
    words: list[str]
    texts: list[_Element]

    @property
    def filled(self) -> bool:
        return not _typed("".join(self.words))


class Holds:
    """The fields and bookmarks of a document by the texts that stand in them."""

    def __init__(self, tree: _Element) -> None:
        self._filled: set[_Element] = set()
        self._typed: dict[_Element, _Element] = {}
        self._bookmarks: dict[_Element, frozenset[str]] = {}
        opened: list[_Field] = []
        marked: frozenset[str] = frozenset()
        for node in tree.iter(*_MARKS):
            name = _local(node)
            if name == "t":
                self._bookmarks[node] = marked
                for field in opened:
                    field.texts.append(node)
            elif name == "instrText" and opened:
                opened[-1].words.append(node.text or "")
            elif name == "fldChar":
                self._field(node, opened)
            elif name == "bookmarkStart" and _pointed(_attribute(node, "name")):
                marked |= {_attribute(node, "id")}
            elif name == "bookmarkEnd":
                marked -= {_attribute(node, "id")}

    def refuses(self, texts: Sequence[_Element]) -> str:
        """Why the words of these texts cannot be put into the first of them; "" where they can be."""
        for text in texts:
            reason = _FILLED if text in self._filled else _barred(text)
            if reason:
                return reason
        return _PARTLY if len({(self._frame(text), _inside(text)) for text in texts}) > 1 else ""

    def _frame(self, text: _Element) -> _Frame:
        return _Frame(self._typed.get(text), self._bookmarks.get(text, frozenset()))

    def _field(self, mark: _Element, opened: list[_Field]) -> None:
        """A field counts once it is closed: what a broken file never closes holds nothing."""
        kind = _attribute(mark, "fldCharType")
        if kind == "begin":
            opened.append(_Field(mark, [], []))
        elif kind == "end" and opened:
            field = opened.pop()
            if field.filled:
                self._filled.update(field.texts)
            for text in field.texts:
                self._typed.setdefault(text, field.begin)


def tracked(paragraph: _Element) -> str:
    """Why a paragraph with tracked changes cannot be changed: what is then rejected would take words along or leave
    some behind. "" where it has none."""
    around = next(paragraph.iterancestors(*_TRACKED), None)
    inside = (next(mark.iterancestors(_P)) is paragraph for mark in paragraph.iter(*_TRACKED))
    return _CHANGED if around is not None or any(inside) else ""


def struck(paragraph: _Element) -> str:
    """Why a paragraph in which words are struck out cannot be changed: they stand between those that are read. "" where
    it has none."""
    marks = (mark for mark in paragraph.iter(*_STRIKES) if _attribute(mark, "val") not in _OFF)
    return _STRUCK if any((text.text or "").strip() for mark in marks for text in mark.iterfind("../../{*}t")) else ""


def framed(paragraph: _Element) -> str:
    """Why words cannot be found in the paragraphs of a cell: they stand in what it holds besides. "" where it holds
    nothing else."""
    cell = next(paragraph.iterancestors("{*}tc"), None)
    return _FRAMED if cell is not None and next(cell.iter("{*}tbl", "{*}txbxContent"), None) is not None else ""


def joins(paragraph: _Element, taken: Counter[_Element]) -> bool:
    """Whether a paragraph can go where its text is joined to the paragraph before it: it holds nothing else, and as
    many letters of each text as are `taken` are all that it has."""
    before = paragraph.getprevious()
    if before is None or _local(before) != "p" or paragraph.find("{*}pPr/{*}sectPr") is not None:
        return False
    parts = [*paragraph, *(part for run in paragraph.iterchildren("{*}r") for part in run)]
    texts = paragraph.iter("{*}t")
    return all(_local(part) in _BARE for part in parts) and all(
        taken[text] >= len((text.text or "").rstrip()) for text in texts
    )


def _barred(text: _Element) -> str:
    """Why the text cannot be changed for what it stands in."""
    aligned = text.find("../{*}rPr/{*}vertAlign")
    if aligned is not None and _attribute(aligned, "val") == "superscript":
        return _RAISED
    for one in text.iterancestors(_TWICE, _SIMPLE, _SDT):
        name = _local(one)
        if name == "AlternateContent":
            return _DOUBLE
        reason = _control(one) if name == "sdt" else "" if _typed(_attribute(one, "instr")) else _FILLED
        if reason:
            return reason
    return ""


def _control(sdt: _Element) -> str:
    for one in sdt.iterfind("{*}sdtPr/*"):
        if _local(one) == "lock" and _attribute(one, "val") in ("contentLocked", "sdtContentLocked"):
            return _LOCKED
        if _local(one) in _CONTROLS:
            return _CONTROLS[_local(one)]
    return ""


def _inside(text: _Element) -> _Element | None:
    return next(text.iterancestors(_LINK, _SDT, _SIMPLE), None)


def _typed(instruction: str) -> bool:
    return instruction.strip().upper().startswith(_TYPED)


def _pointed(bookmark: str) -> bool:
    """Whether something may point at a bookmark: Word sets some for itself."""
    return not bookmark.startswith("_") or bookmark.startswith(_ANCHOR)


def _local(node: _Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _attribute(node: _Element, name: str) -> str:
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), "")

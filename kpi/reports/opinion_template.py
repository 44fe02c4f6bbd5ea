"""A Word template with placeholders: checked once, then filled with plain texts as often as it takes.

`{{name}}` stands for a text; paragraphs `{{X开始}}` and `{{X结束}}` enclose what is repeated for every X. A paragraph
all of whose placeholders are empty is left out. Values are escaped texts: nothing in them is a placeholder or markup.
A paragraph behind a block that Word keeps with its next (the seal and the date) is also kept with what comes before
it: no page for a signature alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from kpi.packages.zipped import replaced
from kpi.readers.errors import ReadError
from kpi.readers.formats.package import Package
from kpi.reports.office import legal
from kpi.reports.width import one_line
from kpi.rules.wording import did_you_mean

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLACE = re.compile(r"[{｛]{2}\s*([^{}｛｝<>]{1,40}?)\s*[}｝]{2}")
_MARK = re.compile(r"<!--kpi:([^>]*)-->")
_BODY = "word/document.xml"
_SIDES = re.compile(r"word/(?:header|footer)\d*\.xml")
_START, _END = "开始", "结束"
_HELD = "held"  # a mark
_HERE = "\0"  # no text of XML has it
_OPENING = re.compile(r"<w:p(?: [^<>]*[^</>])?>(?:(<w:pPr>)(?:<w:pStyle [^<>]*/>)?)?")
Values = Mapping[str, str | Sequence["Values"]]
Known = Mapping[str, frozenset[str]]  # block ("" for outside) → the names that it adds


class TemplateError(Exception):
    """A template that cannot be used, with the sentence that says why."""


class Text(NamedTuple):
    """Markup with placeholders: literal, name, literal, name … literal. A `paragraph` goes where all its names are
    empty."""

    pieces: tuple[str, ...]
    paragraph: bool


class Block(NamedTuple):
    name: str
    parts: tuple[Part, ...]


Part = Text | Block


class Template(NamedTuple):
    data: bytes
    parts: Mapping[str, tuple[Part, ...]]  # of the package


@lru_cache(maxsize=4)
def compiled(data: bytes, known: tuple[tuple[str, frozenset[str]], ...]) -> Template:
    """`known`: the blocks ("": outside any) with the names that each adds. Raises TemplateError."""
    blocks = dict(known)
    try:
        package = Package(data, "", ".docx")
        trees = {name: package.xml(name) for name in sorted(package.names) if name == _BODY or _SIDES.fullmatch(name)}
    except ReadError as problem:
        raise TemplateError(problem.message) from problem
    if _BODY not in trees:
        raise TemplateError("它不是 Word 文档（.docx）。")
    return Template(data, {name: _compiled(tree, blocks) for name, tree in trees.items()})


def says(template: Template, block: str = "") -> bool:
    """Whether anything is told for every item of a block; without one, whether there is any placeholder at all."""
    return any(_says(parts, block, inside=not block) for parts in template.parts.values())


def _says(parts: Sequence[Part], block: str, *, inside: bool) -> bool:
    return any(
        _says(part.parts, block, inside=inside or part.name == block) if isinstance(part, Block)
        else inside and len(part.pieces) > 1
        for part in parts
    )  # fmt: skip


def fill(template: Template, values: Values) -> bytes:
    """The document with the values in place."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    made = {name: _joined("".join(_filled(parts, values))) for name, parts in template.parts.items()}
    parts = {name: (head + markup).encode() for name, markup in made.items()}
    return replaced(template.data, parts)


def _filled(parts: Sequence[Part], values: Values) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Block):
            for inner in values.get(part.name, ()):
                if not isinstance(inner, str):
                    yield from _filled(part.parts, {**values, **inner})
            continue
        texts = [_shown(values.get(name, "")) for name in part.pieces[1::2]]
        if part.paragraph and texts and not any(texts):
            continue
        yield part.pieces[0]
        for text, literal in zip(texts, part.pieces[2::2], strict=True):
            yield text
            yield literal


def _joined(markup: str) -> str:
    """The last paragraph before each mark stays on a page with what comes behind it."""
    first, *others = markup.split(_HERE)
    return "".join((*map(_keeping, (first, *others[:-1])), others[-1])) if others else first


def _keeping(markup: str) -> str:
    last = max(_OPENING.finditer(markup), key=re.Match.start, default=None)
    if last is None or markup.startswith(("<w:keepNext", "<w:pPr"), last.end()):  # kept already, or <w:pPr/>
        return markup
    keep = "<w:keepNext/>" if last[1] else "<w:pPr><w:keepNext/></w:pPr>"
    return markup[: last.end()] + keep + markup[last.end() :]


def _shown(value: str | Sequence[Values]) -> str:
    return escape(legal(one_line(value)), {'"': "&quot;"}) if isinstance(value, str) else ""


def _compiled(tree: _Element, known: Known) -> tuple[Part, ...]:
    from lxml import etree  # noqa: PLC0415

    for paragraph in list(tree.iter(f"{_W}p")):
        _join(paragraph)
        _mark(paragraph, known)
    pieces = _MARK.split(etree.tostring(tree, encoding="unicode"))
    return _nested(zip(["", *pieces[1::2]], pieces[::2], strict=True), known)


def _texts(paragraph: _Element) -> list[_Element]:
    """The texts of the paragraph itself, not of a box in it."""
    return [one for one in paragraph.iter(f"{_W}t") if next(one.iterancestors(f"{_W}p")) is paragraph]


def _join(paragraph: _Element) -> None:
    """A placeholder that Word has cut into runs, put together in its first."""
    runs = _texts(paragraph)
    whole = "".join(run.text or "" for run in runs)
    if "{" not in whole and "｛" not in whole:
        return
    owners = [index for index, run in enumerate(runs) for _ in run.text or ""]
    for match in _PLACE.finditer(whole):
        owners[match.start() : match.end()] = [owners[match.start()]] * (match.end() - match.start())
    for index, run in enumerate(runs):
        run.text = "".join(character for character, owner in zip(whole, owners, strict=True) if owner == index)
        run.set(_SPACE, "preserve")


def _mark(paragraph: _Element, known: Known) -> None:
    """Comments around a paragraph that can be left out, and in place of one that opens or closes a block."""
    from lxml import etree  # noqa: PLC0415

    parent = paragraph.getparent()
    names = _PLACE.findall(text := "".join(run.text or "" for run in _texts(paragraph)))
    if parent is None or not names:
        return
    verb = names[0][-2:]
    if verb in (_START, _END) and names[0][:-2] in known:
        if _PLACE.sub("", text).strip() or parent.tag != f"{_W}body":
            raise TemplateError(f"“{{{{{names[0]}}}}}”要独占一段，不能和别的字在一起，也不能放在表格里。")
        paragraph.addprevious(etree.Comment(f"kpi:{names[0]}"))
        follower = paragraph.getnext()
        if verb == _END and follower is not None and follower.find(f"{_W}pPr/{_W}keepNext") is not None:
            paragraph.addprevious(etree.Comment(f"kpi:{_HELD}"))
        parent.remove(paragraph)
    elif parent.tag == f"{_W}body":
        paragraph.addprevious(etree.Comment("kpi:p"))
        paragraph.addnext(etree.Comment("kpi:/p"))


def _nested(pieces: Iterable[tuple[str, str]], known: Known) -> tuple[Part, ...]:
    """Marks, each with the markup behind it, as texts and blocks."""
    made: list[Part] = []
    open_blocks: list[tuple[str, list[Part]]] = []
    for mark, markup in pieces:
        block, verb = mark[:-2], mark[-2:]
        if verb == _START:
            open_blocks.append((block, made))
            made = []
        elif verb == _END:
            if not open_blocks or open_blocks[-1][0] != block:
                raise TemplateError(f"“{{{{{mark}}}}}”前面没有配对的“{{{{{block}{_START}}}}}”。")
            inner, made = tuple(made), open_blocks.pop()[1]
            made.append(Block(block, inner))
        elif mark == _HELD:
            made.append(Text((_HERE,), paragraph=False))
        names = known[""].union(*(known[name] for name, _ in open_blocks))
        made.append(_text(markup, names, paragraph=mark == "p"))
    if open_blocks:
        block = open_blocks[-1][0]
        raise TemplateError(f"“{{{{{block}{_START}}}}}”后面没有配对的“{{{{{block}{_END}}}}}”。")
    return tuple(made)


def _text(markup: str, names: frozenset[str], *, paragraph: bool) -> Text:
    pieces = _PLACE.split(markup)
    for name in pieces[1::2]:
        if name not in names:
            raise TemplateError(f"这里没有“{{{{{name}}}}}”这个占位符{did_you_mean(name, names)}")
    return Text(tuple(pieces), paragraph)

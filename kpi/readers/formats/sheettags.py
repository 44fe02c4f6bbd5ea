"""How the XML of an .xlsx sheet is written: its tags with or without a prefix, and a rewriting of what is unusual."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape

from kpi.readers.formats.runs import Run, said
from kpi.readers.formats.sheetparts import Parts

_ROOT = re.compile(r"<(?:([\w.-]+):)?worksheet[\s>/]")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([\w-]+)""")
ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


class Unusual(Exception):
    """A sheet written in a way that a scan cannot follow; XML all the same."""


@dataclass(frozen=True, slots=True)
class Tags:
    """Patterns of the elements of a sheet."""

    prefix: str
    row: re.Pattern[str]
    cell: re.Pattern[str]
    plain: re.Pattern[str]  # a cell that holds a bare value: its column; its attributes and the value, in one
    value: re.Pattern[str]
    formula: re.Pattern[str]
    opening: re.Pattern[str]  # of a cell, and of nothing else that begins with its name, as <color
    text: re.Pattern[str]
    reading: re.Pattern[str]
    run: re.Pattern[str]  # of a text within the sheet, and a text without runs
    raised: re.Pattern[str]
    struck: re.Pattern[str]
    merge: re.Pattern[str]
    column: re.Pattern[str]


@lru_cache(maxsize=8)
def tags(prefix: str) -> Tags:
    t = re.escape(prefix)
    return Tags(
        prefix,
        re.compile(rf'<{t}row(?: r="(\d+)")?((?:\s[^>]*|/)?)>'),
        re.compile(rf'<{t}c(?: r="([A-Z]*)\d*")?((?: [^>]*?)?)(?:/>|>(.*?)</{t}c>)', re.DOTALL),
        re.compile(rf'<{t}c r="([A-Z]+)\d+"([^>]*><{t}v>[^<]*)</{t}v>'),
        re.compile(rf"<{t}v(?: [^>]*)?>([^<]*)</{t}v>"),
        re.compile(rf"<{t}f\b(?:[^>]*/>|[^>]*>([^<]*)</{t}f>)"),
        re.compile(rf"<{t}c(?=[\s/>])"),
        re.compile(rf"<{t}t\b(?:[^>]*/>|[^>]*>([^<]*)</{t}t>)"),
        re.compile(rf"<{t}rPh\b.*?</{t}rPh>", re.DOTALL),
        re.compile(rf"<{t}r(?:\s[^>]*)?>.*?</{t}r>|<{t}t\b(?:[^>]*/>|[^>]*>[^<]*</{t}t>)", re.DOTALL),
        re.compile(rf"<{t}vertAlign\b[^>]*\bsuperscript\b"),
        re.compile(rf"""<{t}strike\b(?![^>]*\bval=["'](?:0|false))"""),
        re.compile(rf'<{t}mergeCell\b[^>]*\bref="([^"]*)"'),
        re.compile(rf"<{t}col\b([^>]*)>"),
    )


def tags_of(text: str) -> Tags:
    """The tags of a sheet that begins with `text`."""
    root = _ROOT.search(text)
    return tags(f"{root.group(1)}:" if root and root.group(1) else "")


def written(tags: Tags, inner: str) -> tuple[str, list[Run]]:
    """A text within the sheet as it says it, escaped as in XML, and its runs where it has any."""
    if f"<{tags.prefix}r" not in inner:  # no runs, no readings above a text: as nearly everywhere
        return "".join(tags.text.findall(inner)), []
    found = _runs(tags, inner)
    return escape(said(found), quote=False), found


def _runs(tags: Tags, inner: str) -> list[Run]:
    found = tags.run.findall(tags.reading.sub("", inner))
    return [
        Run(
            "".join(map(unescape, tags.text.findall(run))),
            raised=tags.raised.search(run) is not None,
            struck=tags.struck.search(run) is not None,
        )
        for run in found
    ]


def attributes(text: str) -> dict[str, str]:
    """The attributes of a tag. Raises Unusual where they are quoted in the other way."""
    if "'" in text:
        raise Unusual
    return dict(ATTRIBUTE.findall(text))


def texts(parts: Parts, name: str) -> Iterator[str]:
    """A sheet's XML piece by piece. Raises Unusual where it holds more than elements and plain text."""
    decode = codecs.getincrementaldecoder("utf-8-sig")("strict").decode
    for number, chunk in enumerate(parts.chunks(name)):
        if number == 0 and _other_encoding(chunk):
            raise Unusual
        text = decode(chunk)
        if "<!" in text:
            raise Unusual
        yield text


def _other_encoding(start: bytes) -> bool:
    named = _ENCODING.match(start)
    return start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")) or bool(named and named.group(1).lower() != b"utf-8")


def rewritten(parts: Parts, name: str) -> Iterator[str]:
    """The same XML as one piece in its canonical form: no comments, double quotes, UTF-8."""
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        tree = etree.fromstring(b"".join(parts.chunks(name)), parser)
        if getattr(tree.getroottree().docinfo, "doctype", ""):  # only there to expand entities
            raise parts.damaged
        yield etree.tostring(tree, method="c14n").decode("utf-8")
    except (etree.LxmlError, UnicodeDecodeError) as error:
        raise parts.damaged from error

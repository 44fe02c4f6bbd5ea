"""The numbers that Word puts before paragraphs by itself: they stand on the page and not in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kpi.readers.formats.docxtext import VAL, W
from kpi.readers.formats.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

_PART = "word/numbering.xml"
_NUMPR, _LVL = W + "numPr", W + "ilvl"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "chineseLegalSimplified"}
)
_DIGITS = "〇一二三四五六七八九"
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_FIELD = re.compile(r"%([1-9])")
_LONGEST = 12  # characters of a number; more is an ornament


class Numbering:
    """Counts the numbered paragraphs of a document in reading order."""

    def __init__(self, package: Package, root: _Element) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._marks = dict(_marks(root)) if _PART in package.names else {}
        if self._marks:
            self._load(package.xml(_PART))

    def label(self, paragraph: _Element) -> str:
        """The number of a paragraph, "" where it has none or a mere bullet."""
        mark = self._marks.get(paragraph)
        if mark is None:
            return ""
        number, level = mark
        name = self._lists.get(number, "")
        kinds = self._levels.get(name, {})
        if level not in kinds:
            return ""
        counts = self._counts.setdefault(name, {})
        counts[level] = counts.get(level, kinds[level][2] - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return self._shown(kinds, counts, level)

    def _shown(self, kinds: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
        form, pattern, _ = kinds[level]
        if form in ("bullet", "none") or "%" not in pattern:
            return ""

        def figure(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            shape, _, start = kinds.get(at, ("decimal", "", 1))
            return _figure(counts.get(at, start), shape)

        text = _FIELD.sub(figure, pattern)
        return text if len(text) <= _LONGEST else ""

    def _load(self, root: _Element) -> None:
        for abstract in root.iter(W + "abstractNum"):
            name = str(abstract.get(W + "abstractNumId", ""))
            self._levels[name] = dict(_levels(abstract))
        for number in root.iter(W + "num"):
            link = number.find(W + "abstractNumId")
            if link is not None:
                self._lists[str(number.get(W + "numId", ""))] = str(link.get(VAL, ""))


def _levels(abstract: _Element) -> Iterator[tuple[int, tuple[str, str, int]]]:
    for level in abstract.iterchildren(W + "lvl"):
        at, start = str(level.get(_LVL, "0")), _value(level, "start")
        if len(at) == 1 and at.isdecimal():
            first = int(start) if start.isdecimal() and len(start) < 6 else 1
            yield int(at), (_value(level, "numFmt") or "decimal", _value(level, "lvlText"), first)


def _value(node: _Element, name: str) -> str:
    found = node.find(W + name)
    return "" if found is None else str(found.get(VAL, ""))


def _marks(root: _Element) -> Iterator[tuple[_Element, tuple[str, int]]]:
    """The numbered paragraphs with their list and level."""
    for mark in root.iter(_NUMPR):
        properties = mark.getparent()
        paragraph = properties.getparent() if properties is not None else None
        number, level = _value(mark, "numId"), _value(mark, "ilvl") or "0"
        if paragraph is not None and number != "0" and len(level) == 1 and level.isdecimal():
            yield paragraph, (number, int(level))


def _figure(number: int, form: str) -> str:
    if form in _CHINESE and number < 100:
        tens, ones = divmod(number, 10)
        head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
        return head + (_DIGITS[ones] if ones or not tens else "")
    if form in _CIRCLED and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((0x61 if form == "lowerLetter" else 0x41) + number - 1)
    return str(number)

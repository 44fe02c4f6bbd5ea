"""Markdown's marks taken out of a text: bold, headings and bullets say nothing of a form. Each gives way to as many
blanks, so that what is read still stands where the file has it."""

import html
import re
from collections.abc import Sequence

from kpi.lazyre import HAN, later

_HEADING = later(rf"^\s{{0,3}}#{{1,6}} +(?={HAN}|[\d（(《【*])")
_BULLET = later(rf"^\s*[-*+] +(?=\*\*|[（(《【“]?{HAN})")
#: **项目单位：**, **项目名称**：; not the ** that a template leaves for a figure (≥**%, **月**日前)
_BOLD = later(
    rf"(?<![^\s|(（、，。；;>])\*\*(?!{HAN}\*\*{HAN})(?P<text>[（(《“]?{HAN}[^*|\n]{{0,60}})(?<![≥≤<>(（])\*\*(?P<colon>[:：]?)"
)
#: | **≥24次** |: a cell that is marked as a whole, whatever it says
_CELL = later(
    r"(?<=\|)(?P<before>\s*)(?P<mark>\*\*|`)(?P<text>[^*`|\s](?:[^*`|]{0,60}[^*`|\s])?)(?P=mark)(?P<after>\s*)(?=\||$)"
)
_ESCAPED = later(r"\\(?=[>.<*_+=~#()\[\]{}!`-])")
_ENTITY = later(r"&(?:gt|lt|ge|le|amp|nbsp|quot|times|middot|#\d{2,5}|#x[0-9A-Fa-f]{2,4});")
_LONGEST = 2_000  # characters of a line that may hold marks


def plain(lines: Sequence[str]) -> Sequence[str]:
    """The lines without marks; the same ones where no line has a heading or bold letters. Bullets alone are no sign
    of Markdown."""
    if not any(_marked(line) for line in lines):
        return lines
    return [_plain(line) if len(line) < _LONGEST else line for line in lines]


def unescaped(lines: Sequence[str]) -> Sequence[str]:
    """The lines with their characters as they are shown: &gt;=80盏 is >=80盏, 元/盏\\.年 is 元/盏.年. What is shorter
    gets blanks behind it, so that the other cells of its line stay where they are."""
    return [_unescaped(line) if ("\\" in line or "&" in line) and len(line) < _LONGEST else line for line in lines]


def _unescaped(line: str) -> str:
    parts = []
    for part in line.split("|"):
        told = _ESCAPED.sub("", _ENTITY.sub(lambda found: html.unescape(found[0]).replace("|", "/"), part))
        parts.append(told + " " * (len(part) - len(told)))
    return "|".join(parts)


def _marked(line: str) -> bool:
    if len(line) >= _LONGEST or not ("#" in line or "**" in line or "`" in line):
        return False
    return bool(_HEADING.match(line) or _BOLD.search(line) or _CELL.search(line))


def _plain(line: str) -> str:
    for mark in (_HEADING, _BULLET):
        line = mark.sub(lambda found: " " * len(found[0]), line)
    line = _CELL.sub(_bare, line)
    return _BOLD.sub(lambda found: f"  {found['text']}{found['colon']}  ", line)


def _bare(found: re.Match[str]) -> str:
    blanks = " " * len(found["mark"])
    return f"{found['before']}{blanks}{found['text']}{blanks}{found['after']}"

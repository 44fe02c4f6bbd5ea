"""Markdown's marks taken out of a text: bold, headings and bullets say nothing of a form. Each gives way to as many
blanks, so that what is read still stands where the file has it."""

from collections.abc import Sequence

from kpi.lazyre import HAN, later

_HEADING = later(rf"^\s{{0,3}}#{{1,6}} +(?={HAN}|[\d（(《【*])")
_BULLET = later(rf"^\s*[-*+] +(?=\*\*|[（(《【“]?{HAN})")
#: **项目单位：**, **项目名称**：; not the ** that a template leaves for a figure (≥**%)
_BOLD = later(rf"(?<![^\s|(（、，。；;>])\*\*(?P<text>[（(《“]?{HAN}[^*|\n]{{0,60}})\*\*(?P<colon>[:：]?)")
_LONGEST = 2_000  # characters of a line that may hold marks


def plain(lines: Sequence[str]) -> Sequence[str]:
    """The lines without marks; the same ones where no line has a heading or bold letters. Bullets alone are no sign
    of Markdown."""
    if not any(_marked(line) for line in lines):
        return lines
    return [_plain(line) if len(line) < _LONGEST else line for line in lines]


def _marked(line: str) -> bool:
    if len(line) >= _LONGEST or not ("#" in line or "**" in line):
        return False
    return bool(_HEADING.match(line) or _BOLD.search(line))


def _plain(line: str) -> str:
    for mark in (_HEADING, _BULLET):
        line = mark.sub(lambda found: " " * len(found[0]), line)
    return _BOLD.sub(lambda found: f"  {found['text']}{found['colon']}  ", line)

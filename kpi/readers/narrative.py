"""The statements of a disclosure's text: sentences that say an amount, a share or a count."""

from collections.abc import Iterable, Iterator

from kpi.lazyre import later
from kpi.model import Statement
from kpi.readers.lines import Line

_SENTENCE = later(r"[^。!！\n]+")
_FIGURE = later(r"\d[\d,.]{0,40}\s{0,8}(?:[万亿]?元|[%％]|个百分点|个|项|人|辆|台|套)")
_CONTENTS = later(r"[.…·]{4,}\s*\d*\s*$")  # a line of the table of contents
_LEAST = 10  # characters of a sentence
_LONGEST = 20_000  # characters of one paragraph
_MOST = 2_000


def read_narrative(lines: Iterable[Line]) -> tuple[Statement, ...]:
    """The statements among lines that belong to no form."""
    found: list[Statement] = []
    for line in lines:
        if not line.packed or line.grid is not None or not line.filled:
            continue
        for statement in _statements(line):
            found.append(statement)
            if len(found) >= _MOST:
                return tuple(found)
    return tuple(found)


def _statements(line: Line) -> Iterator[Statement]:
    first = line.filled[0]
    text = " ".join(cell.text for cell in line.filled)[:_LONGEST]
    if _CONTENTS.search(text):
        return
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if len(sentence) >= _LEAST and _FIGURE.search(sentence):
            yield Statement(sentence, first.location.after(match.start()))

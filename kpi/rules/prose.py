"""The running text of a form: its sections and goals, each with its name and place.

One list for every rule over texts. `key` is the key of the place ("sections.立项依据", "goals.annual"), `label` what a
clerk calls it. Texts that nobody wrote (empty, a dash) are left out: REQ004 speaks of those.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kpi.model import HALVES, Half, Location, TargetTable
from kpi.rules.checks.rows import HALF_NAMES, dashed
from kpi.rules.finding import Evidence
from kpi.values.traditional import simplified

_ONCE = ("1年", "一年", "一次性", "当年", "年度项目")
_SNIPPET = 36  # characters of a text quoted around the spot
_SHOWN = 40  # characters of a text in a message
_NUMBER = re.compile(r"\d+(?:[.,，:：]\d+)*")


class Prose(NamedTuple):
    """One text of a form, in simplified characters. `half`: of a goal; None for a section or the project's name.
    `printed`: the text as it stands there, each character in the same place."""

    key: str
    label: str
    text: str
    location: Location
    half: Half | None
    printed: str


def _prose(key: str, label: str, text: str, location: Location, half: Half | None = None) -> Prose:
    return Prose(key, label, simplified(text), location, half, text)


def sections(table: TargetTable, but: frozenset[str] = frozenset()) -> Iterator[Prose]:
    """What was written in the sections, in printed order; those whose label holds a word of `but` are not prose."""
    for label, text in table.sections.items():
        if not dashed(text) and not any(word in label for word in but):
            yield _prose(f"sections.{label}", label, text, _place(table, f"sections.{label}"))


def goals(table: TargetTable) -> Iterator[Prose]:
    """What was written as goals, of the period first."""
    for half in HALVES:
        text = table.goal(half)
        if text is not None and not dashed(text):
            yield _prose(f"goals.{half}", f"{HALF_NAMES[half]}目标", text, _place(table, f"goals.{half}"), half)


def prose(table: TargetTable, but: frozenset[str] = frozenset()) -> tuple[Prose, ...]:
    """Sections and goals."""
    return (*sections(table, but), *goals(table))


def heads(table: TargetTable) -> Iterator[Prose]:
    """The names at the head of a form: of the project and of those who answer for it."""
    named = {"project": "项目名称", "department": "主管部门", "unit": "实施单位"}
    names = ((key, label, getattr(table, key)) for key, label in named.items())
    for key, label, text in names:
        if text and text.strip():
            yield _prose(key, label, text, _place(table, key))


def titled(table: TargetTable, but: frozenset[str] = frozenset()) -> tuple[Prose, ...]:
    """The project's name, sections and goals."""
    name = table.project
    own = (_prose("project", "项目名称", name, table.location),) if not dashed(name) else ()
    return (*own, *prose(table, but))


def one_year(table: TargetTable) -> bool | None:
    """Whether the project lasts one year, so that its two goals are one and the same; None where it is not told."""
    said = [text for text in (table.term, table.attribute) if text and text.strip()]
    if any(word in text for text in said for word in _ONCE):
        return True
    return False if said else None


def quoted(one: Prose, start: int = 0, end: int | None = None) -> Evidence:
    """The place with its name and the words of `text[start:end]`, what stands around them where there is room."""
    end = len(one.text) if end is None else end
    spare = max(0, _SNIPPET - (end - start)) // 2
    left, right = uncut(one.text, max(0, start - spare), min(len(one.text), end + spare, start + 3 * _SNIPPET), start)
    cut_left, cut_right = "…" if left else "", "…" if right < len(one.text) else ""
    return Evidence(f"{one.label}：{cut_left}{one.printed[left:right].strip()}{cut_right}", one.location)


def uncut(text: str, left: int, right: int, start: int) -> tuple[int, int]:
    """`left:right` without the piece of a number at either end, from which one would read another number; what begins
    at `start` is wanted whole."""
    for number in _NUMBER.finditer(text, max(0, left - _SNIPPET), right + _SNIPPET):
        if number.start() < left < number.end():
            left = number.end() if number.end() <= start else number.start()
        if number.start() < right < number.end():
            right = number.start() if number.start() > start else number.end()
    return left, right


def labels(some: Iterable[Prose]) -> str:
    """“项目概况”“立项依据”: the places by name, each once."""
    return "".join(f"“{label}”" for label in dict.fromkeys(one.label for one in some))


def shown(text: str) -> str:
    """The beginning of a text, for a message."""
    plain = text.strip()
    return plain if len(plain) <= _SHOWN else plain[: uncut(plain, 0, _SHOWN, 0)[1]] + "…"


def _place(table: TargetTable, key: str) -> Location:
    return table.locations.get(key) or table.location

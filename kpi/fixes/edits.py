"""What is planned and what came of it. Plain frozen data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, runtime_checkable

from kpi.model import Document, Half, Location
from kpi.readers import GridCell, Source
from kpi.rules.finding import Finding


class Span(NamedTuple):
    """A stretch of a text and what comes in its place."""

    start: int
    end: int
    text: str


def spliced(text: str, spans: Sequence[Span]) -> str:
    """The text with the spans, which are in order and do not overlap, replaced."""
    parts, done = [], 0
    for span in spans:
        parts += [text[done : span.start], span.text]
        done = span.end
    return "".join([*parts, text[done:]])


def widened(text: str, span: Span) -> Span:
    """The span from a character to a character: what is put between two, or takes white space, takes one along."""
    start, end, new = span
    while start > 0 and (start == end or text[start].isspace()):
        start -= 1
        new = text[start] + new
    while end < len(text) and (start == end or text[end - 1].isspace()):
        new += text[end]
        end += 1
    return Span(start, end, new)


class CellEdit(NamedTuple):
    """The changes of one cell, in the text that the reader gave for it."""

    cell: GridCell
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        return spliced(self.cell.text, self.spans)


class Writer(Protocol):
    """Puts changes of cells into the bytes of one file."""

    def refuses(self, edit: CellEdit) -> str:
        """Why this cell cannot be changed, a clause for the user; "" where it can be."""

    def written(self, edits: Sequence[CellEdit]) -> bytes:
        """The file with the changes."""


@runtime_checkable
class Filling(Protocol):
    """A writer that can put words into an empty cell."""

    fills: bool


@runtime_checkable
class Following(Protocol):
    """A writer of files in which cells may say others again."""

    def follows(self, place: Location) -> Location | None:
        """The cell that the one at a place says again."""


class Target(NamedTuple):
    """A text of a form: the value of a half of a row (`key` "period" or "annual"), or with row -1 a running text by
    the key of its place ("sections.立项依据")."""

    form: int
    row: int
    key: str


class Where(NamedTuple):
    """Where a change stands, for people."""

    project: str
    level2: str | None
    name: str | None  # of the indicator, or of the running text
    half: Half | None
    location: Location


class Proposal(NamedTuple):
    """One change that a finding asks for: `spans` of the target's text `old`, all of them or none."""

    target: Target
    old: str
    spans: tuple[Span, ...]
    safe: bool
    finding: Finding
    where: Where

    @property
    def new(self) -> str:
        """The text afterwards."""
        return spliced(self.old, self.spans)

    @property
    def key(self) -> tuple[Target, str]:
        """What is changed by which rule."""
        return self.target, self.finding.rule


class Change(NamedTuple):
    """A change that is made: `old` and `new` are the value, or the changed words of a running text."""

    where: Where
    old: str
    new: str
    rules: tuple[str, ...]
    titles: tuple[str, ...]
    safe: bool


class Manual(NamedTuple):
    """A change that is left to people, and why."""

    where: Where
    old: str
    new: str
    rule: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that may be changed: what was read of it, its rows, who writes it. `barred`: why nobody can."""

    document: Document
    source: Source | None = None
    writer: Writer | None = None
    barred: str = ""


@dataclass(frozen=True, slots=True)
class FilePlan:
    """What becomes of one file. `edited`: how it reads afterwards. `unsafe`: how many changes would alter a meaning
    and were not asked for; `unsafe_rows`: the same with both halves of a row as one."""

    path: str
    changes: tuple[Change, ...] = ()
    manual: tuple[Manual, ...] = ()
    unsafe: int = 0
    unsafe_rows: int = 0
    edits: tuple[CellEdit, ...] = ()
    edited: Document | None = None
    barred: str = ""


class Fixed(NamedTuple):
    """What became of one file: the path written to, None where nothing was written; `error`: why it could not be."""

    plan: FilePlan
    written: str | None
    error: str | None


Edits = Mapping[int, tuple[Span, ...]]  # of the cells of a source, by their number

"""The findings of one document as notes and the places that they stand at. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from kpi.model import Document, Location
from kpi.reports.lint_finding import said, where
from kpi.reports.office import PRODUCER, legal
from kpi.reports.terms import SEVERITIES, obligation
from kpi.reports.width import one_line, shorten
from kpi.rules.finding import SEVERITIES as ORDER
from kpi.rules.finding import Evidence, Finding, Severity
from kpi.rules.result import DocumentResult

AUTHOR = PRODUCER
#: What stands behind a note, by its grade: a light ground and a dark ink, as "RRGGBB".
GROUNDS: Mapping[Severity, str] = {"error": "FAD4D4", "warning": "FFEFC2", "info": "DCEBFA"}
INKS: Mapping[Severity, str] = {"error": "9C1C1C", "warning": "7A4B00", "info": "1B4F80"}
_NOWHERE = Location()
_WORDS = 200  # columns of the document's own words that a note repeats


class Spot(NamedTuple):
    """A place and the text that is meant there."""

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as it is told beside its cell, every text legal in XML and on one line. `number`: from 1, the same
    wherever the note is repeated; `lines`: labelled; `spots`: none where it is about the file as a whole."""

    number: int
    severity: Severity
    rule: str
    title: str
    obligation: str  # （必须改好）: what its rule counts for where that is not what its grade says
    project: str
    where: str
    words: str
    lines: tuple[tuple[str, str], ...]
    spots: tuple[Spot, ...]

    @property
    def head(self) -> str:
        return f"【{SEVERITIES[self.severity]}】{self.title}（{self.rule}）{self.obligation}"

    @property
    def texts(self) -> tuple[str, ...]:
        """Head and lines as plain text."""
        return (self.head, *(f"{label}：{text}" for label, text in self.lines))

    def line(self, label: str) -> str:
        return next((text for known, text in self.lines if known == label), "")


class Mark(NamedTuple):
    """A place with all its notes, the most serious first."""

    location: Location
    text: str
    notes: tuple[Note, ...]

    @property
    def severity(self) -> Severity:
        return self.notes[0].severity


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything to write into one document. `loose`: notes that have no place in it."""

    notes: tuple[Note, ...]
    places: tuple[Mark, ...]
    loose: tuple[Note, ...]

    @property
    def count(self) -> str:
        """How many of each grade, in words."""
        found = [(grade, sum(note.severity == grade for note in self.notes)) for grade in ORDER]
        return "、".join(f"{SEVERITIES[grade]} {count} 条" for grade, count in found if count)


def marks_of(result: DocumentResult) -> Marks:
    """The marks of a document."""
    values = _value_cells(result.document)
    notes = tuple(_note(number, one, result.document, values) for number, one in enumerate(result.findings, 1))
    return Marks(notes, tuple(_placed(notes)), tuple(note for note in notes if not note.spots))


def moved(marks: Marks, to: Callable[[Location], Location]) -> Marks:
    """The same notes at the cells that show: `to` says which one stands for a place."""
    notes = tuple(
        replace(note, spots=tuple(dict.fromkeys(Spot(to(spot.location), spot.text) for spot in note.spots)))
        for note in marks.notes
    )
    return Marks(notes, tuple(_placed(notes)), marks.loose)


def _value_cells(document: Document) -> Mapping[Location, Location]:
    """Where an entry says that it stands, and its value cell."""
    entries = (e for table in document.tables for row in table.indicators for _, e in row.entries())
    return {entry.location: entry.cells.get("value", entry.location) for entry in entries}


def _note(number: int, finding: Finding, document: Document, values: Mapping[Location, Location]) -> Note:
    lines = tuple((label, legal(one_line(text))) for label, text in said(finding))
    spots = (Spot(values.get(spot.location, spot.location), spot.text) for spot in _spots(finding, document))
    return Note(
        number, finding.severity, finding.rule, legal(one_line(finding.title)), obligation(finding),
        legal(one_line(finding.project or "")), legal(where(finding)), legal(shorten(_words(finding), _WORDS)),
        lines, tuple(dict.fromkeys(spots)),
    )  # fmt: skip


def _words(finding: Finding) -> str:
    return finding.value or next((quote.text for quote in finding.evidence), "")


def _spots(finding: Finding, document: Document) -> Iterator[Spot]:
    """The finding's own cells; else the first place that it quotes from this document; else its form."""
    here = [one for one in finding.evidence if one.document in (None, document.path) and one.location != _NOWHERE]
    if here and not _of_all(finding, here, document):
        yield from map(_spot, _own(finding, here, document) or here[:1])
    elif finding.form is not None and document.tables[finding.form].location != _NOWHERE:
        table = document.tables[finding.form]
        yield Spot(table.location, table.project if "project" in table.locations else table.title)


def _of_all(finding: Finding, here: list[Evidence], document: Document) -> bool:
    """Whether it is about several rows together, such as the sum of their weights: none of their values is wrong."""
    if finding.form is None or finding.indicator is not None or finding.value is not None:
        return False
    rows = {entry.location for row in document.tables[finding.form].indicators for _, entry in row.entries()}
    return len({one.location for one in here}) > 1 and all(one.location in rows for one in here)


def _own(finding: Finding, here: list[Evidence], document: Document) -> list[Evidence]:
    """The values of the finding's row that it quotes, both halves where both are meant; else what is quoted as its
    value."""
    if finding.form is None or finding.indicator is None:
        return []
    rows = [row for row in document.tables[finding.form].indicators if row.name == finding.indicator]
    row = {place for one in rows for _, entry in one.entries() for place in entry.places}
    value = (finding.value or "").strip()
    return [one for one in here if one.location in row] or [one for one in here if value and one.text.strip() == value]


def _spot(one: Evidence) -> Spot:
    return Spot(one.location, one.text)


def _placed(notes: Iterable[Note]) -> Iterator[Mark]:
    """The places in the order of the first note about each."""
    places: dict[Location, list[tuple[str, Note]]] = {}
    for note in notes:
        for spot in note.spots:
            known = places.setdefault(spot.location, [])
            if not known or known[-1][1] is not note:
                known.append((spot.text, note))
    for location, some in places.items():
        inside = sorted((note for _, note in some), key=lambda note: (ORDER.index(note.severity), note.number))
        yield Mark(location, min((text for text, _ in some), key=len), tuple(inside))

"""Plain text, Markdown and CSV: a numbered mark behind what is meant, the notes under the text.

Without the marks and what follows the rule the copy is the original to the letter.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from io import StringIO

from kpi.annotate.marks import Mark, Marks, Note
from kpi.fixes.edits import Span, spliced
from kpi.packages.plain import Lines, PlainFile, Records, alike
from kpi.reports.office import inert
from kpi.reports.ownwords import NOTED
from kpi.reports.terms import SEVERITIES, spots

_NAMES = ("注", "检查注", "kpi注")  # the first that the text itself does not use
_TITLE = f"检查意见：共 {{}} 条（{{}}）。{NOTED}。"
_RULE = "=" * 20
_COLUMNS = ("编号", "级别", "规则", "位置", "原文", "发现", "应为", "改法", "依据")
_MARKDOWN = (".md", ".markdown")
_INDENT = "　　"


def annotated(data: bytes, path: str, marks: Marks) -> bytes:
    """The text with its notes. Raises CannotWrite."""
    file = PlainFile(data)
    name = _name(file.text)
    lines = Lines(file.text)
    spans = _spans(marks, name, lambda mark: _end(file.text, lines, mark))
    notes = _markdown(marks, name) if path.lower().endswith(_MARKDOWN) else _plain(marks, name)
    return file.bytes(spliced(file.text, spans) + _under(file.text, notes))


def annotated_csv(data: bytes, path: str, marks: Marks) -> bytes:
    """The table with its notes as further rows. Raises CannotWrite."""
    file = PlainFile(data)
    name = _name(file.text)
    records = Records(file.text)

    def end(mark: Mark) -> int | None:
        cell = records.cell(mark.location)
        return records.end(cell) if cell else None

    notes = _under(file.text, _rows(marks, name, records.mark))
    return file.bytes(spliced(file.text, _spans(marks, name, end)) + notes)


def _name(text: str) -> str:
    return next((name for name in _NAMES if f"【{name}" not in text), _NAMES[-1])


def _spans(marks: Marks, name: str, end: Callable[[Mark], int | None]) -> list[Span]:
    """The marks in the text, those of one place as one."""
    numbers: dict[int, list[int]] = {}
    for mark in marks.places:
        at = end(mark)
        if at is not None:
            numbers.setdefault(at, []).extend(note.number for note in mark.notes)
    return [Span(at, at, f"【{name}{_listed(some)}】") for at, some in sorted(numbers.items())]


def _listed(numbers: Iterable[int]) -> str:
    return "、".join(map(str, sorted(set(numbers))))


def _end(text: str, lines: Lines, mark: Mark) -> int | None:
    """Behind the words that are meant; else behind their cell."""
    place = mark.location
    at = lines.at(place._replace(column=place.column or 1))
    if at is None:
        return None
    words = mark.text if place.column else ""
    if words and alike(text[at : at + len(words)], words):
        return at + len(words)
    end = lines.end(at)
    if place.column:
        separator = text.find("\t" if "\t" in text[lines.start(at) : end] else "|", at, end)
        end = separator if separator >= 0 else end
    return at + len(text[at:end].rstrip())


def _under(text: str, lines: Iterable[str]) -> str:
    """What comes under the text, with its line ends."""
    ending = "\r\n" if "\r\n" in text else "\n" if "\n" in text or "\r" not in text else "\r"
    gap = "" if not text or text.endswith(("\n", "\r")) else ending
    return gap + "".join(line + ending for line in lines)


def _title(marks: Marks) -> str:
    return _TITLE.format(len(marks.notes), marks.count)


def _place(note: Note) -> str:
    return spots(spot.location for spot in note.spots) or "整份文件"


def _subject(note: Note) -> str:
    words = f"“{note.words}”" if note.words else ""
    return f"{_place(note)}，{note.where}{'：' if words else ''}{words}"


def _plain(marks: Marks, name: str) -> Iterator[str]:
    yield ""
    yield _RULE
    yield _title(marks)
    for note in marks.notes:
        yield ""
        yield f"【{name}{note.number}】{note.head}{_subject(note)}"
        yield from (f"{_INDENT}{label}：{text}" for label, text in note.lines)


def _markdown(marks: Marks, name: str) -> Iterator[str]:
    yield ""
    yield "---"
    yield ""
    yield _title(marks)
    yield ""
    for note in marks.notes:
        yield f"- **【{name}{note.number}】{note.head}**{_subject(note)}"
        yield from (f"  - {label}：{text}" for label, text in note.lines)


def _rows(marks: Marks, name: str, separator: str) -> Iterator[str]:
    """Records with every field in quotes: nothing in them is a separator or a formula."""
    yield ""
    yield _record([_title(marks)], separator)
    yield _record(_COLUMNS, separator)
    for note in marks.notes:
        said = [note.line(label) for label in _COLUMNS[5:]]
        rule = f"{note.rule} {note.title}"
        number = f"【{name}{note.number}】"
        yield _record([number, SEVERITIES[note.severity], rule, _place(note), note.words, *said], separator)


def _record(fields: Iterable[str], separator: str) -> str:
    target = StringIO()
    csv.writer(target, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="").writerow(map(inert, fields))
    return target.getvalue()

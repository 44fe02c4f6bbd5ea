"""The library: parse a value, read a file, lint forms. The command line is built on the same calls."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpi.model import Document
from kpi.reports.outcome import Failure, Outcome, Reading

if TYPE_CHECKING:  # each call below loads what it needs: a value is parsed without the rules
    from kpi.rules.ruleset import Ruleset
    from kpi.values import Value

# Office files that hold forms but cannot be read: in a folder they are named, so that none counts as clean unseen.
_OFFICE = frozenset({".doc", ".docx", ".wps", ".et", ".ofd", ".xls", ".xlsx", ".pdf", ".rtf"})
_NO_FORM = "没有找到绩效目标表，请确认选对了文件"
_ONLY_UNREAD = "有像绩效目标的内容，但没有一张表能读出来，请看“没有读懂的内容”"


@dataclass(frozen=True, slots=True)
class File:
    """A file to read. `named`: given by name itself, not found in a folder. `problem`: why it cannot even be tried."""

    path: str
    named: bool
    problem: str | None = None


def parse(text: str, *, year: int | None = None) -> Value:
    """How one indicator value is understood. Never raises: what is no value comes back as kind "text" or "malformed".

    `year` resolves dates without a year ("12月底前"). Bounds of the result are Decimal in the base unit: 万 and 亿 are
    applied (元, 人, 平方米), percentages are numbers of 100 ("98%" → 98).
    """
    from kpi.values import parse as parse_value

    return parse_value(text, year=year)


def read(path: str | Path) -> Document:
    """The target forms of one file. Money in the result is Decimal in 元, whatever unit the form prints.

    A file without a form gives a Document with no tables. Raises ReadError, whose text is one Chinese sentence, for a
    file that is missing, damaged or of a format that cannot be read.
    """
    from kpi import readers

    return readers.read(path)


def lint(
    *sources: str | Path | Document,
    ruleset: str | Path | Ruleset = "national",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    year: int | None = None,
) -> Outcome:
    """Run a ruleset over files, folders or documents already read; all of them are one set.

    `ruleset`: a shipped name ("national", "legacy-2015"), a YAML file, or a loaded one. `select` and `ignore` take
    families ("VAL"), codes ("VAL001") or names ("not-quantified"). `year` is used for forms that print none.
    Files that cannot be read are in the result's `reading.failures` and stop nothing; a bad ruleset, or a word of
    `select` or `ignore` that no rule answers to, raises RulesetError with a message for each mistake.
    """
    from kpi import rules

    loaded = ruleset if isinstance(ruleset, rules.Ruleset) else rules.load(str(ruleset))
    reading = _read_sources(sources, year)
    result = rules.lint(reading.documents, loaded, select=tuple(select), ignore=tuple(ignore))
    return Outcome(reading, result, loaded)


def _read_sources(sources: Sequence[str | Path | Document], year: int | None) -> Reading:
    files = collect([str(source) for source in sources if not isinstance(source, Document)])
    given = tuple(dated(source, year) for source in sources if isinstance(source, Document))
    read = read_files(files, year=year) if files else Reading(())
    return Reading(given + read.documents, read.failures)


def collect(paths: Iterable[str]) -> tuple[File, ...]:
    """The files under the paths, each once, folders in the order of their names.

    Of a folder: files of a readable kind at any depth; hidden ones and lock files of office programs are left out.
    """
    found: dict[str, File] = {}
    for path in paths:
        for file in _files(path):
            found.setdefault(file.path if path == "-" or file.problem else os.path.realpath(file.path), file)
    return tuple(found.values())


def _files(path: str) -> Iterable[File]:
    if "\0" in path:
        return (File(path, named=True, problem="路径里有不可见的空字符，请检查路径"),)
    return _folder(path) if os.path.isdir(path) else (File(path, named=True),)


def _folder(path: str) -> Iterator[File]:
    from kpi.readers import SUFFIXES

    known = frozenset(SUFFIXES) | _OFFICE
    problems: list[OSError] = []
    empty = True
    for folder, names, files in os.walk(path, onerror=problems.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            if os.path.splitext(name)[1].lower() in known and not name.startswith((".", "~$")):
                empty = False
                yield File(os.path.join(folder, name), named=False)
    for problem in problems:
        yield File(str(problem.filename or path), named=True, problem="打不开这个文件夹，请检查权限")
    if empty and not problems:
        kinds = "、".join(sorted(SUFFIXES))
        yield File(path, named=True, problem=f"文件夹里没有可读的文件（{kinds}）")


def read_files(
    files: Sequence[File],
    *,
    year: int | None = None,
    stdin: bytes | None = None,
    each: Callable[[str], None] = lambda path: None,
) -> Reading:
    """Read one file after another; one that fails never stops the others. `each` is told the path after every file."""
    from kpi.readers import ReadError

    documents: list[Document] = []
    failures: list[Failure] = []
    for file in files:
        try:
            document = _read(file, stdin)
        except ReadError as problem:
            failures.append(Failure(file.path, problem.message, _blocks(file)))
        else:
            _sort(dated(document, year), file, documents, failures)
        each(file.path)
    if not any(document.tables for document in documents):
        failures = [replace(failure, blocks=True) for failure in failures]
    return Reading(tuple(documents), tuple(failures))


def _blocks(file: File) -> bool:
    """A file of a folder in a format that is known to be unreadable is listed; anything else that fails blocks."""
    from kpi import readers

    return file.named or os.path.splitext(file.path)[1].lower() in readers.SUFFIXES


def _read(file: File, stdin: bytes | None) -> Document:
    from kpi import readers

    if file.problem:
        raise readers.ReadError(file.path, file.problem)
    return readers.read(file.path, stdin=stdin) if file.path == "-" else readers.read(file.path)


def _sort(document: Document, file: File, documents: list[Document], failures: list[Failure]) -> None:
    if document.tables or document.unread:
        documents.append(document)
    if not document.tables:
        reason = _ONLY_UNREAD if document.unread else _NO_FORM
        failures.append(Failure(document.path, reason, file.named or bool(document.unread)))


def dated(document: Document, year: int | None) -> Document:
    """The document with `year` in the forms that print none."""
    if year is None or all(table.year is not None for table in document.tables):
        return document
    tables = tuple(table if table.year is not None else replace(table, year=year) for table in document.tables)
    return replace(document, tables=tables)

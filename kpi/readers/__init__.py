"""From a file to its target forms.

`read` opens a file (or standard input, "-") and raises ReadError, whose text is one plain Chinese sentence. A file
without a form is no error: its Document has tables == (). Formats differ only in how they deliver rows (`formats`,
one module each, found by what the file really is); `recognise` is the one place that makes forms of them.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kpi.model import Document
from kpi.readers.errors import LARGEST_FILE, TOO_LARGE, ReadError
from kpi.readers.form import recognise
from kpi.readers.formats.runs import struck_out
from kpi.readers.formats.sniff import Kind, kind_of, renamed
from kpi.readers.grid import GridCell, Row, Source

if TYPE_CHECKING:
    from kpi.readers.formats.archive import Member

__all__ = [
    "ARCHIVES", "KNOWN", "SUFFIXES", "GridCell", "ReadError", "Row", "Source",
    "document_of", "file_bytes", "is_archive", "members", "read", "read_all", "read_text", "recognise", "source_of",
]  # fmt: skip

TEXT_SUFFIXES = (".txt", ".tsv", ".md", ".text")
ARCHIVES = (".zip",)
# Everything that may hold a form: in a folder these are read, or said to be unread.
SUFFIXES = (
    *TEXT_SUFFIXES, ".csv", ".json", ".jsonl", ".html", ".htm", ".mht", ".mhtml",
    ".docx", ".docm", ".xlsx", ".xlsm", ".xls", ".ods", ".pdf",
    ".doc", ".wps", ".et", ".rtf", ".odt", ".wpt", ".ett", ".dot", ".dotx", ".xlsb", *ARCHIVES,
)  # fmt: skip
# One module a kind of file; loaded when the first such file comes.
_MODULES: dict[Kind, str] = {
    "text": "text", "csv": "csvs", "html": "html", "docx": "docx", "doc": "doc", "pdf": "pdf",
    "xlsx": "sheets", "xls": "sheets", "ods": "sheets", "office": "convert",
}  # fmt: skip
# Files that hold forms but cannot be read: in a folder they are named, so that none counts as clean unseen.
KNOWN = frozenset({*SUFFIXES, ".ofd", ".rar", ".7z"})
_SEVERAL = "里面有几份材料，不能当作一个文件读，请用 kpi lint 或 kpi extract 检查。"


def read(path: str | Path, *, stdin: bytes | None = None) -> Document:
    """The forms of the file at `path`; "-" reads `stdin`, or the process's standard input where that is None.

    Raises ReadError, also for a file that holds several documents (an archive, the JSON of several files).
    """
    found = read_all(path, stdin if str(path) == "-" else None)
    if len(found) != 1:
        raise ReadError(str(path), _SEVERAL)
    (only,) = found
    if isinstance(only, ReadError):
        raise only
    return only


def read_all(path: str | Path, data: bytes | None = None) -> tuple[Document | ReadError, ...]:
    """Every document of a file: one, but for archives and the JSON of `kpi extract`, whose failures stand in place.

    `data`: the bytes, where they are at hand already. Raises ReadError where the file as a whole cannot be read.
    """
    name = str(path)
    data = file_bytes(name) if data is None else data
    if len(data) > LARGEST_FILE:
        raise ReadError(name, TOO_LARGE)
    kind = kind_of(data, ".txt" if name == "-" else Path(name).suffix.lower(), name)
    if kind == "json":
        from kpi.readers.formats import jsonforms  # noqa: PLC0415

        return jsonforms.documents(data, name)
    if kind == "archive":
        return tuple(_members(data, name))
    return (_document(kind, data, name),)


def source_of(data: bytes, name: str) -> Source:
    """The rows of a file of one document, before any form is recognised. Raises ReadError, also for archives."""
    kind = kind_of(data, Path(name).suffix.lower(), name)
    if kind in ("json", "archive"):
        raise ReadError(name, _SEVERAL)
    return _rows(kind, data, name)


def document_of(source: Source) -> Document:
    """The forms of a source; what could not be read of the file is among its unread parts."""
    document = recognise(source)
    told = (renamed(source.reader, Path(source.path).suffix.lower()), struck_out(source.struck))
    return document._replace(
        unread=(*document.unread, *(n for n in source.notes if n not in document.unread)),
        explain=(*filter(None, told), *document.explain),
    )


def read_text(text: str, path: str = "-") -> Document:
    """The forms of a text. Never raises."""
    from kpi.readers.formats import text as reader  # noqa: PLC0415

    return recognise(reader.source(text, path))


def file_bytes(name: str) -> bytes:
    """The bytes of a file, one more than the largest at most; "-" is standard input. Raises ReadError."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST_FILE + 1)
        path = Path(name)
        if path.is_dir():
            raise ReadError(name, "这是文件夹，不是文件。")
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise ReadError(name, _missing(Path(name))) from error
    except PermissionError as error:
        raise ReadError(name, "没有读取权限，请检查文件是否被占用或受保护。") from error
    except (OSError, ValueError) as error:
        raise ReadError(name, "文件无法打开，请检查路径是否正确、文件是否损坏。") from error


def _missing(path: Path) -> str:
    if path.is_symlink():
        return "这是一个快捷链接，它指向的文件已不在，请换成文件本身。"
    return "找不到这个文件，请检查路径和文件名。"


def _document(kind: Kind, data: bytes, name: str) -> Document:
    return document_of(_rows(kind, data, name))


def _rows(kind: Kind, data: bytes, name: str) -> Source:
    try:
        return _source(kind, data, name)
    except MemoryError as error:
        raise ReadError(name, TOO_LARGE) from error
    except RecursionError as error:
        raise ReadError(name, "内容嵌套得太深，不像绩效目标表，请另存后再检查。") from error


def _source(kind: Kind, data: bytes, name: str) -> Source:
    reader = import_module(f"kpi.readers.formats.{_MODULES[kind]}")
    try:
        return cast(Source, reader.read_rows(data, name))
    except ReadError:
        if kind != "xls":
            raise
        converted = _second_try(data, name)  # older Excel files come in more kinds than one reader knows
        if converted is None:
            raise
        return converted


def _second_try(data: bytes, name: str) -> Source | None:
    from kpi.readers.formats import convert  # noqa: PLC0415

    try:
        return convert.read_rows(data, name)
    except ReadError:
        return None


def is_archive(data: bytes, name: str) -> bool:
    """Whether the bytes are an archive of several files rather than one office document. Raises ReadError."""
    return len(data) <= LARGEST_FILE and kind_of(data, Path(name).suffix.lower(), name) == "archive"


def members(data: bytes, name: str) -> "Iterator[Member | ReadError]":
    """The readable files of an archive, unpacked one at a time, and the failures of those that cannot be."""
    from kpi.readers.formats import archive  # noqa: PLC0415

    return archive.members(data, name, KNOWN)


def _members(data: bytes, name: str) -> Iterator[Document | ReadError]:
    for member in members(data, name):
        if isinstance(member, ReadError):
            yield member
            continue
        try:
            yield from read_all(member.path, member.data)
        except ReadError as error:
            yield error

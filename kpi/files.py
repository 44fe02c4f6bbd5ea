"""Which files a run is about: those named, those in folders, those in archives."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_NO_FILES = "文件夹里没有可读的文件（{kinds} 等），请确认选对了文件夹。"
_SPECIAL = "这不是普通文件，没有读取，请移走后再检查。"
_PIPE = "这不是普通文件，没有读取；请先存成文件，或用 - 从标准输入读。"
_HERE = os.curdir + os.sep  # before every path under ".", where it says nothing
_WILD = "*?"  # what stands for any characters in a path
_SHOWN = (".docx", ".xlsx", ".xls", ".pdf", ".html", ".csv", ".txt", ".zip")


class File(NamedTuple):
    """A file to read. `named`: given by name itself, not found in a folder. `problem`: why it cannot even be tried."""

    path: str
    named: bool
    problem: str | None = None


class Job(NamedTuple):
    """One file for a reader: of the disk, or (with `data`) unpacked from an archive or standard input."""

    file: File
    path: str
    data: bytes | None = None
    problem: str | None = None

    @property
    def in_folder(self) -> bool:
        """Whether nobody named it: it was found in a folder or an archive."""
        return not self.file.named or (self.data is not None and self.path not in (self.file.path, "-"))


def collect(paths: Iterable[str]) -> tuple[File, ...]:
    """The files under the paths, each once, folders in the order of their names.

    Of a folder: files of a known kind at any depth; hidden ones and lock files of office programs are left out.
    """
    found: dict[str, File] = {}
    for path in paths:
        for file in _files(path):
            found.setdefault(file.path if path == "-" or file.problem else os.path.realpath(file.path), file)
    return tuple(found.values())


def jobs(files: Iterable[File], stdin: bytes | None) -> Iterator[Job]:
    """What there is to read, archives unpacked one member at a time."""
    from kpi.readers import ARCHIVES

    for file in files:
        if file.problem:
            yield Job(file, file.path, problem=file.problem)
        elif file.path != "-" and os.path.splitext(file.path)[1].lower() in ARCHIVES:
            yield from _unpacked(file)
        else:
            yield Job(file, file.path, stdin if file.path == "-" else None)


def _unpacked(file: File) -> Iterator[Job]:
    from kpi import readers

    try:
        data = readers.file_bytes(file.path)
        if not readers.is_archive(data, file.path):
            yield Job(file, file.path, data)
            return
        for member in readers.members(data, file.path):
            if isinstance(member, readers.ReadError):
                yield Job(file, member.path, problem=member.message)
            else:
                yield Job(file, member.path, member.data)
    except readers.ReadError as error:
        yield Job(file, error.path, problem=error.message)


def _files(path: str) -> Iterable[File]:
    if not path.strip():
        return (File(path, named=True, problem="路径是空的，请写要检查的文件或文件夹。"),)
    if "\0" in path:
        return (File(path, named=True, problem="路径里有不可见的空字符，请检查路径"),)
    if any(mark in path for mark in _WILD) and not os.path.lexists(path):
        return _matching(path)
    return _named(path)


def _named(path: str) -> Iterable[File]:
    return _folder(path) if os.path.isdir(path) else (_file(path, named=True),)


def _matching(pattern: str) -> Iterator[File]:
    """申报/*.docx: the command line of Windows leaves patterns to the program."""
    from glob import glob

    found = sorted(glob(pattern))
    if not found:
        yield File(pattern, named=True, problem="没有文件符合这个写法，请检查路径和通配符。")
    for path in found:
        yield from _named(path)


def passed_over(paths: Iterable[str]) -> tuple[str, ...]:
    """The files of the folders among the paths that are not even tried, as their names are of no known kind; kpi's own
    settings are none of them."""
    found: dict[str, None] = {}
    for path in (one for one in paths if os.path.isdir(one)):
        for folder, name in walked(path):
            if not (_is_known(name) or name.startswith("kpi-")):
                found[os.path.join(folder, name).removeprefix(_HERE)] = None
    return tuple(found)


def walked(path: str, problems: list[OSError] | None = None) -> Iterator[tuple[str, str]]:
    """The files of a folder at any depth, each as its folder and its name, in the order of their names; hidden ones and
    lock files of office programs are left out. What cannot be opened goes to `problems`."""
    for folder, names, files in os.walk(path, onerror=None if problems is None else problems.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        yield from ((folder, name) for name in sorted(files) if not name.startswith((".", "~$")))


def _is_known(name: str) -> bool:
    from kpi.readers import KNOWN

    return os.path.splitext(name)[1].lower() in KNOWN


def _folder(path: str) -> Iterator[File]:
    problems: list[OSError] = []
    empty = True
    for folder, name in walked(path, problems):
        if _is_known(name):
            empty = False
            yield _file(os.path.join(folder, name).removeprefix(_HERE), named=False)
    for problem in problems:
        yield File(str(problem.filename or path), named=True, problem="打不开这个文件夹，请检查权限。")
    if empty and not problems:
        yield File(path, named=True, problem=_NO_FILES.format(kinds="、".join(_SHOWN)))


def _file(path: str, *, named: bool) -> File:
    """A file; a pipe or a device would keep the run waiting for ever."""
    special = path != "-" and os.path.exists(path) and not os.path.isfile(path)
    return File(path, named=named, problem=_PIPE if named and special else _SPECIAL if special else None)

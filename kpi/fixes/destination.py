"""Where a changed file goes: beside the old one under a name of its own, or where the user wants it."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from kpi.packages import CannotWrite

_MARK = "-改"
_THERE = "“{}”已经有了，没有覆盖；请移走或改名，或用 --output 写到别处。"
_ITSELF = "{} 指向了原文件“{}”，会把它覆盖；{}。"
_SUFFIX = "原文件是 {} 文件，{} 的扩展名也要是 {}。"
_FOLDER = "有 {} 个文件要写，{} 要写文件夹。"
_SAME_NAME = "“{}”已被同名的另一个文件占用，没有写；请分开改。"


class Wish(NamedTuple):
    """What the user asked for. `paths`: as given; `files`: all files of the run; `writing`: how many are written;
    `option`: what `output` was given with; `instead`: what to do where it is one of the files."""

    output: str | None
    in_place: bool
    paths: Sequence[str]
    files: Collection[str]
    writing: int
    option: str = "--output"
    instead: str = "要改原文件请用 --in-place"


def destination(path: str, wish: Wish, data: bytes, taken: Collection[Path]) -> Path:
    """The path to write to. Raises CannotWrite where that would cost somebody a file."""
    if wish.in_place:
        return Path(path)
    if wish.output is None:
        return _beside(Path(path), data)
    target = _asked(path, wish.output, wish)
    there = os.path.lexists(target)  # else it can be none of them by another name
    if there and any(same_file(file, target) for file in wish.files):
        raise CannotWrite(_ITSELF.format(wish.option, target, wish.instead))
    if target in taken or (there and any(same_file(one, target) for one in taken)):
        raise CannotWrite(_SAME_NAME.format(target))
    return target


def same_file(one: str | Path, other: str | Path) -> bool:
    """By whatever name: links of both kinds count, and spellings that the disk takes for one."""
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return os.path.realpath(one) == os.path.realpath(other)


def copy_of(path: PurePath) -> PurePath:
    """原名-改.docx: what a corrected copy beside its original is called."""
    return path.with_name(f"{path.stem}{_MARK}{path.suffix}")


def corrected(
    paths: Iterable[str], place: Callable[[PurePath], PurePath] = copy_of
) -> Iterator[tuple[str, str]]:
    """Those of the paths whose corrected copy is among them, too, each with its copy; `place`: where copies are."""
    known = {PurePath(path): path for path in paths}
    for file, path in known.items():
        copy = place(file) if file.name else file
        if copy in known and copy != file:
            yield path, known[copy]


def place_under(output: str, paths: Sequence[str]) -> Callable[[PurePath], PurePath]:
    """Where copies go that are written to a folder."""
    return lambda file: PurePath(output) / _below(str(file), paths)


def _beside(path: Path, data: bytes) -> Path:
    """原名-改.docx. One that is there already may hold somebody's work, unless it is what is to be written."""
    target = Path(copy_of(path))
    if os.path.lexists(target) and not (target.is_file() and target.read_bytes() == data):
        raise CannotWrite(_THERE.format(target))
    return target


def _asked(path: str, output: str, wish: Wish) -> Path:
    target = Path(output)
    if target.is_dir() or output.endswith(("/", os.sep)):
        return target / _below(path, wish.paths)
    if wish.writing > 1 or (not target.suffix and any(Path(given).is_dir() for given in wish.paths)):
        if target.suffix or target.exists():
            raise CannotWrite(_FOLDER.format(wish.writing, wish.option))
        return target / _below(path, wish.paths)
    suffix = Path(path).suffix
    if target.suffix.lower() != suffix.lower():
        raise CannotWrite(_SUFFIX.format(suffix or "没有扩展名的", wish.option, suffix or "空的"))
    return target


def _below(path: str, paths: Sequence[str]) -> Path:
    """The path under the folder that was given, else the bare name."""
    for given in paths:
        if Path(given).is_dir() and Path(path).is_relative_to(given):
            return Path(path).relative_to(given)
    return Path(Path(path).name)

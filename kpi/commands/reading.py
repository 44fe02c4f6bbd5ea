"""Reading the given paths, and other long work, with a progress bar on a terminal and nothing in a pipe."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from kpi import api
from kpi.commands.inputs import standard_input
from kpi.commands.output import tell
from kpi.files import passed_over
from kpi.reports.lines import line, styled
from kpi.reports.outcome import Reading
from kpi.reports.terms import file_name

if TYPE_CHECKING:  # only who shows a bar pays for it
    from rich.progress import Progress, TaskID

_WORTH_A_BAR = 3
_NAMED = 3  # files that are named of those passed over
_MANY = 50  # forms from which on judging and writing them takes seconds


def read_paths(paths: Sequence[str], year: int | None) -> Reading:
    """Every form under the paths; "-" is standard input."""
    stdin = standard_input("文件内容") if "-" in paths else None
    files = api.collect(paths)
    _tell_passed_over(paths)
    if len(files) < _WORTH_A_BAR or not _shown():
        return api.read_files(files, year=year, stdin=stdin, workers=None)
    return _with_bar(files, partial(api.read_files, files, year=year, stdin=stdin, workers=None))


def _tell_passed_over(paths: Sequence[str]) -> None:
    """A form without a suffix in a folder would silently not count."""
    if left := passed_over(paths):
        named = "、".join(map(file_name, left[:_NAMED])) + (" 等" if len(left) > _NAMED else "")
        said = f"注意：文件夹里有 {len(left)} 个文件看名称不是表，没有读（{named}）；里面有表的，请直接写它的文件名。"
        tell([line(styled("dim", said))])


@contextlib.contextmanager
def working(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar over steps that take long, on a terminal and where there are many; call what it gives after each."""
    if total < _MANY or not _shown():
        yield lambda: None
        return
    with _bar(what, total) as (bar, task):
        yield lambda: bar.update(task, advance=1)


def _shown() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _with_bar(files: Sequence[api.File], read: Callable[..., Reading]) -> Reading:
    with _bar("正在读取", len(files)) as (bar, task):
        total = count(len(files) + 1)
        return read(
            each=lambda path: bar.update(task, advance=1, path=path),
            found=lambda more: bar.update(task, total=next(total)),
        )


@contextlib.contextmanager
def _bar(what: str, total: int) -> Iterator[tuple[Progress, TaskID]]:
    """In colours that every terminal has: where there are sixteen, the usual ones come out red, and grey when full."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    drawn = BarColumn(style="bright_black", complete_style="cyan", finished_style="green")
    columns = (TextColumn("{task.description}", markup=False), drawn, MofNCompleteColumn())
    named = TextColumn("{task.fields[path]}", markup=False)
    with Progress(*columns, named, console=Console(stderr=True), transient=True) as bar:
        yield bar, bar.add_task(what, total=total, path="")

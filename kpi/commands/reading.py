"""Reading the given paths with a progress bar on a terminal and nothing in a pipe."""

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count

from kpi import api
from kpi.commands.inputs import standard_input
from kpi.reports.outcome import Reading

_WORTH_A_BAR = 3
_MANY = 50  # forms from which on writing them takes seconds


def read_paths(paths: Sequence[str], year: int | None) -> Reading:
    """Every form under the paths; "-" is standard input."""
    stdin = standard_input("文件内容") if "-" in paths else None
    files = api.collect(paths)
    if len(files) < _WORTH_A_BAR or sys.stderr is None or not sys.stderr.isatty():
        return api.read_files(files, year=year, stdin=stdin, workers=None)
    return _with_bar(files, partial(api.read_files, files, year=year, stdin=stdin, workers=None))


@contextlib.contextmanager
def working(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar over steps that take long, on a terminal and where there are many; call what it gives after each."""
    if total < _MANY or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.update(task, advance=1)


def _with_bar(files: Sequence[api.File], read: Callable[..., Reading]) -> Reading:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    name = TextColumn("{task.description}", markup=False)
    columns = (TextColumn("正在读取"), BarColumn(), MofNCompleteColumn(), name)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, total = bar.add_task("", total=len(files)), count(len(files) + 1)
        return read(
            each=lambda path: bar.update(task, advance=1, description=path),
            found=lambda more: bar.update(task, total=next(total)),
        )

"""Reading the given paths with a progress bar on a terminal and nothing in a pipe."""

import sys
from collections.abc import Callable, Sequence

from kpi import api
from kpi.commands.inputs import standard_input
from kpi.reports.outcome import Reading

_WORTH_A_BAR = 3


def read_paths(paths: Sequence[str], year: int | None) -> Reading:
    """Every form under the paths; "-" is standard input."""
    stdin = standard_input("文件内容") if "-" in paths else None
    files = api.collect(paths)
    if len(files) < _WORTH_A_BAR or sys.stderr is None or not sys.stderr.isatty():
        return api.read_files(files, year=year, stdin=stdin)
    return _with_bar(len(files), lambda step: api.read_files(files, year=year, stdin=stdin, each=step))


def _with_bar(total: int, work: Callable[[Callable[[str], None]], Reading]) -> Reading:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    name = TextColumn("{task.description}", markup=False)
    columns = (TextColumn("正在读取"), BarColumn(), MofNCompleteColumn(), name)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        return work(lambda path: bar.update(task, advance=1, description=path))

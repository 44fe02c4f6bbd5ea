"""`kpi lint --watch`: the check again after every save, for whoever edits the form in another window.

The files are asked for their time and size twice a second: notifications of the system do not come from the network
drives that offices keep their forms on, and a program that saves under another name and renames looks different on
every system.
"""

import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from kpi import api
from kpi.beside import RULESET, WAIVERS
from kpi.commands import UNCHECKED
from kpi.commands.errors import CommandError
from kpi.commands.output import complain, emit_lines
from kpi.reports import lint_text
from kpi.reports.lines import Line, line, styled
from kpi.reports.lint_changes import Known, changes, known, read, render
from kpi.reports.outcome import Outcome
from kpi.reports.view import View
from kpi.reports.width import one_line

_PAUSE = 0.5
_TRIES = 5  # a program that is still writing is given that many pauses before a damaged file is told
_FOLDERS = 2  # so many of the watched paths are named in the last line

Stamps = Mapping[str, tuple[int, int] | None]
Look = Callable[[], Stamps]
Check = Callable[[], Outcome]


def refuse(options: Namespace) -> None:
    """Watching shows on the screen; a report written into the watched folder would start the next check."""
    other = [flag for flag in ("output", "format", "annotate") if getattr(options, flag, None) not in (None, "text")]
    if other:
        raise CommandError(f"--watch 在屏幕上显示结果，不能和 --{other[0]} 同用。")
    if "-" in options.paths:
        raise CommandError("--watch 看的是文件和文件夹，不能用 -（标准输入）。")


def watch(options: Namespace, check: Check, view: View, status: Callable[[Outcome], int]) -> int:
    """Until Ctrl-C; the exit status is that of the last check."""
    paths = list(options.paths)
    files = [path for path in (options.ruleset, options.baseline) if path]
    screen = Screen(paths, view, status)
    return follow(partial(stamps, paths, files), check, screen, partial(time.sleep, _PAUSE))


def follow(look: Look, check: Check, show: "Screen", pause: Callable[[], None]) -> int:
    """Checks, shows, waits for a save, and again. A mistake of the command line ends it before it begins; one that
    comes later (a ruleset half edited) is told and waited out."""
    try:
        seen = look()
        show(check())
        while True:
            settled(look, pause, seen)
            seen = look()
            try:
                seen, outcome = whole(look, check, pause, show.failed)
                show(outcome)
            except CommandError as problem:
                show.trouble(str(problem))
    except KeyboardInterrupt:
        if not show.shown:
            raise
        return show.status


def settled(look: Look, pause: Callable[[], None], seen: Stamps) -> None:
    """Waits until something has changed and then has kept still: a save takes several steps."""
    before = seen
    while True:
        pause()
        now = look()
        if now == before != seen:
            return
        before = now


def whole(
    look: Look, check: Check, pause: Callable[[], None], failed: frozenset[tuple[str, str]]
) -> tuple[Stamps, Outcome]:
    """The check of files that are whole: a file that could be read before and now cannot is given time."""
    for left in range(_TRIES, -1, -1):
        seen = look()
        outcome = check()
        if not left or failures(outcome) <= failed:
            break
        pause()
    return seen, outcome


def failures(outcome: Outcome) -> frozenset[tuple[str, str]]:
    return frozenset((one.path, one.message) for one in outcome.reading.failures if one.blocks)


def stamps(paths: Sequence[str], more: Sequence[str] = ()) -> Stamps:
    """Time and size of every file that a check would read, and of what stands beside them."""
    files = [file.path for file in api.collect(paths)]
    return {path: _stamp(path) for path in (*files, *more, *_beside([*files, *paths]))}


def _beside(paths: Sequence[str]) -> Iterator[str]:
    """Where rulesets and waivers of an office would stand, whether they are there or not."""
    inner = (Path(os.path.abspath(path)) for path in paths if "\0" not in path)
    folders = {folder for path in inner for folder in (path, *path.parents)}
    return (str(folder / name) for folder in sorted(folders) for name in (RULESET, WAIVERS))


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


class Screen:
    """What the last check showed, and the next one in its place."""

    def __init__(
        self, paths: Sequence[str], view: View, status: Callable[[Outcome], int],
        now: Callable[[], datetime] = datetime.now,
    ) -> None:  # fmt: skip
        self.status = UNCHECKED
        self.failed: frozenset[tuple[str, str]] = frozenset()
        self._paths, self._view, self._judge, self._now = paths, view, status, now
        self._known: Known | None = None

    @property
    def shown(self) -> bool:
        return self._known is not None

    def __call__(self, outcome: Outcome) -> None:
        present = known(self._known or {}, outcome)
        report = lint_text.render(outcome, explain=self._view.explain, quiet=self._view.quiet)
        news: Iterator[Line] = iter(())
        if self._known is not None:
            found = changes(self._known, present, read(outcome))
            news = chain([line()], render(found, several=len(present) > 1))
        _clear(first=not self.shown)
        self.status, self.failed, self._known = self._judge(outcome), failures(outcome), present
        emit_lines(chain(report, news, self.waiting()), None)

    def trouble(self, message: str) -> None:
        """What keeps the check from running at all."""
        self.status = UNCHECKED
        _clear(first=False)
        complain(message)
        emit_lines(self.waiting(), None)

    def waiting(self) -> Iterator[Line]:
        shown = "、".join(map(one_line, self._paths[:_FOLDERS])) + (" 等" if len(self._paths) > _FOLDERS else "")
        yield line()
        told = f"{self._now():%H:%M:%S} 查过。正在看着 {shown}，存盘后自动再查一次；结束按 Ctrl-C。"
        yield line(styled("dim", told))


def _clear(*, first: bool) -> None:
    """The screen of a terminal; in a pipe a rule between two checks does."""
    if sys.stdout.isatty():
        from rich.console import Console

        Console().clear()
    elif not first:
        emit_lines([line("─" * 40)], None)

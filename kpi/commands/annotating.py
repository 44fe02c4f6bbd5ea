"""`kpi lint --annotate`: a copy of every document with what was found written beside it."""

import contextlib
import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from kpi import api
from kpi.annotate.marks import marks_of
from kpi.annotate.writers import annotated, why_not
from kpi.commands.errors import CommandError
from kpi.commands.output import complain, explain_os_error, write_file
from kpi.commands.replacing import refuse_replacing
from kpi.fixes.destination import Wish, destination
from kpi.packages import CannotWrite
from kpi.readers import ReadError, file_bytes
from kpi.reports.outcome import Outcome
from kpi.rules.result import DocumentResult

_INSIDE = "--annotate 的文件夹“{}”在要检查的“{}”里面，没有问题的表也照样存一份，下次会重复检查，请换一个地方。"
_SAME = "--annotate 和 --output 写的是同一个文件，请换一个文件名。"
_NOT = "没有批注“{}”：{}"
_WRITTEN = "带批注的已写入 {}（{}）"
_NONE = "没有问题，与原文件相同"
_INSTEAD = "请换一个文件名"


def annotate(outcome: Outcome, paths: Sequence[str], output: str) -> bool:
    """Write all copies; one that fails never stops the others. Whether all that were asked for could be written."""
    files = {file.path for file in api.collect(paths)}
    results = outcome.result.documents
    writing = sum(not why_not(result.document, files) for result in results)
    wish = Wish(output, False, paths, files, writing, "--annotate", _INSTEAD)
    taken: set[Path] = set()
    done = [_file(result, wish, taken) for result in results]
    return all(done)


def refuse(paths: Sequence[str], output: str, report: str | None) -> None:
    """Raises CommandError where copies would be taken for further documents the next time (those without a finding,
    which nothing tells from the originals), or replace the report."""
    target = Path(os.path.realpath(output))
    if report is not None and os.path.realpath(report).casefold() == str(target).casefold():
        raise CommandError(_SAME)
    for path in paths:
        if os.path.isdir(path) and target.is_relative_to(os.path.realpath(path)):
            raise CommandError(_INSIDE.format(output, path))


def _file(result: DocumentResult, wish: Wish, taken: set[Path]) -> bool:
    try:
        target, said = _written(result, wish, taken, wish.files)
    except (CannotWrite, CommandError) as problem:
        complain(_NOT.format(result.path, problem))
        return False
    except ReadError as problem:
        complain(_NOT.format(result.path, problem.message))
        return False
    taken.add(target)
    with contextlib.suppress(BrokenPipeError):
        print(_WRITTEN.format(target, said), file=sys.stderr, flush=True)
    return True


def _written(result: DocumentResult, wish: Wish, taken: set[Path], files: Collection[str]) -> tuple[Path, str]:
    """Where the copy went, and how much stands in it. Raises CannotWrite, CommandError and ReadError."""
    barred = why_not(result.document, files)
    if barred:
        raise CannotWrite(barred)
    marks = marks_of(result)
    target = destination(result.path, wish, b"", taken)
    data = annotated(file_bytes(result.path), result.document, marks)
    refuse_replacing(target, data)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise CommandError(f"写不了“{target}”：{explain_os_error(reason)}。请换一个位置或文件名。") from reason
    write_file(target, data)
    return target, marks.count or _NONE

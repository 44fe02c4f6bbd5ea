"""A list of actual values that was given in place of the forms. One that repeats their targets reads like a form, with
its projects and its money thrown together."""

from collections.abc import Sequence
from os.path import realpath
from pathlib import Path

from kpi import api, readers
from kpi.commands.errors import CommandError
from kpi.commands.output import tell
from kpi.model import TargetTable
from kpi.progress.actuals import listed
from kpi.progress.sheet import is_list
from kpi.readers.errors import ReadError
from kpi.reports.lines import line, styled
from kpi.reports.outcome import Reading
from kpi.reports.terms import file_name

_IS_LIST = "{} 是完成情况的清单，不是表；"
_TOGETHER = "清单要和申报的目标表一起给：kpi {command} 目标表 --actuals {name}{more}。"
_NO_FORM = "请给申报的目标表。"
_LEFT = "注意：文件夹里的 {names} 是完成情况的清单，没有当作表。"


def without_lists(
    reading: Reading, paths: Sequence[str], command: str, more: str = "", *, actuals: bool = True
) -> Reading:
    """What was read but for lists that lie in a folder among the forms, which are told. Raises CommandError where a
    list was named, or is all there is: it says how to give it. `actuals`: whether the command takes one."""
    lists = [one.path for one in reading.documents if one.tables and _reads_like_a_form(one.path, one.tables)]
    forms = any(one.tables and one.path not in lists for one in reading.documents)
    if not forms:
        lists += [one.path for one in reading.failures if Path(one.path).is_file() and _is_list(one.path)]
    named = {realpath(path) for path in paths}
    for path in lists:
        if not forms or realpath(path) in named:
            name = file_name(path)
            how = _TOGETHER.format(command=command, name=name, more=more) if actuals else _NO_FORM
            raise CommandError(_IS_LIST.format(name) + how)
    if lists:
        tell([line(styled("dim", _LEFT.format(names="、".join(map(file_name, lists)))))])
    return api.without(reading, lists, paths)


def _reads_like_a_form(path: str, tables: Sequence[TargetTable]) -> bool:
    return Path(path).is_file() and is_list(path, tables)


def _is_list(path: str) -> bool:
    try:
        found = listed(path, readers.file_bytes(path))
    except ReadError:
        return False
    return found is not None and bool(found.rows)

"""A list of actual values that was given in place of the forms."""

from pathlib import Path

from kpi import readers
from kpi.commands.errors import CommandError
from kpi.progress.actuals import listed
from kpi.readers.errors import ReadError
from kpi.reports.outcome import Reading
from kpi.reports.terms import file_name

_IS_LIST = (
    "{name} 是完成情况的清单，不是表；清单要和申报的目标表一起给：kpi {command} 目标表 --actuals {name}{more}。"
)


def refuse_lists(reading: Reading, command: str, more: str = "") -> None:
    """Says how the list is given instead. Raises CommandError where no form was read, but a list was named."""
    if any(document.tables for document in reading.documents):
        return
    for failure in reading.failures:
        if Path(failure.path).is_file() and _is_list(failure.path):
            raise CommandError(_IS_LIST.format(name=file_name(failure.path), command=command, more=more))


def _is_list(path: str) -> bool:
    try:
        found = listed(path, readers.file_bytes(path))
    except ReadError:
        return False
    return found is not None and bool(found.rows)

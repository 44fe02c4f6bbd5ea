"""`kpi lint` as CSV: one row a finding, then what took no part and by which rules it was made. Opens in any office."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from kpi.reports.about import about, gaps
from kpi.reports.lint_closing import verdict
from kpi.reports.office import cell_text, inert
from kpi.reports.outcome import Outcome
from kpi.reports.terms import file_name
from kpi.reports.view import View
from kpi.reports.worklist import HEADS, Entry, entry

_MARK = "\ufeff"  # Excel takes a file without it for the encoding of the system
_FINDING, _NOTE, _VERDICT = "问题", "说明", "结论"
_BLANK = Entry(*[""] * len(HEADS))


def render(outcome: Outcome, view: View) -> str:
    """The first column says what kind of row it is; nothing in the file is a formula."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("类别", *HEADS))
    writer.writerows([inert(cell_text(text)) for text in row] for row in _rows(outcome))
    return _MARK + buffer.getvalue()


def _rows(outcome: Outcome) -> Iterator[Sequence[str]]:
    for finding in outcome.findings:
        yield _FINDING, *entry(finding)
    for gap in gaps(outcome):
        file = file_name(gap.path)
        yield gap.kind, *_BLANK._replace(document=file, place=gap.place, value=gap.what, message=gap.reason)
    yield _VERDICT, *_BLANK._replace(message=verdict(outcome)[1])
    for label, text in about(outcome):
        yield _NOTE, *_BLANK._replace(title=label, message=text)

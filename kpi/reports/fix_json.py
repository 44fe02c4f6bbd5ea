"""`kpi fix` as JSON: the same input gives the same bytes."""

from collections.abc import Iterable, Sequence

from kpi.fixes.edits import Change, Fixed, Manual, Where
from kpi.model import Unread
from kpi.reports import contract as c
from kpi.reports.extract_json import place, unread_part
from kpi.reports.fix_places import made, places
from kpi.reports.outcome import Failure, Reading

_SCHEMA = "kpi.fix/1"
_COPY = "这是以前改好的副本，没有改；真要改，请直接写它的文件名"


def render(fixed: Sequence[Fixed], reading: Reading, copies: Sequence[str] = ()) -> str:
    """`copies`: corrected copies that were left out."""
    failed = {one.path: one.message for one in reading.failures}
    unread = {one.path: one.unread for one in reading.documents}
    known = {one.plan.path for one in fixed}
    other = [one for one in reading.failures if one.path not in known]
    report = c.FixReport(
        schema=_SCHEMA,
        summary=_summary(fixed, reading.failures),
        documents=[
            *(_document(one, failed.get(one.plan.path), unread.get(one.plan.path, ())) for one in fixed),
            *(_left_out(one.path, one.message) for one in other),
            *(_left_out(path, _COPY) for path in copies),
        ],
    )
    return report.model_dump_json(by_alias=True, exclude_unset=True, indent=1) + "\n"


def _summary(fixed: Sequence[Fixed], failures: Sequence[Failure]) -> c.FixSummary:
    done = made(fixed)
    return c.FixSummary(
        written=sum(one.written is not None for one in fixed),
        changes=sum(len(one.plan.changes) for one in done),
        manual=sum(len(one.plan.manual) for one in fixed),
        unsafe=sum(one.plan.unsafe for one in fixed),
        could_not_fix=sum(one.error is not None for one in fixed) + sum(one.blocks for one in failures),
        places=c.FixPlaces(**{**places(fixed)._asdict(), "changes": places(done).changes}),
    )


def _document(one: Fixed, failure: str | None, unread: Iterable[Unread]) -> c.FixedDocument:
    return c.FixedDocument(
        path=one.plan.path,
        written=one.written,
        error=one.error or failure,
        changes=[_change(change) for change in one.plan.changes],
        manual=[_manual(left) for left in one.plan.manual],
        unsafe=one.plan.unsafe,
        unread=[unread_part(part) for part in unread],
    )


def _left_out(path: str, why: str) -> c.FixedDocument:
    return c.FixedDocument(path=path, written=None, error=why, changes=[], manual=[], unsafe=0)


def _change(one: Change) -> c.FixedText:
    return c.FixedText(where=_where(one.where), old=one.old, new=one.new, rules=list(one.rules), safe=one.safe)


def _manual(one: Manual) -> c.TextByHand:
    return c.TextByHand(where=_where(one.where), old=one.old, new=one.new, rule=one.rule, reason=one.reason)


def _where(one: Where) -> c.FixedPlace:
    return c.FixedPlace(
        project=one.project, level2=one.level2, name=one.name, half=one.half, location=place(one.location)
    )

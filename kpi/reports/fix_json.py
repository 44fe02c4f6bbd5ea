"""`kpi fix` as JSON: the same input gives the same bytes."""

from collections.abc import Sequence

from kpi.fixes.edits import Change, Fixed, Manual, Where
from kpi.reports import contract as c
from kpi.reports.extract_json import place
from kpi.reports.outcome import Failure

_SCHEMA = "kpi.fix/1"


def render(fixed: Sequence[Fixed], failures: Sequence[Failure]) -> str:
    known = {one.plan.path for one in fixed}
    report = c.FixReport(
        schema=_SCHEMA,
        summary=_summary(fixed, failures),
        documents=[
            *(_document(one) for one in fixed),
            *(
                c.FixedDocument(path=one.path, written=None, error=one.message, changes=[], manual=[], unsafe=0)
                for one in failures
                if one.path not in known
            ),
        ],
    )
    return report.model_dump_json(by_alias=True, exclude_unset=True, indent=1) + "\n"


def _summary(fixed: Sequence[Fixed], failures: Sequence[Failure]) -> c.FixSummary:
    return c.FixSummary(
        written=sum(one.written is not None for one in fixed),
        changes=sum(len(one.plan.changes) for one in fixed if not one.error),
        manual=sum(len(one.plan.manual) for one in fixed),
        unsafe=sum(one.plan.unsafe for one in fixed),
        could_not_fix=sum(one.error is not None for one in fixed) + sum(one.blocks for one in failures),
    )


def _document(one: Fixed) -> c.FixedDocument:
    return c.FixedDocument(
        path=one.plan.path,
        written=one.written,
        error=one.error,
        changes=[_change(change) for change in one.plan.changes],
        manual=[_manual(left) for left in one.plan.manual],
        unsafe=one.plan.unsafe,
    )


def _change(one: Change) -> c.FixedText:
    return c.FixedText(where=_where(one.where), old=one.old, new=one.new, rules=list(one.rules), safe=one.safe)


def _manual(one: Manual) -> c.TextByHand:
    return c.TextByHand(where=_where(one.where), old=one.old, new=one.new, rule=one.rule, reason=one.reason)


def _where(one: Where) -> c.FixedPlace:
    return c.FixedPlace(
        project=one.project, level2=one.level2, name=one.name, half=one.half, location=place(one.location)
    )

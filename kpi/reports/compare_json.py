"""`kpi compare` as JSON: the same input gives the same bytes."""

from decimal import Decimal

from kpi.model import Indicator
from kpi.progress.compare import Change, Comparison, Side
from kpi.reports import contract_compare as c
from kpi.reports.compare_outcome import CompareOutcome
from kpi.reports.contract import Place
from kpi.reports.extract_json import place
from kpi.reports.numbers import plain_number

_SCHEMA = "kpi.compare/1"


def render_json(outcome: CompareOutcome) -> str:
    compared = outcome.compared
    report = c.CompareReport(
        schema=_SCHEMA,
        projects=[_project(one) for one in compared.projects],
        dropped=[_lone(side) for side in compared.dropped],
        added=[_lone(side) for side in compared.added],
        could_not_check=[
            c.UncomparedFile(path=one.path, error=one.message)
            for reading in (outcome.old, outcome.new) for one in reading.failures if one.blocks
        ],
    )  # fmt: skip
    return report.model_dump_json(by_alias=True, exclude_unset=True, indent=1) + "\n"


def _project(one: Comparison) -> c.ComparedProject:
    old, new = one.funding
    return c.ComparedProject(
        project=one.new.table.project,
        renamed_from=one.renamed_from,
        old_document=one.old.document,
        new_document=one.new.document,
        funding=c.MoneyChange(old=_money(old), new=_money(new)),
        changes=[_change(change) for change in one.changes],
    )


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else plain_number(amount)


def _change(one: Change) -> c.TargetChange:
    return c.TargetChange(
        kind=one.kind,
        level2=one.indicator.level2,
        name=one.indicator.name,
        half=one.half,
        old=one.old,
        new=one.new,
        message=one.message,
        old_location=_place(one.before),
        new_location=_place(one.after),
    )


def _place(one: Indicator | None) -> Place | None:
    return None if one is None else place(one.location)


def _lone(side: Side) -> c.LoneProject:
    table = side.table
    filled = sum(one.filled for one in table.indicators)
    return c.LoneProject(project=table.project, document=side.document, indicators=filled)

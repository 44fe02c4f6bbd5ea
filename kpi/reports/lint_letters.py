"""Whom a letter of opinions goes to: the forms of a check by the units that filed them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kpi.model import TargetTable
from kpi.reports.about import UNJUDGED, Gap, gaps
from kpi.reports.blocks import Block, blocks_of
from kpi.reports.outcome import Outcome
from kpi.rules.offices import office


class Letter(NamedTuple):
    """One unit ("" where no form says who) with what is said about its forms, those of which nothing is said, and what
    of its files took no part."""

    unit: str
    told: tuple[Block, ...]
    fine: tuple[Block, ...]
    gaps: tuple[Gap, ...]


def addressee(table: TargetTable) -> str:
    """Who carries the project out, else who answers for it."""
    return office(table.unit or "") or office(table.department or "")


def letters(outcome: Outcome) -> tuple[Letter, ...]:
    """In the order of the forms; what is nobody's comes last. What is said of waivers is for the office itself."""
    owners = _owners(outcome)
    beside = {notice.document for notice in outcome.result.notices}
    mine: dict[str, list[Block]] = {}
    for block in blocks_of(outcome):
        if block.path not in beside:
            unit = addressee(block.table) if block.table else owners.get(block.path, "")
            mine.setdefault(unit, []).append(block)
    if "" in mine:
        mine[""] = mine.pop("")
    missed = [gap for gap in gaps(outcome) if gap.kind != UNJUDGED]
    return tuple(
        Letter(
            unit, tuple(block for block in blocks if block.findings),
            tuple(block for block in blocks if not block.findings),
            tuple(gap for gap in missed if unit and owners.get(gap.path) == unit),
        )
        for unit, blocks in mine.items() if any(block.findings for block in blocks)
    )  # fmt: skip


def _owners(outcome: Outcome) -> Mapping[str, str]:
    """Files with forms of one unit, and which that is."""
    return {
        document.path: units.pop()
        for document in outcome.reading.documents
        if len(units := {addressee(table) for table in document.tables}) == 1
    }


def internal(outcome: Outcome) -> Iterator[Gap]:
    """What is said of waivers, told beside what took no part."""
    for notice in outcome.result.notices:
        yield Gap(f"{notice.rule} {notice.title}", notice.document, "", "", f"{notice.message}{notice.suggestion}")

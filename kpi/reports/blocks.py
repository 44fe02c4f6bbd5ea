"""Findings by the form that they are about, in the order of the forms: what every report of a check goes through."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from kpi.model import Document, TargetTable
from kpi.reports.outcome import Outcome
from kpi.reports.terms import spot
from kpi.reports.width import one_line
from kpi.rules.belonging import by_form
from kpi.rules.finding import SEVERITIES, Finding

_UNNAMED = "（未填项目名称）"
_HEAD_ONLY = "（只有表头，没有检查）"


class Block(NamedTuple):
    """One form (None: what belongs to no form of the file) and its findings. `mark` tells forms of one name apart."""

    path: str
    project: str
    table: TargetTable | None
    findings: tuple[Finding, ...]
    mark: str = ""

    @property
    def counts(self) -> Counter[str]:
        return Counter(finding.severity for finding in self.findings)

    @property
    def title(self) -> str:
        stump = _HEAD_ONLY if self.table and self.table.cut and not self.table.indicators else ""
        return (one_line(self.project) or (_UNNAMED if self.table else "整份文件")) + self.mark + stump


def blocks_of(outcome: Outcome) -> tuple[Block, ...]:
    """Forms in document order, each with its findings; those that belong to no form come after their file's forms."""
    found: dict[str, list[Finding]] = {}
    for finding in outcome.result.findings:
        found.setdefault(finding.document, []).append(finding)
    blocks = (_document(document, found.get(document.path, [])) for document in outcome.reading.documents)
    beside = {notice.document: found[notice.document] for notice in outcome.result.notices}
    own = (Block(path, "", None, tuple(notices)) for path, notices in beside.items())
    made = (*chain.from_iterable(blocks), *own)
    if len({block.path for block in made}) < 2:
        return made
    return tuple(
        one if one.table or one.project else one._replace(mark=f"（{os.path.basename(one.path)}）") for one in made
    )


def _document(document: Document, findings: Iterable[Finding]) -> Iterator[Block]:
    names = Counter(table.project for table in document.tables)
    own, others = by_form(findings, document.tables)
    for index, table in enumerate(document.tables):
        mark = f"（{spot(table.location) or f'第 {index + 1} 张表'}）" if names[table.project] > 1 else ""
        yield Block(document.path, table.project, table, _in_rows(own.get(index, ())), mark)
    rest: dict[str, list[Finding]] = {}
    for finding in others:
        rest.setdefault(finding.project, []).append(finding)
    for project, some in rest.items():
        yield Block(document.path, project, None, _in_rows(some))


def _in_rows(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Rows in the order of their first finding, the gravest of each row first: as every report tells them."""
    rows: dict[tuple[str | None, str | None], list[Finding]] = {}
    for finding in findings:
        rows.setdefault((finding.level2, finding.indicator), []).append(finding)
    return tuple(chain.from_iterable(sorted(row, key=_gravity) for row in rows.values()))


def _gravity(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)

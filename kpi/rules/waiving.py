"""Waivers take findings out of a result, and are themselves told where they no longer fit."""

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from kpi.rules.finding import Finding
from kpi.rules.result import LintResult, Waived
from kpi.rules.ruleset import Ruleset
from kpi.rules.waiver_notices import UNUSED, Seen, Use, notices
from kpi.rules.waivers import Waiver, cannot_be_waived


def waive(
    result: LintResult,
    waivers: Sequence[Waiver],
    ruleset: Ruleset,
    asked: Collection[str],
    *,
    covered: Sequence[str],
    today: date,
) -> LintResult:
    """The result without the findings that are waived; KPI003 for waivers that are expired, outdated, unused or not
    allowed. `asked`: the rules of this run. `covered`: absolute folders that the run read whole: only there can a
    waiver be called unused because its project is gone."""
    uses = [Use(waiver, [], []) for waiver in waivers]
    documents, waived = [], []
    for document in result.documents:
        path = os.path.abspath(document.path)
        near = [use for use in uses if use.waiver.within(path)]
        kept = []
        for finding in document.findings:
            holding = next((one for one in _meant(finding, near) if _holds(one, finding, ruleset, today)), None)
            if holding is None:
                kept.append(finding)
            else:
                waived.append(Waived(finding, holding.reason, holding.by, holding.until))
        documents.append(document._replace(findings=tuple(kept)))
    told: tuple[Finding, ...] = ()
    if UNUSED in asked:
        seen = Seen(result, asked, covered, [one.finding for one in waived])
        told = tuple(notices(uses, seen, ruleset, today))
    return replace(result, documents=tuple(documents), waived=tuple(waived), notices=told)


def _meant(finding: Finding, near: Sequence[Use]) -> list[Waiver]:
    """The waivers that were made for a finding, each told of it; one that names another unit was not."""
    for_it = []
    for use in near:
        if use.waiver.means(finding):
            own = use.waiver.takes(finding.unit)
            (use.meant if own else use.others).append(finding)
            for_it += [use.waiver] if own else []
    return for_it


def _holds(waiver: Waiver, finding: Finding, ruleset: Ruleset, today: date) -> bool:
    return today <= waiver.until and waiver.fits(finding) and not cannot_be_waived(finding.rule, ruleset)

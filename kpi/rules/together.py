"""Rules that look at every document of a run at once: projects held against each other, wherever they were filed."""

from collections.abc import Sequence

from kpi.rules.context import RunContext
from kpi.rules.finding import Hit, NotApplicable
from kpi.rules.ruleset import Rule
from kpi.rules.runner import Broken, Run, Tally, call


def judge_together(rule: Rule, runs: Sequence[Run], context: RunContext) -> None:
    """Run one rule over all documents. A hit goes to the document whose form it names; what it quotes of another
    document keeps that document's path. Raises nothing: a rule that breaks is noted in the first document."""
    tallies = [run.tallies.setdefault(rule.code, Tally()) for run in runs]
    try:
        said = call(rule, context)
        placed = [(_owner(runs, hit), hit) for hit in said if isinstance(hit, Hit)]
    except Exception as error:  # whatever a check does, the other rules go on
        runs[0].broken.append(Broken(rule, None, error))
        return
    reasons = [one.reason for one in said if isinstance(one, NotApplicable)]
    for run, hit in placed:
        run.found.append(run.told(rule, None, _at_home(hit, run)))
    for tally in tallies:
        tally.said(0, bool(placed), reasons)


def _owner(runs: Sequence[Run], hit: Hit) -> Run:
    """Raises ValueError where the hit names no form of the run."""
    for run in runs:
        if run.holds(hit):
            return run
    raise ValueError("a hit of a run names no form")


def _at_home(hit: Hit, run: Run) -> Hit:
    path = run.prepared.context.document.path
    evidence = tuple(e._replace(document=None) if e.document == path else e for e in hit.evidence)
    return hit._replace(evidence=evidence)

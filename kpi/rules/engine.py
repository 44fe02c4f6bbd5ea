"""Runs a ruleset over documents: check, keep quiet what is explained, merge halves, put into words, put in order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kpi.model import Document, Location
from kpi.rules.checks.rows import breaks_off
from kpi.rules.context import RunContext
from kpi.rules.contexts import prepare, profile_of
from kpi.rules.draft import ALWAYS_ON
from kpi.rules.finding import Evidence, Finding, Hit
from kpi.rules.fingerprint import fingerprint
from kpi.rules.located import Located, RulesetError
from kpi.rules.phrase import Phrase
from kpi.rules.result import Cut, DocumentResult, LintResult, Skipped
from kpi.rules.ruleset import Rule, Ruleset
from kpi.rules.runner import PROGRESS, Broken, Run
from kpi.rules.silence import Found, keep
from kpi.rules.together import judge_together
from kpi.rules.wording import did_you_mean

if TYPE_CHECKING:
    from kpi.rules.waivers import Waiver


def lint(
    documents: Iterable[Document],
    ruleset: Ruleset,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    today: date | None = None,
    waivers: "Sequence[Waiver]" = (),
    covered: Sequence[str] = (),
    progress: Mapping[int, Any] | None = None,
) -> LintResult:
    """Check documents.

    `select` and `ignore` name rules by code, family ("VAL") or name. They choose what is reported and not what is true:
    rules that keep a selected one quiet run unseen. A rule that raises is reported as KPI001 and the others go on.
    `today` decides the law where a form does not tell its year, and whether a waiver has run out. `waivers` take
    findings out; `covered` are the absolute folders that are among the documents as a whole (see `waive`). Raises
    RulesetError for a name that no rule has. `progress`: what was achieved, by the identity of a form's table, for the
    rules that look at it; without it they do not run.
    """
    asked = _asked(ruleset, select, ignore)
    idle = ("engine", *PROGRESS) if progress is None else ("engine",)
    if progress is None:  # a waiver of theirs is not unused because nobody asked
        asked -= {code for code, rule in ruleset.rules.items() if rule.scope in PROGRESS}
    needed = _needed(ruleset, asked)
    running = [rule for rule in ruleset.active if rule.code in needed and rule.scope not in idle]
    together = [rule for rule in running if rule.scope == "run"]
    runs = []
    for document in documents:
        run = Run(prepare(document, ruleset), today or date.today(), progress=progress or {})
        for rule in running:
            if rule.scope != "run":
                run.rule(rule)
        runs.append(run)
    if runs:
        context = RunContext(tuple(run.prepared.context for run in runs), ruleset.words)
        for rule in together:
            judge_together(rule, runs, context)
    results = tuple(_document(run, ruleset, asked) for run in runs)
    reported = [rule.code for rule in running if rule.code in asked]
    judged = {code for run in runs for code, tally in run.tallies.items() if tally.judged}
    result = LintResult(
        ruleset.name, results,
        tuple(code for code in reported if code in judged),
        tuple(code for code in reported if code not in judged),
        tuple(sorted({broken.rule.code for run in runs for broken in run.broken})),
        sum(len(run.broken) for run in runs),
        partial=any(rule.code not in asked for rule in ruleset.active if rule.scope not in idle),
    )  # fmt: skip
    if not waivers:
        return result
    from kpi.rules.waiving import waive  # noqa: PLC0415 - few runs have any

    return waive(result, waivers, ruleset, asked, covered=covered, today=today or date.today())


def _asked(ruleset: Ruleset, select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """Codes to be reported (besides a rule that breaks, which is always heard)."""
    chosen = _named(ruleset, select, "--select") if select else set(ruleset.rules)
    return frozenset(chosen - _named(ruleset, ignore, "--ignore") - ruleset.off)


def _named(ruleset: Ruleset, names: Sequence[str], option: str) -> set[str]:
    codes: set[str] = set()
    for name in names:
        found = ruleset.find(name)
        if not found:
            rules = ruleset.rules
            known = {*rules, *(code[:3] for code in rules), *(rule.name for rule in rules.values())}
            raise RulesetError([Located(option, None, f"没有叫 {name} 的规则或类别{did_you_mean(name, known)}")])
        codes.update(found)
    return codes


def _needed(ruleset: Ruleset, asked: frozenset[str]) -> frozenset[str]:
    """The asked rules and those that may keep them quiet."""
    return asked | {silence.first for silence in ruleset.silences if silence.quiet in asked}


def _document(run: Run, ruleset: Ruleset, asked: frozenset[str]) -> DocumentResult:
    document = run.prepared.context.document
    kept = [one for one in keep(run.found, ruleset.silences, ruleset.mandatory) if one.rule.code in asked]
    internal = ruleset.rules[ALWAYS_ON]
    kept += [_broken(broken, internal) for broken in run.broken]
    findings = Phrase(document, run.today).findings(kept)
    skipped = [s for code in run.tallies if code in asked if (s := _skipped(run, code))]
    profiles = [profile_of(table, ruleset) for table in document.tables]
    return DocumentResult(
        document,
        max(profiles, key=profiles.count, default=None),
        tuple(_numbered(findings, ruleset.mandatory)),
        tuple(one for one in skipped if not run.tallies[one.rule].judged),
        tuple(one for one in skipped if run.tallies[one.rule].judged),
        tuple(_cuts(run)),
    )


def _cuts(run: Run) -> Iterable[Cut]:
    for form in run.prepared.forms:
        at = breaks_off(form.context)
        if at:
            yield Cut(form.context.table.project, at)


def _skipped(run: Run, code: str) -> Skipped | None:
    return run.tallies[code].skipped(code, len(run.prepared.forms))


def _broken(broken: Broken, internal: Rule) -> Found:
    """KPI001: the rule and the form in words, the exception's type as evidence, no traceback."""
    table = broken.form.context.table if broken.form else None
    name = (table.project or table.title or f"第 {broken.form.index + 1} 张表") if table and broken.form else "整份文件"
    facts = {"rule": broken.rule.code, "rule_title": broken.rule.title, "form": name}
    evidence = (Evidence(type(broken.error).__name__, table.location if table else Location()),)
    hit = Hit(facts=facts, evidence=evidence, table=table)
    index = broken.form.index if broken.form else None
    return Found(internal, hit, index, -1, None, None, frozenset(), evidence, ())


def _numbered(findings: Iterable[Finding], mandatory: Collection[str]) -> Iterable[Finding]:
    """Fingerprints: findings that are alike in rule, project, level and name are told apart by their order. And whether
    they have to be mended."""
    seen: dict[str, int] = {}
    for finding in findings:
        alike = (finding.rule, finding.project, finding.level2, finding.indicator)
        first = fingerprint(*alike, 0)
        ordinal = seen.get(first, 0)
        seen[first] = ordinal + 1
        name = fingerprint(*alike, ordinal) if ordinal else first
        yield finding._replace(fingerprint=name, mandatory=finding.rule in mandatory)

"""The library: parse a value, read a file, lint forms. The command line is built on the same calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from kpi import beside
from kpi.files import File, collect
from kpi.model import Document, dated
from kpi.reports.outcome import Outcome, Reading
from kpi.sources import read_files, without

__all__ = [
    "File", "collect", "compare", "compared", "dated", "evaluate", "evaluated", "judge", "lint", "monitor", "parse",
    "read", "read_files", "review", "score", "watched", "without",
]  # fmt: skip

if TYPE_CHECKING:  # each call below loads what it needs: a value is parsed without the rules
    from datetime import date

    from kpi.earlier import Before
    from kpi.progress.actuals import Actuals
    from kpi.reports.compare_outcome import CompareOutcome
    from kpi.reports.evaluate_outcome import EvaluateOutcome
    from kpi.reports.monitor_outcome import MonitorOutcome
    from kpi.reports.review_outcome import ReviewOutcome
    from kpi.rules.ruleset import Ruleset
    from kpi.rules.waivers import Waiver
    from kpi.values import Value


def parse(text: str, *, year: int | None = None) -> Value:
    """How one indicator value is understood. Any text has an answer: what is no value comes back as kind "text" or
    "malformed". Raises TypeError for what is no text.

    `year` resolves dates without a year ("12月底前"). Bounds of the result are Decimal in the base unit: 万 and 亿 are
    applied (元, 人, 平方米), percentages are numbers of 100 ("98%" → 98).
    """
    if not isinstance(text, str):
        raise TypeError(f"a text as it stands in the cell, not {type(text).__name__}")
    from kpi.values import parse as parse_value

    return parse_value(text, year=year)


def read(path: str | Path) -> Document:
    """The target forms of one file. Money in the result is Decimal in 元, whatever unit the form prints.

    A file without a form gives a Document with no tables. Raises ReadError, whose text is one Chinese sentence, for a
    file that is missing, damaged or of a format that cannot be read.
    """
    from kpi import readers

    return readers.read(path)


def lint(
    *sources: str | Path | Document,
    ruleset: str | Path | Ruleset = "national",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    year: int | None = None,
    waivers: bool = True,
    baseline: str | Path | None = None,
    workers: int | None = 1,
) -> Outcome:
    """Run a ruleset over files, folders or documents already read; all of them are one set.

    `ruleset`: a shipped name ("national", "legacy-2015"), a YAML file, or a loaded one. `select` and `ignore` take
    families ("VAL"), codes ("VAL001") or names ("not-quantified"), as a list or in one string ("VAL,CST"). `year` is
    used for forms that print none.
    `waivers`: whether `kpi-waivers.yaml` files beside and above the documents count. `baseline`: an earlier report as
    JSON, whose findings are left out. Files that cannot be read are in the result's `reading.failures` and stop
    nothing; a list in place of its paths raises TypeError. A bad ruleset or waiver file, or a word of `select` or
    `ignore` that no rule answers to, raises RulesetError with a message for each mistake; a baseline that is none,
    BesideError. `workers`: as in `read_files`.
    """
    from kpi import earlier, rules

    loaded = ruleset if isinstance(ruleset, rules.Ruleset) else rules.load(str(ruleset))
    before = None if baseline is None else earlier.baseline(str(baseline))
    reading = _read_sources(sources, year, workers)
    folders = [str(source) for source in sources if not isinstance(source, Document)]
    return judge(reading, loaded, folders, select=select, ignore=ignore, waivers=waivers, before=before)


def _names(chosen: Iterable[str]) -> tuple[str, ...]:
    """What `select` and `ignore` take: words, or one string of them as on the command line ("VAL,CST001")."""
    return tuple(filter(None, map(str.strip, chosen.split(",")))) if isinstance(chosen, str) else tuple(chosen)


def judge(
    reading: Reading,
    ruleset: Ruleset,
    paths: Iterable[str],
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    waivers: bool = True,
    before: Before | None = None,
    each: Callable[[], None] = lambda: None,
) -> Outcome:
    """The rules over what was read from `paths`; the rest as in `lint`, `before` as `earlier.baseline` gives it.
    `each` is called after every document."""
    from kpi import rules

    documents = reading.documents
    found = _waivers(documents, ruleset) if waivers else ()
    whole = beside.covered(paths) if found else ()
    result = rules.lint(
        _told(documents, each), ruleset, select=_names(select), ignore=_names(ignore), waivers=found, covered=whole
    )  # fmt: skip
    if before is not None:
        from kpi.rules.baseline import since

        result = since(result, before.findings, before.files)
    return Outcome(reading, result, ruleset)


def _told(documents: Iterable[Document], each: Callable[[], None]) -> Iterator[Document]:
    """The documents; `each` is called when the next one is asked for."""
    for document in documents:
        yield document
        each()


def review(
    *sources: str | Path | Document,
    ruleset: str | Path | Ruleset = "national",
    year: int | None = None,
    waivers: bool = True,
    judged: str | Path | None = None,
    workers: int | None = 1,
) -> ReviewOutcome:
    """The 绩效目标审核表 of every form: points, deductions, what only a person can judge.

    `judged`: a workbook of `kpi review --format xlsx` that a reviewer filled in; its points override the machine's.
    The rest as in `lint`. Raises RulesetError also where the figures of the review are wrong, ReadError for a
    workbook that cannot be read.
    """
    return score(lint(*sources, ruleset=ruleset, year=year, waivers=waivers, workers=workers), judged)


def score(outcome: Outcome, judged: str | Path | None = None) -> ReviewOutcome:
    """The reviews that stand on a finished check; `judged` as in `review`."""
    from kpi import scoring
    from kpi.reports.review_outcome import ReviewOutcome
    from kpi.rules.contexts import DEFAULT_PROFILE
    from kpi.scoring.workbook import read_judged

    made = scoring.reviews(outcome.result, outcome.ruleset)
    problems: tuple[str, ...] = ()
    if judged is not None:
        back = read_judged(str(judged))
        made, unused = scoring.merge(made, back)
        none = () if back else (f"{judged} 里没有审核表，请用 kpi review --format xlsx 生成的工作簿",)
        problems = (*unused, *none)
    figures = scoring.scheme(outcome.ruleset, DEFAULT_PROFILE).batch
    path = None if judged is None else str(judged)
    return ReviewOutcome(outcome, made, scoring.batch(made, figures), path, problems)


def monitor(
    *sources: str | Path | Document,
    as_of: date,
    actuals: str | Path | Actuals | None = None,
    previous: Iterable[str | Path] = (),
    ruleset: str | Path | Ruleset = "national",
    year: int | None = None,
    waivers: bool = True,
    workers: int | None = 1,
) -> MonitorOutcome:
    """The 绩效运行监控 of every form at the day `as_of`: lights, forecasts, what contradicts itself or lacks a reason.

    `actuals`: the file that tells what was achieved; None takes the forms' own columns. `previous`: earlier results as
    JSON, or sheets named with their date. The rest as in `lint`. Raises ReadError for a file of actuals or of an
    earlier check that cannot be used.
    """
    from kpi import rules

    loaded = ruleset if isinstance(ruleset, rules.Ruleset) else rules.load(str(ruleset))
    named = [source.path if isinstance(source, Document) else str(source) for source in sources]
    reading = _read_sources(sources, year, workers)
    return watched(reading, loaded, actuals, as_of, previous, named=named, waivers=waivers)


def watched(
    reading: Reading, ruleset: Ruleset, actuals: str | Path | Actuals | None, as_of: date,
    previous: Iterable[str | Path] = (), *, named: Iterable[str] = (), select: Iterable[str] = ("MON",),
    ignore: Iterable[str] = (), waivers: bool = True,
) -> MonitorOutcome:  # fmt: skip
    """`monitor` over what was read. Files of actual values in a folder hold no targets, unless they are `named`."""
    from kpi import rules
    from kpi.progress.actuals import Actuals, of_documents, read_actuals
    from kpi.progress.previous import read_checks
    from kpi.reports.monitor_outcome import MonitorOutcome
    from kpi.rules.monitoring import watch

    before = [str(path) for path in previous]
    told = [str(actuals)] if isinstance(actuals, str | Path) else []
    reading = without(reading, [*told, *before], named)
    if actuals is None:
        actuals = of_documents(reading.documents, reading.documents[0].path if reading.documents else "")
    elif not isinstance(actuals, Actuals):
        actuals = read_actuals(actuals)
    checks = read_checks(before, as_of)
    found = watch(reading.documents, ruleset, actuals, as_of, earlier=checks)
    held = _waivers(reading.documents, ruleset) if waivers else ()
    result = rules.lint(
        reading.documents, ruleset, select=_names(select), ignore=_names(ignore), today=as_of, waivers=held,
        progress=found.by_table,
    )  # fmt: skip
    return MonitorOutcome(Outcome(reading, result, ruleset), found, actuals, as_of)


def evaluate(
    *sources: str | Path | Document,
    actuals: str | Path | None = None,
    ruleset: str | Path | Ruleset = "national",
    year: int | None = None,
    waivers: bool = True,
    workers: int | None = 1,
) -> EvaluateOutcome:
    """The self-evaluation of every form: points, total and grade recomputed, and what differs from what is stated.

    `actuals`: the self-evaluations, or a sheet of actual values, that belong to the target forms in `sources`; None
    where the sources are self-evaluations themselves. The rest as in `lint`. Raises ReadError for actuals that cannot
    be used.
    """
    from kpi import rules

    loaded = ruleset if isinstance(ruleset, rules.Ruleset) else rules.load(str(ruleset))
    path = None if actuals is None else str(actuals)
    return evaluated(_read_sources(sources, year, workers), loaded, path, year=year, waivers=waivers)


def evaluated(
    reading: Reading, ruleset: Ruleset, actuals: str | None, *,
    year: int | None = None, select: Iterable[str] = (), ignore: Iterable[str] = (), waivers: bool = True,
) -> EvaluateOutcome:  # fmt: skip
    """`evaluate` over what was read. `select`: codes of its own rules; () are all of them."""
    from kpi import rules
    from kpi.progress import assess
    from kpi.reports.evaluate_outcome import EvaluateOutcome
    from kpi.rules.evaluating import copies, evaluation_codes, schemes

    scheme_of = schemes(ruleset)
    if actuals is None or actuals in {document.path for document in reading.documents}:
        made = assess.of_own(reading.documents, scheme_of, copies=copies(reading.documents))
    else:
        made = assess.brought_together(reading.documents, actuals, scheme_of, year)
    documents = tuple(made.documents)
    chosen = _names(select) or evaluation_codes(ruleset)
    held = _waivers(documents, ruleset) if waivers else ()
    result = rules.lint(
        documents, ruleset, select=chosen, ignore=_names(ignore), waivers=held, progress=made.results
    )
    return EvaluateOutcome(Outcome(Reading(documents, reading.failures), result, ruleset), made)


def _waivers(documents: Iterable[Document], ruleset: Ruleset) -> tuple[Waiver, ...]:
    return beside.waivers_beside((document.path for document in documents), ruleset)


def compare(
    old: str | Path | Document, new: str | Path | Document, *,
    ruleset: str | Path | Ruleset = "national", year: int | None = None, workers: int | None = 1,
) -> CompareOutcome:  # fmt: skip
    """What changed from one submission, or year, to another: projects, indicators and targets, by interval algebra.

    `year` is used for forms that print none. Files that cannot be read are in the result's readings.
    """
    from kpi import rules

    loaded = ruleset if isinstance(ruleset, rules.Ruleset) else rules.load(str(ruleset))
    return compared(_read_sources([old], year, workers), _read_sources([new], year, workers), loaded)


def compared(old: Reading, new: Reading, ruleset: Ruleset) -> CompareOutcome:
    """`compare` over what was read. Raises RulesetError where the figures for comparing are wrong."""
    from kpi.progress.compare import compare as held_together
    from kpi.reports.compare_outcome import CompareOutcome
    from kpi.rules.evaluating import likeness

    return CompareOutcome(old, new, held_together(old.documents, new.documents, likeness(ruleset)))


def _read_sources(sources: Sequence[str | Path | Document], year: int | None, workers: int | None) -> Reading:
    for source in sources:
        if not isinstance(source, str | PathLike | Document):
            raise TypeError(f"a path or a Document, not {type(source).__name__}; several go one by one: lint(*paths)")
    files = collect([str(source) for source in sources if not isinstance(source, Document)])
    given = tuple(dated(source, year) for source in sources if isinstance(source, Document))
    read = read_files(files, year=year, workers=workers) if files else Reading(())
    return Reading(given + read.documents, read.failures)

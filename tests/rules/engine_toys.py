"""Small checks that the engine's own tests register for a while, and small rulesets and documents to run them on."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import Any

from kpi.model import Document, Entry, Indicator, Location, TargetTable
from kpi.rules.context import DocumentContext, EntryContext, FormContext, IndicatorContext, RunContext
from kpi.rules.finding import Evidence, Fix, Hit, NotApplicable
from kpi.rules.registry import Check, Params, Scope, WordList


class Words(Params):
    limit: Decimal = Decimal(3)
    words: WordList | None = None


class Needle(Params):
    needle: str


def contains(ctx: EntryContext, params: Needle) -> Iterator[Hit]:
    if params.needle in ctx.entry.text:
        yield Hit(facts={"found": params.needle}, case="twice" if ctx.entry.text.count(params.needle) > 1 else None,
                  fix=Fix(ctx.entry.text.replace(params.needle, "")))  # fmt: skip


def marks(ctx: EntryContext, params: Params) -> Iterator[Hit]:
    """A finding for every mark of the value, in order: ！ is of the case loud."""
    for mark in ctx.entry.text:
        yield Hit(case="loud" if mark == "！" else None)


def halves_differ(ctx: IndicatorContext, params: Params) -> Iterator[Hit | NotApplicable]:
    if len(ctx.entries) < 2:
        yield NotApplicable("表只有一侧")
    elif ctx.entries[0].entry.text != ctx.entries[1].entry.text:
        yield Hit()


def too_few(ctx: FormContext, params: Words) -> Iterator[Hit | NotApplicable]:
    if not ctx.table.indicators:
        yield NotApplicable("表中没有指标")
    elif len(ctx.table.indicators) < params.limit:
        yield Hit(facts={"count": str(len(ctx.table.indicators))})


def both_halves(ctx: FormContext, params: Params) -> Iterator[Hit]:
    for half in ("period", "annual"):
        yield Hit(facts={"what": "同样"}, half=half, level2="数量指标")
        yield Hit(facts={"what": half}, half=half, level2="质量指标")


def same_project(ctx: DocumentContext, params: Params) -> Iterator[Hit]:
    first = ctx.forms[0].table
    for other in ctx.forms[1:]:
        if other.table.project == first.project:
            yield Hit(table=other.table, evidence=(Evidence(first.project, first.location),))


def same_in_run(ctx: RunContext, params: Params) -> Iterator[Hit | NotApplicable]:
    first, *others = ctx.forms()
    if not others:
        yield NotApplicable("只有一张表")
    for other in others:
        if other.table.project == first.table.project:
            quote = Evidence(first.table.project, first.table.location, first.document.path)
            yield Hit(table=other.table, evidence=(quote,))


def raises(ctx: EntryContext, params: Needle) -> Iterator[Hit]:
    if params.needle in ctx.entry.text:
        raise ZeroDivisionError("division by zero in a place that no clerk knows")
    yield Hit()


def undeclared(ctx: EntryContext, params: Params) -> Iterator[Hit]:
    yield Hit(facts={"secret": "1"})


def _check(name: str, scope: Scope, function: Any, params: type[Params], facts: str = "", cases: str = "") -> Check:
    return Check(name, scope, function, params, frozenset(facts.split()), frozenset(cases.split()))


TOYS = [
    _check("toy-contains", "entry", contains, Needle, "found", "twice"),
    _check("toy-marks", "entry", marks, Params, cases="loud"),
    _check("toy-halves-differ", "indicator", halves_differ, Params),
    _check("toy-too-few", "form", too_few, Words, "count"),
    _check("toy-both-halves", "form", both_halves, Params, "what"),
    _check("toy-same-project", "document", same_project, Params),
    _check("toy-same-in-run", "run", same_in_run, Params),
    _check("toy-raises", "entry", raises, Needle),
    _check("toy-undeclared", "entry", undeclared, Params),
]


def rule(name: str, check: str, **more: Any) -> str:
    """One rule as YAML flow, everything a rule needs filled in."""
    import json

    data = {"name": name, "title": "试", "severity": "warning", "review_item": "明确清晰性", "check": check,
            "message": "说", **more}  # fmt: skip
    return json.dumps(data, ensure_ascii=False)


def write(folder: Path, text: str, name: str = "my.yaml") -> Path:
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def row(level2: str, name: str, period: str | None = None, annual: str | None = None, line: int = 1) -> Indicator:
    def entry(text: str | None, column: int) -> Entry | None:
        return None if text is None else Entry(text, name, Location(line=line, column=column))

    return Indicator("产出指标", level2, name, entry(period, 1), entry(annual, 2))


def table(*rows: Indicator, project: str = "云岭乡道路养护", year: int | None = 2026, **more: Any) -> TargetTable:
    places = {"project": Location(line=900)}
    return TargetTable(project=project, year=year, indicators=rows, locations=places, **more)


def file(*tables: TargetTable, path: str = "养护.txt") -> Document:
    return Document(path=path, reader="text", tables=tables)

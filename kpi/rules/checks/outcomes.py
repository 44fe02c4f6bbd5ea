"""PFL001: one outcome in two projects, name and figure the same."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kpi.model import EFFECT_LEVELS, Half, Indicator
from kpi.rules.checks.alike import ONE_FORM
from kpi.rules.checks.likeness import Alike, by_office, clusters, comparable
from kpi.rules.checks.rows import half_of
from kpi.rules.context import FormContext, RunContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.registry import WordList, check
from kpi.rules.text import core, pattern
from kpi.values import parse

_RELATIVE = ("ratio", "time", "score", "temperature")


class Outcome(NamedTuple):
    form: FormContext
    row: Indicator
    halves: tuple[Half, ...]
    text: str

    @property
    def quote(self) -> Evidence:
        text = f"{self.form.table.project}：{self.row.name} {self.text}"
        return Evidence(text, self.row.location, self.form.document.path)


class ClaimedTwice(Alike):
    """`jobs`: names of outcomes that stand among the outputs; `shared`: names of what several projects may have in
    common (the people whom they serve); `smallest`: a figure below it is one by chance; `short`: so is a short name."""

    jobs: WordList
    shared: WordList
    smallest: Decimal = Decimal(10)
    short: int = 4


@check("outcome-claimed-twice", scope="run", mutual=True, params=ClaimedTwice, facts="others row value count")
def outcome_claimed_twice(run: RunContext, params: ClaimedTwice) -> Iterator[Hit | NotApplicable]:
    """One finding an outcome, on the first row. The parts of a split project serve the same people and count as one."""
    if len(comparable(run)) < 2:
        yield ONE_FORM
        return
    part_of = {id(form): n for n, group in enumerate(clusters(run, params)) for form in group}
    found: dict[tuple[str, Decimal, str | None], list[Outcome]] = {}
    for form in comparable(run):
        for key, outcome in _outcomes(form, run, params).items():
            found.setdefault(key, []).append(outcome)
    for some in found.values():
        by_form = {id(outcome.form): outcome for outcome in some}
        for group in by_office(outcome.form for outcome in some) if len(some) > 1 else ():
            apart = {part_of.get(id(form), id(form)): by_form[id(form)] for form in reversed(group)}
            outcomes = list(reversed(apart.values()))
            if len(outcomes) > 1:
                yield _hit(outcomes)


def _hit(outcomes: list[Outcome]) -> Hit:
    first, rest = outcomes[0], outcomes[1:]
    names = "".join(f"“{one.form.table.project}”" for one in rest[:3])
    facts = {
        "others": names + (f"等{len(rest)}个项目" if len(rest) > 3 else ""), "row": first.row.name,
        "value": first.text, "count": str(len(outcomes)),
    }  # fmt: skip
    quotes = tuple(one.quote for one in outcomes)
    return Hit(
        facts, evidence=quotes, table=first.form.table, indicator=first.row, level2=first.row.level2,
        half=half_of(first.halves), value=first.text,
    )  # fmt: skip


def _outcomes(
    form: FormContext, run: RunContext, params: ClaimedTwice
) -> dict[tuple[str, Decimal, str | None], Outcome]:
    """The outcomes of a form that state an amount of something."""
    jobs, shared = pattern(run.words[params.jobs]), pattern(run.words[params.shared])
    found: dict[tuple[str, Decimal, str | None], Outcome] = {}
    for row in form.table.indicators:
        name = core(row.name)
        if row.level2 not in EFFECT_LEVELS and not (row.level2 == "数量指标" and jobs.search(name)):
            continue
        if len(name) < params.short or shared.search(name):
            continue
        for half, entry in row.entries():
            value = parse(entry.text)
            figure = value.figure
            if value.kind != "quantity" or figure is None or figure < params.smallest or not value.dimension:
                continue
            if value.dimension.split("/")[0] in _RELATIVE or "/" in value.dimension:
                continue
            key = (name, figure, value.unit)
            halves = (*found[key].halves, half) if key in found else (half,)
            found[key] = Outcome(form, row, tuple(dict.fromkeys(halves)), entry.text)
    return found

"""The small forms that a rule shows as its ✗ and ✓ examples, made into documents."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from kpi.model import (
    COST_LEVELS,
    EFFECT_LEVELS,
    HALVES,
    Budget,
    BudgetLine,
    Document,
    Entry,
    Execution,
    Funding,
    Half,
    Indicator,
    Location,
    Stated,
    Statement,
    TargetTable,
    Unread,
)
from kpi.rules.engine import lint
from kpi.rules.example_spec import BudgetSpec, ExampleSpec, FormSpec, HalvesSpec, MoneySpec, RowSpec, SourcesSpec
from kpi.rules.finding import Finding
from kpi.rules.ruleset import Ruleset

_LINES_A_FORM = 1000  # every form of an example has lines of its own


def run_example(ruleset: Ruleset, code: str, example: ExampleSpec) -> list[Finding]:
    """What the whole ruleset, silences included, finds of rule `code` in an example."""
    if example.with_:
        rule = ruleset.rules[code]
        changed = replace(rule, with_={**rule.with_, **example.with_})
        ruleset = replace(ruleset, rules={**ruleset.rules, code: changed})
    made = document(example)
    scope = ruleset.rules[code].scope
    if scope == "monitoring" and example.as_of is not None:
        from kpi.rules.monitored_example import monitored  # noqa: PLC0415 - few examples are monitored

        result = lint([made], ruleset, select=(code,), progress=monitored(made, example, ruleset))
        return [finding for finding in result.findings if finding.rule == code]
    if scope == "evaluation":
        from kpi.rules.evaluating import evaluated  # noqa: PLC0415 - few examples are self-evaluations

        declared = [_declared(form) for form in example.forms or (example,)]
        result = lint([made], ruleset, select=(code,), progress=evaluated(made, declared, ruleset))
        return [finding for finding in result.findings if finding.rule == code]
    return [finding for finding in lint([made], ruleset).findings if finding.rule == code]


def _declared(form: FormSpec) -> TargetTable | None:
    """The target form that a self-evaluation is held against; its rows are on lines of their own."""
    rows = tuple(_indicator(row, 600 + number) for number, row in enumerate(form.declared))
    return TargetTable(project=form.project, year=form.year, indicators=rows) if rows else None


def document(example: ExampleSpec) -> Document:
    """The example as a file that was read. Places are lines: 1 the project, 2 the funding, then a line a row."""
    forms = example.forms or (example,)
    tables = tuple(_table(form, index * _LINES_A_FORM) for index, form in enumerate(forms))
    project = tables[0].project
    unread = tuple(Unread(u.text, Location(line=900 + i), u.reason, project) for i, u in enumerate(example.unread))
    said = tuple(Statement(text, Location(line=800 + i)) for i, text in enumerate(example.narrative))
    budget = _budget(example.budget) if example.budget else None
    return Document("示例", "example", tables=tables, unread=unread, budget=budget, narrative=said)


def _budget(spec: BudgetSpec) -> Budget:
    """Places of budget lines: 700 on, functions behind the projects."""
    rows = [*spec.projects.items(), *spec.functions.items()]
    count = len(spec.projects)
    lines = tuple(
        _budget_line(name, amount, 700 + i, spec.projects_in if i < count else spec.functions_in)
        for i, (name, amount) in enumerate(rows)
    )
    return Budget(lines[:count], MappingProxyType(dict(spec.totals)), lines[count:])


def _budget_line(name: str, amount: Decimal | None, line: int, table: str) -> BudgetLine:
    code, blank, rest = name.partition(" ")
    coded = blank and code.isdecimal()
    return BudgetLine(rest if coded else name, amount, Location(line=line), code if coded else None, table)


def _table(form: FormSpec, start: int) -> TargetTable:
    rows = form.rows or ((form,) if form.level2 or form.name else ())
    funding = {half: _funding(form, half, Location(line=start + 2)) for half in HALVES}
    goals = form.goals if isinstance(form.goals, HalvesSpec) else HalvesSpec(annual=form.goals)
    return TargetTable(
        title=form.title, year=form.year, project=form.project, department=form.department, unit=form.unit,
        attribute=form.attribute, term=form.term, money_unit=form.money_unit, period_funding=funding["period"],
        annual_funding=funding["annual"], profile=form.profile, form=form.form,
        sections=MappingProxyType(dict(form.sections)), period_goal=goals.period,
        annual_goal=goals.annual, sign_off=MappingProxyType(dict(form.sign_off)),
        indicators=tuple(_indicator(row, start + 3 + number) for number, row in enumerate(rows)),
        locations=MappingProxyType(_places(form, start)), shares=MappingProxyType(dict(form.shares)),
        execution=Execution(**own.model_dump(), location=Location(line=start + 2)) if (own := form.execution) else None,
        stated=Stated(**said.model_dump(), location=Location(line=start + 300)) if (said := form.stated) else None,
    )  # fmt: skip


def _places(form: FormSpec, start: int) -> dict[str, Location]:
    """Places of the project, and behind the rows a line for each section and one for the goals."""
    places = {"project": Location(line=start + 1)}
    places |= {f"sections.{label}": Location(line=start + 400 + i) for i, label in enumerate(form.sections)}
    goals = {f"goals.{half}": Location(line=start + 500, column=1 + i) for i, half in enumerate(HALVES)}
    return places | (goals if form.goals is not None else {})


def _indicator(row: RowSpec, line: int) -> Indicator:
    annual = row.annual if row.value is None else row.value
    return Indicator(
        level1=row.level1 or _level1(row.level2), level2=row.level2, name=row.name,
        period=_entry(row.period, row.name, line, 1), annual=_entry(annual, row.name, line, 2),
        parent=row.parent, columns=MappingProxyType(dict(row.columns)), weight=row.weight, polarity=row.polarity,
        actual=_entry(row.actual, row.name, line, 3), score=row.score, reason=row.reason,
        expected_year_end=row.expected_year_end, outlook=row.outlook,
    )  # fmt: skip


def _entry(text: str | None, name: str, line: int, column: int) -> Entry | None:
    return None if text is None else Entry(text, name, Location(line=line, column=column))


def _level1(level2: str) -> str:
    if level2 in EFFECT_LEVELS:
        return "效益指标"
    if level2 in COST_LEVELS[1:]:
        return "成本指标"
    return "满意度指标" if level2 == "服务对象满意度" else "产出指标"


def _funding(form: FormSpec, half: Half, place: Location) -> Funding | None:
    """None where the example does not name the half; a blank total where it names it as null."""
    sources = _sources(form, half)
    if isinstance(form.funding, MoneySpec):
        named = half in form.funding.model_fields_set
        total: Decimal | None = getattr(form.funding, half)
    else:
        named, total = half == "annual" and "funding" in form.model_fields_set, form.funding
    if not named and sources is None:
        return None
    return Funding(total, MappingProxyType(dict(sources or {})), place, "" if total is None else format(total, "f"))


def _sources(form: FormSpec, half: Half) -> Mapping[str, Decimal | None] | None:
    if isinstance(form.sources, SourcesSpec):
        chosen: Mapping[str, Decimal | None] | None = getattr(form.sources, half)
        return chosen
    return form.sources if half == "annual" else None

"""What must be read of a form, from its description; what was read, without its places."""

from collections.abc import Mapping

from kpi.model import Document, Location, TargetTable
from tests.forms.layouts import Layout, turned
from tests.forms.spec import FormSpec, yuan

PLACES = ("locations", "cells", "explain")


def answer(layout: Layout, form: FormSpec) -> dict:
    """The reading that the layout must give of the form."""
    form = turned(form) if layout.name == "reversed_levels" else form
    halves = ("period", "annual") if layout.halves else ("annual",)
    money = {"annual": (form.total, form.sources), "period": (form.period_total, form.period_sources)}
    goals = {"annual": form.goal, "period": form.period_goal}
    every = {
        "department": form.department,
        "unit": form.unit,
        "year": form.year,
        "totals": {half: yuan(money[half][0]) for half in halves},
        "sources": {half: {name: yuan(amount) for name, amount in money[half][1]} for half in halves},
        "goals": {half: goals[half] for half in halves},
        "sections": {"项目概况": form.overview},
        "weights": [t.weight for t in form.targets],
        "actuals": [t.actual for t in form.targets],
        "scores": [t.score for t in form.targets],
        "reasons": [t.reason for t in form.targets],
        "outlooks": [t.outlook for t in form.targets],
        "forecasts": [t.expected for t in form.targets],
        "columns": [t.basis for t in form.targets],
    }
    return {
        "project": form.project,
        "form": layout.kind,
        "profile": form.tree,
        "rows": [[t.one, t.two, t.name, t.period if layout.halves else None, t.annual] for t in form.targets],
    } | {key: every[key] for key in layout.prints}


def reading(table: TargetTable) -> dict:
    """A form's content without its places."""
    funding = {half: found for half in ("period", "annual") if (found := table.funding(half))}
    rows = table.indicators
    return {
        "project": table.project,
        "department": table.department,
        "unit": table.unit,
        "attribute": table.attribute,
        "term": table.term,
        "year": table.year,
        "form": table.form,
        "profile": table.profile,
        "money_unit": table.money_unit,
        "sections": dict(table.sections),
        "sign_off": dict(table.sign_off),
        "goals": {h: table.goal(h) for h in ("period", "annual") if table.goal(h) is not None},
        "totals": {h: f.total for h, f in funding.items()},
        "sources": {h: dict(f.sources) for h, f in funding.items() if f.sources},
        "rows": [[i.level1, i.level2, i.name, i.period and i.period.text, i.annual and i.annual.text] for i in rows],
        "weights": [i.weight for i in rows],
        "actuals": [i.actual and i.actual.text for i in rows],
        "scores": [i.score for i in rows],
        "reasons": [i.reason for i in rows],
        "outlooks": [i.outlook for i in rows],
        "forecasts": [i.expected_year_end for i in rows],
        "columns": [i.columns.get("指标值设定依据") for i in rows],
    }


def differences(layout: Layout, forms: tuple[FormSpec, ...], document: Document) -> list:
    """Where the reading is not the description: (form, key, read, expected)."""
    if len(document.tables) != len(forms):
        return [("forms", len(document.tables), len(forms))]
    found = []
    for form, table in zip(forms, document.tables, strict=True):
        got, want = reading(table), answer(layout, form)
        found += [(form.project, key, got[key], want[key]) for key in want if got[key] != want[key]]
    return found


def extraction(document: Document) -> object:
    """All that was read of a document but the file and the places in it."""
    return [_placeless(document.tables), _placeless(document.unread)]


def _placeless(value: object) -> object:
    if isinstance(value, Location):
        return None
    if hasattr(value, "_fields"):
        return {name: _placeless(part) for name, part in value._asdict().items() if name not in PLACES}
    if isinstance(value, Mapping):
        return {k: _placeless(v) for k, v in value.items()}
    return [_placeless(v) for v in value] if isinstance(value, tuple) else value

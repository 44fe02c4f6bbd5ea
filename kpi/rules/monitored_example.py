"""Examples with a day (`as_of`): what was achieved is told by the rows themselves."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kpi.model import Document
from kpi.progress.actuals import ActualRow, Actuals, MoneyRow, columns_of, of_indicator
from kpi.progress.monitor import ProjectProgress
from kpi.progress.previous import Check
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.monitoring import watch
from kpi.rules.ruleset import Ruleset


def monitored(made: Document, example: ExampleSpec, ruleset: Ruleset) -> Mapping[int, ProjectProgress]:
    """The progress of the example's forms, by the identity of their tables."""
    as_of = example.as_of or date.today()
    watched = watch((made,), ruleset, _actuals(made, example), as_of, earlier=_earlier(made, example, as_of))
    return watched.by_table


def _actuals(made: Document, example: ExampleSpec) -> Actuals:
    rows = []
    for table, form in zip(made.tables, example.forms or (example,), strict=True):
        specs = form.rows or (form,)
        for indicator, spec in zip(table.indicators, specs, strict=False):
            row = of_indicator(indicator, table.project)
            rows.append(row._replace(nature=spec.nature, schedule=spec.schedule))
    money = () if example.spent is None else (MoneyRow(made.tables[0].project, "spent", f"{example.spent:f}元"),)
    return Actuals(made.path, tuple(rows), money, columns_of(made.tables))


def _earlier(made: Document, example: ExampleSpec, as_of: date) -> Sequence[Check]:
    rows = [
        ActualRow(table.project, indicator.level2, indicator.name, spec.earlier)
        for table, form in zip(made.tables, example.forms or (example,), strict=True)
        for indicator, spec in zip(table.indicators, form.rows or (form,), strict=False)
        if spec.earlier is not None
    ]
    return (Check(as_of - timedelta(days=30), Actuals(made.path, tuple(rows))),) if rows else ()

"""`kpi extract` as JSON: what was read, before any rule."""

from collections.abc import Mapping

from kpi.model import Budget, BudgetLine, Document, Entry, Execution, Funding, Indicator, Location, TargetTable, Unread
from kpi.reports import contract as c
from kpi.reports.numbers import plain_number
from kpi.reports.outcome import Failure, Reading
from kpi.reports.printed import as_printed

_SCHEMA = "kpi.extract/1"
_PLACE_KEYS = Location._fields


def render_json(reading: Reading, *, explain: bool = False) -> str:
    """With `explain` also why it was read so."""
    report = c.ExtractReport(schema=_SCHEMA, documents=_documents(reading, explain))
    return report.model_dump_json(by_alias=True, exclude_unset=True, indent=1) + "\n"


def render_jsonl(reading: Reading, *, explain: bool = False) -> str:
    """One document a line, the summary last."""
    lines: list[c.Part] = [*_documents(reading, explain)]
    lines.append(c.ExtractLast(schema=_SCHEMA, summary=_summary(reading)))
    return "".join(one.model_dump_json(by_alias=True, exclude_unset=True) + "\n" for one in lines)


def place(location: Location) -> c.Place:
    """Only the keys that this kind of file has."""
    known = {key: getattr(location, key) for key in _PLACE_KEYS if getattr(location, key) is not None}
    return c.Place(**known)


def unread_part(part: Unread) -> c.UnreadPart:
    return c.UnreadPart(
        text=part.text, location=place(part.location), reason=part.reason, project=part.project, level2=part.level2
    )


def _documents(reading: Reading, explain: bool) -> list[c.ExtractedDocument]:
    read = [_document(as_printed(document), explain) for document in reading.documents]
    return read + [_failure(failure, explain) for failure in reading.failures]


def _failure(failure: Failure, explain: bool) -> c.ExtractedDocument:
    return c.ExtractedDocument(
        path=failure.path, reader="", tables=[], encoding=None, unread=[], error=failure.message,
        **_why(failure.explain, explain),
    )  # fmt: skip


def _why(reasons: tuple[str, ...], explain: bool) -> dict[str, list[str]]:
    return {"explain": list(reasons)} if explain else {}


def _summary(reading: Reading) -> c.ExtractSummary:
    tables = [table for document in reading.documents for table in document.tables]
    return c.ExtractSummary(
        documents=len(reading.documents),
        tables=len(tables),
        indicators=sum(row.filled for table in tables for row in table.indicators),  # as kpi lint counts them
        unread=sum(len(document.unread) for document in reading.documents),
        could_not_read=sum(failure.blocks for failure in reading.failures),
    )


def _document(document: Document, explain: bool) -> c.ExtractedDocument:
    return c.ExtractedDocument(
        path=document.path,
        reader=document.reader,
        tables=[_form(table, explain) for table in document.tables],
        budget=None if document.budget is None else _budget(document.budget),
        narrative=[c.Sentence(text=one.text, location=place(one.location)) for one in document.narrative],
        encoding=document.encoding,
        unread=[unread_part(part) for part in document.unread],
        **({"readings": True} if document.printed else {}),
        **_why(document.explain, explain),
    )


def _budget(budget: Budget) -> c.BudgetTables:
    return c.BudgetTables(
        projects=[_budget_row(line) for line in budget.projects],
        totals={name: plain_number(amount) for name, amount in budget.totals.items()},
        functions=[_budget_row(line) for line in budget.functions],
    )


def _budget_row(line: BudgetLine) -> c.BudgetRow:
    amount = None if line.amount is None else plain_number(line.amount)
    return c.BudgetRow(name=line.name, amount=amount, location=place(line.location), code=line.code)


def _form(table: TargetTable, explain: bool) -> c.Form:
    return c.Form(
        title=table.title,
        year=table.year,
        project=table.project,
        department=table.department,
        unit=table.unit,
        attribute=table.attribute,
        term=table.term,
        money_unit=table.money_unit,
        funding=c.Funding(period=_money(table.period_funding), annual=_money(table.annual_funding)),
        profile=table.profile,
        form=table.form,
        sections=dict(table.sections),
        goals=c.Goals(period=table.period_goal, annual=table.annual_goal),
        sign_off=dict(table.sign_off),
        locations=_places(table.locations),
        cut=table.cut,
        torn=table.torn,
        **({"shares": dict(table.shares)} if table.shares else {}),
        **({"begun": True} if table.begun else {}),
        **_results(table),
        indicators=[_indicator(indicator) for indicator in table.indicators],
        **_why(table.explain, explain),
    )


def _results(table: TargetTable) -> dict[str, c.Part]:
    """The execution row and the totals of a form that has them."""
    made: dict[str, c.Part] = {}
    if row := table.execution:
        made["execution"] = c.ExecutionRow(
            **_amounts(row), rate=row.rate, points=row.points, score=row.score, location=place(row.location),
            places=_places(row.places),
        )  # fmt: skip
    if said := table.stated:
        made["stated"] = c.StatedTotals(
            full=said.full, score=said.score, grade=said.grade, location=place(said.location), reason=said.reason,
            full_location=place(said.full_location), grade_location=place(said.grade_location),
        )  # fmt: skip
    return made


def _amounts(row: Execution) -> dict[str, str | None]:
    found = {"budget": row.budget, "adjusted": row.adjusted, "spent": row.spent, "forecast": row.forecast}
    return {key: None if amount is None else plain_number(amount) for key, amount in found.items()}


def _money(funding: Funding | None) -> c.Money | None:
    if funding is None:
        return None
    sources = {name: None if amount is None else plain_number(amount) for name, amount in funding.sources.items()}
    total = None if funding.total is None else plain_number(funding.total)
    return c.Money(total=total, sources=sources, text=funding.text, location=place(funding.location))


def _indicator(indicator: Indicator) -> c.IndicatorRow:
    return c.IndicatorRow(
        level1=indicator.level1,
        level2=indicator.level2,
        name=indicator.name,
        period=_cell(indicator.period),
        annual=_cell(indicator.annual),
        parent=indicator.parent,
        columns=dict(indicator.columns),
        weight=indicator.weight,
        polarity=indicator.polarity,
        actual=_cell(indicator.actual),
        score=indicator.score,
        reason=indicator.reason,
        expected_year_end=indicator.expected_year_end,
        outlook=indicator.outlook,
    )


def _cell(entry: Entry | None) -> c.Cell | None:
    if entry is None:
        return None
    return c.Cell(text=entry.text, name=entry.name, location=place(entry.location), cells=_places(entry.cells))


def _places(locations: Mapping[str, Location]) -> dict[str, c.Place]:
    return {key: place(location) for key, location in locations.items()}

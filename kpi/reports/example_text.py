"""An example of a rule (a small form) in one line: "质量指标 · 合格率 · “>100%”"."""

from collections.abc import Iterator
from decimal import Decimal

from kpi.reports.numbers import yuan
from kpi.rules.example_spec import ExampleSpec, FormSpec, MoneySpec, RowSpec


def example(spec: ExampleSpec) -> str:
    """What the example says, without what it leaves open."""
    forms = [_form(form) for form in spec.forms] or [_form(spec)]
    parts = [*forms, *(f"没有读懂：“{part.text}”" for part in spec.unread), *_checked(spec)]
    text = " ‖ ".join(filter(None, parts)) or "空表"
    return f"{text}（{spec.note}）" if spec.note else text


def _checked(spec: ExampleSpec) -> Iterator[str]:
    """A check at mid-year: until when, and the money spent by then."""
    if spec.as_of is not None:
        spent = f"，已支出 {yuan(spec.spent)}" if spec.spent is not None else ""
        yield f"截至 {spec.as_of.isoformat()}{spent}"


def _form(form: FormSpec) -> str:
    return "；".join(filter(None, (*_rows(form), *_around(form))))


def _rows(form: FormSpec) -> Iterator[str]:
    rows = form.rows if form.rows else (form,) if form.level2 or form.name or form.value else ()
    for row in rows:
        yield _row(row)


def _row(row: RowSpec) -> str:
    told = [row.level2, row.name, *_values(row)]
    if row.weight is not None:
        told.append(f"权重 {row.weight or '空'}")
    achieved = (
        ("上次", row.earlier), ("完成", row.actual), ("全年预计", row.expected_year_end), ("可能性", row.outlook),
        ("偏差原因", row.reason), ("进度安排", row.schedule),
    )  # fmt: skip
    told += [f"{word} {text or '空'}" for word, text in achieved if text is not None]
    return " · ".join(part for part in told if part)


def _values(row: RowSpec) -> Iterator[str]:
    if row.value is not None:
        yield f"“{row.value}”"
    if row.period is not None:
        yield f"实施期“{row.period}”"
    if row.annual is not None:
        yield f"年度“{row.annual}”"


def _around(form: FormSpec) -> Iterator[str]:
    if form.funding is not None:
        yield f"资金 {_funding(form.funding)}"
    for name, text in form.sections.items():
        yield f"{name}“{text}”"
    if isinstance(form.goals, str):
        yield f"目标“{form.goals}”"
    if form.year is not None:
        yield f"{form.year} 年"
    if form.term is not None:
        yield f"期限“{form.term}”"


def _funding(funding: Decimal | MoneySpec) -> str:
    if isinstance(funding, MoneySpec):
        told = (("实施期", funding.period), ("年度", funding.annual))
        return "，".join(f"{word} {'未填' if amount is None else yuan(amount)}" for word, amount in told)
    return yuan(funding)

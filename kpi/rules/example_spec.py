"""The keys of a rule's ✗ and ✓ examples. Checking documents needs none of them, so they are loaded where looked at."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from kpi.model import FormKind
from kpi.rules.located import Steps
from kpi.rules.spec import Spec, Text

Money = Decimal | None


class HalvesSpec(Spec):
    """A text of each half; a half that is not named is not there."""

    period: Text | None = None
    annual: Text | None = None


class MoneySpec(Spec):
    """元 of each half; null: the form has the field and left it blank."""

    period: Money = None
    annual: Money = None


class SourcesSpec(Spec):
    period: dict[str, Money] | None = None
    annual: dict[str, Money] | None = None


class RowSpec(Spec):
    level1: str | None = None
    level2: str = ""
    name: Text = ""
    value: Text | None = None
    period: Text | None = None
    annual: Text | None = None
    weight: Text | None = None
    polarity: str | None = None
    parent: str | None = None
    columns: dict[str, Text] = Field(default={})
    actual: Text | None = None
    score: Text | None = None
    reason: Text | None = None
    expected_year_end: Text | None = None
    outlook: Text | None = None
    nature: Text | None = None  # with `as_of`: columns of the actuals that no form has
    schedule: Text | None = None
    earlier: Text | None = None  # the actual value of an earlier check


class UnreadSpec(Spec):
    text: str
    reason: str


class ExecutionSpec(Spec):
    """The execution row of a self-evaluation: 元, and texts as printed."""

    budget: Money = None
    adjusted: Money = None
    spent: Money = None
    rate: Text | None = None
    points: Text | None = None
    score: Text | None = None


class StatedSpec(Spec):
    """The totals that a self-evaluation prints."""

    full: Text | None = None
    score: Text | None = None
    grade: Text | None = None


class FormSpec(RowSpec):
    """A small form: one row (the keys of a row) or `rows`, with what the form says around them."""

    rows: tuple[RowSpec, ...] = ()
    title: str = ""
    project: Text = "示例项目"
    department: Text | None = None
    unit: Text | None = None
    attribute: Text | None = None
    funding: Decimal | MoneySpec | None = None
    sources: SourcesSpec | dict[str, Money] | None = None
    sections: dict[str, Text] = Field(default={})
    goals: Text | HalvesSpec | None = None
    sign_off: dict[str, Text] = Field(default={})
    profile: str = "national"
    form: FormKind = "target"
    year: int | None = None
    term: Text | None = None
    money_unit: str = "元"
    shares: dict[str, Text] = Field(default={})  # the points printed beside the first levels
    execution: ExecutionSpec | None = None
    stated: StatedSpec | None = None
    declared: tuple[RowSpec, ...] = ()  # the rows of the target form that a self-evaluation is held against

    def levels(self) -> Iterator[tuple[Steps, str]]:
        """The second levels that its rows name, and where each is written."""
        if self.level2:
            yield ("level2",), self.level2
        for key, rows in (("rows", self.rows), ("declared", self.declared)):
            yield from (((key, index, "level2"), row.level2) for index, row in enumerate(rows) if row.level2)


class BudgetSpec(Spec):
    """The budget tables of an example's file: amounts in 元 by the name of the project or function (with its code:
    "213 农林水支出"), totals by title. `projects_in`, `functions_in`: the titles of the tables that hold the rows."""

    projects: dict[str, Money] = Field(default={})
    functions: dict[str, Money] = Field(default={})
    totals: dict[str, Decimal] = Field(default={})
    projects_in: str = ""
    functions_in: str = ""


class ExampleSpec(FormSpec):
    """One form, or several `forms` of one file. `with`: parameters of the rule that this example runs with. `as_of`: it
    is monitored at that day, by the `actual` of its rows and the money `spent` in 元."""

    with_: dict[str, Any] = Field(default={}, alias="with")

    forms: tuple[FormSpec, ...] = ()
    unread: tuple[UnreadSpec, ...] = ()
    budget: BudgetSpec | None = None
    narrative: tuple[Text, ...] = ()
    note: str = ""
    as_of: date | None = None
    spent: Money = None

    def levels(self) -> Iterator[tuple[Steps, str]]:
        yield from FormSpec.levels(self)
        for index, form in enumerate(self.forms):
            yield from ((("forms", index, *steps), level) for steps, level in form.levels())


class ExamplesSpec(Spec):
    bad: tuple[ExampleSpec, ...] = ()
    good: tuple[ExampleSpec, ...] = ()


class Holder(Spec):
    """A rule's examples under their key, so that a message names it."""

    examples: ExamplesSpec

"""The keys of the ruleset files, one pydantic model a block. What is not here stops the load."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from kpi.model import FormKind
from kpi.rules.finding import Confidence, Severity
from kpi.values.value import Kind

Status = Literal["stable", "trial", "unmeasured"]
ReviewItem = Literal[
    "规范完整性", "明确清晰性", "目标相关性", "指标科学性", "绩效合理性", "资金匹配性", "实现可能性", "条件充分性",
    "不计分",
]  # fmt: skip
CODE = r"^[A-Z]{3}[0-9]{3}$"
Code = Annotated[str, Field(pattern=CODE)]
At = Literal["row", "level", "form", "place", "document"]


def is_code(text: str) -> bool:
    return re.match(CODE, text) is not None


def _as_text(value: object) -> object:
    """Figures and blanks of a YAML example are texts of a cell."""
    if isinstance(value, bool):
        return value
    return "" if value is None else str(value) if isinstance(value, int | Decimal) else value


Text = Annotated[str, BeforeValidator(_as_text, json_schema_input_type=str | int | float | None)]


class Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WhereSpec(Spec):
    levels: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    forms: tuple[FormKind, ...] = ()


class CaseSpec(Spec):
    severity: Severity | None = None
    confidence: Confidence | None = None
    message: str | None = None
    expected: str | None = None
    suggestion: str | None = None


class RuleSpec(Spec):
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: str
    severity: Severity
    confidence: Confidence = "medium"
    status: Status = "unmeasured"  # what an office has written nobody has held against labelled forms
    review_item: ReviewItem
    where: WhereSpec = WhereSpec()
    check: str
    with_: dict[str, Any] = Field(default={}, alias="with")
    message: str
    expected: str = ""
    suggestion: str = ""
    cases: dict[str, CaseSpec] = {}
    basis: tuple[str, ...] = ()
    in_force_from: date | None = None
    in_force_to: date | None = None
    rationale: str = ""
    false_positives: tuple[str, ...] = ()
    unlabelled: bool = False
    examples: Any = {}  # an ExamplesSpec, made where somebody looks at it


class BasisSpec(Spec):
    title: str
    number: str | None
    articles: dict[str, str] = {}
    issued: date | None = None
    in_force_from: date
    in_force_to: date | None = None
    verified: bool


class SilenceSpec(Spec):
    order: Annotated[tuple[Code | tuple[Code, ...], ...], Field(min_length=2)]
    at: At
    halves: Literal["same", "any"] | None = None


class FigureSpec(Spec):
    value: Any
    source: str
    verified: bool


class ProfileSpec(Spec):
    title: str | None = None
    figures: dict[str, FigureSpec] = {}


class WordChange(Spec):
    add: tuple[Text, ...] = ()
    remove: tuple[Text, ...] = ()


def _list_or_change(value: object) -> str:
    return "dict[]" if isinstance(value, dict | WordChange) else "tuple[]"


# Judged as what it looks like, so that one mistake gives one message, which leaves out steps with such names.
Words = Annotated[
    Annotated[tuple[Text, ...], Tag("tuple[]")] | Annotated[WordChange, Tag("dict[]")], Discriminator(_list_or_change)
]


class IncludeSpec(Spec):
    """Files (patterns, relative to the ruleset) whose content counts as written here, `without` some of them."""

    rules: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    silences: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class RulesetSpec(Spec):
    name: str | None = None
    title: str = ""
    version: Text = ""
    dated: date | None = Field(default=None, alias="date")
    extends: str | None = None
    include: IncludeSpec = IncludeSpec()
    profile: str | None = None
    off: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    mandatory: tuple[str, ...] = ()
    severity: dict[str, Severity] = {}
    params: dict[str, dict[str, Any]] = {}
    words: dict[str, Words] = {}
    profiles: dict[str, ProfileSpec] = {}
    bases: dict[str, Any] = {}  # BasisSpec, RuleSpec: each is checked on its own, for messages that name it
    silences: tuple[Any, ...] = ()
    rules: dict[str, Any] = {}

"""The figures of a profile that a review goes by, held against what they may be."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kpi.rules.contexts import DEFAULT_PROFILE
from kpi.rules.located import Located, RulesetError
from kpi.rules.ruleset import Ruleset
from kpi.rules.spec import ReviewItem
from kpi.scoring.result import JudgedBy

_FULL = Decimal(100)
_FIGURES: Mapping[str, str] = {  # field → figure
    "items": "review_items", "points": "review_points", "questions": "review_questions",
    "evidence": "review_evidence", "deductions": "review_deductions", "grades": "grades",
    "consequences": "review_consequences", "batch": "review_batch",
}  # fmt: skip
Share = Annotated[Decimal, Field(ge=0, le=100)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemFigures(_Part):
    """One item of the table. `open`: the machine cannot give its points in full (unless said: not a machine's item)."""

    dimension: str
    item: ReviewItem
    points: Annotated[Decimal, Field(gt=0, le=100, decimal_places=2)]
    judged_by: JudgedBy
    open: bool | None = None

    @property
    def is_open(self) -> bool:
        return self.judged_by != "machine" if self.open is None else self.open


class Sources(_Part):
    """Where a form speaks about an item: words of section labels, goals, money, term, second levels."""

    sections: tuple[str, ...] = ()
    goals: bool = False
    funding: bool = False
    term: bool = False
    levels: tuple[str, ...] = ()


class Deductions(_Part):
    """Per cent of the item's points by severity; how often one rule counts; per cent that an item may lose."""

    error: Share
    warning: Share
    info: Share
    times_per_rule: Annotated[int, Field(ge=1)]
    most_per_item: Share = _FULL

    def share(self, severity: Literal["error", "warning", "info"]) -> Decimal:
        return {"error": self.error, "warning": self.warning, "info": self.info}[severity]


class BatchFigures(_Part):
    least: Annotated[int, Field(ge=2)]
    spread: Annotated[Decimal, Field(gt=0)]
    frequent: Annotated[int, Field(ge=1)]


class Scheme(_Part):
    """How a form of one profile is reviewed."""

    items: Annotated[tuple[ItemFigures, ...], Field(min_length=1)]
    points: dict[str, str] = {}
    questions: dict[str, tuple[str, ...]] = {}
    evidence: dict[str, Sources] = {}
    deductions: Deductions
    grades: dict[str, Annotated[Decimal, Field(ge=0, le=100)]]
    consequences: dict[str, str]
    batch: BatchFigures

    @model_validator(mode="after")
    def _together(self) -> Self:
        names = [item.item for item in self.items]
        if len(set(names)) != len(names):
            raise ValueError("同一项列了两次")
        if sum(item.points for item in self.items) != _FULL:
            raise ValueError(f"各项分值合计应是 100，现在是 {sum(item.points for item in self.items)}")
        if 0 not in self.grades.values():
            raise ValueError("grades 里最低的一等应从 0 分起")
        if missing := [grade for grade in self.grades if grade not in self.consequences]:
            raise ValueError(f"review_consequences 里缺等次“{'、'.join(missing)}”")
        return self

    @property
    def ladder(self) -> tuple[tuple[str, Decimal], ...]:
        """Grades with their lowest points, the best first."""
        return tuple(sorted(self.grades.items(), key=lambda one: -one[1]))


def scheme(ruleset: Ruleset, profile: str) -> Scheme:
    """The scheme of a profile; what it does not say is the national one's. Raises RulesetError."""
    data = ruleset.profile_data
    said: dict[str, Any] = {}
    for key, figure in _FIGURES.items():
        for name in (profile, DEFAULT_PROFILE):
            if figure in data.get(name, {}):
                said[key] = data[name][figure]
                break
        else:
            text = f"没有审核表要用的数字 {figure}；请以 national 为底（extends: national），或者自己写上。"
            raise RulesetError([Located(ruleset.name, None, text)])
    try:
        return Scheme.model_validate(said)
    except ValidationError as error:
        raise RulesetError([Located(ruleset.name, None, _sentence(profile, one)) for one in error.errors()]) from error


def _sentence(profile: str, error: Any) -> str:  # pydantic's own dictionary  # noqa: ANN401
    head, *rest = error["loc"] or ("items",)
    at = "".join(f" → {step + 1 if isinstance(step, int) else step}" for step in rest)
    why = str(error["msg"]).removeprefix("Value error, ")
    return f"指标体系 {profile} 的 {_FIGURES.get(str(head), head)}{at} 写法不对：{why}。"

"""What the head of a form says, while it is being read."""

from dataclasses import dataclass, field
from decimal import Decimal

from kpi.model import Funding, Half, Location


@dataclass(slots=True, eq=False)
class Amounts:
    """The money of one half while it is read."""

    total: Decimal | None = None
    text: str = ""
    location: Location = field(default_factory=Location)
    sources: dict[str, Decimal | None] = field(default_factory=dict)
    unit: str | None = None  # that a label names; None where nothing says what the figure counts
    words: str = ""  # what stands in place of the amount: 均为财政拨款, 见附件
    of_half: bool = False  # whether its label says which half it is (年度资金总额, not 项目总预算)
    own: bool = False  # whether its label says that it is the office's own money (年度本级预算金额)

    def frozen(self) -> Funding:
        return Funding(self.total, dict(self.sources), self.location, self.text or self.words)


@dataclass(slots=True, eq=False)
class Head:
    """What has been read of the head so far."""

    fields: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    sign_off: dict[str, str] = field(default_factory=dict)
    goals: dict[Half, str] = field(default_factory=dict)
    funding: dict[Half, Amounts] = field(default_factory=dict)
    sources: dict[str, list[tuple[str, str | None]]] = field(default_factory=dict)  # as printed, and the unit
    locations: dict[str, Location] = field(default_factory=dict)
    money_unit: str | None = None
    year: int | None = None
    counted: bool = False  # whether its labels count goals of one half: 年度目标1, 年度目标2

    @property
    def two_goals(self) -> bool:
        return len(self.goals) == 2

    def halves(self) -> tuple[Half, ...]:
        """The halves that the money shows, in printed order."""
        return tuple(self.funding)


def named_only(head: Head) -> Head:
    """The project and the year, where the rest of the head is in disorder."""
    said = {key: text for key, text in head.fields.items() if key == "project" and text}
    places = {key: place for key, place in head.locations.items() if key in said}
    return Head(money_unit=head.money_unit, year=head.year, fields=said, locations=places)

"""Parent rows: "★补助面积" with its kinds below it, "总面积" with "其中:新造面积"."""

from collections.abc import Sequence

from kpi.model import Indicator

_PART = ("其中", "（其中", "(其中")


def with_parents(indicators: Sequence[Indicator]) -> list[Indicator]:
    """The indicators with the name of the row that each is a part of."""
    made: list[Indicator] = []
    total: Indicator | None = None  # the row that 其中 refers to
    star: Indicator | None = None  # a starred row that states nothing itself
    for one in indicators:
        part = one.name.lstrip("★☆* ").startswith(_PART)
        starred = one.name.lstrip().startswith("★")
        if total and one.level2 != total.level2:
            total = star = None
        over = total if part else star if not starred else None
        if over and one.parent is None and one.name:
            made.append(one._replace(parent=over.name))
        else:
            made.append(one)
        if not part:
            total = one if over is None else total
            star = _heading(one) if starred else star
    return made


def _heading(one: Indicator) -> Indicator | None:
    """A starred row without a value of its own heads the rows below it."""
    return one if not one.valued else None

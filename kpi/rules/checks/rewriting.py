"""A value as it should be written: in canonical notation, with the sign that is most likely meant."""

from decimal import Decimal

from kpi.model import COST_LEVELS
from kpi.rules.context import EntryContext
from kpi.rules.text import number
from kpi.values import Bound, Value, render
from kpi.values.notation import SIGNS
from kpi.values.value import Comparator


def rewritten(value: Value, comparator: Comparator, figure: Decimal | None = None) -> str:
    """The value in canonical notation with another sign (and figure), magnitude and unit kept."""
    figure = value.figure if figure is None else figure
    assert figure is not None
    if value.unit_text == "‰":  # <3‰ stays in ‰, though its reading is in per cent
        return f"{SIGNS[comparator]}{number(figure * 10)}‰"
    bound = Bound(figure, comparator not in (">", "<"))
    lower = bound if comparator in (">=", ">", "=") else None
    upper = bound if comparator in ("<=", "<", "=") else None
    return render(value._replace(comparator=comparator, lower=lower, upper=upper, approximate=False))


def fitting_sign(ctx: EntryContext) -> Comparator:
    """The sign a bare figure most likely means: a cap for costs and reverse names, else a floor."""
    if ctx.asks.polarity == "reverse" or (ctx.indicator.level2 in COST_LEVELS and ctx.asks.polarity is None):
        return "<="
    return ">="

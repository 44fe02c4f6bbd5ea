"""A value as it should be written: in canonical notation, with the sign that is most likely meant."""

from decimal import Decimal

from kpi.lazyre import HAN, later
from kpi.model import COST_LEVELS
from kpi.rules.context import EntryContext
from kpi.rules.text import number
from kpi.values import Bound, Value, render
from kpi.values.normal import MARKS, squeezed
from kpi.values.notation import SIGNS
from kpi.values.value import Comparator

#: 图斑总数的|30%: what it is a share of
_SHARE_OF = later(rf"[{MARKS}约近]?为?(?P<whole>(?![不超达至大小高低]){HAN}{{2,12}}的)(?=\d)")


def rewritten(value: Value, comparator: Comparator, figure: Decimal | None = None) -> str:
    """The value in canonical notation with another sign (and figure); magnitude, unit and whole of a share stay."""
    figure = value.figure if figure is None else figure
    assert figure is not None
    if value.unit_text == "‰":  # <3‰ stays in ‰, though its reading is in per cent
        return f"{SIGNS[comparator]}{number(figure * 10)}‰"
    bound = Bound(figure, comparator not in (">", "<"))
    lower = bound if comparator in (">=", ">", "=") else None
    upper = bound if comparator in ("<=", "<", "=") else None
    share = _SHARE_OF.match(squeezed(value.text)) if value.dimension == "ratio" else None
    better = render(value._replace(comparator=comparator, lower=lower, upper=upper, approximate=False))
    return better.replace(SIGNS[comparator], f"{SIGNS[comparator]}{share['whole']}", 1) if share else better


def fitting_sign(ctx: EntryContext) -> Comparator:
    """The sign a bare figure most likely means: a cap for costs and reverse names, else a floor."""
    if ctx.asks.polarity == "reverse" or (ctx.indicator.level2 in COST_LEVELS and ctx.asks.polarity is None):
        return "<="
    return ">="

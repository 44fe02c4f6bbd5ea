"""A value as it should be written: in canonical notation, with the sign that is most likely meant."""

from decimal import Decimal

from kpi.lazyre import HAN, later
from kpi.model import COST_LEVELS
from kpi.names.direction import bad_within
from kpi.names.table import table as names
from kpi.rules.bare import bare
from kpi.rules.context import EntryContext
from kpi.rules.text import number
from kpi.values import Bound, Value, render
from kpi.values.normal import MARKS, squeezed
from kpi.values.notation import SIGNS
from kpi.values.respelling import apart
from kpi.values.value import Comparator

#: 图斑总数的|30%: what it is a share of
_SHARE_OF = later(rf"[{MARKS}约近]?为?(?P<whole>(?![不超达至大小高低]){HAN}{{2,12}}的)(?=\d)")

_BRACKETS = later("[()（）]")
_DONE = later(r"(?:按[时期质]|及时|全部|全年|每年|年内|共|累计|平均|计划)*(?:完成|实现|达到?|为|是|计|新增|保持在?)?")


def rewritten(value: Value, comparator: Comparator, figure: Decimal | None = None) -> str:
    """The value in canonical notation with another sign (and figure); magnitude, unit, whole of a share, and the words
    around it stay."""
    figure = value.figure if figure is None else figure
    assert figure is not None
    before, after = apart(value)
    sign = SIGNS[comparator]
    if value.unit_text == "‰":  # <3‰ stays in ‰, though its reading is in per cent
        better = f"{sign}{number(figure * 10)}‰"
    else:
        bound = Bound(figure, comparator not in (">", "<"))
        lower = bound if comparator in (">=", ">", "=") else None
        upper = bound if comparator in ("<=", "<", "=") else None
        better = render(value._replace(comparator=comparator, lower=lower, upper=upper, approximate=False))
        if value.unit and value.unit_text and _BRACKETS.sub("", value.unit_text) == value.unit:
            better = better.replace(value.unit, value.unit_text)  # 台（套）
    if value.dimension == "ratio" and (share := _SHARE_OF.match(squeezed(value.text))):
        return better.replace(sign, f"{sign}{share['whole']}", 1) + after
    return ("" if _DONE.fullmatch(before) else before) + better + after


def may_be_either(ctx: EntryContext) -> bool:
    """缺勤次数, 隐患数量: something bad is counted, as what is to be little or as the work that it makes."""
    return ctx.asks.polarity is None and bad_within(bare(ctx.indicator.name))


def fitting_sign(ctx: EntryContext) -> Comparator:
    """The sign a bare figure most likely means: a cap for costs and reverse names, else a floor; of what is saved
    (节约资金) a floor, too."""
    capped = ctx.indicator.level2 in COST_LEVELS and not names().words["falls"].beginning(bare(ctx.indicator.name))
    return "<=" if ctx.asks.polarity == "reverse" or (capped and ctx.asks.polarity is None) else ">="

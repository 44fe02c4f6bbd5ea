"""What a row says: the clauses of its name, whether that asks for a figure, whether words are all that answers it."""

import re

from kpi.lazyre import later
from kpi.names.clean import clean
from kpi.rules.checks.rows import PROSE
from kpi.rules.context import IndicatorContext

#: how often something is done
TURNS = "[每按逐](?:日|天|周|旬|月|季度?|半年|年|学期)"
#: 按照收费标准支付训练费, 对脑瘫儿童及时安排训练课时: a sentence, whatever its last word asks for by itself
_SENTENCE = later(
    "(?:按照|依照|根据|对|为|给).{3,}(?:支付|安排|发放|给予|予以|提供|采购|配备)(?!到位|完成|及时|准确).{2,6}"
    "(?<!率)(?<!数)(?<!量)(?<!比例)(?<!金额)(?<!时间)(?<!标准)(?<!面积)(?<!成本)(?<!费用)(?<!度)"
)
_CLAUSES = re.compile(r"[，,；;。]+")


def is_sentence(name: str) -> bool:
    """Whether a name says what is done for whom or by what, and is no measure though its last word may be one."""
    return _SENTENCE.fullmatch(name) is not None


def is_shared_sentence(name: str, ctx: IndicatorContext) -> bool:
    """A sentence of which the row asks for a share."""
    return is_sentence(name) and all(entry.value.dimension == "ratio" for entry in ctx.entries)


def prose_only(ctx: IndicatorContext) -> bool:
    """Whether no half of the row states a figure or a date."""
    return all(entry.value.kind in PROSE and not any(map(str.isdigit, entry.entry.text)) for entry in ctx.entries)


def clauses(ctx: IndicatorContext) -> list[str]:
    """The clauses of a name, at least one."""
    return [part for part in _CLAUSES.split(clean(ctx.indicator.name).core) if part.strip()] or [""]


def asks_figure(ctx: IndicatorContext) -> bool:
    """Whether the name asks for a figure of any kind."""
    return ctx.asks.asks is not None


def filled(ctx: IndicatorContext) -> bool:
    """Whether a half of the row has a value."""
    return any(entry.value.kind != "empty" for entry in ctx.entries)

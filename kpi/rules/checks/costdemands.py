"""Names of costs that say what is wanted of them, or what the money is spent on: 控制在预算内, 组织培训."""

from kpi.lazyre import later
from kpi.model import MONEY_LEVELS
from kpi.rules.bare import ending, opening
from kpi.rules.checks.rowwords import asks_figure
from kpi.rules.checks.worklists import Work
from kpi.rules.context import IndicatorContext

_HELD = later("(?:严格|严控|合理|有效)*控制.{2,}(?:成本|费用|支出|开支|经费)$")
_BY_MEANS = later("通过.{2,12}(?:方式|形式|办法|途径|渠道|平台)?(?:购置|采购|购买|确定|选定|选择|支付|发放).{2,}")


def demand(name: str, ctx: IndicatorContext, params: Work) -> str:
    """控制在预算内, or 组织培训 without its money: what is wanted of the costs, not which costs."""
    words = ctx.form.words
    if ctx.indicator.level2 not in MONEY_LEVELS:
        return ""
    wanted = opening(words[params.adverbs], words[params.demands], name)
    if wanted:
        return wanted.verb
    if deed := ending(words[params.spent_on], name):  # 采风活动开展 | ≥6万元
        return deed
    if _BY_MEANS.match(name):
        return "通过…"
    if asks_figure(ctx) or any((entry.value.dimension or "").startswith("money") for entry in ctx.entries):
        return ""
    doing = opening(words[params.adverbs], words[params.openers], name)
    return doing.verb if doing and len(name) - doing.end > 1 else ""


def held_down(name: str, ctx: IndicatorContext) -> bool:
    """严格控制维修成本 | 不超预算: what is wanted of the costs, though it ends as they do, and no figure of them."""
    told = any(c.isdigit() for entry in ctx.entries for c in entry.entry.text)
    return ctx.indicator.level2 in MONEY_LEVELS and not told and _HELD.match(name) is not None

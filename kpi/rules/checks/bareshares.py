"""Shares of nobody knows what: a name that asks for no rate, and 100 % of it."""

from decimal import Decimal

from kpi.lazyre import later
from kpi.rules.bare import ending
from kpi.rules.checks.rowwords import asks_figure
from kpi.rules.context import EntryContext, IndicatorContext
from kpi.rules.registry import Params, WordList

_LEAST = 11  # characters of a sentence; a share of 破损器材更换 is what is done of it
_COUNTED = 4  # … where things are counted: 全年流动巡展 | 100% under 数量
_LEVELS = ("数量指标", "质量指标", "时效指标")
#: What a value may say beside its figure: 达到100%, 不低于95%以上. Anything else tells what is looked at (98%合格).
_NO_MORE = later(r"[\d.,%％≥≤=＝><＞＜~～\-—\s()（）百分之达到至少不低于小大等高以上约为左右及保持全部应目标值:：]*")
_ALL = Decimal(100)
#: 持证上岗教师 | 95%: the name says which of them
_QUALIFIED = later(
    "[证本专双高中优]|合格|达标|骨干|在编|考核|资格|履约|控制|规范|签约|满意|上岗|称职|完成|的(?=.{2,6}$)"
)
#: 年内办结 | 95%: of what, nobody says.
_UNSAID = later("(?:年内|年底前?|当年|本年度?)(?:全部)?(?:办结|完工|竣工|兑付|发放|拨付|建成|交付|结清)")
#: 按期兑付, 符合条件对象资助, 应补尽补: so many of those in time, of those who should. 执行率各线路: a rate after all.
_OF_THEM = later("(?:及时|按时|按期|准时|如期|按月|按季).{1,3}$|符合|应|.*(?:应.尽.|.率|占.*比)")


class BareShare(Params):
    """`told` ends names whose share explains itself (数据准确 | 100%), and names of what is measured (偏差, 性). `who`
    ends names that only say who: however short, a share of them tells nothing (教学点教师 | 100% under 质量)."""

    told: WordList = "shares-told"
    who: WordList = "people-endings"


def bare_share(name: str, ctx: IndicatorContext, params: BareShare) -> str:
    """药剂配送到每个自然村 | 100%: the share as printed; "" where there is none, or the name tells what it is of."""
    least = _COUNTED if ctx.indicator.level2 == "数量指标" else _LEAST
    only_who = ctx.indicator.level2 == "质量指标" and ending(ctx.form.words[params.who], name) != ""
    only_who = only_who and len(name) <= _LEAST and not _QUALIFIED.search(name)
    told = len(name) >= least or _UNSAID.fullmatch(name) is not None or only_who
    if ctx.indicator.level2 not in _LEVELS or not told or (ctx.indicator.parent or "").strip():
        return ""
    asked = asks_figure(ctx) or ctx.asks.unit_hint is not None
    if asked or _OF_THEM.match(name) or ending(ctx.form.words[params.told], name):
        return ""
    return ctx.entries[0].entry.text.strip() if ctx.entries and all(map(_share, ctx.entries)) else ""


def _share(ctx: EntryContext) -> bool:
    value = ctx.value
    if value.kind != "quantity" or value.figure is None or not _NO_MORE.fullmatch(ctx.entry.text):
        return False
    return value.dimension == "ratio" or (value.dimension is None and value.figure == _ALL and not value.unit_text)

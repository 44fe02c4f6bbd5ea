"""Names that begin with a verb: a task (保障…), an effect that is wanted (提高…), and a need that is to be met."""

from kpi.lazyre import later
from kpi.model import COST_LEVELS, EFFECT_LEVELS
from kpi.rules.bare import ending, opening
from kpi.rules.checks.rowwords import asks_figure, filled, prose_only
from kpi.rules.checks.worklists import Work
from kpi.rules.context import IndicatorContext
from kpi.rules.registry import WordList
from kpi.rules.text import begins

_WITH_OBJECT, _ALIKE = 4, 3  # characters of a verb and what it is done to; so many of one verb are in a list
_IN_TIME = later("^(?:全面|及时|按时|按期|如期|准时|保质|保量|高质量|按要求)+(?=完成)")
_ALL_DONE = later(r"完成(?!的?(?:时|率|及|情|质|度|比|进|期|日|程|效|数|量)).{4,}(?<![率度性间限况时段期程])$")
_OBJECT = 4  # characters of what is done
_DEADLINE = later(
    r"^(?:(?:\d{2,4}年)?(?:\d{1,2}月份?)?(?:\d{1,2}日)?[底末初]?|(?:元旦|春节|清明|五一|端午|国庆|中秋|汛期|元宵|年|月|季度?)[底末节]?)(?:之|以)?前"
)


class TaskNames(Work):
    """`tasks` are one only before an object, so not before one of `nouns` (保障|水平); verbs of either kind are none in
    one of `compounds` (保障房, 保证金). `met` begins and one of `needs` ends an effect (满足…需求). `plain` are verbs
    and nothing else (严抓)."""

    nouns: WordList
    met: WordList
    needs: WordList
    plain: WordList = "plain-verbs"


def task(name: str, ctx: IndicatorContext, params: TaskNames) -> str:
    """The verb that makes the name a task; "" where there is none. Money stays money unless it is to be raised."""
    words, name = ctx.form.words, _IN_TIME.sub("", _DEADLINE.sub("", name))  # 春节前完成走访慰问, 及时完成年度资料上报
    found = opening(words[params.adverbs], words[params.effects], name)
    noun = found and begins(words[params.compounds], name[found.start :])  # 保证金
    if found and not noun and (not asks_figure(ctx) or ctx.indicator.level2 in EFFECT_LEVELS):
        return found.verb if len(name) - found.end > 1 else ""
    met = opening(words[params.adverbs], words[params.met], name)
    if met and ending(words[params.needs], name[met.end :]) and not asks_figure(ctx):
        return met.verb
    found = opening(words[params.adverbs], words[params.tasks], name)
    if not found or asks_figure(ctx) or begins(words[params.compounds], name[found.start :]):
        return ""
    rest = name[found.end :]
    done = found.verb == "完成" and len(rest) > _OBJECT  # 完成上级交办的任务; 完成|质量 is a noun
    return "" if len(rest) < 2 or (ending(words[params.nouns], rest) and not done) else found.verb


def plain_task(name: str, ctx: IndicatorContext, params: TaskNames) -> str:
    """严抓学风校风 | 风气良好, 破除封建迷信 | 现象减少: a verb, what it is done to, and no figure of it; "" where there
    is none."""
    words = ctx.form.words
    if ctx.indicator.level2 in COST_LEVELS or asks_figure(ctx) or not prose_only(ctx) or not filled(ctx):
        return ""
    found = opening(words[params.adverbs], words[params.plain], name)
    if not found or begins(words[params.compounds], name[found.start :]):
        return ""
    rest = name[found.end :]
    noun = ending(words[params.nouns] - words[params.objects], rest)  # 选聘护河员工作 is work
    return found.verb if len(rest) > len(found.verb) and not noun else ""


def quotable(found: str, verbs: frozenset[str]) -> str:
    """维护社会, 维护市场 …: listed with what they are done to, since the verb alone may be a noun; that is not half a
    word of the name to quote."""
    alike = sum(one.startswith(found[:2]) for one in verbs)
    return found[:2] if len(found) == _WITH_OBJECT and alike >= _ALIKE else found


def wants_done(name: str) -> bool:
    """春节前完成走访慰问 | 按时限完成, 完成年度资料上报 | 100%: what is to be done, and no word of when."""
    return _DEADLINE.match(name) is not None or _ALL_DONE.match(_IN_TIME.sub("", name)) is not None

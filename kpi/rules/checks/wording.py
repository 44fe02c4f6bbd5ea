"""Checks of values in words: no figure, vague, no figure of satisfaction, words that tell a result."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from kpi.lazyre import HAN, later
from kpi.model import BURDEN_LEVELS, COST_LEVELS, EFFECT_LEVELS
from kpi.rules.bare import bare, beginning
from kpi.rules.checks.rows import PROSE
from kpi.rules.clocks import is_clock
from kpi.rules.context import EntryContext
from kpi.rules.finding import Fix, Hit
from kpi.rules.implied import cost_figure, count_figure
from kpi.rules.promised import promised_rate
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import begins, core, first, holds, pattern, squash
from kpi.values.value import Kind

_KEPT = re.compile(
    r"(?:及|和)?(?:以上|以下)$|^达到|^达(?!标|成)|^保持在?|^维持在?|^稳定在|^评为|^为|^不低于|^不劣于|^优于"
)
_NO_COUNT = re.compile(
    r"(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}[日号])?|\d{1,2}月\d{1,2}[日号]|\d+(?:[-—~～至到]\d+)?周?岁"
)
_GRADE = re.compile(
    r"(?:国家)?[一二三四五六七八九十IVX\dA-E]+[+-]?(?:级[A-E]?|类|等|星级?)(?:水质?|公路|道路|铁路|航道|堤防|渠道)?(?:标准)?"
)
_CLASS = later(r"劣?[IVXⅠ-Ⅴ一二三四五]{1,3}类(?!人|对象|企业|项目)|[一二三]级[甲乙丙]等|[1-5]A级?")  # 由Ⅳ类提升至Ⅲ类
_PASSED = later("(?:通过|取得|获得|经)[^,，;；。、]{0,14}?(?P<what>[^,，;；。、]{2})(?:证书|资格)?$")
_CLOCKS = re.compile(r"\d{1,2}(?::|点)(?:[0-5]\d分?|半)?\s*(?:[-—~～－–至到]|前|后|开)|24小时|全天候?|全时段")
#: 施工扬尘污染 | 达标排放, 占用农田 | 不占用永久基本农田: what it costs people and nature, and all can see whether
_BORNE = later(
    rf"(?:施工期间)?(?:不(?!明显|显著|大|利|良|足)|未|零){HAN}{{1,10}}|无(?:不利|不良|长期不[利良])影响|达标排放|低风险"
    rf"|(?:全部|统一|规范|合规){HAN}{{0,4}}(?:清运|处置|回收|外运|恢复){HAN}{{0,8}}|避开{HAN}{{2,10}}|交由{HAN}{{2,12}}"
)
#: 专家组评审|通过, 年度考核|合格
_FOUND_GOOD = later("(?P<what>评审|验收|审查|质检|测试|检测|考核)(?:通过|合格)$")
_UNLEVELLED = ("产出指标", "效益指标")  # in place of the second level
_OF_SHARES = ("合格", "达标")  # of which there is a share
_FOREVER = ("永久", "终身")
_OF_WHOM = later(r"已[^,，。；;\d]{1,14}的")  # 已办理残疾证的居民
_INSPECTED = "inspections"  # the word list of what one passes
_GRADE_NAMES = ("等级", "级别", "档次")
_OFFICIAL = later("(?:国家|省|市|县|区|州)级|核心期刊")  # 工程获奖等级 | 省级优质工程
#: 无越级上访, 未发生水质超标事件: whether there is any, everybody can see; 无明显影响 nobody
_NONE_OF = later(
    rf"(?:全年|年内|全县|全市|辖区|辖区内)?(?:无|零|未发生|不发生|没有|未出现|不出现)(?!明显|显著|较大|不良|负面){HAN}{{2,10}}"
    "(?<!影响)(?<!变化)(?<!作用)(?<!效益)(?<!提高)(?<!改善)(?<!下降)(?<!降低)"
    rf"|{HAN}{{2,8}}零(?:传播|感染|事故|投诉|伤亡|死亡|上访|差错|违规|拖欠|聚集|污染|排放)"
)
#: A platform's list of grades, none of them chosen: 优良中低差, 高中低, 好/一般/差.
_SCALE = later(r"[优高好]\W?(?:良\W?)?(?:中|一般)\W?(?:低\W?差|低|差)")
#: 得到遏制, 有所带动: what is said is what comes behind
_AUXILIARY = ("得到", "有所")
_BEHIND = re.compile(f"{HAN}{{1,4}}")


def blank(ctx: EntryContext) -> bool:
    """Nothing is said: an empty cell, or 无 where the name does not ask for absence (REQ002 tells)."""
    return ctx.value.kind == "empty" or (squash(ctx.entry.text) in ("无", "暂无") and not ctx.asks.absence)


class NoFigure(Params):
    """`uncounted`: values that look like a count and are none (一批)."""

    unless: tuple[WordList, ...] = ()
    grades: WordList
    uncounted: WordList


@check("no-figure", scope="entry", params=NoFigure, facts="rewrite why", cases="quality burden")
def no_figure(ctx: EntryContext, params: NoFigure) -> Iterator[Hit]:
    """A value in words where a figure is needed; a grade or a checkable state is enough under 质量, and for what a
    project costs people and nature."""
    uncounted = _uncounted(ctx, ctx.form.words[params.uncounted])
    if not uncounted and (ctx.value.kind not in PROSE or blank(ctx) or _holds_figure(ctx)):
        return
    level2 = ctx.indicator.level2
    case = "quality" if level2 == "质量指标" else "burden" if level2 in BURDEN_LEVELS else None
    if case and _checkable(ctx, params.unless, params.grades) and not _echoes(ctx):
        return
    if level2 in COST_LEVELS and not case:
        rewrite, why = cost_figure(ctx)
    else:
        rewrite, why = count_figure(ctx) if level2 == "数量指标" else ("", "")
    yield Hit({"rewrite": rewrite, "why": why}, case=case, fix=Fix(rewrite) if rewrite else None)


def _echoes(ctx: EntryContext) -> bool:
    """讲座师资合格 | 合格: the state stands in the name already, and of how many it holds nobody says."""
    text, name = squash(ctx.entry.text), bare(ctx.indicator.name)
    return text in _OF_SHARES and name.endswith(text) and "是否" not in name and len(name) > len(text) + 1


def _uncounted(ctx: EntryContext, words: frozenset[str]) -> bool:
    """一批, 推广良种一批: what the parser reads as one is no count. 1批 is."""
    text = squash(ctx.entry.text)
    alone = text in words
    return alone or (ctx.value.kind == "quantity" and text.endswith(tuple(w for w in words if w.startswith("一"))))


def _holds_figure(ctx: EntryContext) -> bool:
    """达到预计值2100, 不低于C30: oddly put or in a unit of its own, but there is a figure; years, dates and ages are
    none."""
    return any(c.isdigit() for c in _NO_COUNT.sub("", ctx.entry.text))


_TWO_WORDS = 4  # characters
_CLAIM = later(
    "(?:(?:不断|持续|逐步|进一步|有效|切实|更好地?|长期|充分)*)"
    "(?:健全|完善|改善|满足|保障|保证|促进|推动|提高|提升|增强|稳定|带动|扩大|优化|维护|巩固|丰富|助力|方便)(?!率)"
)
#: 全部化解, 困难学生全部得到资助, 一次合格, 抽查无缺项: done or not
_ALL_OF_THEM = later(
    f"{HAN}{{0,8}}(?:全部|均已?)(?:得到|安全|无害化)?(?!{HAN}{{0,2}}(?:规范|完善|提升|提高|改善|增强|优化|有效|良好|到位|落实)){HAN}{{2,3}}"
    "|(?:一次性?|全部|均)(?:验收)?合格|(?:达到)?合格等级|(?:抽查|检查)?无(?:缺项|漏项|差错|错漏)"
)


def _checkable(ctx: EntryContext, states: tuple[str, ...], grades: str) -> bool:
    words = ctx.form.words
    text = squash(ctx.entry.text)
    if any(holds(words[name], text) for name in states) or _CLASS.search(text) or _ALL_OF_THEM.fullmatch(text):
        return True
    if _NONE_OF.fullmatch(text) or (ctx.indicator.name.strip().endswith(_GRADE_NAMES) and _OFFICIAL.search(text)):
        return True
    if ctx.indicator.level2 in BURDEN_LEVELS and _BORNE.fullmatch(text):
        return True
    passed = _PASSED.search(text) or _FOUND_GOOD.search(text)
    if passed and passed["what"] in words[_INSPECTED]:
        return True
    bare = _KEPT.sub("", text)
    return (
        (bare in words[grades] and ctx.asks.asks != "rate")
        or bool(_GRADE.fullmatch(bare))
        or (ctx.asks.absence and text in ("无", "没有", "零", "否"))
    )


def _without_scale(found: Iterable[re.Match[str]], text: str) -> list[str]:
    """The words of `text` that have no scale, an auxiliary only where it is the only one, with what it helps."""
    ends = {match.group(): match.end() for match in found}
    said = [word for word in ends if word not in _AUXILIARY]
    return said or [text[end - len(word) : _behind(text, end)] for word, end in ends.items()]


def _behind(text: str, at: int) -> int:
    """Where the words that stand at `at` end."""
    match = _BEHIND.match(text, at)
    return match.end() if match else at


class Vague(Params):
    words: WordList
    effects: WordList  # the words that count under 时效, where 及时 and 正常 are TIM001's
    states: tuple[WordList, ...] = ()
    grades: WordList


@check("vague-wording", scope="entry", params=Vague, facts="seen", cases="prose scale named claimed")
def vague_wording(ctx: EntryContext, params: Vague) -> Iterator[Hit]:
    """Effect words without a scale, or a scale without a choice (优良中差). Under 效益, and in a form without second
    levels, any prose that names neither a figure nor a checkable state counts."""
    if _SCALE.fullmatch(squash(ctx.entry.text)):
        yield Hit({"seen": ctx.entry.text.strip()}, case="scale")
        return
    if ctx.value.kind not in ("qualitative", "text") or blank(ctx):
        return
    if ctx.asks.asks == "duration" and squash(ctx.entry.text) in _FOREVER:
        return  # 档案保管期限 | 永久
    timing = ctx.indicator.level2 == "时效指标"
    if not timing and _is_adjective(ctx, ctx.form.words[params.grades]):
        yield Hit({"seen": ctx.entry.text.strip()}, case="named")
        return
    if _is_claim(ctx):
        yield Hit({"seen": ctx.entry.text.strip()}, case="claimed")
        return
    if _checkable(ctx, params.states, params.grades) or is_clock(ctx):
        return
    words, text = ctx.form.words[params.effects if timing else params.words], squash(ctx.entry.text)
    if holds(words, text):
        yield Hit({"seen": "、".join(_without_scale(pattern(words).finditer(text), text))})
    elif ctx.indicator.level2 in (*EFFECT_LEVELS, *_UNLEVELLED) and not _CLOCKS.search(
        unicodedata.normalize("NFKC", ctx.entry.text)
    ):
        yield Hit({"seen": ctx.entry.text.strip()}, case="prose")


def _is_adjective(ctx: EntryContext, grades: frozenset[str]) -> bool:
    """程序规范性 | 规范: the name once more, and a scale no more than there. 合格 is a grade."""
    text = squash(ctx.entry.text)
    name = core(ctx.indicator.name)
    again = name.endswith((f"{text}性", f"{text}度")) or (len(text) == _TWO_WORDS and name.endswith(f"{text[:2]}性"))
    return text != "" and text not in grades and again  # 监控有效性 | 有效执行


def _is_claim(ctx: EntryContext) -> bool:
    """健全服务网络,稳定供应 | 是: an effect that is claimed; 是否通过复审 | 是 is a question with its answer."""
    asked = ctx.indicator.level2 in EFFECT_LEVELS and squash(ctx.entry.text) == "是"
    return asked and _CLAIM.match(bare(ctx.indicator.name)) is not None


class Unmeasured(Params):
    """`usual`: what to write where the goal says no figure."""

    usual: str = "≥90%"


@check("satisfaction-unmeasured", scope="entry", params=Unmeasured, facts="respondents usual goal")
def satisfaction_unmeasured(ctx: EntryContext, params: Unmeasured) -> Iterator[Hit]:
    """A satisfaction target without a figure."""
    if ctx.value.kind not in PROSE or blank(ctx):
        return
    if ctx.indicator.level2 == "服务对象满意度" or ctx.asks.asks == "satisfaction":
        who, named, _ = ctx.indicator.name.partition("满意")
        said, goal = promised_rate(ctx)
        respondents = who.removesuffix("的") if named else ""
        yield Hit({"respondents": respondents, "usual": said or params.usual, "goal": goal})


class WordsFound(Params):
    """`begun`: words that tell at the beginning of any value, figures too (已建成32口), unless they begin one of
    `compounds` (已脱贫户)."""

    words: WordList
    kinds: tuple[Kind, ...] = ("qualitative", "text")
    begun: WordList | None = None
    compounds: WordList | None = None


@check("words-found", scope="entry", params=WordsFound, facts="seen")
def words_found(ctx: EntryContext, params: WordsFound) -> Iterator[Hit]:
    """The value holds a word of the list."""
    text, words = squash(ctx.entry.text), ctx.form.words
    seen = first(words[params.words], text) if ctx.value.kind in params.kinds else ""
    of_whom = _OF_WHOM.match(text) or (params.compounds and begins(words[params.compounds], text))
    if not seen and params.begun and not of_whom:
        seen = beginning(words[params.begun], text)
    if seen:
        yield Hit({"seen": seen})

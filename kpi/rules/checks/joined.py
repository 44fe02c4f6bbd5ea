"""Several things in one name: respondents asked together, measures in one row, effects in a line."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kpi.lazyre import HAN, later
from kpi.model import COST_LEVELS, EFFECT_LEVELS
from kpi.names import read_name
from kpi.names.clean import clean, without_ordinal
from kpi.rules.bare import beginning, ending
from kpi.rules.checks.naming import SATISFACTION
from kpi.rules.context import IndicatorContext
from kpi.rules.finding import Hit
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import begins, holds, pattern, squash
from kpi.values import parse

_MARKS = "、,，;；"
_SEVERAL = 2
_MOST_USUAL = 3  # fees that stand in one row anyway
_OUTPUTS = ("数量指标", "质量指标")
_PAY = ("工资", "报酬")
_OBJECT, _FEE, _EVENT, _WHO, _HEADED = 2, 5, 3, 2, 3  # characters
_HELD = frozenset(("举办", "开展", "召开", "组织开展"))
_NUMBER = "数量"  # of what, it does not say
_CLAUSES = later("[,，;；]+")
_PROPERTY = later(rf"{HAN}{{1,3}}[度量]")
_ITEMS = later("[;；\\n]+")
_WHEN = later(r"^(?:[上下]半年|年内|年底前?|第?[一二三四1-4]季度|\d{1,2}月(?:份|底|中旬)?(?:之?前)?)")
_FIGURES = frozenset({"rate", "satisfaction", "count", "duration", "deadline", "frequency", "quantity", "score"})
_OWN_FIGURE = later(rf"(?<={HAN}{{2}})\d+(?=(?!号|楼|期|年|月|日|线|路|道|班|届){HAN}{{1,2}}$)")
_LEAD = later("^(?:是否|能否|持续|进一步|不断|有效|切实|充分|更好地?|逐步)+")
_ABOUT = later("对(?![象口方应外比标接策照立])")
_ADVERB = "(?:及时|完整|准确|规范|真实|安全|有序|合规|全面|到位|齐全|清晰|高效|公开|透明|公平|公正)"
_ALL_THESE = later(f"{_ADVERB}(?:[、,，和及与]{_ADVERB}){{2,}}$")
_RATES = later(r"(?<=率)[/／+＋](?=.{2,}率$)")  # 抽检合格率/问题整改率
_ALL_OF = later(f"等(?={HAN}{{2,8}}$)")  # 烈士遗属、伤残军人等优抚对象: the last says who they all are
_BOTH = "师生"
_WELL = ("完整", "到位", "规范", "齐全", "有序", "周到", "达标", "形成", "减轻")
_ASKED = "是否"
#: 年内无安全责任事故发生: what does not happen
_ABSENT = later(f"(?:年内|全年|期间)?(?:无|不发生|未发生|零){HAN}{{2,}}(?:事故|事件|投诉|现象|发生|案件)")
_METERED = later("(?:更换|购置|采购|安装|新建|维修|布设).{0,4}[雨流水风电热气]量")
_COMPARED = later(f"{HAN}{{2}}[较比]{HAN}{{2,8}}(?:降低|减少|下降|提高|增加|增长|缩短)$")
_UNIT_COST = later("(?:[人户场次亩生件]均|单位|每).{2,}(?:成本|费用|标准|单价)$")
_FRAMES = later("(?:营造|形成|弘扬|树立|倡导|培育|构建)")
_FRAMED = later("(?:的|良好|浓厚|文明)(?:社会|舆论)?(?:风尚|氛围|风气|环境|局面|格局|理念|习惯|新风)$")
_WHOM = later(f"(?P<whom>{HAN}{{2,8}}?)(?:[户人年]均)?(?:增收|就业|脱贫|致富|受益|创业|发展|务工|增收致富|稳定就业)$")
_KEEPS = later(f"(?:保护|爱护|维护|规范(?![化性])){HAN}{{2,}}(?<![率数度量性])$")  # 保护环境, 规范执法行为
_CUT, _POINT = "\ue000", "\ue001"
_DECIMAL = later(r"(?<=\d)[.](?=\d)")
#: 320平方公里|影像: a figure of its own, and of what
_FIGURE_FIRST = later(rf"(?P<figure>\d[\d.]*{HAN}{{1,4}}?)(?={HAN}{{2,6}}$)")


class Joined(Params):
    """`joints`: words that join like 、 does; `whole`: words that hold one by chance (及时, 和谐). `respondents` end a
    respondent's name, `people` are respondents by themselves (社会); `kin` go with the one before (患者|家属) where
    only these two are named; `opinions` end what people are asked besides satisfaction (认可度). Of `listed` things
    under one figure none may be one of `actions`, and the last no general word or action (`closers`) nor one of the
    `steps` of a single work. `deeds` begin what is done (完成); verbs of one of the `alike` groups are one work
    (种植乔木、栽植灌木). `fees` end what is paid (…费); one sum of several is no slip where it is what an office spends
    anyway, or pays for people (`usual`). `works` end what is built or done (…改造), `turns` how often (…轮次); `states`
    end what a row asks besides a rate (书写情况); `aspects` what may get better or worse (意识). `effects`, `endings`:
    what begins or ends an effect. `shortest`: characters of an effect in a line."""

    joints: WordList
    whole: WordList
    respondents: WordList
    people: WordList
    kin: WordList
    asked_about: WordList = "asked-about"
    shared: WordList = "shared-heads"
    opinions: WordList
    closers: WordList
    steps: WordList = "work-steps"
    actions: WordList
    deeds: WordList
    alike: WordList = "alike-deeds"
    fees: WordList = "fee-endings"
    usual: WordList = "usual-costs"
    works: WordList = "listed-works"
    turns: WordList = "turn-endings"
    states: WordList = "stated-besides"
    aspects: WordList = "aspects"
    gains: WordList = "gains"
    changes: WordList = "rate-changes"
    effects: WordList
    endings: WordList
    shortest: int = 4
    listed: int = 3


@check(
    "compound-name", scope="indicator", params=Joined, facts="parts count",
    cases="respondents pair things deeds costs effects",
)  # fmt: skip
def compound_name(ctx: IndicatorContext, params: Joined) -> Iterator[Hit]:
    """Parts that would each need a figure of their own. Objects under one figure (水、电、气费) are one indicator."""
    name, words = clean(ctx.indicator.name).core, ctx.form.words
    parts = split(name, words[params.joints], words[params.whole])
    rates = _RATES.split(name)
    parts = rates if len(rates) > 1 else parts
    if len(parts) < 2:
        return
    if ctx.asks.asks == "satisfaction" or ctx.indicator.level2 == SATISFACTION:
        who = _respondents(name, ctx, params)
        if len(who) > 1:
            yield _hit(who, "满意度", "respondents" if len(who) > 2 else "pair")
        return
    opinion = ending(words[params.opinions], name)
    if opinion and len(who := _respondents(name.removesuffix(opinion), ctx, params)) > 2:
        yield _hit(who, opinion, "respondents")
        return
    measures = [part for part in parts if _measure(part, ctx, words[params.changes]) and not _meter(part)]
    if all(len(part) >= _FEE and _UNIT_COST.match(part) for part in parts):
        measures = parts  # 人均培训成本与场均活动成本
    whole = split(without_ordinal(ctx.indicator.name), words[params.joints], words[params.whole])
    stated = [part for part in whole if part not in measures and ending(words[params.states], part)]
    if len(measures) == 1 and stated:
        measures = [*measures, *stated]
    asked = [part for part in parts if part not in measures and _ASKED in part]  # 建账时间, 资料是否齐全
    measures = [*measures, *asked] if len(measures) == 1 else measures
    measures = measures if len(measures) > 1 else [part for part in whole if _counted(part)]
    measures = measures if len(measures) > 1 else _each_with_figure(whole, ctx)
    if len(measures) > 1 and not _one_rate(measures):
        yield _hit(measures, "", None)
        return
    by_marks = split(name, frozenset(_MARKS), frozenset())
    if _things(by_marks, ctx, params):
        yield _hit(by_marks, "", "things")
        return
    if costs := _costs(parts, ctx, words[params.fees], words[params.usual]):
        yield _hit(costs, "", "costs")
        return
    if deeds := _deeds(name, parts, ctx, params) or _works(by_marks, parts, ctx, params):
        yield _hit(deeds, "", "deeds")
        return
    if demands := _demands(name, ctx):
        yield _hit(demands, "", None)
        return
    if effects := _effects(name, by_marks, ctx, params) or _aspects(parts, ctx, words[params.aspects]):
        yield _hit(effects, "", "effects")


def _measure(part: str, ctx: IndicatorContext, changes: frozenset[str]) -> bool:
    """Whether a part asks for a figure of its own: 合格率, 发病率|下降."""
    change = ending(changes, part)
    rate = part.removesuffix(change)
    asks = read_name(rate if change and rate.endswith("率") else part, ctx.indicator.level2).asks
    return asks in _FIGURES


def split(name: str, joints: frozenset[str], whole: frozenset[str]) -> list[str]:
    """The parts of a name between marks and joining words; words of `whole` are left in one piece."""
    cut = _splitter(joints, whole).sub(lambda found: found[0] if found["whole"] else _CUT, name)
    return [part for part in map(_plain, cut.split(_CUT)) if part]


def _plain(part: str) -> str:
    """Squashed, with the points of its figures."""
    return squash(_DECIMAL.sub(_POINT, part)).replace(_POINT, ".") if "." in part else squash(part)


@lru_cache(maxsize=32)
def _splitter(joints: frozenset[str], whole: frozenset[str]) -> re.Pattern[str]:
    kept = f"(?P<whole>{pattern(whole).pattern})"
    return re.compile(f"{kept}|(?:(?!及时[性率])(?:[{_MARKS}]|{pattern(joints).pattern}))+")  # 上报率、|及时率


def _respondents(name: str, ctx: IndicatorContext, params: Joined) -> list[str]:
    """Those who are asked: 学生、家长、社会. 患者及家属 are one."""
    words = ctx.form.words
    told = name.partition("满意")[0]
    about = next(iter([*_ABOUT.finditer(told)][-1:]), None)  # 学生对教师: the students are asked
    before = ((told[: about.start()] or told[about.end() :]) if about else told).removesuffix("的")
    before = before[all_of.end() :] if (all_of := _ALL_OF.search(before)) else before
    parts = split(before, words[params.joints], words[params.whole])
    kin, people, known = words[params.kin], words[params.people], words[params.respondents]
    # 监护人和儿童: first it is asked for itself; and of three each is
    follows = {part for part in parts[1:] if part in kin and (len(parts) < 3 or part.startswith("其"))}
    follows = set() if _BOTH in parts else follows  # 师生及家长 are three
    # 养殖户和屠宰场点, 报关行、船代、货主: nobody can list all who may be asked, only what they are asked about
    somebody = "满意" in name and not _CLAUSES.search(before)
    somebody = somebody and not (parts and _one_head(parts, known, words[params.shared]))
    somebody = somebody and not any(len(part) < _WHO or ending(words[params.asked_about], part) for part in parts)
    asked_ones = [
        part for part in parts if part in people or (part not in follows and (somebody or ending(known, part)))
    ]
    count = len(parts) - len(follows)
    return [p for p in parts if p not in follows] if 1 < len(asked_ones) < count and count > 2 else asked_ones


def _one_head(parts: list[str], known: frozenset[str], shared: frozenset[str]) -> bool:
    """勘察、设计单位: the last says for all of them who they are."""
    *first, last = parts
    whole = len(last) > _HEADED and ending(shared, last) != ""
    return whole and all(len(part) <= _WHO and not ending(known, part) for part in first)


def _one_rate(parts: list[str]) -> bool:
    """路面厚度及强度抽检合格率: properties that are tested together, with one rate."""
    *first, last = parts
    return _PROPERTY.match(last) is not None and all(_PROPERTY.fullmatch(part[-3:]) for part in first)


def _things(parts: list[str], ctx: IndicatorContext, params: Joined) -> bool:
    """摄像头、报警柱、广播喇叭 | 60台: three things, one number. Under 数量 only, and where the name has no measure."""
    words = ctx.form.words
    if ctx.indicator.level2 != "数量指标" or ctx.asks.asks or len(parts) < params.listed or min(map(len, parts)) < 2:
        return False
    if any(part in words[params.actions] for part in parts) or ending(words[params.closers], parts[-1]):
        return False
    if parts[-1] in words[params.steps]:
        return False  # 方案编制、评审、报批: the steps of one work
    counted = [entry.value for entry in ctx.entries if entry.value.kind == "quantity"]
    return bool(counted) and all(value.dimension == "count" for value in counted)


def _meter(part: str) -> bool:
    """更换雨量、风速传感器: what a meter shows, of which only the second part says that it is one."""
    return _METERED.fullmatch(part) is not None


def _counted(part: str) -> bool:
    """台式电脑4台, 机房电费12万元: a thing with its own number, a cost with its own amount."""
    figure = _OWN_FIGURE.search(part)
    value = parse(part[figure.start() :]) if figure else None
    return value is not None and value.kind == "quantity" and value.dimension in ("count", "money")


def _each_with_figure(parts: list[str], ctx: IndicatorContext) -> list[str]:
    """320平方公里影像、46座控制点更新到位率 | 100%: things of unlike units, each with its number, and one share."""
    found = [first for part in parts if (first := _FIGURE_FIRST.match(part))]
    if len(found) < len(parts) or not all(entry.value.dimension == "ratio" for entry in ctx.entries):
        return []
    values = [parse(first["figure"]) for first in found]
    unlike = len({value.unit for value in values}) == len(values)
    return parts if unlike and all(value.dimension in ("count", "area") for value in values) else []


def _costs(parts: list[str], ctx: IndicatorContext, fees: frozenset[str], usual: frozenset[str]) -> list[str]:
    """宣传片制作费、文本编制费、报告编制费 | 200万元: three works, each with its cost, and one amount. What an office
    spends anyway (差旅费、会议费、印刷费) is one."""
    amounts = [entry.value.kind == "quantity" and entry.value.dimension in ("money", None) for entry in ctx.entries]
    told = [part for part in parts if ending(fees, part) or part.endswith(_PAY)]
    if "等" in parts[-1]:
        return []  # 勘察费、设计费、监理费等前期费用
    parts = told if len(told) > _MOST_USUAL and 2 * len(told) > len(parts) else parts  # a name that the page cuts short
    named = parts == told and any(len(part) >= _FEE and not holds(usual, part) for part in parts)
    return parts if ctx.indicator.level2 in COST_LEVELS and len(parts) > _SEVERAL and named and all(amounts) else []


def _deeds(name: str, parts: list[str], ctx: IndicatorContext, params: Joined) -> list[str]:
    """Sentences of what is done, with semicolons between; under 数量 and 质量 those of unlike verbs with an object each
    (召开防火会议、印发通知), whatever joins them."""
    words = ctx.form.words
    items = [squash(part) for part in _ITEMS.split(name) if part.strip()]
    if len(items) > 1 and all(_deed(part, words[params.deeds]) for part in items):
        return items
    if ctx.indicator.level2 not in _OUTPUTS or (ctx.asks.asks and not name.endswith(_NUMBER)):
        return []
    verbs = words[params.actions] | words[params.deeds]
    done = [(verb, part) for part in parts if (verb := _verb_of(part, verbs))]
    verbs_used = {verb for verb, _ in done}
    one_work = any(verbs_used <= set(group.split()) for group in words[params.alike])
    alike = len({part[-_OBJECT:] for _, part in done}) < len(done)  # 新建厕所、改造厕所
    several = len(verbs_used) > 1 and not one_work and not alike and "的" not in name and done[0][1] == parts[0]
    general = any(ending(words[params.closers], part) for _, part in done[1:])
    return [part for _, part in done] if several and not general else []


def _works(by_marks: list[str], parts: list[str], ctx: IndicatorContext, params: Joined) -> list[str]:
    """道路修复、外墙保温、雨污分流 | 100%: three works at least, and one share of them all that nothing measures."""
    if ctx.indicator.level2 == "数量指标" and (each := _each_work(parts, ctx, params)):
        return each
    share = all(entry.value.dimension == "ratio" for entry in ctx.entries)
    listed = parts if len(by_marks) > 1 else []
    if not share or ctx.indicator.level2 in EFFECT_LEVELS or len(listed) < params.listed:
        return []
    name = clean(ctx.indicator.name).core
    held = begins(_HELD, name) and "的" not in name and ctx.asks.asks in (None, "money")
    if held and min(map(len, listed)) >= _EVENT:
        return listed  # 举办文艺汇演、技能比武、书画展 | 100%
    if ctx.indicator.level2 not in _OUTPUTS or ctx.asks.asks:
        return []
    works = [part for part in listed if len(part) > _OBJECT and ending(ctx.form.words[params.works], part)]
    return listed if len(works) >= params.listed else []


def _each_work(parts: list[str], ctx: IndicatorContext, params: Joined) -> list[str]:
    """缆道检修、测船保养 | ≥14次, 老人走访和房屋登记轮次: each part says what is done, and to what."""
    words = ctx.form.words
    *first, last = parts
    tail = ending(words[params.turns], last)
    works = [ending(words[params.works], part) for part in (*first, last.removesuffix(tail))]
    objects = [part[: part.rfind(work)] for part, work in zip(parts, works, strict=True) if work]
    told = len(set(objects)) == len(parts) and min(map(len, objects)) >= _OBJECT  # 建成区绿化、建成区亮化 are one place
    return parts if told and len(set(works)) == len(works) else []


def _verb_of(part: str, verbs: frozenset[str]) -> str:
    """The verb that a part begins with, where an object stands behind it: 清理|枯枝, not 组织走访."""
    first, rest = "", part
    while verb := beginning(verbs, rest):
        first, rest = first or verb, rest[len(verb) :]
    return first if len(rest) >= _OBJECT else ""


def _deed(part: str, verbs: frozenset[str]) -> bool:
    """上半年完成图纸审查: what is done, with or without its time."""
    what = _WHEN.sub("", part, count=1)
    return begins(verbs, what) and not read_name(what, "").asks


def _effects(name: str, by_marks: list[str], ctx: IndicatorContext, params: Joined) -> list[str]:
    """The effects of a name that says nothing else; of an effect's row, parts that each say one: 通过培训, 提高技能,
    增加收入; 带动就业、增收及改善村容."""
    if len(by_marks) > 1 and _one_effect(by_marks, ctx.form.words[params.respondents]):
        return []
    if len(by_marks) > 1 and all(_effect(part, ctx, params) for part in by_marks):
        return by_marks
    if ctx.indicator.level2 not in EFFECT_LEVELS:
        return []
    found = [clause for part in _CLAUSES.split(name) if _effect(clause := squash(part), ctx, params)]
    if len(found) < _SEVERAL:
        words = ctx.form.words
        parts = split(name, words[params.joints], words[params.whole])
        found = [one for one in parts if len(one) >= params.shortest and begins(words[params.effects], one)]
        several = len(parts) > _SEVERAL and min(map(len, parts)) >= params.shortest and not ctx.asks.asks
        if len(found) < _SEVERAL and several and begins(words[params.effects], name):
            return parts  # 促进教育公平、家庭和睦与地方安定
    return found if len(found) >= _SEVERAL else []


def _one_effect(parts: list[str], people: frozenset[str]) -> bool:
    """营造|拥军优属、关爱老兵|的风尚; 带动|脱贫户、监测户|增收: one verb, one effect, and a list between."""
    first, *_, last = parts
    if _FRAMES.match(first) and _FRAMED.search(last):
        return True
    whom = _WHOM.match(last)
    return whom is not None and ending(people, whom["whom"]) != "" and all(ending(people, part) for part in parts[:-1])


def _demands(name: str, ctx: IndicatorContext) -> list[str]:
    """信息录入及时、完整、准确、规范 | 达标: three demands at least, and one answer to them all."""
    found = _ALL_THESE.search(name)
    told = found is not None and not ctx.asks.asks and all(e.value.kind != "quantity" for e in ctx.entries)
    return re.findall(_ADVERB, found[0]) if found and told else []


def _aspects(parts: list[str], ctx: IndicatorContext, aspects: frozenset[str]) -> list[str]:
    """保护意识、人居环境、就业技能和邻里关系 | 明显改善: three matters at least, each of which may fare otherwise."""
    told = len(parts) > _SEVERAL and all(len(part) > _OBJECT and ending(aspects, part) for part in parts)
    return parts if told and ctx.indicator.level2 in EFFECT_LEVELS and not ctx.asks.asks else []


def _effect(part: str, ctx: IndicatorContext, params: Joined) -> bool:
    """提高教学质量, 是否保证教学水平, 办学条件改善: an effect with its object, long enough to stand alone."""
    words, part = ctx.form.words, _LEAD.sub("", part)
    ends = words[params.endings] | words[params.gains]
    effect = begins(words[params.effects], part) or ending(ends, part) != "" or _rises(part)
    effect = effect or (ctx.indicator.level2 in EFFECT_LEVELS and _KEEPS.match(part) is not None)
    effect = effect or _ABSENT.fullmatch(part) is not None or part.endswith(_WELL)
    return len(part) >= params.shortest and effect


def _rises(part: str) -> bool:
    """单灯能耗较钠灯降低: how it compares."""
    return _COMPARED.search(part) is not None


def _hit(parts: list[str], measure: str, case: str | None) -> Hit:
    """`measure`: what is asked of each part."""
    said = [part if measure == "满意度" and "满意" in part else f"{part}{measure}" for part in parts]
    return Hit({"parts": "、".join(f"“{part}”" for part in said), "count": str(len(parts))}, case=case)

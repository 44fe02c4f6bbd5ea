"""Names that say what is done: a sentence, a demand on the costs, clauses of work, a deed that is only done or not."""

import re
from decimal import Decimal

from kpi.lazyre import HAN, later
from kpi.model import EFFECT_LEVELS, MONEY_LEVELS
from kpi.names.clean import clean, without_ordinal
from kpi.rules.bare import beginning, ending, opening
from kpi.rules.checks.rows import PROSE
from kpi.rules.context import EntryContext, IndicatorContext
from kpi.rules.registry import Params, WordList
from kpi.rules.text import begins, core, pattern, squash
from kpi.values import find_values
from kpi.values.normal import normalise

_CLAUSES = re.compile(r"[，,；;。]+")
_HUNDRED = Decimal(100)
_YEAR = Decimal(12)  # months
_EXTENTS = ("公里", "亩", "公顷", "平方米")  # of which work is counted; 米, 吨, 千伏 may say what a thing is like
_CONFORMS = later(
    r"(?:^(?=符合.{2,}(?:标准|要求|规定)$)|.{2})(?P<how>符合|达到)[^率数]{0,16}(?P<what>标准|要求|规定|条件)$"
)
#: A class or grade (Ⅲ类, 四级), or a rate with its figure: what a value says that tells how good something is to be.
GRADED = r"[ⅠⅡⅢⅣⅤ]|[一二三四五优劣甲乙丙][类级等]|率.{0,4}\d"
_GRADE = later(f"{GRADED}|年一遇")
#: 作业深度达到25厘米以上 | 合格率95%: the name holds the line, and the value is a share of what keeps to it
_OWN_LINE = later(
    rf"{HAN}{{2,}}(?P<line>(?:达到?|不低于|不少于|不小于|不超过|不大于|控制在)\d[\d.]*(?:%|{HAN}{{1,3}})(?:及?以[上下内])?)$"
)
_MUST = later(r".{2}(?P<what>必须(?:全部|完全|都)?(?:合格|达标|准确|完整|通过|安全|合规|规范|符合标准|到位))$")
_THINGS = later(rf"{HAN}{{2}}\d+(?:\.\d+)?{HAN}{{1,2}}$")  # a thing, its number and a unit
_NAMED = later(f"{HAN}(?:率|度|数|比)|偏差|误差|占")
_TASK = later(
    r"完成(?:.{3,}任务|(?:20\d\d年|年度|全年|本年).{4,}"
    "(?:抽查|检查|验收|建设|改造|培训|编制|整治|整改|维修|修缮|采购|调查))$"
)
_TOLD = later(
    "把(?=.{3,}(?:[做落抓办管建][实细好牢精]|送[进到给入]|化解|纳入|消除|解决|打造成|建设成))"
    "|按.{2,8}(?:部署|要求|安排)(?=完成)"
)
_PACED = later("按.{1,8}(?:进度|计划|方案|合同)(?=完成.{2})")  # 按照拨付进度完成采购 | 100%
_PAID_BY = later("(?<=.{4})按.{2,8}(?:兑现|发放|支付|拨付|答复|办理|办结|处置|处理)$")  # 创建补助按评审结果兑现 | ≥80%
#: 巡逻盘查按规定开展 | 规范, 苗种经检验合格后投放 | 合格: how it is done, and no measure of how well
_PROPERLY = later(
    "(?<=.{2})(?:按照?(?:规定|要求|规范|标准|程序|制度|计划|方案)(?:开展|进行|推进|实施|执行|组织|办理)"
    "|经.{2,10}(?:合格|同意|批准|审核|审批|验收|审定)后.{2,4})$"
)
_HELD = later("(?:严格|严控|合理|有效)*控制.{2,}(?:成本|费用|支出|开支|经费)$")
_REGULATES = frozenset({"规范", "维护"})
_LED = later("^(?:组织|安排|委托|邀请|聘请)[^对为]{2,8}(?=对)")  # 组织专家|对苗种进行验收
_PROMISED = later("(?:按时|按期|如期|准时)(?:保质|保量|足额|完成)*(?=.{2})")
_ACCORDING = later(
    "按(?![时期月季年揭]).{0,12}?(?:制度|办法|规程|方案|细则|规范|需求|需要|排班|合同|协议)(?!要求|标准).{2,}"
)
_TASK_SET = later("(?:年内|年底前?|本年度?|当年)?(?:完成.{2,}任务|全部(?:竣工|完工|完成|建成|交付|入住).{0,4})$")
_BY_MEANS = later("通过.{2,12}(?:方式|形式|办法|途径|渠道|平台)?(?:购置|采购|购买|确定|选定|选择|支付|发放).{2,}")
_WAY = later(r"以(?!太)(最|.{1,12}?(为.|的.|方式|形式|办法|价格))")
_OUTPUTS = (("产出指标", ""), ("产出指标", "产出指标"))  # of a form whose outputs have no second levels
_OBJECT, _SENTENCE = 3, 6  # characters of what is done something to, and of a way of doing it
_PART = re.compile(r"\d\D{0,3}$|每$")  # 1户|1档, 1号楼|2层, 每|2次


class Work(Params):
    """`effects`: verbs that promise an effect (提高); `tasks`: verbs that are nouns too (保障); `adverbs` may stand
    before either. `ways`: how a thing is done (按照…), at the beginning; 对 there and one of `doings` further on
    (对…进行…), or 为 and one of `givings`, make a sentence of it, of `sentence` characters at least. `demands` are
    no names of costs, whatever the amount (控制在…); `openers` begin what is done: a task among the costs where no
    money is stated, and in the first of several clauses anywhere; `unsure` ones begin nouns, too (组织样本), and make
    work of an output's name only where it ends in one of `objects` or `deeds`. `deeds` end what is done (培训): no
    measure where the value is no more than one of `done`, or all of it (100%); with one of `manners` right before it
    (及时|维修) it is a share of what is done well; `finishes` are such ends under 时效 (完工). `errands` begin what
    somebody was told to do (狠抓); `spent_on` end what money under 成本 is spent on, which is no cost."""

    adverbs: WordList
    effects: WordList
    tasks: WordList
    ways: WordList
    doings: WordList
    givings: WordList = "task-givings"
    demands: WordList
    openers: WordList
    unsure: WordList
    objects: WordList
    compounds: WordList
    measures: WordList
    deeds: WordList
    done: WordList
    manners: WordList
    finishes: WordList = "finish-endings"
    errands: WordList = "errands"
    spent_on: WordList = "cost-deeds"
    wishes: WordList = "timed-wishes"
    sentence: int = 10


def said_work(name: str, ctx: IndicatorContext, params: Work) -> str:
    """The words that make work of a name, whatever its verb; "" where there are none."""
    return (
        _sentence(name, ctx, params)
        or _demand(name, ctx, params)
        or _clauses_of_work(ctx, params)
        or _work(name, ctx, params)
        or _errand(name, ctx, params)
        or _told_to(name, ctx)
        or _in_time(name, ctx, params)
        or _deed(name, ctx, params)
    )


def prose_only(ctx: IndicatorContext) -> bool:
    """Whether no half of the row states a figure or a date."""
    return all(entry.value.kind in PROSE and not any(map(str.isdigit, entry.entry.text)) for entry in ctx.entries)


def clauses(ctx: IndicatorContext) -> list[str]:
    """The clauses of a name, at least one."""
    return [part for part in _CLAUSES.split(clean(ctx.indicator.name).core) if part.strip()] or [""]


def asks_figure(ctx: IndicatorContext) -> bool:
    return ctx.asks.asks is not None


def _sentence(name: str, ctx: IndicatorContext, params: Work) -> str:
    """A sentence as an output's name, whatever its value: 按政策由村申报…, 对困难家庭进行扶助. Among the costs and
    under 时效 only where the value is no money or no time."""
    words, level2 = ctx.form.words, ctx.indicator.level2
    if len(name) < params.sentence or asks_figure(ctx) or not _of_outputs(ctx):
        return ""
    way = beginning(words[params.ways], name) or ("按…" if _ACCORDING.match(name) else "")
    if way and level2 != "时效指标":
        return way
    name = _LED.sub("", name, count=1)
    verbs = {"对": params.doings, "为": params.givings}.get(name[0])
    doing = pattern(words[verbs]).search(name, 2) if verbs else None
    return f"{name[0]}…{doing[0]}" if doing and len(name) > doing.end() else ""


def _work(name: str, ctx: IndicatorContext, params: Work) -> str:
    """开展民间档案征集工作 | 征集手稿和证书: what is done as the name of an output, and no figure of it."""
    level = ctx.indicator.level1, ctx.indicator.level2
    output = level[1] in ("数量指标", "质量指标") or level in _OUTPUTS
    if not output or asks_figure(ctx) or not prose_only(ctx) or not _filled(ctx):
        return ""
    words = ctx.form.words
    doing = opening(words[params.adverbs], words[params.openers], name)
    if not doing or begins(words[params.compounds], name[doing.start :]):
        return ""
    rest = name[doing.end :]
    if len(rest) < _OBJECT or ending(words[params.measures], rest):
        return ""
    sure = doing.verb not in words[params.unsure] or ending(words[params.objects] | words[params.deeds], rest)
    return doing.verb if sure else ""


def _errand(name: str, ctx: IndicatorContext, params: Work) -> str:
    """做好秋冬季防火宣传 | ≥200次, 完成年度培训任务 | 500名 under 数量: whatever is counted, the name is an errand."""
    if ctx.indicator.level2 != "数量指标" or asks_figure(ctx):
        return ""
    if _TASK.match(name):
        return "完成"
    verb = beginning(ctx.form.words[params.errands], name)
    noun = begins(ctx.form.words[params.compounds], name)
    return verb if verb and not noun and len(name) - len(verb) >= _OBJECT else ""


def _told_to(name: str, ctx: IndicatorContext) -> str:
    """把矫正工作做实做细, 按团省委部署完成各项任务 as an output: what somebody was told to do."""
    shares = all(entry.value.dimension == "ratio" for entry in ctx.entries)
    found = _TOLD.match(name) or (_PACED.match(name) or _PAID_BY.search(name) if shares else None)
    found = found or (_PROPERLY.search(name) if prose_only(ctx) and _filled(ctx) else None)
    if not found or ctx.indicator.level2 not in ("数量指标", "质量指标", "时效指标") or asks_figure(ctx):
        return ""
    return "把…" if found[0] == "把" else found[0]


def _in_time(name: str, ctx: IndicatorContext, params: Work) -> str:
    """按时缴纳税费 | 1年, 按期完成投资 | 10 under 时效: no time by which, no share that was in time;
    nor a wish with a day behind it."""
    words = ctx.form.words
    if ctx.indicator.level2 != "时效指标" or ctx.asks.asks not in (None, "money"):  # …完成年度投资
        return ""
    wish = opening(words[params.wishes], words[params.wishes], name, 1)
    if wish and len(name) - wish.end >= _OBJECT and not begins(words[params.compounds], name):
        return wish.verb  # 提高来信办理效率 | ≤15个工作日
    found = _PROMISED.search(name) or _ACCORDING.match(name) or _TASK_SET.match(name)
    return found[0] if found and ctx.entries and all(_no_time(entry) for entry in ctx.entries) else ""


def _no_time(ctx: EntryContext) -> bool:
    """A bare number, whole years, or the whole of one."""
    value = ctx.value
    if value.kind == "quantity":
        return value.dimension is None or value.unit == "年" or (value.unit == "月" and value.figure == _YEAR)
    start, end = (value.date.start, value.date.end) if value.date else (None, None)
    return bool(start and end and start.endswith("-01-01") and end.endswith("-12-31"))


def _filled(ctx: IndicatorContext) -> bool:
    return any(entry.value.kind != "empty" for entry in ctx.entries)


def by_way_of(name: str, ctx: IndicatorContext, params: Work) -> str:
    """以低价高质为采购原则, 以合理的市场价出租: how it is done; 以房养老 is what a thing is called."""
    if len(name) < _SENTENCE or not _WAY.match(name) or asks_figure(ctx):
        return ""
    return "" if begins(ctx.form.words[params.compounds], name) else "以…"


def condition(ctx: IndicatorContext) -> str:
    """药品质量符合国家标准, 数据必须合格 | 100%: what has to hold; the measure is how much of it does (合格率)."""
    if ctx.indicator.level2 not in ("数量指标", "质量指标") or asks_figure(ctx):
        return ""
    told = [squash(clause) for clause in clauses(ctx)]
    if must := next((m for clause in told if (m := _MUST.search(clause))), None):
        return must["what"]
    shares = bool(ctx.entries) and all(entry.value.dimension == "ratio" for entry in ctx.entries)
    if line := next((m for clause in told if shares and (m := _OWN_LINE.match(clause))), None):
        return line["line"]
    found = next((m for clause in told if (m := _CONFORMS.search(clause))), None)
    if found and found["how"] == "达到" and any(map(_grades, ctx.entries)):
        return ""
    return f"{found['how']}…{found['what']}" if found else ""


def _grades(ctx: EntryContext) -> bool:
    """室内温度达到供热标准 | ≥18℃, 道路达到四级公路标准 | 四级: the value says what is measured."""
    return ctx.value.dimension not in (None, "ratio", "count") or _GRADE.search(ctx.entry.text) is not None


def _of_outputs(ctx: IndicatorContext) -> bool:
    """Whether what the row does is judged by what it says, not by the money or the time that it states."""
    dimensions = {(entry.value.dimension or "").partition("/")[0] for entry in ctx.entries}
    if ctx.indicator.level2 == "时效指标":
        return "time" not in dimensions and all(entry.value.kind != "date" for entry in ctx.entries)
    if ctx.indicator.level2 in MONEY_LEVELS:
        return "money" not in dimensions
    return ctx.indicator.level2 in ("数量指标", "质量指标")


def _deed(name: str, ctx: IndicatorContext, params: Work) -> str:
    """安全员培训 | 已完成, 校舍维修 | 100%: what is done, and that it is done; nothing is counted or judged, and under
    时效 nothing is timed (项目完工、投入使用 | 100%).

    Under 质量 no share of it is (文明施工 | ≥95%): of what, nobody says."""
    words = ctx.form.words
    timed = ctx.indicator.level2 == "时效指标"
    if not (timed or ctx.indicator.level2 in ("数量指标", "质量指标")) or asks_figure(ctx):
        return ""
    deed = ending(words[params.finishes if timed else params.deeds], name)
    if ending(words[params.manners], name.removesuffix(deed)):
        return ""
    share = ctx.indicator.level2 == "质量指标"
    told = [_all_of_it(entry, words[params.done], share) for entry in ctx.entries]
    return deed if len(name) > len(deed) + 1 and told and all(told) else ""


def _all_of_it(ctx: EntryContext, done: frozenset[str], share: bool) -> bool:
    """Whether it is done, or all of it; with `share`, or any share."""
    value = ctx.value
    ratio = value.kind == "quantity" and value.dimension == "ratio" and value.figure is not None
    plain = share and not _NAMED.search(ctx.entry.text)  # 设备维护 | 完好率≥98%: the value says of what
    return (ratio and (plain or value.figure == _HUNDRED)) or core(ctx.entry.text) in done


def amount_in_name(ctx: IndicatorContext, deeds: frozenset[str]) -> str:
    """铺设管道12公里 | 100%: work with its own figure at the end, and a value that is a share or no more than a number;
    "" where there is none. A value in a unit may tell the rest (走访困难户2次 | 100户)."""
    name = without_ordinal(normalise(ctx.indicator.name).text)
    thing = ctx.indicator.level2 == "数量指标" and ctx.asks.asks is None and _THINGS.search(name) is not None
    work = thing or beginning(deeds, name)  # 教学软件2套 | 100% under 数量 needs no verb
    if ctx.indicator.level2 in MONEY_LEVELS or not any(map(str.isdigit, name)) or not work:
        return ""
    found = find_values(name)
    if not found:
        return ""
    start, end, own = found[-1]
    counted = own.kind == "quantity" and (own.dimension == "count" or own.unit in _EXTENTS)
    if end < len(name) or not counted or not own.text[0].isdigit() or _PART.search(name[:start]):
        return ""
    stated = [entry.value for entry in ctx.entries if entry.value.kind == "quantity"]
    other = [one for one in stated if one.dimension in (None, "ratio") and one.figure not in (None, own.figure)]
    return name[start:] if stated and len(other) == len(ctx.entries) else ""


def _demand(name: str, ctx: IndicatorContext, params: Work) -> str:
    """控制在预算内, or 组织培训 without its money: what is wanted of the costs, not which costs."""
    words = ctx.form.words
    if ctx.indicator.level2 not in MONEY_LEVELS:
        return ""
    demand = opening(words[params.adverbs], words[params.demands], name)
    if demand:
        return demand.verb
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


def _clauses_of_work(ctx: IndicatorContext, params: Work) -> str:
    """完成下达的清运任务，督促物业做好保洁: several clauses, the first of which is work where no figure answers it; a
    figure answers none where each clause is work."""
    clause, *more = clauses(ctx)
    if not more or asks_figure(ctx) or ctx.indicator.level2 == "时效指标":
        return ""
    words = ctx.form.words
    verbs = words[params.openers] | words[params.tasks] | words[params.effects]
    doing = opening(words[params.adverbs], verbs | _REGULATES, squash(clause))
    if not prose_only(ctx) and ctx.indicator.level2 in EFFECT_LEVELS:
        return ""  # an effect whose value is a figure
    if not prose_only(ctx) and not all(opening(words[params.adverbs], verbs, squash(one)) for one in more):
        return ""
    return doing.verb if doing else ""

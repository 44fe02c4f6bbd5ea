"""Names that say what is done: a sentence, an errand, clauses of work, a deed that is only done or not."""

from decimal import Decimal

from kpi.lazyre import HAN, later
from kpi.model import EFFECT_LEVELS, MONEY_LEVELS
from kpi.rules.bare import beginning, ending, opening
from kpi.rules.checks.costdemands import demand
from kpi.rules.checks.rowwords import TURNS, asks_figure, clauses, filled, is_shared_sentence, prose_only
from kpi.rules.checks.worklists import Work
from kpi.rules.context import EntryContext, IndicatorContext
from kpi.rules.text import begins, core, pattern, squash

_HUNDRED = Decimal(100)
_YEAR = Decimal(12)  # months
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
_PAID_BY = later(
    "(?<=.{4})按.{2,8}(?:兑现|发放|支付|拨付|答复|办理|办结|处置|处理)$|(?<=.{2})按照?.{2,10}价格?(?:采购|购买)$"
)  # 创建补助按评审结果兑现 | ≥80%
#: 巡逻盘查按规定开展 | 规范, 苗种经检验合格后投放 | 合格: how it is done, and no measure of how well
_PROPERLY = later(
    "(?<=.{2})(?:按照?(?:规定|要求|规范|标准|程序|制度|计划|方案)(?:开展|进行|推进|实施|执行|组织|办理)"
    "|经.{2,10}(?:合格|同意|批准|审核|审批|验收|审定)后.{2,4})$"
)
_REGULATES = frozenset({"规范", "维护"})
_LED = later("^(?:组织|安排|委托|邀请|聘请)[^对为]{2,8}(?=对)")  # 组织专家|对苗种进行验收
_EVERY = later("^(?:每[年季月]度?|全年)?.{0,4}前?(?=给.{4,})")  # 每年寒假前|给留守学生送书
_PROMISED = later("(?:按时|按期|如期|准时)(?:保质|保量|足额|完成)*(?=.{2})")
_ACCORDING = later(
    "按(?![时期月季年揭]).{0,12}?(?:制度|办法|规程|方案|细则|规范|需求|需要|排班|合同|协议)(?!要求|标准).{2,}"
)
_PUSHED_ON = later(".{4,}(?:推进|开展|组织|实施|安排).{2,}")  # 根据资金下达时间推进项目进度 under 时效
_COVERS = later(r"(?:全面)?覆盖(?!率)[^\d]*$")  # 禁毒宣传 | 覆盖全县所有乡镇: and how much of it is done, nobody says
_TASK_SET = later("(?:年内|年底前?|本年度?|当年)?(?:完成.{2,}任务|全部(?:竣工|完工|完成|建成|交付|入住).{0,4})$")
_WAY = later(r"以(?!太)(最|.{1,12}?(为.|的.|方式|形式|办法|价格))")
_OUTPUTS = (("产出指标", ""), ("产出指标", "产出指标"))  # of a form whose outputs have no second levels
_TURNS = later(f"{TURNS}{HAN}{{2}}")
_BEFORE = later("(?:汛|雨季|冬|春耕|开学|供暖|封冻|春节|国庆|年底|月底)前")
_OBJECT, _SENTENCE = 3, 6  # characters of what is done something to, and of a way of doing it
_SENTENCE_OF = 10  # characters of a deed that its value says once more


def said_work(name: str, ctx: IndicatorContext, params: Work) -> str:
    """The words that make work of a name, whatever its verb; "" where there are none."""
    return (
        _sentence(name, ctx, params)
        or demand(name, ctx, params)
        or _clauses_of_work(ctx, params)
        or _work(name, ctx, params)
        or _restated(name, ctx, params)
        or _errand(name, ctx, params)
        or _told_to(name, ctx)
        or _in_turns(name, ctx)
        or _in_time(name, ctx, params)
        or _deed(name, ctx, params)
    )


def _sentence(name: str, ctx: IndicatorContext, params: Work) -> str:
    """A sentence as an output's name, whatever its value: 按政策由村申报…, 对困难家庭进行扶助. Among the costs and
    under 时效 only where the value is no money or no time."""
    words, level2 = ctx.form.words, ctx.indicator.level2
    told = not asks_figure(ctx) or is_shared_sentence(name, ctx)
    if len(name) < params.sentence or not told or not _of_outputs(ctx):
        return ""
    way = beginning(words[params.ways], name) or ("按…" if _ACCORDING.match(name) else "")
    if way and (level2 != "时效指标" or _PUSHED_ON.search(name)):
        return way
    name = _LED.sub("", name, count=1)
    name = _EVERY.sub("", name, count=1)
    verbs = {"对": params.doings, "为": params.givings, "给": params.givings}.get(name[0])
    doing = pattern(words[verbs]).search(name, 2) if verbs else None
    whole = doing is not None and (len(name) > doing.end() or (len(doing[0]) > 1 and doing[0][0] == "送"))  # 送书
    return f"{name[0]}…{doing[0]}" if doing and whole else ""


def _work(name: str, ctx: IndicatorContext, params: Work) -> str:
    """开展民间档案征集工作 | 征集手稿和证书: what is done as the name of an output, and no figure of it."""
    level = ctx.indicator.level1, ctx.indicator.level2
    output = level[1] in ("数量指标", "质量指标") or level in _OUTPUTS
    if not output or asks_figure(ctx) or not prose_only(ctx) or not filled(ctx):
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


def _restated(name: str, ctx: IndicatorContext, params: Work) -> str:
    """印发会刊和合集 | 印发会刊每季1500册,全年4期 under outputs without second levels: the value is the deed again,
    with what comes of it."""
    words = ctx.form.words
    if (ctx.indicator.level1, ctx.indicator.level2) not in _OUTPUTS or asks_figure(ctx) or len(name) < _SENTENCE_OF:
        return ""
    doing = opening(words[params.adverbs], words[params.openers], name)
    texts = [squash(entry.entry.text) for entry in ctx.entries]
    return doing.verb if doing and texts and all(text.startswith(name[:_SENTENCE]) for text in texts) else ""


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
    found = found or (_PROPERLY.search(name) if prose_only(ctx) and filled(ctx) else None)
    judged = ctx.indicator.level2 in ("数量指标", "质量指标", "时效指标") or (shares and _of_outputs(ctx))
    if not found or not judged or asks_figure(ctx):
        return ""
    return "把…" if found[0] == "把" else found[0]


def _in_turns(name: str, ctx: IndicatorContext) -> str:
    """每月发放 | ≥1人/月, 按月开放 | ≥12次: how often something is done, whatever it is, and nothing that is
    measured."""
    dated = any(entry.value.kind == "date" for entry in ctx.entries)
    return name[:2] if _TURNS.fullmatch(name) and not dated else ""


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


def by_way_of(name: str, ctx: IndicatorContext, params: Work) -> str:
    """以低价高质为采购原则, 以合理的市场价出租: how it is done; 以房养老 is what a thing is called."""
    if len(name) < _SENTENCE or not _WAY.match(name) or asks_figure(ctx):
        return ""
    return "" if begins(ctx.form.words[params.compounds], name) else "以…"


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
    share = ctx.indicator.level2 == "质量指标" or (timed and _BEFORE.match(name) is not None)  # 汛前完工 | 90%
    told = [_all_of_it(entry, words[params.done], share) for entry in ctx.entries]
    return deed if len(name) > len(deed) + 1 and told and all(told) else ""


def _all_of_it(ctx: EntryContext, done: frozenset[str], share: bool) -> bool:
    """Whether it is done, or all of it; with `share`, or any share."""
    value = ctx.value
    ratio = value.kind == "quantity" and value.dimension == "ratio" and value.figure is not None
    told = _NAMED.search(ctx.entry.text) is not None  # 设备维护 | 完好率≥98%: the value says of what
    everywhere = ctx.indicator.level2 == "数量指标" and _COVERS.match(ctx.entry.text.strip()) is not None
    return (ratio and not told and (share or value.figure == _HUNDRED)) or core(ctx.entry.text) in done or everywhere


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

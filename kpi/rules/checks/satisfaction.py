"""Names under 满意度: satisfied with what is not asked here, but who is — and whether anybody is asked at all."""

import re
from collections.abc import Iterator

from kpi.rules.bare import bare, beginning, ending
from kpi.rules.checks.joined import split
from kpi.rules.checks.naming import SATISFACTION
from kpi.rules.checks.rows import blank, names_nothing
from kpi.rules.context import IndicatorContext
from kpi.rules.finding import Hit
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import begins, holds, pattern, squash

_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]*)")


class Internal(Params):
    """`staff`: who belongs to the spending unit, at the end of the respondent's name; `alone`: only where it is the
    whole respondent (职工) or stands behind one of `own` (本站|职工); `unless`: words that make outsiders or
    beneficiaries of them (退休, 企业), but for the `places` of those who are staff `anywhere` (一线|民警). `benefits`:
    what a project that names them pays them (补贴)."""

    staff: WordList
    alone: WordList
    unless: WordList
    own: WordList
    benefits: WordList
    anywhere: WordList = "staff-anywhere"
    places: WordList = "staff-places"


@check("internal-satisfaction", scope="indicator", params=Internal, facts="who")
def internal_satisfaction(ctx: IndicatorContext, params: Internal) -> Iterator[Hit]:
    """Own staff as respondents, unless the project itself is for them."""
    words, name = ctx.form.words, bare(ctx.indicator.name)
    if ctx.asks.asks != "satisfaction" or "满意" not in name:
        return
    who = _asked(name)
    bare_who = who.removeprefix(beginning(words[params.own], who))
    staff = bare_who if bare_who in words[params.alone] else ending(words[params.staff], who)
    staff = staff or _of_this_office(who, ctx, words[params.alone])
    unless = words[params.unless] - (words[params.places] if ending(words[params.anywhere], who) else frozenset())
    if staff and not holds(unless, who) and not _for_them(staff, ctx, words[params.benefits]):
        yield Hit({"who": who})


def _asked(name: str) -> str:
    """群众对窗口工作人员的满意度 asks 群众."""
    before = name.partition("满意")[0]
    who = before.partition("对")[0] if not before.startswith("对") else before[1:]
    return (who or before).removesuffix("的")


def _of_this_office(who: str, ctx: IndicatorContext, alone: frozenset[str]) -> str:
    """数据中心|职工 of 河川市数据中心."""
    staff = ending(alone, who)
    office = who.removesuffix(staff)
    table = ctx.form.table
    people = staff.endswith(("职工", "员工", "干部", "人员"))
    return staff if people and len(office) > 1 and office in f"{table.unit or ''}\n{table.department or ''}" else ""


def _for_them(staff: str, ctx: IndicatorContext, benefits: frozenset[str]) -> bool:
    """财务人员 in 财务人员继续教育; not 管护人员 in 烈士陵园管护, which pays for the work."""
    project = ctx.form.table.project
    return staff in project or (staff.removesuffix("人员") in project and holds(benefits, project))


class SatisfactionName(Params):
    """`words`: what a name of satisfaction holds (满意, 好评); `complaints` among them count who is not (投诉).
    `filler`: what is left says nothing of who is asked. `respondents`: who may be asked. With one of `regard` (认可)
    only a share of those who think so is asked. `cut`: a name of this many characters, the longest of its form, may be
    a text that the form cut at its column's width, unless it begins with one of `effects`."""

    words: WordList
    complaints: WordList
    filler: WordList
    respondents: WordList
    joints: WordList
    whole: WordList
    effects: WordList
    approval: WordList = "approval-words"
    regard: WordList = "regard-words"
    things: WordList = "satisfaction-things"
    cut: int = 10


_HEADS = ("数", "率", "量", "感", "评价")  # 事件发生数, 群众对活动的评价: nothing goes on behind a measure …
_FELT = ("感", "评价")
_ASKED = ("度", "率", "程度", "比例", "评价", "得分", "评分", "分值")
_THOUGHT = ("感", "认可", "认同", "评价")
_NO_HEADS = ("质量", "效率", "力量", "能量")  # … but may behind these, which are judged: 对服务质量|的满意度


@check("satisfaction-name", scope="indicator", params=SatisfactionName, facts="rewrite", cases="nobody complaints")
def satisfaction_name(ctx: IndicatorContext, params: SatisfactionName) -> Iterator[Hit]:
    """Nothing of 满意 in the name, or nobody who is asked."""
    if ctx.indicator.level2 != SATISFACTION or names_nothing(ctx.indicator.name):
        return
    name, words = bare(ctx.indicator.name), ctx.form.words
    if not holds(words[params.words], name) or _thought_well_of(name, ctx, params):
        who = ending(words[params.respondents], name) != ""
        who = who or (name.endswith(_FELT) and holds(words[params.respondents], name))  # 患者评价 | 满意率≥90%
        if not _cut(ctx, name, params) and not (who and _said_in_value(ctx)):
            yield Hit({"rewrite": f"{name}满意度" if who and not name.endswith(_FELT) else ""})
    elif holds(words[params.complaints], name) and not holds(words[params.approval], name):
        yield Hit({"rewrite": ""}, case="complaints")
    elif "满意" in name and _nobody(ctx, name, params) and not all(blank(e.entry.text) for e in ctx.entries):
        yield Hit({"rewrite": ""}, case="nobody")


def _thought_well_of(name: str, ctx: IndicatorContext, params: SatisfactionName) -> bool:
    """提升听众认可度, 是否认可: that they think well of it, and no share of those who do (家长认可度)."""
    if "满意" in name or not holds(ctx.form.words[params.regard], name):
        return False
    asked = name.endswith(_ASKED) or any("满意" in entry.entry.text for entry in ctx.entries)
    return begins(ctx.form.words[params.effects], name) or not asked


def _said_in_value(ctx: IndicatorContext) -> bool:
    """受益群众 | 满意度≥90%: the row says it, if in the wrong cell; 都比较满意 says it of nothing."""
    return any("满意" in entry.entry.text and any(map(str.isdigit, entry.entry.text)) for entry in ctx.entries)


def _cut(ctx: IndicatorContext, name: str, params: SatisfactionName) -> bool:
    if name.endswith("满"):
        return True
    measured = name.endswith(_HEADS) and not name.endswith(_NO_HEADS)
    if measured or begins(ctx.form.words[params.effects], name):
        return False
    longest = max(len(squash(row.name)) for row in ctx.form.table.indicators)
    return len(name) >= params.cut and len(squash(ctx.indicator.name)) == longest


def _nobody(ctx: IndicatorContext, name: str, params: SatisfactionName) -> bool:
    """满意度, 服务满意度, 增强公信力和满意度: what stands right before 满意 is no one."""
    words = ctx.form.words
    before, _, after = name.partition("满意")
    bracketed = "".join(_BRACKETED.findall(ctx.indicator.name))
    if "对" in after or holds(words[params.respondents], after + bracketed):
        return False
    if holds(words[params.respondents], before.partition("对")[0]) and "对" in before:
        return False  # 群众对供水水质和服务的满意度
    if before.startswith("对") and not holds(words[params.respondents], before):
        return True  # 对项目的满意度: with what, and not who
    parts = split(f"{before}〇", words[params.joints], words[params.whole])
    last = parts[-1].removesuffix("〇") if parts else ""
    if ending(words[params.things], last) and not holds(words[params.respondents], before) and "对" not in before:
        return True  # 环境卫生满意度: what, and not who
    felt = not last and len(parts) > 1 and parts[-2].endswith(_THOUGHT)  # 群众安全感和满意度
    return not pattern(words[params.filler]).sub("", last) and not (felt and holds(words[params.respondents], before))

"""The rate that a goal promises for what a row measures, so that a rewrite of the row does not contradict the goal."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.model import HALVES
from kpi.rules.context import EntryContext, FormContext, per_form
from kpi.rules.pairing import GOALS, Claim, about, claims, goal_half, measure, satisfaction
from kpi.rules.text import core, number
from kpi.values import Value

_RATE = later("[%％‰成折]|分之|百分百|半数|一半")  # a goal without any of these promises no rate
_CHANGES = later("(?:提高|提升|增长|增加|上升|下降|降低|减少)[了约]?\\s*\\Z")
_BEFORE = later("上一?年|去年|往年|基础上|原来|原有")
_ANYBODY = later("服务对象|受益|群众|公众|社会|人民|百姓|对象|各方")
_FILLER = "object-filler"  # the list by which TXT002 tells things apart


def promised_rate(ctx: EntryContext) -> tuple[str, str]:
    """The row's target as its goal states it, and which goal: (≥88%, 年度目标); "", "" where no goal or several do."""
    found = [claim for claim in _rates(ctx.form) if goal_half(ctx.form.table, claim.half) == ctx.half]
    if not found:
        return "", ""
    filler = ctx.form.words.get(_FILLER, frozenset())
    same = [claim for claim in found if _same(claim, ctx, filler)] or _alone(found, ctx, filler)
    figures = {claim.value.figure for claim in same}
    figure = figures.pop() if len(figures) == 1 else None
    if figure is None:
        return "", ""
    return f"{'=' if figure == 100 else '≥'}{number(figure)}%", GOALS[same[0].half]


@per_form
def _rates(form: FormContext) -> Sequence[Claim]:
    """The rates that the goals promise."""
    if not any(_RATE.search(form.table.goal(half) or "") for half in HALVES):
        return ()
    return [claim for claim in claims(form.table) if _exact_rate(claim.value) and not _is_other(claim)]


def _exact_rate(value: Value) -> bool:
    known = value.dimension == "ratio" and not value.approximate and value.comparator not in ("<", "<=")
    return known and value.figure is not None and value.figure <= 100


def _is_other(claim: Claim) -> bool:
    """满意度提高5% is a change, 不合格率 the contrary, and 分别达到95%、90% tells two at once."""
    said, mention = claim.own, claim.mention
    at = said.find(measure(said) or "满意")
    contrary = at > 0 and said[at - 1] in "不未非"
    if _BEFORE.search(f"{mention.lead}{mention.clause}") or mention.after.lstrip("%％").startswith("的"):
        return True  # 在上年88%的基础上; 满意率80%的窗口
    return contrary or "分别" in mention.clause or _CHANGES.search(mention.before) is not None


def _same(claim: Claim, row: EntryContext, filler: frozenset[str]) -> bool:
    """Whether the goal names the row's rate with all that stands before it. Characters tell as much here as words, and
    a rule over values must not load the dictionary."""
    if claim.satisfaction != satisfaction(row.indicator):
        return False
    said, named = about(claim, filler), core(row.indicator.name)
    rate = measure(named)
    return bool(rate) and measure(said) == rate and named.removesuffix(rate) in said


def _alone(found: list[Claim], row: EntryContext, filler: frozenset[str]) -> list[Claim]:
    """The only figure of this rate, or of satisfaction, that the goal has."""
    if satisfaction(row.indicator):
        some = [claim for claim in found if claim.satisfaction and not _of_others(claim, row, filler)]
    else:
        rate = measure(core(row.indicator.name))
        some = [claim for claim in found if rate and not claim.satisfaction and measure(about(claim, filler)) == rate]
    return some if len(some) == 1 else []


def _of_others(claim: Claim, row: EntryContext, filler: frozenset[str]) -> bool:
    """Whether the goal asks other people than the row does: 教师满意度达95%, 学生满意度."""
    told, asked = (text.partition("满意")[0].rpartition(" ")[2] for text in (about(claim, filler), row.indicator.name))
    anybody = not told or not asked or _ANYBODY.search(told) or _ANYBODY.search(asked)
    return not (anybody or set(told) & set(core(asked)))

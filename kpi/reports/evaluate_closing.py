"""The last word of `kpi evaluate`: what is wrong and in which order to mend it, or what is left to do."""

from collections import Counter
from collections.abc import Iterator

from kpi.progress.assess import NO_ACTUALS, NO_TARGETS, Unmatched
from kpi.progress.evaluation import Evaluation
from kpi.progress.keys import project_key
from kpi.progress.points import CENT
from kpi.progress.results import RowResult
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.evaluate_words import UNNAMED, points
from kpi.reports.width import one_line
from kpi.rules.finding import Finding

_UNREAD = "没有检查成，什么也没有算；请先按上面的说明处理文件，再检查一次。"
_NOTHING = "没有找到填了完成值的自评表，什么也没有算；请确认选对了文件，或用 --actuals 给出完成情况。"
_SCORED = "表中没有写自评得分和总分，以上是按完成值算出的"
_TRIAL = "表和清单里都没有分值，总分按常用权重试算，只供参考"
_EXECUTION = 10  # points that the execution of the budget counts in most forms
_SUM = "weight-sum"  # weights that add up wrong, which no declared form sets right
_POINTS = ("score-differs", "total-differs", "band-violated")  # checks of the rules about points
# What to mend in which order, by the checks of the rules: points follow from targets and weights.
_STEPS = (
    (("target-changed", "weight-differs"), "改回申报的目标和分值"),
    ((_SUM,), "核对各项分值"),
    (_POINTS, "改得分和总分"),
    (("reason-missing",), "补偏差原因"),
)


def conclusion(evaluated: EvaluateOutcome) -> str:
    """What to do now, in one or two sentences."""
    if not evaluated.assessed.results:
        return _UNREAD if evaluated.outcome.could_not_check else _untold(evaluated)
    if any(not one.name for one in evaluated.assessed.near):
        return "自评表与申报的目标表像不是同一份（见上），先核对拿的文件对不对，再检查一次。"
    some = [one for _, one in evaluated.evaluations]
    apart = "".join(_left_out(evaluated))
    if _must(evaluated):
        return apart + "".join(_wrong(evaluated, some))
    if not any(stated(one) for one in some):
        return apart + _unstated(some)
    return apart + _of_stated(evaluated, some, alone=not apart)


def doubtful(evaluated: EvaluateOutcome) -> bool:
    """Whether something could not be checked or compared, though no rule finds fault with it."""
    some = [one for _, one in evaluated.evaluations]
    return any(_left_out(evaluated)) or bool(_doubted(some) or _apart(some))


def _of_stated(evaluated: EvaluateOutcome, some: list[Evaluation], *, alone: bool) -> str:
    """Of points that the form states, and that no rule calls wrong. `alone`: nothing was left out of what was given."""
    if doubt := _doubted(some):
        return doubt
    if other := _apart(some):
        return f"{other}；核对好了再上报。"
    if evaluated.outcome.result.counts["warning"]:
        uneven = "有几处得分与重算的不一样，" if _differing(evaluated) else "得分和总分对得上；有几处"
        return f"{uneven}要说明或核对，见上。"
    if near := len(evaluated.assessed.near):
        return f"有 {near} 处名称与申报的只是相近，没有对上；先核对是不是同一个指标，再检查一次。"
    if any(one.total is not None and one.total.score is None for one in some):
        return "没有发现问题；有的指标要由人评，总分是一个范围。"
    unplaced = sum(row.wanted and not one.awaits(row) for one in some for row in one.rows)
    missed = f"；有 {unplaced} 项没有达到目标或大幅超额，原表没有写原因的地方" if unplaced else ""
    if any(one.total is None for one in some):
        return f"没有发现问题{missed}；有的表没有分值一栏，各项得分没有重算，上报前请人再看一遍。"
    if apart := [one for one in some if _unsummed(one)]:
        unread = "，像是没有读到预算执行的得分" if all(map(_lacks_execution, apart)) else ""
        return f"各项得分与表中数据一致{missed}；表中总分和它们的和不一样{unread}，请核对总分。"
    if missed:
        return f"得分、总分与表中数据一致{missed}，请另附说明。"
    return "得分、总分与表中数据一致，可以上报。" if alone else "算了的得分、总分与表中数据一致；核对好了再上报。"


def _left_out(evaluated: EvaluateOutcome) -> Iterator[str]:
    """Whole forms that nothing was held against: somebody may have taken the wrong file."""
    made = evaluated.assessed
    strangers = [one for one in made.rows if not one.name and one.why == NO_TARGETS]
    if strangers:
        yield f"{_forms(strangers, '张自评表')}没有找到申报时的目标表，没有和申报的比过，先核对拿的文件对不对。"
    told = {project_key(one.table.project) for _, one in evaluated.evaluations}
    # A target form beside the self-evaluation of its project has nothing to tell.
    silent = [
        one for one in made.indicators
        if not one.name and not (one.why == NO_ACTUALS and project_key(one.project) in told)
    ]  # fmt: skip
    for why in dict.fromkeys(one.why for one in silent):
        yield f"{_forms([one for one in silent if one.why == why], '个项目')}没有算：{why}。"
    if lost := sum(bool(one.name) and not one.homeless for one in made.rows) if _from_list(evaluated) else 0:
        yield f"有 {lost} 行完成情况没有对上，没有用上。"


def _forms(some: list[Unmatched], what: str) -> str:
    first = f"“{one_line(some[0].project) or UNNAMED}”"
    return f"有 {len(some)} {what}（{first}{'等' if len(some) > 1 else ''}）"


def _from_list(evaluated: EvaluateOutcome) -> bool:
    """Whether a list tells what was achieved, and no self-evaluation does."""
    return any(one.actual_in is not None for _, one in evaluated.evaluations)


def _untold(evaluated: EvaluateOutcome) -> str:
    """Nothing was evaluated: why, where the file of actual values is at fault."""
    for one in evaluated.assessed.indicators:
        if not one.name and one.why != NO_ACTUALS:
            return f"什么也没有算：“{one_line(one.project)}”的{one.why}。"
    return _NOTHING


def stated(one: Evaluation) -> bool:
    """Whether the form states any points of its own that could be right or wrong."""
    said = one.table.stated
    return one.execution.stated is not None or bool(said and said.score) or any(
        row.stated is not None for row in one.rows
    )  # fmt: skip


def _must(evaluated: EvaluateOutcome) -> list[Finding]:
    """The errors, and what the ruleset wants mended whatever its severity."""
    return [finding for finding in evaluated.findings if finding.must]


def _differing(evaluated: EvaluateOutcome) -> bool:
    """Whether a warning is of points that are not those due."""
    rules = (evaluated.outcome.rule(one.rule) for one in evaluated.findings if one.severity == "warning")
    return any(rule is not None and rule.uses in _POINTS for rule in rules)


def _wrong(evaluated: EvaluateOutcome, some: list[Evaluation]) -> Iterator[str]:
    errors = Counter[str]()
    for finding in _must(evaluated):
        rule = evaluated.outcome.rule(finding.rule)
        uses = rule.uses if rule else ""
        errors[_SUM if uses == "weight-differs" and finding.indicator is None else uses] += 1
    steps = [step for checks, step in _STEPS if any(errors[check] for check in checks)]
    count = len(_must(evaluated))
    if set(errors) == {"reason-missing"}:
        yield f"有 {count} 处没有写偏差原因，补上以后再上报。"
    elif len(steps) > 1:
        yield f"有 {count} 处对不上，改正后再上报：先{steps[0]}，再{'，再'.join(steps[1:])}。"
    else:
        yield f"有 {count} 处对不上，{steps[0] if steps else '改正'}以后再上报。"
    if blank := _blank(some):
        yield f"另有 {blank} 项没有填完成值。"
    if unscored := sum(one.unscored for one in some):
        yield f"另有 {unscored} 项没有写得分。"
    if unreadable := _unreadable(some):
        yield f"另有 {unreadable} 项的完成值算不出得分。"
    if any(one.trial for one in some):
        yield f"{_TRIAL}。"


def _doubted(some: list[Evaluation]) -> str:
    """What keeps the stated points from being checked; "" where nothing does."""
    rows = [row for one in some for row in one.counted]
    unfounded = sum(row.score.blank and row.stated is not None for row in rows)
    empty, unreadable = _blank(some) - unfounded, _unreadable(some)
    unscored = sum(one.unscored for one in some)
    told = [
        f"有 {unscored} 项没有写得分，没法核对" if unscored else "",
        f"有 {unfounded} 项没有填完成值却写了得分，得分没法核对" if unfounded else "",
        f"有 {empty} 项没有填完成值" if empty else "",
        f"有 {unreadable} 项的完成值算不出得分，写的得分没法核对" if unreadable else "",
        "预算执行的数要先核对" if any(one.execution.doubt for one in some) else "",
    ]
    why = "；".join(filter(None, told))
    return f"{why}；改好后再检查一次。" if why else ""


def _apart(some: list[Evaluation]) -> str:
    """Points that are not what was worked out, though no rule calls them wrong: there are two ways to read the target,
    or to count an execution without a budget."""
    other = sum(_by_another_reading(row) for one in some for row in one.rows)
    told = [
        f"有 {other} 项的得分与重算的不一样，目标有两种读法（加 --explain 看是哪两种）" if other else "",
        *(_unscaled(one) for one in some),
    ]
    return "；".join(dict.fromkeys(filter(None, told)))


def _by_another_reading(row: RowResult) -> bool:
    """Whether the stated points are fair, but not those that were worked out first."""
    stated, due = row.stated, row.score.score
    if stated is None or due is None or not row.score.fair:
        return False
    return abs(stated - due) > CENT and not row.differs()


def _unscaled(one: Evaluation) -> str:
    """What is printed of a form without a budget, whose execution counts nothing."""
    total = one.total
    if one.execution.no_budget and one.execution.stated:
        return "预算数为 0，预算执行率不计分，表里却写了它的得分"
    if total is None or total.unscaled is None or total.score is None or one.printed_total is None:
        return ""
    if abs(total.score - one.printed_total) <= CENT:
        return ""
    grade = f"（{total.grade}）" if total.grade else ""
    scaled = f"{points(total.score)} 分{grade}"
    return f"预算数为 0，预算执行率不计分，其余各项折算成 100 分应是 {scaled}，表中总分没有这样折算"


def _unsummed(one: Evaluation) -> bool:
    """Whether the total that the form prints is another one, and nothing tells what it adds up."""
    made = one.total.score if one.total else None
    return not one.sums and None not in (made, one.printed_total) and made != one.printed_total


def _lacks_execution(one: Evaluation) -> bool:
    """Whether the points of the execution, which nobody read, would make up for what the total has more."""
    made = one.total.score if one.total else None
    return made is not None and one.printed_total is not None and 0 < one.printed_total - made <= _EXECUTION


def _blank(some: list[Evaluation]) -> int:
    return sum(row.score.blank for one in some for row in one.counted)


def _unreadable(some: list[Evaluation]) -> int:
    """How many rows state points for an actual value that tells none; of what was not reached it is told anyhow."""
    rows = (row for one in some for row in one.counted if row.stated is not None)
    return sum(row.unreadable and not row.unmet_in_full for row in rows)


def _unstated(some: list[Evaluation]) -> str:
    """There is nothing to compare the recomputed points with: what is left to do."""
    unmet = sum(one.awaits(row) for one in some for row in one.rows)
    blank = _blank(some)
    todo = [
        f"{unmet} 项没有达到目标或大幅超额，要写明原因" if unmet else "", f"{blank} 项没有填完成值" if blank else "",
    ]  # fmt: skip
    told = "；".join(filter(None, todo))
    trial = f"{_TRIAL}；" if any(one.trial for one in some) else ""
    return f"{_SCORED}；{trial}{told or '填进自评表后再检查一次'}。"

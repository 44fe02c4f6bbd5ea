"""What a form must hold as a whole: the required second levels, both halves, a sensible number of rows."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any, Self

from pydantic import Field, model_validator

from kpi.model import EFFECT_LEVELS, LEVEL1, LEVEL2, MONEY_LEVELS, Half, Indicator
from kpi.rules.checks.rows import (
    HALF_NAMES,
    breaks_off,
    empty_half,
    half_of,
    lost_rows,
    may_follow,
    may_precede,
    stated,
    unread_in,
    used,
)
from kpi.rules.context import FormContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.implied import quantities
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import grouped, holds, number, to_step, yuan

_FEW = 2  # rows
_LEVEL1 = {"效益指标": "效益指标", "满意度指标": "满意度指标"}


class MandatoryIndicator(Params):
    """`advice`: what to write under a missing level, by its label or else its one second level, `otherwise` under any
    other; `not_works`: where 建设 is no works (队伍建设); `management`:
    words of rows that answer to no level."""

    advice: Mapping[str, str]
    otherwise: str = "至少补一条三级指标和它的指标值，二级指标填{levels}"
    not_works: WordList
    management: WordList


@check(
    "mandatory-indicator", scope="form", params=MandatoryIndicator, facts="level advice rewrite why place",
    figures="required",
)  # fmt: skip
def mandatory_indicator(ctx: FormContext, params: MandatoryIndicator) -> Iterator[Hit | NotApplicable]:
    """A second level that the profile requires has no row in any half: one finding per level, both halves together."""
    if not ctx.table.indicators:
        yield NotApplicable("没有读到任何绩效指标")
        return
    if ctx.table.patchy:
        yield NotApplicable("表的各列混在一起，只读了分得清的行，不能断定没填")
        return
    cut = breaks_off(ctx)
    unread = unread_in(ctx)
    for wanted in ctx.profile["required"]:
        if not _asked(ctx, wanted, params) or _present(ctx, wanted):
            continue
        if _unsorted(ctx, wanted, ctx.words[params.management]):
            continue
        if any(level in ctx.table.sections for level in wanted["any_of"]):
            yield NotApplicable(f"{wanted['label']}写在一段话里，没有分成指标")
            continue
        if any(part.level2 in wanted["any_of"] for part in unread):
            yield NotApplicable(f"{wanted['label']}有没有读懂的内容，不能断定没填")
            continue
        labels = [i for i in ctx.table.indicators if i.level2 in wanted["any_of"]]
        breaks = not labels or labels == [ctx.table.indicators[-1]]  # the row itself may be what breaks off
        if cut and breaks and may_follow(ctx.table, _level1(wanted)):
            yield NotApplicable(f"表在“{cut}”处中断，后面有没有{wanted['label']}看不到")
            continue
        if not labels and may_precede(ctx.table, wanted["any_of"]):
            yield NotApplicable(f"文件从表的中间开始，前面有没有{wanted['label']}看不到")
            continue
        yield _missing(ctx, wanted, labels, params)


def _level1(wanted: Mapping[str, Any]) -> str:
    """The first level that a required label belongs to; 成本 stands first or last among the outputs."""
    effect = "效益指标" if set(wanted["any_of"]) <= set(EFFECT_LEVELS) else "产出指标"
    return _LEVEL1.get(wanted["label"], effect)


def _asked(ctx: FormContext, wanted: Mapping[str, Any], params: MandatoryIndicator) -> bool:
    kind = wanted.get("only_for")
    if not kind:
        return True
    project = ctx.table.project
    for word in sorted(ctx.words[params.not_works], key=len, reverse=True):
        project = project.replace(word, "")
    return holds(ctx.words[kind], project)


def _present(ctx: FormContext, wanted: Mapping[str, Any]) -> bool:
    level1 = "成本指标" if wanted["label"] == "成本指标" else _LEVEL1.get(wanted["label"])
    return any(used(i) and (i.level2 in wanted["any_of"] or i.level1 == level1) for i in ctx.table.indicators)


def _unsorted(ctx: FormContext, wanted: Mapping[str, Any], management: frozenset[str]) -> bool:
    """Output rows without a second level of their own: which of 数量, 质量, 时效 they are cannot be told. Rows about
    how money and rules are managed (制度指标) answer to nothing that is required."""
    rows = [i for i in ctx.table.indicators if used(i)]
    own = [i for i in rows if i.level2 and i.level2 not in LEVEL2]
    if 2 * len({i.level2 for i in own}) > len({i.level2 for i in rows}) and len(own) > _FEW:
        return True  # 项目运营, 安全保障 under 产出: second levels of its own throughout
    others = (i for i in rows if i.level1 not in LEVEL1 and i.level2 not in LEVEL2)
    if any(not holds(management, f"{i.level1}{i.level2}{i.name}") for i in others):
        return True  # a form with levels of its own: what answers to which is not ours to tell
    if wanted["label"] not in ("数量指标", "质量指标", "时效指标"):
        return False
    return any(used(i) and i.level1 in ("产出指标", "") and i.level2 not in LEVEL2 for i in ctx.table.indicators)


def _missing(ctx: FormContext, wanted: Mapping[str, Any], labels: list[Indicator], params: MandatoryIndicator) -> Hit:
    label, kinds = wanted["label"], wanted["any_of"]
    rewrite, why = _cost_advice(ctx) if label in MONEY_LEVELS else ("", "")
    places = tuple(
        Evidence(f"{HALF_NAMES[half]}·{row.level2}：（空）", entry.location)
        for row in labels
        for half, entry in row.entries()
    )
    facts = {
        "level": label,
        "place": "二级指标栏有，三级指标和指标值都空着" if labels else "表里没有这个二级指标",
        "advice": _advice(ctx, wanted, params),
        "rewrite": rewrite,
        "why": why,
    }
    evidence = places or (Evidence(ctx.table.project, ctx.table.location),)
    level2 = kinds[0] if len(kinds) == 1 else label  # 满意度指标 has one second level: 服务对象满意度
    return Hit(facts, evidence=evidence, half=half_of(ctx.table.halves), level2=level2)


def _advice(ctx: FormContext, wanted: Mapping[str, Any], params: MandatoryIndicator) -> str:
    kinds = wanted["any_of"]
    known = params.advice.get(wanted["label"]) or (params.advice.get(kinds[0]) if len(kinds) == 1 else None)
    levels = "或".join(f"“{kind}”" for kind in kinds)
    return (known or params.otherwise).replace("{year}", str(ctx.table.year or "…")).replace("{levels}", levels)


def _cost_advice(ctx: FormContext) -> tuple[str, str]:
    """A unit cost from funding and the one quantity where it divides to whole cents, else the funding as a cap."""
    half: Half = "annual" if ctx.total("annual") else "period"
    total = ctx.total(half)
    if not total:
        return "", ""
    known = [value for _, value in quantities(ctx, half) if value.unit and "/" not in value.unit]
    if len(known) == 1 and known[0].figure and known[0].figure != 1:
        each = to_step(total / known[0].figure, "0.01", ROUND_DOWN)
        if each * known[0].figure == total and each >= 1:
            why = f"{yuan(total)}÷{grouped(known[0].figure)}{known[0].unit}"
            return f"单位成本 ≤{number(each)}元/{known[0].unit}", why
    return f"项目总成本 ≤{number(total)}元", f"本表资金{yuan(total)}；能分到每人、每件的，再补单位成本"


class HalfMissing(Params):
    """`share`: rows of a half below this share of the other half's are strays; `least`: rows of the full half."""

    share: Decimal = Decimal("0.25")
    least: int = 3


@check("half-missing", scope="form", params=HalfMissing, facts="empty full filled strays")
def half_missing(ctx: FormContext, params: HalfMissing) -> Iterator[Hit | NotApplicable]:
    """A two-half form with one half empty but for stray rows."""
    if len(ctx.table.halves) < 2:
        yield NotApplicable("表只有一侧指标")
        return
    empty = empty_half(ctx.table, params.share, params.least)
    if empty is None:
        return
    full: Half = "annual" if empty == "period" else "period"
    first = next(entry.location for i in ctx.table.indicators for half, entry in i.entries() if half == empty)
    strays = "、".join(f"“{i.name}”" for i in stated(ctx.table, empty))
    filled = str(len(stated(ctx.table, full)))
    facts = {"empty": HALF_NAMES[empty], "full": HALF_NAMES[full], "filled": filled, "strays": strays}
    seen = f"{HALF_NAMES[empty]}一侧：{'只有' + strays if strays else '没有填写'}"
    yield Hit(facts, half=empty, evidence=(Evidence(seen, first),))


class IndicatorCount(Params):
    low: int = Field(3, ge=1)
    high: int = Field(20, ge=1)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low（{self.low}）不能大于 high（{self.high}）")
        return self


@check("indicator-count", scope="form", params=IndicatorCount, facts="count low high", cases="too-many")
def indicator_count(ctx: FormContext, params: IndicatorCount) -> Iterator[Hit | NotApplicable]:
    """Too few third-level rows to show the project, or too many to be managed by."""
    count = max((sum(used(i, half) for i in ctx.table.indicators) for half in ctx.table.halves), default=0)
    cut = breaks_off(ctx)
    if count == 0:
        yield NotApplicable("没有读到已填写的绩效指标")
    elif count < params.low and ctx.table.begun:
        yield NotApplicable("文件从表的中间开始，前面还有没有指标看不到")
    elif count < params.low and lost_rows(ctx):
        yield NotApplicable("有没有读懂的行，不能断定指标太少")
    elif count < params.low and cut:
        yield NotApplicable(f"表在“{cut}”处中断，后面还有没有指标看不到")
    elif not params.low <= count <= params.high:
        facts = {"count": str(count), "low": str(params.low), "high": str(params.high)}
        case = "too-many" if count > params.high else None
        yield Hit(
            facts,
            case=case,
            half=half_of(ctx.table.halves),
            evidence=(Evidence(f"共{count}条三级指标", ctx.table.location),),
        )

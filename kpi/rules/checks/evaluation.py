"""A self-evaluation row by row: stated points against recomputed ones, bands, reasons, actual values, excess."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from kpi.model import LEVEL1, LEVEL2, Execution
from kpi.progress.evaluation import EXECUTION, Evaluation
from kpi.progress.points import decimals_of, is_rounded
from kpi.progress.reading import shown
from kpi.progress.remarks import missed
from kpi.progress.results import RowResult
from kpi.rules.context import ProgressContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import number


class ScoreDiffers(Params):
    """`tolerance`: what two ways of rounding may differ by. `standards`: parts of the heads of columns that hold the
    form's own rules of scoring."""

    tolerance: Decimal = Decimal("0.01")
    standards: WordList


class Reasons(Params):
    """`sections`: parts of the labels of the form's own fields that explain deviations for the form as a whole."""

    sections: WordList


@check(
    "score-differs",
    scope="evaluation",
    params=ScoreDiffers,
    facts="target actual weight stated due how what gap",
    cases="rounded own-standard explained over-weight unmet edge execution rate",
)
def score_differs(ctx: ProgressContext, params: ScoreDiffers) -> Iterator[Hit | NotApplicable]:
    """Points that the form states against those that its own values give."""
    result: Evaluation = ctx.progress
    stated = [row for row in result.rows if row.weight is not None and row.stated is not None]
    if not stated and result.execution.stated is None:
        yield NotApplicable("表中没有分值或得分")
    edges, wrong = result.edges(params.tolerance), result.wrong(params.tolerance)
    for index, row in enumerate(result.rows):
        due = row.score.score if row.score.score is not None else row.weight
        if index in wrong and due is not None:
            case = "edge" if index in edges else _case(row, due, params, ctx.form.words[params.standards])
            yield _score_hit(row, case, due, result.actual_in)
    yield from _execution_differs(result, params, edge=bool(edges & {EXECUTION}))


def _case(row: RowResult, due: Decimal, params: ScoreDiffers, standards: frozenset[str]) -> str | None:
    if row.over_weight(params.tolerance):
        return "over-weight"
    if row.unmet_in_full:
        return "unmet"
    if row.stated is None or is_rounded(row.indicator.score, row.stated, due):
        return "rounded"
    if has_standard(row, standards):
        return "own-standard"
    return "explained" if row.score.met and row.stated < due and row.explained else None


def has_standard(row: RowResult, words: frozenset[str]) -> bool:
    """Whether a column of the form says how this row is scored."""
    return any(word in head for head, text in row.indicator.columns.items() if text.strip() for word in words)


def _score_hit(row: RowResult, case: str | None, due: Decimal, actual_in: str | None) -> Hit:
    facts = {
        **texts(row), "weight": number(row.weight or Decimal(0)),
        "stated": (row.indicator.score or "").strip(), "due": number(due), "how": row.message,
        "gap": number(abs((row.stated or Decimal(0)) - due)),
    }  # fmt: skip
    evidence = (*score_place(row), *places(row, actual_in))
    return Hit(facts, case, evidence, half="annual", indicator=row.indicator, value=row.indicator.score)


def _execution_differs(result: Evaluation, params: ScoreDiffers, *, edge: bool) -> Iterator[Hit]:
    row, printed = result.execution, result.table.execution
    if printed is None:
        return
    place = (money_place(result, f"执行率得分 {printed.score or ''}", "score"),)
    if row.score is not None and row.stated is not None and (edge or abs(row.stated - row.score) > params.tolerance):
        rounded = is_rounded(printed.score, row.stated, row.score)
        facts = {"what": "预算执行率", "stated": printed.score or "", "due": number(row.score),
                 "how": _execution_words(result), "gap": number(abs(row.stated - row.score))}  # fmt: skip
        yield Hit(facts, "rounded" if rounded and not edge else "execution", place, value=printed.score)
    if row.rate is not None and row.stated_rate is not None:
        unit = Decimal(1).scaleb(-decimals_of(printed.rate)) if "%" in (printed.rate or "") else Decimal(1)
        if abs(row.stated_rate - row.rate) > max(unit, params.tolerance):
            spot = (money_place(result, f"执行率 {printed.rate}", "rate"),)
            facts = {"what": "预算执行率", "stated": printed.rate or "", "due": percent(row.rate),
                     "how": _execution_words(result)}  # fmt: skip
            yield Hit(facts, "rate", spot, value=printed.rate)


def money_place(result: Evaluation, text: str, key: str) -> Evidence:
    """A cell of the execution, in the file that tells it: of a list's amounts only the line is known."""
    printed = result.table.execution or Execution()
    return Evidence(text, printed.places.get(key, printed.location), None if printed.places else result.actual_in)


def _execution_words(result: Evaluation) -> str:
    row = result.execution
    spent, budget, rate = row.spent or Decimal(0), row.budget or Decimal(0), row.rate or Decimal(0)
    points = f"，分值 {number(row.points)}" if row.points is not None else ""
    return f"执行 {number(spent)} 元 ÷ 预算 {number(budget)} 元 = {percent(rate)}{points}"


def percent(share: Decimal) -> str:
    return f"{number(share.quantize(Decimal('0.01')))}%"


def score_place(row: RowResult) -> tuple[Evidence, ...]:
    """The cell of the stated points, which is the one to be put right."""
    actual = row.indicator.actual
    place = actual.cells.get("score") if actual else None
    return (Evidence(f"得分 {(row.indicator.score or '').strip()}", place),) if place else ()


def places(row: RowResult, actual_in: str | None = None) -> tuple[Evidence, ...]:
    """The cells of the row: the target, and the actual value, which may stand in another file."""
    one = row.indicator
    cells = [
        Evidence(f"目标：{entry.text}" if actual_in else entry.text, entry.location)
        for _, entry in one.entries() if entry.text.strip()
    ][-1:]  # fmt: skip
    if one.actual is not None:
        cells.append(Evidence(one.actual.text or "（空）", one.actual.location, actual_in))
    return tuple(dict.fromkeys(cells)) or (Evidence(one.name, one.location),)


def _row_hit(row: RowResult, result: Evaluation, facts: Mapping[str, str], case: str | None) -> Hit:
    return Hit(facts, case, places(row, result.actual_in), half="annual", indicator=row.indicator, value=row.actual)


def texts(row: RowResult) -> dict[str, str]:
    """Target and actual value, short enough for a message."""
    return {"target": shown(row.target), "actual": shown(row.actual or "")}


@check("band-violated", scope="evaluation", facts="target actual weight stated band low high edge")
def band_violated(ctx: ProgressContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """Qualitative targets: the stated points lie outside the band that the actual value claims."""
    result: Evaluation = ctx.progress
    if not any(row.score.method == "graded" for row in result.rows):
        yield NotApplicable("表中没有能分档的定性指标")
    for row in result.rows:
        if row.score.outside and row.score.band:
            facts = {
                **texts(row), "weight": number(row.weight or Decimal(0)),
                "stated": (row.indicator.score or "").strip(), "band": row.score.band.name,
                "low": number(row.score.low), "high": number(row.score.high),
                "edge": "" if row.score.band is result.scheme.bands[-1] else f"（不含 {number(row.score.high)} 分）",
            }  # fmt: skip
            evidence = (*score_place(row), *places(row, result.actual_in))
            yield Hit(facts, None, evidence, half="annual", indicator=row.indicator, value=row.indicator.score)


@check("reason-missing", scope="evaluation", params=Reasons, facts="target actual missed", cases="low over")
def reason_missing(ctx: ProgressContext, params: Reasons) -> Iterator[Hit | NotApplicable]:
    """Rows that need an explanation and have none."""
    result: Evaluation = ctx.progress
    if all(row.reason is None for row in result.rows):
        yield NotApplicable("表中没有偏差原因一栏")
        return
    if _explained_below(ctx, ctx.form.words[params.sections]):
        yield NotApplicable("偏差原因写在表的其他栏目里")
        return
    for row in result.rows:
        if row.wanted and row.reason is not None:
            case = None if row.score.met is False else "over" if row.score.over or row.score.far else "low"
            facts = {**texts(row), "missed": "晚于期限" if row.score.late else f"{missed(row.score)}目标"}
            yield _row_hit(row, result, facts, case)


def _explained_below(ctx: ProgressContext, words: Sequence[str] | frozenset[str]) -> bool:
    nothing = ctx.progress.scheme.nothing
    return any(
        text.strip(" 。.、\n") and text.strip(" 。.、\n") not in nothing
        for label, text in ctx.form.table.sections.items()
        if any(word in label for word in words)
    )


@check("actual-contradicts-value", scope="evaluation", facts="target actual what stated", cases="blank money")
def actual_contradicts_value(ctx: ProgressContext, params: Params) -> Iterator[Hit]:
    """Actual values of another kind than the target, points for an actual value that is not there, and money that only
    another unit explains."""
    result: Evaluation = ctx.progress
    if doubt := result.execution.doubt:
        place = (money_place(result, doubt, "spent"),)
        yield Hit({"target": "", "actual": "", "what": doubt, "stated": ""}, "money", place)
    levelled = any(row.indicator.level2 in LEVEL2 for row in result.rows)
    for row in result.rows:
        one = row.indicator
        empty = row.score.blank and one.actual is not None and bool(row.stated) and row.target.strip()
        if levelled and one.level2 not in LEVEL2 and one.level1 not in LEVEL1:
            continue  # 决策, 过程: an evaluation's own framework, whose words are no targets
        if empty or (row.score.wrong and not row.unmet_in_full):  # what is not reached has no full points
            facts = {**texts(row), "what": row.score.why,
                     "stated": "" if row.stated is None else number(row.stated)}  # fmt: skip
            case = "blank" if empty else None
            yield _row_hit(row, result, facts, case)


@check("far-above-target", scope="evaluation", facts="target actual reached limit", cases="explained")
def far_above_target(ctx: ProgressContext, params: Params) -> Iterator[Hit]:
    """Actual values far above the target: explained ones are only mentioned."""
    result: Evaluation = ctx.progress
    for row in result.rows:
        if row.score.far:
            facts = {
                **texts(row), "limit": number(result.scheme.far_above),
                "reached": number((row.score.achievement or Decimal(0)).quantize(Decimal("0.01"))),
            }  # fmt: skip
            case = "explained" if row.explained else None
            yield _row_hit(row, result, facts, case)

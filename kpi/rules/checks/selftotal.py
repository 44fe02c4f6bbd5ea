"""The total and the grade of a self-evaluation, against its own points and against what the data give."""

from collections.abc import Iterator
from decimal import Decimal

from kpi.model import Location, Stated
from kpi.progress.evaluation import Evaluation
from kpi.progress.points import HUNDRED, is_rounded
from kpi.rules.checks.evaluation import has_standard
from kpi.rules.context import ProgressContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import number

_EXTRA = ("加分", "附加", "奖励")


class TotalDiffers(Params):
    """`tolerance`: what rounding may leave over. `standards`: parts of the heads of columns that hold the form's own
    rules of scoring."""

    tolerance: Decimal = Decimal("0.01")
    standards: WordList = "scoring-standards"


@check(
    "total-differs", scope="evaluation", params=TotalDiffers, facts="stated due sum grade",
    cases="rounded recomputed grade alone edge over",
)  # fmt: skip
def total_differs(ctx: ProgressContext, params: TotalDiffers) -> Iterator[Hit | NotApplicable]:
    """The form's own sum, and the grade that belongs to its total."""
    result: Evaluation = ctx.progress
    printed, total = result.table.stated, result.printed_total
    if printed is None or (total is None and printed.grade is None):
        yield NotApplicable("表中没有总分和等次")
        return
    if total is None:
        yield from _grade_alone(result, printed)
        return
    place = (Evidence(f"总分 {printed.score}", printed.location),)
    full = result.printed_full or HUNDRED
    if result.total is None and result.execution.points and total > full and not _with_extra(result):
        facts = {"stated": printed.score or "", "due": number(full), "sum": "", "grade": ""}
        yield Hit(facts, "over", place, value=printed.score)
    if result.misadded(total, params.tolerance):
        near = min(result.sums, key=lambda one: abs(total - one))
        grade, edge = _grade(result, near), abs(total - near) <= params.tolerance
        rounded = grade == _grade(result, total) and is_rounded(printed.score, total, near)
        facts = {
            "stated": printed.score or "", "due": number(near), "grade": grade, "sum": _sum_words(result, near),
        }  # fmt: skip
        yield Hit(facts, "edge" if edge else "rounded" if rounded else None, place, value=printed.score)
    elif not result.sums:
        yield from _unadded(ctx, params, place)
    if printed.grade and (due := _due_grade(result, total)) and printed.grade != due:
        facts = {"stated": printed.score or "", "due": printed.grade, "grade": due}
        yield Hit(facts, "grade", (_grade_place(printed), *place), value=printed.grade)


def _unadded(
    ctx: ProgressContext, params: TotalDiffers, place: tuple[Evidence, ...]
) -> Iterator[Hit | NotApplicable]:
    """A total that the form's own points do not make up, as some are blank, against what the data give."""
    result: Evaluation = ctx.progress
    span, total, printed = result.blank_span, result.printed_total, result.table.stated
    words = ctx.form.words[params.standards]
    if span is None or total is None or printed is None or any(has_standard(row, words) for row in result.counted):
        yield NotApplicable(_why_unadded(result))
        return
    low, high = span
    near = min(max(total, low), high)
    if abs(total - near) > params.tolerance:
        due = number(low) if low == high else f"{number(low)}—{number(high)}"
        facts = {"stated": printed.score or "", "due": due, "sum": "", "grade": ""}
        case = "rounded" if is_rounded(printed.score, total, near) else "recomputed"
        yield Hit(facts, case, place, value=printed.score)


def _why_unadded(result: Evaluation) -> str:
    """Why a total was not held against the points that it adds up."""
    if not result.complete or result.unread:
        return "表没有读全，没有核对总分"
    if result.total is None or result.stated_sum is None:
        return "各项的分值或得分没有写全，没有核对总分"
    return "各项分值加起来不是满分，可能有行没有读到，没有核对总分"


def _grade_alone(result: Evaluation, printed: Stated) -> Iterator[Hit | NotApplicable]:
    """A grade without a total: that of the recomputed one, where the form's own points say the same."""
    made, own = result.total, result.stated_sum
    known = made is not None and made.grade and result.complete and made.full.to_integral_value() == HUNDRED
    if made is None or not known or result.trial or (own is not None and _grade(result, own) != made.grade):
        yield NotApplicable("表中没有总分")
    elif made.grade != printed.grade:
        due = number(made.low) if made.score is not None else f"{number(made.low)}—{number(made.high)}"
        facts = {"stated": "", "due": printed.grade or "", "sum": due, "grade": made.grade or ""}
        yield Hit(facts, "alone", (_grade_place(printed),), value=printed.grade)


def _with_extra(result: Evaluation) -> bool:
    """加分项: points beyond the whole are meant."""
    return any(word in row.indicator.name for row in result.rows for word in _EXTRA)


def _due_grade(result: Evaluation, total: Decimal) -> str | None:
    """The grade of the printed total, where the recomputed one is of the same grade: what is a range, or another sum,
    must first be put right. None, too, where the points are not out of 100."""
    if result.printed_full not in (None, HUNDRED):
        return None
    grade, made = _grade(result, total), result.total
    if made is None or not result.complete or made.full.to_integral_value() < HUNDRED:
        return grade  # no points, or not all of them were read: the printed total is all there is
    return grade if made.grade == grade else None


def _grade(result: Evaluation, score: Decimal) -> str:
    return result.scheme.grade(score)


def _sum_words(result: Evaluation, due: Decimal) -> str:
    """The points that add up to `due`: with the execution's, or without where the total leaves them out."""
    unweighted = result.total is None
    parts = [
        number(row.stated)
        for row in result.rows
        if row.stated is not None and (unweighted or row.weight is not None)
    ]
    if result.execution.stated is not None and due != result.stated_rows:
        parts.append(f"{number(result.execution.stated)}（执行率）")
    return " + ".join(parts)


def _grade_place(printed: Stated) -> Evidence:
    return Evidence(f"等次 {printed.grade}", known_place(printed.grade_location, printed))


def known_place(place: Location, printed: Stated) -> Location:
    """The cell; where it is not known, that of the total."""
    return printed.location if place == Location() else place

"""Many reviews on a screen: ranking by department, distribution, frequent defects, what stands out."""

from collections.abc import Iterator, Sequence

from kpi.reports import review_batch_words as b
from kpi.reports import review_words as w
from kpi.reports.lines import Line, Span, line, styled
from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.width import left, one_line, right, shorten, shorten_middle, width
from kpi.scoring.batch import Band, Defect, Department, Outlier, Ranked

_NAME_COLUMNS = 40
_DEPARTMENT_COLUMNS = 30
_BAR = 40
_MOST_DEFECTS = 10


def batch_lines(outcome: ReviewOutcome) -> Iterator[Line]:
    batch = outcome.batch
    yield from _ranking(batch.ranking)
    yield from _aside(outcome)
    if len(batch.departments) > 1:
        yield from _departments(batch.departments)
    if batch.ranking:
        yield from _distribution(batch.bands)
    yield from _defects(batch.defects, len(batch.ranking))
    yield from _outliers(batch.outliers)


def _ranking(ranking: Sequence[Ranked]) -> Iterator[Line]:
    for judged, of_all, head in b.LISTS:
        some = [one for one in ranking if one.judged is judged]
        if some:
            yield from _listed(some, head if len(some) < len(ranking) else of_all)


def _listed(ranking: Sequence[Ranked], head: str) -> Iterator[Line]:
    """`head`: what the list is called."""
    yield line(styled("head", head))
    names = [shorten_middle(w.name(one.review), _NAME_COLUMNS) for one in ranking]
    columns = max(*map(width, names), width("项目"))
    begun = any(one.review.begun and not one.judged for one in ranking)
    heads = [right("名次", 4), left("项目", columns), right("得分", 13), left("等次", 6)]
    heads += [left("待判", 7)] if begun else []
    yield line(styled("dim", "  ".join([*heads, "主管部门（部门内名次）、实施单位、文件"])))
    for one, name in zip(ranking, names, strict=True):
        review = one.review
        row = [right(str(one.rank), 4), left(name, columns), right(w.span(review.score), 13)]
        row += [left(w.short_grades(review), 6)]
        row += [left(f"差 {review.left} 项" if review.begun else "", 7)] if begun else []
        yield line("  ".join(row) + "  ", styled("dim", _whose(one)))
        for remark in review.notes:
            yield line(styled("warning", f"      注意：{one_line(remark)}"))
    yield line()


def _whose(one: Ranked) -> str:
    department = shorten(b.department(one.review), _DEPARTMENT_COLUMNS)
    unit = shorten(b.unit(one.review), _DEPARTMENT_COLUMNS)
    return "　".join(filter(None, (f"{department}（{one.of_department}）", unit, b.file(one.review))))


def _aside(outcome: ReviewOutcome) -> Iterator[Line]:
    if outcome.batch.aside:
        yield line(styled("head", b.ASIDE))
        yield from (line(f"  {b.aside(one)}") for one in outcome.batch.aside)
        yield line()


def _departments(departments: Sequence[Department]) -> Iterator[Line]:
    yield line(styled("head", "各部门"))
    for one in departments:
        grades = "、".join(f"{name} {count}" for name, count in one.grades if count)
        worst = w.short_name(one.worst)
        yield line(
            f"  {shorten_middle(one.name, 60)}：{one.projects} 个项目，平均 {w.span(one.mean)} 分，",
            f"最高可得等次 {grades}；",
            f"问题 {one.findings} 处，最低的是“{worst}”",
        )
    yield line()


def _distribution(bands: Sequence[Band]) -> Iterator[Line]:
    yield line(styled("head", "最高可得分的分布"))
    most = max(band.high for band in bands)
    for band in reversed(bands):
        if band.high:
            bar = "█" * max(1, round(band.high * _BAR / most)) if most else ""
            yield line(f"  {left(band.label, 8)}{right(str(band.high), 4)} ", Span(bar, "dim"))
    yield line()


def _defects(defects: Sequence[Defect], projects: int) -> Iterator[Line]:
    if not defects:
        return
    yield line(styled("head", "常见问题"))
    for one in defects[:_MOST_DEFECTS]:
        share = f"{one.projects} / {projects} 个项目"
        yield line(f"  {one.rule} {one.title}：{share}，{one.findings} 处，共扣 {w.points(one.lost)} 分")
    yield line()


def _outliers(outliers: Sequence[Outlier]) -> Iterator[Line]:
    if not outliers:
        return
    yield line(styled("head", "明显不同于其他项目的"))
    for one in outliers:
        yield line(f"  {b.outlier(one)}")
    yield line()

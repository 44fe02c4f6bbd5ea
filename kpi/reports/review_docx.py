"""`kpi review` for Word: ranking, then for every project the 审核表 and the 修改意见."""

from collections.abc import Iterator

from kpi.reports import review_words as w
from kpi.reports.form_head import funding
from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.width import one_line
from kpi.reports.wordcraft import Cell, document, paragraph, table
from kpi.scoring import ItemReview, Review
from kpi.scoring.batch import department_of

_SHADE = "EEF2F7"
_WIDTHS = (1050, 1250, 1800, 600, 1050, 4116)
_HEADS = ("审核类别", "审核内容", "审核要点", "分值", "得分", "审核意见")
_RANKS = (700, 800, 3200, 1400, 1300, 2466)


def render(outcome: ReviewOutcome) -> bytes:
    return document(_body(outcome))


def _body(outcome: ReviewOutcome) -> Iterator[str]:
    several = len(outcome.reviews) > 1
    if several:
        yield from _ranking(outcome)
    for number, review in enumerate(outcome.reviews):
        yield from _review(review, page=several or number > 0)
    for title, lines in ((w.UNCOUNTED, w.uncounted(outcome)), (w.BASIS, w.basis(outcome))):
        if lines:
            yield paragraph(title, bold=True, size=12)
            yield from (paragraph(text) for text in lines)


def _ranking(outcome: ReviewOutcome) -> Iterator[str]:
    yield paragraph("绩效目标审核排名", bold=True, size=16, align="center", font="黑体")
    yield paragraph(f"审核 {len(outcome.reviews)} 张表，平均 {w.span(outcome.batch.mean)} 分。")
    yield paragraph(f"{w.RANKED}。", size=9)
    rows = [tuple(_head(text) for text in ("名次", "状态", "项目", "得分", "等次", "主管部门"))]
    for one in outcome.batch.ranking:
        review = one.review
        texts = (
            str(one.rank), w.state(review), w.name(review), w.span(review.score), w.short_grades(review),
            department_of(review),
        )  # fmt: skip
        rows.append(tuple(Cell(text) for text in texts))
    yield table(_RANKS, rows)


def _head(text: str, span: int = 1) -> Cell:
    return Cell(text, span, bold=True, align="center", shade=_SHADE)


def _review(review: Review, *, page: bool) -> Iterator[str]:
    yield paragraph(w.TITLE, bold=True, size=16, align="center", page=page, font="黑体")
    yield paragraph(f"（{review.table.year}年度）" if review.table.year else "", align="center")
    yield table(_WIDTHS, _rows(review), heads=0)
    for note in review.notes:
        yield paragraph(f"注意：{note}")
    yield paragraph(f"{w.settled(review)}。", size=9)
    yield paragraph("审核人：　　　　　　　　　　　　　　审核日期：　　　　年　　月　　日")
    yield from _advice(review)


def _rows(review: Review) -> Iterator[tuple[Cell, ...]]:
    head = dict(w.head(review))
    yield _head("项目名称", 2), Cell(head["项目名称"], 4)
    yield _head("主管部门", 2), Cell(head["主管部门"]), _head("实施单位", 2), Cell(head["实施单位"])
    yield _head("资金", 2), Cell(funding(review.table), 4)
    yield tuple(_head(text) for text in _HEADS)
    dimension = None
    for item in review.items:
        yield _item(item, "on" if item.dimension == dimension else "start")
        dimension = item.dimension
    yield _head("总分", 3), Cell("100", align="center"), Cell(w.span(review.score), bold=True, align="center"), Cell("")
    yield _head("综合评定等次", 3), Cell(w.grades(review), 3, bold=True)
    yield _head("处理意见", 3), Cell(review.consequence, 3)


def _item(item: ItemReview, down: str) -> tuple[Cell, ...]:
    lines = [w.brief(one) for one in item.deductions]
    if said := w.judgement(item):
        lines.append(said)
    elif item.questions:
        lines += [f"问：{question}" for question in item.questions]
    first = Cell(item.dimension, bold=True, align="center", down="on" if down == "on" else "start")
    return (
        first, Cell(item.item, bold=True, align="center"), Cell(item.point),
        Cell(w.points(item.points), align="center"),
        Cell(f"{w.span(item.range)}\n{w.decided(item)}", align="center"),
        Cell("\n".join(lines) or "没有发现问题"),
    )  # fmt: skip


def _advice(review: Review) -> Iterator[str]:
    found = [one.finding for item in review.items for one in item.deductions]
    if not found:
        return
    yield paragraph("修改意见", bold=True, size=12)
    for number, finding in enumerate(found, 1):
        place = w.where(finding)
        yield paragraph(f"{number}. {finding.title}" + w.after(place), bold=True)
        remedy = f"\n改法：{one_line(finding.suggestion)}" if finding.suggestion else ""
        yield paragraph(one_line(finding.message) + remedy)

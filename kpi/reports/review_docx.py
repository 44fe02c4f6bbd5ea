"""`kpi review` for Word: for every project the 审核表 and the 修改意见, then the ranking for those who review."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kpi.reports import review_batch_words as b
from kpi.reports import review_words as w
from kpi.reports.form_head import funding
from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.terms import obligation
from kpi.reports.width import one_line, shorten_middle, width
from kpi.reports.wordcraft import Cell, document, head, paragraph, table
from kpi.scoring import ItemReview, Review
from kpi.scoring.batch import Ranked
from kpi.scoring.keys import Key

_WIDTHS = (1050, 1250, 1800, 600, 1050, 4116)
_HEADS = ("审核类别", "审核内容", "审核要点", "分值", "得分", "审核意见")
_RANKS = (640, 800, 2500, 1280, 800, 2300, 1546)
_RANK_HEADS = ("名次", "状态", "项目", "得分", "等次", "主管部门、单位", "说明")
_NAME_COLUMNS = 40
_MARGIN = 794  # twentieths of a point: the table and the reviewer's name on one page
_SIGNED_WIDTH = 36  # columns up to the date


def render(outcome: ReviewOutcome) -> bytes:
    return document(_body(outcome), margin=_MARGIN)


def _body(outcome: ReviewOutcome) -> Iterator[str]:
    """The forms first, a page each: they go to the units. What is about several of them stands on pages behind."""
    for number, review in enumerate(outcome.sheets):
        yield from _review(review, page=number > 0)
    if len(outcome.sheets) > 1 or outcome.batch.aside:
        yield from _ranking(outcome)
    for title, lines in ((w.UNCOUNTED, w.uncounted(outcome)), (w.BASIS, w.basis(outcome))):
        if lines:
            yield paragraph(title, bold=True, size=12, keep=True)
            yield from (paragraph(text) for text in lines)


def _ranking(outcome: ReviewOutcome) -> Iterator[str]:
    ranking = outcome.batch.ranking
    yield paragraph("绩效目标审核排名", bold=True, size=16, align="center", font="黑体", page=bool(outcome.sheets))
    yield paragraph("（审核单位内部用，发给各单位时不带这一页和后面的内容）", align="center", keep=True)
    yield paragraph(f"{b.scale(outcome)}。{b.progress(ranking)}")
    odd = b.odd(outcome)
    for judged, of_all, beside in b.LISTS:
        if some := [one for one in ranking if one.judged is judged]:
            yield paragraph(of_all if len(some) == len(ranking) else beside, bold=True, size=12, keep=True)
            yield table(_RANKS, (tuple(map(head, _RANK_HEADS)), *(_ranked(one, odd) for one in some)))
    if outcome.batch.aside:
        yield paragraph(b.ASIDE, bold=True, size=12, keep=True)
        yield from (paragraph(b.aside(one)) for one in outcome.batch.aside)


def _ranked(one: Ranked, odd: Mapping[Key, str]) -> tuple[Cell, ...]:
    review = one.review
    left = f"\n差 {review.left} 项" if review.begun and review.left else ""
    texts = (
        str(one.rank), b.state(review) + left, f"{w.short_name(review)}\n{b.file(review)}", w.span(review.score),
        w.short_grades(review), "\n".join(filter(None, (b.department(review), b.unit(review)))),
        "；".join(b.remarks(review, odd)),
    )  # fmt: skip
    return tuple(map(Cell, texts))


def _review(review: Review, *, page: bool) -> Iterator[str]:
    yield paragraph(w.TITLE, bold=True, size=16, align="center", page=page, font="黑体", keep=True)
    yield paragraph(f"（{review.table.year}年度）" if review.table.year else "", align="center", keep=True)
    *rows, grade, consequence = _rows(review)
    last = (tuple(replace(cell, keep=True) for cell in row) for row in (grade, consequence))
    yield table(_WIDTHS, (*rows, *last), heads=0)
    for note in review.notes:
        yield paragraph(f"注意：{note}", keep=True)
    yield paragraph(f"{w.settled(review)}。", size=9, keep=True)
    yield paragraph(_signed(review))
    yield from _advice(review)


def _signed(review: Review) -> str:
    """Who and when; room to write it by hand where nobody has said it."""
    name = shorten_middle(one_line(review.reviewer), _NAME_COLUMNS)
    room = "　" * max(1, (_SIGNED_WIDTH - width("审核人：") - width(name)) // 2)
    return f"审核人：{name}{room}审核日期：{one_line(review.reviewed_on) or '　　　　年　　月　　日'}"


def _rows(review: Review) -> Iterator[tuple[Cell, ...]]:
    told = dict(w.head(review))
    yield head("项目名称", 2), Cell(told["项目名称"], 4)
    yield head("主管部门", 2), Cell(told["主管部门"]), head("实施单位", 2), Cell(told["实施单位"])
    yield head("资金", 2), Cell(funding(review.table), 4)
    yield tuple(head(text) for text in _HEADS)
    dimension = None
    for item in review.items:
        yield _item(item, "on" if item.dimension == dimension else "start")
        dimension = item.dimension
    yield head("总分", 3), Cell("100", align="center"), Cell(w.span(review.score), bold=True, align="center"), Cell("")
    yield head("综合评定等次", 3), Cell(w.grades(review), 3, bold=True)
    yield head("处理意见", 3), Cell(review.consequence, 3)


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
        Cell(f"{w.got(item)}\n{w.decided(item)}", align="center"),
        Cell("\n".join(lines) or "没有发现问题"),
    )  # fmt: skip


def _advice(review: Review) -> Iterator[str]:
    found = [one.finding for item in review.items for one in item.deductions]
    if not found:
        return
    yield paragraph("修改意见", bold=True, size=12, keep=True)
    for number, finding in enumerate(found, 1):
        place = w.where(finding)
        yield paragraph(f"{number}. {finding.title}{obligation(finding)}" + w.after(place), bold=True, keep=True)
        remedy = f"\n改法：{one_line(finding.suggestion)}" if finding.suggestion else ""
        yield paragraph(w.message(finding) + remedy)

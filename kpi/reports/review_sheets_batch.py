"""The sheets over all projects: ranking by department, departments and distribution with a chart, frequent defects.

Scores are formulas on the projects' sheets, so that a reviewer's points move the ranking as well.
"""

from collections.abc import Sequence
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell as at

from kpi.reports import review_words as w
from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.review_sheet import SheetPlaces
from kpi.reports.sheetcraft import Book, Page, literal, reference
from kpi.reports.terms import SEVERITIES
from kpi.reports.width import one_line
from kpi.scoring import Batch
from kpi.scoring.batch import Band, Ranked, department_of

RANKING, SUMMARY, DEFECTS = "排名", "汇总", "常见问题"
_RANK_HEADS = (
    "名次", "部门内名次", "主管部门", "项目", "得分低", "得分高", "等次低", "等次高", "待判项数",
    "状态", "问题数", "说明", "审核表",
)  # fmt: skip
_RANK_WIDTHS = (6, 10, 28, 40, 8, 8, 8, 8, 9, 7, 8, 30, 8)
_LAST = len(_RANK_HEADS) - 1
_FIRST = 3  # row of the first project


class Placed(NamedTuple):
    """A project's sheet and where its results stand there."""

    sheet: str
    places: SheetPlaces


def pages(book: Book) -> tuple[Page, Page, Page]:
    """The three sheets, in front of the projects' own."""
    return (
        book.sheet(RANKING, _RANK_WIDTHS),
        book.sheet(SUMMARY, (30, 10, 12, 12, 10, 10, 10, 10, 40)),
        book.sheet(DEFECTS, (9, 24, 8, 10, 10, 8, 10, 60)),
    )


def write_ranking(page: Page, outcome: ReviewOutcome, placed: dict[str, Placed]) -> None:
    ranking = outcome.batch.ranking
    page.put(0, 0, "绩效目标审核排名", "title", _LAST)
    page.sheet.set_row(0, 28)
    page.put(1, 0, f"{w.RANKED}；审核人在各项目表里评分后，名次和状态跟着变", "note", _LAST)
    for column, head in enumerate(_RANK_HEADS):
        page.put(2, column, head, "head")
    page.sheet.repeat_rows(2)
    page.sheet.freeze_panes(_FIRST, 0)
    odd = {one.review.key: f"明显{'低于' if one.below else '高于'}其他项目" for one in outcome.batch.outliers}
    last = _FIRST + len(ranking) - 1
    for row, one in enumerate(ranking, _FIRST):
        _ranked(page, (row, last), one, placed[one.review.key], odd.get(one.review.key, ""))
    if ranking:
        page.sheet.autofilter(2, 0, last, len(_RANK_HEADS) - 1)


def _ranked(page: Page, at_row: tuple[int, int], one: Ranked, placed: Placed, odd: str) -> None:
    row, last = at_row
    review = one.review
    lows, highs, names, states = (_column(column, last) for column in (4, 5, 2, 9))
    low, high, name, state = (at(row, column) for column in (4, 5, 2, 9))
    better = f"({states}={state})*(({highs}>{high})+({highs}={high})*({lows}>{low}))"
    page.formula(row, 0, f"=1+SUMPRODUCT({better})", one.rank)
    page.formula(row, 1, f"=1+SUMPRODUCT(({names}={name})*({better}))", one.of_department)
    page.put(row, 2, department_of(review))
    page.put(row, 3, w.name(review))
    page.sheet.write_url(row, _LAST, f"internal:{reference(placed.sheet, 'A1')}", page.looks["link"], "打开")
    sheet, places = placed
    for column, cell, value in ((4, places.low, review.score.low), (5, places.high, review.score.high)):
        page.formula(row, column, f"={reference(sheet, cell)}", float(value))
    for column, cell, grade in ((6, places.low_grade, review.grade[0]), (7, places.high_grade, review.grade[1])):
        page.formula(row, column, f"={reference(sheet, cell)}", grade, look="center")
    ranges = (reference(sheet, places.item_lows), reference(sheet, places.item_highs))
    still = sum(item.decided_by == "open" for item in review.items)
    page.formula(row, 8, f"=SUMPRODUCT(--({ranges[0]}<>{ranges[1]}))", still)
    page.formula(row, 9, f'=IF({at(row, 8)}=0,"已评","未评")', w.state(review), look="center")
    page.put(row, 10, len(review.findings), "number")
    notes = "；".join(filter(None, (odd, *review.notes)))
    page.put(row, 11, notes)
    page.height(row, [(w.name(review), 3, 3), (department_of(review), 2, 2), (notes, 11, 11)])


def _column(column: int, last: int) -> str:
    return f"{at(_FIRST, column, True, True)}:{at(last, column, True, True)}"


def write_summary(book: Book, page: Page, outcome: ReviewOutcome) -> None:
    batch = outcome.batch
    page.put(0, 0, "各部门汇总和得分分布", "title", 8)
    page.sheet.set_row(0, 28)
    row = _departments(page, batch)
    _bands(book, page, batch.bands, row + 1, _FIRST + len(batch.ranking) - 1)


def _departments(page: Page, batch: Batch) -> int:
    grades = [grade for grade, _ in batch.departments[0].grades][:4] if batch.departments else []
    heads = ["主管部门", "项目数", "平均分低", "平均分高", *(f"可得{grade}" for grade in grades)]
    for column, head in enumerate([*heads, "得分最低的项目"]):
        page.put(2, column, head, "head")
    last = _FIRST + len(batch.ranking) - 1
    names, lows, highs, best = (f"{RANKING}!{_column(column, last)}" for column in (2, 4, 5, 7))
    for row, one in enumerate(batch.departments, 3):
        mine = f"({names}={at(row, 0)})"
        page.put(row, 0, one.name)
        page.formula(row, 1, f"=SUMPRODUCT(--{mine})", one.projects)
        for column, points, value in ((2, lows, one.mean.low), (3, highs, one.mean.high)):
            page.formula(row, column, f"=ROUND(SUMPRODUCT({mine}*{points})/{at(row, 1)},2)", float(value))
        for column, (grade, count) in enumerate(one.grades[:4], 4):
            page.formula(row, column, f"=SUMPRODUCT({mine}*({best}={literal(grade)}))", count)
        page.put(row, len(heads), w.name(one.worst))
        page.height(row, [(one.name, 0, 0), (w.name(one.worst), 8, 8)])
    return 3 + len(batch.departments)


def _bands(book: Book, page: Page, bands: Sequence[Band], row: int, last: int) -> None:
    for column, head in enumerate(("分数段", "最高可得", "最低可得")):
        page.put(row, column, head, "head")
    first = row + 1
    for number, band in enumerate(bands, first):
        page.put(number, 0, band.label, "center")
        top = "<=" if band.end == bands[-1].end else "<"
        for column, source, count in ((1, 5, band.high), (2, 4, band.low)):
            cells = f"{RANKING}!{_column(source, last)}"
            page.formula(number, column, f"=SUMPRODUCT(({cells}>={band.start})*({cells}{top}{band.end}))", count)
    end = first + len(bands) - 1
    chart = book.workbook.add_chart({"type": "column"})
    for column, color in ((1, "#4472A8"), (2, "#C9CED6")):
        chart.add_series({
            "name": [SUMMARY, row, column], "categories": [SUMMARY, first, 0, end, 0],
            "values": [SUMMARY, first, column, end, column], "fill": {"color": color},
        })  # fmt: skip
    chart.set_title({"name": "得分分布", "name_font": {"size": 12}})
    chart.set_x_axis({"name": "分数段"})
    chart.set_y_axis({"name": "项目数", "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 560, "height": 260})
    page.sheet.insert_chart(row, 4, chart)


def write_defects(page: Page, outcome: ReviewOutcome) -> None:
    page.put(0, 0, "常见问题", "title", 7)
    page.sheet.set_row(0, 28)
    for column, head in enumerate(("规则", "问题", "级别", "项目数", "占项目", "处数", "共扣分", "例")):
        page.put(2, column, head, "head")
    page.sheet.repeat_rows(2)
    projects = len(outcome.reviews)
    for row, one in enumerate(outcome.batch.defects, 3):
        sample = f"{one_line(one.sample.project)}：{one_line(one.sample.message)}"
        page.put(row, 0, one.rule, "center")
        page.put(row, 1, one.title)
        page.put(row, 2, SEVERITIES[one.sample.severity], "center")
        page.put(row, 3, one.projects, "number")
        page.put(row, 4, one.projects / projects, "share")
        page.put(row, 5, one.findings, "number")
        page.put(row, 6, float(one.lost), "number")
        page.put(row, 7, sample)
        page.height(row, [(one.title, 1, 1), (sample, 7, 7)])


def unchecked(page: Page, outcome: ReviewOutcome, row: int) -> None:
    """Under the defects: what took no part, so that nobody takes it for clean, and by which rules it was made."""
    parts = ((w.UNCOUNTED, w.uncounted(outcome), "warn"), (w.BASIS, w.basis(outcome), "text"))
    for title, lines, look in parts:
        if lines:
            row = page.lines(row, title, lines, 7, look) + 1


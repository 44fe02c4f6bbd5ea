"""The sheets over all projects: ranking by department, departments and distribution with a chart, frequent defects.

Scores are formulas on the projects' sheets, so that a reviewer's points move the ranking as well.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell as at

from kpi.reports import review_batch_words as b
from kpi.reports import review_words as w
from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.review_sheet import SheetPlaces
from kpi.reports.sheetcraft import Book, Page, literal, reference
from kpi.reports.terms import SEVERITIES
from kpi.reports.width import shorten_middle
from kpi.scoring import Batch
from kpi.scoring.batch import Band, Department, Ranked, standing
from kpi.scoring.keys import Key

RANKING, SUMMARY, DEFECTS = "排名", "汇总", "常见问题"
_RANK_HEADS = (
    "名次", "部门内名次", "主管部门", "实施单位", "项目", "得分低", "得分高", "等次低", "等次高", "待判项数",
    "状态", "问题数", "说明", "文件", "审核表",
)  # fmt: skip
_RANK_WIDTHS = (6, 7, 23, 21, 30, 7, 7, 6, 6, 6, 6, 6, 24, 24, 7)
_OFFICE, _PROJECT, _LOW, _HIGH, _BEST, _LEFT = 2, 4, 5, 6, 8, 9  # columns that others look at
_BY_LOW, _BY_HIGH = len(_RANK_HEADS), len(_RANK_HEADS) + 1  # hidden: what a project is ranked by
_LAST = len(_RANK_HEADS) - 1
_FIRST = 3  # row of the first project
_PAGE = 25  # defects on one page
_STEP, _BEYOND = 100_000, 10**10  # more than any points in hundredths; more than any two of them in one number


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


def write_ranking(page: Page, outcome: ReviewOutcome, placed: Mapping[Key, Placed]) -> None:
    ranking = outcome.batch.ranking
    page.put(0, 0, "绩效目标审核排名", "title", _LAST)
    page.sheet.set_row(0, 28)
    page.put(1, 0, f"{b.RANKED}；审核人在各项目表里评分后，名次和状态跟着变", "note", _LAST)
    for column, head in enumerate(_RANK_HEADS):
        page.put(2, column, head, "head")
    page.sheet.set_row(2, 32)
    page.sheet.repeat_rows(2)
    page.sheet.freeze_panes(_FIRST, 0)
    page.sheet.set_column(_BY_LOW, _BY_HIGH, 7, None, {"hidden": True})
    odd, last = b.odd(outcome), _FIRST + len(ranking) - 1
    for row, one in enumerate(ranking, _FIRST):
        _ranked(page, (row, last), one, placed[one.review.key], b.remarks(one.review, odd))
    if ranking:
        page.sheet.autofilter(2, 0, last, _LAST)
    row = last + 2
    if outcome.batch.aside:
        row = page.lines(row, b.ASIDE, map(b.aside, outcome.batch.aside), _LAST)
    page.sheet.print_area(0, 0, row - 1, _LAST)


def _ranked(page: Page, at_row: tuple[int, int], one: Ranked, placed: Placed, remarks: Sequence[str]) -> None:
    row, last = at_row
    review, (sheet, places) = one.review, placed
    lows, highs, names, lefts = (_column(column, last) for column in (_BY_LOW, _BY_HIGH, _OFFICE, _LEFT))
    low, high, name, left = (at(row, column) for column in (_BY_LOW, _BY_HIGH, _OFFICE, _LEFT))
    better = f"(({lefts}=0)=({left}=0))*(({highs}>{high})+({highs}={high})*({lows}>{low}))"
    page.formula(row, 0, f"=1+SUMPRODUCT({better})", one.rank)
    page.formula(row, 1, f"=1+SUMPRODUCT(({names}={name})*({better}))", one.of_department)
    texts = (
        (_OFFICE, b.department(review)), (3, b.unit(review)), (_PROJECT, w.short_name(review)),
        (12, "；".join(remarks)), (13, b.file(review)),
    )  # fmt: skip
    for column, text in texts:
        page.put(row, column, text)
    for column, cell, value in ((_LOW, places.low, review.score.low), (_HIGH, places.high, review.score.high)):
        page.formula(row, column, f"={reference(sheet, cell)}", float(value))
    for column, cell, grade in ((7, places.low_grade, review.grade[0]), (_BEST, places.high_grade, review.grade[1])):
        page.formula(row, column, f"={reference(sheet, cell)}", grade, look="center")
    opened, taken = reference(sheet, places.opened), reference(sheet, places.taken)
    page.formula(row, _LEFT, f'=SUMPRODUCT({opened}*({taken}=""))', review.left)
    state = f'=IF({left}=0,"已评",IF(COUNT({taken})>0,"在评","未评"))'
    page.formula(row, 10, state, b.state(review), look="center")
    page.put(row, 11, len(review.findings), "number")
    page.go(row, _LAST, sheet)
    for column, cell, mine, value in (
        (_BY_LOW, places.machine_low, at(row, _LOW), standing(review).low),
        (_BY_HIGH, places.machine_high, at(row, _HIGH), standing(review).high),
    ):
        page.formula(row, column, f"=IF({left}=0,{mine},{reference(sheet, cell)})", float(value))
    page.height(row, [(text, column, column) for column, text in texts])


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
    for row, one in enumerate(batch.departments, 3):
        _department(page, row, last, one)
        worst = w.short_name(one.worst)
        page.formula(row, len(heads), _weakest(at(row, 0), last), worst, look="text")
        page.height(row, [(b.department(one.worst), 0, 0), (worst, 8, 8)])
    return 3 + len(batch.departments)


def _department(page: Page, row: int, last: int, one: Department) -> None:
    names, lows, highs, best = (f"{RANKING}!{_column(column, last)}" for column in (_OFFICE, _LOW, _HIGH, _BEST))
    mine = f"({names}={at(row, 0)})"
    page.put(row, 0, b.department(one.worst))
    page.formula(row, 1, f"=SUMPRODUCT(--{mine})", one.projects)
    for column, points, value in ((2, lows, one.mean.low), (3, highs, one.mean.high)):
        page.formula(row, column, f"=ROUND(SUMPRODUCT({mine}*{points})/{at(row, 1)},2)", float(value))
    for column, (grade, count) in enumerate(one.grades[:4], 4):
        page.formula(row, column, f"=SUMPRODUCT({mine}*({best}={literal(grade)}))", count)


def _weakest(name: str, last: int) -> str:
    """The project of a department with the fewest points at best, then at least; of several the first in the ranking.
    One number a row that is the greater the weaker it is; SUMPRODUCT counts over rows in every program."""
    names, projects, lows, highs = (
        f"{RANKING}!{_column(column, last)}" for column in (_OFFICE, _PROJECT, _LOW, _HIGH)
    )
    weak = f"({names}={name})*({_BEYOND}-ROUND({highs}*100,0)*{_STEP}-ROUND({lows}*100,0))"
    weakest = f"SUMPRODUCT(MAX({weak}))"
    row = f"{_BEYOND}-SUMPRODUCT(MAX(({weak}={weakest})*({_BEYOND}-ROW({names}))))"
    return f"=INDEX({projects},{row}-{_FIRST})"


def _bands(book: Book, page: Page, bands: Sequence[Band], row: int, last: int) -> None:
    for column, head in enumerate(("分数段", "最高可得", "最低可得")):
        page.put(row, column, head, "head")
    first = row + 1
    for number, band in enumerate(bands, first):
        page.put(number, 0, band.label, "center")
        top = "<=" if band.end == bands[-1].end else "<"
        for column, source, count in ((1, _HIGH, band.high), (2, _LOW, band.low)):
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
    if len(outcome.batch.defects) > _PAGE:  # else the heads would stand over what comes after the list
        page.sheet.repeat_rows(2)
    projects = len(outcome.batch.ranking)
    for row, one in enumerate(outcome.batch.defects, 3):
        sample = f"{shorten_middle(one.sample.project, 60)}：{w.message(one.sample)}"
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
    blocks = []
    for title, lines, look in parts:
        if lines:
            first, row = row, page.lines(row, title, lines, 7, look) + 1
            blocks.append((first, row - 2))
    page.keep(blocks)

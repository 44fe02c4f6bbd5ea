"""One project's sheet: the 绩效目标审核表 as it is printed, the reviewer's marked cells, formulas for the totals."""

from collections.abc import Sequence
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell as at

from kpi.reports import review_words as w
from kpi.reports.form_head import funding
from kpi.reports.sheetcraft import Page, literal
from kpi.reports.terms import file_name, obligation
from kpi.reports.width import one_line, shorten_middle
from kpi.scoring import Deduction, ItemReview, Review
from kpi.scoring.content import content_of
from kpi.scoring.judged import DEPARTMENT, ITEM, KEY, PROJECT, UNIT
from kpi.scoring.workbook import COUNTED_HIGH, COUNTED_LOW, DAY, HIGH, LOW, POINTS, REVIEWER, WORDS

WIDTHS = (7, 9, 20, 5, 6, 6, 44, 8, 15, 6, 6)  # of what is seen, for A4 upright; behind it hidden columns
_TAKEN, _OPEN = len(WIDTHS), len(WIDTHS) + 1  # points as the program takes them; 1 where a reviewer has to look
_HEADS = (
    "审核类别", ITEM, "审核要点", "分值", LOW, HIGH, "扣分和要回答的问题", POINTS, WORDS, COUNTED_LOW, COUNTED_HIGH,
)  # fmt: skip
_LAST = len(WIDTHS) - 1
_MOST_DEDUCTIONS, _MOST_QUOTES = 6, 6
_GUIDE = (
    "黄色格由审核人填写：评分填 0 到分值之间的数，覆盖机器的结果；留空的，按机器的结果算：待判的项低按 0 分，"
    "高按扣掉机器查到的问题以后还能得的分。填好存盘，用 kpi review --judged 读回合计。"
)


class SheetPlaces(NamedTuple):
    """Where the results stand, for the sheets that look at them: cells, and ranges of items. `machine_low`,
    `machine_high`: without what a reviewer said; `taken`: the reviewer's points; `opened`: 1 for every open item."""

    low: str
    high: str
    low_grade: str
    high_grade: str
    machine_low: str
    machine_high: str
    item_lows: str
    item_highs: str
    taken: str
    opened: str


def write_review(page: Page, review: Review) -> SheetPlaces:
    page.sheet.set_column(_TAKEN, _OPEN, 7, None, {"hidden": True})
    row = _head(page, review)
    first = row + 1
    _heads(page, row)
    places = _items(page, review, first)
    row = _foot(page, review, first + len(review.items), places)
    row = _advice(page, [one for item in review.items for one in item.deductions], row + 1)
    page.sheet.print_area(0, 0, row - 1, _LAST)  # what the form says is for the screen
    page.fit(row)
    _quotes(page, review.items, row + 1)
    return places


def _head(page: Page, review: Review) -> int:
    """Title and who; returns the next row."""
    page.put(0, 0, w.TITLE, "title", _LAST)
    page.sheet.set_row(0, 28)
    page.put(1, 0, f"（{review.table.year}年度）" if review.table.year else "", "under", _LAST)
    table, told = review.table, dict(w.head(review))
    rows = (
        (PROJECT, told[PROJECT], KEY, str(review.key)),
        (DEPARTMENT, told[DEPARTMENT], UNIT, told[UNIT]),
        ("资金", funding(table), "文件", file_name(review.document)),
    )
    for number, (label, text, other, more) in enumerate(rows, 2):
        page.put(number, 0, label, "label", 1)
        page.put(number, 2, text, "text", 6)
        page.put(number, 7, other, "label")
        page.put(number, 8, more, "text", _LAST)
        page.height(number, [(text, 2, 6), (more, 8, _LAST)])
    page.put(2, _TAKEN, content_of(table).written, "plain")
    row = 2 + len(rows)
    for note in review.notes:
        page.put(row, 0, f"注意：{note}", "warn", _LAST)
        page.height(row, [(note, 0, _LAST)])
        row += 1
    return row


def _heads(page: Page, row: int) -> None:
    for column, head in enumerate(_HEADS):
        page.put(row, column, head, "head")
    page.sheet.set_row(row, 32)


def _items(page: Page, review: Review, first: int) -> SheetPlaces:
    row = first
    groups: dict[str, list[ItemReview]] = {}
    for item in review.items:
        groups.setdefault(item.dimension, []).append(item)
    for dimension, items in groups.items():
        total = w.points(sum((item.points for item in items), items[0].points * 0))
        label = f"{dimension}\n{total}分"
        if len(items) > 1:
            page.sheet.merge_range(row, 0, row + len(items) - 1, 0, label, page.looks["strong"])
        else:
            page.put(row, 0, label, "strong")
        for item in items:
            _item(page, item, row)
            row += 1
    lows, highs, taken, opened = (f"{at(first, column)}:{at(row - 1, column)}" for column in (9, 10, _TAKEN, _OPEN))
    return SheetPlaces(
        at(row, 9), at(row, 10), at(row + 1, 9), at(row + 1, 10), at(row, 4), at(row, 5), lows, highs, taken,
        opened,
    )  # fmt: skip


def _item(page: Page, item: ItemReview, row: int) -> None:
    said = item.judgement
    text, point = _account(item), f"{item.point}（{w.judged_by(item)}）"
    page.put(row, 1, item.item, "strong")
    page.put(row, 2, point)
    page.put(row, 3, float(item.points), "number")
    page.put(row, 4, float(item.machine.low), "number")
    page.put(row, 5, float(item.machine.high), "number")
    page.put(row, 6, text)
    page.put(row, 7, float(said.points) if said and said.points is not None else None, "fill")
    page.put(row, 8, said.words if said and said.words else None, "fill-text")
    page.sheet.data_validation(row, 7, row, 7, {
        "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": float(item.points),
        "error_title": "评分", "error_message": f"请填 0 到 {w.points(item.points)} 之间的数", "ignore_blank": True,
    })  # fmt: skip
    taken = at(row, _TAKEN)
    given = float(said.points) if said and said.points is not None else ""
    page.formula(row, _TAKEN, _points_taken(at(row, 7), item), given)
    page.put(row, _OPEN, int(item.open), "number")
    for column, machine, value in ((9, at(row, 4), item.range.low), (10, at(row, 5), item.range.high)):
        page.formula(row, column, f"=IF(ISNUMBER({taken}),{taken},{machine})", float(value))
    page.height(row, [(text, 6, 6), (point, 2, 2), (said.words if said else "", 8, 8)])


def _points_taken(mine: str, item: ItemReview) -> str:
    """What the cell gives, as `kpi.scoring.workbook` reads it back: numbers, and no text that looks like one, which
    every program takes for another. TRUE is a number to some."""
    taken = f'IF(AND({mine}>=0,{mine}<={item.points:f}),ROUND({mine},2),"")'
    return f'=IF(ISLOGICAL({mine}),"",IF(ISNUMBER({mine}),{taken},""))'


def _account(item: ItemReview) -> str:
    """Deductions and questions of an item, a line each."""
    lines = [w.brief(one) for one in item.deductions[:_MOST_DEDUCTIONS]]
    rest = len(item.deductions) - len(lines)
    if rest:
        lines.append(f"另有 {rest} 处，见下面的修改意见")
    if not item.deductions:
        lines.append("机器没有发现问题")
    return "\n".join([*lines, *(f"问：{question}" for question in item.questions)])


def _foot(page: Page, review: Review, row: int, places: SheetPlaces) -> int:
    first = row - len(review.items)
    page.put(row, 0, "合计", "strong", 2)
    for column, value in ((3, 100), (4, review.machine.low), (5, review.machine.high)):
        cells = f"{at(first, column)}:{at(row - 1, column)}"
        page.formula(row, column, f"=SUM({cells})", float(value), look="strong")
    page.put(row, 6, "得分按审核人评分优先计算；待判的项都评了，就是最后得分", "text", 8)
    for column, cells, value in ((9, places.item_lows, review.score.low), (10, places.item_highs, review.score.high)):
        page.formula(row, column, f"=ROUND(SUM({cells}),2)", float(value), look="strong")
    page.put(row + 1, 0, "综合评定等次", "strong", 2)
    page.put(row + 1, 3, "、".join(f"{grade} ≥{w.points(least)}" for grade, least in review.grades), "text", 8)
    for column, cell, grade in ((9, places.low, review.grade[0]), (10, places.high, review.grade[1])):
        page.formula(row + 1, column, _grade(cell, review), grade, look="strong")
    page.put(row + 2, 0, "处理意见", "strong", 2)
    page.formula(row + 2, 3, _consequence(review, places), review.consequence, to=_LAST, look="text")
    page.height(row + 2, [(review.consequence, 3, _LAST)])
    page.put(row + 3, 0, REVIEWER, "label", 1)
    page.put(row + 3, 2, review.reviewer or None, "fill-text", 6)
    page.put(row + 3, 7, DAY, "label")
    page.put(row + 3, 8, review.reviewed_on or None, "fill-text", _LAST)
    page.put(row + 4, 0, _GUIDE, "note", _LAST)
    page.height(row + 4, [(_GUIDE, 0, _LAST)])
    return row + 5


def _grade(cell: str, review: Review) -> str:
    """IF(x>=90,"优",IF(x>=80,"良",…))."""
    *upper, (last, _) = review.grades
    formula = literal(last)
    for grade, least in reversed(upper):
        formula = f"IF({cell}>={least:f},{literal(grade)},{formula})"
    return f"={formula}"


def _consequence(review: Review, places: SheetPlaces) -> str:
    """The program's sentence, counted from the grades of the sheet."""
    low, high = places.low_grade, places.high_grade
    settled = f'"“"&{low}&"”："&{_said(low, review)}&"。"'
    still = (
        f'"等次要等审核人判完才能定：最好为“"&{high}&"”，"&{_said(high, review)}'
        f'&"；最差为“"&{low}&"”，"&{_said(low, review)}&"。"'
    )
    return f"=IF({low}={high},{settled},{still})"


def _said(cell: str, review: Review) -> str:
    formula = '""'
    for grade, text in review.consequences:
        formula = f"IF({cell}={literal(grade)},{literal(text)},{formula})"
    return formula


def _quotes(page: Page, items: Sequence[ItemReview], row: int) -> None:
    """What the form says, for the items that are still open."""
    rows = [(item.item, quote) for item in items if item.questions for quote in item.evidence[:_MOST_QUOTES]]
    if not rows:
        return
    page.put(row, 0, "表中是怎样写的（供审核人判断，不打印）", "section", _LAST)
    for number, (item, quote) in enumerate(rows, row + 1):
        text, label = w.quoted(quote, 300), shorten_middle(quote.label, 80)
        page.put(number, 0, item, "center", 1)
        page.put(number, 2, label)
        page.put(number, 3, text, "text", _LAST)
        page.height(number, [(text, 3, _LAST), (label, 2, 2)])


def _advice(page: Page, deductions: Sequence[Deduction], row: int) -> int:
    """修改意见: every defect with what to do; returns the next row."""
    if not deductions:
        return row - 1
    page.put(row, 0, "修改意见", "section", _LAST)
    for column, to, head in ((0, 0, "序号"), (1, 2, "问题"), (3, 6, "发现和改法"), (7, 8, "位置"), (9, 10, "扣分")):
        page.put(row + 1, column, head, "head", to)
    for number, one in enumerate(deductions, 1):
        finding = one.finding
        title = f"{finding.rule} {finding.title}{obligation(finding)}"
        text = w.message(finding) + (f"\n改法：{one_line(finding.suggestion)}" if finding.suggestion else "")
        place = w.where(finding)
        at_row = row + 1 + number
        page.put(at_row, 0, number, "number")
        page.put(at_row, 1, title, "text", 2)
        page.put(at_row, 3, text, "text", 6)
        page.put(at_row, 7, place, "text", 8)
        page.put(at_row, 9, float(one.points) if one.points else "不再扣", "number", 10)
        page.height(at_row, [(title, 1, 2), (text, 3, 6), (place, 7, 8)])
    return row + 2 + len(deductions)

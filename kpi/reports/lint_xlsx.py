"""`kpi lint` as a workbook: the reviewer's worklist with a status to choose, its figures, and how it was made."""

from collections import Counter
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from kpi.reports.about import about, gaps, shown
from kpi.reports.blocks import blocks_of
from kpi.reports.lint_closing import verdict
from kpi.reports.office import CREATED, PRODUCER, cell_text, looks_like_formula
from kpi.reports.outcome import Outcome
from kpi.reports.ownwords import STATES, TO_HANDLE
from kpi.reports.terms import SEVERITIES
from kpi.reports.view import View
from kpi.reports.width import width as columns_of
from kpi.reports.worklist import HEADS, entry
from kpi.rules.finding import SEVERITIES as ORDER

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_LIST, _FIGURES, _ABOUT = "问题清单", "统计", "检查说明"
_STATE, _SEVERITY = 1, 3  # columns
_WIDTHS = (6, 8, 14, 18, 10, 16, 7, 16, 12, 34, 30, 26, 14, 30, 30, 12, 22, 6, 8, 14)  # of HEADS
_PLACE, _FILE = HEADS.index("位置"), HEADS.index("文件")
_LINE, _LOWEST, _TALLEST = 13.5, 18.0, 300.0  # points
_PRINTED = 11  # columns of HEADS on paper: up to what to do
_COLOURS = {"error": ("#FDE7E7", "#9C1C1C"), "warning": ("#FFF4D6", "#7A4B00"), "info": ("#E4F0FB", "#1B4F80")}


class _Book(NamedTuple):
    book: "Workbook"
    text: "Format"
    quoted: "Format"
    head: "Format"
    title: "Format"
    number: "Format"
    own: "Format"


def render(outcome: Outcome, view: View) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415 - only who writes a workbook pays for it

    buffer = BytesIO()
    made = _formats(Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}))
    made.book.set_properties({"title": "绩效目标检查：问题清单", "author": PRODUCER, "created": CREATED})
    _worklist(made, outcome)
    _figures(made, outcome)
    _notes(made, outcome)
    made.book.close()
    return buffer.getvalue()


def _formats(book: "Workbook") -> _Book:
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#C8CDD3", "font_size": 10}
    return _Book(
        book,
        text=book.add_format(cell),
        quoted=book.add_format({**cell, "quote_prefix": True}),
        head=book.add_format({**cell, "bold": True, "bg_color": "#E9EDF2", "valign": "vcenter"}),
        title=book.add_format({"bold": True, "font_size": 13}),
        number=book.add_format({**cell, "num_format": "0"}),
        own=book.add_format({**cell, "bg_color": "#FFFDF0", "locked": False}),
    )


def _write(made: _Book, sheet: "Worksheet", row: int, column: int, text: str) -> None:
    """A document's words: never a formula, not even when somebody edits the cell."""
    safe = cell_text(text)
    sheet.write_string(row, column, safe, made.quoted if looks_like_formula(safe) else made.text)


def _worklist(made: _Book, outcome: Outcome) -> None:
    sheet = made.book.add_worksheet(_LIST)
    order = _order(outcome)
    widths = [_WIDTHS[at] for at in order]
    heads = ("序号", *TO_HANDLE, *(HEADS[at] for at in order))
    printed = _PRINTED + (order[_PLACE] == _FILE)
    for column, width in enumerate((6, 8, 18, *widths)):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 24)
    sheet.write_row(0, 0, heads, made.head)
    for row, finding in enumerate(outcome.findings, 1):
        sheet.write_number(row, 0, row, made.number)
        sheet.write_string(row, _STATE, STATES[0], made.own)
        sheet.write_blank(row, _STATE + 1, None, made.own)
        cells = entry(finding)
        texts = [cells[at] for at in order]
        for column, text in enumerate(texts, _SEVERITY):
            _write(made, sheet, row, column, text)
        sheet.set_row(row, _height(texts[:printed], widths))
    last = max(1, len(outcome.findings))
    sheet.autofilter(0, 0, last, len(heads) - 1)
    sheet.freeze_panes(1, 4)
    sheet.data_validation(1, _STATE, last, _STATE, {
        "validate": "list", "source": list(STATES), "error_title": "处理", "error_message": "请从列表里选一种。",
    })  # fmt: skip
    for severity, (back, ink) in _COLOURS.items():
        look = made.book.add_format({"bg_color": back, "font_color": ink, "bold": True})
        sheet.conditional_format(1, _SEVERITY, last, _SEVERITY, {
            "type": "cell", "criteria": "==", "value": f'"{SEVERITIES[severity]}"', "format": look,
        })  # fmt: skip
    done = made.book.add_format({"font_color": "#8A9099"})
    rule = f'=AND($B2<>"",$B2<>"{STATES[0]}")'
    sheet.conditional_format(1, 0, last, len(heads) - 1, {"type": "formula", "criteria": rule, "format": done})
    sheet.print_area(0, 0, last, _SEVERITY + printed - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    _page(sheet)


def _order(outcome: Outcome) -> list[int]:
    """The columns of HEADS. A place is in a file: of several files, each is named before it, and so on paper too."""
    order = list(range(len(HEADS)))
    if len({finding.document for finding in outcome.findings}) > 1:
        order.insert(_PLACE, order.pop(_FILE))
    return order


def _height(printed: Sequence[str], widths: Sequence[int]) -> float:
    """High enough for what is printed; the columns behind are looked up, and must not stretch every row."""
    sized = zip(printed, widths, strict=False)
    lines = max(sum(-(-columns_of(part) // (size - 1)) or 1 for part in text.split("\n")) for text, size in sized)
    return min(_TALLEST, max(_LOWEST, lines * _LINE + 4))


def _figures(made: _Book, outcome: Outcome) -> None:
    """By grade, by state (formulas that follow the worklist), by rule and by form."""
    sheet = made.book.add_worksheet(_FIGURES)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 4, 12)
    findings, last = outcome.findings, max(1, len(outcome.findings)) + 1
    states = f"{_LIST}!$B$2:$B${last}"
    row = _head(made, sheet, 0, "按处理情况（随问题清单变化）", ("处理", "处"))
    for state in STATES:
        sheet.write_string(row, 0, state, made.text)
        count = len(findings) if state == STATES[0] else 0
        sheet.write_formula(row, 1, f'=COUNTIF({states},"{state}")', made.number, count)
        row += 1
    grades = tuple(SEVERITIES[severity] for severity in ORDER)
    row = _head(made, sheet, row + 1, "按级别", ("级别", "处"))
    row = _table(made, sheet, row, [(SEVERITIES[s], [outcome.result.counts[s]]) for s in ORDER])
    row = _head(made, sheet, row + 1, "按规则（多的在前）", ("规则", "处"))
    rules = Counter((finding.rule, finding.title) for finding in findings)
    most = sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    row = _table(made, sheet, row, [(f"{code} {title}", [count]) for (code, title), count in most])
    row = _head(made, sheet, row + 1, "按项目", ("项目", *grades, "合计"))
    blocks = [(block.title, [block.counts[s] for s in ORDER]) for block in blocks_of(outcome)]
    _table(made, sheet, row, [(title, [*counts, sum(counts)]) for title, counts in blocks])
    _page(sheet)


def _head(made: _Book, sheet: "Worksheet", row: int, title: str, heads: Sequence[str]) -> int:
    sheet.write_string(row, 0, title, made.title)
    sheet.write_row(row + 1, 0, heads, made.head)
    return row + 2


def _table(made: _Book, sheet: "Worksheet", row: int, rows: Iterable[tuple[str, Sequence[int]]]) -> int:
    for name, counts in rows:
        _write(made, sheet, row, 0, name)
        for column, count in enumerate(counts, 1):
            sheet.write_number(row, column, count, made.number)
        row += 1
    return row


def _notes(made: _Book, outcome: Outcome) -> None:
    """The verdict, by which rules it was made, and what took no part."""
    sheet = made.book.add_worksheet(_ABOUT)
    for column, width in enumerate((14, 34, 20, 40, 50)):
        sheet.set_column(column, column, width)
    row = 0
    for label, text in (("结论", verdict(outcome)[1]), *about(outcome)):
        sheet.write_string(row, 0, label, made.head)
        sheet.merge_range(row, 1, row, 4, cell_text(text), made.text)
        row += 1
    missed = list(gaps(outcome))
    if missed:
        row = _head(made, sheet, row + 1, "没有参加检查的内容", ("类别", "文件", "位置", "内容", "原因"))
    for gap in missed:
        for column, text in enumerate(shown(gap)):
            _write(made, sheet, row, column, text)
        row += 1
    _page(sheet)


def _page(sheet: "Worksheet") -> None:
    """A4, one page wide."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")

"""`kpi review` as a workbook: ranking, departments and distribution, frequent defects, one sheet a project.

The reviewer's points and words go into the marked cells and are read back by `kpi.scoring.workbook`.
"""

from collections.abc import Callable

from kpi.reports import review_words as w
from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.review_sheet import WIDTHS, write_review
from kpi.reports.review_sheets_batch import Placed, pages, unchecked, write_defects, write_ranking, write_summary
from kpi.reports.sheetcraft import new_book, sheet_name


def render(outcome: ReviewOutcome, each: Callable[[], None] = lambda: None) -> bytes:
    """`each` is called after every project's sheet."""
    book = new_book(w.TITLE)
    ranking, summary, defects = pages(book)
    placed = {}
    for number, review in enumerate(outcome.sheets, 1):
        name = sheet_name(number, w.name(review))
        placed[review.key] = Placed(name, write_review(book.sheet(name, WIDTHS, landscape=False), review))
        each()
    if outcome.reviews:
        write_ranking(ranking, outcome, placed)
    if outcome.batch.ranking:
        write_summary(book, summary, outcome)
        write_defects(defects, outcome)
    unchecked(defects, outcome, 4 + len(outcome.batch.defects))
    return book.bytes()

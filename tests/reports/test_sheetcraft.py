"""Where the pages of a printed sheet end."""

from io import BytesIO

import openpyxl
import pytest

from kpi.reports.sheetcraft import new_book


def printed(before, block):
    """A sheet of rows 100 points high, then a heading with lines of a hundred points; landscape A4 takes five."""
    book = new_book("示例")
    page = book.sheet("表", (20, 20))
    for row in range(before):
        page.put(row, 0, "行")
        page.heights[row] = 100.0
    page.put(before, 0, "说明", "section")
    for row in range(before + 1, before + block):
        page.heights[row] = 100.0
    page.keep([(before, before + block - 1)])
    sheet = openpyxl.load_workbook(BytesIO(book.bytes()))["表"]
    return [one.id for one in sheet.row_breaks.brk]


@pytest.mark.parametrize(
    ("before", "block", "breaks"),
    [
        (1, 3, []),  # 100 + 15 + 200 of 488
        (3, 2, []),  # 300 + 15 + 100
        (4, 2, [4]),  # 400 + 15 + 100
        (4, 4, [4]),
        (6, 3, []),  # on the second page two rows and the block
        (8, 3, [8]),
        (0, 9, []),  # longer than any page
        (2, 9, []),  # begins where there is room for its heading and a line
        (4, 9, [4]),
    ],
)
def test_a_heading_stays_with_its_lines(before, block, breaks):
    assert printed(before, block) == breaks

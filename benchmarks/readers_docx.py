"""Bare reading of Word files against python-docx, at equal cells: every cell of every table with its text."""

import io
import sys

from measure import fastest, table, verdict

from kpi.readers.formats.docx import read_rows

FORMS, ROWS, COLUMNS = 24, 30, 8
LEAST = 4


def sample() -> bytes:
    """A file of as many forms as a county's disclosure holds, with merged heads and levels."""
    import docx

    document = docx.Document()
    for _ in range(FORMS):
        document.add_paragraph("青溪县项目支出绩效目标表")
        made = document.add_table(ROWS, COLUMNS)
        for r in range(ROWS):
            for c in range(COLUMNS):
                made.cell(r, c).text = f"数量指标{r}" if (r + c) % 3 else ""
        for r in range(0, ROWS, 5):
            made.cell(r, 0).merge(made.cell(r + 4, 0))
        for r in range(3):
            made.cell(r, 4).merge(made.cell(r, 7))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def theirs(data: bytes) -> int:
    """python-docx gives a merged cell once for every place that it covers."""
    import docx

    cells = 0
    for made in docx.Document(io.BytesIO(data)).tables:
        for row in made.rows:
            for cell in row.cells:
                cells += isinstance(cell.text, str)
    return cells


def ours(data: bytes) -> int:
    rows = read_rows(data, "样例.docx").rows
    return sum(cell.colspan * cell.rowspan for row in rows if row.grid is not None for cell in row.cells)


def main() -> int:
    try:
        data = sample()
    except ImportError:
        print("跳过：没有装 python-docx")
        return 0
    counts = ours(data), theirs(data)
    mine, other = fastest(lambda: ours(data)), fastest(lambda: theirs(data))
    table(
        [
            ("读 .docx", "格数", "毫秒"),
            ("kpi", str(counts[0]), f"{mine * 1000:.0f}"),
            ("python-docx", str(counts[1]), f"{other * 1000:.0f}"),
        ]
    )
    kept = verdict(f"读 .docx 用时与 python-docx 之比（快 {other / mine:.1f} 倍）", mine / other, 1 / LEAST)
    return 0 if kept and counts[0] == counts[1] else 1


if __name__ == "__main__":
    sys.exit(main())

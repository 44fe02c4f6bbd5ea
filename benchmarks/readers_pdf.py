"""Tables out of the same ruled PDF: kpi against pdfplumber's extract_tables, at equal cells, in one run."""

import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from measure import fastest, finish, table, verdict

from kpi.readers.formats.pdf import read_rows

TESTS = Path(__file__).resolve().parent.parent / "tests" / "readers"
sys.path += [str(TESTS), str(TESTS / "formats")]

FORMS = 12
LIMIT = 0.2  # of pdfplumber's time
LIMIT_WITHOUT_FONTS = 0.4
LEVELS = ("数量指标", "质量指标", "时效指标", "社会效益", "生态效益", "满意度指标")


def form(number: int) -> dict[str, list]:
    rows = [
        ["项目名称", f"灌区渠道衬砌第{number}期", "<", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "指标值", "权重"],
    ]
    rows += [[level, level, f"{number}期第{i}项", f"≥{10 * i + number}个", "10"] for i, level in enumerate(LEVELS * 3)]
    return {"title": ["项目支出绩效目标表"], "grid": rows}


def by_kpi(data: bytes) -> list[list[str]]:
    return [[c.text for c in row.cells] for row in read_rows(data, "forms.pdf").rows if row.grid is not None]


def by_pdfplumber(data: bytes) -> list[list[str]]:
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as document:
        found = [row for page in document.pages for grid in page.extract_tables() for row in grid]
    return [[cell.replace("\n", "") for cell in row if cell is not None] for row in found]


def unlike(ours: Sequence[list[str]], theirs: Sequence[list[str]]) -> Iterator[tuple[list[str], list[str]]]:
    return ((a, b) for a, b in zip(ours, theirs, strict=True) if a != b)


def printed() -> bytes:
    """The forms as LibreOffice prints them: with their fonts in the file, as office programs do."""
    from pdf_forms import by_soffice, ruled
    from reader_forms import as_docx

    with tempfile.TemporaryDirectory() as folder:
        one = {"title": [], "grid": [row for i in range(FORMS) for row in form(i)["grid"]]}
        return by_soffice(ruled(as_docx(one)), Path(folder))


def measured(name: str, data: bytes) -> tuple[tuple[str, ...], float]:
    """A row of the table, and our time as a share of pdfplumber's."""
    ours, theirs = by_kpi(data), by_pdfplumber(data)
    if len(ours) != len(theirs) or any(unlike(ours, theirs)):
        raise SystemExit(f"{name}：单元格不同，{len(ours)} 行与 {len(theirs)} 行")
    mine, peer = fastest(lambda: by_kpi(data)), fastest(lambda: by_pdfplumber(data), rounds=3)
    cells = str(sum(map(len, ours)))
    return (name, cells, f"{mine:.3f} 秒", f"{peer:.3f} 秒", f"{peer / mine:.1f} 倍"), mine / peer


def main() -> None:
    from pdf_forms import SOFFICE

    logging.disable(logging.WARNING)
    rows, shares = [("读 PDF 表格", "单元格", "kpi", "pdfplumber", "快")], []
    for name, make in (("字体在文件内", printed if SOFFICE else None), ("字体不在文件内", drawn)):
        if make:
            row, share = measured(name, make())
            rows.append(row)
            shares.append(share)
    table(rows)
    # pdfium draws every character of a font that the file lacks to learn its size: half the time of such a file
    limit = LIMIT if SOFFICE else LIMIT_WITHOUT_FONTS
    finish([verdict("kpi 用时与 pdfplumber 之比", shares[0], limit)])


def drawn() -> bytes:
    """The forms as reportlab draws them, with a font that the reader must have."""
    from pdf_forms import drawn_all

    return drawn_all([form(i) for i in range(FORMS)])


if __name__ == "__main__":
    main()

"""Tables out of the same ruled PDF: kpi against pdfplumber's extract_tables, at equal cells, in one run."""

import logging
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from measure import fastest, finish, table, verdict

from kpi.readers.formats.pdf import read_rows

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests" / "readers" / "formats"))
from pdf_forms import drawn_all

FORMS = 12
LIMIT = 0.2  # of pdfplumber's time
LEVELS = ("数量指标", "质量指标", "时效指标", "社会效益", "生态效益", "服务对象满意度")


def form(number: int) -> dict[str, list]:
    rows = [
        ["项目名称", f"灌区渠道衬砌第{number}期", "<", "<", "<"],
        ["一级指标", "二级指标", "三级指标", "指标值", "权重"],
    ]
    rows += [
        [level, level, f"第{number}期第{i}项{level}", f"≥{10 * i + number}个", "10"]
        for i, level in enumerate(LEVELS * 3)
    ]
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


def main() -> None:
    logging.disable(logging.WARNING)
    data = drawn_all([form(i) for i in range(FORMS)])
    ours, theirs = by_kpi(data), by_pdfplumber(data)
    if len(ours) != len(theirs) or any(unlike(ours, theirs)):
        raise SystemExit(f"单元格不同：{len(ours)} 行与 {len(theirs)} 行，{next(unlike(ours, theirs), '')}")
    mine, peer = fastest(lambda: by_kpi(data)), fastest(lambda: by_pdfplumber(data), rounds=3)
    cells = sum(map(len, ours))
    table(
        [
            ("读 PDF 表格", "用时", "单元格"),
            ("kpi", f"{mine:.3f} 秒", str(cells)),
            ("pdfplumber", f"{peer:.3f} 秒", str(cells)),
            ("快", f"{peer / mine:.1f} 倍", ""),
        ]
    )
    finish([verdict("kpi 用时与 pdfplumber 之比", mine / peer, LIMIT)])


if __name__ == "__main__":
    main()

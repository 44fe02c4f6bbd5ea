"""Paper written out in every format. Bytes are reproducible: no writer notes the time."""

import csv
import html
from datetime import UTC, datetime
from functools import cache
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.forms.paper import Paper, filled, spans

FONT = "STSong-Light"
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def text(paper: Paper, mark: str = "\t") -> bytes:
    """Merged cells as blank ones."""
    lines = []
    for part in paper:
        lines += [part] if isinstance(part, str) else [mark.join(row) for row in filled(part, continued=False)]
    return ("\n".join(lines) + "\n").encode()


def pipes(paper: Paper) -> bytes:
    return text(paper, " | ")


def markdown(paper: Paper) -> bytes:
    """Tables with a rule below their first row, as Markdown wants them."""
    lines = []
    for part in paper:
        if isinstance(part, str):
            lines += [part, ""]
            continue
        rows = [f"| {' | '.join(row)} |" for row in filled(part, continued=False)]
        lines += [rows[0], f"|{'---|' * len(part[0])}", *rows[1:], ""]
    return "\n".join(lines).encode()


def comma(paper: Paper) -> bytes:
    target = StringIO()
    writer = csv.writer(target)
    for part in paper:
        writer.writerows([[part]] if isinstance(part, str) else filled(part, continued=False))
    return target.getvalue().encode("utf-8-sig")


def docx(paper: Paper) -> bytes:
    import docx as library

    document = library.Document()
    document.core_properties.created = document.core_properties.modified = EPOCH.replace(tzinfo=None)
    for part in paper:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(map(len, part)))
        cells = [list(row.cells) for row in table.rows]
        for r, c, words, height, width in spans(part):
            cell = cells[r][c]
            if height * width > 1:
                cell = cell.merge(cells[r + height - 1][c + width - 1])
            cell.text = words
    target = BytesIO()
    document.save(target)
    return _timeless(target.getvalue())


def _timeless(data: bytes) -> bytes:
    """A package whose members bear no time of writing."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as made, ZipFile(target, "w", ZIP_DEFLATED) as again:
        for name in made.namelist():
            again.writestr(ZipInfo(name, (2026, 1, 1, 0, 0, 0)), made.read(name), ZIP_DEFLATED)
    return target.getvalue()


def xlsx(*papers: Paper) -> bytes:
    """Each paper on a sheet of its own."""
    import xlsxwriter

    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": EPOCH.replace(tzinfo=None)})
        for paper in papers:
            _sheet(book.add_worksheet(), paper)
    return target.getvalue()


def _sheet(sheet, paper: Paper) -> None:
    top = 0
    for part in paper:
        if isinstance(part, str):
            sheet.write_string(top, 0, part)
            top += 1
            continue
        for r, c, words, height, width in spans(part):
            if height * width > 1:
                sheet.merge_range(top + r, c, top + r + height - 1, c + width - 1, words)
            elif words:
                sheet.write_string(top + r, c, words)
        top += len(part)


def page(paper: Paper) -> bytes:
    """A web page."""
    parts = [
        "<!DOCTYPE html><html lang=zh><meta charset=utf-8><title>表</title><style>table{border-collapse:collapse;",
        "width:100%}td{border:1px solid #000;padding:2px}body{font-family:'Noto Serif CJK SC';font-size:9pt}</style>",
    ]
    for part in paper:
        parts.append(f"<p>{html.escape(part)}</p>" if isinstance(part, str) else _html_table(part))
    return "\n".join(parts).encode()


def _html_table(grid) -> str:
    rows = ["" for _ in grid]
    for r, _, words, height, width in spans(grid):
        spread = (f' colspan="{width}"' if width > 1 else "") + (f' rowspan="{height}"' if height > 1 else "")
        rows[r] += f"<td{spread}>{html.escape(words)}</td>"
    return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"


def pdf(paper: Paper, size: float = 9, paper_size: tuple[int, int] = (842, 595), margin: int = 30) -> bytes:
    """Drawn by reportlab's own table layout; rows that do not fit go to the next page."""
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    style = cell_style(size)
    parts = []
    for part in paper:
        drawn = (
            Paragraph(html.escape(part), style)
            if isinstance(part, str)
            else pdf_table(part, style, paper_size[0] - 2 * margin)
        )
        parts += [drawn, Spacer(1, 4)]
    target = BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), margin)
    SimpleDocTemplate(target, pagesize=paper_size, invariant=1, **margins).build(parts)
    return target.getvalue()


def cell_style(size: float):
    from reportlab.lib.styles import ParagraphStyle

    fonts()
    return ParagraphStyle("cell", fontName=FONT, fontSize=size, leading=size * 1.3, wordWrap="CJK")


@cache
def fonts() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def pdf_table(grid, style, width: float, repeat: int = 0):
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table

    cells = [["" for _ in range(max(map(len, grid)))] for _ in grid]
    commands = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for r, c, words, height, wide in spans(grid):
        cells[r][c] = Paragraph(html.escape(words).replace("\n", "<br/>"), style)
        if wide > 1 or height > 1:
            commands.append(("SPAN", (c, r), (c + wide - 1, r + height - 1)))
    return Table(cells, colWidths=[width / len(cells[0])] * len(cells[0]), style=commands, repeatRows=repeat)


FORMATS = {
    "txt": text,
    "pipes.txt": pipes,
    "md": markdown,
    "csv": comma,
    "docx": docx,
    "xlsx": xlsx,
    "html": page,
    "pdf": pdf,
}

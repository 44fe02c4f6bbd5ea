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
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


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


def docx(paper: Paper, ruled: bool = True) -> bytes:
    """By python-docx, as programs write that know nothing of forms."""
    import docx as library

    document = library.Document()
    document.core_properties.created = document.core_properties.modified = EPOCH.replace(tzinfo=None)
    for part in paper:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(map(len, part)), "Table Grid" if ruled else None)
        cells = [list(row.cells) for row in table.rows]
        for r, c, words, height, width in spans(part):
            cell = cells[r][c]
            if height * width > 1:
                cell = cell.merge(cells[r + height - 1][c + width - 1])
            cell.text = words
    target = BytesIO()
    document.save(target)
    return _timeless(target.getvalue())


def small_docx(paper: Paper) -> bytes:
    """The same without a template: bare WordprocessingML with ruled tables, a tenth of the size."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        f'PartName="/word/document.xml" ContentType="{_WORD}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{"".join(map(_word_part, paper))}<w:sectPr>'
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr></w:body></w:document>',
    }
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as made:
        for name, xml in parts.items():
            member = ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            made.writestr(member, f'<?xml version="1.0" encoding="UTF-8"?>{xml}', ZIP_DEFLATED)
    return target.getvalue()


def _word_part(part) -> str:
    if isinstance(part, str):
        return _word_text(part)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{13_600 // len(part[0])}"/>' for _ in part[0])
    rows = "".join(f"<w:tr>{''.join(_word_cells(part, r))}</w:tr>" for r in range(len(part)))
    frame = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{frame}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>{_word_text('')}"


def _word_cells(grid, row: int):
    """The cells of a row in order, those that continue a cell above among them."""
    cells = {}
    for r, c, words, height, width in spans(grid):
        if r <= row < r + height:
            span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
            merge = '<w:vMerge w:val="restart"/>' if height > 1 and r == row else "<w:vMerge/>" if r < row else ""
            inner = _word_text(words if r == row else "")
            cells[c] = f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inner}</w:tc>"
    return (cells[c] for c in sorted(cells))


def _word_text(words: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{html.escape(words, quote=False)}</w:t></w:r>' if words else ""
    return f"<w:p>{run}</w:p>"


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
        ruled = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
        for paper in papers:
            _sheet(book.add_worksheet(), paper, ruled)
    return target.getvalue()


def _sheet(sheet, paper: Paper, ruled) -> None:
    sheet.set_column(0, 20, 16)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)  # printed one page wide, as offices set it
    top = 0
    for part in paper:
        if isinstance(part, str):
            sheet.write_string(top, 0, part)
            top += 1
            continue
        for r, c, words, height, width in spans(part):
            if height * width > 1:
                sheet.merge_range(top + r, c, top + r + height - 1, c + width - 1, words, ruled)
            else:
                sheet.write_string(top + r, c, words, ruled)
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


def pdf(
    paper: Paper, size: float = 9, paper_size: tuple[int, int] = (842, 595), margin: int = 30, font: str = ""
) -> bytes:
    """Drawn by reportlab's own table layout; rows that do not fit go to the next page. `font`: registered."""
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    style = cell_style(size, font)
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


def cell_style(size: float, font: str = ""):
    from reportlab.lib.styles import ParagraphStyle

    fonts()
    return ParagraphStyle("cell", fontName=font or FONT, fontSize=size, leading=size * 1.3, wordWrap="CJK")


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
    "bare.docx": small_docx,
    "xlsx": xlsx,
    "html": page,
    "pdf": pdf,
}

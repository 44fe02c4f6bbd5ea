"""The grids of layouts.yaml as PDF files: drawn by reportlab, printed by LibreOffice (Word) and by Chromium (HTML)."""

import html
import shutil
import subprocess
from functools import cache
from io import BytesIO

SOFFICE, CHROMIUM = shutil.which("soffice"), shutil.which("chromium")
FONT = "STSong-Light"


def spans(grid):
    """Every cell as (row, column, width, height, text), merged cells once."""
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            width = height = 1
            while c + width < len(row) and row[c + width] == "<":
                width += 1
            while r + height < len(grid) and c < len(grid[r + height]) and grid[r + height][c] == "^":
                height += 1
            yield r, c, width, height, text


def drawn(case, size=9, page=(595, 842), margin=40, **options):
    """A PDF by reportlab's own table layout; rows that do not fit go to the next page."""
    return drawn_all([case], size, page, margin, **options)


def drawn_all(cases, size=9, page=(595, 842), margin=40, repeat=0, footer=""):
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    style = _style(size)
    parts = []
    for case in cases:
        parts += [Paragraph(html.escape(line), style) for line in case.get("title", [])] + [Spacer(1, 6)]
        parts += [_table(case["grid"], style, page[0] - 2 * margin, repeat), Spacer(1, 20)]
    buffer = BytesIO()

    def foot(canvas, document):
        if footer:
            canvas.setFont(FONT, 8)
            canvas.drawCentredString(page[0] / 2, 20, footer.format(page=document.page))

    template = SimpleDocTemplate(
        buffer, pagesize=page, leftMargin=margin, rightMargin=margin, topMargin=margin, bottomMargin=margin
    )
    template.build(parts, onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


def _style(size):
    from reportlab.lib.styles import ParagraphStyle

    fonts()
    return ParagraphStyle("cell", fontName=FONT, fontSize=size, leading=size * 1.3, wordWrap="CJK")


@cache
def fonts():
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def _table(grid, style, width, repeat):
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table

    cells = [["" for _ in range(max(map(len, grid)))] for _ in grid]
    commands = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for r, c, wide, high, text in spans(grid):
        cells[r][c] = Paragraph(html.escape(text).replace("\n", "<br/>"), style)
        if wide > 1 or high > 1:
            commands.append(("SPAN", (c, r), (c + wide - 1, r + high - 1)))
    return Table(cells, colWidths=[width / len(cells[0])] * len(cells[0]), style=commands, repeatRows=repeat)


def as_html(cases, size=9, border="border-collapse:collapse", extra=""):
    parts = [
        f"<meta charset=utf-8><style>body{{font-family:'Noto Serif CJK SC';font-size:{size}pt}}",
        f"table{{width:100%;{border}}}td{{border:1px solid #000;padding:2px}}{extra}</style>",
    ]
    for case in cases:
        parts += [f"<p>{html.escape(line)}</p>" for line in case.get("title", [])] + ["<table>"]
        parts += [_html_row(case["grid"], r) for r in range(len(case["grid"]))] + ["</table>"]
    return "".join(parts)


def _html_row(grid, number):
    cells = [
        f'<td colspan="{wide}" rowspan="{high}">{html.escape(text)}</td>'
        for r, _, wide, high, text in spans(grid)
        if r == number
    ]
    return f"<tr>{''.join(cells)}</tr>"


def by_chromium(text, folder):
    source, target = folder / "form.html", folder / "form.pdf"
    source.write_text(text, encoding="utf-8")
    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    run = [CHROMIUM, *arguments, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(run, capture_output=True, timeout=120, check=True)
    return target.read_bytes()


def by_soffice(data, folder, suffix="docx"):
    source = folder / f"form.{suffix}"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(run, capture_output=True, timeout=180, check=True)
    return (folder / "form.pdf").read_bytes()


def ruled(data):
    """A Word document whose tables show their rulings."""
    import docx

    document, buffer = docx.Document(BytesIO(data)), BytesIO()
    for table in document.tables:
        table.style = "Table Grid"
    document.save(buffer)
    return buffer.getvalue()


def canvas(draw, page=(595, 842), **options):
    """A PDF drawn by hand: `draw` gets a reportlab canvas, y upwards."""
    from reportlab.pdfgen.canvas import Canvas

    fonts()
    buffer = BytesIO()
    drawing = Canvas(buffer, pagesize=page, **options)
    drawing.setFont(FONT, 9)
    draw(drawing)
    drawing.save()
    return buffer.getvalue()

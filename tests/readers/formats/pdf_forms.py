"""The grids of layouts.yaml as PDF files: drawn by reportlab, printed by LibreOffice (Word) and by Chromium (HTML)."""

import html
from io import BytesIO

from tests.forms.office import CHROMIUM, SOFFICE, by_chromium, by_soffice
from tests.forms.paper import spans
from tests.forms.writers import FONT, cell_style, fonts, pdf_table

__all__ = ["CHROMIUM", "FONT", "SOFFICE", "as_html", "by_chromium", "by_soffice", "canvas", "drawn", "drawn_all"]


def drawn(case, size=9, page=(595, 842), margin=40, **options):
    """A PDF by reportlab's own table layout; rows that do not fit go to the next page."""
    return drawn_all([case], size, page, margin, **options)


def drawn_all(cases, size=9, page=(595, 842), margin=40, repeat=0, footer=""):
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    style = cell_style(size)
    parts = []
    for case in cases:
        parts += [Paragraph(html.escape(line), style) for line in case.get("title", [])] + [Spacer(1, 6)]
        parts += [pdf_table(case["grid"], style, page[0] - 2 * margin, repeat), Spacer(1, 20)]
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
        for r, _, text, high, wide in spans(grid)
        if r == number
    ]
    return f"<tr>{''.join(cells)}</tr>"


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

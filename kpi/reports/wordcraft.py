"""A plain .docx: paragraphs and tables on A4, the same bytes for the same content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from kpi.reports import marking
from kpi.reports.office import legal, packed
from kpi.reports.width import one_line

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{}"/>'
Align = Literal["left", "center"]


@dataclass(frozen=True, slots=True)
class Cell:
    """`span`: columns that it takes; `down`: "start" of a cell over several rows, "on" for its further rows."""

    text: str
    span: int = 1
    down: Literal["", "start", "on"] = ""
    bold: bool = False
    align: Align = "left"
    shade: str = ""


def paragraph(
    text: str, *, size: float = 10.5, bold: bool = False, align: Align = "left", page: bool = False, font: str = "宋体"
) -> str:
    """`page`: begins a new page. Line breaks of the text stay."""
    looks = f"<w:rPr>{_FONT.format(font)}{'<w:b/>' if bold else ''}<w:sz w:val=\"{int(size * 2)}\"/></w:rPr>"
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{_plain(part)}</w:t>' for part in text.split("\n"))
    settings = ("<w:pageBreakBefore/>" if page else "") + '<w:spacing w:after="40"/>' + f'<w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{settings}</w:pPr><w:r>{looks}{runs}</w:r></w:p>"


def table(widths: Sequence[int], rows: Iterable[Sequence[Cell]], *, heads: int = 1) -> str:
    """`widths` in twentieths of a point; the first `heads` rows stand again on every page."""
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in widths)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="666666"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    look = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
    look += '<w:tblLayout w:type="fixed"/>'
    body = "".join(_row(row, widths, number < heads) for number, row in enumerate(rows))
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _row(cells: Sequence[Cell], widths: Sequence[int], head: bool) -> str:
    made, column = [], 0
    for cell in cells:
        made.append(_cell(cell, sum(widths[column : column + cell.span])))
        column += cell.span
    settings = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{settings}</w:trPr>{''.join(made)}</w:tr>"


def _cell(cell: Cell, size: int) -> str:
    settings = f'<w:tcW w:w="{size}" w:type="dxa"/>'
    settings += f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    settings += {"": "", "start": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[cell.down]
    settings += f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.shade}"/>' if cell.shade else ""
    text = paragraph(cell.text, size=9, bold=cell.bold, align=cell.align)
    return f'<w:tc><w:tcPr>{settings}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'


def document(body: Iterable[str]) -> bytes:
    """The file. A table is kept from the end of the page's last line by an empty paragraph."""
    page = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1020" w:bottom="1134" w:left="1020"/>'
    inner = "".join(body) + paragraph("")
    main = f'{_XML}<w:document xmlns:w="{_MAIN}"><w:body>{inner}<w:sectPr>{page}</w:sectPr></w:body></w:document>'
    types = (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
        f"{marking.override()}</Types>"
    )
    relations = (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f"{marking.relation('rId2')}</Relationships>"
    )
    parts = (("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", main),
             (marking.PROPERTIES, marking.properties()))
    return packed((name, text.encode("utf-8")) for name, text in parts)


def _plain(text: str) -> str:
    """What XML may hold, escaped."""
    return escape(legal(one_line(text)), quote=False)

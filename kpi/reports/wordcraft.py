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
_LYING = (
    f'<w:footerReference xmlns:r="{_OFFICE}" w:type="default" r:id="rId3"/>'
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
)
_FOOTER_TYPE = f'<Override PartName="/word/footer1.xml" ContentType="{_KIND}.footer+xml"/>'
WANTED = "FFF6C8"  # the shade of a cell that is still to be filled in
_HEAD = "EEF2F7"
Align = Literal["left", "center"]


@dataclass(frozen=True, slots=True)
class Cell:
    """`span`: columns that it takes; `down`: "start" of a cell over several rows, "on" for its further rows; `keep`:
    not at the foot of a page without what follows; `link`: the paragraph marked so."""

    text: str
    span: int = 1
    down: Literal["", "start", "on"] = ""
    bold: bool = False
    align: Align = "left"
    shade: str = ""
    keep: bool = False
    colour: str = ""
    link: str = ""


def head(text: str, span: int = 1) -> Cell:
    """What stands over a column or before a value."""
    return Cell(text, span, bold=True, align="center", shade=_HEAD)


def centered(text: str, span: int = 1) -> Cell:
    return Cell(text, span, align="center")


def level(text: str, start: bool) -> Cell:
    """A cell over the rows that share it: at its start, or further down."""
    return Cell(text if start else "", down="start" if start else "on", align="center")


def paragraph(
    text: str, *, size: float = 10.5, bold: bool = False, align: Align = "left", page: bool = False, font: str = "宋体",
    keep: bool = False, colour: str = "", mark: str = "", link: str = "",
) -> str:  # fmt: skip
    """`page`: begins a new page; `keep`: stays on the page of what follows; `mark`: the name by which a `link` finds
    it, letters and a number. Line breaks of the text stay."""
    looks = _looks(font, size, bold=bold, colour=colour or ("1F4E9E" if link else ""))
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{_plain(part)}</w:t>' for part in text.split("\n"))
    settings = ("<w:keepNext/>" if keep else "") + "<w:keepLines/>" + ("<w:pageBreakBefore/>" if page else "")
    settings += '<w:spacing w:after="40"/>' + f'<w:jc w:val="{align}"/>'
    run = f"<w:r>{looks}{runs}</w:r>"
    run = f'<w:hyperlink w:anchor="{link}" w:history="1">{run}</w:hyperlink>' if link else run
    if mark:
        number = "".join(filter(str.isdigit, mark))
        run = f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>{run}<w:bookmarkEnd w:id="{number}"/>'
    return f"<w:p><w:pPr>{settings}</w:pPr>{run}</w:p>"


def _looks(font: str, size: float, *, bold: bool, colour: str) -> str:
    made = _FONT.format(font) + ("<w:b/>" if bold else "") + (f'<w:color w:val="{colour}"/>' if colour else "")
    return f'<w:rPr>{made}<w:sz w:val="{int(size * 2)}"/></w:rPr>'


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
    text = paragraph(
        cell.text, size=9, bold=cell.bold, align=cell.align, keep=cell.keep, colour=cell.colour, link=cell.link
    )
    return f'<w:tc><w:tcPr>{settings}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'


def document(body: Iterable[str], *, margin: int = 1134, landscape: bool = False) -> bytes:
    """The file; `margin` above and below; `landscape`: on lying paper, with page numbers. A table is kept from the end
    of the page's last line by an empty paragraph."""
    size = _LYING if landscape else '<w:pgSz w:w="11906" w:h="16838"/>'
    page = f'{size}<w:pgMar w:top="{margin}" w:right="1020" w:bottom="{margin}" w:left="1020"/>'
    inner = "".join(body) + paragraph("", size=1)
    main = f'{_XML}<w:document xmlns:w="{_MAIN}"><w:body>{inner}<w:sectPr>{page}</w:sectPr></w:body></w:document>'
    types = (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
        f"{_FOOTER_TYPE if landscape else ''}{marking.override()}</Types>"
    )
    relations = (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f"{marking.relation('rId2')}</Relationships>"
    )
    parts = [("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", main),
             *(_footer() if landscape else ()), (marking.PROPERTIES, marking.properties())]  # fmt: skip
    return packed((name, text.encode("utf-8")) for name, text in parts)


def _plain(text: str) -> str:
    """What XML may hold, escaped."""
    return escape(legal(one_line(text)), quote=False)


def _page_number() -> str:
    looks = _looks("宋体", 9, bold=False, colour="")
    number = f'<w:fldSimple w:instr=" PAGE "><w:r>{looks}<w:t>1</w:t></w:r></w:fldSimple>'
    before, after = (f'<w:r>{looks}<w:t xml:space="preserve">{text}</w:t></w:r>' for text in ("第 ", " 页"))
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{before}{number}{after}</w:p>'


def _footer() -> tuple[tuple[str, str], ...]:
    """The part with the page numbers, and what leads to it."""
    relation = f'<Relationship Id="rId3" Type="{_OFFICE}/footer" Target="footer1.xml"/>'
    return (
        ("word/footer1.xml", f'{_XML}<w:ftr xmlns:w="{_MAIN}">{_page_number()}</w:ftr>'),
        ("word/_rels/document.xml.rels", f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{relation}'
         "</Relationships>"),
    )  # fmt: skip

"""PDF files as rows: ruled tables by their lines, other text by where it stands."""

from typing import Any

from kpi.model import Location, Unread
from kpi.readers.errors import TOO_LARGE, ReadError, bounded
from kpi.readers.formats.pdffold import BROKEN
from kpi.readers.formats.pdffonts import dots
from kpi.readers.formats.pdfglyphs import TooMuch
from kpi.readers.formats.pdfjoin import joined
from kpi.readers.formats.pdfpages import Page, read_page
from kpi.readers.grid import Source

MOST_PAGES = 1500
MOST_CHARACTERS = 3_000_000  # of one file
_MOST_BROKEN = 0.4  # of the characters
_PASSWORD = "PDF 文件设有打开密码，无法读取，请用密码打开后另存为无密码的 PDF 再检查。"
_DAMAGED = "不是有效的 PDF 文件，可能已损坏、没有下载完整或改过后缀，请重新导出 PDF 后再检查。"
_SCANNED = "这份 PDF 是扫描件（只有图像，没有文字），读不出表格，请先做文字识别（OCR），或改用 Word、Excel 原件。"
_EMPTY = "这份 PDF 里没有文字，请检查导出是否完整，或改用 Word、Excel 原件。"
_GARBLED = "这份 PDF 的字体缺少文字编码，读出来全是乱码，请重新导出 PDF，或改用 Word、Excel 原件。"
_TOO_MUCH = "文字或线条多得不像表格，没有读；如有绩效目标表，请单独导出这一页。"
_BAD_PAGE = "已损坏，没有读；请重新导出 PDF。"
_LONG = f"PDF 页数太多（超过 {MOST_PAGES} 页），请只留绩效目标表所在的页再检查。"


def read_rows(data: bytes, path: str) -> Source:
    """The rows of a PDF file. Raises ReadError."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - 40 ms, for those who read PDF files

    with dots():
        document = _open(pdfium, data, path)
        try:
            if document.get_formtype():
                document.init_forms()
            pages, notes = _pages(pdfium, document, path)
        finally:
            document.close()
    notes += [note for page in pages if (note := _note(page))]
    _refuse(pages, path)
    notes.sort(key=lambda note: note.location.page or 0)
    return Source(path, "pdf", tuple(bounded(joined(pages), path)), notes=tuple(notes))


def _open(pdfium: Any, data: bytes, path: str) -> Any:  # noqa: ANN401 - untyped library
    from pypdfium2 import raw  # noqa: PLC0415

    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise ReadError(path, _PASSWORD if locked else _DAMAGED) from error
    if not 0 < count <= MOST_PAGES:
        document.close()
        raise ReadError(path, _LONG if count else _DAMAGED)
    return document


def _pages(pdfium: Any, document: Any, path: str) -> tuple[list[Page], list[Unread]]:  # noqa: ANN401
    """The pages that can be read, and a note for each that cannot."""
    pages: list[Page] = []
    notes: list[Unread] = []
    characters = 0
    before: Any = None
    for number in range(1, len(document) + 1):
        try:
            handle = _opened(document, number)
            if before:  # closed only now: the fonts that two pages share are loaded once
                before.close()
            before = handle
            page = read_page(handle, number)
        except (TooMuch, pdfium.PdfiumError) as error:
            notes.append(_lost(number, _TOO_MUCH if isinstance(error, TooMuch) else _BAD_PAGE))
            continue
        characters += page.glyphs
        if characters > MOST_CHARACTERS:
            raise ReadError(path, TOO_LARGE)
        pages.append(page)
    if not pages:
        raise ReadError(path, TOO_LARGE if any(_TOO_MUCH in note.reason for note in notes) else _DAMAGED)
    return pages, notes


def _opened(document: Any, number: int) -> Any:  # noqa: ANN401
    """A page, with what was typed into its fields made part of it."""
    page = document[number - 1]
    if document.formenv:
        page.flatten()
        page.close()
        page = document[number - 1]
    return page


def _lost(number: int, reason: str, text: str = "") -> Unread:
    return Unread(text, Location(page=number), f"第 {number} 页：{reason}")


def _note(page: Page) -> Unread | None:
    """What a reader of the results must know of a page."""
    if page.scanned:
        return _lost(page.number, "是扫描图像，没有文字，没有读；请先做文字识别（OCR），或改用原件。")
    if page.broken:
        reason = f"有 {page.broken} 个字的字体缺少编码，读不出来，显示为“{BROKEN}”；请对照原件，或重新导出 PDF。"
        return _lost(page.number, reason)
    return None


def _refuse(pages: list[Page], path: str) -> None:
    """Raise ReadError where nothing on any page can be read."""
    glyphs = sum(page.glyphs for page in pages if not page.scanned)
    if not glyphs:
        raise ReadError(path, _SCANNED if any(page.scanned for page in pages) else _EMPTY)
    if sum(page.broken for page in pages) > _MOST_BROKEN * glyphs:
        raise ReadError(path, _GARBLED)

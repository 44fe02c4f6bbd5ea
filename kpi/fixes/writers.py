"""Who writes which format, and that what was written reads as it should."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from kpi.fixes.edits import CellEdit, Writer
from kpi.fixes.reading import reading
from kpi.model import Document
from kpi.packages import CannotWrite
from kpi.readers import ReadError, Source, document_of, source_of

# One module a format; loaded when the first such file is changed.
_WRITERS: Mapping[str, tuple[str, str]] = {
    "text": ("lines", "TextWriter"), "csv": ("lines", "CsvWriter"),
    "docx": ("docx", "DocxWriter"), "xlsx": ("xlsx", "XlsxWriter"),
}  # fmt: skip
_BARRED = {
    "pdf": "PDF 不能直接改，请改生成它的 Word 或 Excel 文件。",
    "doc": "旧版 Word 文件（.doc）不能直接改，请另存为 .docx 后再改。",
    "xls": "旧版 Excel 表格（.xls）不能直接改，请另存为 .xlsx 后再改。",
    "html": "网页文件不能直接改，请改生成它的 Word 或 Excel 文件。",
}
_OTHER = "这种格式不能直接改，请另存为 .docx 或 .xlsx 后再改。"
ARCHIVED = "压缩包里的文件不能直接改，请先解压成文件夹。"
REPORT = "这是 kpi extract 的结果，不是原表，请改原来的文件。"
PIPED = "标准输入不能直接改，请先存成文件。"
_CHECK = "改好后核对，读出来与应有的不一致，没有写文件，请手工改并把文件发给维护人员。"


def barred(reader: str) -> str:
    """Why files of a format cannot be changed, one sentence; "" where they can be."""
    return "" if reader in _WRITERS else _BARRED.get(reader, _OTHER)


def writer(data: bytes, source: Source) -> Writer:
    """The writer of a file. Raises CannotWrite, and ReadError where a part of it cannot be read."""
    if source.reader not in _WRITERS:
        raise CannotWrite(barred(source.reader))
    module, name = _WRITERS[source.reader]
    made: Callable[[bytes, Source], Writer] = getattr(import_module(f"kpi.fixes.{module}"), name)
    return made(data, source)


def written(by: Writer, edits: Sequence[CellEdit], edited: Document, dated: Callable[[Document], Document]) -> bytes:
    """The changed file, read again and found to say what it should. Raises CannotWrite."""
    made = by.written(edits)
    try:
        again = dated(document_of(source_of(made, edited.path)))
    except ReadError as error:
        raise CannotWrite(_CHECK) from error
    if reading(again) != reading(edited):
        raise CannotWrite(_CHECK)
    return made

"""Who writes the notes into which format, and why some formats take none."""

from collections.abc import Callable, Collection, Mapping
from importlib import import_module

from kpi.annotate.marks import Marks
from kpi.model import Document
from kpi.packages import CannotWrite

# One module a format; loaded when the first such file is annotated.
_WRITERS: Mapping[str, tuple[str, str]] = {
    "text": ("text", "annotated"), "csv": ("text", "annotated_csv"), "docx": ("docx", "annotated"),
    "xlsx": ("xlsx", "annotated"), "pdf": ("pdf", "annotated"),
}  # fmt: skip
_BARRED = {
    "doc": "旧版 Word 文件（.doc）加不了批注，请另存为 .docx 再试。",
    "xls": "旧版 Excel 表格（.xls）加不了批注，请另存为 .xlsx 再试。",
    "ods": "这种表格（.ods）加不了批注，请另存为 .xlsx 再试。",
    "html": "网页文件加不了批注，请用生成它的 Word 或 Excel 文件。",
}
_OTHER = "这种格式加不了批注，请另存为 .docx 或 .xlsx 再试。"
_ARCHIVED = "压缩包里的文件加不了批注，请先解压成文件夹。"
_REPORT = "这是 kpi extract 的结果，不是原表，请对原来的文件批注。"
_PIPED = "标准输入加不了批注，请先存成文件。"


def why_not(document: Document, files: Collection[str]) -> str:
    """Why a document takes no notes, one sentence; "" where it does. `files`: the paths of all files of the run."""
    if document.path == "-":
        return _PIPED
    if document.path not in files:
        return _ARCHIVED if "!/" in document.path else _REPORT
    return "" if document.reader in _WRITERS else _BARRED.get(document.reader, _OTHER)


def annotated(data: bytes, document: Document, marks: Marks) -> bytes:
    """The file with its notes; as it was where there are none. Raises CannotWrite, and ReadError where a part of it
    cannot be read."""
    if not marks.notes:
        return data
    if document.reader not in _WRITERS:
        raise CannotWrite(_BARRED.get(document.reader, _OTHER))
    module, name = _WRITERS[document.reader]
    write: Callable[[bytes, str, Marks], bytes] = getattr(import_module(f"kpi.annotate.{module}"), name)
    return write(data, document.path, marks)

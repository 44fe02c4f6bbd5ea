"""Spreadsheets as rows: .xlsx, .xlsm, .xls and .ods, by what the file really is; all visible sheets in order."""

from collections.abc import Iterable

from kpi.model import Unread
from kpi.readers.errors import ReadError, bounded
from kpi.readers.formats.sheet import NOTES_SHEET, Sheet
from kpi.readers.formats.sheetgrid import rows
from kpi.readers.formats.sniff import kind_of, real_kind
from kpi.readers.grid import Row, Source

_OTHER = "内容不是电子表格（改了后缀的其他文件），请用原程序打开，另存为 .xlsx 后再检查。"


def read_rows(data: bytes, path: str) -> Source:
    """The rows of a spreadsheet. Raises ReadError."""
    suffix = "." + path.rpartition(".")[2].lower()
    kind = real_kind(data)
    if kind not in ("xlsx", "xls", "ods"):
        kind_of(data, suffix, path)  # says what the file is, where it is nothing that can be read
        raise ReadError(path, _OTHER)
    made: list[Row] = []
    notes: list[Unread] = []
    struck: list[str] = []
    for number, sheet in enumerate(_sheets(data, path, kind)):
        if sheet.name == NOTES_SHEET:
            continue
        found, lost = rows(sheet, number)
        made += bounded(found, path) if number == 0 else found
        notes += lost
        struck += () if sheet.hidden else sheet.struck
    return Source(path, kind, tuple(bounded(made, path)), notes=tuple(notes), struck=tuple(struck))


def _sheets(data: bytes, path: str, kind: str) -> Iterable[Sheet]:
    if kind == "xls":
        from kpi.readers.formats import sheetxls  # noqa: PLC0415

        return sheetxls.sheets(data, path)
    from kpi.readers.formats.sheetparts import Parts  # noqa: PLC0415

    parts = Parts(data, path, f".{kind}")
    if kind == "ods":
        from kpi.readers.formats import sheetods  # noqa: PLC0415

        return sheetods.sheets(parts)
    from kpi.readers.formats import sheetxml  # noqa: PLC0415

    return sheetxml.sheets(parts)

"""What a file really is: by its first bytes and the members of its package, its name only where those leave it open."""

import re
from io import BytesIO
from typing import Literal

from kpi.lazyre import later
from kpi.readers.errors import ReadError
from kpi.readers.formats.text import decode, wide, widest

Kind = Literal["text", "csv", "html", "json", "docx", "doc", "xlsx", "xls", "ods", "pdf", "office", "archive"]

_START = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"{\\rtf", "rtf"), (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gz"),
    (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"II*\x00", "image"), (b"MM\x00*", "image"),
)  # fmt: skip
# Parts that name the program a package was written by.
_PARTS = (("word/", "docx"), ("xl/workbook.bin", "xlsb"), ("xl/", "xlsx"), ("ppt/", "ppt"), ("OFD.xml", "ofd"))
_ODF = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "ppt"}
_HTML = re.compile(
    r"\s*(<\?xml[^>]{0,200}>\s*)?(<!--.{0,2000}?-->\s*)*"
    r"<(!doctype\s+html|html|head|meta|body|style|script|title|link|div|table|center|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_MHT = re.compile(r"\s*(mime-version|from|subject|date|content-type|x-[\w-]+):[^\n]*\n", re.IGNORECASE)
_SHEET_XML = later(r"progid=.Excel\.Sheet|schemas-microsoft-com:office:spreadsheet")
_TEXT_XML = later(r"progid=.Word\.Document|office/word/2003/wordml|office/2006/xmlPackage")
_TARGETS = later("绩效|[一二三]级指标|产出指标|數量指標|績效")
_CONTROLS = later(r"[\x00-\x08\x0e-\x1f]")
_EXTRACTED = re.compile(r'\s*\{\s*"(schema"\s*:\s*"kpi\.extract/|path"\s*:)')

_KINDS: dict[str, Kind] = {
    "docx": "docx", "xlsx": "xlsx", "xls": "xls", "ods": "ods", "pdf": "pdf", "html": "html", "mht": "html",
    "doc": "doc", "rtf": "office", "odt": "office", "xlsb": "office", "zip": "archive",
    "sheet-xml": "office", "text-xml": "office", "json": "json",
}  # fmt: skip
_BY_NAME: dict[str, Kind] = {
    ".csv": "csv", ".json": "json", ".jsonl": "json", ".html": "html", ".htm": "html",
    ".txt": "text", ".text": "text", ".tsv": "text", ".md": "text",
    ".xls": "text", ".et": "text", ".doc": "text", ".wps": "text",  # what office programs open without a word
}  # fmt: skip
_WORD, _EXCEL = "Word 文件", "Excel 表格"
_NAMED = {
    ".docx": _WORD, ".docm": _WORD, ".dotx": _WORD, ".doc": _WORD, ".dot": _WORD, ".wps": "WPS 文字文件",
    ".wpt": "WPS 文字文件", ".rtf": "RTF 文件", ".odt": "ODT 文件", ".xlsx": _EXCEL, ".xlsm": _EXCEL, ".xls": _EXCEL,
    ".xlsb": _EXCEL, ".ods": "ODS 表格", ".et": "WPS 表格", ".ett": "WPS 表格", ".pdf": "PDF 文件", ".ofd": "OFD 文件",
    ".zip": "压缩包", ".mht": "网页文件", ".mhtml": "网页文件", ".xml": "Office 的 XML 文件",
}  # fmt: skip
_SAVED_AS = {_EXCEL: ".xlsx", "ODS 表格": ".xlsx", "WPS 表格": ".xlsx", "PDF 文件": ".docx 或 .pdf", "压缩包": ".zip"}
_REFUSED = {
    "ofd": ("OFD 文件", "请在阅读器里导出为 .pdf 或 .docx 后再检查。"),
    "rar": ("RAR 压缩包", "请解压成文件夹，或改压为 .zip 后再检查。"),
    "7z": ("7z 压缩包", "请解压成文件夹，或改压为 .zip 后再检查。"),
    "gz": ("gzip 压缩包", "请解压后再检查。"),
    "image": ("图片", "请先做文字识别，另存为 .docx 或 .xlsx 后再检查。"),
    "ppt": ("演示文稿", "请把绩效目标表复制到 .docx 或 .xlsx 里再检查。"),
    "ole": ("旧版 Office 格式的其他文件", "请用原程序打开，另存为 .docx 或 .xlsx 后再检查。"),
    "encrypted": ("加了密码的文件", "请去掉密码另存后再检查。"),
}
_REAL = {"doc": "旧版 Word 文件（.doc）", "xls": "旧版 Excel 表格（.xls）", "rtf": "RTF 文件", "odt": "ODT 文件"}


def spaced(what: str) -> str:
    """What stands behind a Chinese character: with a space where it begins in Latin letters."""
    return f" {what}" if what[:1].isascii() else what


def kind_of(data: bytes, suffix: str, path: str) -> Kind:
    """Which reader a file needs. Raises ReadError where none can read it."""
    if not data:
        raise ReadError(path, "文件是空的（0 字节），可能没有保存或下载完，请换成完整的文件。")
    real = real_kind(data)
    if real in _REFUSED:
        what, advice = _REFUSED[real]
        raise ReadError(path, f"这是{spaced(what)}，不能直接读取，{advice}")
    if real == "zip" and suffix in _NAMED and suffix != ".zip":
        raise ReadError(path, broken(suffix))
    if real in _KINDS:
        return _KINDS[real]
    if real == "broken":
        raise ReadError(path, broken(suffix if suffix in _NAMED else ".zip"))
    return _plain(data, suffix, path, real)


def _plain(data: bytes, suffix: str, path: str, real: str) -> Kind:
    if real == "text" and suffix in _BY_NAME and not (suffix in _NAMED and _garbled(data)):
        return _BY_NAME[suffix]
    if real == "text" and _is_form_text(data):
        return "text"  # whatever its name says
    if suffix in _NAMED:
        raise ReadError(path, broken(suffix))
    if suffix in _BY_NAME:
        raise ReadError(path, "内容不是文本（可能是改了后缀的其他文件），请用原程序另存为 .docx、.xlsx 或 .txt。")
    raise ReadError(path, f"不能读取“{suffix or '无后缀'}”文件，请存为 .docx、.xlsx、.pdf 或 .txt 后再检查。")


def _is_form_text(data: bytes) -> bool:
    """Lines of text that speak of targets, under the name of another kind of file."""
    if _garbled(data):
        return False
    text, _ = decode(data[:_START].rpartition(b"\n")[0])
    return bool(_TARGETS.search(text)) and not _CONTROLS.search(text)


def renamed(reader: str, suffix: str) -> str:
    """A sentence where a text goes by the name of another kind of file; "" where the name is right."""
    if reader != "text" or suffix in _BY_NAME or not suffix:
        return ""
    return f"文件名的后缀是“{suffix}”，内容其实是文本，已按文本读入；请把后缀改为 .txt，或用原程序另存。"


def broken(suffix: str) -> str:
    """The sentence for a file that is not what its name says."""
    named = _NAMED.get(suffix, "文件")
    gap = " " if named[0].isascii() else ""
    better = _SAVED_AS.get(named, ".docx")
    what = f"不是有效的{gap}{named}（{suffix}）"
    return f"{what}，可能已损坏、没下载完或改了后缀，请用原程序打开，另存为 {better} 后再检查。"


def told_apart(data: bytes, suffix: str) -> str:
    """Where the name says something else: what the file really is, in words; "" where the name is right."""
    real = real_kind(data)
    told = _REAL.get(real, "")
    return told if told and suffix != f".{real}" and suffix in (".docx", ".xlsx", ".pdf", ".docm", ".xlsm") else ""


def real_kind(data: bytes) -> str:
    """A word for what the bytes are: "docx", "doc", "encrypted", "html", "text", "binary" …"""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return what
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data)
    if data.startswith(_OLE):
        return _compound(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return _text(data)


def _package(data: bytes) -> str:
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415

    try:
        with ZipFile(BytesIO(data)) as package:
            names = package.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return "broken"
    if "mimetype" in names and (odf := re.search(rb"opendocument\.(text|spreadsheet|presentation)", data[:200])):
        return _ODF.get(odf.group(1), "ole")
    if "[Content_Types].xml" in names or "OFD.xml" in names:
        return next((what for part, what in _PARTS if any(name.startswith(part) for name in names)), "zip")
    return "zip"


def _compound(data: bytes) -> str:
    """Which streams a compound file of old office programs holds; their names stand in entries of 128 bytes."""
    if _stream(data, "EncryptedPackage"):
        return "encrypted"
    if _stream(data, "WordDocument"):
        return "encrypted" if _locked(data) else "doc"
    if _stream(data, "Workbook") or _stream(data, "Book"):
        return "xls"
    return "ppt" if _stream(data, "PowerPoint Document") else "ole"


def _stream(data: bytes, name: str) -> bool:
    raw, at = name.encode("utf-16-le") + b"\x00\x00", -1
    while (at := data.find(raw, at + 1)) >= 0:
        if at % 128 == 0:
            return True
    return False


def _locked(data: bytes) -> bool:
    """Whether the head of an old Word document, found by its magic at the start of a sector, says "encrypted"."""
    at = 512
    while (at := data.find(b"\xec\xa5", at)) >= 0:
        if at % 512 == 0:
            return bool(data[at + 11 : at + 12] and data[at + 11] & 1)
        at += 2
    return False


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        head = data[:_START].decode("utf-32", "ignore")
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = data[:_START].decode("utf-16", "ignore")
    elif name := widest(data[:_START]):
        head = data[:_START].decode(name, "ignore")
    else:
        head = data[:_START].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
        if "\x00" in head and not wide(data[:_START]):
            return "binary"
    if head.lstrip().startswith("<?xml") and (_SHEET_XML.search(head) or _TEXT_XML.search(head)):
        return "sheet-xml" if _SHEET_XML.search(head) else "text-xml"
    if _HTML.match(head):
        return "html"
    if _MHT.match(head) and re.search(r"^mime-version:", head, re.IGNORECASE | re.MULTILINE):
        return "mht"
    return "json" if _EXTRACTED.match(head) else "text"


def _garbled(data: bytes) -> bool:
    """Bytes under an office name that are no lines of text in any encoding."""
    if b"\n" not in data:
        return True
    try:
        decode(data[:_START].rpartition(b"\n")[0] or data[:_START])
    except UnicodeDecodeError:
        return True
    return False

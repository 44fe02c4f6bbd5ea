"""From a file to its target forms.

`read` opens a file (or standard input, "-") and raises ReadError, whose text is one plain Chinese sentence. A file
without a form is no error: its Document has tables == (). Formats differ only in how they deliver rows; `recognise`
is the one place that makes forms of them.
"""

import sys
from pathlib import Path

from kpi.model import Document
from kpi.readers.form import recognise
from kpi.readers.grid import GridCell, Row, Source

__all__ = ["SUFFIXES", "GridCell", "ReadError", "Row", "Source", "read", "read_text", "recognise"]

TEXT_SUFFIXES = (".txt", ".tsv", ".md", ".text")
SUFFIXES = (*TEXT_SUFFIXES, ".docx")
_LARGEST = 64 << 20
_MOST_LINES = 200_000
_TOO_LARGE = "文件太大，不像绩效目标表，请拆成几个文件再检查。"
_ADVICE = {
    ".doc": "旧版 Word 文件（.doc）请在 Word 或 WPS 中另存为 .docx 后再检查。",
    ".wps": "WPS 文字文件请另存为 .docx 后再检查。",
    ".et": "WPS 表格文件请另存为 .docx 或带制表符的文本后再检查。",
    ".xls": "Excel 文件请另存为“文本文件（制表符分隔）”后再检查。",
    ".xlsx": "Excel 文件请另存为“文本文件（制表符分隔）”后再检查。",
    ".pdf": "PDF 文件请转存为 .docx 或 .txt 后再检查；扫描件需先做文字识别。",
    ".ofd": "OFD 文件请转存为 .docx 或 .txt 后再检查。",
}


class ReadError(Exception):
    """A file that could not be read. `message` is one sentence for the user."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}：{message}")
        self.path = path
        self.message = message


def read(path: str | Path, *, stdin: bytes | None = None) -> Document:
    """The forms of the file at `path`; "-" reads `stdin`, or the process's standard input where that is None.

    Raises ReadError.
    """
    name = str(path)
    if name == "-":
        data = sys.stdin.buffer.read(_LARGEST + 1) if stdin is None else stdin
        suffix = ".docx" if data.startswith(b"PK\x03\x04") else ".txt"
    else:
        suffix = Path(name).suffix.lower()
        data = _bytes(Path(name), name, suffix)
    if len(data) > _LARGEST:
        raise ReadError(name, _TOO_LARGE)
    return recognise(_source(data, name, suffix))


def read_text(text: str, path: str = "-") -> Document:
    """The forms of a text. Never raises."""
    from kpi.readers import text as reader  # noqa: PLC0415

    return recognise(reader.source(text, path))


def _bytes(path: Path, name: str, suffix: str) -> bytes:
    try:
        if path.is_dir():
            raise ReadError(name, "这是文件夹，不是文件。")
        if suffix not in SUFFIXES and path.exists():
            raise ReadError(
                name, _ADVICE.get(suffix, f"不能读取“{suffix or '无后缀'}”文件，请存为 .docx 或 .txt 后再检查。")
            )
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise ReadError(name, "找不到这个文件，请检查路径和文件名。") from error
    except PermissionError as error:
        raise ReadError(name, "没有读取权限，请检查文件是否被占用或受保护。") from error
    except (OSError, ValueError) as error:
        raise ReadError(name, "文件无法打开，请检查路径是否正确、文件是否损坏。") from error


def _source(data: bytes, name: str, suffix: str) -> Source:
    if suffix == ".docx":
        from kpi.readers import docx  # noqa: PLC0415

        try:
            return docx.source(data, name)
        except OverflowError as error:
            raise ReadError(name, _TOO_LARGE) from error
        except ValueError as error:
            raise ReadError(name, "不是有效的 Word 文件（.docx），可能已损坏或加密，请重新另存后再检查。") from error
    from kpi.readers import text  # noqa: PLC0415

    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadError(name, "内容不是文本（可能是改了后缀的其他文件），请用原程序另存为 .docx 或 .txt。")
    try:
        decoded, encoding = text.decode(data)
    except UnicodeDecodeError as error:
        raise ReadError(name, "文字编码无法识别，请另存为 UTF-8 编码的文本后再检查。") from error
    if decoded.count("\n") > _MOST_LINES:
        raise ReadError(name, f"行数太多（超过 {_MOST_LINES} 行），请只留绩效目标表再检查。")
    return text.source(decoded, name, encoding)

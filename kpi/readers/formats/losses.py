"""What a conversion lost: words that every form has are counted in the raw file and in what came of it."""

import re
from collections.abc import Iterable, Iterator

from kpi.model import Location, Unread
from kpi.readers.grid import Row

_WORDS = ("项目名称", "三级指标", "指标值")
_LOST = "转换后少了内容（“{word}”原有 {before} 处，转换后 {after} 处），可能丢了表格，请用原程序另存后核对。"
_ESCAPED = re.compile(rb"(?:\\'[0-9a-fA-F]{2})+")
_NUMBERED = re.compile(rb"\\u(-?\d{1,5}) ?(?:\\'[0-9a-fA-F]{2}|\?)?")
_TAGS = re.compile(rb"<[^>]*>")
_LARGEST = 64 << 20  # bytes of unpacked XML


def lost(data: bytes, kind: str, rows: Iterable[Row]) -> Iterator[Unread]:
    """A note where the result says a word of the form less often than the file does."""
    raw = _raw(data, kind)
    made = "".join("".join(cell.text.split()) for row in rows for cell in row.cells)
    for word in _WORDS:
        before, after = raw.count(word), made.count(word)
        if after < before:
            yield Unread(word, Location(), _LOST.format(word=word, before=before, after=after))
            return


def _raw(data: bytes, kind: str) -> str:
    """The words of the file as far as they stand in it plainly; the rest of the text is noise."""
    if kind == "doc":
        return data.decode("utf-16-le", "ignore") + data[1:].decode("utf-16-le", "ignore")
    if kind == "rtf":
        return _rtf(data)
    if kind == "odt":
        return _odt(data)
    return _TAGS.sub(b"", data).decode("utf-8", "ignore") if kind.endswith("-xml") else ""


def _rtf(data: bytes) -> str:
    plain = _NUMBERED.sub(lambda found: chr(int(found[1]) % 0x10000).encode("gb18030", "ignore"), data)
    plain = _ESCAPED.sub(lambda found: bytes.fromhex(found[0].replace(b"\\'", b"").decode()), plain)
    return plain.decode("gb18030", "ignore")


def _odt(data: bytes) -> str:
    from io import BytesIO  # noqa: PLC0415
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415

    try:
        with ZipFile(BytesIO(data)) as package, package.open("content.xml") as part:
            return _TAGS.sub(b"", part.read(_LARGEST)).decode("utf-8", "ignore")
    except (BadZipFile, KeyError, OSError, EOFError, RuntimeError):
        return ""

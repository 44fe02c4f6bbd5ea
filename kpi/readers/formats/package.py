"""Reading office packages: one part at a time, bounded, as XML that can load and expand nothing."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from kpi.readers.errors import LARGEST_PART, MOST_RATIO, TOO_LARGE, ReadError
from kpi.readers.formats.sniff import broken

if TYPE_CHECKING:
    from lxml.etree import _Element

_SMALL = 1 << 20  # a part below this is let unpack whatever its ratio
_DOCTYPE = b"<!DOCTYPE"
_TOO_DEEP = "内容嵌套得太深，不像绩效目标表，请用原程序重新另存后再检查。"
_BOMB = "压缩得太厉害，不像正常的文件，请用原程序重新另存后再检查。"


class Package:
    """The parts of a zipped office document."""

    def __init__(self, data: bytes, path: str, suffix: str) -> None:
        self.path, self.suffix = path, suffix
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ReadError(path, broken(suffix)) from error
        self.names = frozenset(self._zip.namelist())

    def part(self, name: str) -> bytes:
        """The bytes of a part; ReadError where it is missing, damaged or too large."""
        if name not in self.names:
            raise ReadError(self.path, broken(self.suffix))
        info = self._zip.getinfo(name)
        if info.file_size > LARGEST_PART:
            raise ReadError(self.path, TOO_LARGE)
        if info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise ReadError(self.path, _BOMB)
        if info.flag_bits & 1:
            raise ReadError(self.path, "这是加了密码的文件，请去掉密码另存后再检查。")
        try:
            return self._zip.read(name)
        except (BadZipFile, ZlibError, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise ReadError(self.path, broken(self.suffix)) from error

    def xml(self, name: str) -> _Element:
        """A part as a tree."""
        return parsed(self.part(name), self.path, self.suffix)


def parsed(data: bytes, path: str, suffix: str) -> _Element:
    """XML without entities, external references or unbounded depth; ReadError where it is none."""
    from lxml import etree  # noqa: PLC0415

    if _DOCTYPE in data[:4096]:
        raise ReadError(path, broken(suffix))  # office programs write none; it is there to expand entities
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error).lower()
        raise ReadError(path, _TOO_DEEP if deep else broken(suffix)) from error

"""The parts of a zipped workbook (.xlsx, .ods) piece by piece, within limits; its XML streamed with entities off."""

import zlib
from collections.abc import Iterable, Iterator
from lzma import LZMAError
from typing import TYPE_CHECKING, Any, Literal
from zipfile import BadZipFile

from kpi.readers.errors import LARGEST_PART, MOST_RATIO, TOO_LARGE, ReadError
from kpi.readers.formats.package import Package
from kpi.readers.formats.sheet import LOCKED
from kpi.readers.formats.sniff import broken

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_PARTS = 10_000  # members of a package; a workbook of a hundred sheets has some three hundred
LARGEST_WHOLE = 2 * LARGEST_PART  # bytes of all parts read, unpacked
PADDED = "文件展开后异常地大，可能带有大量空行或空格，请把目标表复制到新的表格文件里再检查。"
_CHUNK = 1 << 20
_SMALL = 8 << 20  # bytes; below it no ratio is suspicious
_BROKEN = (BadZipFile, zlib.error, LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class Parts(Package):
    """A package whose parts are looked up without regard to case, as office programs do."""

    def __init__(self, data: bytes, path: str, suffix: str) -> None:
        super().__init__(data, path, suffix)
        if len(self.names) > MOST_PARTS:
            raise ReadError(path, TOO_LARGE)
        self._real = {_key(name): name for name in sorted(self.names)}
        self._packed = len(data)
        self._spent = 0  # bytes unpacked so far

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._real

    def real(self, name: str) -> str:
        """The name of a part as the package writes it."""
        return self._real[_key(name)]

    @property
    def damaged(self) -> ReadError:
        return ReadError(self.path, broken(self.suffix))

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part piece by piece. Raises ReadError where it is missing, damaged or unpacks too large."""
        if name not in self:
            raise self.damaged
        info = self._zip.getinfo(self._real[_key(name)])
        if info.file_size > LARGEST_PART:
            raise ReadError(self.path, PADDED)
        if info.flag_bits & 1:
            raise ReadError(self.path, LOCKED)
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    self._spend(len(chunk))
                    yield chunk
        except _BROKEN as error:
            raise self.damaged from error

    def _spend(self, size: int) -> None:
        self._spent += size
        if self._spent > LARGEST_WHOLE or (self._spent > _SMALL and self._spent > MOST_RATIO * self._packed):
            raise ReadError(self.path, PADDED)

    def elements(self, name: str, *tags: str, starts: bool = False) -> Iterator["tuple[str, _Element]"]:
        """The elements of a part that have one of these local names, as they end ("start" too with `starts`).

        Each is emptied once the caller has seen its end, so that a long part takes no more memory than a short one.
        """
        from lxml import etree  # noqa: PLC0415

        events: list[Literal["start", "end"]] = ["start", "end"] if starts else ["end"]
        wanted = [f"{{*}}{tag}" for tag in tags]
        parser = etree.XMLPullParser(events, tag=wanted, resolve_entities=False, no_network=True, load_dtd=False)
        try:
            for chunk in self.chunks(name):
                parser.feed(chunk)
                yield from _seen(parser.read_events())
            parser.close()
            yield from _seen(parser.read_events())
        except etree.XMLSyntaxError as error:
            raise self.damaged from error


def _seen(events: Iterable[Any]) -> Iterator["tuple[str, _Element]"]:
    for event, element in events:
        yield event, element
        if event == "end":
            _forget(element)


def _forget(element: "_Element") -> None:
    parent = element.getparent()
    element.clear()
    if parent is not None:
        while (before := element.getprevious()) is not None:
            parent.remove(before)


def local(element: "_Element") -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: "_Element", name: str) -> str | None:
    """An attribute by its local name."""
    found = element.get(name)
    if found is not None:
        return found
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("}" + name)), None)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()

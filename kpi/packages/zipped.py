"""A zipped office document with parts replaced and added; every other part keeps its packed bytes."""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from kpi.packages import CannotWrite

_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_ZIP64, _STREAMED = 1, 0x08
_EARLIEST = (20, 0, 0, 33)  # version, flags, time and day of a new member: no clock, so that bytes are the same again
_SIGNED = "文件带有电子签名，一改动签名就失效，没有写；请用没有签名的那一份。"


def refuse_signed(names: frozenset[str]) -> None:
    """A change would break a signature."""
    if any(name.lower().startswith("_xmlsignatures/") for name in names):
        raise CannotWrite(_SIGNED)


def replaced(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with new contents of the parts; order, names and dates stay. Parts that it lacks come last."""
    made, central = bytearray(), bytearray()
    with ZipFile(BytesIO(data)) as package:
        members = [_member(data, info, parts.get(info.filename)) for info in package.infolist()]
        names, comment = frozenset(package.namelist()), package.comment
    members += [_new(name, content) for name, content in parts.items() if name not in names]
    for entry, raw in members:
        central += entry.central(len(made))
        made += entry.head + raw
    count = len(members)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(central), len(made), len(comment))
    return bytes(made + central + end) + comment


class _Entry(NamedTuple):
    """The heads of a member. `common`: version, flags, method, time, day, checksum and sizes, as both heads have
    them."""

    info: ZipInfo
    name: bytes
    extra: bytes
    common: tuple[int, ...]

    @property
    def head(self) -> bytes:
        return _LOCAL.pack(b"PK\x03\x04", *self.common, len(self.name), len(self.extra)) + self.name + self.extra

    def central(self, at: int) -> bytes:
        info, extra = self.info, _plain(self.info.extra)
        made_by = info.create_version | info.create_system << 8
        fixed = _CENTRAL.pack(
            b"PK\x01\x02", made_by, *self.common, len(self.name), len(extra), len(info.comment), 0,
            info.internal_attr, info.external_attr, at,
        )  # fmt: skip
        return fixed + self.name + extra + info.comment


def _member(data: bytes, info: ZipInfo, new: bytes | None) -> tuple[_Entry, bytes]:
    """A member's heads and packed bytes, those of its new content where it has one."""
    start = info.header_offset
    _, version, flags, method, time, day, *_, name, extra = _LOCAL.unpack_from(data, start)
    start += _LOCAL.size
    named, more = data[start : start + name], _plain(data[start + name : start + name + extra])
    start += name + extra
    raw, sizes = data[start : start + info.compress_size], (info.CRC, info.compress_size, info.file_size)
    if new is not None:
        method = method if method in (ZIP_STORED, ZIP_DEFLATED) else ZIP_DEFLATED
        raw = new if method == ZIP_STORED else _deflated(new)
        sizes = (zlib.crc32(new), len(raw), len(new))
    return _Entry(info, named, more, (version, flags & ~_STREAMED, method, time, day, *sizes)), raw


def _new(name: str, content: bytes) -> tuple[_Entry, bytes]:
    info, raw = ZipInfo(name), _deflated(content)
    info.create_system = 0
    version, flags, time, day = _EARLIEST
    common = (version, flags, ZIP_DEFLATED, time, day, zlib.crc32(content), len(raw), len(content))
    return _Entry(info, name.encode("ascii"), b"", common), raw


def _deflated(data: bytes) -> bytes:
    squeeze = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return squeeze.compress(data) + squeeze.flush()


def _plain(extra: bytes) -> bytes:
    """Extra fields without the large sizes, which the new heads state themselves."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind != _ZIP64:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept

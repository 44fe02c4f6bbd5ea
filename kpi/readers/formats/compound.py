"""Streams of a compound file (.xls and its kin of before 2007): a small file system inside one file."""

from collections.abc import Sequence
from struct import error, unpack_from

_FREE = 0xFFFFFFFA  # sector numbers from here on are marks
_LISTED = 109  # sectors of the table that the head itself lists
_ENTRY = 128


def stream(data: bytes, *names: str) -> bytes | None:
    """The first of these streams that the file has. Raises ValueError where the file is damaged."""
    try:
        return _File(data).stream(names)
    except (error, IndexError) as broken:
        raise ValueError("not a sound compound file") from broken


class _File:
    def __init__(self, data: bytes) -> None:
        self._data = data
        size, small = unpack_from("<HH", data, 30)
        if not (size in (9, 12) and small == 6):
            raise ValueError("sectors of a size that no program writes")
        self._size, self._small = 1 << size, 1 << small
        self._most = len(data) // self._size + 1  # sectors there can be
        first, cutoff, small_first = unpack_from("<I4xII", data, 48)
        self._cutoff = cutoff
        self._next = self._table()
        self._entries = self._chain(first)
        self._small_next = _numbers(self._chain(small_first)) if small_first < _FREE else ()

    def stream(self, names: Sequence[str]) -> bytes | None:
        found = {}
        for at in range(0, len(self._entries) - _ENTRY + 1, _ENTRY):
            length, kind = unpack_from("<HB", self._entries, at + 64)
            first, size = unpack_from("<II", self._entries, at + 116)
            name = self._entries[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind == 5:
                found[""] = first, size
            elif kind == 2:
                found.setdefault(name.lower(), (first, size))
        for name in names:
            if name.lower() in found:
                return self._content(*found[name.lower()], root=found.get("", (_FREE, 0))[0])
        return None

    def _content(self, first: int, size: int, root: int) -> bytes:
        if size >= self._cutoff:
            return self._chain(first)[:size]
        room, at = self._chain(root), first
        parts: list[bytes] = []
        while at < _FREE and len(parts) * self._small < size:
            parts.append(room[at * self._small : (at + 1) * self._small])
            at = self._small_next[at]
        return b"".join(parts)[:size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        if at >= len(self._data):
            raise ValueError("a sector behind the end of the file")
        return self._data[at : at + self._size]

    def _table(self) -> tuple[int, ...]:
        """Which sector follows which."""
        (count,) = unpack_from("<I", self._data, 44)
        (more,) = unpack_from("<I", self._data, 68)
        listed = [n for n in unpack_from(f"<{_LISTED}I", self._data, 76) if n < _FREE]
        while more < _FREE and len(listed) < min(count, self._most):
            *numbers, more = _numbers(self._sector(more))
            listed += [n for n in numbers if n < _FREE]
        return _numbers(b"".join(self._sector(n) for n in listed[: self._most]))

    def _chain(self, number: int) -> bytes:
        parts = []
        while number < _FREE:
            parts.append(self._sector(number))
            number = self._next[number]
            if len(parts) > self._most:
                raise ValueError("sectors that follow each other in a circle")
        return b"".join(parts)


def _numbers(data: bytes) -> tuple[int, ...]:
    return unpack_from(f"<{len(data) // 4}I", data)

"""How the parts of a zipped office document point at each other, and of which kinds they are: read, and added to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from kpi.packages.word import serialised

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kpi.readers.formats.package import Package

TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_EMPTY = f'<Relationships xmlns="{_PACKAGE.strip("{}")}"/>'.encode()


class Relation(NamedTuple):
    """`kind`: the last word of its type; `part`: the name of the part that it points at."""

    key: str
    kind: str
    part: str


class Relations:
    """What one part points at."""

    def __init__(self, package: Package, part: str) -> None:
        from lxml import etree  # noqa: PLC0415

        self.changed = False
        folder, name = posixpath.split(part)
        self._folder = folder
        self.listed = real_name(package, posixpath.join(folder, "_rels", f"{name}.rels"))
        if self.listed in package.names:
            self._root = package.xml(self.listed)
        else:
            self._root = etree.fromstring(_EMPTY)

    def all(self) -> list[Relation]:
        return [
            Relation(str(one.get("Id", "")), str(one.get("Type", "")).rpartition("/")[2], self._whole(one))
            for one in self._root.iterchildren(f"{_PACKAGE}Relationship")
            if one.get("TargetMode") != "External"
        ]

    def one(self, kind: str) -> Relation | None:
        return next((relation for relation in self.all() if relation.kind == kind), None)

    def _whole(self, one: _Element) -> str:
        target = str(one.get("Target", "")).replace("\\", "/")
        if target.startswith("/"):
            return target.lstrip("/")
        return posixpath.normpath(posixpath.join(self._folder, target))

    def add(self, kind: str, part: str) -> str:
        """Point at a part; its id."""
        from lxml import etree  # noqa: PLC0415

        self.changed = True
        taken = {str(one.get("Id")) for one in self._root}
        key = next(key for number in range(1, len(taken) + 2) if (key := f"rIdK{number}") not in taken)
        made = etree.SubElement(self._root, f"{_PACKAGE}Relationship")
        for name, value in (("Id", key), ("Type", f"{OFFICE}/{kind}"), ("Target", f"/{part}")):
            made.set(name, value)
        return key

    def xml(self) -> bytes:
        return serialised(self._root)


class ContentTypes:
    """Which kind each part is."""

    def __init__(self, package: Package) -> None:
        self._root = package.xml(real_name(package, TYPES))
        self._stated = {str(one.get("PartName", "")).lower() for one in self._root}

    def part(self, part: str, kind: str) -> None:
        """State the kind of a part, unless it is stated."""
        from lxml import etree  # noqa: PLC0415

        if f"/{part}".lower() in self._stated:
            return
        self._stated.add(f"/{part}".lower())
        made = etree.SubElement(self._root, f"{_TYPES}Override")
        made.set("PartName", f"/{part}")
        made.set("ContentType", kind)

    def xml(self) -> bytes:
        return serialised(self._root)


def real_name(package: Package, part: str) -> str:
    """A part's name as the package writes it."""
    return next((name for name in package.names if name.lower() == part.lower()), part)


class FreeNames:
    """Names of new parts that no part has; `{}` in a pattern stands for a number."""

    def __init__(self, package: Package) -> None:
        self._taken = {name.lower() for name in package.names}
        self._next: dict[str, Iterator[int]] = {}

    def one(self, pattern: str) -> str:
        """Another one each time."""
        numbers = self._next.setdefault(pattern, count(1))
        return next(name for number in numbers if (name := pattern.format(number)).lower() not in self._taken)

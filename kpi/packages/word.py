"""The body of a Word document twice: as the reader walks it, and as the file has it, element beside element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kpi.packages.zipped import refuse_signed, replaced
from kpi.readers.formats.docx import body_of, main_part, walk
from kpi.readers.formats.docxtext import SAID, P, T, W
from kpi.readers.formats.package import Package

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from kpi.model import Location


class Body:
    """The reader changes the tree that it walks (tracked changes, hidden text, boxes); the other one, the same in all,
    is what may be written.

    `tree`: the root of the file's own; `twins`: its paragraphs by the reader's, and with `letters` what stands in them,
    too, which is most of a file.
    """

    def __init__(self, data: bytes, path: str, *, letters: bool = False) -> None:
        self._data = data
        self.package = Package(data, path, ".docx")
        refuse_signed(self.package.names)
        self.part = main_part(self.package)
        self.tree = _parsed(self.package, self.part)
        root = body_of(self.package)
        top = root.getroottree().getroot()
        wanted = (P, T, *SAID) if letters else (P,)
        tags = wanted if self.tree.tag.startswith(W) else ("*",)  # the reader renames what a strict file holds
        self._read = list(top.iter(*tags))  # kept, as elements are told apart by identity
        self.twins = dict(zip(self._read, self.tree.iter(*tags), strict=True))
        reader = walk(self.package, root)
        for _ in reader.rows(root, 0):
            pass
        self.places: Mapping[Location, _Element] = reader.places

    def written(self, parts: Mapping[str, bytes] | None = None) -> bytes:
        """The package with the tree as it is by now; `parts`: others that go with it."""
        return replaced(self._data, {self.part: serialised(self.tree), **(parts or {})})


def serialised(root: _Element) -> bytes:
    from lxml import etree  # noqa: PLC0415

    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def paragraphs(container: _Element) -> Iterator[tuple[_Element | None, list[_Element]]]:
    """Each paragraph of a cell with the nodes that say something in it; None for what stands in no paragraph."""
    said: list[_Element] = []
    for node in container.iter((P, T, *SAID)):
        if node.tag == P:
            yield _around(said), said
            said = []
        else:
            said.append(node)
    yield _around(said), said


def _around(said: list[_Element]) -> _Element | None:
    return next(said[0].iterancestors(P), None) if said else None


def _parsed(package: Package, part: str) -> _Element:
    """The main part with all that it holds, comments too."""
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(package.part(part), parser)

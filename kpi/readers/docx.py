"""Word documents as rows: paragraphs and tables in the order of the body, merged cells once with their spans."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from kpi.model import Location
from kpi.readers.grid import GridCell, Row, Source

_LARGEST = 256 << 20  # bytes once unpacked
_DEEPEST = 4  # tables inside cells inside tables


def source(data: bytes, path: str) -> Source:
    """The rows of a document. Raises ValueError where the bytes are none, OverflowError where it unpacks too large."""
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415

    import docx  # noqa: PLC0415 - 0.1 s and 15 MB, for those who read Word files
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415

    try:
        if sum(part.file_size for part in ZipFile(BytesIO(data)).infolist()) > _LARGEST:
            raise OverflowError("the document unpacks to more than a form ever holds")
        document = docx.Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, SyntaxError, KeyError, ValueError) as error:
        raise ValueError("not a Word document") from error
    return Source(path, "docx", tuple(_Reader().rows(document, 0)))


class _Reader:
    """Counts tables and lines while it walks the body."""

    def __init__(self) -> None:
        self.tables = 0
        self.lines = 0

    def rows(self, container: Any, depth: int) -> Iterator[Row]:  # noqa: ANN401 - Document or _Cell
        for item in container.iter_inner_content():
            if hasattr(item, "rows"):
                yield from self._table(item, depth)
            elif item.text.strip():
                self.lines += 1
                place = Location(line=self.lines)
                yield Row((GridCell(item.text.strip(), 0, place),), None, place)

    def _table(self, table: Any, depth: int) -> Iterator[Row]:  # noqa: ANN401
        self.tables += 1
        number, heights = self.tables, _heights(table)
        nested: list[Any] = []
        for index, row in enumerate(table.rows):
            cells = []
            for column, tc in _tops(row):
                place = Location(table=number, row=index + 1, column=column + 1)
                text = "\n".join(p for p in ("".join(_texts(e)) for e in tc.p_lst) if p.strip()).strip()
                cells.append(GridCell(text, column, place, tc.grid_span, heights.get((index, column), 1)))
                nested += tc.tbl_lst if depth < _DEEPEST else []
            yield Row(tuple(cells), number - 1, Location(table=number, row=index + 1))
        from docx.table import Table  # noqa: PLC0415

        for inner in nested:
            yield from self._table(Table(inner, table), depth + 1)


def _texts(paragraph: Any) -> Iterator[str]:  # noqa: ANN401
    for node in paragraph.iter():
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if name == "t":
            yield node.text or ""
        elif name in ("br", "cr", "tab"):
            yield "\n" if name != "tab" else " "


def _tops(row: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
    """The cells that begin in this row, with their grid columns."""
    column = int(row.grid_cols_before)
    for tc in row._tr.tc_lst:  # the public view repeats merged cells
        if tc.vMerge != "continue":
            yield column, tc
        column += tc.grid_span


def _heights(table: Any) -> dict[tuple[int, int], int]:  # noqa: ANN401
    """Row spans of the vertically merged cells, by the place of the top cell."""
    tops: dict[int, tuple[int, int]] = {}
    spans: dict[tuple[int, int], int] = {}
    for index, row in enumerate(table.rows):
        column = int(row.grid_cols_before)
        for tc in row._tr.tc_lst:
            if tc.vMerge == "continue" and column in tops:
                spans[tops[column]] += 1
            else:
                tops[column] = (index, column)
                spans[(index, column)] = 1
            column += tc.grid_span
    return spans

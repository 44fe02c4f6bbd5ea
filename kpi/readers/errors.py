"""What a reader says when it cannot read, and the limits that keep a bad file from costing more than its failure."""

from collections.abc import Iterable, Iterator

from kpi.readers.grid import Row

# The limits. A county's whole budget in one text is 0.3 MB, its forms are some thousand cells.
LARGEST_FILE = 64 << 20  # bytes of a file as it lies on the disk
LARGEST_PART = 128 << 20  # bytes of one part of a package (.docx) once unpacked
MOST_RATIO = 200  # of unpacked to packed bytes; forms have 5 to 30
MOST_LINES = 200_000  # of a text
LONGEST_LINE = 1_000_000  # characters
MOST_CELLS = 500_000  # of a file
WIDEST = 1000  # grid columns that one cell may span

TOO_LARGE = "文件太大，不像绩效目标表，请拆成几个文件再检查。"
_TOO_MANY = f"表格太大（超过 {MOST_CELLS // 10_000} 万格），不像绩效目标表，请只留绩效目标表再检查。"


class ReadError(Exception):
    """A file that could not be read. `message` is one sentence for the user."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}：{message}")
        self.path = path
        self.message = message

    def __reduce__(self) -> tuple[type["ReadError"], tuple[str, str]]:
        return ReadError, (self.path, self.message)  # it travels from one process to another


def bounded(rows: Iterable[Row], path: str) -> Iterator[Row]:
    """The rows as they come, until there are more cells than any form has."""
    cells = 0
    for row in rows:
        cells += len(row.cells)
        if cells > MOST_CELLS:
            raise ReadError(path, _TOO_MANY)
        yield row

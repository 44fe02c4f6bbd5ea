"""Texts of documents inside office files, and packages of the same bytes for the same content."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kpi.lazyre import later
from kpi.reports.width import one_line

# Spreadsheet programs take a cell that begins so for a formula, the East Asian ones also in full width.
_FORMULA = later(r"\s*[=+\-@|＝＋－＠\t\r\n]")
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # zip knows no earlier time
CREATED = datetime(1980, 1, 1)  # in place of the clock, so that the same input gives the same bytes
PRODUCER = "kpi 绩效目标检查"  # who made a file, in the file itself: by it kpi knows its own again
GENERATOR = f'<meta name="generator" content="{PRODUCER}">'  # the same in a page
LONGEST_CELL = 32_000  # characters; spreadsheets hold 32,767


@cache
def _illegal() -> re.Pattern[str]:
    """Compiled late: this module is loaded for a word or two by runs that write no office file."""
    return re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """What XML may hold: control characters and halves of characters become visible marks."""
    return _illegal().sub("�", text)


def cell_text(text: str) -> str:
    """A document's words as they may stand in a spreadsheet's cell: one line, legal, not too long."""
    safe = legal(one_line(text))
    return safe if len(safe) <= LONGEST_CELL else safe[: LONGEST_CELL - 1] + "…"


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula when it is opened or edited."""
    return _FORMULA.match(text) is not None


def inert(text: str) -> str:
    """The text for a file without cell types (CSV): an apostrophe keeps it from being a formula."""
    return f"'{text}" if looks_like_formula(text) else text


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zipped package of the parts in their order, without a clock in it."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for name, data in parts:
            info = ZipInfo(name, _EARLIEST)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, data)
    return buffer.getvalue()

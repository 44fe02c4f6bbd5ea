"""Files opened for changes, or why they cannot be."""

from collections.abc import Callable, Collection

from kpi.fixes.edits import Draft
from kpi.fixes.reading import reading
from kpi.fixes.writers import ARCHIVED, PIPED, REPORT, barred, writer
from kpi.model import Document
from kpi.packages import CannotWrite
from kpi.readers import ReadError, document_of, file_bytes, source_of

_MOVED = "文件在检查时被改动了，没有改，请再运行一次。"
Dated = Callable[[Document], Document]


def why_not(document: Document, files: Collection[str]) -> str:
    """Why a document cannot be changed whatever is in it, one sentence; "" where it can be.

    `files`: the paths of all files of the run; a document with another path came out of one of them.
    """
    if document.path == "-":
        return PIPED
    if document.path not in files:
        return ARCHIVED if "!/" in document.path else REPORT
    return barred(document.reader)


def opened(document: Document, files: Collection[str], dated: Dated) -> Draft:
    """The file of a document, read again: its rows and its writer."""
    reason = why_not(document, files)
    if reason:
        return Draft(document, barred=reason)
    try:
        data = file_bytes(document.path)
        source = source_of(data, document.path)
        if reading(dated(document_of(source))) != reading(document):
            raise CannotWrite(_MOVED)
        return Draft(document, source, writer(data, source))
    except ReadError as error:
        return Draft(document, barred=error.message)
    except CannotWrite as error:
        return Draft(document, barred=str(error))

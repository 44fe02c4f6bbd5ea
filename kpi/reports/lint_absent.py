"""What whole forms do not show at all, as the conclusion of a check says it."""

from collections.abc import Sequence

from kpi.model import Document
from kpi.reports.width import shorten
from kpi.rules.lacking import lacking, told

_QUOTE_COLUMNS = 60


def absent(documents: Sequence[Document]) -> str:
    """One clause about the forms that lack a whole field; "" where none does."""
    tables = [(table, lacking(table)) for document in documents for table in document.tables]
    short = [(table, fields) for table, fields in tables if fields]
    if not short:
        return ""
    table, fields = short[0]
    several = len(tables) > 1
    named = f"“{shorten(table.project, _QUOTE_COLUMNS)}”" if several and table.project else "有一张" if several else ""
    more = f"（另有 {len(short) - 1} 张表也缺栏目）" if len(short) > 1 else ""
    return f"{named}{told(fields)}{more}"

"""What looks like targets and was not understood, for people: a count, then each part with its reason."""

from collections.abc import Iterator, Sequence

from kpi.model import Document
from kpi.reports.lines import Line, line, styled
from kpi.reports.terms import file_name, spot
from kpi.reports.width import shorten

_QUOTE_COLUMNS = 60
_MOST_PARTS = 10


def unread_parts(documents: Sequence[Document], lacks: str, more: str, *, every: bool = False) -> Iterator[Line]:
    """`lacks`: what was not done with them; `more`: where the others are seen, unless `every` one is shown."""
    parts = [(document.path, part) for document in documents for part in document.unread]
    if not parts:
        return
    yield line(styled("warning", f"没有读懂的内容：{len(parts)} 处，{lacks}"))
    several = len(documents) > 1
    for path, part in parts if every else parts[:_MOST_PARTS]:
        where = " ".join(filter(None, (file_name(path) if several else "", spot(part.location))))
        yield line(f"  {where}“{shorten(part.text, _QUOTE_COLUMNS)}”：{part.reason}")
    if not every and len(parts) > _MOST_PARTS:
        yield line(f"  另有 {len(parts) - _MOST_PARTS} 处（{more}）")

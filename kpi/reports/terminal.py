"""Styled lines on a terminal. The only place that needs rich: a pipe or a file gets `lines.plain`."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from kpi.reports.lines import Line, Style

_LOOKS: dict[Style, str] = {
    "": "", "error": "bold red", "warning": "yellow", "info": "cyan", "good": "bold green",
    "head": "bold", "strong": "bold", "dim": "dim",
}  # fmt: skip


def show(lines: Iterable[Line], console: Console) -> None:
    """Print line by line; the terminal folds long ones itself, so that a copied text has no breaks of ours."""
    for one in lines:
        text = Text.assemble(*((span.text, _LOOKS[span.style]) for span in one))
        console.print(text, soft_wrap=True, highlight=False)

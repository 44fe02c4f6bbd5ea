"""Texts inside Markdown."""

from kpi.reports.width import one_line

_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_|<>[]#~"})


def plain(text: str) -> str:
    """Text that Markdown leaves alone."""
    return one_line(text).translate(_ESCAPED)

"""The pictures of docs/, drawn from what `kpi` prints and writes today: `make pictures`.

The terminal is drawn as SVG, whose text the tests read back; pages, workbooks and letters are photographed by Chromium
and LibreOffice.
"""

from collections.abc import Mapping
from pathlib import Path

from kpi.reports.lines import Line
from tests.pictures import guide, jobs

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"


def terminals() -> Mapping[str, list[Line]]:
    """The screens by the names of their pictures: what was typed, and what came."""
    return {**guide.terminals(), **jobs.terminals()}


def photographs() -> Mapping[str, bytes]:
    """The outputs for a browser and for an office, as PNG."""
    return {**guide.photographs(), **jobs.photographs()}

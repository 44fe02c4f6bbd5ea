"""The colours of lights: on a screen, and on paper as fill and letters; the word always stands beside them."""

from collections.abc import Mapping

from kpi.progress.verdict import Light
from kpi.reports.lines import Style

FILLS: Mapping[Light, str] = {
    "red": "F8C9C4", "yellow": "FFE7A6", "green": "CDEBD3", "blue": "CFE2F7", "grey": "E4E8ED"
}
INKS: Mapping[Light, str] = {
    "red": "8C1D18", "yellow": "6B4500", "green": "1E5B2E", "blue": "1F4E7E", "grey": "4A5563"
}
STYLES: Mapping[Light, Style] = {
    "red": "error", "yellow": "warning", "green": "good", "blue": "info", "grey": "dim"
}

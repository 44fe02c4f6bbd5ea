"""The colours of lights on paper: fill and letters; the word always stands beside, for print without colours."""

from collections.abc import Mapping

from kpi.progress.verdict import Light

FILLS: Mapping[Light, str] = {
    "red": "F8C9C4", "yellow": "FFE7A6", "green": "CDEBD3", "blue": "CFE2F7", "grey": "E4E8ED"
}
INKS: Mapping[Light, str] = {
    "red": "8C1D18", "yellow": "6B4500", "green": "1E5B2E", "blue": "1F4E7E", "grey": "4A5563"
}

"""Points as forms print them, and rounding as forms do it: half up to two decimals."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
_POINTS = re.compile(r"(-?\d{1,6}(?:\.\d{1,8})?)\s*(分|%)?")
_IN_NAME = re.compile(r"[(（](\d{1,2}(?:\.\d{1,2})?)分[)）]$")
_LONGEST = 40
_HALF, _DECIMALS = Decimal("0.5"), 2


def points_of(text: str | None) -> Decimal | None:
    """A weight or a score as printed ("10", "9.50分", "10%"); None where the cell holds none."""
    found = _found(text)
    return Decimal(found) if found else None


def decimals_of(text: str | None) -> int:
    """How many decimals a printed figure has."""
    return len((_found(text) or "").partition(".")[2])


def cents(number: Decimal) -> Decimal:
    """To two decimals, half up."""
    return number.quantize(CENT, ROUND_HALF_UP)


def points_in(name: str) -> Decimal | None:
    """The points that a name ends in: 20 of 复壮古树株数（20分）."""
    found = _IN_NAME.search(name.strip())
    return Decimal(found[1]) if found else None


def is_rounded(printed: str | None, stated: Decimal, due: Decimal) -> bool:
    """Whether the printed points are the due ones with fewer decimals than two, rounded either way; what lies in the
    middle is rounded up (7.50 → 8). The due ones are rounded themselves: 1.946 is 1.95, and 1.9 of one decimal."""
    decimals = decimals_of(printed)
    off, half = stated - due, _HALF.scaleb(-decimals)
    own = _HALF.scaleb(-_DECIMALS) if decimals else 0
    return decimals < _DECIMALS and -half - own < off <= half + own


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Per cent; None where there is nothing to divide by."""
    return part * HUNDRED / whole if whole else None


def _found(text: str | None) -> str | None:
    if not text or len(text) > _LONGEST:
        return None
    found = _POINTS.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return found.group(1) if found else None

"""The degrees of a qualitative target: which one an actual value claims, and which points lie in it."""

from decimal import Decimal

from kpi.progress.points import HUNDRED
from kpi.progress.scheme import Band, Scheme
from kpi.progress.words import said
from kpi.values.normal import squeezed


def band_of(target: str, actual: str, scheme: Scheme) -> Band | None:
    """The degree that an actual value claims: by its first words, or because it repeats the target, or says that it was
    done (已完成) where no more was asked for (完成)."""
    text, wanted = squeezed(actual), squeezed(target)
    if text == wanted or (wanted in scheme.words.done and said(actual, scheme.words) == "done"):
        return scheme.bands[-1]
    return next((band for band in scheme.bands if text.startswith(band.words)), None)


def inside(stated: Decimal, band: Band, weight: Decimal, scheme: Scheme) -> bool:
    if band is scheme.bands[-1]:
        return weight * band.low <= stated * HUNDRED <= weight * band.high
    return weight * band.low <= stated * HUNDRED < weight * band.high

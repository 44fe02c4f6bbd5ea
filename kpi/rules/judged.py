"""What a finding about no single cell was found on: the figures and words that waivers and old reports are good for.

A finding of a row has its value. One of a whole form (年度资金 above 资金总额, a figure that no indicator takes up) has
the places that it quotes: the same in every format, wherever they stand in the file.
"""

from collections.abc import Iterable

from kpi.rules.finding import Hit
from kpi.values.normal import squeezed

_MARK = "；"


def judged(hits: Iterable[Hit], project: str) -> tuple[str, ...]:
    """Each thing once, on one line. The project's own name is none: every finding has it."""
    said = (text for hit in hits for text in (hit.judged or (quote.text for quote in hit.evidence)))
    lines = (" ".join(text.split()) for text in said)
    return tuple(dict.fromkeys(text for text in lines if text and text != project.strip()))


def told(things: Iterable[str]) -> str:
    """As one text, which `covers` takes apart again."""
    return _MARK.join(things)


def covers(then: Iterable[str], now: Iterable[str]) -> bool:
    """Whether all that is judged now was judged then, however it is spaced. What was put right since is missed by
    nobody. What says nothing (an entry or a report of before) covers all."""
    before = {squeezed(text) for text in _parts(then)}
    return not before or before.issuperset(squeezed(text) for text in _parts(now))


def differing(then: Iterable[str], now: Iterable[str]) -> tuple[str, str]:
    """What of the one is not in the other, each as one text; all of it where nothing is missing."""
    old, new = _parts(then), _parts(now)
    return _beside(old, new), _beside(new, old)


def _beside(some: list[str], others: list[str]) -> str:
    known = {squeezed(text) for text in others}
    return told([text for text in some if squeezed(text) not in known] or some)


def _parts(things: Iterable[str]) -> list[str]:
    """A sentence that holds the mark itself falls apart on either side of a comparison."""
    return [part for thing in things for part in thing.replace(";", _MARK).split(_MARK) if part.strip()]

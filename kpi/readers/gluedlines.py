"""Lines of a text without separators that only together are one: heads below heads, an amount below its label."""

from collections.abc import Iterator, Sequence

from kpi.lazyre import HAN, later
from kpi.readers import labels
from kpi.readers.gluedheads import LOOK, levels, only_heads, runs
from kpi.readers.gluedpieces import Piece
from kpi.readers.gluedtext import SIGN, words
from kpi.readers.grid import Row

_LEAST, _MOST = 60, 4_000  # characters of a line that goes on, and of what is looked at in it
_VALUE = later(rf"{SIGN}?\d[\d,.]*(?:[万亿]?(?:{HAN}|[%％/]){{1,6}})?")
_LAST = 6  # characters at the end of a line
_IN_WORDS = "文字描述"  # in place of a sign, at the end of a line: the value stands on the next one
_AMOUNT = later(r"\d[\d,]*(?:\.\d+)?(?:万?元)?")


def rejoined(parts: Sequence[Piece | Row]) -> Iterator[Piece | Row]:
    """The lines, with those that only together are one: heads below heads, a value below its name."""
    headed = False
    before: Piece | None = None
    for part in parts:
        if isinstance(part, Row):
            yield from [before] if before else []
            yield part
            before = None
            continue
        if before and headed and before.text.endswith(_IN_WORDS) and len(before.text) > len(_IN_WORDS):
            before = before.upto(len(before.text) - len(_IN_WORDS)).with_(part)
            continue
        heads = before is not None and _are_heads(before.text, part.text)
        amount = before is not None and (_is_amount_of(before.text, part.text) or _is_broken(before.text, part.text))
        if before and (heads or amount or (headed and _is_value_of(before.text, part.text))):
            before = before.with_(part)
            continue
        yield from [before] if before else []
        headed = headed or any(True for _ in runs(part.text))
        before = part
    yield from [before] if before else []


def _are_heads(text: str, below: str) -> bool:
    return only_heads(below) and any(run.end == len(text) for run in runs(text))


def _is_value_of(text: str, below: str) -> bool:
    """A figure with its unit on a line of its own, below a name without any."""
    return _VALUE.fullmatch(below) is not None and not labels.has_figure(text[-_LAST:]) and len(text) > _LAST


def _is_broken(text: str, below: str) -> bool:
    """Whether a line that holds heads and rows goes on in the next one: its rows are not a line each."""
    found = list(runs(text[-_MOST:])) if _LEAST <= len(text) < Piece.LONGEST else []
    text = text[-_MOST:]
    if not found or found[-1].end == len(text) or not levels().search(text, found[-1].end, found[-1].end + LOOK):
        return False
    begins = words("labels").match(below) or words("ends").match(below) or labels.is_block_label(below[:LOOK])
    return not begins and next(runs(below), None) is None


def _is_amount_of(text: str, below: str) -> bool:
    """What stands below a label of the whole amount at the end of a line: (万元), and the figure by itself."""
    text = text[-labels.LONGEST :]
    last = next((m.group() for m in words("labels").finditer(text) if m.end() == len(text)), "")
    return labels.is_total(last) and (labels.is_money_unit(below) or _AMOUNT.fullmatch(below) is not None)

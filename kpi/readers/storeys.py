"""Heads of money in two storeys: 财政资金 over 中央 | 省级 | 市级 | 本级, and one row of amounts below them all."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.readers import labels, money
from kpi.readers.grid import GridCell

_FISCAL = later(r"(?:其中[:：]?)?(?P<name>财政(?:资金|拨款|投入|补助)?)(?:\([^()]*\))?")
_LEVELS = later(r"(?:中央|[省市州区县]级?|自治区级?|乡镇?级?|[省市县区]?本级)(?:资金|财政|补助|拨款)?")
_FEWEST = 2


def sources_under(upper: Sequence[GridCell], lower: Sequence[GridCell], amounts: Sequence[GridCell]) -> dict[str, str]:
    """What each amount behind the first, the total, is of, and what it says; {} where the heads are no such ones."""
    below = [labels.squeeze(cell.text) for cell in lower]
    heads = [labels.squeeze(cell.text) for cell in upper]
    at = next((k for k, text in enumerate(heads) if _FISCAL.fullmatch(text)), None)
    if at is None or len(below) < _FEWEST or not all(map(_LEVELS.fullmatch, below)):
        return {}
    if any(money.is_amount(text) for text in heads):
        return {}
    front = at - (len(heads) - 1 + len(below) - len(amounts))  # heads between the block's label and the fiscal one
    behind = heads[at + 1 :]
    if front != 1 or at - front not in (0, 1):
        return {}
    names = [*(text if "财政" in text else f"{text.removesuffix('资金')}财政资金" for text in below), *behind]
    return {name: cell.text for name, cell in zip(names, amounts[1:], strict=True)}

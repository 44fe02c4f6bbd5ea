"""Signs that stand in a column of another name: 绩效度量标准 | 指标值, with 大于等于 | 45 below."""

from collections.abc import Sequence
from itertools import pairwise

from kpi.readers.columns import Header
from kpi.readers.lines import Line
from kpi.readers.match import kind_of

_LEAST, _MOST_OF = 2, 0.8
_OTHERS = ("standard", "other")


def with_signs(header: Header, lines: Sequence[Line]) -> Header:
    """The heads, where the column right before the values holds signs and nothing else as the column of signs."""
    if header.has("sign") or header.right:
        return header
    at = next((k for k, (a, b) in enumerate(pairwise(header.left)) if a.kind in _OTHERS and b.kind == "value"), -1)
    if at < 0:
        return header
    column = header.left[at].column
    told = [c.text for line in lines for c in line.filled if c.column == column]
    signs = sum(kind_of(text) == "sign" for text in told)
    if signs < _LEAST or signs < _MOST_OF * len(told):
        return header
    roles = list(header.left)
    roles[at] = roles[at]._replace(kind="sign")
    return header._replace(left=tuple(roles))

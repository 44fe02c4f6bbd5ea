"""Amounts of money as forms print them, in 元 and exact."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from kpi.lazyre import later

_AMOUNT = re.compile(r"([-+]?\d(?:[\d,]*\d)?(?:\.\d+)?)\s*(亿|万)?\s*(元)?")
_NO_AMOUNT = later(r"\s*(?:[+＋~～至、-]\s*\d|[美港欧日英])")  # 15万元+5万元, 2万美元
_SOURCE = later("资金|拨款|收入|补助|结转|结余|经费|预算|贷款|债券|自筹|其他|其它|财政|级|捐|配套|投资|投入|专户|基金")
_SCALE = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_LEAST_YUAN = 10_000  # a figure without any unit below this counts 万元 in most forms: nobody knows
_LONGEST = 200  # characters; an amount stands at the front of its cell


def amount(text: str, unit: str) -> Decimal | None:
    """The first amount of `text` in 元; its own 万 or 元 outranks the form's `unit`. None where there is no figure."""
    found = _AMOUNT.search(unicodedata.normalize("NFKC", text[:_LONGEST]))
    if not found or len(found.group(1)) > 40:
        return None
    figure, scale, yuan = found.groups()
    own = f"{scale or ''}元" if scale or yuan else unit
    value = Decimal(figure.replace(",", "")) * _SCALE[own]
    whole = value.to_integral_value()
    return whole if whole == value and "." not in figure else value


def credible(text: str, unit: str | None) -> Decimal | None:
    """The amount, or None where no unit is said and 元 would make a project cost next to nothing."""
    figure = amount(text, unit or "元")
    return figure if unit or not figure or named(text) or abs(figure) >= _LEAST_YUAN else None


def named(text: str) -> str | None:
    """The unit that an amount itself names: 2.4万, 500元."""
    found = _AMOUNT.search(unicodedata.normalize("NFKC", text[:_LONGEST]))
    return f"{found.group(2) or ''}元" if found and (found.group(2) or found.group(3)) else None


def names_source(label: str) -> bool:
    """Whether a word of it is one that sources of money have (财政拨款, 上年结转)."""
    return _SOURCE.search(label) is not None


def scale(unit: str) -> int:
    """How many 元 one of `unit` is."""
    return _SCALE.get(unit, 1)


@lru_cache(maxsize=1 << 14)
def is_amount(text: str) -> bool:
    """Whether the cell holds an amount and little else ("449.8万", "854万(…)"), or a mark for none."""
    label = unicodedata.normalize("NFKC", text[:_LONGEST]).strip().lstrip("¥")
    found = _AMOUNT.match(label)
    if found is None or (found.group(2) and _NO_AMOUNT.match(label, found.end())):
        return False
    return found.end() == len(label) or label[found.end()] in "(、,;" or found.group(2) is not None

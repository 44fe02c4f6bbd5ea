"""Amounts of money as forms print them, in 元 and exact."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from kpi.lazyre import later

_AMOUNT = re.compile(r"([-+]?\d[\d,]*(?:\.\d+)?)\s*(亿|万)?\s*(元)?")
_SOURCE = later("资金|拨款|收入|补助|结转|结余|经费|预算|贷款|债券|自筹|其他|其它|财政|级|捐|配套|投资|投入|专户|基金")
_WHOLE = re.compile("总|共|合计|预算")
_TOTALS = re.compile("总额|总计|合计|总投资")
#: 年度资金总额20,均为财政拨款
_TOTAL_ALONE = re.compile(r"[^\d,，。;；]{0,8}(?:总额|总计|合计)[为是:：]?(\d+(?:,\d{3})*(?:\.\d+)?)(?![\d年%])")
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


def total_said(text: str) -> str:
    """The amount that a sentence tells as the whole (本项目预算20万元，其中财政拨款20万元); "" where it tells none,
    several, or parts only."""
    said = unicodedata.normalize("NFKC", text[:_LONGEST])
    if len(_TOTALS.findall(said)) > 1:  # 实施期资金总额1080万元,年度资金总额360万元
        return ""
    amounts = [found for found in _AMOUNT.finditer(said) if found.group(2) or found.group(3)]
    if len(amounts) == 1 or (amounts and _WHOLE.search(said[: amounts[0].start()])):
        return amounts[0][0]
    alone = _TOTAL_ALONE.match(said) if not amounts else None
    return alone[1] if alone else ""


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
    return found is not None and (
        found.end() == len(label) or label[found.end()] in "(、,;" or found.group(2) is not None
    )

"""What a cell of a form's head labels: a field, money, one of its sources, a goal."""

from functools import lru_cache

from kpi.lazyre import later
from kpi.readers import labels, money

SCALAR = ("project", "department", "unit", "attribute", "term")
_SPENT = "支出"  # what the money goes to, below where it comes from
_MONEY_WORD = later("资金|预算|金额|投资|投入|经费|项目总额|申报总额")
_TOTAL_WORD = later("总|合计|额|数|投入")
_HALFS_MONEY = later(r"(?:实施期|中期|年度|本年度?|当年)资金(?P<unit>\((?:万|亿)?元\))?")
_BUDGETED = later(r"(?:\d{4}年度?|当年|本年度?)预算安排")  # an amount stands behind it, not a list of them
_LONGEST = 60
_LONGEST_SOURCE = 24


def label_of(text: str, in_money: bool) -> tuple[str, str] | None:
    """What the next text is and its key, or None where the cell labels nothing. `in_money`: among the amounts."""
    return _label_of(text, in_money) if len(text) <= _LONGEST else None


@lru_cache(maxsize=1 << 14)
def _label_of(text: str, in_money: bool) -> tuple[str, str] | None:
    name = labels.squeeze(text).removeprefix("其中").lstrip(":")
    if labels.is_money_unit(text) or (in_money and labels.is_points(text)):
        return "unit", text
    key, half = labels.field_of(text), _HALFS_MONEY.fullmatch(labels.squeeze(text))
    if half and in_money and not half["unit"]:
        return "alone", name  # amid the amounts: a source where the total is told
    if key == "money" and not _BUDGETED.match(name):
        return "head", text
    if in_money and name == _SPENT:
        return "spent", text
    if in_money and labels.matches("money_heads", labels.bare(text)):
        return "skip", text
    if labels.is_total(name) and (in_money or _MONEY_WORD.search(name) or _half_total(name)):
        return "money", name
    if half:
        return "money", name
    if labels.matches("total_alone", text):
        return "alone", name
    if goal := labels.goal_of(text):
        return "goal", goal
    if labels.is_block_label(text):
        return "skip", text
    if key == "code":
        return "skip", text
    if key:
        return ("field", key) if key in SCALAR else (key, labels.squeeze(text))
    return _among_amounts(text, name) if in_money else None



def _among_amounts(text: str, name: str) -> tuple[str, str] | None:
    """Inside the money part, words are sources and figures are amounts."""
    if labels.matches("no_source", text):
        return "aside", text
    label = labels.squeeze(text)
    words = not money.is_amount(text) and not labels.matches("blank", text) and "%" not in label
    if label.startswith("其中") or (words and 2 <= len(label) <= _LONGEST_SOURCE):
        return "source", name
    return None


def _half_total(name: str) -> bool:
    """年度总额, 中期合计; 长期 alone may be an answer, not a label."""
    return labels.half_in(name) is not None and bool(_TOTAL_WORD.search(name))

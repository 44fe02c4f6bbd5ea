"""The total that a text tells where an amount should stand alone: 本项目预算20万元，其中财政拨款20万元; 贰拾万元整.

Read is what can mean nothing else. Money of other years, of the whole project (unless that is asked for), parts, sums
and limits tell no total: a wrong one would make every cost of the form wrong.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from kpi.lazyre import later
from kpi.model import Half
from kpi.readers import money
from kpi.readers.fields import Amounts, Head
from kpi.readers.grid import GridCell
from kpi.values import numerals

_LONGEST = 200  # characters
_AMOUNT = later(r"\d(?:[\d,]*\d)?(?:\.\d+)?\s*(?:[万亿]元?|元)(?P<other>[/每]|(?<=[万亿])[美港欧日英])?")
_FIGURE = r"(\d+(?:,\d{3})*(?:\.\d+)?)"
#: 年度资金总额20,均为财政拨款; 约20
_ALONE = later(rf"(?:[^\d,，。;；]{{0,8}}(?:总额|总计|合计)[为是:：]?|约|大约|预计|暂定){_FIGURE}(?![\d年%/.])")
_IN_WORDS = later("约?(?:人民币)?([零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+)元整?")
_UNSURE = later(r"以内|以下|上限|不超|超过|控制|已安排|已下达|累计|缺口|不足|[+＋~～—]|[\d元万亿]\s*[至、-]\s*\d")
_LONG = later(r"总投资|概算|实施期|中期|长期|(?<!\d)[二两三四五六2-6]年|每年|年均|分年")
_DIGIT = later(r"\d")
_YEAR = later(r"(20\d\d)\s*年")
_PART = later("补助|配套|结转|自筹|中央|省级|市级|县级|区级|上级|本级|拨款|转移")
_WHOLE = later("总|共|合计|预算")
_TOTALS = later("总额|总计|合计|总投资")
_SUM = later(r"(?:共|合计|总计|总额|总投资)[为需计]*\Z")


class Words:
    """What stands where the totals of the halves should, and whether a label of their own waits for it."""

    def __init__(self) -> None:
        self._said: dict[Half, tuple[GridCell, bool]] = {}

    def keep(self, cell: GridCell, half: Half, waited: bool) -> None:
        """The first text of a half counts."""
        self._said.setdefault(half, (cell, waited))

    def told(self, head: Head) -> None:
        """Into the head, where nothing else told the total. A text that no label waits for may be a source's."""
        sourced = any(text for given in head.sources.values() for text, _ in given)
        for half, (cell, waited) in self._said.items():
            amounts = head.funding.setdefault(half, Amounts()) if waited or not sourced else None
            if amounts is None or amounts.text:
                continue
            amounts.location, amounts.unit, amounts.words = cell.location, head.money_unit, cell.text
            amounts.text = total_in(cell.text, head.year, half == "period")
            head.locations[f"funding.{half}.total"] = cell.location


def total_in(text: str, year: int | None, whole: bool) -> str:
    """The amount as it stands there; "" where the text tells no total, or not for sure.

    `year`: that of the form, None where it has none; `whole`: the money of the whole project is asked for.
    """
    said = unicodedata.normalize("NFKC", text[:_LONGEST]).strip(" 。")
    if words := _IN_WORDS.fullmatch(said):
        return f"{numerals.chinese(words[1]):f}元"
    amounts = list(_AMOUNT.finditer(said))
    if not amounts:
        alone = _ALONE.match(said)
        return alone[1] if alone and not _DIGIT.search(said, alone.end()) else ""
    if any(one["other"] for one in amounts) or _UNSURE.search(said):
        return ""
    if whole:
        return _of_the_whole(said, amounts)
    if _LONG.search(said) or len(_TOTALS.findall(said)) > 1 or not {*_YEAR.findall(said)} <= {str(year)}:
        return ""
    before = said[: amounts[0].start()]
    if _PART.search(before) or (len(amounts) > 1 and not (_WHOLE.search(before) and _are_its_parts(said, amounts))):
        return ""
    return amounts[0][0]


def _of_the_whole(said: str, amounts: Sequence[re.Match[str]]) -> str:
    """三年共60万元, 每年20万元，三年共60万元: the only amount, or the only one that is called the sum."""
    sums = amounts if len(amounts) == 1 else [one for one in amounts if _SUM.search(said[: one.start()])]
    return sums[0][0] if len(sums) == 1 else ""


def _are_its_parts(said: str, amounts: Sequence[re.Match[str]]) -> bool:
    """Whether the amounts behind the first one are where it comes from, and no more than it."""
    between = [said[one.end() : other.start()] for one, other in pairwise(amounts)]
    whole, *parts = [money.amount(one[0], "元") or Decimal(0) for one in amounts]
    return all(_PART.search(text) or money.names_source(text) for text in between) and sum(parts) <= whole

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
_ENDS = r"(?=$|[,;。(（])"
#: 年度资金总额20,均为财政拨款; 约20
_ALONE = later(rf"(?:[^\d,;。]{{0,8}}(?:总额|总计|合计)[为是:]?|约|大约|预计|暂定){_FIGURE}{_ENDS}")
_IN_WORDS = later("约?(?:人民币)?([零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+)元整?")
_YEAR = later(r"(20\d\d)\s*年")
#: All that may stand in front of a total: 本项目2027年预算约需, 资金总额为.
_NEUTRAL = (
    r"约|大约|预计|暂定|人民币|本|该|项目|单位|年度?|当年|今年|全年|20\d\d|预算|资金|经费|总额|总计|合计|总|共计?|金额"
    r"|需要?|申请|安排|批复|下达|投入|为|是|计|[:\s]"
)
_PLAIN = later(f"(?:{_NEUTRAL})*")
_LONG = later(rf"(?:{_NEUTRAL}|三年|实施期|中期|项目期|投资|概算|[二两三四五2-6]年)*")
#: What may stand behind the total: 整, and in a clause of its own where it comes from or what for.
_BEHIND = later(r"整?(?:[,;。(（][^\d增减追调缺剩未欠差]*)?")
_OF = "财政|中央|[省市县区级]|自筹|其他|拨款|补助|配套|结转|专户|单位"
_PARTS = later(rf"[,、;。(（]?(?:其中|包括|由)?:?\s*[^\d,、;。年]{{0,8}}(?:{_OF})[^\d,、;。年]{{0,8}}")
_SUM = later(r"(?:共|合计|总计|总额|总投资)[为需计]*\Z")


class Words:
    """What stands where the totals of the halves should, and whether a label of their own waits for it."""

    def __init__(self) -> None:
        self._said: dict[Half, tuple[GridCell, bool, str | None]] = {}

    def keep(self, cell: GridCell, half: Half, waited: bool, unit: str | None) -> None:
        """The first text of a half counts. `unit`: that its label names."""
        self._said.setdefault(half, (cell, waited, unit))

    def told(self, head: Head) -> None:
        """Into the head, where nothing else told the total. A text that no label waits for may be a source's."""
        sourced = any(text for given in head.sources.values() for text, _ in given)
        for half, (cell, waited, unit) in self._said.items():
            amounts = head.funding.setdefault(half, Amounts()) if waited or not sourced else None
            if amounts is None or amounts.text:
                continue
            amounts.location, amounts.unit, amounts.words = cell.location, unit or head.money_unit, cell.text
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
        return alone[1] if alone and _BEHIND.fullmatch(said, alone.end()) else ""
    if any(one["other"] for one in amounts):
        return ""
    if whole:
        return _of_the_whole(said, amounts)
    first, years = amounts[0], set(_YEAR.findall(said))
    known = _PLAIN.fullmatch(said, 0, first.start()) and years <= {str(year)}
    told = known and (_are_its_parts(said, amounts) if len(amounts) > 1 else _BEHIND.fullmatch(said, first.end()))
    return first[0] if told else ""


def _of_the_whole(said: str, amounts: Sequence[re.Match[str]]) -> str:
    """三年共60万元: the only amount; 每年20万元，三年共60万元: the only one that is called the sum."""
    first = amounts[0]
    if len(amounts) == 1:
        known = _LONG.fullmatch(said, 0, first.start()) and not _YEAR.search(said)
        return first[0] if known and _BEHIND.fullmatch(said, first.end()) else ""
    if _LONG.fullmatch(said, 0, first.start()) and _are_its_parts(said, amounts):
        return first[0]
    sums = [one for one in amounts if _SUM.search(said[: one.start()])]
    return sums[0][0] if len(sums) == 1 and sums[0] is amounts[-1] else ""


def _are_its_parts(said: str, amounts: Sequence[re.Match[str]]) -> bool:
    """Whether the amounts behind the first one are where it comes from, and no more than it."""
    between = [said[one.end() : other.start()] for one, other in pairwise(amounts)]
    whole, *parts = [money.amount(one[0], "元") or Decimal(0) for one in amounts]
    return all(_PARTS.fullmatch(text) for text in between) and sum(parts) <= whole

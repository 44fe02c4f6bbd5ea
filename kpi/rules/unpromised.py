"""Figures of a goal that promise nothing of their own: where a change starts, how large a thing is, sums and stocks.

They are told by where they stand among the figures about them, not by their own words alone: 由52.1%提高到52.4% has one
promise, 新建日供水2000吨水厂1座 as well, 改造3公里、新建5公里，合计8公里 two.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from kpi.lazyre import HAN, later
from kpi.rules.text import pattern
from kpi.values import comparable, parse
from kpi.values.running import Mention

_RISES = later(
    r"(?:(?:进一步|逐步|稳步|有效)?(?:提高|提升|上升|增长|增加|扩大|增|升|下降|降低|减少|压缩|缩短|压减|缩减|降|减|压)"
    r"[了]?[到至为]|→|[-—]+>)"
)
_SINCE = later(r"[由从自](?:原来|原先|目前|现在|上年|去年)?的?\Z")
_A_DAY = rf"(?:[日年]{HAN}{{0,4}}|装机|容量|库容|总)?"
_BETTERS = later(r"(?:提升|提高|改善|增强)\Z")
_STATE = later(r"(?:能力|水平|条件|环境|质量|面貌)\Z")
_LIMIT = r"(?:达到?|到|至|为|约|突破|超过|稳定在|保持在|不[少低]于|≥)*"
_EVENTS = ("场", "次", "期", "班", "批", "轮")
_REST = 40  # characters behind a figure in which it may be said who pays for it


def settled(said: Sequence[Mention]) -> Iterator[Mention]:
    """The figures of a text without those from which another one starts; what a change comes to has their subject."""
    start: Mention | None = None
    for number, read in enumerate(map(_at_the_end, said)):
        one = read
        if start is not None:
            before = f"{_SINCE.sub('', start.before)}达到"
            one = one._replace(before=before, piece=f"{start.piece}{one.piece}")
        following = said[number + 1] if number + 1 < len(said) else None
        if following is not None and _starts(said[number], following):
            start = one  # 60%→70%→80%: the second is a stage, and no end either
            continue
        start = None
        yield one


def _at_the_end(one: Mention) -> Mention:
    """50张增加到80张 is read as one range; what is promised is its end."""
    change = _RISES.search(one.value.text) if one.value.comparator == "between" else None
    value = parse(one.value.text[change.end() :]) if change else one.value
    if value.kind != "quantity" or value is one.value or value.unit != one.value.unit:
        return one
    return one._replace(value=value, before=f"{_SINCE.sub('', one.before)}达到")


def _starts(one: Mention, other: Mention) -> bool:
    """15天|压缩到|10天: nothing but the change stands between two figures of a kind."""
    near = one.clause == other.clause and one.end <= other.start and bool(comparable(one.value, other.value))
    return near and _RISES.fullmatch(other.before.strip()) is not None


def specifies(one: Mention, said: Sequence[Mention], verbs: frozenset[str]) -> bool:
    """购置|5吨|洒水车|2辆: the size of what is counted right behind it; 提升|10万亩|灌区节水能力: of what improves."""
    dimension = one.value.dimension or ""
    if dimension.startswith(("count", "ratio")):
        return False
    thing = behind_unit(one)
    if _BETTERS.search(one.before) and _STATE.search(thing.strip()):
        return True
    following = next((other for other in said if other.start >= one.end), None)
    if following is None or following.clause != one.clause or following.value.dimension != "count":
        return False
    return bool(thing) and thing == following.before and _made(verbs).search(one.before) is not None


def behind_unit(one: Mention) -> str:
    before, unit, behind = one.after.partition(one.value.unit_text or "\n")
    return behind if unit else before


@lru_cache(maxsize=16)
def _made(verbs: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern(verbs).pattern}){_A_DAY}\Z")


def is_part(one: Mention, text: str, said: Sequence[Mention], words: frozenset[str], verbs: frozenset[str]) -> bool:
    """Whether a figure counts a part of the one before it: 培训120人，其中妇女40人. What is done besides, in another
    unit, is none: 修路60公里，其中县道15公里，改造危桥3座."""
    if not pattern(words).search(one.earlier + one.before + one.after):
        return False
    marks = [found.start() for found in pattern(words).finditer(text[: one.start])]
    whole = next((other for other in reversed(said) if marks and other.start < marks[-1]), None)
    done = pattern(verbs).match(one.before.strip()) is not None
    return whole is None or not done or bool(comparable(whole.value, one.value))


def sums_up(one: Mention, said: Sequence[Mention], totals: frozenset[str]) -> bool:
    """Whether a figure is the sum of the two or more like ones right before it in its sentence, and says so."""
    if not pattern(totals).search(one.before) or one.value.figure is None:
        return False
    total = Decimal(0)
    begin = one.start - len(one.earlier) - len(one.clause)
    earlier = [other for other in said if begin <= other.start < one.start]
    for count, other in enumerate(reversed(earlier), 1):
        if other.value.unit != one.value.unit or other.value.figure is None:
            return False
        total += other.value.figure
        if count > 1 and total == one.value.figure:
            return True
    return False


def stock(one: Mention, totals: frozenset[str]) -> bool:
    """累计达到1500名 behind the clause with its subject: how many there will be, those of other years among them."""
    behind = bool(one.lead.strip() or one.earlier.strip())
    bare = not behind_unit(one).strip("。， ")
    return behind and bare and re.fullmatch(rf"(?:{pattern(totals).pattern}){_LIMIT}", one.before.strip()) is not None


def per_event(one: Mention) -> bool:
    """每场不少于50家: how an event is to be, which the row of the events does not say."""
    return (one.value.unit or "").partition("/")[2] in _EVENTS


def elsewhere(one: Mention, text: str, words: frozenset[str]) -> bool:
    """（另有资金安排）right behind a figure: another project does it."""
    rest = behind_unit(one) + re.split("[。；;！!？?\n]", text[one.end : one.end + _REST])[0]
    said = re.match(r"[^\d，,（(]{0,10}[，,（(]?[^\d，,]{0,20}", rest)
    return bool(said and pattern(words).search(said[0])) or pattern(words).search(one.before) is not None

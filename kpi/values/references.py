"""Bounds set elsewhere: by calculation, by the budget, by another year, by a standard that the words name."""

import re
from functools import cache
from typing import NamedTuple

from kpi.lazyre import HAN
from kpi.values.grammar import alternatives, words
from kpi.values.value import Comparator, Value

COMPARE: dict[Comparator, str] = {
    ">=": "≥|不低于|不少于|不小于|不差于|不劣于|不弱于|不得低于|不得少于|大于等于|高于或等于|至少|达到",
    "<=": "≤|不高于|不超过|不大于|不多于|不得高于|不得超过|不超出|不突破|未超过|不超|未超"
    "|小于等于|控制在|低于或等于|不晚于",
    ">": ">|高于|大于|超过|多于|优于|好于",
    "<": "<|低于|小于|少于|不足",
    "=": "=|等于|同于|持平于",
}
SIGN_BEFORE = re.compile("|".join(f"(?P<_{index}>{words})" for index, words in enumerate(COMPARE.values())))
#: =日产日清: a state, unless it names a norm; =按序时 is the pace of a plan.
_WORDS = re.compile(rf"(?!.*序时){HAN}+\Z")
#: 破案率高于上年, 支出不得超过预算: the sign behind the name of what is held against another year or place.
_BEHIND_NAME = re.compile(
    r"[^,;。、0-9]{2,12}?(?P<no>不得?|不应|不能|未|没有)?(?P<sign>低于|少于|小于|高于|超过|大于|优于)(?=[^,;。、]{2,12}\Z)"
)
_OPPOSITE: dict[Comparator, Comparator] = {"<": ">=", ">": "<="}
#: 较上年有所提高: a direction, not a bound.
_CHANGE = re.compile(r"(?:提高|提升|增长|增加|下降|降低|减少|缩短|改善|好转|进步)\Z")
#: 比往年少, 较上年有所回落: a direction from where things stood; 与上年水平 is a level.
_THAN_BEFORE = re.compile(
    r"(?:比|较|同|与)(?:(?:上|前|去|往|历|常)一?年度?|往常|以往|以前|过去|从前|之前|改造前|实施前|同期)(?:同期|相比|水平)*"
)
_SAME = re.compile("持平|一致|相当|相同|不变")
_AS_BEFORE = re.compile(rf"(?:相比|保持|基本|大体)*(?:{_SAME.pattern})\Z")  # 与上年|持平: what it is held against
_HEDGE = re.compile("(?:原则上|一般|力争|尽量)(?=不|低|高|控)")  # 原则上不突破上年水平
_DEGREE = re.compile(  # =更加浓厚
    r"长远|深远|长久|广泛|突出|更加?|较为?|进一步|明显|显著|有所|不断|持续|逐步|非常|十分"
)
#: 国内一流水平: praise, not a bound.
_PRAISE = re.compile(
    r"^[^A-Za-z\d]*(?:领先|先进|一流|优秀|优良|良好|较高|更高|前列)(?:的?(?:水平|地位|位置|行列|标准))?\Z"
)
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
_ON_TIME = re.compile(
    "按(?:时|期|月|季|年)|按(?:照)?(?:工作|年度|实施)?计划|按(?:照)?(?:规定|要求|计划)?(?:的?时间|期限|时限|进度)"
)
_SOON = re.compile("尽快|尽早|抓紧|适时|择机|条件成熟")  # =尽快: no day, and none to look up


class _Lists(NamedTuple):
    noun: re.Pattern[str]
    lead: re.Pattern[str]
    phrase: re.Pattern[str]
    covered: re.Pattern[str]


@cache
def states() -> frozenset[str]:
    """Words of state and degree: one of them makes a phrase qualitative."""
    return frozenset(words()["states"].split())


@cache
def lists() -> _Lists:
    """The words of references, compiled."""
    data = words()["references"]
    return _Lists(
        re.compile(alternatives(data["nouns"].split())),
        re.compile(alternatives(data["leads"].split())),
        re.compile("(?:" + "|".join(data["phrases"]) + r")\Z"),
        re.compile(data["covered"]),
    )


def _behind_name(text: str) -> Value | None:
    found = _BEHIND_NAME.match(text)
    if found is None or not any(noun.end() == len(text) for noun in lists().noun.finditer(text, found.end())):
        return None
    comparator: Comparator = "<" if found["sign"] in ("低于", "少于", "小于") else ">"
    comparator = _OPPOSITE[comparator] if found["no"] else comparator
    return Value(text, "reference", comparator=comparator, reference=text[found.end() :])


def _turned(text: str) -> bool:
    """Whether it only says in which direction things turn from where they stood."""
    before = _THAN_BEFORE.match(text)
    if before is None or before.end() == len(text) or _SAME.search(text):
        return False
    return not any(noun.end() == len(text) for noun in lists().noun.finditer(text, before.end()))


def _vague(noun: str) -> bool:
    return bool(_DEGREE.match(noun) or _SOON.match(noun))


def reference(text: str) -> Value | None:
    """The bound that the text refers to, None where it states none."""
    known = lists()
    text = _HEDGE.sub("", text, count=1) if _HEDGE.match(text) else text
    if known.covered.search(text) or _PRAISE.match(text):
        return None
    sign = SIGN_BEFORE.match(text)
    if sign and text[sign.end() :] == "规范":
        return None  # =规范: a state, and no norm
    if sign and not re.search("[0-9%]", _YEAR.sub("", text[sign.end() :])):
        comparator = list(COMPARE)[int((sign.lastgroup or "_0")[1:])]
        noun = re.sub(r"(?:以内|之内|范围内|内|以上|以下)\Z", "", text[sign.end() :])
        stated = sign[0] not in ("达到", "控制在") and len(noun) >= 2 and not (sign[0] == "=" and _WORDS.match(noun))
        if (stated or known.noun.search(noun)) and len(noun) <= 30 and noun not in states() and not _vague(noun):
            return Value(text, "reference", comparator=comparator, reference=noun)
    further = _behind_name(text)
    if further:
        return further
    if known.phrase.match(text):
        capped = re.search("预算|概算|超|突破", text) and not re.search("实", text)
        return Value(text, "reference", comparator="<=" if capped else None)
    lead = known.lead.match(text)
    if lead and len(text) <= 30 and known.noun.search(text, lead.end()):
        how = lead[0] == "较" and text[lead.end() :].removeprefix("为") in states()
        how = how or _turned(text)
        if how or _ON_TIME.match(text) or _CHANGE.search(text):
            return None  # 较为规范 says how, not than what
        return Value(text, "reference", reference=_AS_BEFORE.sub("", text[lead.end() :]))
    return None

"""How much a piece of a text without separators looks like the name of an indicator."""

import re
from functools import cache

from kpi.lazyre import HAN, later
from kpi.readers import labels
from kpi.readers.gluedtext import DIGIT, FRONT, LONGEST_TEXT, OPENS, SAID_AGAIN, SIGN, is_noun, units_known, words

_IN_NAME = later(SIGN.replace("二", "").replace("|约", ""))
_LETTERS = later(rf"(?:{HAN}|[A-Za-z]){{2}}")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
# 指标12021年… is the first one, 指标L a one that was read wrong
SLOT = later(rf"(?:指标|目标)(?:\d(?=20\d\d年)|[LlI](?=指标|目标))[:：、.]?|{labels.SLOT.pattern}")
_WANTS = frozenset("的可将为对和与及或,，把使%％")  # more words belong behind these
_LEAST_COUNTED = 4  # characters
_REMARK = later(r"[(（][^()（）\d一二三四五六七八九十]")  # (含…): no name begins so
_REST_OF_DAY = later(r"\d{1,2}月")
_REACHED_SOON = later(rf"{HAN}{{2}}达成预期(?:指标|目标)")
_WHETHER = later(r"是否(?:得到|有所|明显|显著|持续|有效|能够?)*$|(?:有所|逐步|不断|进一步)$")
_CODE = later(r"\d{4,}(?!年)")
#: 故障|2小时内|响应率: how soon is part of the name of such a rate, and no value in front of it.
_WITHIN = later(rf"\d{{1,3}}(?:分钟|个?小时|天|日|个?工作日|个月)(?:之|以)?内(?={HAN}{{2,6}}率)")
_OF_WITHIN = later(rf"{HAN}{{2,6}}率")


@cache
def _begins() -> re.Pattern[str]:
    parts = ("[正反负逆双中]向|定[性量]", OPENS.pattern, words("states").pattern, words("explains").pattern)
    return re.compile("|".join(f"(?:{part})" for part in parts))


def may_end(text: str, start: int, at: int, end: int) -> bool:
    """Whether a name may end at a place: a cell begins there, the name ends as names do, or words are repeated."""
    if _begins().match(text, at, end) or words("nouns").search(text[max(start, at - 6) : at]):
        return True
    if _REACHED_SOON.match(text, at, end):
        return True  # 长效机制|建立|达成预期指标
    two = text[at : at + 2]
    again = len(two) == 2 and (two in text[start:at] or two in text[at + 2 : at + LONGEST_TEXT])
    again = again or (at - start >= _LEAST_COUNTED and text.find(text[start:at], at, at + LONGEST_TEXT) >= 0)
    return again or text[at - 1] in ")）" or _is_unit(text, at) or _said_again(text, start, at)


def _said_again(text: str, start: int, at: int) -> bool:
    """投诉起数当年受理的投诉起数: what explains a name ends as it does."""
    return at - start > SAID_AGAIN and text.find(text[at - SAID_AGAIN : at], at, at + LONGEST_TEXT) > at


def _is_unit(text: str, at: int) -> bool:
    """米=3500, 万元312.6: a unit in front of its figure."""
    start = at + (text[at : at + 1] in ("万", "亿"))
    return bool(units_known().match(text, start)) and any(FRONT.match(text, start + k) for k in range(1, 5))


def _counts(name: str, at: int) -> bool:
    """5000吨稻谷…: a unit and what it counts behind the figure."""
    unit = units_known().match(name, at)
    return bool(unit) and len(name) - unit.end() >= _LEAST_COUNTED  # type: ignore[union-attr]


def score(text: str, start: int, end: int) -> float:
    """How much a piece of text looks like the name of an indicator."""
    name = text[start:end]
    if len(name) < 2 or name[0] in ")）,，、.。%/;；:：" or _REMARK.match(name) or not _LETTERS.search(name):
        return -4.0
    if start and text[start - 1] == "年" and _REST_OF_DAY.match(name):
        return -4.0
    if _WHETHER.search(name):
        return -4.0  # 生活是否得到|保障, 就业增收有所|增收: not whole yet
    plain = _BRACKETS.sub("", name)
    code = _CODE.match(name)
    if code and (DIGIT.search(text[:start][-1:]) or not _counts(name, code.end())):
        return -4.0  # 5000吨稻谷储备到位率 is a name right behind a label
    slot = SLOT.match(plain)
    plain = _WITHIN.sub("", plain[slot.end() :] if slot else plain)
    return _words_in(plain, slot is not None) - _edges(text, start, end) - max(len(name) - 24, 0) * 0.05


def _words_in(plain: str, counted: bool) -> float:
    """What the words themselves tell. `counted`: 指标1 stood in front of them."""
    noun = words("nouns").search(plain)
    total = 0.5 if counted else -1.0 if plain[:1].isdigit() else 0.0
    total += 1.0 if noun else 0.0
    if words("explains").match(plain) or words("verbs").search(plain):
        total -= 0.9  # 反映…情况 explains, 按时完成 wants an object
    if _IN_NAME.search(plain):
        total -= 2.0
    if DIGIT.search(plain):
        total -= 0.7
    if noun and noun.start() == 0:
        total -= 1.2  # nothing but 天数, 情况: the end of a name
    return total - (1.6 if len(plain) < 3 else 0.0)


def _edges(text: str, start: int, end: int) -> float:
    """How little a piece looks whole: half a bracket, the rest of a value in front, a figure behind."""
    name, wrong = text[start:end], 0.0
    if name.count("(") + name.count("（") != name.count(")") + name.count("）"):
        wrong += 1.5
    if words("tails").match(name):
        wrong += 2.0
    if start and text[start - 1] == "内" and _OF_WITHIN.fullmatch(name) and _WITHIN.search(text, start - 9, end):
        wrong += 3.0
    if start and text[start - 1].isdigit() and (unit := units_known().match(name.lstrip("万亿"))):
        wrong += 0.3 if is_noun(unit.group()) else 1.5
    if name[-1] in _WANTS or words("nouns").fullmatch(text[end - 1 : end + 1]):  # amid 数量
        wrong += 1.5
    if name[-1] in "0123456789./、":
        wrong += 2.5
    if name[-1] in "万亿" and units_known().match(text, end):
        wrong += 1.5
    return wrong

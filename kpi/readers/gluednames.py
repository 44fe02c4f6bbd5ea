"""How much a piece of a text without separators looks like the name of an indicator."""

import re
from functools import cache

from kpi.readers.gluedcells import DIGIT, FRONT, LONGEST_TEXT, OPENS, SIGN, is_noun, units_known, words

_IN_NAME = re.compile(SIGN.replace("二", "").replace("|约", ""))
_LETTERS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_SLOT = re.compile(r"指标\d{1,2}[:：、.]?")
_LEAST_COUNTED = 4  # characters
_CODE = re.compile(r"\d{4,}(?!年)")


@cache
def _begins() -> re.Pattern[str]:
    parts = ("[正反负逆双中]向|定[性量]", OPENS.pattern, words("states").pattern, words("explains").pattern)
    return re.compile("|".join(f"(?:{part})" for part in parts))


def may_end(text: str, start: int, at: int, end: int) -> bool:
    """Whether a name may end at a place: a cell begins there, the name ends as names do, or words are repeated."""
    if _begins().match(text, at, end) or words("nouns").search(text[max(start, at - 6) : at]):
        return True
    two = text[at : at + 2]
    again = len(two) == 2 and (two in text[start:at] or two in text[at + 2 : at + LONGEST_TEXT])
    return again or _is_unit(text, at)


def _is_unit(text: str, at: int) -> bool:
    """米=3500: a unit in front of its figure."""
    return bool(units_known().match(text, at)) and any(FRONT.match(text, at + k) for k in range(1, 5))


def _counts(name: str, at: int) -> bool:
    """5000吨稻谷…: a unit and what it counts behind the figure."""
    unit = units_known().match(name, at)
    return bool(unit) and len(name) - unit.end() >= _LEAST_COUNTED  # type: ignore[union-attr]


def score(text: str, start: int, end: int) -> float:
    """How much a piece of text looks like the name of an indicator."""
    name = text[start:end]
    if len(name) < 2 or name[0] in ")）,，、.。%/;；:：" or not _LETTERS.search(name):
        return -4.0
    plain = _BRACKETS.sub("", name)
    code = _CODE.match(name)
    if code and (DIGIT.search(text[:start][-1:]) or not _counts(name, code.end())):
        return -4.0  # 5000吨稻谷储备到位率 is a name right behind a label
    slot = _SLOT.match(plain)
    plain = plain[slot.end() :] if slot else plain
    total = 1.0 if words("nouns").search(plain) else 0.0
    if slot:
        total += 0.5
    elif plain[:1].isdigit():
        total -= 1.0
    if _IN_NAME.search(plain):
        total -= 2.0
    if DIGIT.search(plain):
        total -= 0.7
    if name.count("(") + name.count("（") != name.count(")") + name.count("）"):
        total -= 1.5
    if words("tails").match(name):
        total -= 2.0
    if start and text[start - 1].isdigit() and (unit := units_known().match(name.lstrip("万亿"))):
        total -= 0.3 if is_noun(unit.group()) else 1.5
    if name[-1] in "0123456789./、":
        total -= 2.5
    return total - max(len(name) - 24, 0) * 0.05 - (0.8 if len(plain) < 3 else 0.0)

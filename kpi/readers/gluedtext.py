"""What a text without separators is made of: signs, units, words that tell where cells end."""

import re
from functools import cache
from typing import NamedTuple

from kpi.lazyre import later
from kpi.readers.vocabulary import vocabulary
from kpi.values.normal import MARKS

#: 二 for =, W for ≤: as scans are read
SIGN = (
    rf"(?:[{MARKS}═二]{{1,2}}|[〉〈]=|(?<=[率度])[%％]=(?=\d)|不低于|不少于|不超过|不高于|不小于|不大于|大于等于|小于等于|大于或等于|小于或等于"
    r"|大于|小于|等于|至少|(?<![A-Za-z\d])W(?=\d)|约)"
)
_EVENT = "合同签订|签订合同|开工|验收|下达|批复|申请|受理|收到[^\\d]{0,6}"
AFTER = f"(?:{_EVENT})后|每(?:年|月|周|日|天|季度?)|达到?(?!目标值|预计值)|(?:控制|保持|稳定|维持)在|各"
OPENS = later(rf"[\d±]|{SIGN}|{AFTER}")
FRONT = later(rf"[正反]向|定量|[{MARKS}\d]|{SIGN.replace('|约', '')}")
PER = later(r"[/·*.]每?")
SIGNS = later(SIGN)
DIGIT = re.compile(r"\d")
LAST_FIGURE = later(r".*\d")
# a figure with its unit, at the end
LAST_FIGURES = later(r"(?<![\d.])\d[\d,]*(?:\.\d+)?[^\d,，。.;；、()（）\s]{1,5}$")
MEASURE = later(r"[%％]|[万亿]元|元(?![旦宵])|亩(?!均)|吨(?!位)|公里|平方米")  # no name begins so behind a figure
LONGEST_TEXT = 40  # characters of a value in words
SAID_AGAIN = 4  # characters at the end of a name
_SHORT_STATE = 2  # characters
_MAGNITUDES = ("十", "百", "千", "万", "亿")
_IN_TIME = frozenset(("按时", "按期", "准时", "如期"))


class Cell(NamedTuple):
    """Where a cell ends, and how much it looks like one; `begin`: where it begins, if not at the place asked about."""

    end: int
    score: float
    begin: int = 0


@cache
def words(key: str) -> re.Pattern[str]:
    """A list of such words. ends: what the indicators end at; labels: with a remark in brackets behind."""
    lists: dict[str, re.Pattern[str]] = vocabulary()["glued"]
    if key == "ends":
        return re.compile("|".join(f"(?:{lists[part].pattern})" for part in ("stop", "title", "next")))
    if key == "labels":
        return re.compile(rf"(?:{lists[key].pattern})(?:[(（][^()（）\d]{{1,8}}[)）])?")
    return lists[key]


@cache
def units_known() -> re.Pattern[str]:
    spelled = sorted(map(re.escape, unit_words()), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(spelled)})")


@cache
def unit_words() -> frozenset[str]:
    from kpi.values.units import table  # noqa: PLC0415 - few files need the units

    return frozenset(table().spelled)


def is_unit_word(text: str) -> bool:
    """人, 万元, 亿立方米: a unit by itself, with the magnitude that some forms print beside it."""
    return text in unit_words() or (text[:1] in _MAGNITUDES and text[1:] in unit_words())


def may_be_value(text: str, at: int) -> bool:
    """Whether a value begins at a place for certain: a figure, a sign, a state."""
    return bool(OPENS.match(text, at) or words("states").match(text, at))


def is_noun(word: str) -> bool:
    """项目, 学生: counted things that begin names, too."""
    return bool(words("counted").fullmatch(word))


def splits_figure(text: str, at: int) -> bool:
    """Whether a place lies inside a figure."""
    return 0 < at < len(text) and text[at - 1] in "0123456789." and text[at] in "0123456789.%％"


def leaves_unit(text: str, at: int, end: int) -> bool:
    """Whether nothing but the unit of a figure is left behind a place: 8000 and 亩."""
    return text[at - 1 : at].isdigit() and bool(units_known().fullmatch(text, at, end))


def ends_in_unit(value: str) -> bool:
    """Whether a figure has its unit behind it, and not the beginning of one: 95%, 3万元, not 95 or 3万."""
    figure = LAST_FIGURE.match(value)
    rest = value[figure.end() :] if figure else ""
    whole = units_known().fullmatch(rest.lstrip("万亿千百")) is not None
    return bool(rest) and (rest in ("%", "％", "百分比") or whole or "月" in rest)


def is_closed_state(value: str) -> bool:
    """Whether a value in words is surely whole: 明显改善, 良好; but 改善 may be the beginning of 改善情况."""
    words_ = words("states" if len(value) > _SHORT_STATE else "closed")
    return words_.fullmatch(value) is not None


def says_state(text: str) -> bool:
    """Whether a text is no more than how something is to be: 逐步健全, 按时."""
    return text in _IN_TIME or words("states").fullmatch(text) is not None


def state_behind(text: str, least: int) -> int:
    """Where the state that ends a text begins, `least` characters in or later (卷宗归档|按时); 0: nowhere."""
    return next((at for at in range(least, len(text) - 1) if says_state(text[at:])), 0)

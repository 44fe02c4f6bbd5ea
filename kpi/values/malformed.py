"""Damaged values: what is wrong at which character, and what could stand there instead."""

import re
from functools import cache

from lark.exceptions import UnexpectedInput

from kpi.lazyre import later
from kpi.values.interval import Rejected, double_sign
from kpi.values.reading import read
from kpi.values.units import table
from kpi.values.value import Problem, Value

_SIGNS = "≥≤<>=≠±"
_MASK = later(r"[*＊×xX□_■#?]{2,}|(?<=[≥≤<>=])[*×xX□_?](?=\D|$)|\(\)|\.{3,}|省略")
_POWER = later("\\d([⁰¹²³⁴⁵⁶⁷⁸⁹])")
#: What text recognition makes of ≥ and ≤, and a keyboard: 》=24次.
_MISREAD = re.compile(r"(?:=?[《》〈〉「」]=|=[《》〈〉「」]|[工之乏乙乞亏《》〈〉「」zZsSW]{1,2})(?=\d)")
_MONEY_FOR_SHARE = later(rf"[{_SIGNS}]?\d{{1,3}}(?:\.\d+)?\$\Z")  # 295$, ≥95$
_SPLIT = re.compile(r"[≥≤<>=]?\d+(?:\.\d+)?( )\d")
#: A month with what only a day or a month of the calendar has behind it; 18月内 and 36月 are lengths of time.
_MONTH = re.compile(
    r"(?<![\d.,~-])(?P<year>(?:19|20)\d\d年)?(?P<month>\d{1,2})月"
    r"(?:(?P<day>\d{1,2})[日号]|份(?!额)|[底末初](?!期)|[上中下]旬|(?=(?:之|以)?前?\Z))"
)
_LONGEST_DATE = 60
_MOST_DAYS = 31
_WORDS = (
    "不低于|不少于|不小于|不高于|不超过|不大于|大于等于|小于等于|大于|小于|高于|低于|超过|少于|等于"
    "|至少|至多|达到|以上|以下|以内|左右|之间"
)
_WORD = later(_WORDS)
_MARK = later(
    rf"[{_SIGNS}0-9.,·/()%‰:;、|+~-]|[零一二两三四五六七八九十百千万亿]|[*×xX□_■#?]+"
    r"|[oOlI]+(?=[0-9%])|(?<=[0-9])[oOlI]+|\s|和|或|且"
)
_LATIN = re.compile("[A-Za-z]")


@cache
def _units() -> frozenset[str]:
    """Units that are of a value. 学校、培训 count, too, but are everyday words: they do not make a text a value."""
    known = table().spelled.items()
    return frozenset(w for w, s in known if len(w) == 1 or w[-1] == "次" or s.unit.dimension != "count")


@cache
def _longest_unit() -> int:
    return max(map(len, _units()))


@cache
def _letters() -> frozenset[str]:
    """Every Chinese character that a value is made of."""
    return frozenset("".join((*_units(), _WORDS, "零一二两三四五六七八九十百千万亿和或且")))


def _unit_at(text: str, at: int) -> int:
    """How long the longest unit is that begins there; a Latin one does not end inside a Latin word. 0: none does."""
    for end in range(min(at + _longest_unit(), len(text)), at, -1):
        if text[at:end] in _units() and not (_LATIN.match(text, end - 1) and _LATIN.match(text, end)):
            return end - at
    return 0


def _piece_at(text: str, at: int) -> int:
    """How long the word, unit or mark is that begins there; 0 for what no value is made of."""
    if word := _WORD.match(text, at):
        return len(word[0])
    if unit := _unit_at(text, at):
        return unit
    mark = _MARK.match(text, at)
    return len(mark[0]) if mark else 0


_VALUE_MARK = re.compile(rf"[{_SIGNS}0-9%‰*□]|[xX_×]{{2}}|\.{{3}}")


def value_like(text: str) -> bool:
    """Nothing but signs, figures and units, in whatever order: it was meant to be a value. Units in a row with no
    figure before them are a word that only happens to be written so (课题4项)."""
    if len(text) > 400:
        return bool(re.fullmatch(r"[0-9.,≥≤<>=%*-]+", text[:400]))
    if not _VALUE_MARK.search(text) or any("一" <= c <= "龥" and c not in _letters() for c in text):
        return False
    at = row = 0
    while at < len(text):
        size = _piece_at(text, at)
        if not size:
            return False
        row = row + 1 if _unit_at(text, at) == size else 0
        if row > 1 and not re.search(r"\d|[零一二两三四五六七八九十百千万亿]", text[:at]):
            return False
        at += size
    return True


def lone_unit(text: str) -> bool:
    """A unit with its figure forgotten ("公里", "万元")."""
    bare = text.lstrip("十百千万亿") or text
    if bare in table().spelled:
        return table().spelled[bare].unit.dimension != "count"
    if "/" not in text or len(text) > 12 or text[0] in "/0123456789":
        return False
    value = read("1" + text)
    return isinstance(value, Value) and value.dimension is not None


def _at(offset: int, text: str) -> str:
    return f"第 {{n}} 字“{text[offset]}”" if 0 <= offset < len(text) else "末尾"


def _sign_problem(text: str) -> Problem | None:
    """A sign twice, at the end, or without a figure."""
    twice = re.search(rf"[{_SIGNS}]([{_SIGNS}])", text)
    if twice:
        word = "重复" if twice[0][0] == twice[1] else "多余"
        return Problem("repeated-sign", twice.start(1), f"{_at(twice.start(1), text)}{word}；这里应是数字")
    if "≠" in text:
        return Problem(
            "unknown-sign", text.index("≠"), f"{_at(text.index('≠'), text)}不能作指标值的符号；这里应是 ≥、≤、= 之一"
        )
    if re.fullmatch(rf"[^0-9零一二两三四五六七八九十]*[{_SIGNS}]", text):
        return Problem(
            "missing-number", len(text) - 1, f"{_at(len(text) - 1, text)}后没有数字；这里应写目标数，如“≥95%”"
        )
    trailing = re.search(rf"[{_SIGNS}]\Z", text)
    if trailing:
        return Problem(
            "trailing-sign", trailing.start(), f"{_at(trailing.start(), text)}写在了末尾；比较符号应在数字前面"
        )
    bare = re.search(rf"[{_SIGNS}](?![0-9零一二两三四五六七八九十半百千万.+-])", text)
    if bare:
        return Problem("missing-number", bare.end(), f"{_at(bare.end(), text)}前缺少数字；这里应是数字")
    return None


def _letter_problem(text: str) -> Problem | None:
    letter = re.search(r"[oOlI](?=[0-9%])|(?<=[0-9])[oOlI]", text)
    if letter:
        digit = "0" if letter[0] in "oO" else "1"
        return Problem("letter-for-digit", letter.start(), f"{_at(letter.start(), text)}是字母；这里应是数字“{digit}”")
    return None


def _figure_problem(text: str) -> Problem | None:
    """Two points, two kinds of numerals, a unit twice."""
    dots = re.search(r"\d+\.\d*(\.)|\d(\.)(?!\d)|\d(,)\d{1,2}(?!\d)|\d(,)\d{4}", text)
    if dots:
        offset = dots.end(dots.lastindex or 0) - 1
        return Problem("bad-number", offset, f"{_at(offset, text)}位置不对，数字不完整；这里应是完整的数，如“95.5”")
    mixed = re.search(r"[零一二两三四五六七八九十](\d)|\d([零一二三四五六七八九十])(?!级|类|等)", text)
    if mixed:
        return Problem(
            "mixed-numerals", mixed.start(), f"{_at(mixed.start(), text)}与相邻数字混写；应全部写成阿拉伯数字"
        )
    return None


def no_such_day(text: str) -> Value | None:
    """2027年13月底前, 5月35日: a day or a month that no calendar has."""
    found = _MONTH.finditer(text) if "月" in text and len(text) <= _LONGEST_DATE else ()
    for one in found:
        month, day = int(one["month"]), int(one["day"] or 1)
        dated = one["year"] or not one[0].endswith("月")
        if dated and not 1 <= month <= 12:
            return _undated(text, one.start("month"), f"没有 {month} 月；这里应是 1 到 12 月")
        if dated and not 1 <= day <= _MOST_DAYS:
            return _undated(text, one.start("month"), f"没有 {month} 月 {day} 日这一天；这里应是存在的日期")
    return None


def minus_behind_spread(text: str) -> Value | None:
    """误差±-5%: the words in front must not make -5% of it."""
    at = text.find("±-")
    return damaged(text, double_sign(at + 1)) if at >= 0 else None


def power(text: str) -> Value | None:
    """10³个: a threshold is not written as a power, and 103 is another number."""
    found = _POWER.search(text)
    if found is None:
        return None
    message = f"{_at(found.start(1), text)}是上标；这里应是普通数字，把数算出来写（10³ 写 1000）"
    return Value(text, "malformed", problems=(Problem("power", found.start(1), message),))


def _undated(text: str, offset: int, message: str) -> Value:
    return Value(text, "malformed", problems=(Problem("no-such-date", offset, f"{_at(offset, text)}处：{message}"),))


def misread(text: str) -> Value | None:
    """工5%, 2 98%: a sign or a figure as text recognition spoils it. It must not pass for a value."""
    sign, split = _MISREAD.match(text), _SPLIT.match(text)
    if sign and isinstance(read(text[sign.end() :]), Value):
        message = f"{_at(0, text)}像是认错的比较符号；这里应是 ≥、≤、= 之一"
        return Value(text, "malformed", problems=(Problem("misread-sign", 0, message),))
    if text.endswith("$") and _MONEY_FOR_SHARE.match(text):
        message = f"{_at(len(text) - 1, text)}像是认错的百分号；这里应是“%”"
        return Value(text, "malformed", problems=(Problem("misread-unit", len(text) - 1, message),))
    if split and value_like(text):
        message = "第 {n} 字的空格把数隔成了两截；这里应是一个完整的数"
        return Value(text, "malformed", problems=(Problem("bad-number", split.start(1), message),))
    return None


def _mask_problem(text: str) -> Problem | None:
    mask = _MASK.search(text)
    if mask is None:
        return None
    return Problem("masked-number", mask.start(), f"{_at(mask.start(), text)}是未填写或被遮住的数；这里应是数字")


def _stopped(text: str, stopped: UnexpectedInput | Rejected | None) -> Problem:
    if isinstance(stopped, Rejected) and stopped.message:
        return Problem(stopped.code, stopped.offset, f"{_at(stopped.offset, text)}处：{stopped.message}")
    if not re.search(r"[0-9零一二两三四五六七八九十]", text):
        return Problem("missing-number", 0, f"{_at(0, text)}前没有数字；这里应是数字")
    position = stopped.pos_in_stream if isinstance(stopped, UnexpectedInput) else 0
    if position is None or position < 0 or position >= len(text):
        return Problem("unfinished", len(text), "写到末尾还不完整；后面应有数字或单位")
    before = text[position - 1] if position else ""
    if before == text[position]:
        return Problem("repeated", position, f"{_at(position, text)}重复；应删去一个")
    return Problem("unexpected", position, f"{_at(position, text)}不该出现在这里；应是“符号+数字+单位”，如“≥95%”")


def damaged(text: str, stopped: UnexpectedInput | Rejected | None) -> Value:
    """The Value of a text that was meant to be a value and is none."""
    if len(text) > 400:
        problem: Problem | None = Problem("too-long", 0, f"{_at(0, text)}起的数太长，无法识别；这里应是一个完整的数")
    else:
        problem = _mask_problem(text) or _letter_problem(text) or _sign_problem(text) or _figure_problem(text)
    return Value(text, "malformed", problems=(problem or _stopped(text, stopped),))

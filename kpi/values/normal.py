"""Normalising a text before it is read, with the way back to the raw text."""

import html
import re
import string
import unicodedata
from typing import NamedTuple

from kpi.values.traditional import TRADITIONAL
from kpi.values.value import Spelling

_SPELLED = {"≥": "≧⩾≮≽", "≤": "≦⩽≯≼", ">": "＞﹥", "<": "＜﹤", "=": "＝﹦⩵"}
#: The signs of thresholds in whatever spelling, for a class of characters; ═ is none here, for it also rules tables.
MARKS = "".join(f"{mark}{others}" for mark, others in _SPELLED.items())
#: Characters that stand for others.
_LOOKALIKES = str.maketrans(
    {
        **{other: mark for mark, others in _SPELLED.items() for other in others},
        "═": "=",
        **dict.fromkeys("–—―−‐‑‒﹣－─━", "-"),
        **dict.fromkeys("～∼〜˜﹏", "~"),
        **dict.fromkeys("•·・‧∙⋅･●", "·"),
        **dict.fromkeys("×✕✖╳", "×"),
        **dict.fromkeys("∶ː꞉", ":"),
        **dict.fromkeys("＊∗﹡", "*"),
        **dict.fromkeys("≈≒≃", "约"),
        "〇": "零",
        "○": "零",
        "%": "%",
        "﹪": "%",
        "‱": "‱",
    }
)
_BLANK = frozenset(" \t\r\n\f\v\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\u2028\u2029\x00\xad")
_SIGNS = "%‰≥≤<>=±.,:/·~()-"
#: Nothing to do for texts of these characters and Chinese ones: by far the most there are.
_PLAIN = str.maketrans("", "", string.digits + string.ascii_letters + _SIGNS)
_FOREIGN = frozenset(map(chr, TRADITIONAL))
_UNEVEN = re.compile("\\d日.{0,2}\\d{1,2}[时点:].{0,3}前|[<>≥≤]=|=[<>]|--|~~|\\A[:,(（]|[,]\\Z|[(（]±")
_ASCII_SIGN = {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤", "≥=": "≥", "≤=": "≤"}
_QUOTED = re.compile("[“\"'‘][双一二三四五六七八九十]{2,4}[”\"'’]")  # “十四五”, “五一”: names that quotes do not change
_TOLERANCE = 20  # characters of one in brackets
#: 2026年3月5日18时前: the hour of a day
_CLOCK = re.compile(r"(?<=\d日)(?:上午|中午|下午|晚上?)?\d{1,2}(?:[时点](?:整|半|\d{1,2}分?)?|:\d\d)(?=[之以]?前)")
_KEPT = re.compile("[①-⓿❶-➓㈠-㉃ᐟ]")  # list marks are no digits
_ENTITY = re.compile("&(?:[gl][te]|amp|nbsp|times);")
_POWERS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED = frozenset("米里尺丈寸分厘")  # 平方 and 立方 of these
_FULLWIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ％＜＞＝．＋]")


class Normal(NamedTuple):
    """`text` is what is read; `offsets[i]` is where its character i stands in the raw text (None: the same place)."""

    text: str
    offsets: tuple[int, ...] | None = None
    spelling: tuple[Spelling, ...] = ()

    def raw_offset(self, position: int) -> int:
        if self.offsets is None:
            return position
        return self.offsets[min(position, len(self.offsets) - 1)]


def _fold(character: str) -> str:
    """One raw character as the grammar knows it."""
    if _KEPT.match(character):
        return character
    character = character.translate(_LOOKALIKES)
    if not character.isascii() and character.isdecimal():
        return str(unicodedata.decimal(character))  # digits of every script
    return unicodedata.normalize("NFKC", character).translate(_LOOKALIKES).translate(TRADITIONAL)


def _fold_all(raw: str) -> tuple[list[str], list[int]]:
    folded: list[str] = []
    offsets: list[int] = []
    quotes = {at for found in _QUOTED.finditer(raw) for at in (found.start(), found.end() - 1)}
    entities = {found.start(): found for found in _ENTITY.finditer(raw)} if "&" in raw else {}
    left = {at for found in entities.values() for at in range(found.start() + 1, found.end())}
    for index, character in enumerate(raw):
        if index in quotes or index in left:
            continue
        if index in entities:
            character = html.unescape(entities[index][0])  # noqa: PLW2901 - &gt; is how a page writes >
        power = index > 0 and raw[index - 1].isdigit() and character in _POWERS  # 10² is no 102
        if index and character in _POWERS and "\u4e00" <= raw[index - 1] <= "\u9fff" and raw[index - 1] not in _RAISED:
            character = "①"  # noqa: PLW2901 - ≥2套¹: the mark of a note, and no digit
        for part in " " if character in _BLANK else character if power else _fold(character):
            folded.append(part)
            offsets.append(index)
    return folded, offsets


def _squeeze(folded: list[str], offsets: list[int], raw: str) -> tuple[list[str], list[int], list[Spelling]]:
    """Drop blanks (but one between two digits, which would join figures) and join two-character signs."""
    text: list[str] = []
    places: list[int] = []
    notes: list[Spelling] = []
    for index, (character, offset) in enumerate(zip(folded, offsets, strict=True)):
        if character == " ":
            after = next((c for c in folded[index + 1 : index + 9] if c != " "), "")
            if not text or not after:
                continue
            if not (text[-1].isdigit() and after.isdigit()):
                if raw[offset] in " \u3000\u00a0\t":
                    notes.append(Spelling("space", offset, raw[offset]))
                continue
            if raw[offset] in "\r\n":
                character = ";"  # noqa: PLW2901 - two lines of a cell are two figures, and no 100,200
        pair = text[-1] + character if text else ""
        if pair in _ASCII_SIGN:
            notes.append(Spelling("ascii-sign", places[-1], raw[places[-1] : offset + 1]))
            text[-1] = _ASCII_SIGN[pair]
            continue
        if pair in ("--", "~~", "  "):
            continue
        text.append(character)
        places.append(offset)
    return text, places, notes


def _unbracket(text: list[str], places: list[int]) -> None:
    """1200(±30)吨 is 1200±30吨, in place."""
    at = next((k for k in range(len(text) - 1) if text[k] == "(" and text[k + 1] == "±"), None)
    if at is None:
        return
    end = next((k for k in range(at, min(at + _TOLERANCE, len(text))) if text[k] == ")"), None)
    if end is not None:
        for k in (end, at):
            del text[k], places[k]


def _undo_clocks(text: list[str], places: list[int]) -> None:
    """每月5日18时前 is 每月5日前, in place: nothing here is told by the hour."""
    for found in reversed(list(_CLOCK.finditer("".join(text)))):
        del text[found.start() : found.end()], places[found.start() : found.end()]


def _edges(text: list[str]) -> tuple[int, int]:
    """Punctuation around a value is no part of it: “≥95%”。"""
    start, end = 0, len(text)
    while start < end and text[start] in ":;,、。“\"'":
        start += 1
    while end > start and text[end - 1] in ";,、。”\"'":
        end -= 1
    whole = text[start:end]
    signed = {*"≥≤<>=%‰"} & set(whole) and not {*"(,、;"} & set(whole[1:-1])
    if signed and whole[0] == "(" and whole[-1] == ")":  # (≥90%)
        start, end = start + 1, end - 1
    return start, end


def normalise(raw: str) -> Normal:
    """The text to be read: compatibility forms, sign look-alikes and traditional characters folded, blanks dropped."""
    chinese = raw.translate(_PLAIN)
    known = not chinese or (min(chinese) >= "一" and max(chinese) <= "龥" and _FOREIGN.isdisjoint(chinese))
    if known and not _UNEVEN.search(raw):
        return Normal(raw)
    folded, offsets = _fold_all(raw)
    text, places, notes = _squeeze(folded, offsets, raw)
    _unbracket(text, places)
    _undo_clocks(text, places)
    start, end = _edges(text)
    notes += [Spelling("fullwidth", found.start(), found[0]) for found in _FULLWIDTH.finditer(raw)]
    notes += [Spelling("ascii-sign", at, "═") for at, character in enumerate(raw) if character == "═"]
    return Normal(
        digit_groups("".join(text[start:end])),
        (*places[start:end], len(raw)),
        tuple(sorted(notes, key=lambda note: note.offset)),
    )


def squeezed(text: str) -> str:
    """Text without white space, in half-width forms: what two cells are compared by."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def digit_groups(text: str) -> str:
    """Blanks as thousands separators ("5 463 360元") read like commas."""
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", ",", text)

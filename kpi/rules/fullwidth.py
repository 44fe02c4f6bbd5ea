"""Marks of Chinese text where YAML wants its own: what an input method types for a colon, a comma, a bracket."""

import re
from collections.abc import Iterable

from kpi.lazyre import later

_HALF = {"｛": "{", "｝": "}", "［": "[", "］": "]", "：": ":", "，": ","}
_SPACED = "：，"  # those that a blank has to follow
_SEPARATORS = {"，": "全角逗号", "、": "顿号", "；": "全角分号", ",": "半角逗号", ";": "分号"}
# What is typed with the colon of Chinese text, or without the blank after it, at the beginning of a line.
_KEY = later(r"\s*(?:- +)?([A-Za-z][\w-]*)(：|:(?=[^\s:/]))", re.ASCII)
# A bracket where a value begins, and a comma before the next key inside brackets.
_OPENS = later(r"^\s*(?:- +)?(?:[A-Za-z][\w-]*\s*[:：])?\s*[｛［]|[\[{,，]\s*[｛［]", re.ASCII)
_NEXT = later(r"，\s*[A-Za-z][\w-]*\s*[:：]", re.ASCII)
_SPLIT = later(rf"\s*[{''.join(_SEPARATORS)}]\s*")


def wrong_colon(line: str) -> str | None:
    """A Chinese sentence for a line that begins with a key whose colon YAML does not take for one."""
    found = _KEY.match(line)
    if not found:
        return None
    key, colon = found.groups()
    what = "用了全角冒号“：”" if colon == "：" else "的冒号没有跟空格"
    return f"{key} 后面{what}；请改成半角冒号加一个空格，即“{key}: …”。"


def wrong_marks(line: str) -> str | None:
    """A Chinese sentence for a line whose brackets, or the commas inside them, are those of Chinese text."""
    plain = line.partition(" #")[0].rstrip()
    if plain.lstrip().startswith("#"):
        return None
    if _OPENS.search(plain) or (plain.endswith(("｝", "］")) and _left_open(plain)):
        return f"这里用了全角的{replaced(plain)}。"
    if "{" in plain and _NEXT.search(plain):
        return f"这里用了全角的{replaced('，')}。"
    return None


def _left_open(line: str) -> bool:
    return any(line.count(opening) > line.count(closing) for opening, closing in ("[]", "{}"))


def replaced(text: str) -> str:
    """The marks that stand in the text, and what to write instead."""
    found = [mark for mark in _HALF if mark in text]
    wide, half = (_listed(marks) for marks in (found, [_HALF[mark] for mark in found]))
    spaced = [_HALF[mark] for mark in found if mark in _SPACED]
    return f"{wide}，请换成半角的{half}" + (f"，{_listed(spaced)}后面空一格" if spaced else "")


def wrong_comma(word: str) -> str | None:
    """A Chinese sentence for one word that is several, since nothing that YAML knows stands between them."""
    found = "、".join(f"{name}“{mark}”" for mark, name in _SEPARATORS.items() if mark in word)
    if not found:
        return None
    parts = ", ".join(filter(None, _SPLIT.split(word.strip())))
    quoted = "，不要放在同一对引号里" if {",", ";"} & set(word) else ""
    return f"“{word}”中间是{found}，读成了一个词；请写成 {parts}（半角逗号加一个空格{quoted}）。"


def _listed(marks: Iterable[str]) -> str:
    return "".join(f"“{mark}”" for mark in marks)

"""What a spreadsheet leaves in a text where its figure should stand: a formula, an error value, a cell too narrow."""

import re

from kpi.lazyre import later
from kpi.values.value import Problem, Value

_CELL = r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}(?![0-9A-Za-z])"
_SHEET = r"(?:[^0-9=≥≤<>+*/!]{1,20}|Sheet\d+)!"
_ERROR = later(
    r"#(?:REF|DIV/0|NUM|NULL|VALUE|SPILL|CALC)!|#N/A(?![A-Za-z])|#NAME\?|#VALUE(?![A-Za-z])|Err:5\d\d", re.IGNORECASE
)
_NARROW = re.compile(r"#{3,}")
#: =SUM(B2:B5), @SUM(1+1), +A1*30, =Sheet1!B2, =1+1: behind the sign a function, a cell or a calculation. A cell alone
#: behind "=" may be a grade (=C30, =M10) unless a $ or a sheet tells.
_FORMULA = later(
    rf"[=@+]{{1,2}}-?\(*(?:[A-Z][A-Z0-9.]{{1,14}}\((?=[^()]*[0-9A-Z(\"'),])"
    rf"|(?:{_SHEET})?{_CELL}[-+*/^&:](?=[0-9A-Z$(\"'])"
    rf"|(?:{_SHEET}{_CELL}|(?=[A-Z]*\$){_CELL})\)*\Z"
    r"|(?=[^+*^]*[+*^])\d[0-9.%+*/^()-]*\Z)"
    rf"|(?:=?[+@]=?-?|=-)\(*{_CELL}\)*\Z",
    re.IGNORECASE,
)
_OPERATORS = frozenset("+*^!")
_LONGEST = 200
_SHOWN = 24


def left_behind(text: str) -> Value | None:
    """The damaged value of a normalised text that a spreadsheet left so; None for all others."""
    if len(text) > _LONGEST:
        return None
    error = _ERROR.search(text) if "#" in text or "Err:" in text else None
    if error:
        return _damaged(text, "error-value", error.start(), f"{error[0]}”是电子表格算错时显示的字")
    if narrow := _NARROW.search(text):
        return _damaged(text, "error-value", narrow.start(), f"{narrow[0]}”是电子表格列宽不够时显示的字")
    # most texts with such a sign are figures (=100%): behind a digit, only a calculation can follow
    calculates = text[:1] in "=@+" and not (text[1:2].isdigit() and _OPERATORS.isdisjoint(text[1:]))
    if calculates and (formula := _FORMULA.match(text)):
        shown = text if len(text) <= _SHOWN else f"{text[: formula.end()]}…"
        return _damaged(text, "formula", 0, f"{shown}”是电子表格的公式，不是算好的数")
    return None


def _damaged(text: str, code: str, offset: int, told: str) -> Value:
    message = f"第 {{n}} 字起的“{told}；这里应是数字"
    return Value(text, "malformed", problems=(Problem(code, offset, message),))

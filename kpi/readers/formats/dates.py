"""Dates and times as a spreadsheet shows them: 46387 under yyyy"年"m"月"d"日" is 2026年12月31日."""

import re
from datetime import datetime, timedelta

Pattern = tuple[tuple[str, str], ...]  # ("lit", "年"), ("y", "yyyy"), ("[h]", "hh") …

# Formats that a file names by number only, as Excel shows them in Chinese.
BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00',
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-";@', 42: '"¥"#,##0;"¥"-#,##0;"¥""-";@',
    43: '#,##0.00;-#,##0.00;"-";@', 44: '"¥"#,##0.00;"¥"-#,##0.00;"¥""-";@', 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<pad>[_*].)|\[(?P<elapsed>h+|m+|s+)\]|(?P<bracket>\[[^\]]*\]?)'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<fraction>\.0+)|(?P<exponent>E[+-])"
    r"|(?P<unit>y+|m+|d+|h+|s+|e+|aaaa?)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LAST = 2_958_466  # the day after 9999-12-31
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK = "一二三四五六日"


def pattern(code: str) -> Pattern | None:
    """The date pattern of one section of a format code; None where it shows numbers."""
    tokens: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "other", match.group(match.lastgroup or 0)
        if kind in ("general", "exponent") or (kind == "other" and text in "0#?@"):
            return None
        if kind == "unit":
            tokens.append((text[0].lower(), text.lower()))
        elif kind == "elapsed":
            tokens.append((f"[{text[0].lower()}]", text))
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(("lit", text))
        elif kind in ("half", "fraction"):
            tokens.append((kind, text))
    if not any(k in "ymdhsea" or k[0] == "[" for k, _ in tokens if k):
        return None
    return tuple(_minutes(tokens))


def _minutes(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """m is minutes behind h and before s, else a month."""
    units = [i for i, (k, _) in enumerate(tokens) if k not in ("lit", "half", "fraction")]
    out = list(tokens)
    for n, i in enumerate(units):
        before = tokens[units[n - 1]][0] if n else ""
        after = tokens[units[n + 1]][0] if n + 1 < len(units) else ""
        if tokens[i][0] == "m" and (before in ("h", "[h]") or after in ("s", "[s]")):
            out[i] = ("min", tokens[i][1])
    return out


def shown(serial: float, pattern: Pattern, epoch: int = 1900) -> str | None:
    """The date of a serial number as text; None where no calendar has it."""
    if not 0 <= serial < _LAST:
        return None
    places = max((len(t) - 1 for k, t in pattern if k == "fraction"), default=0)
    seconds = round(serial * 86400, places)
    start = datetime(1904, 1, 1) if epoch == 1904 else datetime(1899, 12, 31 if serial < 60 else 30)
    try:
        moment = start + timedelta(seconds=seconds)
    except OverflowError:
        return None
    halved = any(k == "half" for k, _ in pattern)
    return "".join(_part(k, t, moment, seconds, halved) for k, t in pattern).strip()


def _part(kind: str, text: str, at: datetime, seconds: float, halved: bool) -> str:
    if kind == "lit":
        return text
    if kind == "half":
        first, second = text.split("/")
        return first if at.hour < 12 else second
    if kind == "fraction":
        return f"{at.microsecond / 1e6:.{len(text) - 1}f}"[1:]
    if kind[0] == "[":
        return str(int(seconds // {"h": 3600, "m": 60, "s": 1}[kind[1]])).zfill(len(text))
    return _unit(kind, len(text), at, halved)


def _unit(kind: str, width: int, at: datetime, halved: bool) -> str:
    if kind in ("y", "e"):
        return f"{at.year % 100:02d}" if kind == "y" and width < 3 else str(at.year)
    if kind == "a":
        return ("星期" if width == 4 else "") + _WEEK[at.weekday()]
    if kind in ("m", "d") and width > 2:
        name = _MONTHS[at.month - 1] if kind == "m" else _DAYS[at.weekday()]
        return name[: {3: 3, 5: 1}.get(width, len(name))]
    hour = (at.hour - 1) % 12 + 1 if halved else at.hour
    number = {"m": at.month, "d": at.day, "h": hour, "min": at.minute, "s": at.second}[kind]
    return str(number).zfill(min(width, 2))

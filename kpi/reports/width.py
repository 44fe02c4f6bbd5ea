"""How wide a text stands on a terminal, where a Chinese character takes two columns."""

import re
import unicodedata
from functools import cache

WIDE = "WF"
_QUOTE = re.compile(r"“[^“”]+”")
_PART, _REST = re.compile(r"\d[\d.,]*\Z"), re.compile(r"[.,]?\d")  # of a number that was cut
_GONE, _TAIL = re.compile(r"\d[.,]?\Z"), re.compile(r"[\d.,]*\d")
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # characters that turn the direction of text


def width(text: str) -> int:
    """Columns that `text` takes; characters of ambiguous width (≥ · “) count as one, as terminals draw them."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@cache  # of each character once: a report holds some thousand different ones
def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in WIDE else 1


def left(text: str, columns: int) -> str:
    """`text` with spaces after it, up to `columns`."""
    return text + " " * max(0, columns - width(text))


def right(text: str, columns: int) -> str:
    """`text` with spaces before it, up to `columns`."""
    return " " * max(0, columns - width(text)) + text


def blank(text: str) -> str:
    """White space exactly as wide as `text`: what stands above or under it so that a mark meets a character."""
    return "".join("　" if unicodedata.east_asian_width(c) in WIDE else " " * _columns(c) for c in text)


def one_line(text: str) -> str:
    """The document's own words as one safe line: line breaks become spaces, and control characters, which could
    steer a terminal, become visible marks."""
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character in "\t\r\n\v\f\x85\u2028\u2029":
        return " "
    if unicodedata.category(character) in ("Cc", "Cs") or character in _TURNS:
        return "�"
    return character


def shorten(text: str, columns: int) -> str:
    """`text` on one line, cut with … where it is wider than `columns`, but not within a number."""
    text = one_line(text)
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for character in text:
        used += _columns(character)
        if used > columns:
            break
        kept.append(character)
    head = "".join(kept)
    if _REST.match(text, len(head)):
        head = _PART.sub("", head) or head
    return head + "…"


def shorten_middle(text: str, columns: int) -> str:
    """`text` on one line, its middle cut where it is wider than `columns`: names of like projects differ at the end."""
    text = one_line(text)
    if width(text) <= columns:
        return text
    tail, used, most = [], 0, (columns - 1) // 2
    for character in reversed(text):
        used += _columns(character)
        if used > most:
            break
        tail.append(character)
    end = "".join(reversed(tail))
    if _GONE.search(text[: len(text) - len(end)]):
        end = _TAIL.sub("", end, count=1) if _TAIL.match(end) else end
    return shorten(text, columns - sum(map(_columns, tail))) + end


def brief_quotes(text: str, columns: int = 120) -> str:
    """A sentence whose quotations are no longer than that: names of several lines would bury what it says."""
    return _QUOTE.sub(lambda quote: f"“{shorten_middle(quote[0][1:-1], columns)}”", text)

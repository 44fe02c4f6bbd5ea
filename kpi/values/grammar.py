"""Building the parser from `grammar/`: once, on first use, without a cache on disk."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from lark import Lark, Transformer

from kpi.lazyre import HAN
from kpi.resources import data, folder
from kpi.values.lexer import TerminalsOnce
from kpi.values.units import table

#: Words that can follow a unit: an unknown unit or a noun ends before them.
_KEYWORD = "以[上下内外]|之[上下内间前后]|左右|上下|不含|范围|区间|前后|[内含余多来至到或和及且十百千万亿]"
_MARK = (
    "(?:之前|以前|前夕|前后|前期|前|为止|截止|止|之内|以内|内|期间|间|开始|以后|之后|后|以来"
    "|当天|当日|当月|起|结束后|结束前|结束)"
)


_RANGE = r"[\u4e00-\u9fa5]"  # how the grammar writes a Chinese character


@cache
def words() -> dict[str, Any]:
    """The word lists of `grammar/words.yaml`."""
    return data("grammar", "words.yaml")


def _quote(word: str) -> str:
    return re.escape(word).replace("/", r"\/")


def _ends_latin(word: str) -> bool:
    return word[-1].isascii() and word[-1].isalpha()


def alternatives(spellings: Iterable[str]) -> str:
    """A regex that tries longer words first; single characters make one class.

    A Latin unit does not end inside a Latin word, which is said once for all of them: they share no beginning with the
    others, so they can stand together.
    """
    ordered = sorted(spellings, key=lambda word: (-len(word), word))
    single = "".join(word for word in ordered if len(word) == 1 and not word.isascii())
    latin = [_quote(word) for word in ordered if _ends_latin(word) and word[0].isascii()]
    words = [_quote(word) + (r"(?![A-Za-z])" if _ends_latin(word) else "") for word in ordered if word not in single]
    parts = [word for word in words if not (word.endswith(r"(?![A-Za-z])") and word[0].isascii())]
    if latin:
        parts.append(f"(?:{'|'.join(latin)})(?![A-Za-z])")
    return "|".join([*parts, f"[{single}]"] if single else parts)


def _source() -> str:
    text = (folder("grammar") / "value.lark").read_text(encoding="utf-8")
    named = alternatives({*words()["festivals"].split(), *words()["events"].split()})
    for mark, pattern in (
        ("__UNIT__", alternatives(table().spelled)),
        ("__KEYWORD__", _KEYWORD),
        ("__NAMED__", named),
        ("__MARK__", _MARK),
    ):
        text = text.replace(mark, pattern if mark != "__KEYWORD__" else f"(?:{pattern})")
    return text.replace(_RANGE, HAN)


def build(transformer: Transformer[Any, Any] | None) -> Lark:
    """An LALR parser of values; without a transformer it yields trees."""
    return Lark(
        _source(), parser="lalr", lexer="contextual", transformer=transformer, propagate_positions=transformer is None,
        maybe_placeholders=False, _plugins={"ContextualLexer": TerminalsOnce},
    )  # fmt: skip


@cache
def parser() -> Lark:
    """The parser that yields readings."""
    from kpi.values.build import Reader  # noqa: PLC0415 - `build` of this module needs no transformer

    return build(Reader())

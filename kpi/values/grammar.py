"""The parser of `grammar/`: made once, on first use, of the table that is kept beside the grammar."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from lark import Lark, Transformer

from kpi.lazyre import HAN
from kpi.resources import data, folder
from kpi.values import tables
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


def skeleton() -> str:
    """The grammar without the words of the unit table and the calendar, for which its terminals have marks."""
    text = (folder("grammar") / "value.lark").read_text(encoding="utf-8")
    return text.replace("__KEYWORD__", f"(?:{_KEYWORD})").replace("__MARK__", _MARK).replace(_RANGE, HAN)


def marked() -> dict[str, str]:
    """What stands for the marks of `skeleton`."""
    named = alternatives({*words()["festivals"].split(), *words()["events"].split()})
    return {"__UNIT__": alternatives(table().spelled), "__NAMED__": named}


def source() -> str:
    """The whole grammar."""
    text = skeleton()
    for mark, pattern in marked().items():
        text = text.replace(mark, pattern)
    return text


def build(transformer: Transformer[Any, Any] | None) -> Lark:
    """An LALR parser of values; without a transformer it yields trees."""
    kept = tables.stored(skeleton())
    if kept is None:
        return worked_out(source(), transformer)
    return tables.loaded(kept, marked(), _options(transformer))


def worked_out(grammar: str, transformer: Transformer[Any, Any] | None) -> Lark:
    """The parser of a grammar, made without a stored table."""
    options: Any = _options(transformer)
    return Lark(grammar, parser="lalr", lexer="contextual", maybe_placeholders=False, **options)


def _options(transformer: Transformer[Any, Any] | None) -> dict[str, object]:
    plugins = {"ContextualLexer": TerminalsOnce}
    return {"transformer": transformer, "propagate_positions": transformer is None, "_plugins": plugins}


@cache
def parser() -> Lark:
    """The parser that yields readings."""
    from kpi.values.build import Reader  # noqa: PLC0415 - `build` of this module needs no transformer

    return build(Reader())

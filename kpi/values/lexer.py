"""Lark's contextual lexer with each terminal compiled once.

Lark compiles one expression per parser state out of all terminals that may follow there, and the units of measure are
in most of them: two thirds of the start of a run went into compiling the same lists again. Trying the terminals of a
state one after the other, in Lark's own order, finds the same tokens.
"""

import re
from collections.abc import Collection
from functools import cache
from typing import Any

from lark.lexer import BasicLexer, ContextualLexer, Scanner, TerminalDef
from lark.utils import TextSlice


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """A terminal's expression; `re` forgets where it has many."""
    return re.compile(expression)


class _OneByOne(Scanner):
    """The terminals of one state, each tried in turn."""

    def __init__(self, terminals: Collection[TerminalDef]) -> None:
        self.allowed_types = {terminal.name for terminal in terminals}
        self._tries = [(terminal.name, compiled(terminal.pattern.to_regexp()).match) for terminal in terminals]

    def match(self, text: TextSlice[str], pos: int) -> tuple[str, str] | None:
        whole, end = text.text, text.end
        for name, matches in self._tries:
            found = matches(whole, pos, end)
            if found:
                return found.group(), name
        return None


class _StateLexer(BasicLexer):
    def _build_scanner(self) -> Scanner:
        self.callback = {}  # only needed where a fixed word and an expression can match the same text
        return _OneByOne(self.terminals)


class TerminalsOnce(ContextualLexer):
    """What `Lark(_plugins={"ContextualLexer": …})` takes in place of its own."""

    BasicLexer: Any = _StateLexer

"""The lexer that compiles each terminal once reads what Lark's own reads."""

import re

import pytest
from lark import Lark, UnexpectedInput

from kpi.values import grammar
from kpi.values.normal import normalise
from tests.values.test_cases import CASES

_TEXTS = sorted({normalise(text).text for cases in CASES.values() for text in cases})


@pytest.fixture(scope="module")
def ours() -> Lark:
    return grammar.build(None)


@pytest.fixture(scope="module")
def larks() -> Lark:
    return Lark(grammar.source(), parser="lalr", lexer="contextual", maybe_placeholders=False)


def test_no_terminal_matches_nothing(ours: Lark) -> None:
    assert [one.name for one in ours.terminals if re.fullmatch(one.pattern.to_regexp(), "")] == []


def test_values_are_cut_as_lark_cuts_them(ours: Lark, larks: Lark) -> None:
    def tree(parser: Lark, text: str) -> str:
        try:
            return parser.parse(text).pretty()
        except UnexpectedInput as error:
            return f"{type(error).__name__} {error.pos_in_stream}"

    assert len(_TEXTS) > 300
    assert [text for text in _TEXTS if tree(ours, text) != tree(larks, text)] == []

"""A pattern that waits for its first use is in nothing else unlike one that was compiled."""

import re

import pytest

from kpi.lazyre import HAN, later


@pytest.mark.parametrize(
    ("pattern", "flags", "text"),
    [(r"(\d+)(公里|米)", 0, "全长12公里，宽5米"), ("a+", re.IGNORECASE, "bAab"), (rb"PK(\d)", 0, b"PK3 PK4")],
)
def test_it_answers_as_a_compiled_one(pattern, flags, text):
    made, lazy = re.compile(pattern, flags), later(pattern, flags)
    assert [one.span() for one in lazy.finditer(text)] == [one.span() for one in made.finditer(text)]
    assert lazy.findall(text) == made.findall(text)
    assert lazy.sub(text[:0], text) == made.sub(text[:0], text)
    assert lazy.split(text) == made.split(text)
    assert (lazy.pattern, lazy.flags) == (made.pattern, made.flags)
    for ask in ("search", "match", "fullmatch"):
        ours, theirs = getattr(lazy, ask)(text), getattr(made, ask)(text)
        assert (ours and ours.span()) == (theirs and theirs.span())


def test_it_is_compiled_once_and_not_before_it_is_used(monkeypatch):
    made = []
    own = re.compile
    monkeypatch.setattr(re, "compile", lambda *told: made.append(told) or own(*told))
    lazy = later("座", 0)
    assert not made
    assert lazy.search("3座")
    assert lazy.fullmatch("3座") is None
    assert made == [("座", 0)]


def test_what_no_pattern_has_is_an_error():
    with pytest.raises(AttributeError):
        later("座").nothing  # noqa: B018
    with pytest.raises(re.error):
        later("(").search("")


def test_what_counts_as_a_chinese_character():
    assert re.findall(HAN, "汉〇𠮷①Ⅲⅳ1１a é_") == ["汉", "〇", "𠮷"]

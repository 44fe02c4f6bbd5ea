"""Words are the same whichever library cuts, and the costly one is loaded by long texts alone."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.rules import segment

CHINESE = re.compile("[\u4e00-\u9fff]{2,}")


def _lines() -> Iterator[str]:
    for path in sorted((Path(__file__).parent.parent / "corpus").glob("*.txt"))[:30]:
        yield from CHINESE.findall(path.read_text(encoding="utf-8"))


def test_a_short_run_never_loads_the_whole_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    monkeypatch.setattr(segment, "_fast", lambda: pytest.fail("读了整部词典"))
    cut = segment._Cutter(few=8)
    assert list(cut("改扩建工程")) == ["改扩建", "工程"]


def test_without_the_fast_library_jieba_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    cut = segment._Cutter(few=0)
    assert [list(cut("农田水利设施")) for _ in range(3)] == [["农田水利", "设施"]] * 3


def test_both_cut_alike() -> None:
    pytest.importorskip("rjieba")
    first, then = segment._Cutter(few=10**9), segment._Cutter(few=0)
    then("一")  # one character over: from here on the other one
    for text in set(_lines()):
        assert list(first(text)) == list(then(text)), text

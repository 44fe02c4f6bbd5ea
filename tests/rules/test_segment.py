"""Words are the same whichever library cuts, and the costly one is loaded by long texts alone."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.rules import segment

MIXED = (
    "校园Wi-Fi覆盖", "e-mail通知", "app_1建设", "B超检查", "卡拉OK", "A4纸3.5万张", "HPV疫苗接种率≥98.5%",
    "5G+工业互联网", "Ⅱ级①类", "PM2.5浓度", "GB/T 28181-2016", "a%b", "3#楼&4#楼",
)  # fmt: skip


def _lines() -> Iterator[str]:
    for path in sorted((Path(__file__).parent.parent / "corpus").glob("*.txt"))[:30]:
        yield from path.read_text(encoding="utf-8").splitlines()


def test_a_short_run_never_loads_the_whole_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    monkeypatch.setattr(segment, "_fast", lambda: pytest.fail("读了整部词典"))
    cut = segment._Cutter(few=8)
    assert list(cut("改扩建工程")) == ["改扩建", "工程"]


def test_without_the_fast_library_jieba_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    cut = segment._Cutter(few=0)
    assert [list(cut("农田水利设施")) for _ in range(3)] == [["农田水利", "设施"]] * 3


def test_both_cut_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rjieba")
    first, then = segment._Cutter(few=10**9), segment._Cutter(few=0)
    then("一")  # one character over: from here on the other one
    told = []
    for cutter in (first, then):
        monkeypatch.setattr(segment, "_cutter", lambda cutter=cutter: cutter)
        told.append({text: segment.words.__wrapped__(text) for text in (*_lines(), *MIXED)})
    assert told[0] == told[1]

"""The bars of long work: on a terminal only, in colours that every terminal has; for reading, judging and writing."""

import io
import sys

import pytest

from kpi import api
from kpi.cli import main
from kpi.commands.reading import read_paths, working

FORM = """项目名称\t{name}
年度资金总额\t20万元
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t衬砌渠道\t≥3公里
"""


class _Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def screen(monkeypatch):
    """Makes a terminal of sixteen colours; called in the test, as pytest puts its own stream there before."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("COLORTERM", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def made():
        one = _Terminal()
        monkeypatch.setattr(sys, "stderr", one)
        return one

    return made


@pytest.fixture
def forms(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "表").mkdir()
    for number in range(50):
        (tmp_path / "表" / f"{number:02}.txt").write_text(FORM.format(name=f"第{number}渠"), encoding="utf-8")


def test_a_full_bar_is_green_and_a_half_full_one_not_red(screen):
    shown = screen()
    with working("正在检查", 60) as each:
        for _ in range(60):
            each()
    drawn = shown.getvalue()
    assert "\x1b[32m━━━" in drawn, "full"
    assert "\x1b[91m" not in drawn, "nothing is wrong"
    last = [part for part in drawn.split("正在检查") if "60/60" in part]
    assert last
    assert all("\x1b[90m━" not in part for part in last), "grey is what is not done yet"


def test_few_steps_and_no_terminal_draw_nothing(screen, monkeypatch):
    shown = screen()
    with working("正在检查", 5) as each:
        each()
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with working("正在检查", 500) as each:
        each()
    assert shown.getvalue() == ""


def test_reading_judging_and_writing_each_have_their_bar(screen, forms):
    shown = screen()
    assert main(["review", "-o", "审核表.xlsx", "表"]) == 0
    drawn = shown.getvalue()
    for what in ("正在读取", "正在检查", "正在写审核表"):
        assert what in drawn
        assert f"{what} \x1b[32m━" in drawn, "to its end"


def test_every_document_is_a_step(forms):
    from kpi.rules import load

    steps = []
    api.judge(read_paths(["表"], None), load(), ["表"], each=lambda: steps.append(1))
    assert len(steps) == 50

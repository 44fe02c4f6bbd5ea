"""Reading takes steps in proportion to the lines of a file, whatever its lines look like."""

import sys

import pytest

from kpi.readers import read_text, slices
from kpi.readers.clauses import figured
from kpi.readers.goalhalves import _PART, opens

HEAD = "石梁区项目支出绩效目标申报表\n项目名称\t渡口候船棚改造\t\t\t\n"
HEADS = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n"
ROW = "\t产出指标\t数量指标\t候船棚座数\t≥4座\n"
CELLS = "一级指标\n二级指标\n三级指标\n指标值\n决策\n项目立项\n立项规范性\n规范\n"


def steps(text, names):
    """How often Python goes on to a line of these functions while a text is read."""
    count = 0

    def look(frame, event, _):
        nonlocal count
        code = frame.f_code
        inside = code.co_filename.endswith(FILES) and code.co_qualname.partition(".")[0] in names
        count += inside
        return look if inside else None

    before = sys.gettrace()  # whoever measures coverage has one
    sys.settrace(look)
    try:
        read_text(text)
    finally:
        sys.settrace(before)
    return count


FILES = ("blocks.py", "standing.py", "ownlevels.py", "learnt.py")
FOOTS = ("_sort", "_may_resume", "_resumes", "_last_filled", "_sure_again", "may_rejoin", "is_own", "Learnt")


@pytest.mark.parametrize(
    ("above", "line"),
    [
        (HEAD + HEADS + ROW + "填报人\t周远\n", "联系电话\t0571\n"),  # a long foot
        (HEAD + HEADS + ROW, "填报人\t周远\n" + ROW),  # rows and foot by turns
        (HEAD + CELLS, "绩效目标\n"),  # goals amid cells that come one a line
    ],
    ids=["foot", "turns", "goals"],
)
def test_the_foot_and_the_block_are_looked_at_once(above, line):
    few, many = (steps(above + line * count, FOOTS) for count in (100, 400))
    assert few < many < 5 * few


def test_heads_are_looked_for_once(monkeypatch):
    looks, is_header = [], slices.is_header
    monkeypatch.setattr(slices, "is_header", lambda line: looks.append(1) or is_header(line))
    count = 200
    read_text(HEAD + HEADS + ROW + "\t\t\t项目名称\t良好\n" * count)
    assert count < len(looks) < 2 * count


@pytest.mark.slow
def test_blanks_between_a_name_and_its_figure():
    blanks = " " * 3_000
    assert figured().fullmatch(f"某某{blanks}1{blanks}?") is None
    found = figured().fullmatch(f"培训{blanks}≥ 5{blanks}人")
    assert (found["name"], found["value"]) == ("培训", f"≥ 5{blanks}人")


def test_blank_lines_above_a_goal_are_no_part_of_it():
    """Else each of them is where a search begins."""
    found = _PART.search("实施方案。" + "\n" * 30_000 + "  2027 年 - 2029年目标:修路")
    assert found.group() == "  2027 年 - 2029年目标:"
    assert opens("\n  2027年:修路")

"""The execution row and the totals of a self-evaluation, in the layouts that forms have them."""

from decimal import Decimal

import pytest
from openpyxl import Workbook

from kpi.model import Execution, Stated, TargetTable
from kpi.readers import read, read_text

_HEAD = "项目支出绩效自评表\n(2025年度)\n项目名称\t渠道清淤\n主管部门\t石桥县水务局\t实施单位\t石桥县灌区管理所\n"
_ROWS = (
    "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n"
    "\t产出指标\t数量指标\t清淤长度\t≥20公里\t20公里\t50\t50\t\n"
    "\t\t质量指标\t验收合格率\t=100%\t100%\t20\t20\t\n"
    "\t满意度指标\t服务对象满意度\t农户满意度\t≥90%\t92%\t20\t20\t\n"
)
_GRID = (
    "项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
    "\t年度资金总额\t120\t100\t95\t10\t95%\t9.5\n"
    "\t其中：财政拨款\t120\t100\t95\t-\t-\t-\n"
)


def form(text: str) -> TargetTable:
    [table] = read_text(text).tables
    assert len(table.indicators) >= 3
    return table


def amounts(row: Execution | None) -> tuple[object, ...]:
    assert row is not None
    return tuple(row[:4]) + tuple(row[4:7])


FULL = (Decimal(1_200_000), Decimal(1_000_000), Decimal(950_000), None, "95%", "10", "9.5")
LINES = [
    "年初预算数",
    "全年预算数",
    "全年执行数",
    "分值",
    "执行率",
    "得分",
    "年度资金总额",
    "120",
    "100",
    "95",
    "10",
    "95%",
    "9.5",
]


@pytest.mark.parametrize(
    ("money", "want"),
    [
        pytest.param(_GRID, FULL, id="columns"),
        pytest.param(
            "项目资金\n(万元)\n" + "\n".join(LINES) + "\n其中:当年财政拨款\n120\n100\n95\n", FULL, id="a-cell-a-line"
        ),
        pytest.param(
            "项目资金(万元)\n年初预算数 全年预算数(A) 全年执行数(B) 分值 执行率(B/A) 得分\n"
            "年度资金总额: 120 100 95 10 95% 9.5\n",
            FULL,
            id="blanks",
        ),
        pytest.param(
            "预算执行情况(10分)\t年度预算数(万元)\t年初预算\t调整后预算数\t预算执行数\t预算执行率\t权重\t得分\t原因\n"
            "\t总额\t120\t100\t95\t95%\t10\t9.5\t\n",
            FULL,
            id="points-behind-the-rate",
        ),
        pytest.param(
            "项目资金(万元)\t\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\t年度资金总额\t100\t95\t10\t95%\t9.5\n",
            (None, *FULL[1:]),
            id="no-first-budget",
        ),
        pytest.param(
            "项目资金(元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
            "\t年度资金总额\t1,200,000.00\t1,000,000.00\t950,000.00\t10\t95%\t9.5\n",
            FULL,
            id="yuan",
        ),
        pytest.param(
            "项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\t年度资金总额\t0\t0\t0\t10\t0\t0\n",
            (Decimal(0), Decimal(0), Decimal(0), None, "0", "10", "0"),
            id="nought",
        ),
        pytest.param(
            "项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\t年度资金总额\t120\t\t95\t10\t\t9.5\n",
            (Decimal(1_200_000), None, Decimal(950_000), None, None, "10", "9.5"),
            id="blank-cells",
        ),
    ],
)
def test_execution(money, want):
    assert amounts(form(_HEAD + money + _ROWS).execution) == want


def test_a_row_of_the_indicators():
    rows = _ROWS + "\t预算执行率\t预算执行率\t预算执行率\t100%\t95%\t10\t9.5\t\n"
    found = form(_HEAD + rows).execution
    assert found is not None
    assert (found.points, found.score) == ("10", "9.5")


def test_a_target_form_has_none():
    plain = "项目名称\t渠道清淤\n年度资金总额\t100万元\n" + _ROWS.replace("实际完成值", "备注").replace("得分", "说明")
    table = form(plain)
    assert table.execution is None
    assert table.stated is None


@pytest.mark.parametrize(
    ("foot", "want"),
    [
        ("总分\t\t\t\t\t\t100\t99.50\t\n", ("100", "99.50", None)),
        ("总分\t\t\t\t\t\t100\t99.50\t优\n", ("100", "99.50", "优")),
        ("合计\t\t\t\t\t\t100\t\t\n", ("100", None, None)),
        ("自评得分:99.5分\n", (None, "99.5", None)),
        ("其他需要说明事项\t无\t总分\t100\t99.5\t优秀\n", ("100", "99.5", "优")),
        ("总分(100分)\t\t\t\t\t\t\t99.5\t\n", ("100", "99.5", None)),
        ("总分\t\t\t\t\t\t100\t99.5\t\n自评等级\t良\n", ("100", "99.5", "良")),
        ("填报日期\t2026年1月\n", None),
    ],
)
def test_totals(foot, want):
    stated: Stated | None = form(_HEAD + _GRID + _ROWS + foot).stated
    assert (None if stated is None else stated[:3]) == want


def test_the_cells_of_full_marks_sum_and_grade(tmp_path):
    """Each in a cell of its own: what is said of one points to it."""
    book, path = Workbook(), tmp_path / "自评.xlsx"
    for line in (_HEAD + _ROWS + "总分\t\t\t\t\t\t100\t99.5\n自评等级\t良\n").splitlines():
        book.active.append(line.split("\t"))
    book.save(path)
    [table] = read(path).tables
    assert table.stated is not None
    places = (table.stated.full_location, table.stated.location, table.stated.grade_location)
    assert [one.cell for one in places] == ["G9", "H9", "B10"]


@pytest.mark.parametrize(
    "junk", ["年初预算数\t全年执行数\n" * 300, "9" * 5000, "年度资金总额\t" * 200, "执行率\t" + "x" * 10_000]
)
def test_hostile_heads(junk):
    assert read_text(_HEAD + junk + "\n" + _ROWS).tables


_SOURCES = "资金来源\t预算数(A)\t执行数(B)\t执行率(B/A)\t分值\t得分\n财政拨款\t48\t48\t100%\n自筹资金\t52\t2\t3.85%\n"


def test_the_total_behind_its_sources():
    """The first source is not the whole budget, and what money comes to is no sum of scores."""
    found = form(f"项目名称\t渡口维护\n单位:万元\n{_SOURCES}合计\t100\t50\t50%\t10\t5\n{_ROWS}")
    assert (found.execution.budget, found.execution.spent) == (Decimal(1_000_000), Decimal(500_000))
    assert found.stated is None


def test_a_source_with_fewer_amounts_than_the_one_above_has_no_first_budget():
    """A text leaves blank cells out: of 10 and 10 in front of the rate, none is what was planned at first."""
    money = "项目资金(万元) 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n年度资金总额 90 100 95 10 95% 9.5\n"
    sources = "其中:当年财政拨款 90 90 85 - 94% -\n上年结转资金 10 10 - 100% -\n"
    found = form((_HEAD + money + sources + _ROWS).replace("\t", " ")).annual_funding
    assert found.total == 900_000
    assert {name: amount for name, amount in found.sources.items() if amount} == {"当年财政拨款": 900_000}

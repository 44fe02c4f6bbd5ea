"""Figures of the money that a copy ran together are read where they can be read in one way only."""

from decimal import Decimal

import pytest

from kpi.readers import read

GLUED = (
    "2025年度区级渡口维护专项经费项目绩效自评表单位名称:临溪区交通运输局项目名称渡口维护专项经费主管部门区交通运输局"
    "项目实施单位区交通运输局预算执行情况(万元){heads}{total}年度绩效目标完成情况一级指标二级指标三级指标年初目标值实际完成值"
    "产出指标产出数量维护渡口数量6处6处产出质量渡船年检合格率100%100%产出时效维护完成时间11月底前11月20日"
)
HEADS = "资金来源预算数(A)执行数(B)执行率(B/A)一般预算内拨款"
SCORED = "(20分)预算数(A)执行数(B)执行率(B/A)得分(20分*执行率)年度财政资金总额"
SPACED = (
    "临溪县项目支出绩效自评表 (2025年度) 项目名称 渡口维护县级配套资金 主管部门 临溪县交通运输局 项目资金 年初预算数 "
    "(万元) 年度资金总额 其中:当年财政拨款 实施单位 全年预算数 全年执行数 分值 执行率 得分 {figures} {figures} "
    "上年结转资金 — 其他资金 — 一级指标 二级指标 三级指标 数量指标 维护渡口数量 6处 6处 10 10 "
    "质量指标 渡船年检合格率 100% 100% 10 10"
)


def money(text, tmp_path):
    path = tmp_path / "自评.txt"
    path.write_text(text, encoding="utf-8")
    (table,) = read(path).tables
    return table.annual_funding and table.annual_funding.total, table.execution


@pytest.mark.parametrize(
    ("heads", "total", "yuan", "spent"),
    [
        (HEADS, "4848100%合计4848100%", 480_000, 480_000),
        (HEADS, "36.530.483.29%合计36.530.483.29%", 365_000, 304_000),
        (SCORED, "3.843.84120", 38_400, 38_400),
        (SCORED, "1515100%20", 150_000, 150_000),
        (HEADS, "99.999.9100%合计99.999.9100%", 999_000, 999_000),
        (HEADS, "35.212.134%合计35.212.134%", 352_000, 121_000),
        (HEADS, "15.4516.22105%合计15.4516.22105%", 154_500, 162_200),
        (HEADS, "3118.953118.95100%合计3118.953118.95100%", 31_189_500, 31_189_500),
        (HEADS, "4848100%自筹资金1010100%合计5858100%", 580_000, 580_000),
    ],
)
def test_figures_without_anything_between_them(heads, total, yuan, spent, tmp_path):
    funding, execution = money(GLUED.format(heads=heads, total=total), tmp_path)
    assert (funding, execution.spent) == (Decimal(yuan), Decimal(spent))


@pytest.mark.parametrize(
    "total",
    ["484862%合计484862%", "48合计48", "0合计0", "100000%", "48480%合计48480%", "99.9104.9105%合计99.9104.9105%",
     "4848100%自筹资金5223.85%合计10050 50%", "34843554102%合计34843554102%"],
)
def test_figures_that_do_not_agree_are_left_alone(total, tmp_path):
    assert money(GLUED.format(heads=HEADS, total=total), tmp_path) == (None, None)


def test_figures_far_from_their_labels(tmp_path):
    assert money(SPACED.format(figures="48.31 47.45 10 98% 9"), tmp_path)[0] == Decimal("483100")
    assert money(SPACED.format(figures="48.31 48.31 100% 20"), tmp_path)[0] == Decimal("483100")
    assert money(SPACED.format(figures="48.31 47.45 10 88% 9"), tmp_path)[0] is None


THREE = (
    "临溪县本级部门项目支出绩效自评表(2025年)项目名称渡口维护经费主管部门临溪县交通局实施单位临溪县渡口所"
    "项Fl资金(万兀)年度资金总额年初预匏数调整预算数,A、全年执行数(B)执行率(B/A){figures}年度总体目标年初设定目标维护渡口一级指标二级指标三级指标指标值(A)"
    "全年实际值(B)得分产出指标数量指标维护渡口数量6处6处10质量指标渡船年检合格率100%100%10"
)


@pytest.mark.parametrize(
    ("figures", "yuan", "changed", "spent"),
    [
        ("58.658.658.6100%", 586_000, 586_000, 586_000),
        ("3028.526.1791.8%", 300_000, 285_000, 261_700),
        ("186186179.496.5%", 1_860_000, 1_860_000, 1_794_000),
    ],
)
def test_three_amounts_of_a_scan(figures, yuan, changed, spent, tmp_path):
    funding, execution = money(THREE.format(figures=figures), tmp_path)
    assert (funding, execution.adjusted, execution.spent) == (Decimal(yuan), Decimal(changed), Decimal(spent))


@pytest.mark.parametrize("figures", ["58.658.6%", "303030", "1234567.8%"])
def test_three_amounts_that_prove_nothing(figures, tmp_path):
    assert money(THREE.format(figures=figures), tmp_path)[0] is None


def test_a_rate_may_be_cut_off(tmp_path):
    assert money(GLUED.format(heads=HEADS, total="318309.697.3%合计318309.697.3%"), tmp_path)[0] == Decimal(3_180_000)


HALVES = (
    "临溪县项目支出绩效目标申报表 (2025年度) 项目名称 2025年渡口维护经费 主管部门及代码 417-临溪县交通局 "
    "实施单位 项目属性 一次性项目 项目期 实施期资金总额: 450,000 其中:中央财政资金 0 省级财政资金 项目资金 (元) "
    "市县(区)财政资 450,000 金 0 单位自筹 其他资金 年度资金总额: {annual}市县(区)财政资金 单位自筹 其他资金 "
    "项目概况 维护渡口 实施期目标 年度目标 总体目标 维护渡口6处 一级指标 二级指标 数量指标 "
    "产出指标 绩 效 指 标 质量指标 三级指标 指标值 维护渡口 6处 渡船巡检 208次 渡船年检合格率 100%"
)


@pytest.mark.parametrize(("annual", "yuan"), [("", None), ("150,000 ", Decimal(150_000))])
def test_both_halves_in_a_text_without_columns(annual, yuan, tmp_path):
    path = tmp_path / "目标.txt"
    path.write_text(HALVES.format(annual=annual), encoding="utf-8")
    (table,) = read(path).tables
    assert table.period_funding.total == Decimal(450_000)
    assert table.annual_funding.total == yuan

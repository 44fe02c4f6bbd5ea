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

"""Money under heads in two storeys: each amount is of what stands above it."""

from decimal import Decimal

import pytest

from kpi.readers import read_text

FORM = (
    "| 动物防疫绩效目标申报表 |\n| (2027年度) |\n| 专项名称 | 春秋两季防疫 |\n"
    "| 专项资金情况 | 本年度预计投入(万元) | {upper} |\n| {lower} |\n| {amounts} |\n"
    "| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 免疫头次 | ≥38万头 |\n"
    "| 质量指标 | 抗体合格率 | ≥70% |\n| 时效指标 | 完成时间 | 2027年10月底前 |\n"
)


def money(**parts):
    (table,) = read_text(FORM.format(**parts)).tables
    fund = table.annual_funding
    return fund.total, {name: amount for name, amount in fund.sources.items() if amount is not None}


def test_the_fiscal_money_by_level():
    total, sources = money(
        upper="财政资金(万元) | 其他", lower="中央 | 省级 | 市级资金 | 本级", amounts="57.4 | 31 | 12.4 | 0 | 14 | 0"
    )
    assert total == Decimal("574000")
    assert sources == {
        "中央财政资金": Decimal(310_000), "省级财政资金": Decimal(124_000), "市级财政资金": Decimal(0),
        "本级财政资金": Decimal(140_000), "其他": Decimal(0),
    }  # fmt: skip


@pytest.mark.parametrize("amounts", ["57.4 | 31 | 12.4", "57.4 | 31 | 12.4 | 0 | 14 | 0 | 9"])
def test_amounts_that_do_not_match_the_heads_are_no_sources(amounts):
    assert money(upper="财政资金(万元) | 其他", lower="中央 | 省级 | 市级资金 | 本级", amounts=amounts)[1] == {}

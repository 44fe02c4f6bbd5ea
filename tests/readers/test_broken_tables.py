"""Tables as pages leave them: labels in pieces, two goals side by side, results in prose. Made-up bureaus."""

import pytest

from kpi.readers import read_text

HEAD = "项目支出绩效目标表\n(2027年度)\n项目名称\t河湾村道改造\n一级指标\t二级指标\t三级指标\t指标值\n"


def rows(text: str) -> list[tuple[str, str, str]]:
    """Second level, name and value of each row of the first form."""
    table = read_text(text, "表.txt").tables[0]
    return [(row.level2, row.name, row.annual.text if row.annual else "") for row in table.indicators]


def test_a_level_that_a_merged_cell_broke_in_two():
    table = (
        "一级指标|二级指标|三级指标|年度指标值|产出指标|数量指标|改造村道里程|≥12公里|质量指标|验收合格率|100%|"
        "时效指标|完工时间|2027年10月底前|效益指标|社会效益指标|受益村民人数|≥2400人|"
        "社会公众或服务|沿线村民满意度|≥90%|对象满意度指标|附件:"
    )
    text = "项目支出绩效目标表\n(2027年度)\n项目名称\n河湾村道改造\n" + table.replace("|", "\n\n")
    assert ("服务对象满意度", "沿线村民满意度", "≥90%") in rows(text)


def test_a_name_that_begins_with_a_number():
    text = (
        "项目支出绩效自评表\n(2027年度)\n项目名称  河湾危桥改造\n一级指标  二级指标  三级指标  年度指标值  全年完成值\n"
        "产出指标  数量指标  改造危桥  3座  3座\n时效指标  3座桥梁通车时间  2027年10月底前  2027年9月30日\n"
        "效益指标  社会效益指标  受益村民人数  ≥2400人  2460人\n"
        "满意度 指 标  服务对象满意度指标  沿线村民满意度  ≥90%  94%\n"
    )
    read = rows(text)
    assert ("时效指标", "3座桥梁通车时间", "2027年10月底前") in read
    assert ("服务对象满意度", "沿线村民满意度", "≥90%") in read


def test_prose_with_days_behind_names_and_results():
    text = (
        "青屏县2027年度救灾物资储备绩效自评报告\n(二)绩效指标完成情况\n"
        "数量指标:采购单帐篷≥800顶,实际800顶;采购折叠床≥2500张,实际2460张,差40张已列入下年补购。\n"
        "质量指标:入库物资抽检合格率≥98%,实际98.6%;物资做工较扎实,实际较好。\n"
        "时效指标:采购物资入库时间2027年6月10日前,实际6月8日。\n"
        "成本指标:代储费标准≤10万元/库·年,实际9万元/库·年。\n满意度指标:受灾群众满意度≥90%,实际93.4%。\n"
    )
    read = rows(text)
    assert ("数量指标", "采购折叠床", "≥2500张") in read
    assert ("质量指标", "物资做工", "较扎实") in read
    assert ("时效指标", "采购物资入库时间", "2027年6月10日前") in read
    assert ("成本指标", "代储费标准", "≤10万元/库·年") in read


def test_the_goal_of_the_whole_beside_that_of_the_year():
    text = (
        "项目绩效目标申报表 | | | |\n项目名称 | 青屏县普查项目 | 项目期 | 2年 |\n"
        "资金情况（万元） | 项目资金总额： | 260 | 年度资金申请总额 | 150 |\n"
        "其中：财政资金 | 260 | 其中：当年财政拨款 | 150 |\n"
        "项目绩效目标 | 项目总目标 | 年度总体目标 | |\n"
        "2027年至2028年完成3800家单位清查。 | 2027年完成1200家单位清查。 | |\n"
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 |\n产出指标 | 数量指标 | 清查单位数量 | ≥1200家 |\n"
        "质量指标 | 数据差错率 | ≤5‰ |\n"
    )
    table = read_text(text, "表.txt").tables[0]
    assert table.period_goal == "2027年至2028年完成3800家单位清查。"
    assert table.annual_goal == "2027年完成1200家单位清查。"
    assert table.period_funding.total == 2_600_000
    assert table.annual_funding.total == 1_500_000
    assert table.annual_funding.sources["财政资金"] == 1_500_000


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("青屏县数据局2027年度项目绩效及2028年度项目支出绩效目标申报", 2028),
        ("青屏县数据局2028年度项目支出绩效目标申报", 2028),
    ],
)
def test_the_year_of_the_targets(title, year):
    text = title + HEAD.replace("(2027年度)", "").replace("项目支出绩效目标表", "")
    text += "产出指标\t数量指标\t改造村道里程\t≥12公里\n\t质量指标\t验收合格率\t=100%\n"
    assert read_text(text, "表.txt").tables[0].year == year


def test_shares_are_no_points():
    text = (
        "项目支出绩效自评表\n(2027年度)\n项目名称 青屏镇特困人员供养\n"
        "一级指标 二级指标 三级指标 分值 年度指标值 全年实际值 得分\n"
        "产出指标 数量指标 ★供养人数 8 127人 127人 8\n质量指标 ★认定准确率 6 98% 98% 6\n人员认定准确率 100% 100%\n"
        "时效指标 ★发放时间 10 每月10日前 每月10日前 10\n满意度指标 服务对象满意度指标 ★受助对象满意度 10 ≥95% 96% 10\n"
    )
    table = read_text(text, "表.txt").tables[0]
    row = next(one for one in table.indicators if one.name == "人员认定准确率")
    assert (row.weight, row.annual.text, row.actual.text) == ("", "100%", "100%")

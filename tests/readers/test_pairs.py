"""What stands in the rows of a form beside names and values: signs with their number in a list, and totals above."""

from kpi.readers import read_text

FORM = (
    "项目支出绩效自评表 | |||||||\n"
    "项目名称 | 渡船安全督查经费 |||||||\n"
    "项目资金(元) | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |\n"
    "年度资金总额 | 120,000.00 | 120,000.00 | 120,000.00 | 10.00 | 100.00 | 10.00 |\n"
    "绩效指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |\n"
    "一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 ||||||\n"
    "{total}"
    "产出指标 | 数量指标 | 登船督查次数 | 004 >= | 36 | 次 | 40 | 45.00 | 45.00 |||\n"
    "产出指标 | 成本指标 | 督查支出 | 005 <= | 12 | 万元 | 12 | 45.00 | 45.00 |||\n"
)


def rows_of(text):
    (table,) = read_text(text).tables
    return [(i.level2, i.name, i.annual.text, i.polarity) for i in table.indicators]


def test_a_sign_with_its_number_in_a_list():
    assert rows_of(FORM.format(total="")) == [
        ("数量指标", "登船督查次数", ">=36次", None),
        ("成本指标", "督查支出", "<=12万元", None),
    ]


def test_all_points_above_the_first_row_are_none():
    assert rows_of(FORM.format(total="90.00 | 90.00 ||||||||||\n")) == rows_of(FORM.format(total=""))


def test_a_figure_above_the_first_row_is_one_whose_name_is_missing():
    assert len(rows_of(FORM.format(total="75.00 | 75.00 ||||||||||\n"))) == 3


def test_words_have_no_unit_and_no_explanation_in_its_place():
    told = (
        "产出指标 | 时效指标 | 遇险响应时间 |  | 及时 | 小时 | 及时 | 10 | 10 |||\n"
        "效益指标 | 社会效益指标 | 乘客安全意识 |  | 有所提高 | 问卷中知道规定的人 | 提高 | 10 | 10 |||\n"
        "效益指标 | 社会效益指标 | 受益村民 |  | 八百 | 人 | 800 | 10 | 10 |||\n"
    )
    values = [text for _, _, text, _ in rows_of(FORM.format(total="") + told)]
    assert values == [">=36次", "<=12万元", "及时", "有所提高", "八百人"]

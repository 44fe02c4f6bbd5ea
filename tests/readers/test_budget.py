"""Budget tables and statements of a whole disclosure, each with its place."""

from decimal import Decimal

from kpi.readers import read_text

TEXT = """澄湖县水利局2027年部门预算
2027年预算支出总表..........3
2027年预算收支总表
单位名称：澄湖县水利局
单位：万元
收入\t\t支出\t
项目\t2027年\t项目\t2027年合计
收入总计\t180.50\t支出总计\t180.50
2027年预算支出总表
单位：万元
项目\t\t2027年预算数\t\t
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t180.50\t100.00\t80.50
213\t农林水支出\t180.50\t100.00\t80.50
21303\t水利\t180.50\t100.00\t80.50
2027年项目支出预算表（本年预算）
单位名称：澄湖县水利局
单位：万元
项目名称\t合计\t2027年财政拨款
\t\t一般公共预算
1\t2\t3
澄湖县水利局\t80.50\t80.50
泵站 检修\t30.25\t30.25
闸门更换\t50.25\t50.25

第三部分 情况说明
纳入绩效目标管理的二级项目2个，共计金额80.50万元。占项目支出的100%；没有其他项目。
本部门没有车辆。
项目支出绩效目标表
项目名称\t泵站检修\t\t
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t检修泵站数量\t≥6座
"""


def test_projects_functions_and_totals():
    budget = read_text(TEXT).budget
    assert [(p.name, p.amount, p.location.line) for p in budget.projects] == [
        ("泵站检修", 302500, 23),
        ("闸门更换", 502500, 24),
    ]
    assert [(f.code, f.name, f.amount) for f in budget.functions] == [
        ("213", "农林水支出", 1805000),
        ("21303", "水利", 1805000),
    ]
    assert budget.totals == {
        "2027年预算收支总表·收入总计": Decimal(1805000),
        "2027年预算收支总表·支出总计": Decimal(1805000),
        "2027年预算支出总表": Decimal(1805000),
        "2027年预算支出总表·基本支出": Decimal(1000000),
        "2027年预算支出总表·项目支出": Decimal(805000),
        "2027年项目支出预算表（本年预算）": Decimal(805000),
    }


def test_how_fine_a_table_prints():
    """In 万元 with two decimals a figure is right to half of 100 元; a table of whole 元 to half a 元."""
    assert set(read_text(TEXT).budget.rounding.values()) == {Decimal(50)}
    whole = TEXT.replace("80.50", "805000").replace("30.25", "302500").replace("50.25", "502500")
    whole = whole.replace("单位：万元\n项目名称", "单位：元\n项目名称")
    assert read_text(whole).budget.rounding["2027年项目支出预算表（本年预算）"] == Decimal("0.5")


COLUMNS = """2027年项目支出预算表
单位：万元
项目名称\t合计\t2027年财政拨款\t\t单位资金
\t\t一般公共预算\t政府性基 金预算
1\t2\t3\t4\t5
合计\t80.5\t70.25\t10\t0.25
泵站检修\t30.25\t20.25\t10\t
闸门更换\t50.25\t50\t\t0.25
"""


def test_totals_of_columns_under_heads_of_two_rows():
    title = "2027年项目支出预算表"
    budget = read_text(COLUMNS).budget
    assert budget.totals == {
        title: 805000,
        f"{title}·一般公共预算": 702500,
        f"{title}·政府性基金预算": 100000,
        f"{title}·单位资金": 2500,
    }
    assert budget.rounding == {title: Decimal(50)}
    assert [p.table for p in budget.projects] == [title, title]


def test_owner_and_unit_in_one_row_of_cells():
    text = COLUMNS.replace("单位：万元\n", "单位名称:澄湖县水利局\t\t\t\t单位:万元\n")
    text = text.replace("合计\t80.5", "澄湖县水利局\t80.5")
    budget = read_text(text).budget
    assert [p.amount for p in budget.projects] == [302500, 502500]
    assert budget.totals["2027年项目支出预算表"] == 805000


def test_of_two_years_the_last_is_read():
    text = COLUMNS.replace("项目名称\t合计\t2027年财政拨款", "项目名称\t2026年预算数\t2027年预算数")
    text = text.replace("一般公共预算", "小计")
    assert [p.amount for p in read_text(text).budget.projects] == [202500, 500000]


def test_carried_over_from_last_year():
    text = TEXT.replace("收入总计\t180.50", "上年结转\t12.30\t年终结转\t\n收入总计\t180.50")
    assert read_text(text).budget.totals["2027年预算收支总表·上年结转"] == 123000


def test_statements_are_sentences_with_figures():
    document = read_text(TEXT)
    assert [(s.text, s.location.line, s.location.column) for s in document.narrative] == [
        ("纳入绩效目标管理的二级项目2个，共计金额80.50万元", 27, 1),
        ("占项目支出的100%；没有其他项目", 27, 29),
    ]
    assert [t.project for t in document.tables] == ["泵站检修"]


def test_a_form_alone_has_neither():
    document = read_text(TEXT[TEXT.index("项目支出绩效目标表\n") :])
    assert document.budget is None
    assert document.narrative == ()

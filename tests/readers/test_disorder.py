"""Forms whose columns a copy has mixed: read where names and figures pair for certain, else told as unread."""

import pytest

from kpi.readers import read_text
from kpi.readers.disorder import IN_ORDER, REST, WHOLE

HEAD = "枫溪县项目支出绩效自评表 (2031年度) 项目名称 渡船检修 主管部门 枫溪县交通局 执行数 得分 "
GROUPS = "6艘 6艘 20 20 100% 98% 20 19 及时 及时 20 20 ≥90% 93% 20 20 ≥95% 96% 10 10 100 99 "
NAMES = "渡船检修数量 检修合格率 检修及时性 渡口安全隐患消除 率 满意度指标 服务对象满意度指标 乘客满意度 "
LEVELS = "产出指标 质量指标 绩效指标 时效指标 效益指标 社会效益指标 "
APART = f"{HEAD}一级指标 二级指标 三级指标 数量指标 年度 指标值 实际 完成值 分值 得分 {{groups}}{LEVELS}"
COUNTED = (
    f"{HEAD}一级 指标 二级指标 三级指标 数量指标 指标1:全年检修渡船 绩 效 指 标 产出 指标 (50分) 实际 指标值 完成值 "
    "16 分值 得分 偏差原因分析及改进措 施 15 20 19 一艘船改在 明年检修 质量指标 指标1:检修是否经 船检验收 "
    "100% 100% 20 20 300元 300元 10 10 90% 90% 30 28 95% 95% 10 9 100 96 成本指标 指标1:每艘船检修费 效益指 标(30 分) "
    "社会效益 指标1:是否方便两岸 村民出行 满意度 指标 服务对象满 指标1:乘客满意度 (10分 意度指标 ) 总分"
)


def rows_of(text):
    document = read_text(text)
    rows = [row for table in document.tables for row in table.indicators]
    return document, [(i.level2, i.name, i.annual.text, i.actual and i.actual.text, i.weight, i.score) for i in rows]


def test_names_behind_all_figures_are_paired_in_order():
    document, rows = rows_of(f"{APART.format(groups=GROUPS)}{NAMES}总分")
    assert rows == [
        ("数量指标", "渡船检修数量", "6艘", "6艘", "20", "20"),
        ("质量指标", "检修合格率", "100%", "98%", "20", "19"),
        ("时效指标", "检修及时性", "及时", "及时", "20", "20"),
        ("社会效益", "渡口安全隐患消除率", "≥90%", "93%", "20", "20"),
        ("服务对象满意度", "乘客满意度", "≥95%", "96%", "10", "10"),
    ]
    (table,) = document.tables
    assert (table.cut, table.begun, document.unread) == (False, False, ())
    assert IN_ORDER in table.explain


def test_counted_names_some_of_them_beside_their_figures():
    document, rows = rows_of(COUNTED)
    assert [(level, name, value, full) for level, name, value, _, full, _ in rows] == [
        ("数量指标", "指标1:全年检修渡船", "16", "20"),
        ("质量指标", "指标1:检修是否经船检验收", "100%", "20"),
        ("成本指标", "指标1:每艘船检修费", "300元", "10"),
        ("社会效益", "指标1:是否方便两岸村民出行", "90%", "30"),
        ("服务对象满意度", "指标1:乘客满意度", "95%", "10"),
    ]
    assert document.unread == ()


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        (GROUPS.replace("≥95% 96% 10 10", "≥95% 96% 30 30"), NAMES),  # the points come to more than all
        (GROUPS, NAMES.replace("乘客满意度", "乘客满意度 渡口管理员到岗率")),  # a name too many
        (GROUPS, NAMES.replace("检修合格率 ", "")),  # a name too few
        (GROUPS.replace("及时 及时 20 20 ", ""), NAMES),  # a group too few
        (GROUPS.replace("及时 及时", "2 及时 及时"), NAMES),  # the number of a page among them
        (GROUPS.replace("6艘 6艘 20 20 ", "").replace("100 99", "6艘 6艘 20 20 100 99"), NAMES),  # ships for a rate
        (GROUPS.replace("6艘 6艘", "6艘 98%"), NAMES),  # a result of another row
        (GROUPS, NAMES.replace("检修合格率 ", "检修 合格率 ").replace("数量 ", "数量完工率 ")),  # two in one
        (GROUPS, NAMES.replace("检修及时性 ", "").replace("乘客满意度", "乘客满意度 检修及时性")),  # drawn last
    ],
)
def test_what_does_not_come_out_even_is_unread(groups, names):
    document, rows = rows_of(APART.format(groups=groups) + names + "总分")
    assert document.unread
    assert ("质量指标", "检修合格率", "100%", "98%", "20", "19") not in rows


SWALLOWED = (
    "项目支出绩效自评表\n(2031年度)\n项目名称\n渡口值守经费\n主管部门\n枫溪县交通局\n项目资金\n(万元)\n年初预算数\n全年执行数\n分值\n"
    "执行率\n得分\n年度资金总≥90%\n95%\n10\n10\n可持续影响指标\n值守机制\n健全\n健全\n10\n9\n满意度\n指标\n服务对象满意度指标\n"
    "过渡村民满意度\n≥95%\n97%\n10\n10\n总分\n100\n98\n"
)


def test_rows_behind_what_a_page_has_swallowed():
    document, rows = rows_of(SWALLOWED)
    assert rows == [
        ("可持续影响", "值守机制", "健全", "健全", "10", "9"),
        ("服务对象满意度", "过渡村民满意度", "≥95%", "97%", "10", "10"),
    ]
    (table,) = document.tables
    assert (table.project, table.cut, table.begun, table.patchy) == ("渡口值守经费", True, True, True)
    assert WHOLE in table.explain
    assert document.unread == ()


@pytest.mark.parametrize("torn", ["过渡村民满意度\n≥95%\n10\n10", "过渡村民满意度\n≥95%\n97%\n10\n20"])
def test_a_row_that_is_not_whole_stays_out(torn):
    _, rows = rows_of(SWALLOWED.replace("过渡村民满意度\n≥95%\n97%\n10\n10", torn))
    assert "过渡村民满意度" not in [row[1] for row in rows if row[4:] != ("10", "10")]


FIRST = "一级指标 二级指标 {levels}产出指标 绩 效 指 标 三级指标 指标值 {rows}"
SECOND = "二级指标 数量指标 产出指标 质量指标 渡船年检率 100% 时效指标 按月巡检 按月巡检 成本指标 船修费、燃料费 9万元"
TARGETS = "枫溪县项目支出绩效目标申报表 (2031年度) 项目名称 渡口管护经费 主管部门 枫溪县交通局 年度资金总额: 90,000 "


def test_texts_behind_as_many_labels_are_theirs():
    head = (
        "项目概况 用于渡口日常管护和宣传 立项依据 枫溪县政府第12次常务会议纪要 "
        "项目设立必要性 保证项目实施的制度、措施 项目实施计划 方便两岸村民出行 "
        "渡口管理办法和值班制度 三月招标十月验收 实施期目标 年度目标 总体目标 全年安全渡运村民八千人次 "
    )
    (table,) = read_text(TARGETS + head + FIRST.format(levels="数量指标 质量指标 ", rows="") + SECOND).tables
    assert dict(table.sections) == {
        "项目概况": "用于渡口日常管护和宣传",
        "立项依据": "枫溪县政府第12次常务会议纪要",
        "项目设立必要性": "方便两岸村民出行",
        "保证项目实施的制度、措施": "渡口管理办法和值班制度",
        "项目实施计划": "三月招标十月验收",
    }
    assert (table.period_goal, table.annual_goal) == ("全年安全渡运村民八千人次", "")


@pytest.mark.parametrize(
    ("levels", "listed", "read"),
    [
        (
            "数量指标 质量指标 ",
            "码头栈桥 3处 渡船巡检 120次 船况达标 100% 用于巡检和燃料 ",
            ["数量指标", "数量指标", "质量指标"],
        ),
        ("数量指标 质量指标 ", "船况达标 100% 码头栈桥 3处 渡船巡检 120次 用于巡检和燃料 ", []),  # a share first
        ("数量指标 质量指标 ", "码头栈桥 3处 渡船巡检 9次 救生衣 5件 9件 ", []),  # figures left
        ("数量指标 时效指标 ", "码头栈桥 3处 渡船巡检 120次 船况达标 100% 用于巡检和燃料 ", []),  # other levels
    ],
)
def test_rows_behind_the_heads_whose_levels_came_first(levels, listed, read):
    document = read_text(TARGETS + FIRST.format(levels=levels, rows=listed) + SECOND)
    (table,) = document.tables
    assert [row.level2 for row in table.indicators] == [*read, "质量指标", "时效指标", "成本指标"]


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        (
            "实施单位 项目属性 一次性项目(1年结束) 项目期 实施期资金总额: 90,000 ",
            ("", "一次性项目(1年结束)", ""),
        ),
        ("实施单位 枫溪县航运所 项目属性 经常性项目 项目期 一年 ", ("枫溪县航运所", "经常性项目", "一年")),
        # whose the text is, or that it is all there was, is not certain
        ("实施单位 项目属性 枫溪县航运所 项目期 实施期资金总额: ", (None, None, None)),
        ("主管单位 实施单位 项目属性 一次性项目 项目期 项目属性 ", (None, None, None)),
    ],
)
def test_fields_whose_blank_is_plain(head, fields):
    rows = "码头栈桥 3处 渡船巡检 120次 船况达标 100% 用于巡检和燃料 "
    (table,) = read_text(TARGETS + head + FIRST.format(levels="数量指标 质量指标 ", rows=rows) + SECOND).tables
    assert table.department == "枫溪县交通局"
    assert (table.unit, table.attribute, table.term) == fields


LOOSE_ROWS = (
    "项目自评表 项目名称 2031 年渡口补助资金 主管部门 枫溪县交通局 一级指标 年度财政 资金总额 "
    "预算数 (A) 执行数(B) 执行率(B/A) 得分 96.62 96.62 100% 20 三级指标 年初目标值 (A) 实际完成值 (B) 得分 "
    "检修渡船(艘) 48 51 10 补助渡口、码头 数量 4 4 10 "
    "渡运秩序改善 得到村民 认可 村民认 可明显 10 补助资金兑付率 90% 100% 10 船检及时性 95%以上 100% 10 社会效益 指标 "
    "渡口落实安全 管理情况 落实安 全管理制度 二级指标 数量指标 年度 绩效 目标 (80 分) 产出指标 (60 分) "
    "时效指标 效益指标 (40 分) 总分 质量指标 渡口较好 落实制度 20 20 100 "
)


def test_rows_below_their_heads_whose_levels_stand_elsewhere():
    document = read_text(LOOSE_ROWS)
    (table,) = document.tables
    assert (table.project, table.cut, table.begun) == ("2031 年渡口补助资金", False, False)
    assert [(i.level2, i.name, i.annual.text, i.actual and i.actual.text, i.score) for i in table.indicators] == [
        ("数量指标", "检修渡船(艘)", "48", "51", "10"),
        ("数量指标", "补助渡口、码头数量", "4", "4", "10"),
        ("质量指标", "渡运秩序改善", "得到村民认可", "村民认可明显", "10"),
        ("质量指标", "补助资金兑付率", "90%", "100%", "10"),
        ("时效指标", "船检及时性", "95%以上", "100%", "10"),
        ("社会效益", "渡口落实安全管理情况", "落实安全管理制度", None, ""),
    ]
    assert dict(table.shares) == {"绩效指标": "80", "产出指标": "60", "效益指标": "40"}
    assert not document.unread


@pytest.mark.parametrize(
    ("part", "other", "left"),
    [
        ("得到村民 认可 村民认 可明显", "村里 制定公约 暂停营运", "渡运秩序改善"),  # nothing says the value again
        ("管理情况 落实安 全管理制度", "管理情况 检查12 次 实际检查9 次", "渡口落实安全"),  # value and result in one
    ],
)
def test_words_that_may_be_name_or_value_are_left(part, other, left):
    document = read_text(LOOSE_ROWS.replace(part, other))
    (table,) = document.tables
    assert table.cut
    assert [(one.text, one.reason) for one in document.unread] == [(left, REST)]


def test_a_reason_in_front_of_a_name_in_two_cells_is_left_with_it():
    document, rows = rows_of(LOOSE_ROWS.replace("检修渡船(艘) 48 51 10", "检修渡船(艘) 48 51 10 汛期停渡三个月"))
    assert [name for _, name, *_ in rows[:2]] == ["检修渡船(艘)", "渡运秩序改善"]
    assert [one.text for one in document.unread] == ["汛期停渡三个月"]


def test_a_result_in_words_behind_a_figure():
    rows = rows_of(LOOSE_ROWS.replace("检修渡船(艘) 48 51", "扩建候船室 1栋 主体完工,设备待装"))[1]
    assert [(name, value, actual) for _, name, value, actual, *_ in rows[:1]] == [
        ("扩建候船室", "1栋", "主体完工,设备待装")
    ]


def test_a_unit_behind_its_figure_and_a_name_in_two_cells_make_a_row():
    text = LOOSE_ROWS.replace("补助资金兑付率 90% 100% 10 ", "")
    text = text.replace("码头 数量 4 4 10", "码头 数量 4 4 10 举办渡工、船员 安全培训场次 6 6 10")
    _, rows = rows_of(text.replace("船检及时性 95%以上 100%", "每周开放时间 56 小时 56 小时"))
    assert [(two, name, value) for two, name, value, *_ in rows[2:5]] == [
        ("数量指标", "举办渡工、船员安全培训场次", "6"),
        ("质量指标", "渡运秩序改善", "得到村民认可"),
        ("时效指标", "每周开放时间", "56小时"),
    ]


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("船检及时性 95%以上 100% 10", "船检及时性 95%以上 100% 10 过渡村民满意度 90% 93% 10"),  # no output
        ("补助渡口、码头 数量 4 4", "补助渡口、码头 数量 4 100%"),  # a result of another row
    ],
)
def test_a_row_that_may_be_no_output_leaves_them_all_unread(part, other):
    assert rows_of(LOOSE_ROWS)[1]
    document, rows = rows_of(LOOSE_ROWS.replace(part, other))
    assert (rows, bool(document.unread)) == ([], True)


FLAT = (
    "1、枫溪市级财政支出项目绩效自评价报告枫溪市级财政支出项目绩效自评表"
    "项目名称 渡口管护 项目年份 2031项目主管部门(单位) 枫溪市交通局\n"
    "2、项目 类别 指标名称 目标值 权重 实际完成 值 自评分管护台账健全性 健全 2.5 好 2.5资金拨付及时率 =100% 2.5 =\n"
    "3、97% 2.4投入目标(28 分)渡船检修 及时,到 位 5.5 及时,到 位 5.5"
    "检修渡船数量 12艘 5.5 12艘 5.5产出目标(28 分)船检合格率 95% 4 95%\n"
    "4、4过渡村民投诉办结率 =100% 4 =100% 4村民满意度 90% 4 91% 4出行条件 改"
)


def test_rows_one_behind_the_other_in_a_run_of_text():
    document, rows = rows_of(FLAT)
    assert [row[1:] for row in rows] == [
        ("管护台账健全性", "健全", "好", "2.5", "2.5"),
        ("资金拨付及时率", "=100%", "=97%", "2.5", "2.4"),
        ("渡船检修", "及时,到 位", "及时,到 位", "5.5", "5.5"),
        ("检修渡船数量", "12艘", "12艘", "5.5", "5.5"),
        ("船检合格率", "95%", "95%", "4", "4"),
        ("过渡村民投诉办结率", "=100%", "=100%", "4", "4"),
        ("村民满意度", "90%", "91%", "4", "4"),
    ]
    (table,) = document.tables
    assert (table.project, table.cut, table.form, document.unread) == ("渡口管护", True, "self-evaluation", ())
    assert {entry.location.line for row in table.indicators for _, entry in row.entries()} == {2, 3, 4}


@pytest.mark.parametrize("torn", ["12艘 5.5 12艘 55检修", "12艘 12艘 5.5船检", "12艘 5.5 12艘 5.5 汛期停渡 船检"])
def test_a_run_of_text_with_a_torn_row_is_unread(torn):
    document, rows = rows_of(FLAT.replace("12艘 5.5 12艘 5.5产出目标(28 分)船检", torn))
    assert (rows, bool(document.unread)) == ([], True)


def test_a_text_that_breaks_off_amid_its_heads_has_no_row_yet():
    first = (
        "项目支出绩效自评表(2031年度)项目名称渡船检修主管部门枫溪县交通局一级指标二级指标三级指标年度指标值实际完成值"
        "分值得分产出指标数量指标检修渡船6艘6艘2020质量指标检修合格率100%100%2020总分10098"
    )
    second = "项目名称渡口值守经费主管部门枫溪县交通局项目资金年初预算数全年执行数分值执行率得分年度资金总额1212"
    document = read_text(f"{first}{second}绩效指标一级指标二级指标三级指标年度指标值实际完成值分值得分偏差原因分析及改")
    told = [(t.project, len(t.indicators), t.cut) for t in document.tables]
    assert told == [("渡船检修", 2, False), ("渡口值守经费", 0, True)]
    assert document.tables[-1].annual_funding is None
    assert document.unread == ()


def test_three_amounts_of_the_second_form_in_a_line_are_told_apart_by_their_rate():
    """Read as two amounts, 1212 and 1210 would fit as well: only the heads say that there are three."""
    form = (
        "项目支出绩效自评表(2031年度)项目名称{}主管部门枫溪县交通局项目资金(万元)年初预算数全年预算数全年执行数分值执行率得分"
        "年度资金总额{}其中:当年财政拨款{}一级指标二级指标三级指标年度指标值实际完成值分值得分"
        "产出指标数量指标检修渡船6艘6艘2020质量指标检修合格率100%100%2020总分10098"
    )
    second = form.format("渡口值守", "12121210100%10", "121212")
    document = read_text(form.format("渡船检修", "181815.61087%8.7", "181815.6") + second)
    done = [t.execution and (t.execution.budget, t.execution.adjusted, t.execution.spent) for t in document.tables]
    assert done == [(180000, 180000, 156000), (120000, 120000, 120000)]


def test_a_sheet_of_marks_has_no_targets():
    document = read_text(
        "枫溪县渡口改造项目绩效评价报告。2031年项目支出绩效评分表一级指标二级指标三级指标分值指标评价内容(公式计算结果=x)得分"
        "项目决策(10分)规划论证相关性(职能依据)5项目与部门职能衔接5充分性(论证程序)5前期论证程序是否完备4项目管理(20分)"
        "资金管理资金到位3资金到位情况3"
    )
    assert (document.tables, document.unread) == ((), ())


def test_levels_in_front_of_the_last_heads_are_rows_that_are_not_read():
    document = read_text(
        "1、枫溪县渡口改造绩效评价报告项目绩效目标表项目名称渡口改造指标类型绩效指标绩效目标绩效标准优良中差产出指标改造渡口座数6座6座"
        "5座4座3座成效指标对两岸村民出行的改善明显明显较明显一般不明显项目基本信息主管部门枫溪县交通局"
        "二、绩效评价指标评分一级指标分值二级指标分值三级指标分值得分项目决策20项目目标4目"
    )
    assert document.unread


def test_how_a_project_was_decided_on_is_no_target():
    document = read_text(
        "市本级项目支出绩效自评表(2031年)项目名称渡船检修主管部门枫溪县交通局一级指标二级指标三级指标分值指标值全年实际值得分"
        "项目决策(10分)项目目标合理性5一目标清楚5立项依据充分性5一有批复文件5项目管理(20分)资金管理预算执行率20一100%20"
        "产出指标(50分)数量指标检修渡船256艘6艘25质量指标检修合格率25100%100%25"
    )
    assert [row.level2 for table in document.tables for row in table.indicators] == ["数量指标", "质量指标"]
    assert document.unread == ()


@pytest.mark.parametrize(
    ("group", "level", "value", "result"),
    [
        ("按时 每月15日前 20 19", "时效指标", "按时", "每月15日前"),
        ("36万元 29.8万 元 20 20", "成本指标", "36万元", "29.8万元"),
        ("有效遏 制 有效遏 制 20 20", "时效指标", "有效遏制", "有效遏制"),
    ],
    ids=["a word and a day", "an amount that broke before its unit", "a word that broke twice"],
)
def test_groups_of_words_and_of_pieces(group, level, value, result):
    text = f"{APART.format(groups=GROUPS.replace('及时 及时 20 20', group))}{NAMES}总分".replace("时效指标", level)
    document, rows = rows_of(text.replace("检修及时性", "检修费用") if level == "成本指标" else text)
    assert [row[2:4] for row in rows][2] == (value, result)
    assert (len(rows), document.unread) == (5, ())


def test_a_sheet_whose_columns_came_out_one_after_the_other():
    """No value stands beside its name; times and broken units are values, too."""
    text = (
        "石桥县项目支出绩效自评表 (2027年度) 项目名称 渡工补贴配套资金 主管部门 "
        "石桥县交通局 项目资金 年初预算数 (万元) 年度资金总额 "
        "其中:当年财政拨款 实施单位 全年预算数 全年执行数 分值 执行率 得分 36 38 37.5 10 "
        "98.68% 9.9 36 38 37.5 — 98.68% — "
        "预期目标 实际完成情况 为渡工按月发放补贴 已发放 年度总 体目标 一级 指标 二级指标 "
        "三级指标 数量指 标 指标1:发放渡工补贴人数 "
        "绩 效 指 标 石桥县渡口所 产出 指标 (50分 ) 实际 指标值 完成值 60人 分值 "
        "得分 偏差原因分析及改进措 施 61人 15 15 "
        "质量指标 指标1:渡工补贴发放准确率 100% 99% 10 9 一人去世后家属未及时上报 时效指标 指标1:渡工补贴每月发放时 间 "
        "每月20日前 按时发放 10 10 50元/人· 月 50 15 15 有效改善 有效改善 30 30 ≥95% 95% 10 10 100 98.9 "
        "成本指标 指标1:65-70周岁渡工补贴标 准 效益指 标(30 分) 年度 社会效益 "
        "指标1:改善渡工生活 满意度 指标 服务对象满 "
        "指标1:渡工满意度 (10分 意度指标 ) 总分\n"
    )
    (table,) = read_text(text).tables
    assert [(row.name.partition(":")[2], row.annual.text, row.actual.text) for row in table.indicators] == [
        ("发放渡工补贴人数", "60人", "61人"),
        ("渡工补贴发放准确率", "100%", "99%"),
        ("渡工补贴每月发放时间", "每月20日前", "按时发放"),
        ("65-70周岁渡工补贴标准", "50元/人·月", "50"),
        ("改善渡工生活", "有效改善", "有效改善"),
        ("渡工满意度", "≥95%", "95%"),
    ]


def test_names_of_one_level_each_have_their_own_figures():
    text = (
        "石桥县项目支出绩效自评表 (2027年度) 项目名称 渡工补贴配套资金 一级 指标 二级指标 三级指标 数量指标 "
        "指标1:发放渡工补贴人数 指标2:更换救生衣 产出 指标 (50分 ) 实际 指标值 完成值 "
        "60人 61人 20 20 152件 146件 10 9.5 "
        "时效指标 指标1:补贴按季度发 放 每季度 前三季度按季、四季度12月底 20 18 四季度考核较晚 "
        "不发生 0起 30 30 95% 96% 10 10 100 97.5 "
        "效益指 标(30 分) 社会效益 指标1:渡口安全事故发生情况 满意度 指标 服务对象满 "
        "指标1:渡工满意度 (10分 意度指标 ) 总分\n"
    )
    (table,) = read_text(text).tables
    assert [(row.level2, row.annual.text) for row in table.indicators] == [
        ("数量指标", "60人"),
        ("数量指标", "152件"),
        ("时效指标", "每季度"),
        ("社会效益", "不发生"),
        ("服务对象满意度", "95%"),
    ]

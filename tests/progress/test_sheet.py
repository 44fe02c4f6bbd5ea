"""Plain sheets of actual values, forms with columns of their own, JSON: what is read from each."""

import json
from io import BytesIO

import pytest
from xlsxwriter.workbook import Workbook

from kpi.model import Document
from kpi.progress.actuals import Actuals, read_actuals
from kpi.readers import ReadError, read_text
from kpi.reports.extract_json import render_json
from kpi.reports.outcome import Reading

FORM = """项目支出绩效运行监控表
（2026年度）
项目名称\t北坡灌区渠道清淤
主管部门\t双泉县水利局\t实施单位\t双泉县灌区管理所
项目资金（万元）\t\t年初预算数\t1-7月执行数\t执行率\t全年预计执行数
\t年度资金总额\t80.00\t36.00\t45%\t80.00
年度总体目标\t清淤渠道
一级指标\t二级指标\t三级指标\t年度指标值\t1-7月执行情况\t全年预计完成情况\t偏差原因\t完成目标可能性
产出指标\t数量指标\t清淤渠道长度\t≥40公里\t25公里\t40公里\t\t确定能
\t质量指标\t渠道验收合格率\t≥95%\t96%\t96%\t\t确定能
满意度指标\t服务对象满意度\t农户满意度\t≥90%\t\t\t\t
"""


def sheet(text: str, name: str = "7月.csv") -> Actuals:
    return read_actuals(name, text.encode("utf-8"))


def workbook(rows, merge=()) -> bytes:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet()
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(at, column, cell)
    for one in merge:
        page.merge_range(*one)
    book.close()
    return buffer.getvalue()


def test_heads_in_any_order_and_others_ignored():
    found = sheet("备注,实际完成值,三级指标,年度指标值,项目名称\n甲,25公里,清淤渠道长度,≥40公里,北坡灌区\n")
    [row] = found.rows
    assert (row.project, row.level2, row.name, row.text) == ("北坡灌区", "", "清淤渠道长度", "25公里")
    assert row.outlook is None


def test_all_columns():
    found = sheet(
        "项目名称,二级指标,三级指标,实际完成值,全年预计完成,完成可能性,偏差原因,得分,指标性质,进度安排\n"
        "北坡灌区,数量指标,清淤渠道长度,25公里,40公里,确定能,,10,累计,30/50/80/100\n"
        "北坡灌区,,预算执行数,36万元,,,,,,\n北坡灌区,,年初预算数,80万元,,,,,,\n"
    )
    [row] = found.rows
    assert (row.level2, row.expected_year_end, row.outlook, row.reason) == ("数量指标", "40公里", "确定能", "")
    assert (row.score, row.nature, row.schedule) == ("10", "累计", "30/50/80/100")
    assert [(m.kind, m.text) for m in found.money] == [("spent", "36万元"), ("budget", "80万元")]
    assert "reason" in found.columns


def test_weights():
    [row] = sheet("三级指标,分值,实际完成值,得分\n清淤渠道长度,15,25公里,\n").rows
    assert (row.weight, row.score) == ("15", "")
    [row] = sheet("三级指标,实际完成值\n清淤渠道长度,25公里\n").rows
    assert row.weight is None


def test_without_project_and_level():
    [row] = sheet("三级指标,实际完成值\n清淤渠道长度,25\n").rows
    assert (row.project, row.level2, row.text) == ("", "", "25")


def test_a_title_may_stand_above():
    assert len(sheet("2026年7月完成情况,,\n三级指标,实际完成值\n甲指标,3个\n").rows) == 1


def test_merged_project_and_level_hold_for_the_rows_below():
    rows = [
        ["项目名称", "二级指标", "三级指标", "实际完成值"],
        ["北坡灌区", "数量指标", "清淤渠道长度", "25公里"],
        ["", "", "清淤支渠条数", "3条"],
        ["", "质量指标", "渠道验收合格率", "96%"],
    ]
    merge = [(1, 0, 3, 0, "北坡灌区"), (1, 1, 2, 1, "数量指标")]
    found = read_actuals("表.xlsx", workbook(rows, merge))
    assert [(row.project, row.level2) for row in found.rows] == [
        ("北坡灌区", "数量指标"), ("北坡灌区", "数量指标"), ("北坡灌区", "质量指标"),
    ]  # fmt: skip


def test_blank_projects_go_on():
    found = sheet("项目名称,三级指标,实际完成值\n甲项目,甲指标,1个\n,乙指标,2个\n乙项目,丙指标,3个\n")
    assert [row.project for row in found.rows] == ["甲项目", "甲项目", "乙项目"]


def test_the_unit_whose_project_it_is():
    found = sheet(
        "项目名称,申报单位,实施单位,实施科室,计量单位,三级指标,实际完成值\n"
        "公厕管护,城管局,第一环卫所,甲科,座,新建公厕,1座\n,,,乙科,座,改造公厕,2座\n"
        "公厕管护,城管局,,,座,新建公厕,3座\n公厕管护,城管局,第二环卫所,,,预算执行数,10万元\n"
    )
    assert [row.unit for row in found.rows] == ["第一环卫所", "第一环卫所", ""]
    assert [row.unit for row in found.money] == ["第二环卫所"]


def test_causes_by_ticks():
    head = "三级指标,实际完成值,经费保障,制度保障,原因说明,确定能,有可能,完全不可能\n"
    [row] = sheet(head + "甲指标,1个,√,,资金到得晚,,√,\n").rows
    assert (row.reason, row.outlook) == ("经费保障；资金到得晚", "有可能")


def test_a_row_without_a_name_is_told():
    found = sheet("三级指标,实际完成值\n,25公里\n甲指标,1个\n")
    assert len(found.rows) == 1
    assert "没有写三级指标" in found.notes[0]


def test_a_form_with_its_own_columns():
    found = sheet(FORM, "监控表.txt")
    assert [(row.name, row.text, row.outlook) for row in found.rows] == [
        ("清淤渠道长度", "25公里", "确定能"), ("渠道验收合格率", "96%", "确定能"), ("农户满意度", "", ""),
    ]  # fmt: skip
    assert {(m.kind, m.text) for m in found.money} >= {("budget", "800000元"), ("spent", "360000元")}


def test_the_json_of_extract():
    document: Document = read_text(FORM, "监控表.txt")
    found = read_actuals("读到的.json", render_json(Reading((document,))).encode("utf-8"))
    assert [row.text for row in found.rows] == ["25公里", "96%", ""]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.csv", b""),
        ("没有表头.csv", "清淤渠道长度,25公里\n合格率,96%\n".encode()),
        ("别的.txt", "关于召开会议的通知\n".encode()),
        ("坏.json", b"{"),
        ("别的.json", json.dumps({"a": 1}).encode()),
        ("坏.xlsx", b"PK\x03\x04garbage"),
        ("控制字符.csv", b"\x00\x01\x02\x03" * 100),
    ],
)
def test_files_that_tell_nothing(name, data):
    with pytest.raises(ReadError) as problem:
        read_actuals(name, data)
    assert problem.value.message.endswith(("。", "」"))


def test_a_missing_file():
    with pytest.raises(ReadError, match="找不到"):
        read_actuals("没有这个文件.csv")


def test_many_rows_in_reasonable_time():
    text = "三级指标,实际完成值\n" + "".join(f"指标{n},{n}个\n" for n in range(20_000))
    assert len(sheet(text).rows) == 20_000


def test_hostile_cells():
    long = "长" * 10_000
    found = sheet(f'三级指标,实际完成值,进度安排\n{long},{long},{long}\n"甲\x07指标","\x1b[31m3个",9/9\n')
    assert len(found.rows) == 2

"""PFL: cases are data; here are runs of several files, what is found among hundreds, and hostile input."""

import random
from decimal import Decimal

import pytest
from form_cases import cases, check, found

from kpi.model import Budget, BudgetLine, Document, Entry, Indicator, Location, Statement, TargetTable
from kpi.readers import read_text
from kpi.rules import lint
from kpi.rules.blocking import Groups, jaccard, near_pairs, shingles
from kpi.rules.statements import Interval, amounts, around, last_digit, plain, wan

PFL = ["PFL001", "PFL002", "PFL003", "PFL004", "PFL005", "PFL006", "PFL007", "PFL008"]


CASES = cases("project_cases.yaml", "alike_cases.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_cases(national, case):
    check(found(national, case), case["want"])


def form(project, year=2027, unit="澄湖县水利局", **fields):
    row = Indicator("效益指标", "经济效益", "带动灌溉增收", annual=Entry("≥120万元", "带动灌溉增收", Location(line=9)))
    place = {"project": Location(line=1)}
    return TargetTable(project=project, year=year, unit=unit, indicators=(row,), locations=place, **fields)


def codes(national, *documents):
    findings = lint(documents, national, select=PFL).findings
    return [(f.rule, f.document, [e.document for e in f.evidence if e.document]) for f in findings]


def test_projects_of_one_office_in_two_files(national):
    first, second = (
        Document(path, "docx", tables=(form(name),)) for path, name in (("a.docx", "渠道清淤"), ("b.docx", "泵站改造"))
    )
    assert codes(national, first, second) == [("PFL001", "a.docx", ["b.docx"])]


def test_another_office_or_another_year_is_another_project(national):
    mine = Document("a.docx", "docx", tables=(form("渠道清淤（上半年）"),))
    for other in (form("渠道清淤（下半年）", unit="青岭乡人民政府"), form("渠道清淤（上半年）", year=2026)):
        assert codes(national, mine, Document("b.docx", "docx", tables=(other,))) == []


def test_a_form_in_two_formats_is_one_project(national):
    files = [Document(path, "x", tables=(form("渠道清淤"), form("泵站改造"))) for path in ("a.docx", "a.pdf")]
    assert codes(national, *files) == [("PFL001", "a.docx", [])]


def test_a_form_and_its_self_evaluation_are_not_two_projects(national):
    both = (form("渠道清淤"), form("渠道清淤", form="self-evaluation"))
    assert codes(national, Document("a.docx", "docx", tables=both)) == []


DISCLOSURE = """澄湖县水利局2027年部门预算
2027年支出总表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t180.50\t100.00\t80.50
213\t农林水支出\t180.50\t100.00\t80.50
21303\t水利\t180.50\t100.00\t80.50
2130301\t行政运行\t100.00\t100.00\t
2130306\t水利工程运行与维护\t80.50\t\t80.50
2027年项目支出预算表
单位：万元
项目名称\t合计\t一般公共预算
合计\t80.50\t80.50
泵站检修\t30.25\t30.25
闸门更换\t50.25\t50.25

第三部分 情况说明
2027年支出预算180.50万元，比2026年预算增加20.50万元，增长12.81%。
其中：基本支出100万元，占55.4%；项目支出80.5万元，占44.6%。
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", []),
        ("闸门更换\t50.25\t50.25", "闸门更换\t50.20\t50.20", ["PFL006"]),
        ("水利工程运行与维护\t80.50\t\t80.50", "水利工程运行与维护\t80.00\t\t80.00", ["PFL006"]),
        ("12.81%", "11.36%", ["PFL007"]),
        ("占44.6%", "占46.4%", ["PFL007"]),
        ("项目支出80.5万元", "项目支出85.0万元", ["PFL006", "PFL007"]),
        ("比2026年预算", "比2023年预算", ["PFL007"]),
    ],
)
def test_a_disclosure_as_a_file(national, old, new, said):
    document = read_text(DISCLOSURE.replace(old, new) if old else DISCLOSURE)
    assert [f.rule for f in lint([document], national, select=PFL).findings] == said


def test_findings_point_at_the_line(national):
    document = read_text(DISCLOSURE.replace("12.81%", "11.36%"))
    (finding,) = lint([document], national, select=PFL).findings
    assert finding.evidence[0].location.line == 18
    assert finding.project == ""


def test_amounts_carry_how_exact_they_are():
    (first, second, third) = amounts(plain("共６，１００.91万元、360 万元和1.5亿元"))
    assert (first.value, first.half) == (Decimal("61009100"), Decimal(50))
    assert (second.value, second.half) == (Decimal(3600000), Decimal(5000))
    assert (third.value, third.half) == (Decimal(150000000), Decimal(5000000))
    assert last_digit("12.50") == Decimal("0.01")
    assert around(Decimal(2), Decimal(1)).share(Interval(Decimal(0), Decimal(5))) is None
    assert (wan(Decimal(61009100)), wan(Decimal(50)), wan(Decimal(85910))) == ("6,100.91万元", "50元", "8.591万元")


_TRADES = [
    "水库",
    "公路",
    "校舍",
    "诊所",
    "法庭",
    "茶园",
    "补贴",
    "档案",
    "统计",
    "信访",
    "征地",
    "警务",
    "图书",
    "粮库",
]
_WORKS = ["维修改造", "运行维护", "购置更新", "建设补助", "宣传培训", "普查核查", "应急处置", "监测评估"]
_TAILS = ["经费", "项目", "资金", "专项", "工程"]


def made_names(count, seed=7):
    """Names of projects, many of them a slip of the pen away from an earlier one."""
    pick = random.Random(seed)
    names = []
    for n in range(count):
        if names and n % 3 == 0:
            old = list(pick.choice(names))
            old[pick.randrange(len(old))] = pick.choice("东西南北中新老大小")
            names.append("".join(old))
        else:
            place = "".join(pick.choices("澄湖青岭石桥清溪白马云台", k=3))
            names.append(place + pick.choice(_TRADES) + pick.choice(_WORKS) + pick.choice(_TAILS))
    return names


@pytest.mark.parametrize("likeness", ["0.4", "0.5", "0.6"])
def test_blocking_misses_none_of_500_forms(likeness):
    sets = [shingles(name) for name in dict.fromkeys(made_names(500))]
    wanted = {
        (i, j)
        for j in range(len(sets))
        for i in range(j)
        if sets[i] != sets[j] and jaccard(sets[i], sets[j]) >= float(likeness)
    }
    assert set(near_pairs(sets, Decimal(likeness))) == wanted
    assert len(wanted) > 10


def test_groups_join():
    groups = Groups()
    for one, other in ((1, 2), (3, 4), (2, 3)):
        groups.join(one, other)
    assert len({groups.top(n) for n in (1, 2, 3, 4)}) == 1
    assert groups.top(5) == 5


HOSTILE = [
    "", " " * 50, "万元" * 5000, "占" * 10_000, "比2022年预算" * 1500, "1," * 5000 + "万元", "\x00\x07\u200b",
    "增加1万元，增长" * 1200, "9" * 10_000 + "万元，占50%", "项目支出" * 2500 + "1万元", "(" * 10_000,
    "1万元，占(" + "(" * 5000, "上" * 10_000 + "半年",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:6] or "empty")
def test_nothing_raises(national, text):
    tables = tuple(
        TargetTable(project=text or "空", sections={"项目概况": text}, annual_goal=text, year=2027,
                    indicators=(Indicator("效益指标", "社会效益", text, annual=Entry(text, text, Location())),))
        for _ in range(3)
    )  # fmt: skip
    lines = tuple(BudgetLine(text, amount, Location(), "208", text) for amount in (None, Decimal(0), Decimal(-5)))
    budget = Budget(lines, {text: Decimal(0), f"{text}·项目支出": Decimal(1)}, lines)
    document = Document("x", "text", tables=tables, budget=budget, narrative=(Statement(text, Location()),) * 3)
    result = lint([document], national, select=PFL)
    assert not [f for f in result.findings if f.rule == "KPI001"]

"""The heads of columns, levels and fields in the words of many places, mixed at random: what they head is read
alike."""

from decimal import Decimal
from itertools import product
from pathlib import Path
from random import Random

import pytest
import yaml

from kpi.readers import read_text

WORDS = yaml.safe_load(Path(__file__).with_name("head_words.yaml").read_text(encoding="utf-8"))
LAYOUTS = ("bars", "tabs", "blanks", "lines", "one line")
PLACED = ("bars", "tabs")  # a blank cell has its place there
FORMS = 120  # of each layout
ROWS = [
    ("产出指标", "数量指标", "维修桥梁座数", "≥", "15", "座", "15座"),
    ("产出指标", "数量指标", "举办培训场次", "≥", "4", "场", "5场"),
    ("产出指标", "质量指标", "工程验收合格率", "=", "100", "%", "100%"),
    ("产出指标", "时效指标", "故障修复时间", "≤", "24", "小时", "18小时"),
    ("产出指标", "成本指标", "桥梁维修成本", "≤", "120", "万元", "118万元"),
    ("效益指标", "社会效益指标", "安全责任事故", "=", "0", "起", "0起"),
    ("效益指标", "可持续影响指标", "设施使用年限", "≥", "10", "年", "10年"),
    ("满意度指标", "服务对象满意度指标", "过往司机满意度", "≥", "90", "%", "93%"),
]
POINTS = (10, 10, 10, 10, 10, 15, 15, 10)
GOAL = "全年维修桥梁15座，举办培训4场，验收合格率100%。"


def laid_out(rows, layout):
    """Rows of cells as text."""
    if layout == "bars":
        return "".join("| " + " | ".join(row) + " |\n" for row in rows)
    if layout == "tabs":
        return "".join("\t".join(row) + "\n" for row in rows)
    if layout == "blanks":
        return "".join("  ".join(cell for cell in row if cell) + "\n" for row in rows)
    if layout == "one line":
        return " ".join(cell for row in rows for cell in row if cell)
    return "".join(f"{cell}\n" for row in rows for cell in row if cell)


def grouped(rows):
    """Levels only where they change."""
    before = ("", "")
    for row in rows:
        one, two = row[:2]
        same = one == before[0]
        yield ["" if same else one, "" if (one, two) == before else two, *row[2:]]
        before = (one, two)


def columns(draw, scored):
    value = draw.choice([["value"], ["sign", "value", "unit"]])
    if not scored:
        more = [kind for kind in ("weight", "note") if draw.random() < 0.4]
        return ["level1", "level2", "name", *value, *more]
    orders = [
        [*value, "actual", "weight", "score", "reason"],
        ["weight", *value, "actual", "score"],
        [*value, "weight", "actual", "score", "reason"],
    ]
    return ["level1", "level2", "name", *draw.choice(orders)]


def cell(kind, row, points, parts):
    one, two, name, sign, figure, unit, actual = row
    value = figure if parts else f"{sign}{figure}{unit}"
    known = {"level1": one, "level2": two, "name": name, "sign": sign, "value": value, "unit": unit, "actual": actual}
    return known.get(kind) or {"weight": points, "score": points, "reason": "", "note": "按实际统计"}[kind]


def read_as(two):
    return two.removesuffix("指标") if two[:2] in ("社会", "可持", "服务") else two


@pytest.mark.parametrize("levels", WORDS["levels"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_columns_are_known_by_any_of_their_heads(layout, levels):
    draw, spelled = Random(f"{layout}{levels}"), WORDS["levels"][levels]
    for _ in range(FORMS // len(WORDS["levels"])):
        scored = draw.random() < 0.5
        kinds = columns(draw, scored)
        heads = [draw.choice(WORDS["heads"][kind]) for kind in kinds]
        rows = [
            [cell(kind, row, str(points), "sign" in kinds) for kind in kinds]
            for row, points in zip(ROWS, POINTS, strict=True)
        ]
        rows = [[spelled.get(one, one), spelled.get(two, two), *rest] for one, two, *rest in rows]
        rows = list(grouped(rows)) if layout in PLACED and draw.random() < 0.5 else rows
        title = f"项目支出绩效{'自评' if scored else '目标'}表\n（2027年度）\n\n"
        head = [["项目名称", "桥梁维修养护"], ["主管部门", "云岭县交通局"], ["年度资金总额（万元）", "120"]]
        text = title + laid_out([*head, heads, *rows], layout)
        found = [
            (row.level2, row.name, row.annual.text, row.actual.text if scored else None)
            for table in read_text(text).tables
            for row in table.indicators
        ]
        wanted = [(read_as(two), name, f"{s}{n}{u}", got if scored else None) for _, two, name, s, n, u, got in ROWS]
        assert found == wanted, text


@pytest.mark.parametrize("layout", [*PLACED, "blanks", "lines"])
@pytest.mark.parametrize("twice", [False, True], ids=["levels once", "levels twice"])
def test_halves_are_told_by_any_of_their_heads(layout, twice):
    draw, words = Random(f"{layout}{twice}"), WORDS["by_half"]
    for name, value in product(words["name"], words["value"]):
        if "{h}" not in name + value or (layout not in PLACED and value == "{h}"):
            continue
        if layout not in PLACED and not twice and name in ("绩效指标",):
            continue  # 二级指标 | 绩效指标 | …: nobody could say where a row ends
        period, annual = draw.choice(words["halves"])
        left, right = ([one.format(h=half) for one in (name, value)] for half in (period, annual))
        heads = ["一级指标", "二级指标", *left, *(["二级指标"] if twice else []), *right]
        rows = [
            [one, two, row, f"{s}{n}{u}", *([two] if twice else []), row, f"{s}{n}0{u}"]
            for one, two, row, s, n, u, _ in ROWS
        ]
        table = laid_out([["项目名称", "桥梁维修养护"], heads, *rows], layout)
        text = f"项目支出绩效目标申报表\n（2027年度）\n\n{table}"
        found = [
            (row.name, row.period and row.period.text, row.annual and row.annual.text)
            for table in read_text(text).tables
            for row in table.indicators
        ]
        assert found == [(row, f"{s}{n}{u}", f"{s}{n}0{u}") for _, _, row, s, n, u, _ in ROWS], text


@pytest.mark.parametrize("above", [False, True], ids=["one row of heads", "under the head of the values"])
@pytest.mark.parametrize("layout", PLACED)
def test_values_stand_under_the_halves_alone(layout, above):
    for period, annual in WORDS["by_half"]["alone"]:
        heads = [["一级指标", "二级指标", "三级指标", period, annual]]
        if above:
            heads = [["一级指标", "二级指标", "三级指标", "指标值", ""], ["", "", "", period, annual]]
        rows = [[*row[:3], "".join(row[3:6]), f"{row[3]}{row[4]}0{row[5]}"] for row in ROWS]
        table = laid_out([["项目名称", "桥梁维修养护"], *heads, *rows], layout)
        found = [
            (row.name, row.period and row.period.text, row.annual and row.annual.text)
            for form in read_text(f"项目支出绩效目标申报表\n（2027年度）\n\n{table}").tables
            for row in form.indicators
        ]
        assert found == [tuple(row[2:]) for row in rows], table


@pytest.mark.parametrize("layout", [*LAYOUTS, "labels"])
def test_fields_are_known_by_any_of_their_labels(layout):
    draw = Random(layout)
    for _ in range(FORMS):
        said = {kind: draw.choice(words) for kind, words in WORDS["fields"].items()}
        total = said["total"] if "万元" in said["total"] else f"{said['total']}（万元）"
        head = [
            [said["project"], "桥梁维修养护"],
            [said["department"], "云岭县交通局"],
            [said["unit"], "云岭县公路段"],
            [total, "120"],
            [said["source"], "100"],
            [said["other"], "20"],
            [said["goal"], GOAL],
        ]
        rows = [["一级指标", "二级指标", "三级指标", "指标值"], *([*row[:3], "".join(row[3:6])] for row in ROWS)]
        if layout == "labels":
            text = "".join(f"{label}：{value}\n" for label, value in head) + "\n" + laid_out(rows, "tabs")
        else:
            text = laid_out([*head, *rows], layout)
        (table,) = read_text(f"项目支出绩效目标表\n（2027年度）\n\n{text}").tables
        assert (table.project, table.department, table.unit) == ("桥梁维修养护", "云岭县交通局", "云岭县公路段"), text
        money = [funding.total for funding in (table.annual_funding, table.period_funding) if funding]
        assert Decimal(1_200_000) in money, text
        assert GOAL in f"{table.annual_goal}{table.period_goal}", text
        assert len(table.indicators) == len(ROWS), text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_was_spent_and_reached_is_told_from_what_was_planned(layout):
    draw, words = Random(layout), WORDS["money"]
    for _ in range(FORMS):
        said = {kind: draw.choice(some) for kind, some in words.items()}
        kinds = ["whole", "spent", "rate", "score"]
        kinds = draw.choice([["first", "whole", "spent", "points", "rate", "score"], kinds])
        amounts = {"first": "120", "whole": "120", "spent": "114", "points": "10", "rate": "95%", "score": "9.5"}
        parts = {"first": "100", "whole": "100", "spent": "95", "points": "-", "rate": "95%", "score": "-"}
        rest = {"first": "20", "whole": "20", "spent": "19", "points": "-", "rate": "95%", "score": "-"}
        over, planned, reached = said["goals"]
        placed = layout in PLACED
        goals = [[over, planned, reached], ["", GOAL, "都完成了。"]]
        goals = goals if placed else [[over, planned, GOAL, reached, "都完成了。"]]
        rows = [
            ["项目名称", "桥梁维修养护"],
            [said["block"], *(said[kind] for kind in kinds)],
            [said["total"], *(amounts[kind] for kind in kinds)],
            [said["source"], *(parts[kind] for kind in kinds)],
            [said["other"], *(rest[kind] for kind in kinds)],
            *goals,
            ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
            *([*row[:3], "".join(row[3:6]), row[6], str(p), str(p)] for row, p in zip(ROWS, POINTS, strict=True)),
        ]
        (table,) = read_text(f"项目支出绩效自评表\n（2027年度）\n{laid_out(rows, layout)}\n").tables
        money = [funding.total for funding in (table.annual_funding, table.period_funding) if funding]
        assert Decimal(1_200_000) in money, rows
        assert (table.annual_goal or table.period_goal) == GOAL, rows
        assert len(table.indicators) == len(ROWS), rows

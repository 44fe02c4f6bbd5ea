"""Cells of all kinds: shared and inline texts, figures, formulas with their counted results, odd ways to write XML."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from kpi.fixes.richtext import Piece, pieces, reworded, text_xml
from tests.fixes.fixing import fix, values

HEADS = ("一级指标", "二级指标", "三级指标", "指标值", "分值")
TOP = (("项目名称", "澄湖县渠道衬砌"), ("主管部门", "澄湖县水利局"), ("年度资金总额", "20万元"))


def book(*rows, heads=HEADS) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet("目标表")
        for at, row in enumerate([("项目支出绩效目标表",), *TOP, heads, *rows]):
            for column, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.write_formula(at, column, *value)
                else:
                    sheet.write(at, column, *(value if isinstance(value, list) else [value]))
    return target.getvalue()


def rows(value, weight=10, second="≥20座"):
    return (
        ("产出指标", "质量指标", "渠道验收合格率", value, weight),
        ("产出指标", "数量指标", "新建蓄水池", second, 20),
        ("效益指标", "社会效益", "受益农户数", "≥300户", 20),
    )


def sheet(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()


def rewritten(data: bytes, change) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                part = change(part.decode()).encode()
            new.writestr(info, part)
    return target.getvalue()


def test_only_the_cell_changes():
    data = book(*rows("≥９５％"))
    done = fix(data, "表.xlsx")
    assert "≥95%" in values(done.again)
    old, new = sheet(data), sheet(done.data)
    cell = re.compile(r'<c r="D6"[^>]*>.*?</c>')
    assert cell.sub("", old) == cell.sub("", new)
    assert cell.search(new).group() == '<c r="D6" t="inlineStr"><is><t xml:space="preserve">≥95%</t></is></c>'
    with ZipFile(BytesIO(data)) as a, ZipFile(BytesIO(done.data)) as b:
        assert a.read("xl/sharedStrings.xml") == b.read("xl/sharedStrings.xml")


def test_counted_results_survive():
    data = book(*rows("≥９５％", weight=("=5+5", None, 10)))
    done = fix(data, "表.xlsx")
    assert "<f>5+5</f><v>10</v>" in sheet(done.data)
    assert done.again.tables[0].indicators[0].weight == "10"


def test_a_formula_is_left_to_people():
    done = fix(book(*rows(('="≥９５％"', None, "≥９５％"))), "表.xlsx")
    assert done.data is None
    assert "公式" in done.plan.manual[0].reason


APART = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "分值")


def apart(sign, value, unit):
    return (
        ("产出指标", "质量指标", "渠道验收合格率", sign, value, unit, 10),
        ("产出指标", "数量指标", "新建蓄水池", "≥", 20, "座", 20),
        ("效益指标", "社会效益", "受益农户数", "≥", 300, "户", 20),
    )


@pytest.mark.parametrize(
    ("cells", "want"),
    [
        (("≥", "９５", "%"), ("≥", "95", "%")),
        (("≥", "９５", "％"), ("≥", "95", "%")),
        (("≥", "95", "％"), ("≥", "95", "%")),
        (("", "≥９５", "%"), ("", "≥95", "%")),
        (("", "≥９５％", ""), ("", "≥95%", "")),
    ],
)
def test_sign_value_and_unit_keep_their_columns(cells, want):
    done = fix(book(*apart(*cells), heads=APART), "表.xlsx")
    entry = done.again.tables[0].indicators[0].annual
    assert entry.text == "".join(want)
    shown = {edit.cell.location.cell: edit.text for edit in done.plan.edits}
    assert shown == {f"{column}6": new for column, old, new in zip("DEF", cells, want, strict=True) if old != new}


def test_a_number_stays_one():
    """0.97 比例: figure and unit change together, and the figure is one for Excel still."""
    done = fix(book(*apart("≥", 0.97, "比例"), heads=APART), "表.xlsx")
    assert done.again.tables[0].indicators[0].annual.text == "≥97%"
    assert '<c r="E6"><v>97</v></c>' in sheet(done.data)


def test_cells_without_names_and_with_other_quotes():
    data = rewritten(book(*rows("≥９５％")), lambda xml: xml.replace('"', "'"))
    assert "≥95%" in values(fix(data, "表.xlsx").again)
    bare = rewritten(
        book(*rows("≥９５％")), lambda xml: re.sub(r'<c r="[A-Z]+\d+"', "<c", re.sub(r'<row r="\d+"', "<row", xml))
    )
    assert "≥95%" in values(fix(bare, "表.xlsx").again)


def test_commented_sheets():
    data = rewritten(book(*rows("≥９５％")), lambda xml: xml.replace("<sheetData>", "<!-- x --><sheetData>"))
    assert "≥95%" in values(fix(data, "表.xlsx").again)


RAISED = '<r><t>&gt;=100m</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r>'
STRUCK = "<r><t>≥９</t></r><r><rPr><strike/></rPr><t>0</t></r><r><t>５座</t></r>"
BOLD = '<r><t>≥９</t></r><r><rPr><b/><color rgb="FFFF0000"/></rPr><t>５座</t></r>'
SPACED = (
    '<r><rPr><sz val="12"/></rPr><t xml:space="preserve">&gt;= </t></r>'
    '<r><rPr><color rgb="FFFF0000"/></rPr><t>2 座</t></r>'
)


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("runs", [RAISED, STRUCK])
def test_cells_with_raised_or_struck_out_letters_are_left_to_people(runs, shared):
    done = fix(with_runs(runs, shared), "表.xlsx")
    assert done.data is None
    assert "上标或加了删除线" in done.plan.manual[0].reason


@pytest.mark.parametrize("shared", [True, False])
def test_letters_of_other_formats_keep_theirs(shared):
    done = fix(with_runs(BOLD, shared), "表.xlsx")
    assert "≥95座" in values(done.again)
    runs = re.findall(r'<r>(.*?)<t xml:space="preserve">(.*?)</t></r>', sheet(done.data))
    assert [text for _, text in runs] == ["≥95", "座"]
    assert runs[0][0] == ""
    assert re.fullmatch(r'<rPr><b\s*(/>|></b>)<color rgb="FFFF0000"\s*(/>|></color>)</rPr>', runs[1][0])


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ("3000|元/人.次", "3000元/人次", "3000|元/人次"),  # inside one
        ("≥９|５座", "≥95座", "≥95|座"),  # over two: the first of them
        ("３|０ 元/人", "30元/人", "30|元/人"),
        ("完成率|１００|%", "完成率|100|%", "完成率|100|%"),
        (">|=|2套", "≥2套", "≥|2套"),
        (">=|2套", "≥2套", "≥|2套"),
        (">= |2套", "≥2套", "≥|2套"),  # blanks that go take nothing along
        (">=|2 套", "≥2套", "≥|2套"),
        (">= |2 套", "≥2套", "≥|2套"),
        (">|=| 2 套", "≥2套", "≥|2套"),
        (">= 2| 套", "≥2套", "≥2|套"),
        (" |>=2套", "≥2套", "≥2套"),  # the sign, not the blank before it
        (">= 2 套（其中|进口 1 套|）", "≥2套（其中进口1套）", "≥2套（其中|进口1套|）"),
        ("2|套", "≥2套", "≥2|套"),  # put before all
        ("95|座", "95%座", "95%|座"),  # put between two: the one before
        ("|", "≥2套", "≥2套"),  # nothing before
    ],
)
def test_changed_letters_in_their_runs(before, new, after):
    some = [Piece(f"<b{number}/>", text) for number, text in enumerate(before.split("|"))]
    made = reworded(some, new.replace("|", ""))
    assert "|".join(one.text for one in made) == after
    assert reworded(made, after.replace("|", "")) == made
    assert {one.look for one in made} <= {one.look for one in some}


@pytest.mark.parametrize("shared", [True, False])
def test_a_blank_that_goes_leaves_the_formats_around_it(shared):
    done = fix(with_runs(SPACED, shared), "表.xlsx")
    assert "≥2座" in values(done.again)
    runs = re.findall(r'<r><rPr>(.*?)</rPr><t xml:space="preserve">(.*?)</t></r>', sheet(done.data))
    assert [("FFFF0000" in look, text) for look, text in runs] == [(False, "≥"), (True, "2座")]
    assert fix(done.data, "表.xlsx").data is None


def test_runs_in_a_sheet_with_other_tags():
    inner = "<r><rPr><b/></rPr><t>&lt;1_x0041_</t></r><r><t>天</t></r><rPh><t>tiān</t></rPh>"
    some = pieces(inner, "")
    assert some == [Piece("<rPr><b/></rPr>", "<1A"), Piece("", "天")]
    made = text_xml(reworded(some, "<2_x0041_天"), "x:", "")
    assert made == (
        '<x:r><x:rPr><x:b/></x:rPr><x:t xml:space="preserve">&lt;2_x005F_x0041_</x:t></x:r>'
        '<x:r><x:t xml:space="preserve">天</x:t></x:r>'
    )


def with_runs(runs: str, shared: bool) -> bytes:
    data = book(*rows("≥95%", second="此处"))
    if not shared:
        cell = f'<c r="D7" t="inlineStr"><is>{runs}</is></c>'
        return rewritten(data, lambda xml: re.sub(r'<c r="D7"[^>]*>.*?</c>', cell, xml))
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename == "xl/sharedStrings.xml":
                part = part.decode().replace("<t>此处</t>", runs).encode()
            new.writestr(info, part)
    return target.getvalue()

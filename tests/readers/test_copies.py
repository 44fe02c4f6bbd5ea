"""Copies of a form that have lost its columns give the same rows, or say that they cannot be told apart."""

import re
from itertools import product
from pathlib import Path

import pytest

from kpi.readers import read_text

ROOT = Path(__file__).parents[2]
EXAMPLES = ("clean-school", "single-half-clinic", "stacked-road", "weights-farmland")
COPIES = {
    "blanks": lambda text: re.sub(r"^ +", "", re.sub(r"\t+", "  ", text), flags=re.M),
    "a blank": lambda text: re.sub(r"^ +", "", re.sub(r"\t+", " ", text), flags=re.M),
    "a cell a line": lambda text: "\n".join(cell for cell in re.split(r"[\t\n]", text) if cell.strip()),
    "a cell a line, blank ones too": lambda text: text.replace("\t", "\n"),
    "a cell and a bar a line": lambda text: "\n".join(f"{c} |" for c in re.split(r"[\t\n]", text) if c.strip()),
    "bars": lambda text: re.sub(r"^(.*\t.*)$", lambda m: f"| {m[1].replace(chr(9), ' | ')} |", text, flags=re.M),
    "lines without anything between": lambda text: text.replace("\t", ""),
    "one run of text": lambda text: re.sub(r"[\t\n]", "", text),
}  # fmt: skip
#: Rows in a hundred that a copy may give and the form does not: of what runs together some cannot be told apart.
INVENTED = {"lines without anything between": 12, "one run of text": 16}


def said(text: str) -> list[tuple[str, str]]:
    found = (row for table in read_text(text).tables for row in table.indicators)
    told = ((row.name, entry.text) for row in found for _, entry in row.entries() if row.name or entry.text)
    return [(re.sub(r"\s", "", name), re.sub(r"\s", "", value)) for name, value in told]


@pytest.mark.parametrize("copy", [one for one in COPIES if one not in INVENTED])
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_copy_of_an_example_gives_its_rows(name, copy):
    text = (ROOT / "examples" / f"{name}.txt").read_text(encoding="utf-8")
    assert said(COPIES[copy](text)) == said(text)


@pytest.mark.parametrize("copy", INVENTED)
def test_a_copy_that_runs_together_gives_the_rows_of_a_form_in_halves(copy):
    text = (ROOT / "examples/clean-school.txt").read_text(encoding="utf-8")
    assert said(COPIES[copy](text)) == said(text)


@pytest.mark.parametrize("spelled", ["≥⩾", "≥≧", "≥>=", "≥＞＝", "≤⩽", "≤≦"])
def test_however_a_sign_is_spelled_the_rows_are_the_same(spelled):
    sign, spelled = spelled[0], spelled[1:]
    for name, (copy, made) in product(EXAMPLES, COPIES.items()):
        text = (ROOT / "examples" / f"{name}.txt").read_text(encoding="utf-8")
        expected = [(one, value.replace(sign, spelled)) for one, value in said(made(text))]
        assert said(made(text.replace(sign, spelled))) == expected, (name, copy)


@pytest.mark.slow
@pytest.mark.parametrize("copy", COPIES)
def test_copies_of_the_corpus_invent_few_rows(copy):
    rows = invented = 0
    for path in sorted((ROOT / "tests/corpus").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        true = said(text)
        rows += len(true)
        invented += sum(row not in true for row in said(COPIES[copy](text)))
    assert 100 * invented <= INVENTED.get(copy, 1.5) * rows


def test_the_money_of_a_form_whose_columns_are_blanks():
    text = (ROOT / "examples/clean-school.txt").read_text(encoding="utf-8")
    (table,) = read_text(COPIES["blanks"](text)).tables
    assert dict(table.period_funding.sources)["省级财政资金"] == 600_000
    (table,) = read_text(COPIES["one run of text"](text)).tables
    assert table.annual_funding.total == 1_290_000


def test_a_value_that_is_missing_leaves_the_others_in_their_places():
    text = (ROOT / "examples/clean-school.txt").read_text(encoding="utf-8")
    cells = [cell for cell in re.split(r"[\t\n]", text) if cell.strip() and cell != "=3栋"]
    (table,) = read_text("\n".join(cells)).tables
    told = [(row.name, row.period.text, row.annual.text) for row in table.indicators[:2]]
    assert told == [("维修教学楼栋数", "", ""), ("维修校舍面积", "≥1500平方米", "≥1500平方米")]


def test_figures_that_have_lost_their_name_are_no_row():
    text = (ROOT / "examples/clean-school.txt").read_text(encoding="utf-8")
    cells = [cell for cell in re.split(r"[\t\n]", text) if cell.strip() and cell != "维修校舍面积"]
    document = read_text("\n".join(cells))
    assert not any(row.name.startswith("≥") for row in document.tables[0].indicators)
    assert [one.level2 for one in document.unread] == ["数量指标"]


def test_a_value_in_the_cell_of_its_name():
    text = (ROOT / "examples/single-half-clinic.txt").read_text(encoding="utf-8")
    merged = re.sub(r"\t([^\t\n]+)\t([≥≤=][^\t\n]+)", r"\t\1\2\t", text)
    assert merged != text
    assert said(merged) == said(text)


def cells_of(name: str) -> list[str]:
    text = (ROOT / "examples" / f"{name}.txt").read_text(encoding="utf-8")
    return [cell for cell in re.split(r"[\t\n]", text) if cell.strip()]


def test_the_value_of_the_right_half_is_missing():
    cells = cells_of("clean-school")
    del cells[len(cells) - 1 - cells[::-1].index("≥640人")]
    (table,) = read_text("\n".join(cells)).tables
    (row,) = [one for one in table.indicators if one.name == "受益学生人数"]
    assert (row.period.text, row.annual.text) == ("≥640人", "")


def test_the_number_of_a_page_between_two_rows_is_no_name():
    cells = cells_of("clean-school")
    at = cells.index("≥1500平方米", cells.index("≥1500平方米") + 1) + 1
    assert said("\n".join([*cells[:at], "1", *cells[at:]])) == said("\n".join(cells))


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("清运任务完成时间2026年12月底前", ("清运任务完成时间", "2026年12月底前")),
        ("清运任务完成时间：2026年12月底前", ("清运任务完成时间", "2026年12月底前")),
        ("垃圾清运及时率达到95%", ("垃圾清运及时率", "95%")),
        ("居民满意度≥90%", ("居民满意度", "≥90%")),
        ("满意度（≥**%）", ("满意度（≥**%）", "")),
    ],
)
def test_what_the_cell_of_a_name_holds(cell, told):
    heads = "项目支出绩效目标表\n项目名称\t垃圾清运\n一级指标\t二级指标\t三级指标\t指标值\n"
    rows = (
        f"产出指标\t数量指标\t清运垃圾数量\t≥8000吨\n\t质量指标\t{cell}\t\n"
        "满意度指标\t服务对象满意度\t村民满意度\t≥90%\n"
    )
    assert said(heads + rows)[1] == told

"""The ranking of a review in every format: who it is, what is to be known of it, what is ranked with none."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO

import docx
import openpyxl
import pytest

from kpi.api import score
from kpi.reports import review_docx, review_html, review_json, review_text, review_xlsx
from kpi.reports.lines import plain
from kpi.reports.review_outcome import ReviewOutcome
from kpi.rules import load
from kpi.rules.result import LintResult
from kpi.scoring import Judged, JudgedItem, batch, merge, scheme

LONG = "数字灌区" * 150


@cache
def _national():
    return load("national")


def _review(outcome, **tables) -> ReviewOutcome:
    """The form of the document once for each name, changed as told."""
    (document,) = outcome.result.documents
    form = document.document.tables[0]
    made = tuple(form._replace(project=name, **more) for name, more in tables.items())
    result = LintResult("national", (document._replace(document=document.document._replace(tables=made)),), (), ())
    reading = replace(outcome.reading, documents=(result.documents[0].document,))
    return score(replace(outcome, reading=reading, result=result, ruleset=_national()))


@pytest.fixture
def mixed(small) -> ReviewOutcome:
    return _review(
        small,
        泵站更新={"department": "041-东溪县水务局", "unit": "041002-河道管理所"},
        河道清淤={"department": "[041]东溪县水务局", "unit": "东溪县水务局"},
        去年自评={"form": "self-evaluation"},
        **{LONG: {"department": "东溪县水务局", "unit": "清水镇政府"}},
    )


def _cells(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def _paragraphs(data: bytes) -> str:
    document = docx.Document(BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_every_format_says_who_and_where(mixed):
    for text in (
        plain(review_text.render(mixed, quiet=True)), review_html.render(mixed), _paragraphs(review_docx.render(mixed)),
    ):  # fmt: skip
        assert "河道管理所" in text
        assert "清河县.txt" in text
        assert "不参加排名、不计平均的表" in text
        assert "“去年自评”（清河县.txt）是绩效自评表，审核结果只供参考" in text
        assert "审核 3 张表" in text
    ranking = openpyxl.load_workbook(BytesIO(review_xlsx.render(mixed)))["排名"]
    rows = _cells(ranking)
    heads = {head: column for column, head in enumerate(rows[2])}
    told = [(row[heads["主管部门"]], row[heads["实施单位"]], row[heads["文件"]]) for row in rows[3:6]]
    assert told == [
        ("东溪县水务局", "河道管理所", "清河县.txt"), ("东溪县水务局", None, "清河县.txt"),
        ("东溪县水务局", "清水镇政府", "清河县.txt"),
    ]  # fmt: skip
    assert any("去年自评" in str(cell) for row in rows[6:] for cell in row)


def test_what_follows_a_short_list_has_no_heads_of_it(mixed):
    page = openpyxl.load_workbook(BytesIO(review_xlsx.render(mixed)))["常见问题"]
    assert any(row[0] == "审核所依据的规则" for row in _cells(page))
    assert page.print_title_rows is None


def test_a_name_of_hundreds_of_characters_is_cut(mixed):
    """Everywhere but where a program reads it."""
    short = LONG[:40]
    book = openpyxl.load_workbook(BytesIO(review_xlsx.render(mixed)))
    names = [str(cell) for row in _cells(book["排名"]) for cell in row if str(cell).startswith("数字灌区")]
    assert names
    assert max(map(len, names)) <= 40
    page = review_html.render(mixed)
    for text in (plain(review_text.render(mixed)), page, _paragraphs(review_docx.render(mixed))):
        assert short[:12] in text
        assert LONG[:250] not in text
    assert LONG in review_json.render_json(mixed)


def test_the_same_form_has_one_table(small):
    twice = _review(small, 泵站更新={}, 河道清淤={})
    again = score(replace(twice.outcome, result=_doubled(twice.outcome.result)))
    assert [len(again.reviews), len(again.sheets), len(again.batch.ranking)] == [4, 2, 2]
    assert plain(review_text.render(again)).count(" ━━ ") == 2
    assert "里的是同一张表，只审一次" in plain(review_text.render(again))
    assert review_html.render(again).count('class="form"') == 2
    assert len(openpyxl.load_workbook(BytesIO(review_xlsx.render(again))).sheetnames) == 3 + 2
    last = review_json.render_json(again)
    assert f'"same_as": "{again.reviews[0].key}"' in last
    assert '"rank": 0' in last


def _doubled(result: LintResult) -> LintResult:
    (document,) = result.documents
    again = document._replace(document=document.document._replace(path="又一份.txt"))
    return replace(result, documents=(document, again))


def test_what_is_to_be_known_stands_in_the_ranking(small):
    reviewed = _review(small, 泵站更新={}, 河道清淤={})
    first, second = reviewed.reviews
    noted = replace(first, notes=("有 3 处内容没有读懂，没有参加审核，请对照原表看",))
    ranked = tuple(one._replace(review=noted) if one.review.key == first.key else one for one in reviewed.batch.ranking)
    reviewed = replace(reviewed, reviews=(noted, second), batch=replace(reviewed.batch, ranking=ranked))
    said = "有 3 处内容没有读懂"
    text = plain(review_text.render(reviewed, quiet=True))
    assert f"\n      注意：{said}" in text
    assert f'<td data-head="说明">{said}' in review_html.render(reviewed)
    assert said in docx.Document(BytesIO(review_docx.render(reviewed))).tables[-1].rows[1].cells[-1].text
    rows = _cells(openpyxl.load_workbook(BytesIO(review_xlsx.render(reviewed)))["排名"])
    assert any(said in str(cell) for cell in rows[3])


def test_who_is_judged_in_part_is_told_as_such(small):
    reviewed = _review(small, 泵站更新={}, 河道清淤={})
    first = reviewed.reviews[0]
    rows = (JudgedItem("实现可能性", Decimal(4), "", None, "F9"),)
    merged = merge(reviewed.reviews, [Judged(first.key, "", "李敏", rows)]).reviews
    figures = scheme(_national(), "national").batch
    judged = replace(reviewed, reviews=merged, batch=batch(merged, figures), judged="审核表.xlsx")
    text = plain(review_text.render(judged, quiet=True))
    assert "差 4 项" in text
    page = review_html.render(judged)
    assert "在评<small>还差 4 项</small>" in page
    assert "在评 1 张，未评 1 张" in page
    assert "在评\n差 4 项" in _paragraphs(review_docx.render(judged))
    book = openpyxl.load_workbook(BytesIO(review_xlsx.render(judged)), data_only=True)
    assert [row[10] for row in _cells(book["排名"])[3:5]] == ["在评", "未评"]
    assert [row[0] for row in _cells(book["排名"])[3:5]] == [1, 1], "what was judged so far moves nothing"


@pytest.fixture
def half(small) -> ReviewOutcome:
    """Three forms of two departments, one of them judged to its end and below the others."""
    reviewed = _review(
        small, 泵站更新={"department": "水务局"}, 河道清淤={"department": "水务局"}, 学校维修={"department": "教育局"}
    )
    second = reviewed.reviews[1]
    rows = tuple(JudgedItem(item.item, Decimal(3), "", None, "F9") for item in second.items)
    merged = merge(reviewed.reviews, [Judged(second.key, "", "李敏", rows)]).reviews
    return replace(reviewed, reviews=merged, batch=batch(merged, scheme(_national(), "national").batch))


def test_judged_forms_and_others_are_ranked_apart(half):
    """Two lists with ranks of their own are no one table with two first ranks."""
    tables = docx.Document(BytesIO(review_docx.render(half))).tables[-2:]
    assert [[row.cells[0].text for row in table.rows] for table in tables] == [["名次", "1"], ["名次", "1", "1"]]
    for text in (review_html.render(half), _paragraphs(review_docx.render(half))):
        assert text.index("已评完的排名（按得分）") < text.index("还没评完的排名")


def test_what_goes_to_a_unit_stands_before_the_ranking_of_all(half):
    texts = [paragraph.text for paragraph in docx.Document(BytesIO(review_docx.render(half))).paragraphs]
    assert texts[0] == "项目支出绩效目标审核表"
    last = max(number for number, text in enumerate(texts) if text.startswith("审核人："))
    assert texts.index("绩效目标审核排名") > last


def test_a_form_below_the_ranking_has_no_number_of_its_own(half):
    text = plain(review_text.render(half))
    assert {"━━ 泵站更新 ━━", "━━ 河道清淤 ━━"} <= set(re.findall("━━ .*? ━━", text))


def test_the_weakest_of_a_department_is_counted_from_the_ranking(half):
    data = review_xlsx.render(half)
    cell = openpyxl.load_workbook(BytesIO(data))["汇总"]["I4"]
    assert str(cell.value).startswith("=INDEX(排名!")
    counted = openpyxl.load_workbook(BytesIO(data), data_only=True)["汇总"]
    assert {counted.cell(row, 1).value: counted.cell(row, 9).value for row in (4, 5)} == {
        "水务局": "河道清淤", "教育局": "学校维修",
    }  # fmt: skip


def test_a_table_stands_on_one_page(mixed):
    """Upright, without what is for the screen; headings stay with what follows them."""
    book = openpyxl.load_workbook(BytesIO(review_xlsx.render(mixed)))
    sheet = book.worksheets[3]
    assert sheet.page_setup.orientation == "portrait"
    texts = [str(row[0]) for row in _cells(sheet)]
    quotes = next(number for number, text in enumerate(texts, 1) if text.startswith("表中是怎样写的"))
    assert int(sheet.print_area.rpartition("$")[2]) < quotes
    document = docx.Document(BytesIO(review_docx.render(mixed)))
    for paragraph in document.paragraphs:
        if paragraph.text == "修改意见" or paragraph.text.startswith("已判"):
            assert paragraph.paragraph_format.keep_with_next


def test_what_is_left_to_be_judged_is_counted_of_what_is_ranked(mixed):
    """A self-evaluation counts in no total."""
    ranked = sum(one.review.left for one in mixed.batch.ranking)
    assert sum(review.left for review in mixed.sheets) > ranked
    assert f"还有 {ranked} 项要审核人判" in plain(review_text.render(mixed))

"""The office's own Word template: what it may say, what is told where it cannot be used, how it is filled."""

import io

import docx
import pytest

from kpi.reports.lint_docx import KNOWN, render, shipped, sound, template
from kpi.reports.opinion_template import TemplateError, compiled
from kpi.reports.view import View


def word(*paragraphs, header="") -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return saved(document)


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def filled(outcome, data: bytes) -> list[str]:
    made = docx.Document(io.BytesIO(render(outcome, View(template=data))))
    return [paragraph.text for paragraph in made.paragraphs]


def test_names_are_filled(small):
    data = word("共 {{表数}} 张，{{ 错误数 }} 处；｛｛警告数｝｝", "{{结论}}")
    assert filled(small, data) == [
        "共 1 张，3 处；0",
        "还不能提交：有 3 处错误要改，先看“必填栏目为空”（REQ004，第 7 行），改完再检查一次。",
    ]


def test_blocks_are_repeated(small):
    data = word(
        "甲", "{{项目开始}}", "{{项目序号}}、{{项目名称}}", "{{意见开始}}", "{{序号}} {{题目}}", "依据：{{依据}}",
        "{{意见结束}}", "{{项目结束}}", "乙",
    )  # fmt: skip
    assert filled(small, data) == [
        "甲", "一、乡村道路养护", "1 必填栏目为空", "2 单位与指标不符", "依据：《办法》（甲〔2015〕1号）第六条",
        "3 成本指标超出资金", "依据：甲〔2015〕1号第七条；某某标准", "4 缺少比较符号", "乙",
    ]  # fmt: skip


def test_a_paragraph_goes_where_all_its_names_are_empty(small):
    assert filled(small, word("{{已豁免}}", "{{已豁免}}{{表数}}", "空")) == ["1", "空"]


def test_a_name_cut_into_runs_is_one(small):
    document = docx.Document()
    paragraph = document.add_paragraph("共 ")
    for text in ("{", "{表", "数}", "} 张，{{错误", "数}}", "处"):
        paragraph.add_run(text)
    assert filled(small, saved(document)) == ["共 1 张，3处"]


def test_tables_and_headers_are_filled(small):
    document = docx.Document()
    document.add_table(1, 2).cell(0, 1).text = "{{表数}}{{已豁免}}"
    document.sections[0].header.paragraphs[0].text = "{{规则集}}"
    made = docx.Document(io.BytesIO(render(small, View(template=saved(document)))))
    assert made.tables[0].cell(0, 1).text == "1"
    assert made.sections[0].header.paragraphs[0].text == "全国通用，第 1 版"


def test_an_empty_cell_keeps_its_paragraph(small):
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "{{已豁免}}"
    made = docx.Document(io.BytesIO(render(small, View(template=saved(document)))))
    assert made.tables[0].cell(0, 0).text == ""


@pytest.mark.parametrize(
    ("paragraphs", "sentence"),
    [
        (["{{项目名}}"], "这里没有“{{项目名}}”这个占位符"),
        (["{{项目名称}}"], "这里没有“{{项目名称}}”这个占位符"),  # only inside a block
        (["{{表树}}"], "表数"),
        (["{{项目开始}}", "甲"], "“{{项目开始}}”后面没有配对的“{{项目结束}}”"),
        (["甲", "{{项目结束}}"], "“{{项目结束}}”前面没有配对的“{{项目开始}}”"),
        (["{{项目开始}}", "{{意见开始}}", "{{项目结束}}", "{{意见结束}}"], "“{{项目结束}}”前面没有配对的"),
        (["甲{{项目开始}}", "{{项目结束}}"], "要独占一段"),
    ],
)
def test_mistakes_are_told(paragraphs, sentence):
    with pytest.raises(TemplateError) as told:
        template(word(*paragraphs))
    assert sentence in str(told.value)


def test_another_document_is_no_template():
    """A form, given by mistake: the letter would be the form itself."""
    with pytest.raises(TemplateError, match="里面没有占位符"):
        sound(word("项目名称　清水河护岸加固", "产出指标　≥800米"))


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["检查结论：{{结论}}"],
        ["{{项目开始}}", "{{项目名称}}", "{{项目结束}}"],
        ["{{项目开始}}", "{{项目名称}}", "{{意见开始}}", "见附件", "{{意见结束}}", "{{项目结束}}"],
    ],
)
def test_a_template_without_a_place_for_opinions_is_told(paragraphs):
    assert "没有放意见的地方" in sound(word(*paragraphs))


def test_a_template_with_a_place_for_opinions_will_do():
    assert sound(shipped()) == ""
    assert sound(word("{{项目开始}}", "{{意见开始}}", "{{发现}}", "{{意见结束}}", "{{项目结束}}")) == ""


def test_a_block_in_a_table_is_a_mistake():
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = "{{项目开始}}"
    with pytest.raises(TemplateError, match="也不能放在表格里"):
        template(saved(document))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", "文字".encode(), b"\xd0\xcf\x11\xe0" * 20])
def test_what_is_no_word_file_is_told(data):
    with pytest.raises(TemplateError):
        template(data)


def test_an_office_file_of_another_kind_is_told():
    import openpyxl

    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    with pytest.raises(TemplateError, match="不是 Word 文档"):
        template(buffer.getvalue())


def test_the_template_that_ships_is_sound():
    assert compiled(shipped(), KNOWN).parts
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(shipped())).paragraphs)
    assert "{{规则集}}" in text
    assert "{{所用规定}}" in text


def test_every_placeholder_is_documented():
    from pathlib import Path

    page = (Path(__file__).resolve().parents[2] / "docs" / "reports.md").read_text(encoding="utf-8")
    for block, names in KNOWN:
        assert not block or f"{{{{{block}开始}}}}" in page
        assert [name for name in names if f"`{name}`" not in page] == []


def kept(data: bytes) -> list[str]:
    """The paragraphs that Word keeps on a page with the next."""
    return [one.text for one in docx.Document(io.BytesIO(data)).paragraphs if one.paragraph_format.keep_with_next]


def test_a_seal_is_never_alone_on_a_page(small):
    """Whatever comes last before it goes with it: the last thing to do, or the line about what has no opinions."""
    document = docx.Document()
    for text in ("{{意见开始}}", "{{序号}} {{题目}}", "{{意见结束}}", "（印章）", "年月日"):
        document.add_paragraph(text)
    document.paragraphs[-2].paragraph_format.keep_with_next = True
    document.paragraphs[0].insert_paragraph_before("{{项目开始}}")
    document.paragraphs[-2].insert_paragraph_before("{{项目结束}}")
    made = render(small, View(template=saved(document)))
    texts = [one.text for one in docx.Document(io.BytesIO(made)).paragraphs]
    assert kept(made) == [texts[-3], "（印章）"]
    assert texts[-3].startswith("4 ")


def test_nothing_is_kept_where_the_template_keeps_nothing(small):
    assert kept(render(small, View(template=word("{{项目开始}}", "{{项目名称}}", "{{项目结束}}", "（印章）")))) == []


def test_the_letter_that_ships_keeps_its_last_opinion_with_the_seal(small):
    paragraphs = docx.Document(io.BytesIO(render(small, View()))).paragraphs
    seal = next(at for at, one in enumerate(paragraphs) if one.text == "（单位印章）")
    assert all(one.paragraph_format.keep_with_next for one in paragraphs[seal - 3 : seal + 1])
    assert not paragraphs[seal + 1].paragraph_format.keep_with_next

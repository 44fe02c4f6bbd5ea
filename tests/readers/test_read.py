"""Opening files: encodings, refusals in one sentence, and input that was never meant to be read."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reader_forms import CASES, as_docx, as_text, reading

from kpi.readers import SUFFIXES, ReadError, read, read_text, recognise
from kpi.readers.formats.text import decode, source

FORM = as_text(CASES[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_read_alike(tmp_path, encoding):
    path = tmp_path / "form.txt"
    path.write_bytes(FORM.encode(encoding))
    document = read(path)
    assert document.encoding == encoding
    assert [reading(t) for t in document.tables] == [reading(t) for t in read_text(FORM).tables]


def test_line_ends_of_windows():
    assert [reading(t) for t in read_text(FORM.replace("\n", "\r\n")).tables] == [
        reading(t) for t in read_text(FORM).tables
    ]


def test_standard_input_takes_text_and_word():
    assert read("-", stdin=FORM.encode()).reader == "text"
    assert read("-", stdin=as_docx(CASES[0])).reader == "docx"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.docx", b"not a zip", "Word"),
        ("a.docx", b"PK\x03\x04broken", "Word"),
        ("a.doc", b"\xd0\xcf", "另存为 .docx"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("a.zip", b"PK", "压缩包"),
        ("a", b"x", "无后缀"),
        ("a.txt", b"\x00\x01\x02\x03", "不是文本"),
        ("a.txt", b"\xff\xfe\xff", "编码"),
        ("a.txt", b"\x81\x20\xff\xff\xff", "编码"),
    ],
)
def test_refusals_are_one_sentence(tmp_path, name, data, says):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as error:
        read(path)
    message = error.value.message
    assert says in message
    assert message.endswith("。")
    assert "\n" not in message
    assert error.value.path == str(path)


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(ReadError, match="找不到"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="文件夹"):
        read(tmp_path)
    with pytest.raises(ReadError, match="打开"):
        read("a\x00b.txt")


def test_too_large(tmp_path, monkeypatch):
    import kpi.readers

    monkeypatch.setattr(kpi.readers, "LARGEST_FILE", 10)
    path = tmp_path / "big.txt"
    path.write_bytes(b"0123456789ABC")
    with pytest.raises(ReadError, match="太大"):
        read(path)


def test_too_many_lines(monkeypatch):
    from kpi.readers.formats import text

    monkeypatch.setattr(text, "MOST_LINES", 3)
    assert read("-", stdin=b"a\n" * 3).tables == ()
    with pytest.raises(ReadError, match="行数太多"):
        read("-", stdin=b"a\n" * 4)


def test_a_word_file_that_unpacks_too_large(monkeypatch):
    from kpi.readers.formats import package

    monkeypatch.setattr(package, "LARGEST_PART", 1000)
    with pytest.raises(ReadError, match="太大"):
        read("-", stdin=as_docx(CASES[0]))


def test_a_word_file_without_document_part(tmp_path):
    import zipfile

    path = tmp_path / "odd.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(ReadError, match="Word"):
        read(path)


def test_suffixes_are_what_folders_hold():
    assert ".docx" in SUFFIXES
    assert ".txt" in SUFFIXES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 5000,
        "\t" * 50_000,
        "|" * 50_000,
        "数量指标\t" * 20_000,
        "一级指标\t二级指标\t三级指标\t指标值\n" * 500,
        "一级指标\t二级指标\t三级指标\t指标值\n" + "产出指标\t数量指标\t" + "(" * 30_000,
        "项目名称\n" * 3000,
        "【产出指标-数量指标】\n" * 2000,
        "会议纪要\n本次会议研究了预算绩效管理工作，要求各单位于月底前报送。",
        "项目名称\t合计\n道路养护\t35.00\n",
        "\ud800数量指标\udfff\x00\t≥1\n",
    ],
    ids=range(12),
)
def test_odd_texts_hold_no_project(text):
    assert not any(table.project for table in read_text(text).tables)


def test_a_million_cells_are_bounded():
    row = "\t".join(["产出指标", "数量指标", "挖渠长度", "≥5公里"] + [""] * 3000)
    rows = source(row, "x").rows
    assert len(rows[0].cells) <= 600


def test_nothing_is_read_as_a_form_in_a_meeting_note():
    assert read_text("关于绩效目标的会议纪要\n产出指标要细化，质量指标要可衡量。\n").tables == ()


PIECES = st.sampled_from(
    [
        "项目名称",
        "年度目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "数量指标",
        "产出指标",
        "≥5%",
        "\t",
        "\n",
        "|",
        " ",
        "元",
        "x",
        "总分",
        "……",
        "负责人:",
        "项目资金(万元)",
        "年度资金总额",
        "1,0",
        "【产出指标-数量指标】",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join))
@example("指标值数量指标年度目标三级指标项目资金(万元)项目名称≥5%")  # nothing stands in front of the heads
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_words_is_answered(text):
    document = read_text(text)
    assert all(table.indicators or table.cut for table in document.tables)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered(text):
    assert recognise(source(text, "x")).reader == "text"


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(data):
    assert _answer(data).endswith(("-", "。"))


def _answer(data):
    try:
        return read("-", stdin=data).path
    except ReadError as error:
        return error.message


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_decoding_never_changes_a_text(text):
    assert decode(text.encode("utf-8-sig"))[0] == text


def test_an_article_about_targets_is_no_form():
    article = (
        "讲稿：编写绩效目标时，数量指标要写清楚，例如道路硬化里程≥5公里，这样的写法便于核对；质量指标要能验收，"
        "例如验收合格率≥98%，否则年底无法评价，评价人员也无从下手，这一点各单位务必重视起来；时效指标不要只写及时，"
        "例如完工及时率≥95%就比较好。其余内容请参阅培训材料，并结合本单位的实际情况逐条修改后再行报送。"
    )
    assert read_text(article).tables == ()


ROWS_OF_TEMPLATE = """项目支出绩效目标表
项目名称\t河道清淤
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t指标1：清淤河道长度\t≥9公里
\t\t指标2：\t
\t\t……\t
\t\t目标3：……\t
\t质量指标\t指标1：验收合格率\t100%
"""


def test_rows_that_the_template_left_standing_are_rows():
    (table,) = read_text(ROWS_OF_TEMPLATE).tables
    names = ["指标1：清淤河道长度", "指标2：", "……", "目标3：……", "指标1：验收合格率"]
    assert [i.name for i in table.indicators] == names


@pytest.mark.parametrize(
    "text",
    [
        "项目支出绩效目标表\n主管部门\t云溪县水利局\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t清淤河道长度\t≥9公里\n"
        "\t质量指标\t验收合格率\t100%\n",
        "云溪县水利局\n【产出指标-数量指标】\n指标1:清淤河道长度(≥9公里)\n",
    ],
)
def test_a_form_without_a_row_for_the_project_has_no_place_for_it(text):
    (table,) = read_text(text).tables[:1]
    assert "project" not in table.locations or table.project


def test_a_project_named_amid_the_money_is_the_project():
    head = "项目资金(万元)\t年度资金总额\t65\t项目名称\t河道清淤\n其中:财政资金\t65\n"
    rows = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t清淤河道长度\t≥9公里\n"
    (table,) = read_text(f"项目支出绩效目标表\n主管部门\t云溪县水利局\n{head}{rows}").tables
    assert (table.project, table.annual_funding.total) == ("河道清淤", 650000)


def test_a_code_of_a_subject_is_no_source():
    head = "项目资金(万元)\t年度资金总额\t65\t资金预算分类\t一般公共预算\n其中:财政资金\t65\t财政资金科目代码\t21399\n"
    rows = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t清淤河道长度\t≥9公里\n"
    (table,) = read_text(f"项目支出绩效目标表\n项目名称\t河道清淤\n{head}{rows}").tables
    assert dict(table.annual_funding.sources) == {"财政资金": 650000}

"""Texts: encodings, marks, line ends, quoted fields, cells that stand on one line."""

import pytest

from kpi.fixes.edits import CellEdit, Span
from kpi.fixes.lines import CsvWriter, TextWriter
from kpi.packages import CannotWrite
from kpi.readers import source_of
from tests.fixes.fixing import fix, values

FORM = (
    "项目支出绩效目标表\n项目名称\t澄湖县渠道衬砌\n主管部门\t澄湖县水利局\n年度资金总额\t20万元\n"
    "立项依据\t按澄财预【2026】7号\n一级指标\t二级指标\t三级指标\t指标值\n"
    "产出指标\t数量指标\t衬砌渠道长度\t≥３.5公里\n\t质量指标\t渠道验收合格率\t≥ ９５ ％\n"
    "效益指标\t社会效益\t受益农户数\t≥300户\n"
)
FIXED = FORM.replace("≥３.5", "≥3.5").replace("≥ ９５ ％", "≥95%").replace("【2026】", "〔2026〕")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"", "gb18030"), (b"", "gbk"),
        (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
    ],
)  # fmt: skip
def test_all_else_stays_byte_for_byte(mark, encoding, end):
    data = mark + FORM.replace("\n", end).encode(encoding)
    assert fix(data, "表.txt").data == mark + FIXED.replace("\n", end).encode(encoding)


def test_mixed_line_ends_and_controls():
    data = FORM.replace("\n", "\r\n", 3).replace("受益农户数", "受益\x07农户数").encode()
    want = FIXED.replace("\n", "\r\n", 3).replace("受益农户数", "受益\x07农户数").encode()
    assert fix(data, "表.txt").data == want


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoted", [False, True])
def test_separated_fields(quoted, end):
    def comma(text):
        lines = [line.split("\t") for line in text.splitlines()]
        mark = '"' if quoted else ""
        return "".join(",".join(f"{mark}{cell}{mark}" for cell in line) + end for line in lines)

    data = b"\xef\xbb\xbf" + comma(FORM).encode()
    assert fix(data, "表.csv").data == b"\xef\xbb\xbf" + comma(FIXED).encode()


def test_doubled_quotation_marks_and_line_breaks_in_a_field():
    text = FORM.replace("\t", ",").replace("按澄财预【2026】7号", '"按""三年规划""\r\n和澄财预【2026】7号"')
    done = fix(text.encode(), "表.csv")
    assert '"按""三年规划""\r\n和澄财预〔2026〕7号"' in done.data.decode()
    assert ",≥95%" in done.data.decode()


def test_text_on_one_line_with_blanks():
    text = FORM.replace("\t", " ").replace("≥ ９５ ％", "≥９５％")
    assert "渠道验收合格率 ≥95%" in fix(text.encode(), "表.txt").data.decode()


def test_a_text_that_cannot_be_written_back_is_refused():
    damaged = FORM.encode() + ("甲" * 2000).encode() + b"\xe7"
    with pytest.raises(CannotWrite, match="编码"):
        TextWriter(damaged, source_of(damaged, "表.txt"))


@pytest.mark.parametrize(
    "data", [b"\t\t\t\n", ("≥９５％" * 5000).encode(), (FORM + "说明\t" + "：，”“" * 3000).encode()]
)
def test_hostile_texts(data):
    try:
        done = fix(data, "表.txt")
    except CannotWrite:
        return
    assert done.data is None or "≥95%" in values(done.again)


def test_a_project_keeps_its_name_unless_asked():
    text = FORM.replace("澄湖县渠道衬砌", "澄财预【2026】9号补助项目")
    assert "澄财预【2026】9号补助项目" in fix(text.encode(), "表.txt").data.decode()
    assert "澄财预〔2026〕9号补助项目" in fix(text.encode(), "表.txt", unsafe=True).data.decode()


@pytest.mark.parametrize(
    ("written", "want"),
    [
        ("按 澄财预 【 2026 】 第 07号 落实", "按 澄财预 〔2026〕7号 落实"),
        ("”三清“、“”四乱“”", "“三清”、“四乱”"),
        ("按澄财预[2026]7号、澄农函(2025)5号", "按澄财预〔2026〕7号、澄农函〔2025〕5号"),
        ("按澄人社[21]3号", "按澄人社[21]3号"),  # which century is a guess
    ],
)
def test_words_in_running_text(written, want):
    made = fix(FORM.replace("按澄财预【2026】7号", written).encode(), "表.txt").data.decode()
    assert f"立项依据\t{want}\n" in made


def test_a_text_over_several_lines():
    text = FORM.replace("\t", "\n").replace("按澄财预【2026】7号", "按澄财预【2026】7号\n和澄农函【2025】5号")
    done = fix(text.encode(), "表.txt")
    assert "〔2026〕7号\n和澄农函〔2025〕5号" in done.data.decode()


def test_words_of_another_encoding_are_refused():
    text = FORM.replace("≥ ９５ ％", "≥９５％").replace("【2026】", "[2026]")
    source = source_of(text.encode("gbk"), "表.txt")
    by = TextWriter(text.encode("gbk"), source)
    cell = next(cell for row in source.rows for cell in row.cells if cell.text == "≥９５％")
    by._file.encoding = "ascii"
    assert "UTF-8" in by.refuses(CellEdit(cell, (Span(0, 1, "≤"),)))
    assert "分隔符" in by.refuses(CellEdit(cell, (Span(0, 1, "a\tb"),)))
    assert "对不上" in by.refuses(CellEdit(cell._replace(text="别的"), (Span(0, 1, "a"),)))


def test_separators_do_not_slip_into_a_bare_field():
    data = FORM.replace("\t", ",").encode()
    source = source_of(data, "表.csv")
    cell = next(cell for row in source.rows for cell in row.cells if "３.5" in cell.text)
    by = CsvWriter(data, source)
    assert "分隔符" in by.refuses(CellEdit(cell, (Span(0, 1, "1,000"),)))
    assert "对不上" in by.refuses(CellEdit(cell._replace(text="别的一些字"), (Span(0, 1, "a"),)))

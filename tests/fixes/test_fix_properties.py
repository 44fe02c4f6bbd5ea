"""Any words in any cell: written, read again, they are there and all else is as it was."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.fixes.cells import Cells, occurrences, squeezed
from kpi.fixes.edits import CellEdit, Span, spliced
from kpi.fixes.propose import trimmed
from kpi.fixes.writers import writer
from kpi.packages.zipped import replaced
from kpi.readers import GridCell, source_of
from tests.forms.writers import small_docx

LETTERS = "甲乙≥９5％ \"',;&<>“”\n_x0041_"
WORDS = st.text(LETTERS, min_size=1, max_size=14).map(str.strip).filter(bool)
NEW = st.text("丙丁≤78%元&<_x0041_", min_size=1, max_size=8)


@given(st.text("甲乙丙", max_size=8), st.text("甲乙丙", max_size=8))
def test_one_span_makes_one_text_of_another(old, new):
    assert spliced(old, [trimmed(old, new)]) == new


@given(st.text("甲乙 \n", max_size=12), st.text("甲乙 \n", min_size=1, max_size=3))
def test_what_is_found_is_there(whole, text):
    for start, end in occurrences(text, whole):
        assert squeezed(whole[start:end]) == squeezed(text)


def put(data: bytes, name: str, draw_at: float, new: str):
    """Put words in place of a part of the last cell; None where the writer refuses."""
    source = source_of(data, name)
    cell: GridCell = Cells(source).all[-1]
    start = int(draw_at * len(cell.text)) % len(cell.text)
    if cell.text[start].isspace():
        start = 0
    edit = CellEdit(cell, (Span(start, start + 1, new),))
    by = writer(data, source)
    if by.refuses(edit):
        return None
    return source, edit, Cells(source_of(by.written([edit]), name)).all


def holds(data: bytes, name: str, at: float, new: str) -> None:
    found = put(data, name, at, new)
    if found is None:
        return
    source, edit, after = found
    before = Cells(source).all
    assert squeezed(after[-1].text) == squeezed(edit.text)
    assert [cell.text for cell in after[:-1]] == [cell.text for cell in before[:-1]]


@given(WORDS, st.floats(0, 1, exclude_max=True), NEW, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_separated_fields(text, at, new, end, always):
    def field(words):
        return '"' + words.replace('"', '""') + '"' if always or set('",;\n') & set(words) else words

    lines = [["项目", "指标", "值"], ["甲", "乙", "5"], ["丙", "丁", text]]
    data = end.join(",".join(map(field, line)) for line in lines).encode("utf-8-sig")
    holds(data, "表.csv", at, new)


@given(WORDS.filter(lambda text: "\n" not in text), st.floats(0, 1, exclude_max=True), NEW, st.sampled_from("\t|"))
def test_lines(text, at, new, mark):
    holds(f"项目{mark}指标{mark}值\n甲{mark}乙{mark}{text}".encode(), "表.txt", at, new)


@settings(max_examples=60)
@given(WORDS, st.floats(0, 1, exclude_max=True), NEW)
def test_sheets(text, at, new):
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for row, words in enumerate([["项目", "指标", "值"], ["甲", "乙", "5"], ["丙", "丁", text]]):
            for column, word in enumerate(words):
                sheet.write_string(row, column, word)
    holds(target.getvalue(), "表.xlsx", at, new)


@settings(max_examples=60)
@given(WORDS, st.floats(0, 1, exclude_max=True), NEW)
def test_documents(text, at, new):
    grid = [["项目", "指标", "值"], ["甲", "乙", "5"], ["丙", "丁", text]]
    holds(small_docx([grid]), "表.docx", at, new)


@given(
    st.dictionaries(st.text("ab/中", min_size=1, max_size=5), st.binary(max_size=50), min_size=1, max_size=4), st.data()
)
def test_packages(parts, data):
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
        package.comment = b"remark"
    changed = data.draw(st.sampled_from(sorted(parts)))
    made = replaced(target.getvalue(), {changed: b"new"})
    with ZipFile(BytesIO(made)) as package:
        assert package.testzip() is None
        assert package.comment == b"remark"
        assert {name: package.read(name) for name in package.namelist()} == {**parts, changed: b"new"}

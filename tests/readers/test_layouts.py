"""Every layout reads alike from tabs, from pipes and from Word; only the places differ."""

import pytest
from reader_forms import CASES, as_docx, as_text, expected, reading

from kpi.readers import read, read_text

IDS = [case["id"] for case in CASES]


def check(case, document):
    assert len(document.tables) == 1
    got = reading(document.tables[0])
    want = expected(case)
    assert {key: got[key] for key in want} == want
    assert document.unread == ()


@pytest.mark.parametrize("case", CASES, ids=IDS)
@pytest.mark.parametrize("mark", ["\t", " | "], ids=["tabs", "pipes"])
def test_text(case, mark):
    check(case, read_text(as_text(case, mark)))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_word(case, tmp_path):
    path = tmp_path / "form.docx"
    path.write_bytes(as_docx(case))
    document = read(path)
    check(case, document)
    assert document.reader == "docx"


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_both_formats_say_the_same(case):
    text, word = read_text(as_text(case)), read("-", stdin=as_docx(case))
    assert [reading(t) for t in text.tables] == [reading(t) for t in word.tables]

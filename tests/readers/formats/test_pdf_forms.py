"""Forms printed to PDF read as the same forms written as text do, whoever printed them."""

import pytest
from pdf_forms import CHROMIUM, SOFFICE, as_html, by_chromium, by_soffice, drawn, drawn_all, ruled
from reader_forms import CASES, as_docx, as_text, reading

from kpi.readers import read_text
from kpi.readers.form import recognise
from kpi.readers.formats.pdf import read_rows

GRIDS = [case for case in CASES if "grid" in case]


def readings(document):
    made = [reading(table) for table in document.tables]
    for one in made:
        del one["year"]  # a file of several forms has one year for those that name none
    return made


def of_pdf(data):
    return readings(recognise(read_rows(data, "form.pdf")))


def of_text(case):
    return readings(read_text(as_text(case)))


@pytest.mark.parametrize("case", GRIDS, ids=lambda case: case["id"])
@pytest.mark.parametrize(
    "options",
    [{}, {"size": 5, "page": (420, 595)}, {"page": (842, 595)}, {"page": (420, 300), "size": 6, "margin": 20}],
)
def test_drawn(case, options):
    assert of_pdf(drawn(case, **options)) == of_text(case)


def test_many_forms_over_many_pages():
    data = drawn_all(GRIDS, size=7, footer="第 {page} 页")
    assert of_pdf(data) == [one for case in GRIDS for one in of_text(case)]


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
@pytest.mark.parametrize(
    "options",
    [{}, {"border": ""}, {"size": 6, "extra": "@page{size:105mm 90mm;margin:5mm}"}],
    ids=["collapsed", "separate borders", "rows cut"],
)
def test_printed_by_chromium(options, tmp_path):
    data = by_chromium(as_html(GRIDS, **options), tmp_path)
    assert of_pdf(data) == [one for case in GRIDS for one in of_text(case)]


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason="needs LibreOffice")
def test_printed_by_libreoffice(tmp_path):
    for case in GRIDS[:2]:
        assert of_pdf(by_soffice(ruled(as_docx(case)), tmp_path)) == of_text(case)

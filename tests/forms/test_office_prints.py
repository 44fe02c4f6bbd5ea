"""Every layout as LibreOffice and Chromium print and save it reads as the description says."""

import pytest

from kpi.readers import read_all
from tests.forms.answers import differences
from tests.forms.layouts import LAYOUTS
from tests.forms.office import CHROMIUM, SOFFICE, by_chromium, converted
from tests.forms.test_every_layout import forms_of
from tests.forms.writers import docx, page, xlsx

pytestmark = pytest.mark.slow
GRIDS = [name for name, one in LAYOUTS.items() if one.grids]
SAVED = [("docx", "pdf"), ("docx", "doc"), ("docx", "odt"), ("xlsx", "xls"), ("xlsx", "ods"), ("xlsx", "pdf")]


def check(name, suffix, data):
    (document,) = read_all(f"{name}.{suffix}", data)
    assert (differences(LAYOUTS[name], forms_of(name, 0), document), document.unread) == ([], ())


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("suffix", "to"), SAVED)
def test_saved_by_libreoffice(suffix, to, tmp_path):
    write = {"docx": docx, "xlsx": xlsx}[suffix]
    sources = []
    for name in GRIDS:
        sources.append(tmp_path / f"{name}.{suffix}")
        sources[-1].write_bytes(write(LAYOUTS[name].draw(*forms_of(name, 0))))
    for name, data in zip(GRIDS, converted(sources, tmp_path, to), strict=True):
        check(name, to, data)


@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
@pytest.mark.parametrize("name", GRIDS)
def test_printed_by_chromium(name, tmp_path):
    check(name, "pdf", by_chromium(page(LAYOUTS[name].draw(*forms_of(name, 0))), tmp_path))

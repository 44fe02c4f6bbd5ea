"""Every layout in every format that can be written: only what was to change has changed, and once is enough."""

from collections import Counter
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest

from kpi.values import parse
from tests.fixes.fixing import findings, fix, odd_forms, values
from tests.forms.layouts import LAYOUTS
from tests.forms.writers import FORMATS

WRITABLE = ("txt", "pipes.txt", "md", "csv", "docx", "bare.docx", "xlsx")
FIELDS = ("kind", "comparator", "lower", "upper", "approximate", "unit", "dimension", "date")


@cache
def fixed(name: str, suffix: str):
    data = FORMATS[suffix](LAYOUTS[name].draw(*odd_forms(name, 3)))
    return data, fix(data, f"form.{suffix}")


def counted(document):
    (found,) = findings(document)
    return Counter((one.form, one.rule, one.level2, one.indicator) for one in found)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", WRITABLE)
@pytest.mark.parametrize("name", LAYOUTS)
def test_safe_fixes(name, suffix):
    _, done = fixed(name, suffix)
    if done.data is None:
        assert not done.plan.changes
        return
    before, after = values(done.document), values(done.again)
    assert [read(text) for text in after] == [read(text) for text in before]
    assert not counted(done.again) - counted(done.document), "no new finding"
    assert all(change.safe for change in done.plan.changes)
    second = fix(done.data, f"form.{suffix}")
    assert second.data is None, "once is enough"
    assert second.plan.changes == ()


def read(text: str) -> list[object]:
    return [getattr(parse(text), name) for name in FIELDS]


@pytest.mark.parametrize("suffix", WRITABLE)
def test_nearly_everything_is_fixed(suffix):
    """Values that the fix must get: two of three rows of the plain layouts."""
    for name in ("one_half", "two_halves", "under_two_heads"):
        _, done = fixed(name, suffix)
        left = [text for text in values(done.again) if any(mark in text for mark in "０１２３４５６７８９％")]
        assert left == [], name
        assert done.plan.manual == ()


@pytest.mark.parametrize("suffix", ["docx", "bare.docx", "xlsx"])
@pytest.mark.parametrize("name", ["one_half", "two_halves", "under_two_heads"])
def test_other_members_keep_their_bytes(name, suffix):
    data, done = fixed(name, suffix)
    with ZipFile(BytesIO(data)) as old, ZipFile(BytesIO(done.data)) as new:
        assert new.testzip() is None
        assert new.namelist() == old.namelist()
        changed = [one for one in old.namelist() if old.read(one) != new.read(one)]
        assert len(changed) == 1
        for a, b in zip(old.infolist(), new.infolist(), strict=True):
            assert (a.date_time, a.external_attr, a.compress_type) == (b.date_time, b.external_attr, b.compress_type)


@pytest.mark.parametrize("name", ["one_half", "two_halves", "bracketed_list", "under_two_heads"])
def test_unsafe_fixes_settle_too(name):
    data = FORMATS["txt"](LAYOUTS[name].draw(*odd_forms(name, 4)))
    done = fix(data, "form.txt", unsafe=True)
    assert not counted(done.again) - counted(done.document)
    second = fix(done.data, "form.txt", unsafe=True)
    assert second.data is None


@pytest.mark.parametrize("suffix", WRITABLE)
def test_running_text(suffix):
    """The document's number and the quotation marks, and nothing around them."""
    _, done = fixed("one_half", suffix)
    (table,) = done.again.tables
    assert table.sections["项目概况"] == "按照澄财预〔2026〕12号和澄水办〔2025〕8号文件，办好“三清”工作"

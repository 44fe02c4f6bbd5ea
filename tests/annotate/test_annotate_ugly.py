"""Forms as they really come: merged cells taken apart or repeated, odd characters, very long cells, many findings."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.annotate.noting import note
from tests.fixes.fixing import odd_forms
from tests.forms import damage
from tests.forms.layouts import LAYOUTS
from tests.forms.writers import FORMATS

OFFICE = ("docx", "bare.docx", "xlsx", "pdf")
MERGING = [name for name, one in LAYOUTS.items() if one.forms == 1 and one.grids and name != "transposed"]
ODD = ("≥<b>95%&amp;", "=1+1", "约" * 60, "明显改善\u200b", "≥95％ _x000D_", "𠮷≥５", "’\"“", "https://a.b/c?d=e&f")


@given(st.sampled_from(MERGING), st.sampled_from(OFFICE), st.integers(0, 40), st.integers(0, 999))
@settings(max_examples=40, deadline=None)
def test_damaged_forms_read_as_before(name, suffix, seed, chance):
    paper = damage.taken_apart(LAYOUTS[name].draw(*odd_forms(name, seed)), Random(chance))
    done = note(FORMATS[suffix](paper), f"form.{suffix}")
    assert done.reads_as_before()


@pytest.mark.parametrize("suffix", OFFICE)
@pytest.mark.parametrize("name", ["one_half", "two_halves", "under_two_heads"])
def test_merged_cells_repeated(name, suffix):
    done = note(FORMATS[suffix](damage.repeated(LAYOUTS[name].draw(*odd_forms(name, 4)))), f"form.{suffix}")
    assert done.marks.notes
    assert done.reads_as_before()


@pytest.mark.parametrize("suffix", [*OFFICE, "txt", "csv", "md"])
@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_values(odd, suffix):
    from dataclasses import replace

    (form,) = odd_forms("one_half", 6)
    targets = [replace(target, annual=odd, period=odd) if at % 2 else target for at, target in enumerate(form.targets)]
    done = note(FORMATS[suffix](LAYOUTS["one_half"].draw(form.only(*targets))), f"form.{suffix}")
    assert done.marks.notes
    if suffix in OFFICE:
        assert done.reads_as_before()

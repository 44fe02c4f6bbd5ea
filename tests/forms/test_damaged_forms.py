"""Forms damaged at random give the description back, in every format, or say what could not be read."""

from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.readers import ReadError, read_all
from tests.forms import damage
from tests.forms.answers import answer, reading
from tests.forms.layouts import HEADS, LAYOUTS, head, titles
from tests.forms.spec import make
from tests.forms.writers import FORMATS

MERGING = [name for name, one in LAYOUTS.items() if one.forms == 1 and one.grids and name != "transposed"]
PLAIN = [suffix for suffix in FORMATS if suffix != "pdf"]
TWO_HALVES = LAYOUTS["two_halves"]


def rows_of(name, form, suffix, paper):
    """The rows read; those missing must stand in `unread`."""
    (document,) = read_all(f"form.{suffix}", FORMATS[suffix](paper))
    want = answer(LAYOUTS[name], form)
    assert [table.project for table in document.tables] == [form.project]
    got, told = reading(document.tables[0]), " ".join(u.text for u in document.unread)
    missing = [row for row in want["rows"] if row not in got["rows"] and row[2] not in told]
    return got["rows"], want["rows"], missing


@given(st.sampled_from(MERGING), st.sampled_from(PLAIN), st.integers(0, 40), st.integers(0, 999))
@settings(max_examples=80)
def test_merged_cells_taken_apart(name, suffix, seed, chance):
    form = make(seed, LAYOUTS[name].tree)
    got, want, missing = rows_of(name, form, suffix, damage.taken_apart(LAYOUTS[name].draw(form), Random(chance)))
    assert (missing, got) == ([], want)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", MERGING)
def test_merged_cells_repeated(name, suffix):
    form = make(3, LAYOUTS[name].tree)
    got, want, missing = rows_of(name, form, suffix, damage.repeated(LAYOUTS[name].draw(form)))
    assert (missing, got) == ([], want)


@given(st.sampled_from(MERGING), st.sampled_from(PLAIN), st.integers(0, 40), st.integers(0, 999))
@settings(max_examples=80)
def test_first_levels_slid(name, suffix, seed, chance):
    form = make(seed, LAYOUTS[name].tree)
    got, want, missing = rows_of(name, form, suffix, damage.slid(LAYOUTS[name].draw(form), Random(chance)))
    assert (missing, got) == ([], want)


@given(st.sampled_from(PLAIN), st.integers(0, 40), st.integers(0, 999), st.booleans(), st.booleans())
@settings(max_examples=80)
def test_one_side_damaged(suffix, seed, chance, apart, sliding):
    form, random = make(seed), Random(chance)
    paper = damage.one_sided(TWO_HALVES.draw(form), random)
    paper = damage.slid(paper, random) if sliding else paper
    paper = damage.taken_apart(paper, random) if apart else paper
    got, want, missing = rows_of("two_halves", form, suffix, paper)
    assert (missing, got) == ([], want)


@pytest.mark.parametrize("suffix", PLAIN)
def test_a_row_that_overflowed_is_the_annual_half_in_every_format(suffix):
    """One set of heads, two goals; the last row of the year stands left of all columns."""
    form = make(5)
    width = 9
    rows = [*head(form, width)[:3]]
    rows.append(["实施期目标", *"<<<", "年度目标", *"<<<<"])
    rows.append([form.period_goal, *"<<<", form.goal, *"<<<<"])
    rows.append(["绩效指标", "<", HEADS[0], "<", HEADS[1], "<", HEADS[2], "<", "指标值"])
    last = form.targets[-1]
    rows += [["", "", t.one, "", t.two, "", t.name, "", t.annual] for t in form.targets]
    rows.append([last.two, "", last.name, "", last.annual, "", "", "", ""])
    (document,) = read_all(f"form.{suffix}", FORMATS[suffix]([*titles(form), rows]))
    indicators = document.tables[0].indicators
    assert len(indicators) == len(form.targets)
    assert [i.annual.text for i in indicators] == [*[""] * (len(indicators) - 1), last.annual]
    assert "年度" in document.unread[0].reason


@given(st.sampled_from(list(FORMATS)), st.sampled_from(list(LAYOUTS)), st.integers(0, 10_000))
@settings(max_examples=150)
def test_mutated_files_raise_nothing_but_read_errors(suffix, name, chance):
    random = Random(chance)
    layout = LAYOUTS[name]
    data = bytearray(FORMATS[suffix](layout.draw(*(make(k, layout.tree) for k in range(layout.forms)))))
    for _ in range(random.randint(1, 20)):
        at = random.randrange(len(data))
        if random.random() < 0.3:
            del data[at : at + random.randint(1, 40)]
        else:
            data[at] = random.randrange(256)
    with suppress(ReadError):
        read_all(f"form.{suffix}", bytes(data))

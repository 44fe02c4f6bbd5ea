"""Every layout in every format gives the description back; one form in all formats gives one extraction."""

from functools import cache

import pytest

from kpi.model import Document
from kpi.readers import read_all
from tests.forms.answers import differences, extraction
from tests.forms.layouts import LAYOUTS
from tests.forms.spec import PROJECTS, FormSpec, make
from tests.forms.writers import FORMATS

SEEDS = (0, 1)


def forms_of(name: str, seed: int) -> tuple[FormSpec, ...]:
    layout = LAYOUTS[name]
    return tuple(
        make(10 * seed + k, layout.tree, project=PROJECTS[(seed + k) % len(PROJECTS)]) for k in range(layout.forms)
    )


@cache
def document(name: str, suffix: str, seed: int) -> Document:
    paper = LAYOUTS[name].draw(*forms_of(name, seed))
    (read,) = read_all(f"form.{suffix}", FORMATS[suffix](paper))
    return read


def test_there_are_enough_of_them():
    assert len([one for one in LAYOUTS.values() if one.grids]) >= 12
    assert len(FORMATS) >= 5


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", LAYOUTS)
def test_the_description_comes_back(name, suffix, seed):
    read = document(name, suffix, seed)
    assert differences(LAYOUTS[name], forms_of(name, seed), read) == []
    assert read.unread == ()


@pytest.mark.parametrize("name", LAYOUTS)
def test_all_formats_give_one_extraction(name):
    found = {suffix: extraction(document(name, suffix, 0)) for suffix in FORMATS}
    assert [suffix for suffix, one in found.items() if one != found["txt"]] == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_value_has_its_place(suffix):
    for name in LAYOUTS:
        for table in document(name, suffix, 0).tables:
            places = [e.location for i in table.indicators for _, e in i.entries()]
            assert all(place != type(place)() for place in places)

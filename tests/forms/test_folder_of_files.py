"""A folder of 1,000 mixed files: one result for any number of processes, and a process that dies costs its file."""

import os
from functools import cache
from itertools import cycle, islice, product

import pytest

from kpi import api
from kpi.readers import read_all
from kpi.workers import Died, available, spread
from tests.forms.answers import differences
from tests.forms.layouts import LAYOUTS
from tests.forms.spec import make
from tests.forms.writers import FORMATS

COUNT = 1000
DEADLY = "0500"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Every layout in every format, again and again; two of the files are broken."""
    at = tmp_path_factory.mktemp("mixed")
    for number, (name, suffix) in enumerate(islice(cycle(product(LAYOUTS, FORMATS)), COUNT)):
        (at / f"{number:04}-{name}.{suffix}").write_bytes(_file(name, suffix))
    (at / "0007-broken.docx").write_bytes(_file("one_half", "docx")[:900])
    (at / "0008-broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    return at


@cache
def _file(name, suffix):
    layout = LAYOUTS[name]
    return FORMATS[suffix](layout.draw(*(make(k, layout.tree) for k in range(layout.forms))))


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing(folder):
    files = api.collect([str(folder)])
    alone, all_cores = api.read_files(files, workers=1), api.read_files(files, workers=None)
    assert alone == all_cores
    assert len(alone.documents) == COUNT
    assert sorted(failure.path[-12:] for failure in alone.failures) == ["-broken.docx"[-12:], "8-broken.pdf"]
    for document in alone.documents:
        name = os.path.basename(document.path)[5:].partition(".")[0]
        layout = LAYOUTS[name]
        assert differences(layout, tuple(make(k, layout.tree) for k in range(layout.forms)), document) == []


def read_or_die(path):
    """The process that reads it, and how many forms a file holds; one file ends the process."""
    if os.path.basename(path).startswith(DEADLY):
        os._exit(9)
    with open(path, "rb") as file:
        (document,) = read_all(path, file.read())
    return os.getpid(), len(document.tables)


@pytest.mark.slow
def test_a_process_that_dies_costs_its_file(folder):
    paths = [path for path in sorted(map(str, folder.iterdir())) if "broken" not in path]
    got = dict(spread(read_or_die, paths, max(available(), 2)))
    dead = [path for path, result in got.items() if isinstance(result, Died)]
    assert [os.path.basename(path)[:4] for path in dead] == [DEADLY]
    results = [result for result in got.values() if not isinstance(result, Died)]
    assert len(results) == COUNT - 1
    assert all(forms for _, forms in results)
    assert len({process for process, _ in results}) > 1

"""What is kept of the shipped YAML files is what they hold; where it is not, the file itself is read."""

import pytest

from kpi import resources
from kpi.rules import keeping, load, plainyaml

_READ_ALONE = [
    ("grammar", "units.yaml"),
    ("grammar", "words.yaml"),
    ("rulesets", "words", "names.yaml"),
    ("rulesets", "words", "forms.yaml"),
    ("rulesets", "accuracy.yaml"),
]


@pytest.fixture
def nothing_kept(monkeypatch):
    monkeypatch.setattr(resources, "KEPT", "no-such.json")
    resources._kept.cache_clear()
    yield
    resources._kept.cache_clear()


@pytest.mark.parametrize("name", keeping.FOLDERS)
def test_what_is_kept_is_fresh(name):
    kept = (resources.folder(name) / resources.KEPT).read_text(encoding="utf-8")
    assert kept == keeping.written(name), "make docs"


@pytest.mark.parametrize("name", keeping.FOLDERS)
def test_figures_and_words_come_back_as_they_were(name):
    for path in resources.folder(name).rglob("*.yaml"):
        raw = path.read_bytes()
        found = resources.kept(name, path.relative_to(resources.folder(name)).as_posix(), raw)
        assert found is not None, path
        assert repr(found) == repr(plainyaml.load(raw.decode("utf-8"))[0]), path


def test_a_file_that_was_changed_is_no_longer_known():
    raw = (resources.folder("rulesets") / "silences.yaml").read_bytes()
    assert resources.kept("rulesets", "silences.yaml", raw + b"\n") is None
    assert resources.kept("rulesets", "no-such.yaml", raw) is None


def test_without_it_the_files_themselves_are_read(nothing_kept, monkeypatch):
    alone, words = repr(load("sichuan-2025").rules), [resources.data(*path) for path in _READ_ALONE]
    resources._kept.cache_clear()
    monkeypatch.undo()
    assert alone == repr(load("sichuan-2025").rules)
    assert words == [resources.data(*path) for path in _READ_ALONE]


@pytest.mark.parametrize("held", ["", "[1]", '{"silences.yaml": 3}', '{"silences.yaml": [1]}'])
def test_a_damaged_one_is_passed_over(held, tmp_path, monkeypatch):
    (tmp_path / resources.KEPT).write_text(held, encoding="utf-8")
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path)
    resources._kept.cache_clear()
    try:
        assert resources.kept("rulesets", "silences.yaml", b"") is None
    finally:
        resources._kept.cache_clear()

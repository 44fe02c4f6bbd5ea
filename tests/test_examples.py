"""The six examples: the clean one is silent, the defective ones give what they were written to give and no more."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

import kpi
from kpi.readers import read_all
from tests.forms import examples as formats
from tests.forms.answers import extraction

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
EXPECTED = yaml.safe_load(Path(__file__).with_name("examples.yaml").read_text(encoding="utf-8"))
FAMILIES = {"REQ": 9, "VAL": 17, "UNI": 8, "CST": 10}
CODES = {f"{family}{number:03}" for family, last in FAMILIES.items() for number in range(1, last + 1)} | {"KPI002"}
OFF = {"CST010"}  # off until a ruleset lists a standard: qinghe-rules.yaml does


@cache
def _found(file: str, ruleset: str = "national") -> list[tuple[str, str, str]]:
    outcome = kpi.lint(EXAMPLES / file, ruleset=ruleset)
    return [(finding.rule, finding.project, finding.indicator or finding.level2 or "") for finding in outcome.findings]


def _expected(file: str) -> Counter[tuple[str, str, str]]:
    listed = EXPECTED[file] or {}
    rows = ((rule, project, places) for project, rules in listed.items() for rule, places in rules.items())
    return Counter((rule, project, place) for rule, project, places in rows for place in places)


def test_every_form_is_listed() -> None:
    assert set(EXPECTED) == {path.name for path in EXAMPLES.glob("*.txt")}


@pytest.mark.parametrize("file", sorted(EXPECTED))
def test_an_example_gives_what_it_was_written_for(file: str) -> None:
    found, expected = Counter(_found(file)), _expected(file)
    missing, too_many = sorted((expected - found).elements()), sorted((found - expected).elements())
    assert (missing, too_many) == ([], [])


def test_the_clean_example_is_clean() -> None:
    assert _found("clean-school.txt") == []


def test_every_rule_has_its_defect() -> None:
    assert {rule for rule, _, _ in _found("every-rule.txt")} >= CODES - OFF


def test_a_local_ruleset_turns_on_the_standards() -> None:
    found = {rule for rule, _, _ in _found("every-rule.txt", str(EXAMPLES / "qinghe-rules.yaml"))}
    assert found >= OFF


def test_forms_are_read_whole() -> None:
    tables = {path.name: kpi.read(path).tables for path in EXAMPLES.glob("*.txt")}
    assert {name: len(forms) for name, forms in tables.items()} == {
        "clean-school.txt": 1,
        "disclosure-library.txt": 2,
        "every-rule.txt": 8,
        "single-half-clinic.txt": 1,
        "stacked-road.txt": 1,
        "weights-farmland.txt": 1,
    }
    road, clinic, farmland = (
        tables[f"{name}.txt"][0] for name in ("stacked-road", "single-half-clinic", "weights-farmland")
    )
    assert road.halves == ("period", "annual")
    assert clinic.halves == ("annual",)
    assert (farmland.profile, road.profile) == ("national", "legacy-2015")
    weights = [indicator.weight for indicator in farmland.indicators]
    assert weights == ["15", "5", "10", "5", "15", "10", "10", "5", "10"]


def test_every_example_exists_in_every_format() -> None:
    there = {path.name for path in (EXAMPLES / "formats").iterdir()}
    assert there == {f"{Path(name).stem}.{suffix}" for name in EXPECTED for suffix in formats.FORMATS}
    assert sum(path.stat().st_size for path in (EXAMPLES / "formats").iterdir()) < 500_000


@pytest.mark.parametrize("path", sorted((EXAMPLES / "formats").glob("*.pdf")), ids=lambda path: path.stem)
def test_a_sample_pdf_brings_its_letters(path: Path) -> None:
    """A reader without Chinese fonts of its own shows it, too."""
    data = path.read_bytes()
    assert b"/FontFile2" in data
    assert b"STSong" not in data


@pytest.mark.parametrize("suffix", formats.FORMATS)
@pytest.mark.parametrize("file", sorted(EXPECTED))
def test_an_example_is_alike_in_every_format(file: str, suffix: str) -> None:
    """The same extraction, the same findings with the same words; only places differ."""
    text, other = EXAMPLES / file, EXAMPLES / "formats" / f"{Path(file).stem}.{suffix}"
    assert extraction(kpi.read(other)) == extraction(kpi.read(text))
    assert _told(other) == _told(text)


def _told(path: Path) -> list[tuple[str, ...]]:
    told = kpi.lint(path).findings
    return [(f.rule, f.fingerprint, f.severity, f.half or "", f.value or "", f.suggestion, *f.judged) for f in told]


@pytest.mark.slow
def test_the_formats_are_made_from_the_texts() -> None:
    """Who changes a text makes the others anew: python -m tests.forms.examples. The same bytes each time."""
    once, again = dict(formats.made()), dict(formats.made())
    assert once == again
    for name, data in once.items():
        (made,) = read_all(name, data)
        assert extraction(made) == extraction(kpi.read(EXAMPLES / "formats" / name)), name

"""The published schemas are those of the outputs."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kpi.commands.schema import NAMES
from kpi.reports.schema import render
from kpi.rules import plainyaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "schema"
RULE_FILES = sorted((ROOT / "rulesets" / "rules").glob("*.yaml"))
RULESETS = [
    *(p for p in (ROOT / "rulesets").glob("*.yaml") if "extends" in p.read_text("utf-8") or p.stem == "national"),
    ROOT / "rulesets" / "starter" / "kpi-rules.yaml",
    ROOT / "examples" / "qinghe-rules.yaml",
]


@pytest.mark.parametrize("name", NAMES)
def test_published_schema_is_fresh(name):
    """After an additive change: `kpi schema NAME -o docs/schema/NAME.schema.json`."""
    assert (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8") == render(name)


def test_nothing_else_is_published():
    assert sorted(path.name for path in FOLDER.glob("*.json")) == sorted(f"{name}.schema.json" for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_resolves(name):
    schema = json.loads(render(name))
    known = {f"#/$defs/{key}" for key in schema.get("$defs", {})}

    def references(part):
        if isinstance(part, dict):
            yield from ([part["$ref"]] if "$ref" in part else [])
            for inner in part.values():
                yield from references(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from references(inner)

    assert set(references(schema)) == known


def complaints(name, data):
    plain = json.loads(json.dumps(data, default=float))
    return [error.message for error in Draft202012Validator(json.loads(render(name))).iter_errors(plain)]


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.stem)
def test_an_editor_finds_nothing_wrong_with_a_good_ruleset(path):
    assert not complaints("ruleset", plainyaml.load(path.read_text(encoding="utf-8"))[0])


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_nor_with_the_shipped_rules(path):
    assert not complaints("ruleset", {"rules": plainyaml.load(path.read_text(encoding="utf-8"))[0]})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"wiht": {}}, "'wiht' was unexpected"),
        ({"severity": "eror"}, "'eror' is not one of"),
        ({"check": "word-found"}, "'word-found' is not one of"),
        ({"with": {"wordz": "x"}}, "'wordz' was unexpected"),
        ({"examples": {"bad": [{"valeu": "1"}]}}, "'valeu' was unexpected"),
    ],
    ids=lambda part: next(iter(part)) if isinstance(part, dict) else "",
)
def test_an_editor_points_at_mistakes(change, said):
    good = {
        "name": "x-y", "title": "试", "severity": "error", "review_item": "不计分", "check": "words-found",
        "message": "说", "with": {"words": "w"},
    }  # fmt: skip
    assert not complaints("ruleset", {"rules": {"LOC001": good}})
    assert any(said in one for one in complaints("ruleset", {"rules": {"LOC001": good | change}}))


def test_waivers_that_lack_something():
    good = {"rule": "VAL", "folder": ".", "reason": "一", "by": "二", "until": "2026-12-31"}
    assert not complaints("waivers", [good])
    assert complaints("waivers", [{key: text for key, text in good.items() if key != "reason"}])

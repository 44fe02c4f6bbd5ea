"""The published schemas are those of the outputs."""

import json
from pathlib import Path

import pytest

from kpi.commands.schema import NAMES
from kpi.reports.schema import render

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "schema"


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

"""Mid-year cases as data: a small form with what was achieved, worked out by the whole ruleset."""

from pathlib import Path
from typing import Any

import yaml

from kpi.progress.monitor import ProjectProgress
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.examples import document
from kpi.rules.monitored_example import monitored
from kpi.rules.ruleset import Ruleset

FOLDER = Path(__file__).parent


def load(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def project(ruleset: Ruleset, **keys: Any) -> ProjectProgress:
    """The progress of one small form, given by the keys of a rule's example."""
    example = ExampleSpec.model_validate({"year": 2026, "as_of": "2026-12-31", **keys})
    made = document(example)
    return monitored(made, example, ruleset)[id(made.tables[0])]

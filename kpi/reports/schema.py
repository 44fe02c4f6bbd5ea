"""The published JSON Schemas, made from the models. `docs/schema/` holds the same bytes."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter

from kpi.reports import contract, contract_compare, contract_evaluate, contract_monitor, contract_review
from kpi.reports.ruleset_schema import Plain, ruleset_schema, waivers_schema

_STYLE: dict[str, Any] = {"ensure_ascii": False, "indent": 1}
_OUTPUTS: dict[str, tuple[str, TypeAdapter[Any]]] = {
    "lint": ("kpi lint --format json", TypeAdapter(contract.LintReport)),
    "parse": ("kpi parse --format json", TypeAdapter(list[contract.ParsedValue])),
    "extract": ("kpi extract --format json", TypeAdapter(contract.ExtractReport)),
    "fix": ("kpi fix --format json", TypeAdapter(contract.FixReport)),
    "monitor": ("kpi monitor --format json", TypeAdapter(contract_monitor.MonitorReport)),
    "evaluate": ("kpi evaluate --format json", TypeAdapter(contract_evaluate.EvaluateReport)),
    "compare": ("kpi compare --format json", TypeAdapter(contract_compare.CompareReport)),
    "review": ("kpi review --format json", TypeAdapter(contract_review.ReviewReport)),
    "rules": ("kpi rules --format json", TypeAdapter(contract.RulesReport)),
}


INPUTS: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "ruleset": ("kpi 规则集文件", ruleset_schema),
    "waivers": ("kpi-waivers.yaml", waivers_schema),
}


def render(name: str) -> str:
    """The schema of the output `name` (lint, parse, extract …), or of what people write: ruleset, waivers."""
    if name in INPUTS:
        title, made = INPUTS[name]
        schema = made()
    else:
        title, adapter = _OUTPUTS[name]
        schema = adapter.json_schema(mode="serialization", by_alias=True, schema_generator=Plain)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(head | {key: part for key, part in schema.items() if key != "title"}, **_STYLE) + "\n"

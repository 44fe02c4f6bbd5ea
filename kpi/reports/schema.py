"""The published JSON Schemas, made from the contract models. `docs/schema/` holds the same bytes."""

import json
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from kpi.reports import contract

_STYLE: dict[str, Any] = {"ensure_ascii": False, "indent": 1}
_OUTPUTS: dict[str, tuple[str, TypeAdapter[Any]]] = {
    "lint": ("kpi lint --format json", TypeAdapter(contract.LintReport)),
    "parse": ("kpi parse --format json", TypeAdapter(list[contract.ParsedValue])),
    "extract": ("kpi extract --format json", TypeAdapter(contract.ExtractReport)),
    "rules": ("kpi rules --format json", TypeAdapter(contract.RulesReport)),
}


class _Plain(GenerateJsonSchema):
    """Without the titles that only repeat a key."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


def render(name: str) -> str:
    """The schema of the output `name`: lint, parse, extract or rules."""
    title, adapter = _OUTPUTS[name]
    schema = adapter.json_schema(mode="serialization", by_alias=True, schema_generator=_Plain)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(head | {key: part for key, part in schema.items() if key != "title"}, **_STYLE) + "\n"

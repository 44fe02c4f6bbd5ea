"""A parameter of a rule as a reader of the ruleset would write it."""

from collections.abc import Mapping
from decimal import Decimal

from kpi.reports.numbers import plain_number

EMPTY: tuple[object, ...] = ("", (), [], {}, None)


def setting(value: object) -> str:
    """Lists with 、, mappings as "key：value"; sets in order, so that the same ruleset reads the same."""
    if value in EMPTY:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, Mapping) and "label" in value:  # a level that a form must fill, called by its label
        only = value.get("only_for")
        return f"{value['label']}（只对词表 {only} 里的项目）" if only else str(value["label"])
    if isinstance(value, Mapping):
        return "；".join(f"{key}：{setting(part)}" for key, part in value.items() if part not in EMPTY)
    if isinstance(value, set | frozenset):
        return "、".join(sorted(map(setting, value)))
    if isinstance(value, list | tuple):
        return "、".join(map(setting, value))
    return str(value)

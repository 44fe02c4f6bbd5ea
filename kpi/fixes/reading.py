"""How a document must read after its changes, and what two readings are held against each other by."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from kpi.fixes.edits import Target, spliced
from kpi.fixes.place import Placed
from kpi.model import Document, Entry, Indicator, Location, TargetTable

_LEFT_OUT = frozenset({"path", "location", "locations", "cells", "explain"})


def expected(document: Document, some: Sequence[Placed]) -> Document:
    """The document with the changes in its texts; the places stay as they are."""
    texts: dict[Target, str] = {}
    running: dict[Target, list[Placed]] = {}
    for one in some:
        if one.proposal.target.row >= 0:
            texts[one.proposal.target] = one.text
        else:
            running.setdefault(one.proposal.target, []).append(one)
    for target, mine in running.items():
        spans = sorted(span for one in mine for span in one.proposal.spans)
        texts[target] = spliced(mine[0].proposal.old, spans)
    tables = list(document.tables)
    for target, text in texts.items():
        tables[target.form] = _with(tables[target.form], target, text)
    return document._replace(tables=tuple(tables))


def _with(table: TargetTable, target: Target, text: str) -> TargetTable:
    if target.row >= 0:
        rows = list(table.indicators)
        rows[target.row] = _valued(rows[target.row], target.key, text)
        return table._replace(indicators=tuple(rows))
    kind, _, label = target.key.partition(".")
    if kind == "sections":
        return table._replace(sections=MappingProxyType({**table.sections, label: text}))
    if kind == "goals":
        return table._replace(**{f"{label}_goal": text})  # type: ignore[arg-type]
    return table._replace(project=text)


def _valued(row: Indicator, half: str, text: str) -> Indicator:
    def with_text(entry: Entry | None) -> Entry | None:
        return entry._replace(text=text) if entry else None

    if half == "period":
        return row._replace(period=with_text(row.period))
    return row._replace(annual=with_text(row.annual))


def reading(thing: Any) -> object:  # noqa: ANN401 - any part of a document
    """All that was read, without the places and without white space that two ways of reading differ in."""
    if isinstance(thing, str):
        return " ".join(thing.split())
    if isinstance(thing, Location):
        return None
    if isinstance(thing, Mapping):
        return tuple((key, reading(value)) for key, value in thing.items())
    if not isinstance(thing, tuple):
        return thing
    names: Sequence[str | None] = getattr(thing, "_fields", (None,) * len(thing))
    return tuple(reading(part) for name, part in zip(names, thing, strict=True) if name not in _LEFT_OUT)

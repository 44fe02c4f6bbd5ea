"""Whoever follows a rule's advice must not be told off for it: each computed value is put into its cell, and the form
is checked again. Nothing more serious than a hint may then be new, and a cell gets one advice."""

import re
from collections import Counter
from pathlib import Path

import pytest

from kpi.model import Document, Indicator, TargetTable
from kpi.readers import read
from kpi.rules import lint
from kpi.rules.finding import Finding
from kpi.values import parse

ROOT = Path(__file__).parents[2]
FILES = [
    *sorted((ROOT / "tests/corpus").glob("[0-9]*")), *sorted((ROOT / "examples").glob("*.txt")),
]  # fmt: skip
#: What a suggestion gives to be copied into the value's cell.
_COPIED = re.compile(r"(?:改为|写成|一般是|多半是)“([^“”…]+)”|如“([^“”…]+)”。去掉")
#: The form has the same indicator twice; with one figure in both it is plain to see.
_TWICE = {("军属满意度", "CLS004")}
#: 800元 for 800万元, ≥9.6万元 for ≤: once that is mended it is plain that the cost only repeats the budget.
_SLIPS = ("CST007", "VAL010")


def values(finding: Finding, row: Indicator) -> dict[str, str]:
    """The value for each half of the row that the finding gives."""
    entries = dict(row.entries())
    if finding.edits:
        own = {edit.location: edit.replace for edit in finding.edits}
        return {half: own[entry.location] for half, entry in entries.items() if entry.location in own}
    halves = entries if finding.half == "both" else {finding.half: entries.get(finding.half)}
    copied = _COPIED.search(finding.suggestion)
    new = finding.fix.replace if finding.fix else next(filter(None, copied.groups()), "") if copied else ""
    plain = finding.fix or (finding.half != "both" and parse(new).kind == "quantity")
    return dict.fromkeys((half for half, entry in halves.items() if entry), new) if new and plain else {}


def changed(table: TargetTable, finding: Finding) -> tuple[TargetTable, dict[tuple[int, str], str]]:
    for number, row in enumerate(table.indicators):
        mine = row.name == finding.indicator and row.level2 == finding.level2
        if not mine or all(entry.text != finding.value for _, entry in row.entries()):
            continue
        new = values(finding, row)
        halves = {half: entry._replace(text=new[half]) for half, entry in row.entries() if half in new}
        rows = list(table.indicators)
        rows[number] = row._replace(**halves)
        return table._replace(indicators=tuple(rows)), {(number, half): text for half, text in new.items()}
    return table, {}


def counted(findings: list[Finding]) -> Counter[tuple[str, str, str | None, str | None]]:
    sides = {"both": ("period", "annual")}
    return Counter(
        (f.rule, f.severity, f.indicator, half) for f in findings for half in sides.get(f.half or "", (f.half,))
    )


def checked(document: Document, table: TargetTable, national) -> list[Finding]:
    return [f for f in lint([document._replace(tables=(table,))], national).findings if f.rule[:3] != "PFL"]


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_following_the_advice_earns_nothing_new(path, national):
    document = read(path)
    for table in document.tables:
        before = checked(document, table, national)
        advice: dict[tuple[int, str], set[str]] = {}
        for finding in (f for f in before if f.indicator is not None and f.rule[:3] in ("VAL", "UNI", "CST")):
            after, cells = changed(table, finding)
            if not cells or finding.rule == "CST004":  # whose advice is for another row
                continue
            for cell, text in cells.items():
                advice.setdefault(cell, set()).add(text)
            found = counted(checked(document, after, national))
            new = {key for key in found - counted(before) if (key[2], key[0]) not in _TWICE}
            if finding.rule in _SLIPS:
                new = {key for key in new if key[1] != "info"}
            assert not new, (table.project, finding.indicator, finding.rule, cells)
            assert finding.rule not in {rule for rule, _, name, _ in found & counted([finding])}, (finding, cells)
        assert {cell: texts for cell, texts in advice.items() if len(texts) > 1} == {}

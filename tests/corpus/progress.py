"""What `kpi monitor` and `kpi evaluate` say of the labelled cases in progress.yaml; any finding beyond is false."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

import kpi
from kpi.rules import Finding

_FILE = Path(__file__).with_name("progress.yaml")
Named = tuple[str, str]  # rule and indicator, "-" for the project as a whole


def cases() -> list[Mapping[str, Any]]:
    made: list[Mapping[str, Any]] = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return made


def said(case: Mapping[str, Any]) -> list[Finding]:
    """The findings of a case, run as the command would."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        for name, text in case["files"].items():
            (home / name).write_text(text, encoding="utf-8")
        target, actuals = home / "target.txt", home / case["actuals"]
        ruleset = case.get("ruleset", "national")
        if case["command"] == "evaluate":
            return list(kpi.evaluate(target, actuals=actuals, ruleset=ruleset).findings)
        before = [home / name for name in case.get("previous", ())]
        day = date.fromisoformat(case["as_of"])
        return list(kpi.monitor(target, actuals=actuals, as_of=day, previous=before, ruleset=ruleset).findings)


def judged(case: Mapping[str, Any]) -> tuple[list[Named], list[Named], list[Named]]:
    """(right, missed, false) of a case."""
    names = {name for _, name in (*case["sure"], *case.get("arguable", ()))}
    told = list(dict.fromkeys(_named(finding, names) for finding in said(case)))
    sure = [(rule, name) for rule, name in case["sure"]]
    excused = {(rule, name) for rule, name in case.get("arguable", ())}
    right = [one for one in sure if one in told]
    false = [one for one in told if one not in sure and not _excused(one, excused)]
    return right, [one for one in sure if one not in told], false


def _named(finding: Finding, names: Iterable[str]) -> Named:
    """Of a finding about the project as a whole the cell that it points at says nothing."""
    name = finding.indicator or "-"
    return finding.rule, name if name in names or finding.indicator else "-"


def _excused(one: Named, excused: Iterable[Named]) -> bool:
    rule, name = one
    return any(code in (rule, "*") and place in (name, "-") for code, place in excused)

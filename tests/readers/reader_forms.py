"""The same form as text and as a Word document, from one description; readings in a form that compares."""

from decimal import Decimal
from pathlib import Path

import yaml

from tests.forms import writers
from tests.forms.answers import reading

__all__ = ["CASES", "as_docx", "as_text", "expected", "reading", "rows"]
CASES = yaml.safe_load((Path(__file__).parent / "layouts.yaml").read_text(encoding="utf-8"))


def as_text(case, mark="\t"):
    lines = list(case.get("title", []))
    for row in case["grid"]:
        lines.append(mark.join("" if cell in ("^", "<") else cell for cell in row))
    return "\n".join(lines) + "\n"


def as_docx(case):
    return writers.docx([*case.get("title", []), case["grid"]], ruled=False)


def money(funding):
    return None if funding is None else {k: None if v is None else Decimal(v) for k, v in funding.items()}


def rows(table):
    return [
        [i.level1, i.level2, i.name, i.period and i.period.text, i.annual and i.annual.text] for i in table.indicators
    ]


def expected(case):
    want = dict(case["expect"])
    if "totals" in want:
        want["totals"] = {h: Decimal(v) for h, v in want["totals"].items()}
    if "sources" in want:
        want["sources"] = {h: money(s) for h, s in want["sources"].items()}
    return want

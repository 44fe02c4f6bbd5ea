"""The same form as text and as a Word document, from one description; readings in a form that compares."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import yaml

CASES = yaml.safe_load((Path(__file__).parent / "layouts.yaml").read_text(encoding="utf-8"))


def as_text(case, mark="\t"):
    lines = list(case.get("title", []))
    for row in case["grid"]:
        lines.append(mark.join("" if cell in ("^", "<") else cell for cell in row))
    return "\n".join(lines) + "\n"


def as_docx(case):
    import docx

    document = docx.Document()
    for line in case.get("title", []):
        document.add_paragraph(line)
    grid = case["grid"]
    table = document.add_table(len(grid), max(map(len, grid)))
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if text not in ("^", "<"):
                _write(table, grid, r, c, text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _write(table, grid, r, c, text):
    width = height = 1
    while c + width < len(grid[r]) and grid[r][c + width] == "<":
        width += 1
    while r + height < len(grid) and c < len(grid[r + height]) and grid[r + height][c] == "^":
        height += 1
    cell = table.cell(r, c)
    if width > 1 or height > 1:
        cell = cell.merge(table.cell(r + height - 1, c + width - 1))
    cell.text = text


def money(funding):
    return None if funding is None else {k: None if v is None else Decimal(v) for k, v in funding.items()}


def reading(table):
    """A form's content without its places."""
    return {
        "project": table.project,
        "department": table.department,
        "unit": table.unit,
        "attribute": table.attribute,
        "term": table.term,
        "year": table.year,
        "form": table.form,
        "profile": table.profile,
        "money_unit": table.money_unit,
        "sections": dict(table.sections),
        "sign_off": dict(table.sign_off),
        "goals": {h: table.goal(h) for h in ("period", "annual") if table.goal(h) is not None},
        "totals": {h: f.total for h in ("period", "annual") if (f := table.funding(h))},
        "sources": {h: dict(f.sources) for h in ("period", "annual") if (f := table.funding(h)) and f.sources},
        "rows": rows(table),
        "weights": [i.weight for i in table.indicators],
        "actuals": [i.actual and i.actual.text for i in table.indicators],
        "scores": [i.score for i in table.indicators],
    }


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

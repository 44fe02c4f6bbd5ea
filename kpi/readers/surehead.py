"""What the head of a form tells for certain where its cells are in disorder: as many texts behind labels as labels."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import Half
from kpi.readers import labels
from kpi.readers.fields import Head
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_FIELDS = ("department", "unit", "attribute", "term")
_BLANK = ("unit", "term")  # what stands in front of the labels below
_ATTRIBUTE = later(r"(?:一次性|经常性|延续性|常年性?|长期性?|阶段性|新增)(?:项目)?(?:[(（].{1,20}[)）])?")
_MONEY = later(r"\d[\d,.]*(?:万?元)?")


class _Run(NamedTuple):
    """Labels one behind the other, and the texts that follow them."""

    labels: list[GridCell]
    texts: list[GridCell]


def sure_head(head: Head, lines: Sequence[Line]) -> Head:
    """`head` with the sections and the goal that stand so in these lines: each section's own text in their order; one
    text behind labels of goals, under the first of them that says a half. And the fields that one label and one text
    make, or a label with nothing behind it but the next one and what plainly is of that."""
    for run in _runs(_above_rows([c for line in lines for c in line.filled])):
        goals = [labels.goal_of(cell.text) for cell in run.labels]
        if all(goals) and len(run.texts) == 1:
            half: Half = "period" if next((kind for kind in goals if kind != "any"), "") == "period" else "annual"
            head.goals.setdefault(half, run.texts[0].text)
            head.locations.setdefault(f"goals.{half}", run.texts[0].location)
        elif len(run.labels) == len(run.texts):
            _give(head, run)
        _fields(head, run)
    return head


def _fields(head: Head, run: _Run) -> None:
    kinds = [labels.field_of(cell.text) for cell in run.labels]
    if len(run.labels) == len(run.texts) == 1 and kinds[0] in _FIELDS:
        _put(head, kinds[0], run.texts[0].text, run.texts[0])
    elif len(run.labels) == 2 and kinds[0] in _BLANK and run.texts and _is_of(run.labels[1], run.texts):
        _put(head, kinds[0], "", run.labels[0])
        if kinds[1] == "attribute":
            _put(head, "attribute", run.texts[0].text, run.texts[0])


def _put(head: Head, field: str, text: str, cell: GridCell) -> None:
    head.fields.setdefault(field, text)
    head.locations.setdefault(field, cell.location)


def _is_of(label: GridCell, texts: Sequence[GridCell]) -> bool:
    """实施单位 项目属性 一次性项目, 项目期 实施期资金总额: 860,000: whether the texts are plainly of the second."""
    if labels.field_of(label.text) == "attribute":
        return len(texts) == 1 and _ATTRIBUTE.fullmatch(labels.squeeze(texts[0].text)) is not None
    return labels.is_total(label.text) and _MONEY.fullmatch(texts[0].text) is not None


def in_turn(head: Head, lines: Sequence[Line]) -> None:
    """Labels of sections one behind the other on a line, and then as many texts: each has its own, and not the last
    label all of them. On lines of their own, the texts may all be the last one's."""
    for run in _runs(_above_rows([c for line in lines for c in line.filled])):
        where = {cell.location.line for cell in (*run.labels, *run.texts)}
        several = 1 < len(run.labels) == len(run.texts)
        if several and len(where) == 1 and all(labels.field_of(cell.text) == "section" for cell in run.labels):
            _give(head, run)


def _give(head: Head, run: _Run) -> None:
    for label, text in zip(run.labels, run.texts, strict=True):
        key = labels.squeeze(label.text)
        if labels.field_of(label.text) == "section":
            head.sections[key] = text.text
            head.locations[f"sections.{key}"] = text.location


def _above_rows(cells: Sequence[GridCell]) -> Sequence[GridCell]:
    heads = (k for k, c in enumerate(cells) if labels.head_of(c.text) in ("level1", "level2", "name"))
    return cells[: next(heads, 0)]


def _runs(cells: Sequence[GridCell]) -> Iterator[_Run]:
    run = _Run([], [])
    for cell in cells:
        known = labels.is_known(cell.text) or labels.is_total(cell.text)
        if known and run.texts:
            yield run
            run = _Run([], [])
        (run.labels if known else run.texts).append(cell)
    yield run

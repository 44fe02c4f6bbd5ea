"""`kpi compare` for Word: what to look at, then a table of changes for every project, what came and went."""

from collections.abc import Iterator, Sequence

from kpi.progress.compare import Change, Comparison, Side
from kpi.reports import compare_words as w
from kpi.reports.compare_outcome import CompareOutcome
from kpi.reports.lightlooks import FILLS, INKS
from kpi.reports.terms import at_the_top
from kpi.reports.width import shorten_middle
from kpi.reports.wordcraft import Cell, document, head, paragraph, table

_WIDTHS = (1050, 1500, 2500, 2000, 2000, 3100, 2648)
_HEADS = ("变化", "二级指标", "三级指标", "原目标", "现目标", "说明", "位置")
_LONE = (6700, 3200, 3448, 1450)
_MARGIN = 850
_LONGEST_NAME = 160


def render(outcome: CompareOutcome) -> bytes:
    return document(_body(outcome), margin=_MARGIN, landscape=True)


def _body(outcome: CompareOutcome) -> Iterator[str]:
    yield paragraph(w.TITLE, bold=True, size=16, align="center", font="黑体")
    yield from (paragraph(f"{word}：{file}", align="center") for word, file in w.files(outcome))
    yield paragraph(at_the_top(w.conclusion(outcome)), bold=True)
    if not outcome.unread:
        yield paragraph(f"{w.total(outcome)}。")
        for one in w.changed(outcome):
            yield from _project(one)
        for title, some in w.lone(outcome):
            yield paragraph(f"{title}（{len(some)}）", bold=True, size=12, keep=True)
            yield table(_LONE, _lone(some))
    told = list(w.foot(outcome))
    if told:
        yield paragraph(w.ASIDE, bold=True, size=12, keep=True)
        yield from map(paragraph, told)


def _project(one: Comparison) -> Iterator[str]:
    name = shorten_middle(one.new.table.project or w.UNNAMED, _LONGEST_NAME)
    yield paragraph(name, bold=True, size=12, keep=True)
    facts = [("原名", shorten_middle(w.was_called(one), _LONGEST_NAME)), ("资金", w.money_change(one))]
    for label, text in facts:
        if text:
            yield paragraph(f"{label}：{text}", keep=bool(one.changes))
    if one.changes:
        yield table(_WIDTHS, [tuple(map(head, _HEADS)), *map(_row, one.changes)])
        yield paragraph("")


def _row(one: Change) -> tuple[Cell, ...]:
    look = w.COLOURS[one.kind]
    half = f"（{w.half(one)}）" if w.half(one) else ""
    return (
        Cell(w.WORDS[one.kind], bold=True, align="center", shade=FILLS[look], colour=INKS[look]),
        Cell(one.indicator.level2, align="center"), Cell((one.indicator.name or "（无名称）") + half),
        Cell(one.old or "", align="center"), Cell(one.new or "", align="center"), Cell(one.message),
        Cell("\n".join(w.places(one))),
    )  # fmt: skip


def _lone(some: Sequence[Side]) -> Iterator[tuple[Cell, ...]]:
    yield tuple(map(head, ("项目", "主管部门", "实施单位", "指标数")))
    for side in some:
        form = side.table
        count = str(sum(one.filled for one in form.indicators))
        name = shorten_middle(form.project or w.UNNAMED, _LONGEST_NAME)
        yield Cell(name), Cell(form.department or ""), Cell(form.unit or ""), Cell(count, align="center")

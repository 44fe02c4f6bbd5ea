"""`kpi evaluate` for Word: the 绩效自评表 of every form with the recomputed points, and what is to be put right."""

from collections.abc import Iterator

from kpi.model import Document
from kpi.progress.evaluation import Evaluation, RowResult
from kpi.reports import evaluate_words as w
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.footing import HEAD
from kpi.reports.terms import SEVERITIES, spots
from kpi.reports.width import one_line
from kpi.reports.wordcraft import Cell, document, paragraph, table

_SHADE = "EEF2F7"
_WIDTHS = (960, 980, 1560, 1040, 1040, 600, 740, 1300, 1646)  # "12.00—16.00" takes one line
_HEADS = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "自评", "重算", "偏差原因及改进措施")


def render(evaluated: EvaluateOutcome) -> bytes:
    return document(_body(evaluated))


def _body(evaluated: EvaluateOutcome) -> Iterator[str]:
    for number, (source, one) in enumerate(evaluated.evaluations):
        yield from _form(one, page=number > 0)
        yield from _problems(evaluated, source, one)
    yield paragraph(HEAD, bold=True, size=12)
    yield from (paragraph(text) for text in w.foot(evaluated))


def _head(text: str, span: int = 1) -> Cell:
    return Cell(text, span, bold=True, align="center", shade=_SHADE)


def _form(one: Evaluation, *, page: bool) -> Iterator[str]:
    form = one.table
    yield paragraph(w.TITLE, bold=True, size=16, align="center", page=page, font="黑体")
    yield paragraph(f"（{form.year}年度）" if form.year else "", align="center")
    yield table(_WIDTHS, _rows(one), heads=0)


def _rows(one: Evaluation) -> Iterator[tuple[Cell, ...]]:
    form, said = one.table, one.table.stated
    yield _head("项目名称", 2), Cell(form.project, 7)
    yield _head("主管部门", 2), Cell(form.department or "", 2), _head("实施单位", 2), Cell(form.unit or "", 3)
    yield _head("预算执行", 2), Cell(w.execution(one), 7)
    yield _head("预期目标", 2), Cell(form.annual_goal or form.period_goal or "", 7)
    yield tuple(_head(text) for text in _HEADS)
    level1 = level2 = None
    for row in one.rows:
        first = "on" if row.indicator.level1 == level1 else "start"
        second = "on" if first == "on" and row.indicator.level2 == level2 else "start"
        level1, level2 = row.indicator.level1, row.indicator.level2
        yield (
            Cell(level1 if first == "start" else "", down="start" if first == "start" else "on", align="center"),
            Cell(level2 if second == "start" else "", down="start" if second == "start" else "on", align="center"),
            *_cells(row),
        )
    full = w.figure(one.total.full) if one.total else ""
    stated = (said.score or "") if said else ""
    yield _head("总分", 5), Cell(full, align="center"), Cell(stated, align="center"), Cell(w.total(one.total), 2)


def _cells(row: RowResult) -> Iterator[Cell]:
    wrong = row.stated is not None and row.score.score is not None and row.stated != row.score.score
    yield Cell(row.indicator.name)
    yield Cell(row.target, align="center")
    yield Cell(row.actual or "", align="center")
    yield Cell(w.figure(row.weight), align="center")
    yield Cell(w.figure(row.stated), align="center")
    yield Cell(w.row_score(row), bold=wrong, align="center")
    yield Cell(row.reason or "")


def _problems(evaluated: EvaluateOutcome, source: Document, one: Evaluation) -> Iterator[str]:
    found = evaluated.of_form(source, one)
    yield paragraph(f"需要改正和说明的（{len(found)} 处）" if found else "没有发现问题。", bold=bool(found), size=12)
    for number, finding in enumerate(found, 1):
        where = spots(quote.location for quote in finding.evidence)
        at = f"（{where}）" if where else ""
        text = f"{number}. {SEVERITIES[finding.severity]}：{finding.message}{finding.suggestion}{at}"
        yield paragraph(one_line(text))

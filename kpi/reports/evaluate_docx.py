"""`kpi evaluate` for Word: what comes first and every form in a line, then the 绩效自评表 of each with the recomputed
points, and what is to be put right."""

from collections.abc import Iterator, Sequence

from kpi.model import Document
from kpi.progress.evaluation import Evaluation
from kpi.progress.results import RowResult
from kpi.reports import evaluate_words as w
from kpi.reports.evaluate_closing import conclusion
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.footing import HEAD
from kpi.reports.lightlooks import FILLS, INKS
from kpi.reports.terms import at_the_top
from kpi.reports.width import one_line, shorten_middle
from kpi.reports.wordcraft import WANTED, Cell, centered, document, head, level, paragraph, table
from kpi.rules.finding import SEVERITIES as ORDER

_MARGIN = 794  # twentieths of a point
_WIDTHS = (960, 980, 1800, 1250, 1250, 640, 950, 1350, 1900, 3718)  # "12.00—16.00" takes one line
_HEADS = (
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "自评得分", "重算得分",
    "偏差原因及改进措施", "怎么算的",
)  # fmt: skip
_MONEY_SPANS = (2, 1, 1, 1, 2, 1, 1, 1)
_LIST_WIDTHS = (500, 4500, 3000, 1500, 900, 1100, 1000, 1000, 600, 698)
_LIST = ("", "项目", "实施单位", "重算总分", "等次", "表中总分", "执行率", "得分率", "错误", "警告")
_NAME_COLUMNS, _LONGEST_NAME = 90, 200
_LAST = len(_WIDTHS)


def render(evaluated: EvaluateOutcome) -> bytes:
    return document(_body(evaluated), margin=_MARGIN, landscape=True)


def _body(evaluated: EvaluateOutcome) -> Iterator[str]:
    forms = list(evaluated.evaluations)
    several = len(forms) > 1
    if several:
        yield paragraph("绩效自评重算汇总", bold=True, size=16, align="center", font="黑体")
        yield paragraph(at_the_top(conclusion(evaluated)), bold=True)
        yield table(_LIST_WIDTHS, _listed(evaluated, forms))
    for number, (_, one) in enumerate(forms, 1):
        yield paragraph(
            w.TITLE, bold=True, size=16, align="center", page=several, font="黑体", mark=f"p{number}", keep=True
        )
        yield paragraph(f"（{one.table.year}年度）" if one.table.year else "", align="center", keep=True)
        if not several:
            yield paragraph(at_the_top(conclusion(evaluated)), bold=True, keep=True)
        if said := w.trial(one):
            yield paragraph(said, keep=True)
        yield table(_WIDTHS, _rows(one), heads=0)
        yield from _problems(evaluated, one, last=number == len(forms))
    if not forms:
        yield paragraph(at_the_top(conclusion(evaluated)), bold=True)
    yield paragraph(HEAD, bold=True, size=12, keep=True)
    yield from (paragraph(text, size=9) for text in w.foot(evaluated))


def _figure(text: str, *, wrong: bool) -> Cell:
    if not wrong:
        return centered(text)
    return Cell(text, bold=True, align="center", shade=FILLS["red"], colour=INKS["red"])


def _listed(evaluated: EvaluateOutcome, forms: Sequence[tuple[Document, Evaluation]]) -> Iterator[tuple[Cell, ...]]:
    yield tuple(map(head, _LIST))
    for number, (_, one) in enumerate(forms, 1):
        found, said = evaluated.of_form(one), one.table.stated
        counts = [sum(finding.severity == severity for finding in found) for severity in ORDER[:2]]
        name = shorten_middle(one.table.project or w.UNNAMED, _NAME_COLUMNS)
        yield (
            centered(str(number)), Cell(name, link=f"p{number}"), Cell(one.table.unit or ""),
            centered(w.span(one.total)), centered(w.grades(one.total)),
            _figure((said.score or "") if said else "", wrong=one.total_differs()),
            centered(w.share(one.execution.rate)), centered(w.share(one.achievement)),
            *(centered(str(count or "")) for count in counts),
        )  # fmt: skip


def _rows(one: Evaluation) -> Iterator[tuple[Cell, ...]]:
    form, said = one.table, one.table.stated
    yield head("项目名称", 2), Cell(shorten_middle(form.project or w.UNNAMED, _LONGEST_NAME), _LAST - 2)
    yield head("主管部门", 2), Cell(form.department or "", 3), head("实施单位", 2), Cell(form.unit or "", 3)
    yield tuple(head(text, span) for text, span in zip(w.MONEY_HEADS, _MONEY_SPANS, strict=True))
    yield tuple(centered(text, span) for text, span in zip(w.money_cells(one), _MONEY_SPANS, strict=True))
    yield head("预期目标", 2), Cell(form.annual_goal or form.period_goal or "", _LAST - 2)
    yield tuple(map(head, _HEADS))
    level1, level2, differing = None, None, w.wrong(one)
    for number, row in enumerate(one.rows):
        first = row.indicator.level1 != level1
        second = first or row.indicator.level2 != level2
        level1, level2 = row.indicator.level1, row.indicator.level2
        yield level(level1, first), level(level2, second), *_cells(one, row, wrong=number in differing)
    stated, wrong = (said.score or "") if said else "", one.total_differs()
    grade = f"等次：{w.grades(one.total)}" if w.grades(one.total) else ""
    yield (
        head("总分", 5), centered(w.full_marks(one)), _figure(stated, wrong=wrong),
        _figure(w.span(one.total), wrong=wrong), Cell(grade), Cell(w.headline(one)),
    )  # fmt: skip
    if own := w.stated_grade(one):
        yield head(w.GRADE, 5), Cell(own, _LAST - 5)


def _cells(one: Evaluation, row: RowResult, *, wrong: bool) -> Iterator[Cell]:
    yield Cell(row.indicator.name)
    yield centered(row.target)
    yield centered(row.actual or "")
    yield centered(w.figure(row.weight))
    yield _figure(w.stated_points(row), wrong=wrong)
    yield _figure(w.row_score(row), wrong=wrong)
    awaited = one.awaits(row)
    yield Cell(w.reason(one, row), shade=WANTED if awaited else "")
    yield Cell("；".join(filter(None, (row.message.rstrip("。"), w.WANTED if awaited else ""))))


def _problems(evaluated: EvaluateOutcome, one: Evaluation, *, last: bool) -> Iterator[str]:
    """`last`: its last line goes with the foot, which would be a page of its own else."""
    found = evaluated.of_form(one)
    head = f"需要改正和说明的（{len(found)} 处）" if found else "没有发现问题。"
    yield paragraph(head, bold=bool(found), size=12, keep=bool(found) or last)
    for number, finding in enumerate(found, 1):
        yield paragraph(one_line(f"{number}. {w.problem(finding)}"), size=9, keep=last and number == len(found))

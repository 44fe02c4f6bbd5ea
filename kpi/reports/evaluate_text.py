"""`kpi evaluate` for people: a block a form with its recomputed points, then what differs, then what fitted nothing."""

from collections.abc import Iterator, Sequence

from kpi.model import Document
from kpi.progress.assess import Unmatched
from kpi.progress.evaluation import Evaluation
from kpi.progress.results import RowResult
from kpi.reports import evaluate_words as w
from kpi.reports.evaluate_closing import conclusion
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.footing_text import footing_lines
from kpi.reports.lines import Line, Style, line, styled
from kpi.reports.lint_finding import Citations, finding_lines, group_by_row, row_line
from kpi.reports.terms import SEVERITIES, file_name, spot
from kpi.reports.width import left, one_line, right, shorten
from kpi.rules.finding import SEVERITIES as ORDER

_NAME, _VALUE, _POINTS, _SCORE = 30, 16, 7, 13
_MOST = 20  # lines of one list


def render(evaluated: EvaluateOutcome, *, explain: bool = False, quiet: bool = False) -> Iterator[Line]:
    if not quiet:
        for document, one in evaluated.evaluations:
            yield from _form(evaluated, document, one, explain)
        for title, some in w.leftovers(evaluated):
            yield from _left(title, some)
    yield from _closing(evaluated, explain=explain, quiet=quiet)


def _form(evaluated: EvaluateOutcome, document: Document, one: Evaluation, explain: bool) -> Iterator[Line]:
    name = one_line(one.table.project) or w.UNNAMED
    yield line(styled("head", f"━━ {name} ━━"), f" {w.headline(one)}")
    yield line(styled("dim", f"   {file_name(document.path)} {spot(one.table.location)}"))
    if said := w.stated(one):
        yield line(f"   表中所写：{one_line(said)}")
    yield line(f"   预算执行：{w.execution(one)}")
    if said := w.trial(one):
        yield line(styled("warning", f"   {said}"))
    if said := w.achievement(one):
        yield line(f"   指标得分率：{said}")
    yield line()
    yield _head()
    wrong = w.wrong(one)
    for number, row in enumerate(one.rows):
        yield from _row(row, explain, marked=number in wrong or one.awaits(row))
    yield from _findings(evaluated, one, explain)
    yield line()


def _head() -> Line:
    cells = (left("指标", _NAME), left("目标", _VALUE), left("完成", _VALUE), right("分值", _POINTS),
             right("自评", _POINTS), right("重算", _SCORE))  # fmt: skip
    return line(styled("dim", "   " + "  ".join(cells)))


def _row(row: RowResult, explain: bool, *, marked: bool) -> Iterator[Line]:
    style: Style = "warning" if marked else ""
    cells = (
        left(shorten(row.indicator.name, _NAME), _NAME), left(shorten(row.target, _VALUE), _VALUE),
        left(shorten(row.actual or "（空）", _VALUE), _VALUE), right(w.figure(row.weight), _POINTS),
        right(w.stated_points(row), _POINTS), right(w.row_score(row), _SCORE),
    )  # fmt: skip
    yield line(styled(style, "   " + "  ".join(cells)))
    if explain or row.score.method == "unscored":
        yield line(styled("dim", f"      {one_line(row.message)}"))


def _findings(evaluated: EvaluateOutcome, one: Evaluation, explain: bool) -> Iterator[Line]:
    cite = Citations()
    for row in group_by_row(evaluated.of_form(one)):
        yield line()
        yield row_line(row)
        for finding in row.findings:
            rule = evaluated.outcome.rule(finding.rule) if explain else None
            yield from finding_lines(finding, row, cite, rule)


def _left(title: str, some: Sequence[Unmatched]) -> Iterator[Line]:
    if not some:
        return
    yield line(styled("warning", f"{title}：{len(some)} 处"))
    for one in some[:_MOST]:
        yield line(f"   {one_line(w.leftover(one))}", styled("dim", f"  {spot(one.location)}"))
    if len(some) > _MOST:
        yield line(f"   另有 {len(some) - _MOST} 处，见 --format json")
    yield line()


def _closing(evaluated: EvaluateOutcome, *, explain: bool, quiet: bool) -> Iterator[Line]:
    outcome = evaluated.outcome
    yield from footing_lines(outcome, explain=explain, quiet=quiet)
    forms = len(evaluated.assessed.results)
    if not forms and outcome.could_not_check:
        yield line(styled("head", "结论："), conclusion(evaluated))
        return
    counts = outcome.result.counts
    tally = "，".join(f"{SEVERITIES[severity]} {counts[severity]}" for severity in ORDER if counts[severity])
    yield line(styled("head", "合计："), f"{forms} 张自评表，{tally or '没有发现问题'}")
    yield line(styled("head", "结论："), conclusion(evaluated))

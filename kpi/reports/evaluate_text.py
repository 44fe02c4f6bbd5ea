"""`kpi evaluate` for people: a block a form with its recomputed points, then what differs, then what fitted nothing."""

from collections.abc import Iterator, Sequence

from kpi.model import Document
from kpi.progress.assess import Unmatched
from kpi.progress.evaluation import Evaluation, RowResult
from kpi.reports import evaluate_words as w
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.footing_text import footing_lines
from kpi.reports.lines import Line, Style, line, styled
from kpi.reports.lint_finding import Citations, finding_lines, group_by_row, row_line
from kpi.reports.terms import SEVERITIES, spot
from kpi.reports.width import left, one_line, right, shorten
from kpi.rules.finding import SEVERITIES as ORDER

_NAME, _VALUE, _POINTS, _SCORE = 30, 16, 7, 13
_MOST = 20  # lines of one list
_UNREAD = "没有检查成，什么也没有算；请先按上面的说明处理文件，再检查一次。"
_SCORED = "表中没有写自评得分和总分，以上是按完成值算出的"


def render(evaluated: EvaluateOutcome, *, explain: bool = False, quiet: bool = False) -> Iterator[Line]:
    if not quiet:
        for document, one in evaluated.evaluations:
            yield from _form(evaluated, document, one, explain)
        for title, some in w.leftovers(evaluated):
            yield from _left(title, some)
    yield from _closing(evaluated, explain=explain, quiet=quiet)


def _form(evaluated: EvaluateOutcome, document: Document, one: Evaluation, explain: bool) -> Iterator[Line]:
    name = one_line(one.table.project) or w.UNNAMED
    yield line(styled("head", f"━━ {name} ━━"), f" 重算总分 {w.total(one.total)}")
    yield line(styled("dim", f"   {one_line(document.path)} {spot(one.table.location)}"))
    if said := w.stated(one):
        yield line(f"   表中所写：{one_line(said)}")
    yield line(f"   预算执行：{w.execution(one)}")
    if one.achievement is not None:
        yield line(f"   指标得分率：{w.share(one.achievement)}")
    yield line()
    yield _head()
    for row in one.rows:
        yield from _row(row, explain)
    yield from _findings(evaluated, document, one, explain)
    yield line()


def _head() -> Line:
    cells = (left("指标", _NAME), left("目标", _VALUE), left("完成", _VALUE), right("分值", _POINTS),
             right("自评", _POINTS), right("重算", _SCORE))  # fmt: skip
    return line(styled("dim", "   " + "  ".join(cells)))


def _row(row: RowResult, explain: bool) -> Iterator[Line]:
    differs = row.stated is not None and row.score.score is not None and row.stated != row.score.score
    style: Style = "warning" if differs or (row.needs_reason and not row.explained) else ""
    cells = (
        left(shorten(row.indicator.name, _NAME), _NAME), left(shorten(row.target, _VALUE), _VALUE),
        left(shorten(row.actual or "（空）", _VALUE), _VALUE), right(w.figure(row.weight), _POINTS),
        right(w.figure(row.stated), _POINTS), right(w.row_score(row), _SCORE),
    )  # fmt: skip
    yield line(styled(style, "   " + "  ".join(cells)))
    if explain or row.score.method == "unscored":
        yield line(styled("dim", f"      {one_line(row.message)}"))


def _findings(evaluated: EvaluateOutcome, document: Document, one: Evaluation, explain: bool) -> Iterator[Line]:
    cite = Citations()
    for row in group_by_row(evaluated.of_form(document, one)):
        yield line()
        yield row_line(row)
        for finding in row.findings:
            rule = evaluated.outcome.rule(finding.rule) if explain else None
            yield from finding_lines(finding, row, cite, rule)


def _left(title: str, some: Sequence[Unmatched]) -> Iterator[Line]:
    if not some:
        return
    yield line(styled("warning", f"{title}（{len(some)}）："))
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
        yield line(styled("head", "结论："), _UNREAD)
        return
    counts = outcome.result.counts
    tally = "，".join(f"{SEVERITIES[severity]} {counts[severity]}" for severity in ORDER if counts[severity])
    yield line(styled("head", "合计："), f"{forms} 张自评表，{tally or '没有发现问题'}")
    yield line(styled("head", "结论："), _verdict(evaluated, forms))


def stated(one: Evaluation) -> bool:
    """Whether the form states any points of its own that could be right or wrong."""
    said = one.table.stated
    return one.execution.stated is not None or bool(said and said.score) or any(
        row.stated is not None for row in one.rows
    )  # fmt: skip


def _unstated(evaluated: EvaluateOutcome) -> str:
    """There is nothing to compare the recomputed points with: what is left to do."""
    rows = [row for _, one in evaluated.evaluations for row in one.rows]
    unmet = sum(row.needs_reason and not row.explained for row in rows)
    blank = sum(row.score.blank for row in rows)
    todo = [
        f"{unmet} 项没有达到目标或大幅超额，要写明原因" if unmet else "", f"{blank} 项没有填完成值" if blank else "",
    ]  # fmt: skip
    told = "；".join(filter(None, todo))
    return f"{_SCORED}；{told or '填进自评表后再检查一次'}。"


def _verdict(evaluated: EvaluateOutcome, forms: int) -> str:
    if not forms:
        return "没有找到填了完成值的自评表，什么也没有算；请确认选对了文件，或用 --actuals 给出完成情况。"
    counts = evaluated.outcome.result.counts
    if counts["error"]:
        return f"有 {counts['error']} 处对不上，改正后再上报；先改得分和总分，再补原因。"
    if not any(stated(one) for _, one in evaluated.evaluations):
        return _unstated(evaluated)
    if counts["warning"]:
        return "得分和总分对得上；有几处要说明或核对，见上。"
    if any(one.total is not None and one.total.score is None for _, one in evaluated.evaluations):
        return "没有发现问题；有的指标要由人评，总分是一个范围。"
    return "得分、总分与表中数据一致，可以上报。"

"""`kpi evaluate` as one page: whether it holds, every form in a line, then the rows of each with what differs."""

from collections.abc import Iterator

from kpi.model import Document
from kpi.progress.evaluation import Evaluation
from kpi.progress.results import RowResult
from kpi.reports import evaluate_words as w
from kpi.reports.evaluate_closing import conclusion, doubtful
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.footing import HEAD
from kpi.reports.pagecraft import Td, foot, listed, page, say, table, td
from kpi.reports.terms import SEVERITIES, at_the_top, file_name
from kpi.reports.width import shorten_middle
from kpi.rules.finding import SEVERITIES as ORDER

_HEADS = ("指标", "年度指标值", "实际完成值", "分值", "自评", "重算", "偏差原因", "怎么算的")
_LIST = ("项目", "重算总分", "等次", "表中总分", "执行率", "指标得分率", "错误", "警告", "提示")
_NAME_COLUMNS, _LONGEST_NAME = 60, 200


def render(evaluated: EvaluateOutcome) -> str:
    return page(f"{w.TITLE}重算", "", _body(evaluated))


def _body(evaluated: EvaluateOutcome) -> Iterator[str]:
    forms = list(evaluated.evaluations)
    yield from _said(evaluated, len(forms))
    if len(forms) > 1:
        yield "<section><h2>各项目</h2>"
        yield from table(_LIST, (_line(evaluated, *one, number) for number, one in enumerate(forms, 1)))
        yield "</section>"
    for number, (document, one) in enumerate(forms, 1):
        yield from _form(evaluated, document, one, number if len(forms) > 1 else None)
    yield foot(HEAD, w.foot(evaluated))


def _said(evaluated: EvaluateOutcome, forms: int) -> Iterator[str]:
    counts = evaluated.outcome.result.counts
    tally = "，".join(f"{SEVERITIES[severity]} {counts[severity]}" for severity in ORDER if counts[severity])
    unsure = counts["warning"] or doubtful(evaluated)
    style = "error" if counts["error"] or evaluated.could_not_check else "warning" if unsure else "good"
    yield f'<div class="said {style}"><p><strong>{say(at_the_top(conclusion(evaluated)))}</strong></p>'
    yield f"<p>{forms} 张自评表，{tally or '没有发现问题'}。</p></div>"


def _line(evaluated: EvaluateOutcome, document: Document, one: Evaluation, number: int) -> list[Td]:
    found = evaluated.of_form(one)
    counts = [sum(finding.severity == severity for finding in found) for severity in ORDER]
    name = say(shorten_middle(one.table.project or w.UNNAMED, _NAME_COLUMNS))
    said = one.table.stated
    return [
        Td(f'<a href="#p{number}">{name}</a><small>{say(file_name(document.path))}</small>', "key w"),
        td(w.span(one.total), "n"), td(w.grades(one.total), "c"),
        td(said.score if said else "", "n warn" if one.total_differs() else "n"), td(w.share(one.execution.rate), "n"),
        td(w.share(one.achievement), "n"), *(td(str(count or ""), "n") for count in counts),
    ]  # fmt: skip


def _form(evaluated: EvaluateOutcome, document: Document, one: Evaluation, number: int | None) -> Iterator[str]:
    before = f"{number}. " if number else ""
    name = say(shorten_middle(one.table.project or w.UNNAMED, _LONGEST_NAME))
    yield f'<section class="form" id="p{number or 1}"><h2>{before}{name}</h2>'
    stated = f"（表中所写：{w.stated(one)}）" if w.stated(one) else ""
    yield f'<p class="total"><strong>{say(w.headline(one))}</strong>{say(stated)}</p>'
    if said := w.trial(one):
        yield f'<p class="warn">{say(said)}</p>'
    facts = [("主管部门", one.table.department), ("实施单位", one.table.unit), ("文件", file_name(document.path)),
             ("预算执行", w.execution(one)), ("指标得分率", w.share(one.achievement))]  # fmt: skip
    yield '<p class="facts">' + "".join(f"<span>{label}：{say(text)}</span>" for label, text in facts if text) + "</p>"
    wrong = w.wrong(one)
    yield from table(_HEADS, (_row(one, row, wrong=number in wrong) for number, row in enumerate(one.rows)))
    yield from _problems(evaluated, one)
    yield "</section>"


def _row(one: Evaluation, row: RowResult, *, wrong: bool) -> list[Td]:
    awaited = one.awaits(row)
    return [
        Td(f"{say(row.indicator.name)}<small>{say(row.indicator.level2)}</small>", "key w"), td(row.target, "v"),
        td(row.actual, "v"), td(w.figure(row.weight), "n"), td(w.stated_points(row), "n warn" if wrong else "n"),
        td(w.row_score(row), "n warn" if wrong else "n"),
        td(w.WANTED if awaited else w.reason(one, row), "v warn" if awaited else "v"), td(row.message, "w more"),
    ]  # fmt: skip


def _problems(evaluated: EvaluateOutcome, one: Evaluation) -> Iterator[str]:
    found = evaluated.of_form(one)
    if not found:
        yield "<p>没有发现问题。</p>"
    yield from listed("需要改正和说明的", [w.problem(finding) for finding in found])

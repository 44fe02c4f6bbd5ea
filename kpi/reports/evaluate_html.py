"""`kpi evaluate` as one page: nothing from outside, every text escaped."""

from collections.abc import Iterator
from html import escape

from kpi.model import Document
from kpi.progress.evaluation import Evaluation, RowResult
from kpi.reports import evaluate_words as w
from kpi.reports.evaluate_outcome import EvaluateOutcome
from kpi.reports.footing import HEAD
from kpi.reports.office import GENERATOR
from kpi.reports.review_style import STYLE
from kpi.reports.terms import SEVERITIES, spots
from kpi.reports.width import one_line

_HEADS = ("二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "自评", "重算", "偏差原因", "怎么算的")


def render(evaluated: EvaluateOutcome) -> str:
    return "\n".join(_page(evaluated)) + "\n"


def _say(text: str) -> str:
    return escape(one_line(text))


def _page(evaluated: EvaluateOutcome) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield GENERATOR
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{w.TITLE}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{w.TITLE}重算</h1>"
    for document, one in evaluated.evaluations:
        yield from _form(evaluated, document, one)
    items = "".join(f"<li>{_say(text)}</li>" for text in w.foot(evaluated))
    yield f"<section><h2>{HEAD}</h2><ul>{items}</ul></section>"
    yield "</main>\n</body>\n</html>"


def _form(evaluated: EvaluateOutcome, document: Document, one: Evaluation) -> Iterator[str]:
    yield '<section class="form">'
    yield f"<h2>{_say(one.table.project or w.UNNAMED)}</h2>"
    yield f'<p class="score"><strong>{_say(w.total(one.total))}</strong> {_say(w.stated(one))}</p>'
    yield f'<p class="facts"><span>文件：{_say(document.path)}</span><span>{_say(w.execution(one))}</span></p>'
    heads = "".join(f"<th>{head}</th>" for head in _HEADS)
    yield f'<table class="items"><thead><tr>{heads}</tr></thead><tbody>'
    for row in one.rows:
        yield _row(row)
    yield "</tbody></table>"
    found = evaluated.of_form(document, one)
    yield "<ol>" if found else "<p>没有发现问题。</p>"
    for finding in found:
        where = spots(quote.location for quote in finding.evidence)
        text = f"{SEVERITIES[finding.severity]} {finding.rule}：{finding.message}{finding.suggestion}"
        yield f"<li>{_say(text)}{_say(f'（{where}）') if where else ''}</li>"
    yield "</ol></section>" if found else "</section>"


def _row(row: RowResult) -> str:
    texts = (
        row.indicator.level2, row.indicator.name, row.target, row.actual or "", w.figure(row.weight),
        w.figure(row.stated), w.row_score(row), row.reason or "", row.message,
    )  # fmt: skip
    return "<tr>" + "".join(f"<td>{_say(text)}</td>" for text in texts) + "</tr>"

"""`kpi review` as one page: nothing from outside, every text escaped, for a phone and for paper, light and dark."""

from collections.abc import Iterator, Sequence

from kpi.reports import review_words as w
from kpi.reports.form_head import funding
from kpi.reports.pagecraft import foot, page, say
from kpi.reports.review_html_batch import batch_parts
from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.review_style import STYLE
from kpi.reports.terms import file_name, obligation
from kpi.scoring import Deduction, ItemReview, Review

_HEADS = ("审核内容", "审核要点", "分值", "得分", "扣分、问题和表中的证据")


def render(outcome: ReviewOutcome) -> str:
    return page(w.TITLE, "", _body(outcome), STYLE)


def _body(outcome: ReviewOutcome) -> Iterator[str]:
    if len(outcome.sheets) > 1 or outcome.batch.aside:
        yield from batch_parts(outcome)
    for number, review in enumerate(outcome.sheets, 1):
        yield from _review(review, number)
    for title, lines in ((w.UNCOUNTED, w.uncounted(outcome)), (w.BASIS, w.basis(outcome))):
        if lines:
            yield foot(title, lines)


def _review(review: Review, number: int) -> Iterator[str]:
    yield f'<section class="form" id="p{number}">'
    yield f"<h2>{say(w.title(review))}</h2>"
    yield f'<p class="score"><strong>{w.span(review.score)} 分</strong> {say(w.grades(review))}</p>'
    facts = [*list(w.head(review))[1:], ("资金", funding(review.table)), ("文件", file_name(review.document))]
    facts.append(("审核编号", str(review.key)))
    yield '<p class="facts">' + "".join(f"<span>{label}：{say(text)}</span>" for label, text in facts) + "</p>"
    yield f"<p>{say(w.settled(review))}。</p>"
    for note in review.notes:
        yield f'<p class="note">注意：{say(note)}</p>'
    yield '<table class="items"><thead><tr>' + "".join(f"<th>{head}</th>" for head in _HEADS) + "</tr></thead><tbody>"
    for item in review.items:
        yield from _item(item)
    yield "</tbody></table>"
    yield f'<p class="result">处理意见：{say(review.consequence)}</p>'
    signed = (("审核人", review.reviewer), ("审核日期", review.reviewed_on))
    if any(text for _, text in signed):
        yield f"<p>{'　'.join(f'{label}：{say(text)}' for label, text in signed if text)}</p>"
    yield from _advice([one for item in review.items for one in item.deductions])
    yield "</section>"


def _item(item: ItemReview) -> Iterator[str]:
    yield f'<tr class="{item.decided_by}"><th scope="row">{say(item.dimension)}<br>{say(item.item)}</th>'
    yield f'<td data-head="审核要点">{say(item.point)}</td>'
    yield f'<td data-head="分值" class="number">{w.points(item.points)}</td>'
    score = f"<strong>{w.got(item)}</strong><small>{w.decided(item)}</small>"
    yield f'<td data-head="得分" class="number">{score}</td>'
    yield '<td data-head="扣分、问题和证据"><ul>'
    for one in item.deductions:
        yield f'<li class="{one.finding.severity}">{say(w.brief(one))}<small>{say(w.working(item, one))}</small></li>'
    if not item.deductions:
        yield "<li>机器没有发现问题</li>"
    if said := w.judgement(item):
        yield f'<li class="judged">{say(said)}</li>'
    if item.decided_by != "reviewer":
        for question in item.questions:
            yield f'<li class="question">{say(question)}</li>'
        for quote in item.evidence if item.questions else ():
            yield f'<li class="quote">{say(quote.label)}：{say(w.quoted(quote, 160))}</li>'
    yield "</ul></td></tr>"


def _advice(deductions: Sequence[Deduction]) -> Iterator[str]:
    if not deductions:
        return
    yield "<h3>修改意见</h3><ol>"
    for one in deductions:
        finding = one.finding
        place = w.where(finding)
        title = f"{finding.rule} {say(finding.title + obligation(finding))}"
        yield f"<li><strong>{title}</strong>" + (f"　{say(place)}" if place else "")
        yield f"<br>{say(w.message(finding))}" + (f"<br>改法：{say(finding.suggestion)}" if finding.suggestion else "")
        yield (f"<br><small>依据：{say('；'.join(finding.basis))}</small>" if finding.basis else "") + "</li>"
    yield "</ol>"

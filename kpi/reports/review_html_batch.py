"""Many reviews on a page: ranking with links, departments, the distribution as a drawing, frequent defects."""

from collections.abc import Iterator, Mapping, Sequence

from kpi.reports import review_batch_words as b
from kpi.reports import review_words as w
from kpi.reports.pagecraft import say
from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.width import shorten_middle
from kpi.scoring.batch import Band, Ranked
from kpi.scoring.keys import Key

_WIDTH, _HEIGHT, _BASE, _TOP = 640, 220, 180, 20


def batch_parts(outcome: ReviewOutcome) -> Iterator[str]:
    batch = outcome.batch
    yield f"<p>{b.scale(outcome)}。{b.progress(batch.ranking)}</p>"
    numbers = {review.key: number for number, review in enumerate(outcome.sheets, 1)}
    if batch.ranking:
        yield from _ranking(outcome, numbers)
    if batch.aside:
        yield f"<section><h2>{b.ASIDE}</h2><ul>"
        for one in batch.aside:
            key = (one.same or one.review).key
            link = f' <a href="#p{numbers[key]}">看审核表</a>' if key in numbers else ""
            yield f"<li>{say(b.aside(one))}{link}</li>"
        yield "</ul></section>"
    if batch.ranking:
        yield "<section><h2>得分分布</h2>" + "".join(drawing(batch.bands)) + "</section>"
        yield from _departments(outcome)
        yield from _defects(outcome)


def _table(heads: Sequence[str], rows: Iterator[Sequence[str]], look: str) -> Iterator[str]:
    """Cells are HTML already. `look`: the class by which the style knows how wide its columns may be."""
    top = "".join(f"<th>{head}</th>" for head in heads)
    yield f'<div class="wide" tabindex="0"><table class="{look}"><thead><tr>{top}</tr></thead><tbody>'
    for row in rows:
        cells = (f'<td data-head="{head}">{cell}</td>' for head, cell in zip(heads, row, strict=True))
        yield "<tr>" + "".join(cells) + "</tr>"
    yield "</tbody></table></div>"


_RANKS = ("名次", "状态", "项目", "得分", "等次", "部门、单位", "部门内名次", "说明")


def _ranking(outcome: ReviewOutcome, numbers: Mapping[Key, int]) -> Iterator[str]:
    """Judged ones and others in tables of their own: each has its own ranks."""
    odd, ranking = b.odd(outcome), outcome.batch.ranking
    yield "<section>"
    for judged, of_all, beside in b.LISTS:
        some = [one for one in ranking if one.judged is judged]
        if some:
            yield f"<h2>{of_all if len(some) == len(ranking) else beside}</h2>"
            yield from _table(_RANKS, (_row(one, numbers[one.review.key], odd) for one in some), "ranking")
    yield "</section>"


def _row(one: Ranked, number: int, odd: Mapping[Key, str]) -> Sequence[str]:
    review = one.review
    unit = b.unit(review)
    state = b.state(review) + (f"<small>还差 {review.left} 项</small>" if review.begun and review.left else "")
    return (
        str(one.rank), state,
        f'<a href="#p{number}">{say(w.short_name(review))}</a><small>{say(b.file(review))}</small>',
        f'<span class="number">{w.span(review.score)}</span>', say(w.short_grades(review)),
        say(b.department(review)) + (f"<small>{say(unit)}</small>" if unit else ""), str(one.of_department),
        say("；".join(b.remarks(review, odd))),
    )  # fmt: skip


def _departments(outcome: ReviewOutcome) -> Iterator[str]:
    rows = (
        (
            say(shorten_middle(one.name, 60)), str(one.projects), w.span(one.mean),
            say("、".join(f"{grade} {count}" for grade, count in one.grades if count)), say(w.short_name(one.worst)),
        )
        for one in outcome.batch.departments
    )  # fmt: skip
    yield "<section><h2>各部门</h2>"
    yield from _table(("主管部门", "项目数", "平均得分", "最高可得等次", "得分最低的项目"), rows, "offices")
    yield "</section>"


def _defects(outcome: ReviewOutcome) -> Iterator[str]:
    rows = (
        (
            one.rule, say(one.title), f"{one.projects} / {len(outcome.batch.ranking)}", str(one.findings),
            w.points(one.lost), say(w.message(one.sample)),
        )
        for one in outcome.batch.defects
    )  # fmt: skip
    yield "<section><h2>常见问题</h2>"
    yield from _table(("规则", "问题", "项目数", "处数", "共扣分", "例"), rows, "defects")
    yield "</section>"


def drawing(bands: Sequence[Band]) -> Iterator[str]:
    """Two bars a band: the highest and the lowest that projects may reach."""
    most = max((max(band.high, band.low) for band in bands), default=0) or 1
    step = _WIDTH / len(bands)
    told = "；".join(f"{band.label} 分：最高可得 {band.high} 个，最低可得 {band.low} 个" for band in bands)
    yield f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{told}">'
    for number, band in enumerate(bands):
        left = number * step
        for kind, count, shift in (("high", band.high, 0.12), ("low", band.low, 0.5)):
            tall = (_BASE - _TOP) * count / most
            x, wide = left + step * shift, step * 0.36
            yield f'<rect class="{kind}" x="{x:.1f}" y="{_BASE - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>'
            if count:
                yield f'<text x="{x + wide / 2:.1f}" y="{_BASE - tall - 4:.1f}">{count}</text>'
        yield f'<text x="{left + step / 2:.1f}" y="{_BASE + 16}">{band.label}</text>'
    yield f'<line x1="0" y1="{_BASE}" x2="{_WIDTH}" y2="{_BASE}"/>'
    yield f'<rect class="high" x="200" y="{_BASE + 26}" width="10" height="10"/>'
    yield f'<text class="key" x="216" y="{_BASE + 35}">最高可得分</text>'
    yield f'<rect class="low" x="330" y="{_BASE + 26}" width="10" height="10"/>'
    yield f'<text class="key" x="346" y="{_BASE + 35}">最低可得分</text></svg>'

"""Many reviews on a page: ranking with links, departments, the distribution as a drawing, frequent defects."""

from collections.abc import Iterator, Sequence
from html import escape

from kpi.reports import review_words as w
from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.width import one_line
from kpi.scoring.batch import Band, department_of

_WIDTH, _HEIGHT, _BASE, _TOP = 640, 220, 180, 20


def batch_parts(outcome: ReviewOutcome) -> Iterator[str]:
    yield f"<p>审核 {len(outcome.reviews)} 张表，平均 {w.span(outcome.batch.mean)} 分。</p>"
    yield from _ranking(outcome)
    yield "<section><h2>得分分布</h2>" + "".join(drawing(outcome.batch.bands)) + "</section>"
    yield from _departments(outcome)
    yield from _defects(outcome)


def _say(text: str) -> str:
    return escape(one_line(text))


def _table(heads: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    """Cells are HTML already."""
    top = "".join(f"<th>{head}</th>" for head in heads)
    yield f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>'
    for row in rows:
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
    yield "</tbody></table></div>"


def _ranking(outcome: ReviewOutcome) -> Iterator[str]:
    numbers = {review.key: number for number, review in enumerate(outcome.reviews, 1)}
    odd = {one.review.key: "明显低于其他项目" if one.below else "明显高于其他项目" for one in outcome.batch.outliers}
    rows = (
        (
            str(one.rank), w.state(one.review), f'<a href="#p{numbers[one.review.key]}">{_say(w.name(one.review))}</a>',
            f'<span class="number">{w.span(one.review.score)}</span>', _say(w.short_grades(one.review)),
            _say(department_of(one.review)), str(one.of_department), odd.get(one.review.key, ""),
        )
        for one in outcome.batch.ranking
    )  # fmt: skip
    yield f"<section><h2>排名</h2><p>{w.RANKED}</p>"
    yield from _table(("名次", "状态", "项目", "得分", "等次", "主管部门", "部门内名次", "说明"), rows)
    yield "</section>"


def _departments(outcome: ReviewOutcome) -> Iterator[str]:
    rows = (
        (
            _say(one.name), str(one.projects), w.span(one.mean),
            _say("、".join(f"{grade} {count}" for grade, count in one.grades if count)), _say(w.name(one.worst)),
        )
        for one in outcome.batch.departments
    )  # fmt: skip
    yield "<section><h2>各部门</h2>"
    yield from _table(("主管部门", "项目数", "平均得分", "最高可得等次", "得分最低的项目"), rows)
    yield "</section>"


def _defects(outcome: ReviewOutcome) -> Iterator[str]:
    rows = (
        (
            one.rule, _say(one.title), f"{one.projects} / {len(outcome.reviews)}", str(one.findings),
            w.points(one.lost), _say(one.sample.message),
        )
        for one in outcome.batch.defects
    )  # fmt: skip
    yield "<section><h2>常见问题</h2>"
    yield from _table(("规则", "问题", "项目数", "处数", "共扣分", "例"), rows)
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

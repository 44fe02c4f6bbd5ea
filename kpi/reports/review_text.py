"""`kpi review` for people: the ranking where there are several forms, the table of each, the closing lines."""

from collections.abc import Iterator

from kpi.reports import footing
from kpi.reports import review_batch_words as b
from kpi.reports import review_words as w
from kpi.reports.form_head import facts, funding
from kpi.reports.lines import Line, Style, line, styled
from kpi.reports.lint_finding import Citations
from kpi.reports.review_batch_text import batch_lines
from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.width import left, one_line, right
from kpi.scoring import ItemReview, Review

_MOST_DEDUCTIONS = 5
_ITEM_COLUMNS = 12
_STYLES: dict[str, Style] = {"error": "error", "warning": "warning", "info": "info"}


def render(outcome: ReviewOutcome, *, explain: bool = False, quiet: bool = False) -> Iterator[Line]:
    """The whole report; with `quiet` without the tables of the forms. `explain`: how each point was lost, what the
    form says, and which rules judged nothing."""
    several = len(outcome.sheets) > 1
    if several:
        yield from batch_lines(outcome)
    elif outcome.batch.aside:
        yield from (line(styled("dim", b.aside(one))) for one in outcome.batch.aside)
    if not quiet or not several:
        for review in outcome.sheets:  # without a number: below a ranking it would be taken for a rank
            yield from _review(review, explain=explain)
    yield from closing(outcome, explain=explain)


def _review(review: Review, *, explain: bool) -> Iterator[Line]:
    yield line(styled("head", f"━━ {w.title(review)} ━━"), f" {w.span(review.score)} 分，{w.grades(review)}")
    yield line(styled("dim", "   " + "　".join(facts(review.table))))
    yield line(styled("dim", f"   资金：{funding(review.table)}"))
    yield line(f"   {w.settled(review)}")
    dimension = None
    for item in review.items:
        if item.dimension != dimension:
            dimension = item.dimension
            yield line("  ", styled("strong", f"▍{dimension}"))
        yield from _item(item, explain=explain)
    for note in review.notes:
        yield line(styled("warning", f"  注意：{one_line(note)}"))
    yield line("  ", styled("strong", "结果："), review.consequence)
    yield line()


def _item(item: ItemReview, *, explain: bool) -> Iterator[Line]:
    style: Style = "good" if item.machine.low == item.points else ""
    score = styled(style, right(f"{w.got(item)} / {w.points(item.points)}", 12))
    yield line(f"    {left(item.item, _ITEM_COLUMNS)}", score, styled("dim", f"  {w.decided(item)}"))
    cite = Citations()
    shown = item.deductions if explain else item.deductions[:_MOST_DEDUCTIONS]
    for one in shown:
        yield line("      ", styled(_STYLES[one.finding.severity], w.brief(one)))
        if explain:
            yield line(styled("dim", f"          {w.working(item, one)}"))
            yield line(f"          发现：{w.message(one.finding)}")
            if one.finding.suggestion:
                yield line("          改法：", styled("good", one_line(one.finding.suggestion)))
            if one.finding.basis:
                yield line(styled("dim", f"          依据：{'；'.join(map(cite, one.finding.basis))}"))
    rest = item.deductions[len(shown) :]
    if rest:
        yield line(styled("dim", f"      另有 {len(rest)} 处（加 --explain 看全部）"))
    if said := w.judgement(item):
        yield line("      ", styled("strong", one_line(said)))
    if item.decided_by != "reviewer" and item.questions:
        yield from _open(item, explain=explain)


def _open(item: ItemReview, *, explain: bool) -> Iterator[Line]:
    for question in item.questions:
        yield line(f"      问：{one_line(question)}")
    shown = item.evidence if explain else item.evidence[:3]
    for quote in shown:
        yield line(styled("dim", f"      表中：{one_line(quote.label)} {w.quoted(quote)}"))
    if len(item.evidence) > len(shown):
        yield line(styled("dim", f"      表中：另有 {len(item.evidence) - len(shown)} 处（加 --explain 看全部）"))


def closing(outcome: ReviewOutcome, *, explain: bool = False, saved: bool = False) -> Iterator[Line]:
    """`saved`: the report itself went into a file, which tells by which rules it was made."""
    for problem in outcome.problems:
        yield line(styled("error", f"评分没有用上：{one_line(problem)}"))
    if outcome.loose:
        yield line(styled("warning", f"整份文件的和几张表之间的问题：{len(outcome.loose)} 处，没有扣分"))
        for finding in outcome.loose:
            yield line(f"  {w.loose(finding)}")
    for text in footing.aside(outcome.outcome):
        yield line(styled("warning", text))
    unread = list(footing.unread(outcome.outcome))
    if unread:
        yield line(styled("warning", f"没有参加审核的内容：{len(unread)} 处"))
        for one in unread:
            yield line(f"  {one}")
    if outcome.reviews and not saved:
        told = w.basis(outcome) if explain else w.basis(outcome)[:1]
        yield from (line(styled("dim", text)) for text in told)
    elif outcome.reviews:
        yield from (line(styled(style, text)) for style, text in footing.local(outcome.outcome))
    yield line(styled("head", "合计："), _sum(outcome, saved))


def _sum(outcome: ReviewOutcome, saved: bool) -> str:
    if not outcome.reviews:
        return "没有审核成，请先按上面的说明处理文件，再审核一次。"
    counted = [one.review for one in outcome.batch.ranking] or outcome.sheets
    still = sum(review.left for review in counted)
    said = b.scale(outcome)
    said += f"；还有 {still} 项要审核人判" if still else "；各项都已判定"
    if still and outcome.judged is None and not saved:
        said += "（用 --format xlsx -o 文件.xlsx 生成审核表，填好评分后用 --judged 文件.xlsx 合计）"
    return said + "。"

"""PFL006: totals that do not add up, in the budget tables, between them, and in what the text says of them."""

from collections.abc import Iterator
from decimal import Decimal

from kpi.rules.checks.claims import Claim, Told, claimed
from kpi.rules.checks.closing import Gap, Limits, between_tables, open_tables
from kpi.rules.checks.disclosure import year_of
from kpi.rules.context import DocumentContext
from kpi.rules.finding import Hit, NotApplicable
from kpi.rules.registry import Params, WordList, check


class Tables(Params):
    """`rounding`: half a unit in 元 of tables that do not tell how they round; `near`: how far apart, as a share, two
    figures may be to be meant as the same; `lossy`: readers that may lose a row of a table."""

    partial: WordList
    this_year: WordList
    lossy: tuple[str, ...] = ()
    rounding: Decimal = Decimal(50)
    near: Decimal = Decimal("0.1")

    def limits(self, ctx: DocumentContext) -> Limits:
        lists = ctx.words
        return Limits(self.rounding, self.near, frozenset(self.lossy), lists[self.partial], lists[self.this_year])


class Totals(Tables):
    """`claims`: sums that the text names; the other lists as in `Told`."""

    claims: tuple[Claim, ...] = ()
    between: WordList
    past: WordList
    projects: WordList
    forms: WordList
    others: WordList
    scopes: WordList

    def told(self, ctx: DocumentContext) -> Told:
        words = ctx.words
        return Told(
            self.claims, words[self.between], words[self.past], words[self.projects], words[self.forms],
            words[self.others], words[self.scopes], self.rounding, self.near,
        )  # fmt: skip


@check(
    "totals-add-up",
    scope="document",
    params=Totals,
    facts="table subject stated computed gap against",
    cases="rows levels sides columns projects claimed-sum claimed-count claimed-rows",
)
def totals_add_up(ctx: DocumentContext, params: Totals) -> Iterator[Hit | NotApplicable]:
    """A table that does not close is told first, and the text is not held against it."""
    document = ctx.document
    if not document.budget and not document.narrative:
        yield NotApplicable("文件里没有预算表和情况说明")
        return
    limits = params.limits(ctx)
    broken = open_tables(document, limits)
    yield from map(_hit, broken)
    open_titles = {gap.table for gap in broken}
    between = [gap for gap in between_tables(document, limits) if gap.table not in open_titles]
    yield from map(_hit, between)
    doubtful = open_titles | {gap.table for gap in between}
    for gap in claimed(document, params.told(ctx), year_of(document)):
        if gap.case == "claimed-rows" or gap.table not in doubtful:  # its rows come to the sum that is told
            yield _hit(gap)


def _hit(gap: Gap) -> Hit:
    facts = gap.facts
    if gap.case == "claimed-count":
        facts |= {
            "stated": f"{gap.stated}个",
            "computed": f"{gap.computed}张",
            "gap": str(abs(gap.stated - gap.computed)),
        }
    if gap.case == "claimed-rows":
        facts |= {
            "stated": f"{gap.stated}个",
            "computed": f"{gap.computed}个",
            "gap": f"{abs(gap.stated - gap.computed)}个",
        }
    return Hit(facts, gap.case, gap.evidence, value=facts["stated"])

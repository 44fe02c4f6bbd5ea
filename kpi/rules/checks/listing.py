"""Projects of the budget tables against the forms of the same document: PFL004 (amounts), PFL005 (who is missing)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from kpi.model import BudgetLine, Document, Funding, Half, TargetTable
from kpi.rules.checks.claims import Told, counts, funding_of
from kpi.rules.checks.closing import open_tables, projects_of
from kpi.rules.checks.disclosure import budget_of, half_of
from kpi.rules.checks.matching import Listing, lists, match, same_name
from kpi.rules.context import DocumentContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.registry import WordList, check
from kpi.rules.statements import last_digit, wan
from kpi.rules.text import yuan

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WAN = Decimal(10_000)
_MOST_ROWS = 6  # of one project
NO_LIST = NotApplicable("文件里没有同时有项目预算表和绩效目标表")


class Amounts(Listing):
    """`doubt`: where more than this share of three or more projects differ, the table was not read as it is meant;
    `open`: the same of a table that does not close in itself; `slight`: up to this share of the money the gaps of rows
    are slips, where they go both ways and other rows agree."""

    slight: Decimal = Decimal("0.15")
    doubt: Decimal = Decimal("0.5")
    open: Decimal = Decimal("0.34")


@check("amount-against-budget", scope="document", params=Amounts, facts="stated listed gap table lines")
def amount_against_budget(ctx: DocumentContext, params: Amounts) -> Iterator[Hit | NotApplicable]:
    """A form's money against its row (or rows: this year's and what was carried over)."""
    forms, rows = lists(ctx, params)
    doubt = params.doubt
    if not rows:  # a wrong sum does not hide a wrong row, where the other rows show that they were read right
        rows, doubt = lists(ctx, params, open_too=True)[1], params.open
    matched = match(forms, rows, params)
    pairs = [
        (form, some)
        for form, some in matched.pairs
        if _money(form) and any(row.amount is not None for row in some) and same_name(form, some)
    ]
    if not pairs:
        yield NO_LIST
        return
    wrong = [hit for form, some in pairs if (hit := _differs(ctx.document, form, some, params))]
    if wrong and len(wrong) == len(pairs) and _unit_unknown(pairs):
        yield NotApplicable("项目预算表没有写明金额单位，金额无法比较")
        return
    many = (len(pairs) > 2 or doubt < params.doubt) and len(wrong) > doubt * len(pairs)
    if many and not _read_right(pairs, len(wrong), params):
        yield NotApplicable("项目预算表与绩效目标表的金额大多对不上，预算表可能没有读对")
        return
    if doubt < params.doubt:
        wrong = [hit for hit in wrong if not _told_by_sum(ctx, hit, params)]
    yield from wrong


def _read_right(pairs: Sequence[tuple[TargetTable, tuple[BudgetLine, ...]]], wrong: int, params: Amounts) -> bool:
    """Some rows agree and the others are off by a little, now up, now down: a wrong column is off one way."""
    if wrong == len(pairs):
        return False
    gaps = [
        (sum((row.amount for row in rows if row.amount is not None), Decimal(0)) / money - 1)
        for form, rows in pairs
        if (money := funding_of(form))
    ]
    off = [gap for gap in gaps if gap]
    return bool(off) and min(off) < 0 < max(off) and max(map(abs, off)) <= params.slight


def _told_by_sum(ctx: DocumentContext, hit: Hit, params: Amounts) -> bool:
    """The row differs by what its table's sum is off: one slip, which PFL006 tells."""
    gaps = {yuan(abs(gap.stated - gap.computed)) for gap in open_tables(ctx.document, params.limits(ctx))}
    return hit.facts["gap"] in gaps


def _unit_unknown(pairs: Sequence[tuple[TargetTable, tuple[BudgetLine, ...]]]) -> bool:
    """Every row is its form's money but for 万: the table does not say its unit, or says it where nobody looks."""
    for form, rows in pairs:
        money = funding_of(form) or Decimal(0)
        listed = sum((row.amount for row in rows if row.amount is not None), Decimal(0))
        if not listed or abs(money / listed - _WAN) > _WAN / 100:
            return False
    return True


def _money(form: TargetTable) -> list[tuple[Half, Funding, Decimal]]:
    """This year's total first."""
    found: list[tuple[Half, Funding, Decimal]] = []
    for half, funding in (("annual", form.annual_funding), ("period", form.period_funding)):
        if funding and funding.total is not None:
            found.append(("annual" if half == "annual" else "period", funding, funding.total))
    return found


def _differs(document: Document, form: TargetTable, rows: tuple[BudgetLine, ...], params: Amounts) -> Hit | None:
    known = [(row, row.amount) for row in rows if row.amount is not None]
    if len(known) > _MOST_ROWS:  # a scheme that many offices have
        return None
    rounding = max(half_of(budget_of(document), row.table, params.rounding) for row, _ in known)
    sums = [sum(some, Decimal(0)) for n in range(1, len(known) + 1) for some in combinations([a for _, a in known], n)]
    for _, funding, money in _money(form):
        reach = rounding * len(known) + _half(funding, form.money_unit, money)
        if any(abs(money - one) <= reach for one in sums):
            return None
    half, funding, money = _money(form)[0]
    listed = known[0][1] if len(known) == 1 else sums[-1]
    table = known[0][0].table or "项目支出预算表"
    lines = f"（{len(known)}行合计）" if len(known) > 1 else ""
    facts = {
        "stated": yuan(money),
        "listed": wan(listed),
        "gap": yuan(abs(money - listed)),
        "table": table,
        "lines": lines,
    }
    quotes = (
        Evidence(funding.text or yuan(money), funding.location),
        *(Evidence(f"{row.name}：{wan(amount)}", row.location) for row, amount in known),
    )
    return Hit(facts, evidence=quotes, half=half, table=form, value=funding.text or None)


def _half(funding: Funding, unit: str, money: Decimal) -> Decimal:
    """Half a unit of the last digit that the form prints."""
    scale = Decimal(10_000) if "万" in unit or "万" in funding.text else Decimal(1)
    digits = _NUMBER.search(funding.text)
    if digits is None:
        return scale / 200 if scale > 1 else Decimal(0)
    return last_digit(digits[0]) * scale / 2


class Unmatched(Listing):
    """`share`: how much of a side must have its counterpart before the rest is held to be missing; `least`: how many
    pairs there must be. The lists: how the text counts projects and published forms."""

    projects: WordList
    forms: WordList
    others: WordList
    share: Decimal = Decimal("0.7")
    least: int = 2


@check("projects-listed", scope="document", params=Unmatched, facts="project amount table matched", cases="no-row")
def projects_listed(ctx: DocumentContext, params: Unmatched) -> Iterator[Hit | NotApplicable]:
    """Rows without a form, forms without a row. A document may say that it publishes some forms only."""
    forms, rows = lists(ctx, params)
    if not forms or not rows:
        yield NO_LIST
        return
    found = match(forms, rows, params)
    single = {id(row) for row in projects_of(rows, params.rounding)}
    lacking = [row for row in found.rows if row.amount and id(row) in single and not _needs_none(row, ctx, params)]
    many = Decimal(len(found.pairs))
    facts = {"matched": str(many)}
    complete = not ctx.document.unread and not any(table.cut for table in ctx.document.tables)
    if many < params.least:
        yield NotApplicable("项目预算表与绩效目标表能对上的项目太少")
        return
    if complete and many >= params.share * (many + len(lacking)) and not _some_only(ctx, params, len(forms)):
        for row in lacking:
            amount = wan(row.amount or Decimal(0))
            own = {"project": row.name, "amount": amount, "table": row.table or "项目支出预算表"}
            yield Hit(facts | own, evidence=(Evidence(f"{row.name}：{amount}", row.location),), project=row.name)
    if many >= params.share * len(forms):
        for form in found.forms:
            money = funding_of(form)
            own = {
                "project": form.project,
                "amount": yuan(money) if money else "",
                "table": rows[0].table or "项目支出预算表",
            }
            yield Hit(facts | own, "no-row", (Evidence(form.project, form.location),), table=form)


def _needs_none(row: BudgetLine, ctx: DocumentContext, params: Unmatched) -> bool:
    """What was carried over has its target from last year; salaries and the like have none."""
    return "结转" in row.table or any(word in row.name for word in ctx.words[params.others])


def _some_only(ctx: DocumentContext, params: Unmatched, forms: int) -> bool:
    """The text says how many forms are published, and all of those are there."""
    none: frozenset[str] = frozenset()
    words = ctx.words[params.projects], ctx.words[params.forms]
    told = Told((), none, none, *words, none, none, params.rounding, params.near)
    said = [count.number for count in counts(ctx.document, told)]
    return bool(said) and min(said) <= forms

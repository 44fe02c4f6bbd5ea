"""The money at the head of a form: sources against the total, this year against the whole, nothing at all."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kpi.lazyre import later
from kpi.model import HALVES, Funding, Half, Location
from kpi.rules.checks.amounts import slip
from kpi.rules.checks.cost import NO_FUNDING
from kpi.rules.checks.rows import HALF_NAMES, half_of
from kpi.rules.context import FormContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.registry import Params, check
from kpi.rules.term import one_year
from kpi.rules.text import grouped, yuan
from kpi.values import parse

_NO_NEED = later("无需|不需|不涉及|不用")  # 该项目无需资金
_AMOUNT = r"\d[\d,]*(?:\.\d+)?(?:亿|万)?元?"
_IN_YUAN = r"\d[\d,]*(?:\.\d+)?[亿万]?元"
_USE = later(rf"(?P<what>[^\d,，、;；()（）]{{2,20}})(?P<sum>{_IN_YUAN})(?:[,，、;；]|$)")
_BROKEN_DOWN = later(
    rf"(?:{_AMOUNT})+[(（](?!其中|含|包括)(?P<uses>(?:[^\d,，、;；()（）]{{2,20}}{_IN_YUAN}[,，、;；]?){{2,}})[)）]"
)
_OTHER_YEARS = later(
    r"(?:其中:?)?(?:20\d\d年度?|后续年度?|以后年度?|下一?年度?|次年度?|第[一二三四五]年)(?:资金|预算|安排|投入|投资|计划|及以后)*"
    r"|(?:项目)?(?:总资金|总投资|资金总额)"
)
#: what stands among the sources and is none: what of them goes to whom, what was there before, how much is paid
_NO_SOURCE = later(
    "政府采购|预留|面向中小|购买服务|资产配置|以前年度|累计已?(?:投入|安排)|概算|上年度?(?:预算|执行|实际|资金)"
    "|^已(?:下达|支付|拨付)|核减|尾款|^(?:其中:?)?(?:本年度?|当年度?|年度)(?:资金|投资|预算)$"
)
_OF_WHICH = later(r"[(（]?其中")
_FEW = 2
_SHOWN = 30  # characters of what stands in place of an amount
_BESIDES = ("其他", "自筹", "结转", "专户", "单位资金")  # what comes beside the budget's own money


def _halves(ctx: FormContext) -> list[tuple[Half, Funding]]:
    return [(half, funding) for half in HALVES if (funding := ctx.table.funding(half))]


def _shown(half: Half, funding: Funding) -> Evidence:
    total = (funding.text or "（空）") if funding.total is None else yuan(funding.total)
    return Evidence(f"{HALF_NAMES[half]}资金总额：{total}", funding.location)


class SourcesAddUp(Params):
    """`rounding`: the gap in 元 that sources printed in 万元 with two decimals may leave, per source."""

    rounding: Decimal = Decimal(50)


@check("sources-add-up", scope="form", params=SourcesAddUp, facts="sum total gap relation parts", cases="rounding uses")
def sources_add_up(ctx: FormContext, params: SourcesAddUp) -> Iterator[Hit | NotApplicable]:
    """The sources of a half against its total: one hit where both halves are off by the same. Sums that differ by a
    power of ten and nothing else are of two units, whose words the form has elsewhere."""
    yield from _uses_add_up(ctx)
    known = [(half, funding) for half, funding in _halves(ctx) if _amounts(funding) and funding.total is not None]
    if not known:
        yield NotApplicable("没有写明资金来源的金额")
    groups: dict[tuple[Decimal, Decimal], list[tuple[Half, Funding]]] = {}
    for half, funding in known:
        gap = _gap(funding)
        if gap and half == "annual" and _is_adjusted(ctx, (funding.total or Decimal(0)) + gap):
            continue  # the sources are those of the budget as it was changed
        if gap and _is_of_other_half(ctx, half, (funding.total or Decimal(0)) + gap):
            continue  # 资金总额960, 其中:2026年320, 财政拨款960: the sources are those of all the years
        if gap and not slip((funding.total or Decimal(0)) + gap, funding.total or Decimal(0)):
            groups.setdefault((funding.total or Decimal(0), gap), []).append((half, funding))
    for (total, gap), places in groups.items():
        parts = _amounts(places[0][1])
        rounding = "万" in ctx.table.money_unit and abs(gap) <= params.rounding * len(parts)
        facts = {
            "sum": yuan(total + gap), "total": yuan(total), "gap": yuan(abs(gap)),
            "relation": "多" if gap > 0 else "少",
            "parts": " + ".join(f"{name}{grouped(amount)}" for name, amount in parts.items() if amount),
        }  # fmt: skip
        evidence = tuple(_shown(half, funding) for half, funding in places)
        sources = (f"{name}：{grouped(amount)}" for name, amount in parts.items() if amount)
        yield Hit(
            facts, "rounding" if rounding else None, evidence, half=half_of(tuple(half for half, _ in places)),
            judged=(*(quote.text for quote in evidence), *sources, f"合计：{yuan(total + gap)}"),
        )  # fmt: skip


def _uses_add_up(ctx: FormContext) -> Iterator[Hit]:
    """485万(菌棒生产线230万元,出菇棚195万元,烘干设备50万元): what the total itself is broken down into."""
    for half, funding in _halves(ctx):
        found = _BROKEN_DOWN.fullmatch(funding.text or "")
        parts = {one["what"]: parse(one["sum"]).figure for one in _USE.finditer(found["uses"])} if found else {}
        told = [part for part in parts.values() if part is not None]
        gap = sum(told, Decimal(0)) - (funding.total or Decimal(0))
        if len(told) < _FEW or len(told) < len(parts) or not funding.total or not gap:
            continue
        facts = {
            "sum": yuan(funding.total + gap), "total": yuan(funding.total), "gap": yuan(abs(gap)),
            "relation": "多" if gap > 0 else "少",
            "parts": " + ".join(f"{what}{grouped(part)}" for what, part in parts.items() if part is not None),
        }  # fmt: skip
        quote = Evidence(funding.text or "", funding.location)
        yield Hit(facts, "uses", (quote,), half=half, judged=(quote.text,))
        return  # both halves say the same where they do


def _is_adjusted(ctx: FormContext, amount: Decimal) -> bool:
    return ctx.table.execution is not None and ctx.table.execution.adjusted == amount


def _is_of_other_half(ctx: FormContext, half: Half, amount: Decimal) -> bool:
    return any(amount == ctx.total(other) for other in HALVES if other != half)


def _amounts(funding: Funding) -> dict[str, Decimal]:
    return {name: amount for name, amount in funding.sources.items() if amount is not None}


def _gap(funding: Funding) -> Decimal:
    """Sum of the sources less the total; 0 where some reading of nested lines (财政拨款 over 中央、省级) adds up."""
    amounts = [amount for amount in _amounts(funding).values() if amount]
    total = funding.total or Decimal(0)
    plain = sum(amounts, Decimal(0)) - total
    named = _amounts(funding)
    if sum(_without_parts(named).values(), Decimal(0)) == total:
        return Decimal(0)
    aside = [name for name in named if _OTHER_YEARS.fullmatch(name) or _NO_SOURCE.search(name)]
    now = [amount for name, amount in named.items() if name not in aside]
    rest = sum(named.values(), Decimal(0)) - sum(now, Decimal(0))
    if len(now) < len(named) and sum(now, Decimal(0)) in (total, rest, Decimal(0)):
        return Decimal(0)  # 其中:2026年320, 后续年度640
    if sum((amount for name, amount in named.items() if not _OF_WHICH.match(name)), Decimal(0)) == total:
        return Decimal(0)  # 财政拨款 80, 其中:中央资金 50, 其他 20
    others = all(_besides(name) for name, amount in named.items() if amount)
    if plain < 0 and others and not any(("财政" in name or "拨款" in name) and not _besides(name) for name in named):
        return Decimal(0)  # 其他资金 alone: the line that holds the rest of the money was not read
    if plain < 0 and sum(_names_money(name) for name in funding.sources) < 2:
        return Decimal(0)  # one line (其中：市级资金) does not claim to be all
    return Decimal(0) if plain == 0 or any(sum(top) == total for top in _without_children(amounts)) else plain


def _besides(name: str) -> bool:
    return any(word in name for word in _BESIDES)


def _without_parts(named: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """财政拨款 without 当年财政拨款 and 上年结转资金, which are what it is made of where it stands above them."""
    whole = any(name[:2] in ("当年", "本年") and name[2:] in named for name in named)
    parts = ("当年", "本年", "上年") if whole else ()
    return {name: amount for name, amount in named.items() if not name.startswith(parts)} if parts else dict(named)


def _names_money(label: str) -> bool:
    return any(word in label for word in ("资金", "拨款", "财政", "收入", "自筹", "其他", "转移", "债", "结转", "来源"))


def _without_children(amounts: list[Decimal]) -> Iterator[list[Decimal]]:
    """The lines left where one line is the sum of the run of lines after it (or is the total itself)."""
    for n, parent in enumerate(amounts):
        for end in range(n + 2, len(amounts) + 1):
            if sum(amounts[n + 1 : end]) == parent:
                rest = amounts[: n + 1] + amounts[end:]
                yield rest
                yield from _without_children(rest)


@check("annual-within-total", scope="form", facts="annual period gap term", cases="one-year")
def annual_within_total(ctx: FormContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """This year's money above the whole project's, or unlike it in a project of one year."""
    period, annual = ctx.total("period"), ctx.total("annual")
    if not period or not annual:
        yield NotApplicable("没有同时写明项目总资金和年度资金")
        return
    if annual == period or (annual < period and not one_year(ctx.table)):
        return
    term = ctx.table.term or ctx.table.attribute or ""
    facts = {"annual": yuan(annual), "period": yuan(period), "gap": yuan(abs(annual - period)), "term": term}
    evidence = tuple(_shown(half, funding) for half, funding in _halves(ctx))
    yield Hit(facts, None if annual > period else "one-year", evidence, half="both")


@check("funding-zero", scope="form", facts="which state parts")
def funding_zero(ctx: FormContext, params: Params) -> Iterator[Hit | NotApplicable]:
    """No money: every amount of the form blank, or this year's printed as zero."""
    halves = _halves(ctx)
    if not halves:
        yield NO_FUNDING
        return
    if any(funding.total is None and _NO_NEED.search(funding.text) for _, funding in halves):
        yield NotApplicable("表上写明不用资金")
        return
    zero = [(half, funding) for half, funding in halves if funding.total is not None and funding.total <= 0]
    empty = [(half, funding) for half, funding in halves if _left_empty(funding)]
    if any(funding.total and funding.total > 0 for _, funding in halves):
        zero, empty = [pair for pair in zero if pair[0] == "annual"], []
    wrong = zero or empty
    if wrong and _adjusted(ctx):
        yield NotApplicable("年初没有预算，年中追加了资金")
    elif wrong:
        which = "、".join(f"{HALF_NAMES[half]}资金总额" for half, _ in wrong)
        evidence = tuple(_shown(half, funding) for half, funding in wrong)
        state = "是0" if zero else _state(empty[0][1].text)
        facts = {"which": which, "state": state, "parts": _sources_sum(wrong[0][1].sources)}
        yield Hit(facts, evidence=evidence, half=half_of(tuple(half for half, _ in wrong)))


def _state(text: str) -> str:
    return f"写的是“{text.strip()[:_SHOWN]}”，没有金额" if text.strip() else "是空的"


def _adjusted(ctx: FormContext) -> bool:
    """A self-evaluation whose money came during the year: 年初预算数 0, 全年预算数 2.38."""
    spent = ctx.table.execution
    return spent is not None and any(amount and amount > 0 for amount in (spent.adjusted, spent.spent))


def _left_empty(funding: Funding) -> bool:
    """A blank total. Where the lines below are no sources of money, the head was misread; where they hold amounts, the
    cell of the total must be known, or its line was not read; a figure without a unit is not blank, either."""
    return (
        funding.total is None
        and not funding.printed
        and (not any(_amounts(funding).values()) or _cell_known(funding))
        and all(_names_money(label) for label in funding.sources)
    )


def _cell_known(funding: Funding) -> bool:
    """Whether the total has a place of its own: not none, nor the beginning of a line that holds more."""
    return funding.location != Location() and funding.location.column != 1


def _sources_sum(sources: Mapping[str, Decimal | None]) -> str:
    """The sum of the sources, each once: a line that sums up all below it (财政拨款 over 中央, 省级) is the sum."""
    amounts = [amount for amount in sources.values() if amount]
    total = sum(amounts, Decimal(0))
    if len(amounts) > 1 and amounts[0] * 2 == total:
        total = amounts[0]
    return yuan(total) if total else ""

"""Checks of stretches of time: as long as the whole project, longer than it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kpi.lazyre import later
from kpi.rules.bare import bare
from kpi.rules.context import EntryContext
from kpi.rules.finding import Hit, NotApplicable
from kpi.rules.registry import Params, WordList, check
from kpi.rules.term import Term, duration, span_of, term_of, times_in
from kpi.rules.text import holds, number, pattern, squash
from kpi.values import Value

_ONCE_IN = later(r"[\d一二三四五六七八九十百]+年一遇")  # how strong a flood a dyke withstands
#: 质保期两年: how long a thing is to be good, and not how long it takes
_KEPT = later(
    r"(?:质保|保修|质量保证|维保|保质|缺陷责任|使用|设计使用)(?:期限?|年限|寿命)?(?:为|达到?|不[少低]于)?"
    r"[\d一二两三四五六七八九十]+(?:年|个月)"
)
_READ = 400  # a value longer than this is prose; its beginning tells


class WholePeriod(Params):
    """`lifetimes`: names that ask how long a thing lasts and not how long the work takes. `words` for all of the time,
    beside which there is only `filler`."""

    lifetimes: WordList
    words: WordList
    filler: WordList


@check("whole-period", scope="entry", params=WholePeriod, facts="seen told year")
def whole_period(ctx: EntryContext, params: WholePeriod) -> Iterator[Hit]:
    """The value is the whole year, or as long as the whole project: whatever happens in it is in time."""
    table = ctx.form.table
    if holds(ctx.form.words[params.lifetimes], ctx.indicator.name):
        return
    length, term = duration(ctx.value), term_of(table)
    if _in_words(ctx, params):
        whole = True
    elif length is not None:
        whole = length in (term.months, *([Decimal(12)] if ctx.half == "annual" or term.months is None else []))
    else:
        span = _open_year(ctx.value) or span_of(ctx.entry.text, table.year)
        own = span[1].year if span and span[1] and not table.year else table.year
        whole = bool(span) and (span in _whole_spans(ctx, own) or _open_year(ctx.value) is not None)
    if whole:
        told = table.term.strip() if table.term and table.term.strip() else "一个年度"
        year = f"{table.year}年" if table.year else ""
        yield Hit({"seen": ctx.entry.text.strip(), "told": told, "year": year})


def _in_words(ctx: EntryContext, params: WholePeriod) -> bool:
    """贯穿全年, 项目实施期内全程: all of the time, and nothing else."""
    words, plain = ctx.form.words, squash(ctx.entry.text[:_READ])
    if not holds(words[params.words], plain) or any(map(str.isdigit, plain)):
        return False
    whole = pattern(words[params.words])
    return not pattern(words[params.filler]).sub("", whole.sub("", plain))


def _open_year(value: Value) -> tuple[date | None, date | None] | None:
    """全年, 1-12月 in a form without a year: any year will do."""
    span = value.date
    if span and (span.start, span.end) == ("--01-01", "--12-31"):
        return date(2000, 1, 1), date(2000, 12, 31)
    return None


def _whole_spans(ctx: EntryContext, year: int | None) -> list[tuple[date | None, date | None]]:
    term = term_of(ctx.form.table)
    spans: list[tuple[date | None, date | None]] = [(term.start, term.end)] if term.start and term.end else []
    if year:
        spans.append((date(year, 1, 1), date(year, 12, 31)))
    return spans


class LongerThanPeriod(Params):
    """`lifetimes` as above; `spans`: words by which a form says that the work takes more than one year."""

    lifetimes: WordList
    spans: WordList


@check("longer-than-period", scope="entry", params=LongerThanPeriod, facts="seen told months most", cases="clock")
def longer_than_period(ctx: EntryContext, params: LongerThanPeriod) -> Iterator[Hit | NotApplicable]:
    """A duration above the project's term, where nothing in the form speaks of more years than the term does; more
    hours than a day has, whatever the level."""
    table, length = ctx.form.table, duration(ctx.value)
    if most := _beyond_clock(ctx, params):
        yield Hit({"seen": ctx.entry.text.strip(), "told": "", "months": "", "most": most}, case="clock")
        return
    if ctx.indicator.level2 != "时效指标" or length is None:
        return
    if holds(ctx.form.words[params.lifetimes], ctx.indicator.name):
        return
    term = term_of(table)
    if term.months is None:
        yield NotApplicable("表中没有写明项目期")
        return
    limit = _limit(term, length)
    if length > limit and not _speaks_of_more(ctx, limit, ctx.form.words[params.spans]):
        told = (table.term or table.attribute or "").strip()
        yield Hit({"seen": ctx.entry.text.strip(), "told": told, "months": number(limit), "most": ""})


_A_YEAR = Decimal(366)  # days: how many there are in a term of several years, its length tells
#: What a name counts in which stretch, the unit, how many of it there are, and how that is said.
_CLOCKS = (
    (later("(?:每[天日]|日均|单日).{0,8}(?:时间|时长|小时数?)$"), ("小时", "时"), Decimal(24), "一天最多24小时"),
    (later("每周.{0,8}(?:天数|日数)$"), ("天", "日"), Decimal(7), "一周最多7天"),
    (later("每个?月.{0,8}(?:天数|日数)$"), ("天", "日"), Decimal(31), "一个月最多31天"),
    (
        later("(?:优良|达标|开放|运行|营业|开馆|开诊|开园|通航|供水|供热|供电|值班)(?:天数|日数)$"),
        ("天", "日"), _A_YEAR, "一年最多366天",
    ),
)  # fmt: skip


def _beyond_clock(ctx: EntryContext, params: LongerThanPeriod) -> str:
    """每周开放天数 | ≥9天, 空气优良天数 | ≥400天 in a form of one year: how much there is at most; "" for any other."""
    value = ctx.value
    if value.kind != "quantity" or value.figure is None:
        return ""
    name, unit = bare(ctx.indicator.name), value.unit_text or ctx.asks.unit_hint or ""
    for asked, units, most, said in _CLOCKS:
        if asked.search(name) and unit in units and value.figure > most:
            years = most == _A_YEAR and ((term_of(ctx.form.table).months or _YEAR) > _YEAR or ctx.half == "period")
            return "" if years or _speaks_of_more(ctx, _YEAR, ctx.form.words[params.spans]) else said
    return ""


_YEAR, _HALF_YEAR = Decimal(12), Decimal(6)


def _limit(term: Term, length: Decimal) -> Decimal:
    """The months of the term. Of one whose dates are those of the money (2025年3月-12月) nobody means more than the
    year by 一年; and one day or month says when, not how long."""
    months = term.months or _YEAR
    if term.start is None or term.end is None:
        return max(months, _YEAR * (term.years or 0))
    one = (term.start.year, term.start.month) == (term.end.year, term.end.month) and "日" not in term.text
    return max(months, _YEAR) if one or (length <= _YEAR and months > _HALF_YEAR) else months


def _speaks_of_more(ctx: EntryContext, limit: Decimal, spans: frozenset[str]) -> bool:
    """The project's name, a section or a goal tells a longer time: the term of the form is then that of its money."""
    table = ctx.form.table
    texts = [table.project, table.period_goal or "", table.annual_goal or "", *table.sections.values()]
    plain = [_KEPT.sub("", _ONCE_IN.sub("", text)) for text in texts]
    return any(holds(spans, text) or any(_longer(value, limit) for value in times_in(text)) for text in plain)


def _longer(value: Value, limit: Decimal) -> bool:
    length = duration(value)
    if length is not None:
        return length > limit
    span = span_of(value.text, None)
    if span is None or span[0] is None or span[1] is None:
        return False
    return Decimal(12 * (span[1].year - span[0].year + 1)) > max(limit, Decimal(12))

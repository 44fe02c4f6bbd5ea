"""Checks of 时效 values: no time, a day outside the project."""

import re
from collections.abc import Iterator
from datetime import date

from kpi.lazyre import later
from kpi.model import TargetTable
from kpi.names.clean import clean
from kpi.rules.bare import ending
from kpi.rules.checks.rows import PROSE, quote
from kpi.rules.checks.schedule import ended_before
from kpi.rules.checks.wording import blank
from kpi.rules.context import EntryContext
from kpi.rules.finding import Hit, NotApplicable
from kpi.rules.registry import Params, WordList, check
from kpi.rules.term import Window, span_of, term_of, times_in, window
from kpi.rules.text import begins, holds, squash
from kpi.values import Value

#: Times in words that stand within a sentence (接到申请后五个工作日办结).
_IN_WORDS = re.compile(r"[一二两三四五六七八九十百半]+个?(?:工作日|小时|分钟|月内|天内|日内|周内|学期)")
_EACH_TURN = later("每一?(?:趟|班|车|航|批|场|课|餐|届)次?")  # 车辆消毒频次 | 每趟次
_YEAR = re.compile(r"(?<!\d)20\d\d(?=\s*[年./-])")
_TIME_OF = re.compile("(?:时间|时限|期限|日期|时点|节点)+$")
_ANY_YEAR = later(r"(?<!\d)20\d\d(?!\d)")
_IN_YEAR = later(r"\s*[于在]?\s*20\d\d\s*年")
_SINCE = later("以后|之后|以来|起|自|从|较|比|基础|水平|方案|文件|通知|标准|规划|计划|办法")
#: 2026年|决算批复后20日内: what happened then starts the clock, or tells who is meant; 各季度后, 每月10日前 does not
_EVENT = later(r"20\d\d年度?(?!各|每|第|逐|[一二三四上下]|\s*\d)[^\d]{2,}|[^\d年季度月日旬各每]后")
_OF_ALL = later("总体|整体|全部|总工期|规划期|项目期")
_NEXT_YEAR = later(r"\s*(?:次年|明年|下一?年度?|翌年|来年)度?(?=[\d一二三四上下第春秋])")
_LOOSELY = ("前后", "尽快", "尽早", "抓紧")  # 开学前|后, 开学后尽快: within no bound
_READ = 400  # a value or name longer than this is prose; its beginning tells


class NoTime(Params):
    """`points`: words that tell a time without a figure (按月); `results`: words that amount to a rate (零延误);
    `plans`: words of the labels of sections whose date may be offered."""

    points: WordList
    results: WordList
    plans: WordList


@check("no-time", scope="entry", params=NoTime, facts="seen place year")
def no_time(ctx: EntryContext, params: NoTime) -> Iterator[Hit]:
    """Words without a date, a duration, a frequency or a rate, unless the name holds the deadline itself."""
    text = ctx.entry.text[:_READ]
    if ctx.value.kind not in PROSE or blank(ctx) or any(c.isdigit() for c in text) or times_in(text):
        return
    words = ctx.form.words
    plain = squash(text)
    if _IN_WORDS.search(plain) or _EACH_TURN.fullmatch(plain):
        return
    loose = any(map(plain.__contains__, _LOOSELY))
    if (holds(words[params.points], plain) and not loose) or holds(words[params.results], plain):
        return
    if _holds_deadline(ctx.indicator.name[:_READ], words[params.points]):
        return
    seen, place = _offered(ctx, words[params.plans])
    year = ctx.form.table.year
    yield Hit({"seen": seen, "place": place, "year": f"{year}年" if year else ""})


def _holds_deadline(name: str, points: frozenset[str]) -> bool:
    """2026年12月底前完成率, 春节前慰问, 3日内办结, 按月发放; the year alone (2026年工资发放) is no deadline."""
    return holds(points, squash(name)) or any(not _is_a_year(value) for value in times_in(name))


def _is_a_year(value: Value) -> bool:
    span = value.date
    return bool(span and (span.start or "").endswith("-01-01") and (span.end or "").endswith("-12-31"))


def _offered(ctx: EntryContext, plans: frozenset[str]) -> tuple[str, str]:
    """The one day or deadline that the form's plan or goal names, and where; "" where there is none or several."""
    table = ctx.form.table
    texts = [(label, text) for label, text in table.sections.items() if holds(plans, label)]
    texts.append(("总体目标", table.goal(ctx.half) or ""))
    for label, text in texts:
        days = {value.text.strip() for value in times_in(text) if _may_be_offered(value, table.year)}
        if len(days) == 1:
            return days.pop(), label
    return "", ""


def _may_be_offered(value: Value, year: int | None) -> bool:
    """A day by which something is done: no beginning (2022年之后), no other year, no whole one."""
    span = value.date
    if span is None or _is_a_year(value) or not (span.end or span.named):
        return False
    return all(int(named) == (year or int(named)) for named in _YEAR.findall(value.text))


class OutsidePeriod(Params):
    """`settlement`: work that the year after is for (决算): its deadline may pass the end; `beyond`: words of work that
    goes on into that year (次年, 到期); `acceptance`: work that some leave to it; `effective`: what a day that ends no
    work is for (在册, 质保). `verbs`: behind a day in the name they make a deadline of it (2026年9月完成率). `begins`,
    `ends`: words of the beginning and the end of a work; `finished` end what is done by a day."""

    settlement: WordList
    beyond: WordList
    effective: WordList
    acceptance: WordList
    verbs: WordList
    begins: WordList
    ends: WordList
    finished: WordList = "finished-works"


@check(
    "outside-period",
    scope="entry",
    params=OutsidePeriod,
    facts="seen told rewrite other other_seen",
    cases="late accepted-late untold later-year order",
)
def outside_period(ctx: EntryContext, params: OutsidePeriod) -> Iterator[Hit | NotApplicable]:
    """A deadline before the form's year, or after the end of its project: of its year where no term is told, but for
    a year of which the form speaks; a start after the end."""
    over = ended_before(ctx, ctx.form.words[params.begins], ctx.form.words[params.ends])
    if over:
        quotes = (quote(ctx), quote(over))
        facts = {"seen": ctx.entry.text.strip(), "other": over.indicator.name, "other_seen": over.entry.text.strip()}
        yield Hit(facts, "order", quotes)
    if holds(ctx.form.words[params.effective], ctx.indicator.name + ctx.entry.text[:_READ]):
        return
    text, span = ctx.entry.text, _stated_span(ctx)
    if span is None and not _YEAR.search(text):
        text, span = _named_deadline(ctx, ctx.form.words[params.verbs])
    allowed = window(ctx.form.table)
    if span is None and (old := _old_year(text, allowed)):
        facts = {"seen": text.strip(), "told": allowed.told if allowed else ""}
        yield Hit({**facts, "rewrite": _moved(text, old, ctx.form.table)})
        return
    if span is None or span[1] is None:
        return
    start, end = span[0] or span[1], span[1]
    if allowed is None:
        yield NotApplicable("表上没有年度和起止时间")
        return
    facts = {"seen": text.strip(), "told": allowed.told}
    if allowed.start and end < allowed.start:
        yield Hit({**facts, "rewrite": _moved(text, end.year, ctx.form.table)})
        return
    if (own := ctx.form.table.year) and end.year < own and (_beside_term(ctx) or _of_this_year(ctx)):
        yield Hit({**facts, "told": f"{own}年度", "rewrite": _moved(text, end.year, ctx.form.table)})
        return
    beyond = ctx.form.words[params.beyond]
    last = allowed.end or (allowed.year_end if ctx.half == "annual" and not _speaks_of(ctx, end.year, beyond) else None)
    year = ctx.form.table.year
    later = year and start.year > year and not _settles(ctx, end, date(year, 12, 31), params)
    if later and _finishes(ctx, ctx.form.words[params.finished]) and _own_year(ctx, beyond, start.year):
        yield Hit({**facts, "told": f"{year}年度", "rewrite": ""}, case="later-year")
        return
    if last and start > last and not _settles(ctx, end, last, params):
        accepted = end.year == last.year + 1 and holds(ctx.form.words[params.acceptance], ctx.indicator.name)
        late = "late" if allowed.end else "untold"
        yield Hit({**facts, "rewrite": ""}, case="accepted-late" if accepted else late)


def _stated_span(ctx: EntryContext) -> tuple[date | None, date | None] | None:
    """The value's days; those of the one dated day that a value in words holds (完工时间为2026年8月)."""
    year = ctx.form.table.year
    if year and (after := _NEXT_YEAR.match(ctx.entry.text)):
        return span_of(f"{year + 1}年{ctx.entry.text[after.end() :]}", year)
    if ctx.value.kind not in ("qualitative", "text"):
        span = span_of(ctx.entry.text, year)
        return _whole_year(ctx.entry.text) if span == (None, None) else span
    days = [value for value in times_in(ctx.entry.text[:_READ]) if value.kind == "date" and not _is_a_year(value)]
    return span_of(days[0].text, year) if len(days) == 1 else None


def _whole_year(text: str) -> tuple[date | None, date | None] | None:
    """2026年春季开学前: nobody can tell the day, but the year."""
    years = {int(year) for year in _ANY_YEAR.findall(text[:_READ])}
    year = next(iter(years)) if len(years) == 1 else None
    return (date(year, 1, 1), date(year, 12, 31)) if year else None


def _named_deadline(ctx: EntryContext, verbs: frozenset[str]) -> tuple[str, tuple[date | None, date | None] | None]:
    """The day by which the name itself wants it done (2026年11月30日前完成支付), and its words."""
    name = clean(ctx.indicator.name[:_READ]).core
    days = [value for value in times_in(name) if value.kind == "date" and not _is_a_year(value)]
    if len(days) != 1 or not _YEAR.search(days[0].text):
        return "", None
    said = days[0].text
    after = name[name.find(said) + len(said) :]
    if not said.endswith(("前", "底", "末", "止")) and not begins(verbs, after):
        return "", None
    return said, span_of(said, None)


def _old_year(text: str, allowed: Window | None) -> int | None:
    """The year of 2023年各季度后5日内, a time that is no day, in a form of 2024; None where it may be the form's."""
    years = [int(year) for year in _YEAR.findall(text[:_READ])]
    if not _IN_YEAR.match(text) or _SINCE.search(text) or _EVENT.search(text):
        return None
    if allowed is None or allowed.start is None:
        return None
    return max(years) if years and max(years) < allowed.start.year else None


def _beside_term(ctx: EntryContext) -> bool:
    """Whether the value is this year's beside another one for the whole term."""
    period = ctx.indicator.period
    sides = ctx.half == "annual" and period is not None and len(ctx.form.table.halves) > 1
    return sides and period is not None and period.text.strip() != ctx.entry.text.strip()


def _of_this_year(ctx: EntryContext) -> bool:
    """Whether a form of a longer project states this year's targets alone: what was due last year is none of them."""
    term = term_of(ctx.form.table)
    return ctx.form.table.halves == ("annual",) and bool(term.start and term.end and term.start.year < term.end.year)


def _own_year(ctx: EntryContext, beyond: frozenset[str], year: int) -> bool:
    """Whether the value is this year's beside that of the whole term, where what is due later belongs; the goal of the
    year may say that its work goes on."""
    goal = ctx.form.table.annual_goal or ""
    table = ctx.form.table
    sides = ctx.half == "annual" and ctx.indicator.period is not None and len(table.halves) > 1
    if table.halves == ("annual",) and table.period_goal and goal:  # a goal of the term beside it
        ends = term_of(table).end
        of_term = str(year) in table.period_goal or bool(ends and ends.year == year)
        sides = not (of_term or _OF_ALL.search(ctx.indicator.name))
    both = ctx.indicator.period is not None and ctx.indicator.period.text.strip() == ctx.entry.text.strip()
    if both and str(year) in (ctx.form.table.period_goal or ""):  # told as the end of the whole, repeated on both sides
        return False
    return sides and str(year) not in goal and not holds(beyond, goal + ctx.indicator.name)


def _finishes(ctx: EntryContext, finished: frozenset[str]) -> bool:
    """工程完工时间, 培训任务完成时限: when something is done, and not for how long (租赁期限) or what is paid when."""
    name = _TIME_OF.sub("", clean(ctx.indicator.name[:_READ]).core)
    return ending(finished, name) != ""


def _speaks_of(ctx: EntryContext, year: int, beyond: frozenset[str]) -> bool:
    """Whether a form tells, in a goal, a section or a row, that its work goes on till a later year: by that year or by
    a word (次年); or the row itself, whose work ends when its term does (运维服务到期时间)."""
    table = ctx.form.table
    texts = (table.period_goal or "", table.annual_goal or "", *table.sections.values())
    told = any(str(year) in text or holds(beyond, text) for text in texts)
    rows = (entry.text for row in table.indicators for _, entry in row.entries() if row is not ctx.indicator)
    return told or holds(beyond, ctx.indicator.name) or any(_spans(text, year, table.year) for text in rows)


def _spans(text: str, year: int, own: int | None) -> bool:
    """2026年6月1日至2027年5月31日, of a form of 2026."""
    return own is not None and str(year) in text and str(own) in text


def _settles(ctx: EntryContext, end: date, last: date, params: OutsidePeriod) -> bool:
    """Accounts and audits of a year are made in the year after it."""
    said = ctx.indicator.name + ctx.entry.text[:_READ] + ctx.form.table.project
    return end.year == last.year + 1 and holds(ctx.form.words[params.settlement], said)


def _moved(text: str, year: int, table: TargetTable) -> str:
    """The same day in the form's year."""
    old = f"{year}年"
    return text.strip().replace(old, f"{table.year}年") if table.year and text.count(old) == 1 else ""

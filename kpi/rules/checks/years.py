"""Old years in a form: which years its texts speak of, and which of them are put forward as the plan's own."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.model import Location
from kpi.rules.checks.rows import HALF_NAMES
from kpi.rules.context import FormContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.prose import uncut
from kpi.rules.registry import Params, WordList, check
from kpi.rules.term import named_years, term_of, window
from kpi.rules.text import holds, pattern

_READ = 20_000
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")  # one for one: places stay
_YEAR = re.compile(r"(?<![\d.])20\d\d(?=\s*年)")
_NAME_YEAR = re.compile(rf"(?<![\d.])20\d\d(?=\s*年|(?<=\A20\d\d){HAN})")
_NUMBERED = re.compile(r"[(\[〔【（]\s*20\d\d\s*年?\s*[)\]〕】）]|20\d\d年\s*第?\s*\d+\s*号")
_TITLED = re.compile(
    r"关于[^。；;\n]{2,80}?(?:通知|意见|决定|批复|公告|通告|办法|规定|方案|请示|函)|"
    r"20\d\d年[^。；;，,\n]{0,30}?(?:会议|纪要|通知|规划|讲话|一号文件|政府工作报告)"
)
_BEFORE_RANGE = re.compile(r"[\d年月日]\s*[-—–~～至到、和及与]\s*\Z")
_AFTER_RANGE = re.compile(
    r"\s*年?(?:度|\d{1,2}月)?(?:\d{1,2}[日号])?\s*[-—–~～至到、和及与]\s*"
    r"(?:20\d\d|\d\d年|次年|翌年|来年|今年|本年)"
)
_REST = re.compile(r"\s*年(?:度)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:份|底|末|初)?")
_DEADLINE = later(r"\s*年(?:\d{1,2}月(?:\d{1,2}[日号])?(?:底|末)?|[底末])(?:之|以)?前")
#: 2024年我区将举办第八届运动会: nothing will be in a year that is over.
_WILL = later(r"\s*年[^，,。；;]{0,10}?(?:将|拟|计划)(?!近|于)")
_WORDED = later("二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
_FIGURES = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_SUBJECT = later(r"(?:项目|工程|任务|工作|主体|设备)(?:计划|预计|应|须|要)?[于在]\s*\Z")
_OVER = later("[^，,。；;]{0,8}的|已|未|启动|开工|开始")
_AS_IT_IS = later("按照?(?:其|各自)?实际|实际(?:需要|需求|情况|收住)")  # 按实际收住人数发放 is no report
_SETTLED = later("尾款|质保金|保证金|验收|督办|评价|审计|决算")
#: （2026年为15%）: what a promise starts from.
_BASELINE = later(
    r"\s*年(?:度|底|末)?(?:实际|仅)?(?:为|是|达|达到|只有)?\s*(?!\d{1,2}月)\d+(?:\.\d+)?[^\d，,。；;]{0,4}[)）]"
)
_SENTENCE = re.compile(r"[。；;！？!?\n]")
_CLAUSE_END = "，,、：:。；;（(“”\"）) \t\n"
_HELD = later(
    r"\s*年(?:\d{1,2}月(?:\d{1,2}[日号]|[底末份]|[上中下]旬)?)?(?:召开|举办|举行|开幕|完成|完工|交付|上线|发放)(?!的)"
)
_ALL_YEAR = later(r"\s*年度?全年")  # 2027年全年检查48处 is no work that is done a year later
_MONTH = later(r"\s*年\d{1,2}月")
_COPIED = 10  # years after which nobody copies a plan any more
_AROUND = 80  # characters around a year in which the words that place it are looked for


class Mention(NamedTuple):
    """A year in a text that belongs to no document and no range: `before` and `after` within its sentence."""

    year: int
    before: str
    after: str

    @property
    def words(self) -> str:
        return f"{self.before[-_AROUND:]}{self.year}{self.after[:_AROUND]}"


def mentions_of_years(text: str, *, name: bool = False) -> list[Mention]:
    """The years of a text. In a `name` a year at its very beginning needs no 年 (2025三支一扶慰问)."""
    text = _WORDED.sub(lambda year: year[0].translate(_FIGURES), text[:_READ])
    plain = _without_titles(text.translate(_DIGITS))
    plain = _TITLED.sub(_blank, _NUMBERED.sub(_blank, plain))
    found = []
    for match in (_NAME_YEAR if name else _YEAR).finditer(plain):
        before, after = plain[max(0, match.start() - _AROUND) : match.start()], plain[match.end() :][:_AROUND]
        if _BEFORE_RANGE.search(before) or _AFTER_RANGE.match(after):
            continue
        before, after = _SENTENCE.split(before)[-1], _SENTENCE.split(after)[0]
        found.append(Mention(int(match[0]), before, after))
    return found


def _blank(match: re.Match[str]) -> str:
    return "□" * len(match[0])


def _without_titles(text: str) -> str:
    """Titles in 《》 blanked, however they nest; one that never ends is no title."""
    kept, depth, start = list(text), 0, 0
    for place, char in enumerate(text):
        if char == "《":
            start = start if depth else place
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0:
                kept[start : place + 1] = "□" * (place + 1 - start)
    return "".join(kept)


class StaleYear(Params):
    """`back`: years older than this many before the form's are history. `plans`: words of the labels of texts that say
    what will be done, `bases` of those that name documents; `verbs` right before a year, or `then` right behind it,
    make it the plan's own, and so does a deadline that is over; `since` (月起) tells who is covered and not when it
    is done, but for a year that opens a clause of a plan;
    `past` and `late` are words of what is over (`totals` those of a sum, which a plan has too) and, in a name or in
    the `near` characters behind a year, of what is done a year later anyway; `works` may take years; `settlement` is
    done in the year after."""

    back: int = 3
    near: int = 24
    plans: WordList
    bases: WordList
    verbs: WordList
    then: WordList
    past: WordList
    totals: WordList
    since: WordList
    late: WordList
    works: WordList
    settlement: WordList


@check("stale-year", scope="form", params=StaleYear, facts="where years year count rewrite told", cases="ahead")
def stale_year(ctx: FormContext, params: StaleYear) -> Iterator[Hit | NotApplicable]:
    """Years before the form's that its name or its texts put forward as the year of the plan: one finding per form."""
    table, year = ctx.table, ctx.table.year
    if year is None:
        yield NotApplicable("表上没有年度")
        return
    yield from _ahead_of(ctx, params)
    first = _first_year(ctx, year)
    named = set(named_years(table.project))
    if any(one > year for one in named) or (year in named and len(named) > 1):
        return  # 2024至2027, 提前下达2026年: the name tells its years itself
    places = [*_in_name(ctx, params), *_in_texts(ctx, params)]
    plans = {label for label in table.sections if holds(ctx.words[params.plans], label)}
    stale = [one for one in places if _since(year, one[2], params.back, one[0] in plans) <= one[2].year < first]
    if not stale:
        return
    labels = "、".join(dict.fromkeys(label for label, _, _ in stale))
    years = sorted({seen.year for _, _, seen in stale})
    facts = {
        "where": labels, "years": "、".join(f"{one}年" for one in years), "year": str(year), "count": str(len(stale)),
        "rewrite": f"{year}年",
    }  # fmt: skip
    evidence = tuple(Evidence(_quoted(seen), where) for _, where, seen in stale)
    yield Hit(facts, evidence=evidence)


def _since(year: int, seen: Mention, back: int, plan: bool) -> int:
    """Older years are history; a deadline, or a month of the plan, is none, however old the form that it was copied
    from."""
    return year - (_COPIED if _DEADLINE.match(seen.after) or (plan and _MONTH.match(seen.after)) else back)


def _ahead_of(ctx: FormContext, params: StaleYear) -> Iterator[Hit]:
    """Deadlines of the plan behind the end of a project whose term is told (2028年10月底前完工)."""
    allowed, words = window(ctx.table), ctx.words
    if allowed is None or allowed.end is None:
        return
    found = [
        (label, where, seen)
        for label, text, where in _texts(ctx)
        if label in ctx.table.sections and holds(words[params.plans], label) and not holds(words[params.bases], label)
        for seen in mentions_of_years(text)
        if seen.year > allowed.end.year and _opens(seen) and _DEADLINE.match(seen.after)
        if not holds(words[params.settlement], seen.after[: params.near])
    ]
    if found:
        facts = {
            "where": "、".join(dict.fromkeys(label for label, _, _ in found)), "told": allowed.told,
            "years": "、".join(f"{one}年" for one in sorted({seen.year for _, _, seen in found})),
            "count": str(len(found)),
        }  # fmt: skip
        yield Hit(facts, "ahead", tuple(Evidence(_quoted(seen), where) for _, where, seen in found))


def _first_year(ctx: FormContext, year: int) -> int:
    """The first year that is the project's own."""
    term = term_of(ctx.table)
    if term.start:
        return min(term.start.year, year)
    if term.months is not None and term.months > 12:
        return year + 1 - ceil(term.months / 12)
    return year


def _in_name(ctx: FormContext, params: StaleYear) -> Iterator[tuple[str, Location, Mention]]:
    project, words = ctx.table.project, ctx.words
    if holds(words[params.late], project) or holds(words[params.works], project):
        return
    for seen in mentions_of_years(project, name=True):
        if not _over(seen, words[params.past] | words[params.since]):
            yield "项目名称", ctx.table.location, seen


def _over(seen: Mention, past: frozenset[str]) -> bool:
    """2022年1月1日之后办理…: who is covered, or what is over."""
    return holds(past, _AS_IT_IS.sub("", seen.words))


def _in_texts(ctx: FormContext, params: StaleYear) -> Iterator[tuple[str, Location, Mention]]:
    words = ctx.words
    behind, ahead = _behind(words[params.verbs]), _ahead(words[params.then])
    for label, text, where in _texts(ctx):
        if holds(words[params.bases], label):
            continue
        plan = holds(words[params.plans], label)
        for seen in mentions_of_years(text):
            opens = plan and _opens(seen)
            own = opens or behind.search(seen.before) or ahead.match(seen.after) or _WILL.match(seen.after)
            near = re.split("[，,]", seen.after)[0] if opens else seen.after
            fixed = opens and (_DEADLINE.match(seen.after) or _ALL_YEAR.match(seen.after))
            late = holds(words[params.late], near[: params.near]) and not fixed
            if own and not late and not _told(seen, ctx, params, opens):
                yield label, where, seen


@lru_cache(maxsize=16)
def _behind(verbs: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern(verbs).pattern})[好于在到了对]?\\s*\\Z")


@lru_cache(maxsize=16)
def _ahead(then: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"\\s*年度?(?:{pattern(then).pattern})")


def _told(seen: Mention, ctx: FormContext, params: StaleYear, opens: bool) -> bool:
    """What is over, or a sentence that comes to the form's own year itself (2025年立项,2026年开工)."""
    if seen.before.rstrip().endswith(("（", "(")) and _BASELINE.match(seen.after):
        return True
    later = any(int(year) >= (ctx.table.year or 0) for year in _YEAR.findall(seen.words))
    words = ctx.words
    # what a plan comes to altogether (举办6期,累计培训300人) is no more over than the plan
    past = words[params.past] - words[params.totals] if opens else words[params.past] | words[params.since]
    return later or _over(seen, past)


def _subject_in_front(seen: Mention) -> bool:
    """项目于2027年11月底前完工; what was finished by then (的, 已) or is settled now tells no plan."""
    if seen.before.endswith(("于", "在")) and _HELD.match(seen.after):
        return not _SETTLED.search(seen.words)  # 代表大会于2027年1月召开
    due = _DEADLINE.match(seen.after) if _SUBJECT.search(seen.before) else None
    return due is not None and not (_OVER.match(seen.after[due.end() :]) or _SETTLED.search(seen.words))


def _opens(seen: Mention) -> bool:
    """The year opens a clause, perhaps after 在, 于, 到: when something will be done. A deadline may have its subject
    in front (项目于2027年11月底前完工)."""
    before = seen.before.rstrip("在于到至 ")
    if before and before[-1] not in _CLAUSE_END and not _subject_in_front(seen):
        return False
    rest = _REST.match(seen.after)
    return bool(rest and seen.after[rest.end() :].lstrip("，, "))


def _texts(ctx: FormContext) -> Iterator[tuple[str, str, Location]]:
    table = ctx.table
    places: Mapping[str, Location] = table.locations
    for label, text in table.sections.items():
        yield label, text, places.get(f"sections.{label}") or table.location
    for half, goal in (("period", table.period_goal), ("annual", table.annual_goal)):
        if goal:
            label = f"{HALF_NAMES[half]}目标" if len(table.halves) > 1 else "总体目标"
            yield label, goal, places.get(f"goals.{half}") or table.location


def _quoted(seen: Mention) -> str:
    """The words around the year, enough to find it."""
    whole, start = f"{seen.before}{seen.year}{seen.after}", len(seen.before)
    left, right = uncut(whole, max(0, start - 12), start + 20, start)
    return whole[left:right].replace("□", "").strip(" \t\n，,、；;（(")

"""Days that a form states twice or in the wrong order: the plan's against a row's, the beginning after the end."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.model import Half, Location
from kpi.rules.checks.rows import entries
from kpi.rules.context import EntryContext, FormContext, per_form
from kpi.rules.term import one_year, span_of, window
from kpi.rules.text import core, holds
from kpi.values import find_values
from kpi.values.traditional import simplified

_CLAUSE = re.compile("[，,。；;、：:！!？?\\n]")
_YEAR = re.compile(r"(?<!\d)20\d\d(?=\s*[年./-])")
_ABOUT_TIME = re.compile("(?:完成|截止|最迟|规定)?(?:时间|时限|期限|日期|时点|节点)$")
_ANY_WORK = re.compile("^(?:项目|工程|工作|任务|全部|全面|基本|整体|全县|所有)+")
_DOES = re.compile("^完成")
_FINISHED = re.compile("完成(?:时间|时限|期限|日期)$")
_LEAST_NAME = 4  # a longer name is the same thing wherever in the clause it stands; a shorter one alone
_LEAST_WORD = 2
_READ = 20_000
_SUBJECT = later(rf"{HAN}{{2,12}}")
_EAGER = later("^(?:争取|力争|确保|计划|预计|保证|要求)+")
_REST_LATER = later("[^。；;\n]{0,60}(?:其余|剩余|余下|剩下|其他全部)")
_END_OF_ALL = later(
    "(?:项目|工程|工作|任务|全部|全面|整体|按期|按时|如期|及时|建设|施工)*"
    "(?:完成(?:建设|验收)?|建成通车|通车|建成投用|建成|竣工验收|竣工|完工|交付使用|投入使用|投入运行)(?:并?(?:交付|投入)使用)?"
)
_STAGES = (later("完成|完工|建成"), later("竣工|验收"), later("通车|投用|投入|交付"))
_MEASURED = later("(?:及时)?[率性]$|(?:时间|时限|日期|节点|期限)$")
_BY = later("[前底末止](?=[^前底末止]*$)")


class Dated(NamedTuple):
    """What a clause says is done by a day; `words` as printed."""

    thing: str
    words: str
    first: date
    last: date
    place: Location


class Words(NamedTuple):
    """`plans`: words of the labels of plans; `parts`: of a part of the work; `verbs`: of its end."""

    plans: frozenset[str]
    parts: frozenset[str]
    verbs: frozenset[str]


def dated(form: FormContext, words: Words) -> list[Dated]:
    """The clauses of plans and goals that begin with a day and go on with what is done by it; none of a part, and none
    that may only begin then (4月管网铺设)."""
    table = form.table
    texts = [(text, table.locations.get(f"sections.{label}") or table.location)
             for label, text in table.sections.items() if holds(words.plans, label)]  # fmt: skip
    for half in table.halves:
        if goal := table.goal(half):
            texts.append((goal, table.locations.get(f"goals.{half}") or table.location))
    found = [one for text, place in texts for one in _clauses(form, text[:_READ], place)]
    return [one for one in dict.fromkeys(found) if not holds(words.parts, one.words) and _by_then(one, words.verbs)]


def _by_then(one: Dated, verbs: frozenset[str]) -> bool:
    return _BY.search(one.words) is not None or holds(verbs, one.thing)


def _clauses(form: FormContext, text: str, place: Location) -> Iterator[Dated]:
    year, known = form.table.year, one_year(form.table)
    for start, end, value in find_values(simplified(text)):
        said = text[start:end]
        if value.kind != "date":
            continue
        subject = _CLAUSE.split(text[:start])[-1].strip()  # 平台|于6月底前|上线运行
        if subject and not (_SUBJECT.fullmatch(subject) and said.strip().endswith(("前", "底", "末", "止", "日"))):
            continue
        if not (known or _YEAR.search(said)):
            continue  # of which year, a project of several years does not say
        span = span_of(said.strip(), year)
        rest = _CLAUSE.split(text[end:], maxsplit=1)[0].strip()
        if span and span[1] and len(rest) >= _LEAST_WORD:
            if _REST_LATER.match(text, end):
                continue  # 6月完成2.6万亩，8月完成其余2.2万亩: a part
            thing, words = f"{_EAGER.sub('', subject.rstrip('于在'))}{rest}", f"{subject}{said}{rest}"
            yield Dated(thing, words, span[0] or span[1].replace(day=1), span[1], place)


def same_work(thing: str, name: str) -> bool:
    """车辆到位 and 车辆到位时间; 完工 and 工程完工时间, 完成全部培训 and 培训完成时间, where the clause says nothing
    else."""
    asked = _ANY_WORK.sub("", _ABOUT_TIME.sub("", core(name)))
    said = _ANY_WORK.sub("", core(thing))
    if len(asked) < _LEAST_WORD or not _ABOUT_TIME.search(core(name)):
        return False
    done = _ANY_WORK.sub("", _DOES.sub("", said)) if _FINISHED.search(core(name)) else said
    return asked in (said, done) or (len(asked) >= _LEAST_NAME and asked in said)


def planned_otherwise(form: FormContext, words: Words) -> Iterator[tuple[EntryContext, Dated]]:
    """Rows under 时效 whose last day is in another month than the one that the plan or a goal states for them."""
    said = dated(form, words) if any(row.level2 == "时效指标" for row in form.table.indicators) else []
    for half in form.table.halves if said else ():
        for row in entries(form, half, ("时效指标",)):
            span = span_of(row.entry.text, form.table.year)
            if span is None or span[1] is None:
                continue
            mine = [one for one in said if same_work(one.thing, row.indicator.name)]
            mine = mine or _ends_of_all(said, row, span[1])
            if len({one.last for one in mine}) != 1:
                continue
            one = mine[0]
            if _misses(one, span[1]) and not _meets_elsewhere(form, half, one):
                yield row, one


def _ends_of_all(said: list[Dated], row: EntryContext, last: date) -> list[Dated]:
    """2023年11月底前全部通车, and 项目按期完工率 | 2023年12月: the whole work in other words; what is in use by then is
    finished before."""
    if not _is_end(_MEASURED.sub("", row.indicator.name)):
        return []
    stage = _stage(row.indicator.name)
    return [one for one in said if one.last < last and _is_end(one.thing) and _stage(one.thing) >= stage]


def _stage(words: str) -> int:
    """Finished, accepted, in use: what is in use is finished before."""
    return max((k for k, stage in enumerate(_STAGES) if stage.search(words)), default=0)


def _is_end(words: str) -> bool:
    return _END_OF_ALL.fullmatch(core(words)) is not None


def _misses(said: Dated, last: date) -> bool:
    return said.last < last.replace(day=1) or said.first.replace(day=1) > last


def _meets_elsewhere(form: FormContext, half: Half, said: Dated) -> bool:
    """Whether the other half of a form of several years has a row that ends when the text says: 2027年10月底前全线完工
    is the whole term's, and not this year's."""
    others = (row for side in form.table.halves if side != half for row in entries(form, side, ("时效指标",)))
    spans = (span_of(row.entry.text, form.table.year) for row in others if same_work(said.thing, row.indicator.name))
    return any(span is not None and span[1] is not None and not _misses(said, span[1]) for span in spans)


def ended_before(ctx: EntryContext, begins: frozenset[str], ends: frozenset[str]) -> EntryContext | None:
    """The row by whose day the work is over that this row lets begin later; None where there is none, or where the two
    may be two works."""
    span = span_of(ctx.entry.text, ctx.form.table.year)
    if span is None or span[0] is None or not holds(begins, ctx.indicator.name) or holds(ends, ctx.indicator.name):
        return None
    mine = _work(ctx.indicator.name, begins | ends)
    over = (one for one in _over(ctx.form, ctx.half, begins, ends) if _one_work(mine, one[2]))
    last, allowed = next(over, None), window(ctx.form.table)
    if last is None or last[0] >= span[0]:
        return None
    stale = allowed is not None and allowed.start is not None and last[0] < allowed.start
    return None if stale else last[1]  # an end before the term is told by itself


@per_form
def _over(
    form: FormContext, half: Half, begins: frozenset[str], ends: frozenset[str]
) -> tuple[tuple[date, EntryContext, str], ...]:
    """The days by which work is over, the last day first, each with its row and its work."""
    over = []
    for row in entries(form, half, ("时效指标",)):
        end = span_of(row.entry.text, form.table.year)
        if end and end[1] and holds(ends, row.indicator.name):
            over.append((end[1], row, _work(row.indicator.name, begins | ends)))
    return tuple(sorted(over, key=lambda one: one[0], reverse=True))


def _work(name: str, verbs: frozenset[str]) -> str:
    """What a name says is begun or over; "" where it tells no work of its own."""
    plain = _ABOUT_TIME.sub("", core(name))
    for verb in sorted(verbs, key=len, reverse=True):
        plain = plain.replace(verb, "")
    return _ANY_WORK.sub("", plain)


def _one_work(first: str, second: str) -> bool:
    """Whether neither name tells a work of its own, or both tell one."""
    return not first or not second or first in second or second in first

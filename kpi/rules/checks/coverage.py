"""Main tasks of the goal or the plan that no indicator speaks of."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kpi.rules.checks.rows import breaks_off, names_nothing, used
from kpi.rules.context import FormContext
from kpi.rules.finding import Hit, NotApplicable
from kpi.rules.prose import Prose, goals, quoted, sections
from kpi.rules.registry import Params, WordList, check
from kpi.rules.segment import keywords
from kpi.rules.segment import words as cut
from kpi.rules.text import begins, holds, pattern, squash
from kpi.values import find_values

_CLAUSE = re.compile(r"[^，,。；;！!\n：:]+")
_FIGURE = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d年)\d+(?:\.\d+)?(?![\d.])")
#: 3月征集岗位: a step of a plan, not a task of its own.
_STEP = re.compile(r"\d{1,2}(?:月|日)|[一二三四]季度|[上下]半年")
_RATE = re.compile("[%％]|满意")
_ORDINAL = re.compile(r"^[(（]?\d{1,2}[.、)）．]?")  # 2.依据本区办法
_HEADS = "数率度量额次"
_SHOWN = 3


class Task(NamedTuple):
    """A clause that says what is done: the words that tell it, what it is done to in their order, and its figures."""

    source: Prose
    start: int
    text: str
    about: frozenset[str]
    objects: tuple[str, ...]
    figures: frozenset[str]


class Uncovered(Params):
    """`actions`: verbs of concrete work. `slogans`: words of clauses that are none. `stop`: words that tell nothing.
    `means`: how something is done (通过购买服务): a clause that they open, and that has no figure, is no task.
    `plans`: labels of sections that list tasks. `general`: words of names that may stand for any object (设备).
    `indicators`, `tasks`, `telling`: a form needs as many indicators, as many tasks, a task as many telling words
    before one task is missed; a form of any number of indicators has to lack `several`. `longest`: characters of a
    text looked at."""

    actions: WordList
    slogans: WordList
    stop: WordList
    means: WordList
    plans: WordList
    general: WordList
    indicators: int = 5
    several: int = 2
    tasks: int = 3
    telling: int = 1
    longest: int = 2000


@check("content-not-covered", scope="form", params=Uncovered, facts="tasks count")
def content_not_covered(form: FormContext, params: Uncovered) -> Iterator[Hit | NotApplicable]:
    """A task is covered where any indicator, or the project's name, shares a pair of characters or a figure with it.
    Several tasks are missed already where no indicator has what they are done to, whatever verb or word of the
    project's name it shares. Where nothing is covered, and no count taken up, the indicators are named so generally
    that nobody can tell."""
    rows = [row for row in form.table.indicators if used(row) and not names_nothing(row.name)]
    broken = breaks_off(form)
    if broken or not rows:
        yield NotApplicable(f"表在“{broken}”处中断，后面的指标看不到" if broken else "没有读到已填写的绩效指标")
        return
    texts = _texts(form, params)
    if not texts:
        yield NotApplicable("没有填写总体目标和实施计划")
        return
    tasks = list(_tasks(texts, form, params))
    said = "，".join(f"{row.name}，{entry.text}" for row in rows for _, entry in row.entries())
    told = [t for t in tasks if t.objects and (t.source.half or not _STEP.match(squash(t.text)))]
    open_ = [t for t in told if not t.figures & _figures(said) and not _often(t.text) & _often(said)]
    words = squash(f"{form.table.project}，{said}")
    missing = [t for t in open_ if len(rows) >= params.indicators and not any(_shares(word, words) for word in t.about)]
    if not any(_general(row.name, form, params) for row in rows):
        lacking = [t for t in open_ if not _has_object(t, squash(said), form.table.project)]
        missing = lacking if len(lacking) >= params.several else missing
    covered = len(missing) < len(tasks) or _taken_up(texts, _figures(said))
    if len(tasks) >= params.tasks and missing and covered:
        yield _hit(missing)


def _taken_up(texts: list[Prose], figures: frozenset[str]) -> bool:
    """Whether an indicator has a count of the texts (救护动物200只): then the indicators tell what they are about, even
    where the verb of that clause is none of the listed ones."""
    clauses = (clause[0] for one in texts for clause in _CLAUSE.finditer(one.text))
    return any(_figures(clause) & figures for clause in clauses if not _RATE.search(clause))


def _general(name: str, form: FormContext, params: Uncovered) -> bool:
    """设备购置数量, 工作任务完成数: whatever is bought or done may be meant."""
    words = form.words
    said = words[params.stop] | words[params.actions] | words[params.general]
    return bool(name) and not pattern(said).sub("", squash(name)).strip(_HEADS)


def _has_object(task: Task, said: str, project: str) -> bool:
    """Whether the indicators speak of what the task is done to: its last word (保密室|监控), or most of its words. What
    ends in the project's own subject cannot be told apart."""
    if _shares(task.objects[-1], squash(project)):
        return True
    found = [word for word in task.objects if _shares(word, said)]
    return task.objects[-1] in found or 2 * len(found) > len(task.objects)


def _texts(form: FormContext, params: Uncovered) -> list[Prose]:
    """Goals and plans, each text once."""
    labels = form.words[params.plans]
    plans = [one for one in sections(form.table) if any(word in one.label for word in labels)]
    return list({squash(one.text): one for one in reversed([*goals(form.table), *plans])}.values())[::-1]


def _tasks(texts: list[Prose], form: FormContext, params: Uncovered) -> Iterator[Task]:
    words, seen = form.words, set[str]()
    for source in texts:
        for clause in _CLAUSE.finditer(source.text[: params.longest]):
            text = squash(clause[0])
            if text in seen or not holds(words[params.actions], text):
                continue
            seen.add(text)
            if begins(words[params.means], _ORDINAL.sub("", text)) and not _figures(text):
                continue
            about = keywords(text, words[params.stop])
            objects = tuple(word for word in cut(text) if word in about - words[params.actions])
            if (len(objects) >= params.telling or _figures(text)) and not holds(words[params.slogans], text):
                yield Task(source, clause.start(), clause[0], about, objects, _figures(clause[0]))


def _figures(text: str) -> frozenset[str]:
    """Figures of two digits or more, years aside: 9.75公里 in the plan is ≥9.75公里 of the indicator."""
    return frozenset(found for found in _FIGURE.findall(text) if len(found) > 1)


def _often(text: str) -> frozenset[str]:
    """每天1次 in the plan is 1次/天 of the indicator."""
    if "每" not in text and "/" not in text and "次" not in text:
        return frozenset()
    values = (value for _, _, value in find_values(text))
    return frozenset(f"{value.figure}{value.unit}" for value in values if value.dimension == "count/time")


def _shares(word: str, said: str) -> bool:
    return any(word[i : i + 2] in said for i in range(len(word) - 1))


def _hit(missing: list[Task]) -> Hit:
    shown = "、".join(f"“{task.text.strip()}”" for task in missing[:_SHOWN])
    evidence = tuple(quoted(t.source, t.start, t.start + len(t.text)) for t in missing)
    return Hit(
        {"tasks": shown + ("等" if len(missing) > _SHOWN else ""), "count": str(len(missing))},
        half=missing[0].source.half,
        evidence=evidence,
        judged=tuple(task.text for task in missing),
    )

"""The text of a disclosure against itself: rates, shares and differences computed again, parts against their whole,
the amount of the whole goal, the year that it compares with. One finding a sentence."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from kpi.model import Document
from kpi.rules.checks.arithmetic import Mistake, Said, Words, every
from kpi.rules.checks.breakdown import summed, unbalanced
from kpi.rules.checks.disclosure import Sentence, budget_of, named_amounts, sentences, spans, totals, year_of
from kpi.rules.context import DocumentContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.registry import Params, WordList, check
from kpi.rules.statements import Interval, amounts, around, wan
from kpi.rules.text import holds, pattern, squash

NO_TEXT = NotApplicable("文件里没有写明金额的情况说明")


class Split(Params):
    """A whole and the parts that are all of it, each with the words that name it."""

    whole: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]


class Narrative(Params):
    """`slack`: units of the last digit of a percentage that it may be off (one: rounded up or cut off).
    `rounding`: half a unit in 元 of tables that do not tell how they round. `near`: how far apart two amounts may be to
    be meant as the same. `columns`: columns of the tables that shares speak of. `kinds`: the kinds of project that
    together are all."""

    up: WordList
    down: WordList
    compare: WordList
    whole: WordList
    between: WordList
    goal: WordList
    money_words: WordList
    columns: tuple[str, ...] = ("项目支出", "基本支出")
    splits: tuple[Split, ...] = ()
    kinds: tuple[str, ...] = ()
    slack: Decimal = Decimal(1)
    rounding: Decimal = Decimal(50)
    near: Decimal = Decimal("0.05")


@check(
    "narrative-arithmetic",
    scope="document",
    params=Narrative,
    facts="said now last change computed stated why first second part whole of parts year compared gap other more",
    cases="growth direction difference share parts kinds goal stale-year listed",
)
def narrative_arithmetic(ctx: DocumentContext, params: Narrative) -> Iterator[Hit | NotApplicable]:
    """The first mistake of a sentence is told, the others are counted."""
    document = ctx.document
    for table in document.tables:
        for one in unbalanced(table, params.near):
            facts = {**one.mistake.facts, "more": ""}
            yield Hit(facts, "parts", (Evidence(one.text, one.place),), table=table, value=facts["said"])
    if not document.narrative:
        yield NO_TEXT
        return
    reader = _Reader(ctx, params)
    for sentence in sentences(document):
        mistakes = list(reader.mistakes(sentence))
        if mistakes:
            more = str(len(mistakes) - 1) if len(mistakes) > 1 else ""
            place = Evidence(sentence.statement.text, sentence.statement.location)
            facts = {**mistakes[0].facts, "more": more}
            yield Hit(facts, mistakes[0].case, (place,), value=mistakes[0].facts["said"])


class _Reader:
    """What all sentences of a document are held against."""

    def __init__(self, ctx: DocumentContext, params: Narrative) -> None:
        self.params, words = params, ctx.words
        self.words = Words(words[params.up], words[params.down], words[params.compare], words[params.whole])
        self.between, self.goal = words[params.between], words[params.goal]
        self.money = words[params.money_words]
        self.totals = totals(budget_of(ctx.document), params.rounding)
        self.spans = spans(self.totals)
        self.year = year_of(ctx.document)
        self.asked = _asked(ctx.document)
        self.named = {name: found for name in params.columns if (found := self._column(name, ctx.document))}

    def _column(self, name: str, document: Document) -> tuple[Interval, ...]:
        """The amounts that go by the name of a column. The total of a table of that title counts only where it agrees
        with the column elsewhere: one that does not is a finding of its own (PFL006)."""
        found = [total.range for total in self.totals if name in total.column]
        titled = [total.range for total in self.totals if name in total.table and not total.column]
        if found:
            carried = [total.range for total in self.totals if total.column.startswith("上年")]
            less = [one.minus(last) for one in found for last in carried]
            titled = [one for one in titled if any(one.meets(other) for other in (*found, *less))]
        for sentence in sentences(document):
            found += [amounts(sentence.text)[n].range for _, n in named_amounts(sentence.text, [name], self.between)]
        return tuple(dict.fromkeys((*found, *titled)))

    def mistakes(self, sentence: Sentence) -> Iterator[Mistake]:
        before = amounts(sentence.before[-1]) if sentence.before else ()
        said = Said(sentence.text, self.year, before, self.spans, self.named, self.params.near)
        yield from every(said, self.words, self.params.slack)
        yield from _parts(sentence, self.params.splits, self.between)
        yield from _kinds(sentence, self.params.kinds)
        yield from _listed(sentence, self.asked)
        yield from self._goal(sentence.text)
        yield from self._stale(sentence.text)

    def _goal(self, text: str) -> Iterator[Mistake]:
        """The money of the goal of the whole office: one of the totals."""
        found = pattern(self.goal).search(text)
        figure = next((f for f in amounts(text) if found and f.start >= found.end()), None)
        if figure is None or not self.totals or any(figure.range.meets(total.range) for total in self.totals):
            return
        nearest = min(self.totals, key=lambda total: abs(total.value - figure.value))
        gap = abs(nearest.value - figure.value)
        if gap <= self.params.near * nearest.value:
            facts = {"said": figure.text, "other": nearest.name, "whole": wan(nearest.value), "gap": wan(gap)}
            yield Mistake("goal", facts, figure.start)

    def _stale(self, text: str) -> Iterator[Mistake]:
        """A budget compared with one of two years ago or more. What was really spent is known for the year before last
        when a budget is made."""
        found = _COMPARED.search(text)
        if not found or not self.year or int(found[1]) >= self.year - (2 if found[2] else 1):
            return
        if f"{int(found[1]) + 1}年" in text[: found.start()] or not holds(self.money, text):
            return
        if amounts(text):
            yield Mistake("stale-year", {"said": found[0], "year": str(self.year), "compared": found[1]}, found.start())


_SEPARATORS = re.compile(r"^[\d.、()（）]*|[:：,，、\s()（）]|(?:共计|合计|安排|资金|预算|为)+$")


def _asked(document: Document) -> Mapping[str, tuple[Interval, ...]]:
    """What the forms ask for, by project; a name that stands on several forms tells nothing."""
    found: dict[str, list[tuple[Interval, ...]]] = {}
    for table in document.tables:
        halves = (table.period_funding, table.annual_funding)
        sums = [money.total for money in halves if money and money.total]
        sources = [amount for money in halves if money for amount in money.sources.values() if amount]
        half = Decimal(50) if "万" in table.money_unit else Decimal("0.5")
        if sums and table.project.strip():
            found.setdefault(squash(table.project), []).append(tuple(around(one, half) for one in (*sums, *sources)))
    return {name: some[0] for name, some in found.items() if len(some) == 1}


def _listed(sentence: Sentence, asked: Mapping[str, tuple[Interval, ...]]) -> Iterator[Mistake]:
    """A line of a list, 某某项目100万元, beside a form of that project which asks for another sum."""
    figures = amounts(sentence.text)
    if len(figures) != 1 or figures[0].end != len(sentence.text):
        return
    name = squash(_SEPARATORS.sub("", sentence.text[: figures[0].start]))
    told = asked.get(name, ())
    if told and not any(figures[0].range.meets(one) for one in told):
        value = (told[0].low + told[0].high) / 2
        yield Mistake("listed", {"said": sentence.statement.text.strip(), "other": wan(value)}, 0)


_COMPARED = re.compile(
    r"(?:比|较|与|同)(20\d\d)年(?:度|初)?(?:(?:部门|单位)?(?:年初)?(?:预算|安排|(决算|执行))|增加|减少|增长|下降|持平|相比)"
)


def _parts(sentence: Sentence, splits: tuple[Split, ...], between: frozenset[str]) -> Iterator[Mistake]:
    """A whole and all its parts in one sentence, or the parts in the next one (其中：…)."""
    text = _with_whole(sentence)
    figures = amounts(text)
    for split in splits:
        if not all(any(word in text for word in part) for part in (split.whole, *split.parts)):
            continue
        places = [_places(text, names, between) for names in (split.whole, *split.parts)]
        if any(len(some) != 1 for some in places) or len({some[0] for some in places}) != len(places):
            continue
        whole, *parts = (figures[some[0]] for some in places)
        if any(part.start < whole.start for part in parts) or summed(parts).meets(whole.range):
            continue
        computed = sum((part.value for part in parts), Decimal(0))
        facts = {
            "said": f"{split.whole[0]}{whole.text}", "parts": " + ".join(part.text for part in parts),
            "computed": wan(computed), "whole": whole.text, "gap": wan(abs(computed - whole.value)),
        }  # fmt: skip
        yield Mistake("parts", facts, whole.start)


def _with_whole(sentence: Sentence) -> str:
    opens = sentence.text.startswith("其中") and sentence.before
    return f"{sentence.before[-1]};{sentence.text}" if opens else sentence.text


def _places(text: str, names: tuple[str, ...], between: frozenset[str]) -> list[int]:
    return [n for _, n in named_amounts(text, names, between)]


_COUNTED = re.compile(r"(\d{1,4})个")


@lru_cache(maxsize=16)
def _kind_counts(kinds: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(map(re.escape, kinds)) or '(?!)'})(?:的)?(?:支出)?项目?(\d{{1,4}})个")


def _kinds(sentence: Sentence, kinds: tuple[str, ...]) -> Iterator[Mistake]:
    """So many projects, of one kind so many and of the other so many."""
    head, among, tail = _with_whole(sentence).rpartition("其中")
    counts: Mapping[str, str] = dict(_kind_counts(kinds).findall(tail))
    wholes = _COUNTED.findall(head)
    if not among or not wholes or len(counts) < len(kinds) or len(_kind_counts(kinds).findall(tail)) != len(kinds):
        return
    computed, whole = sum(map(int, counts.values())), int(wholes[-1])
    if computed != whole:
        parts = " + ".join(f"{kind}{count}个" for kind, count in counts.items())
        facts = {"said": f"{whole}个", "parts": parts, "computed": f"{computed}个", "whole": f"{whole}个"}
        yield Mistake("kinds", facts, 0)

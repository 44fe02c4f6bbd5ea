"""The same indicator twice in a form, and one phrase as the name of rows of several kinds."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from kpi.lazyre import HAN, later
from kpi.model import EFFECT_LEVELS, HALVES, Half, Indicator
from kpi.rules.bare import bare
from kpi.rules.checks.naming import SATISFACTION
from kpi.rules.checks.rows import names_nothing, used
from kpi.rules.context import FormContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.registry import Params, WordList, check
from kpi.rules.segment import keywords
from kpi.rules.text import begins, core, pattern, squash
from kpi.values import parse

_INSIDE = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_MEASURE = later(rf"(?:数量|总数|{HAN}数)$")
_SEVERAL, _PAIR = 3, 2
_PERSONS, _MANY = ("人", "名", "人次"), 20
_NUMBER, _TIME = "数量", "时间"
_AMONG = later("(?<=[工员人众生户师])中|中(?=党)")
_SHARE = later("(?<!占)比[例重率]|百分比")
_QUOTES = later("[“”\"'‘’]")
_WORD = later(r"[㐀-鿿A-Za-z]{2,}")


class Repeated(Params):
    """`filler`: words without which names are compared; under one second level also without `tails`, and, where the
    values are the same, without `heads` (the 数 of 受助学生数 and the 人数 of 受助学生人数) and words that `mean` the
    same. `shortest`: characters of a name that is compared so, or that may not stand under several levels whatever its
    values.
    `participants` begin the names of those who take part, whom an output counts and an effect does not once more.
    `share`: where more than this share of the rows takes part in repeats, two forms were read as one, and nothing is
    said. `least`: rows from which on that is asked."""

    filler: WordList
    tails: WordList
    heads: WordList
    mean: WordList
    units: WordList
    participants: WordList = "participants"
    shortest: int = 4
    share: float = 0.5
    least: int = 8


@check("repeated-indicator", scope="form", params=Repeated, facts="names count levels value", cases="near kinds again")
def repeated_indicator(form: FormContext, params: Repeated) -> Iterator[Hit | NotApplicable]:
    rows = [row for row in form.table.indicators if used(row) and not names_nothing(row.name)]
    same = _groups(rows, form, params)
    if len(rows) >= params.least and sum(map(len, same)) > params.share * len(rows):
        yield NotApplicable("多数指标都出现两次，像是两张表连在一起")
        return
    kinds = [group for group in _phrases(rows, form, params) if len(group) > 1]
    told = {id(row) for group in kinds for row in group}
    for group in kinds:
        yield from _hit("kinds", group)
    for output, effect in _again(rows, form.words[params.participants]):
        if not {id(output), id(effect)} & told:
            told |= {id(output), id(effect)}
            yield from _hit("again", [effect, output])
    for group in same:
        if not all(id(row) in told for row in group):
            exact = len({bare(row.name) for row in group}) == 1
            yield from _hit(None if exact else "near", group)


def _again(rows: list[Indicator], participants: frozenset[str]) -> Iterator[tuple[Indicator, Indicator]]:
    """Those who take part, counted among the outputs (参加见习人数 | ≥420人) and once more, in other words, as an
    effect."""
    outputs = {_values(row): row for row in reversed(rows) if row.level2 == "数量指标" and _people(row)}
    for row in rows:
        again = row.level2 in EFFECT_LEVELS and _people(row) and begins(participants, bare(row.name))
        if again and (output := outputs.get(_values(row))):
            yield output, row


def _people(row: Indicator) -> bool:
    """Whether a row counts so many people that no other number of them is the same by chance."""
    values = [parse(entry.text) for _, entry in row.entries()]
    return bool(values) and all(value.unit in _PERSONS and (value.figure or 0) >= _MANY for value in values)


def _groups(rows: list[Indicator], form: FormContext, params: Repeated) -> list[list[Indicator]]:
    """Rows of one second level whose names say the same, in the order in which the first of each stands."""
    words = form.words
    found: dict[tuple[str, ...], list[Indicator]] = defaultdict(list)
    for row in rows:
        phrase = _phrase(row.name, words[params.filler] | words[params.tails], params.shortest)
        found[(row.level2, phrase, *_apart(row, words[params.units]))].append(row)
    alone: dict[tuple[str, ...], list[Indicator]] = defaultdict(list)
    for row in (group[0] for group in found.values() if len(group) == 1):
        if stem := _stem(row.name, words[params.heads], words[params.mean]):
            # 游客满意度 | 90%, 游客满意率 | 92%; 安装完成时间 | 7月15日前, 安装完工时间 | 7月31日前
            asked = () if row.level2 == SATISFACTION or row.name.endswith(_TIME) else _values(row)
            alone[(row.level2, stem, *asked, *_apart(row, words[params.units]))].append(row)
    left = [group[0] for group in alone.values() if len(group) == 1]
    same = [group for group in (*found.values(), *alone.values(), *_shorter(left, form)) if len(group) > 1]
    return sorted(same, key=lambda group: rows.index(group[0]))


def _shorter(rows: list[Indicator], form: FormContext) -> Iterator[list[Indicator]]:
    """Two counts of one value, the name of one of which only leaves out a word of the project's name: 除险加固水塔座数
    and 加固水塔数量 of 老旧水塔除险加固."""
    alike: dict[tuple[str, ...], list[Indicator]] = defaultdict(list)
    for row in rows:
        values = [parse(entry.text) for _, entry in row.entries()]
        if values and all(v.dimension == "count" and (v.figure or 0) > 1 for v in values):
            alike[(row.level2, *_values(row), squash(row.parent or ""))].append(row)
    for some in alike.values():
        for one, other in combinations(some, 2):
            short, long = sorted((_words(one), _words(other)), key=len)
            more = long - short
            if short < long and len(short) > 1 and all(word in form.table.project for word in more):
                yield [one, other]


def _words(row: Indicator) -> frozenset[str]:
    return keywords(_MEASURE.sub("", core(row.name)))


def _stem(name: str, heads: frozenset[str], mean: frozenset[str]) -> str:
    """The characters of a name that say what is measured, whatever the measure is called; "" where none is left."""
    plain = pattern(mean).sub("", bare(name))
    fitting = [head for head in heads if plain.endswith(head) and len(plain) - len(head) > 1]  # 牧户|数, 牧户|户数
    stem = "".join(sorted(plain[: len(plain) - max(map(len, fitting), default=0)]))
    return stem if len(stem) > 1 else ""


def _phrases(rows: list[Indicator], form: FormContext, params: Repeated) -> Iterator[list[Indicator]]:
    """Rows of several second levels under one phrase."""
    words = form.words
    found: dict[tuple[str, ...], list[Indicator]] = defaultdict(list)
    things = {bare(row.name) for row in rows if _counts(row)}
    for row in rows:
        counted = bare(row.name).removesuffix(_NUMBER)
        name = counted if counted in things and _counts(row) else row.name  # 带动贫困户, 带动贫困户数量
        phrase = _phrase(name, words[params.filler], params.shortest)
        found[(phrase, *_apart(row, words[params.units]))].append(row)
    several = (group for group in found.values() if len({row.level2 for row in group}) > 1 and _one(group, params))
    # 发放救助金 | 24.6万元, 救助金发放 | 每月10日前: two sides of one thing in the words of each
    return (group for group in several if len(group) >= _SEVERAL or not _turned(group, words[params.filler]))


def _turned(group: list[Indicator], filler: frozenset[str]) -> bool:
    """Whether two names have their verb at either end: each says its own side of the work."""
    one, other = (pattern(filler).sub("", bare(row.name)).removesuffix(_NUMBER) for row in group)
    return one != other and other in one + one


def _phrase(name: str, filler: frozenset[str], shortest: int) -> str:
    """The characters of a name that say something, in any order: 设备购置, 购置设备; 党员占职工比例, 职工中党员占比."""
    kept = pattern(filler).sub("", bare(name))
    kept = _AMONG.sub("", _SHARE.sub("比", kept)) if "占" in kept else kept
    kept = _QUOTES.sub("", kept)
    return "".join(sorted(kept)) if len(kept) >= shortest else bare(name)


def _apart(row: Indicator, units: frozenset[str]) -> tuple[str, str]:
    """What tells rows of one name apart: the name that they stand under, and words in brackets (满意度(学生))."""
    inside = _INSIDE.findall(unicodedata.normalize("NFKC", row.name))
    telling = [text for text in inside if _WORD.search(text) and squash(text) not in units]
    return squash(row.parent or ""), squash("".join(telling))


def _one(group: list[Indicator], params: Repeated) -> bool:
    """A phrase of some length, or one name with one value; satisfaction is a kind of its own, unless a row there is a
    copy of another that counts something, value and all."""
    copied = len({(bare(row.name), *_values(row)) for row in group}) == 1
    if any(row.level2 == SATISFACTION for row in group) and len({row.level2 for row in group}) < _SEVERAL:
        values = [parse(entry.text) for row in group for _, entry in row.entries()]
        return copied and all(one.kind == "quantity" and one.dimension in (None, "count") for one in values)
    return copied or all(len(bare(row.name)) >= params.shortest for row in group)


def _counts(row: Indicator) -> bool:
    return all(parse(e.text).dimension == "count" for _, e in row.entries())


def _values(row: Indicator) -> tuple[str, ...]:
    return tuple(_value(entry.text) for _, entry in row.entries())


def _value(text: str) -> str:
    """3月31日前 and 3月底前 are one day."""
    value = parse(text)
    return value.date.end if value.kind == "date" and value.date and value.date.end else squash(text)


def _hit(case: str | None, group: list[Indicator]) -> Iterator[Hit]:
    halves = [half for half in HALVES if sum(1 for row in group if used(row, half)) > 1]
    if not halves:
        return
    same = [row for row in group if any(used(row, half) for half in halves)]
    names = dict.fromkeys(row.name.strip() for row in same)
    yield Hit(
        {
            "names": "、".join(f"“{name}”" for name in names),
            "count": str(len(same)),
            "levels": "、".join(dict.fromkeys(row.level2 for row in same)),
            "value": next(entry.text for _, entry in same[0].entries()),
        },
        case=case,
        indicator=same[1 if len(same) == _PAIR and case == "kinds" else 0],  # the one that says it once more
        half="both" if len(halves) > 1 else halves[0],
        evidence=tuple(_quotes(same, halves)),
    )


def _quotes(rows: list[Indicator], halves: list[Half]) -> Iterator[Evidence]:
    for row in rows:
        for half, entry in row.entries():
            if half in halves:
                yield Evidence(entry.text or entry.name or row.name, entry.location)

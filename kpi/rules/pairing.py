"""Which indicators a figure in a goal speaks of: by what is counted, the unit and the words of its object.

`touches` is generous (one telling word in common): where it says no, no indicator takes the figure up. `same_thing` is
strict (no telling word on either side that the other side or the project's name lacks): where it says yes, the two
figures are about one thing. The words are cut by jieba, and only for pairs whose units let them be compared.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.model import HALVES, Half, Indicator, Location, TargetTable
from kpi.names import read_name
from kpi.rules.checks.rows import entries
from kpi.rules.context import EntryContext, FormContext
from kpi.rules.rates import as_rate, in_named_unit
from kpi.rules.segment import keywords, words
from kpi.rules.text import core, number, pattern
from kpi.rules.unpromised import settled
from kpi.values import Value, comparable, parse, ratio
from kpi.values.running import Mention, mentions
from kpi.values.traditional import simplified

_PLACES = 3  # columns of a row that counts by place
GOALS: dict[Half, str] = {"period": "实施期目标", "annual": "年度目标"}
_MEASURE = re.compile(rf"{HAN}{{2}}(?:率|度)(?!假|汛|过)|占比|比重|比例")
_RATE_OF = later("每.|[人户亩生]均")  # in 元/(人·月) these belong to the unit
_SATISFIED = re.compile("满意|好评")
_COUNT_WORD = re.compile(rf"{HAN}{{1,2}}数")
_SERVED = later(rf"(?:为|给|向|对|在|到|面向|深入|组织|赴){HAN}{{0,6}}\d+(?:\.\d+)?{HAN}{{1,2}}$")
_PURPOSE = later("(?:开展|从事|负责|承担|担任|用于|投入到?|实行).+$")
_CHANGED = ("增长率", "下降率", "降低率", "提高率", "减少率")
_RATE_STEM = later(r"(.{2,})[率度]")


class Claim(NamedTuple):
    """A figure that a goal states, in simplified characters as names are compared; the goal as printed, and its
    place."""

    half: Half
    mention: Mention
    place: Location
    goal: str

    @property
    def value(self) -> Value:
        return self.mention.value

    @property
    def own(self) -> str:
        """What the clause says besides the figure."""
        return self.bare(f"{self.mention.before} {self.mention.after}")

    @property
    def piece(self) -> str:
        """The words about the figure, as the goal prints them."""
        return self._printed(self.mention.piece)

    @property
    def clause(self) -> str:
        return self._printed(self.mention.clause)

    def _printed(self, words: str) -> str:
        at = simplified(self.goal).rfind(words, 0, self.mention.start + len(words))
        return self.goal[at : at + len(words)] if at >= 0 else words

    def bare(self, text: str) -> str:
        """A text of the claim without the words that its unit has taken in."""
        return _RATE_OF.sub("", text) if "/" in (self.value.unit or "") else text

    @property
    def satisfaction(self) -> bool:
        own = bool(_SATISFIED.search(self.own))
        return own or (bool(_SATISFIED.search(self.mention.lead)) and not measure(self.own))


def about(claim: Claim, stop: frozenset[str]) -> str:
    """The words that tell what a figure counts; a clause that only has the figure belongs to the clause before it."""
    if measure(claim.mention.before) or telling(claim.own, stop):
        return claim.own
    return f"{claim.mention.lead} {claim.own}"


def claims(table: TargetTable) -> Iterator[Claim]:
    """The figures of both goals, in their order."""
    for half in HALVES:
        place = table.locations.get(f"goals.{half}") or table.location
        goal = table.goal(half) or ""
        for mention in settled(mentions(simplified(goal))):
            yield Claim(half, mention, place, goal)


def goal_half(table: TargetTable, half: Half) -> Half | None:
    """The half whose values a goal is held against: its own, or the only one of a form that has one goal as well."""
    if half in table.halves:
        return half
    other: Half = "annual" if half == "period" else "period"
    return other if table.halves == (other,) and not (table.goal(other) or "").strip() else None


def rows_of(form: FormContext, half: Half, levels: tuple[str, ...]) -> list[EntryContext]:
    """The rows of a half that state a quantity. Rates whose % was left out (UNI002) are read as what they mean."""
    rows = (row for row in entries(form, half, levels) if row.value.kind == "quantity")
    return [row._replace(value=_in_its_unit(row)) for row in rows]


def summed_rows(form: FormContext, half: Half, levels: tuple[str, ...]) -> list[EntryContext]:
    """The rows with a column for each of several places, each as what its columns come to: 40 | 36 | 52 (盏). None that
    the file breaks off in, and none with a column that states no bare count."""
    return [sum_ for row in entries(form, half, levels) if row.indicator.columns and (sum_ := _summed(row))]


def _summed(row: EntryContext) -> EntryContext | None:
    texts = row.indicator.columns.values()
    values = [parse(text) for text in texts if not text or any(map(str.isdigit, text))]  # 指标解释 | 反映…情况
    exact = all(value.point is not None and value.dimension in (None, "count") for value in values)
    units = {value.unit or row.asks.unit_hint for value in values}
    if len(values) < _PLACES or not exact or len(units) != 1 or row.indicator is row.form.table.torn_row:
        return None
    text = f"{number(sum((value.figure or Decimal(0) for value in values), Decimal(0)))}{units.pop() or ''}"
    value = parse(text)
    return row._replace(value=value, entry=row.entry._replace(text=f"各处合计{text}")) if value.unit else None


def _in_its_unit(row: EntryContext) -> Value:
    """A rate without its %, and a figure whose unit stands in the name (管护道路长度(公里) | 36)."""
    value = as_rate(row)
    return in_named_unit(row) if value is row.value else value


def satisfaction(row: Indicator) -> bool:
    return row.level2 == "服务对象满意度" or read_name(row.name, row.level2).asks == "satisfaction"


def telling(text: str, stop: frozenset[str]) -> frozenset[str]:
    """The object words of a text. 人数 and 栋数 name no object."""
    return frozenset(word for word in keywords(text, stop) if not _COUNT_WORD.fullmatch(word))


def touches(claim: Claim, name: str, stop: frozenset[str]) -> frozenset[str]:
    """The object words that a claim and an indicator's name have in common; 合格 and 合格率 count as one."""
    said, named = about(claim, stop), core(name)
    own = {word for word in telling(said, stop) if _stem(word) in named}
    return frozenset(own | {word for word in telling(named, stop) if _stem(word) in said})


def _stem(word: str) -> str:
    found = _RATE_STEM.fullmatch(word)
    return found[1] if found else word


def measure(text: str) -> str:
    """The rate that a text ends on: 验收合格率 → 合格率; "" where it names none."""
    found = _MEASURE.findall(text)
    return found[-1] if found else ""


class Apart(NamedTuple):
    """The object words that keep a claim and a row apart: of the claim, and of the row's name."""

    said: frozenset[str]
    named: frozenset[str]
    shared: bool

    @property
    def adds(self) -> bool:
        """One of them only says more than the other (家长, 学生家长)."""
        return self.shared and not (self.said and self.named)

    @property
    def nothing(self) -> bool:
        return not self.said and not self.named


def apart(claim: Claim, row: EntryContext, filler: frozenset[str], project: str = "") -> Apart | None:
    """What tells a claim and a row apart, words of the project's name aside; None where they are of different kinds."""
    if not comparable(claim.value, row.value) or claim.satisfaction != satisfaction(row.indicator):
        return None
    said, named = _without_purpose(claim, about(claim, filler)), core(row.indicator.name)
    whole = named
    if claim.value.dimension == "ratio":
        rate = measure(named)
        said = said.replace(f"{rate[:-1]}水平", rate) if rate else said  # 机械化水平达到82%, 机械化率
        if rate in _CHANGED:  # 投资增长12%, 投资增长率
            said = re.sub(f"{rate[:-1]}(?=\\s|$)", rate, said)
        if not rate or measure(said) != rate:
            return None
        said, named = _without(said, rate), _without(named, rate)
        whole = named
    else:
        named = without_tail(named, filler)
    own, theirs = telling(said, filler) - served(claim) - measuring(claim), telling(named, filler)
    shared = any(word in named for word in own) or any(word in said for word in theirs)
    if not shared and claim.value.dimension != "ratio":
        return None
    return Apart(_unknown(own, named, whole, project), _unknown(theirs, said, project), shared)


def _without_purpose(claim: Claim, said: str) -> str:
    """聘用护林员120名|开展巡山护林: what those who are counted are for tells no other thing."""
    behind = _PURPOSE.search(claim.mention.after)
    return said.replace(behind[0], " ") if behind and claim.mention.before.strip() else said


def measuring(claim: Claim) -> frozenset[str]:
    """The words of the unit itself, with its 万: 1.8|万株 counts no thing called 万株."""
    value = claim.value
    unit = f"{value.magnitude or ''}{value.unit_text or ''}"
    return frozenset(word for word in words(claim.mention.after) if len(word) > 1 and word in unit)


def served(claim: Claim) -> frozenset[str]:
    """The word behind an earlier figure that says for whom or where: 为26所|学校|举办讲座30场 counts lectures."""
    own = claim.mention.before.strip()
    at = claim.mention.clause.find(own) if own else -1
    if at <= 0 or not _SERVED.search(claim.mention.clause[:at]):
        return frozenset()
    cut = words(own)
    return frozenset(cut[:1]) if len(cut) > 1 else frozenset()


def same_thing(claim: Claim, row: EntryContext, filler: frozenset[str]) -> bool:
    """Whether a claim and a row are about one thing, as far as their words and the project's name tell."""
    found = apart(claim, row, filler, row.form.table.project)
    return found is not None and found.nothing


def _without(text: str, rate: str) -> str:
    at = text.rfind(rate)
    return text[:at] + " " + text[at + len(rate) :] if at >= 0 else text


@lru_cache(maxsize=2048)
def without_tail(name: str, filler: frozenset[str]) -> str:
    """新增耕地面积, 培训教师人数: what is measured, without the word for measuring it."""
    shorter = re.sub(rf"(?:{pattern(filler).pattern}|{HAN}数)$", "", name)
    return shorter or name


def _unknown(words: frozenset[str], *texts: str) -> frozenset[str]:
    return frozenset(word for word in words if not any(word in text for text in texts))


def equal(a: Value, b: Value) -> bool:
    """The same figure in comparable units, whatever the signs."""
    if a.figure is not None and b.figure is not None:
        return ratio(a, b) == 1 or (a.figure == b.figure == 0 and bool(comparable(a, b)))
    return bool(comparable(a, b)) and (a.lower, a.upper) == (b.lower, b.upper)

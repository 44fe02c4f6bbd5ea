"""Two submissions or years side by side: what became of every project, indicator and target. Whatever is said of old
and new is said the other way round of new and old."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from kpi.model import HALVES, Document, Half, Indicator, TargetTable
from kpi.progress.direction import Threshold, against_name, direction, unclear
from kpi.progress.likeness import Likeness, pair_forms, pair_indicators
from kpi.progress.reading import NOTHING, is_blank, shown, text_of
from kpi.values import comparable, parse
from kpi.values.normal import squeezed

Kind = Literal["tightened", "loosened", "dropped", "added", "renamed", "moved", "changed", "incomparable"]
_WORDS: Mapping[Kind, str] = {
    "tightened": "要求提高", "loosened": "要求降低", "changed": "要求变了，谈不上高低",
    "incomparable": "两个目标不是同一种要求，无法比较",
}  # fmt: skip


class Side(NamedTuple):
    """A form and the file that it stands in."""

    document: str
    table: TargetTable


class Change(NamedTuple):
    """`old` and `new`: targets; names of a renamed indicator, levels of a moved one. `before`, `after`: its rows."""

    kind: Kind
    half: Half | Literal["both"] | None
    old: str | None
    new: str | None
    before: Indicator | None
    after: Indicator | None
    message: str

    @property
    def indicator(self) -> Indicator:
        """The row in the new form, or in the old one where it was dropped."""
        one = self.after or self.before
        assert one is not None
        return one


class Comparison(NamedTuple):
    """One project in both. `renamed_from`: its name in the old form, where that is another."""

    old: Side
    new: Side
    renamed_from: str | None
    changes: tuple[Change, ...]

    @property
    def funding(self) -> tuple[Decimal | None, Decimal | None]:
        """The year's money in both, in 元."""
        first, second = (side.table.annual_funding or side.table.period_funding for side in (self.old, self.new))
        return (first.total if first else None, second.total if second else None)


@dataclass(frozen=True, slots=True)
class Compared:
    """All projects of two sets of files; those that only one set has stand alone."""

    projects: tuple[Comparison, ...]
    dropped: tuple[Side, ...] = ()
    added: tuple[Side, ...] = ()

    @property
    def unchanged(self) -> bool:
        return not (self.dropped or self.added or any(one.changes or one.renamed_from for one in self.projects))


def likeness_of(figures: Mapping[str, Any]) -> Likeness:
    """The thresholds in a profile's figures. Raises KeyError where they are missing."""
    return Likeness(**{key: int(value) for key, value in figures["comparison"].items()})


def compare(old: Sequence[Document], new: Sequence[Document], likeness: Likeness) -> Compared:
    """What changed from `old` to `new`. Projects pair by name, else by the indicators that they share."""
    before = [Side(document.path, table) for document in old for table in document.tables]
    after = [Side(document.path, table) for document in new for table in document.tables]
    pairs = pair_forms([side.table for side in before], [side.table for side in after], likeness)
    projects = tuple(_project(before[o], after[n], likeness) for o, n in sorted(pairs, key=lambda pair: pair[1]))
    gone, come = {o for o, _ in pairs}, {n for _, n in pairs}
    return Compared(
        projects,
        tuple(side for number, side in enumerate(before) if number not in gone),
        tuple(side for number, side in enumerate(after) if number not in come),
    )


def _project(old: Side, new: Side, likeness: Likeness) -> Comparison:
    pairs = pair_indicators(old.table, new.table, likeness)
    of_new = {n: o for o, n in pairs}
    changes: list[Change] = []
    for number, after in enumerate(new.table.indicators):
        if number in of_new:
            changes += _row(old.table, old.table.indicators[of_new[number]], new.table, after)
        elif after.filled:
            text = text_of(after)
            changes.append(Change("added", None, None, text, None, after, f"新增指标，目标“{shown(text)}”。"))
    kept = {o for o, _ in pairs}
    for number, before in enumerate(old.table.indicators):
        if number not in kept and before.filled:
            text = text_of(before)
            changes.append(Change("dropped", None, text, None, before, None, f"取消了指标，原目标“{shown(text)}”。"))
    renamed = None if _name(old) == _name(new) else old.table.project
    return Comparison(old, new, renamed, tuple(changes))


def _name(side: Side) -> str:
    return "".join(side.table.project.split())


def _row(old: TargetTable, before: Indicator, new: TargetTable, after: Indicator) -> Iterator[Change]:
    if before.level2 != after.level2:
        message = f"从“{before.level2}”移到“{after.level2}”。"
        yield Change("moved", None, before.level2, after.level2, before, after, message)
    if "".join(before.name.split()) != "".join(after.name.split()):
        message = f"名称由“{shown(before.name)}”改为“{shown(after.name)}”。"
        yield Change("renamed", None, before.name, after.name, before, after, message)
    told = [change for half in HALVES if (change := _half(old, before, new, after, half))]
    alike = len(told) == len(HALVES) and told[0][:1] + told[0][2:4] == told[1][:1] + told[1][2:4]
    if alike:
        yield told[0]._replace(half="both")
        return
    yield from told if told or _share_half(before, after) else _whole(old, before, new, after)


def _share_half(before: Indicator, after: Indicator) -> bool:
    return any(_text(before, half) is not None and _text(after, half) is not None for half in HALVES)


def _text(one: Indicator, half: Half) -> str | None:
    entry = one.annual if half == "annual" else one.period
    return entry.text if entry else None


def _half(old: TargetTable, before: Indicator, new: TargetTable, after: Indicator, half: Half) -> Change | None:
    first, second = _text(before, half), _text(after, half)
    if first is None or second is None:
        return None
    one, other = Threshold(first, before, old.year, old.project), Threshold(second, after, new.year, new.project)
    return _told(one, other, half)


def _whole(old: TargetTable, before: Indicator, new: TargetTable, after: Indicator) -> Iterator[Change]:
    """One form has only the term's targets, the other only the year's."""
    one = Threshold(text_of(before), before, old.year, old.project)
    change = _told(one, Threshold(text_of(after), after, new.year, new.project), None)
    if change:
        yield change


def _told(one: Threshold, other: Threshold, half: Half | None) -> Change | None:
    """A target that appears asks for more than none, one that disappears for less."""
    if (is_blank(one.text) and is_blank(other.text)) or (_is_none(one.text) and _is_none(other.text)):
        return None
    kind: Kind | None = direction(one, other)
    against = ""
    if is_blank(one.text) or is_blank(other.text):
        kind = "tightened" if is_blank(one.text) else "loosened"
    elif kind is not None and (against := against_name(other) or against_name(one)):
        kind = "incomparable"  # whichever way it went: 合格率 "≤95%" → "≤60%" asks for more only by its sign
    if kind is None:
        return None
    why = against or unclear(one, other) or _units(one.text, other.text) if kind == "incomparable" else ""
    said = f"{why}，无法比较" if why else _WORDS[kind]
    message = f"“{shown(one.text)}”→“{shown(other.text)}”，{said}。"
    return Change(kind, half, one.text, other.text, one.indicator, other.indicator, message)


def _is_none(text: str) -> bool:
    """无, 零发生, 0起: that something is not to happen, however it is put."""
    value = parse(text)
    return squeezed(text) in NOTHING or (value.kind == "quantity" and value.figure == 0 and value.dimension == "count")


def _units(old: str, new: str) -> str:
    """A clause about two figures of unlike units; "" where that is not what keeps them apart."""
    first, second = parse(old), parse(new)
    if first.unit and second.unit and first.unit != second.unit and not comparable(first, second):
        return f"单位“{first.unit}”换成了“{second.unit}”"
    return ""

"""Units of measure, as `grammar/units.yaml` lists them: spelling → canonical unit, dimension, factor."""

from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, NamedTuple

from kpi.resources import data

_ONE, _WHOLE = Decimal(1), Fraction(1)


class Unit(NamedTuple):
    """A unit. One of it is `factor` times `base`; two units convert only where their bases are the same.

    `dimension` is None for a unit that the lists do not know.
    """

    canonical: str
    dimension: str | None
    base: str
    factor: Fraction = _WHOLE  # exact: a third of a 平方米 is the base of areas


class Spelled(NamedTuple):
    """A way to write a unit: figures before it times `scale` are in `unit`; `informal` spellings are worth a word."""

    unit: Unit
    scale: Decimal = _ONE
    informal: bool = False


def _spellings(word: str) -> set[str]:
    """A Latin unit is also written in capitals or small letters (KM, Kg)."""
    if len(word) > 1 and word.isascii() and word.isalnum():
        return {word, word.upper(), word.lower(), word.capitalize()}
    return {word}


class UnitTable:
    """All spellings of the file, and the magnitudes (万 → 10000)."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.magnitudes: dict[str, int] = data["magnitudes"]
        self.joined: dict[str, list[str]] = {word: parts.split() for word, parts in data["joined"].items()}
        convert = {unit: rule.split() for unit, rule in data["convert"].items()}
        self.spelled: dict[str, Spelled] = {}
        for dimension, words in data["dimensions"].items():
            for word in words.split():
                factor, base = convert.get(word, ("1", word))
                self._add(word, Spelled(Unit(word, dimension, base, Fraction(factor))))
        for section in ("aliases", "informal"):
            for canonical, words in data[section].items():
                unit = self.spelled[canonical].unit
                for word in words.split():
                    self._add(word, Spelled(unit, informal=section == "informal"))
        for word, rule in data["scaled"].items():
            scale, canonical = rule.split()
            self._add(word, Spelled(self.spelled[canonical].unit, Decimal(scale)))

    def _add(self, word: str, spelled: Spelled) -> None:
        for spelling in _spellings(word):
            self.spelled.setdefault(spelling, spelled)


@cache
def table() -> UnitTable:
    """The shipped units, read once."""
    return UnitTable(data("grammar", "units.yaml"))


def unknown(text: str) -> Unit:
    return Unit(text, None, text)


def _known(word: str) -> Unit:
    """A simple unit; one below a magnitude or figure (万人, 100平方米) counts as what it is."""
    spelled = table().spelled
    if word in spelled:
        return spelled[word].unit
    bare = word.lstrip("0123456789.," + "".join(table().magnitudes))
    return Unit(word, spelled[bare].unit.dimension, word) if bare in spelled else unknown(word)


def compound(numerator: Unit, denominators: tuple[Unit, ...]) -> Unit:
    """元 over (人, 年) → 元/(人·年); its dimension is unknown where that of one part is."""
    if numerator.dimension and "/" in numerator.canonical[1:]:  # 生均1000元/年: one line below
        head, _, tail = numerator.canonical.partition("/")
        denominators = (*map(_known, tail.strip("()").split("·")), *denominators)
        numerator = _known(head)
    below = [unit.canonical for unit in denominators]
    tail = below[0] if len(below) == 1 else "(" + "·".join(below) + ")"
    dimensions = [unit.dimension for unit in denominators]
    dimension = None
    if numerator.dimension and None not in dimensions:
        names = [str(name) for name in dimensions]
        dimension = f"{numerator.dimension}/" + (names[0] if len(names) == 1 else "(" + "·".join(names) + ")")
    factor = numerator.factor
    for unit in denominators:
        factor /= unit.factor
    base = f"{numerator.base}/" + "·".join(sorted(unit.base for unit in denominators))
    return Unit(f"{numerator.canonical}/{tail}", dimension, base, factor)


def converted(figure: Decimal, unit: Unit, other: Unit) -> Decimal:
    """A figure of `unit` in `other`, which has the same base; exact wherever the result has an end."""
    if unit.factor == other.factor:
        return figure
    share = Fraction(figure) * unit.factor / other.factor
    return Decimal(share.numerator) / share.denominator


@lru_cache(maxsize=1024)
def unit(text: str) -> Unit | None:
    """The unit written as `text` in any spelling ("元/人.年", "㎡"); None where it cannot be a unit.

    A magnitude before it ("万元") is not part of a unit.
    """
    from kpi.values.parsing import parse  # noqa: PLC0415 - the grammar is the one definition of a unit, too

    known = table().spelled.get(text)
    if known:
        return known.unit
    value = parse("1" + text)
    if value.kind != "quantity" or value.unit is None or value.magnitude is not None:
        return None
    return unit_of(value.unit, value.dimension)


@lru_cache(maxsize=1024)
def unit_of(canonical: str, dimension: str | None) -> Unit:
    """The Unit behind `Value.unit`, which is canonical already."""
    if dimension is None:
        return unknown(canonical)
    spelled = table().spelled
    if canonical in spelled:
        return spelled[canonical].unit
    head, _, tail = canonical.partition("/")
    return compound(_known(head), tuple(map(_known, tail.strip("()").split("·"))))

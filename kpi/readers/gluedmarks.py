"""Where the levels stand in a text without separators, in full or without 指标."""

import re
from collections.abc import Iterator, Sequence

from kpi.lazyre import later
from kpi.readers.gluedheads import levels
from kpi.readers.gluedtext import ends_in_unit

BARE = later("(?:产出)?(?:数量|质量|时效|成本)|可持续性|可持续影响")
_TWOS = later("数量|质量|时效|成本|可持续性|可持续影响")
_OUTPUT = later(r"产出(?:数量|质量|时效|成本)(?!指标|目标|值)|(?<=\D)可持续影响(?!指标|目标|值|[率力性度])")
_LEAST = 3  # second levels that are written so
_BEHIND_ROW = later(rf"(?<=[\d%元])({_TWOS.pattern})(?=\D{{2}}|\d年)")  # 指标 left out behind a whole row
_OPENS_LINE = later(r"\A可持续影响(?=\D{4})(?!指标|目标|值|[率力性度])")
_RESPONDENTS = later(
    r"(?<=满意度指标)(?:服务对象满意度(?=\D{2,16}满意)|(?:患者|群众|学生)满意度(?=[^\d满]{2,14}满意[度率]\D?\d))"
)
#: A level written without 指标 and its row, in the left half and again in the right one.
_IN_HALVES = later(
    r"(?P<level>可持续影响|服务对象满意度)(?!指标|目标)(?P<row>(?<=影响)|.{4,60}?)(?=(?P=level)(?P=row))"
)
_LASTING = later(r"可持续影响(?=\D{4})(?!指标|目标|值|[率力性度程])")
_HALF_LEVEL = later("可持续影响|服务对象满意度")
_BOUND = later("(?:以内|以上|以下|内|前|左右)$")
_SHORT_TWOS = frozenset(("数量", "质量", "时效"))
_VALUE = 8  # characters at the end of one
_NAMED = 5  # characters in which a name and a value hardly fit
_BRACKETED = 40  # characters that a bracket may hold


def level_marks(text: str, start: int, end: int, *, halves: bool = False) -> list[re.Match[str]]:
    """The level labels; without 指标 only those that the text does not also write in full. With `halves` a level that
    stands a second time behind its first row is that of the other half."""
    marks = [m for m in levels().finditer(text, start, end) if not _in_brackets(text, m.start())]
    marks += [m for m in _RESPONDENTS.finditer(text, start, end) if all(m.start() != one.start() for one in marks)]
    marks += [m for m in _in_halves(text, start, end) if all(m.start() != one.start() for one in marks)]
    ends = {m.end() for m in marks}  # 生态效益可持续影响屋面保修年限: nobody filled in the first
    known = {m.start() for m in marks}
    marks += [m for m in _LASTING.finditer(text, start, end) if m.start() in ends - known]
    full = {word for word in ("数量", "质量", "时效", "成本", "可持续性", "可持续影响") if word + "指标" in text}
    covered = {at for m in marks for at in range(*m.span())}
    alone = (*_BEHIND_ROW.finditer(text, start, end), *_OPENS_LINE.finditer(text, start, end))
    bare = [m for m in alone if m.group() not in full and m.start() not in covered]
    if marks and _SHORT_TWOS.issubset({m.group() for m in _TWOS.finditer(text, start, end)} - full):
        covered |= {m.start() for m in bare}
        bare = [*bare, *(m for m in _behind_values(text, marks, end) if m.start() not in covered)]
    outputs = [m for m in _OUTPUT.finditer(text, start, end) if m.start() not in covered]
    outputs = [m for k, m in enumerate(outputs) if not (k and _is_named(text[outputs[k - 1].end() : m.start()]))]
    if len({m.group() for m in outputs}) >= _LEAST:
        bare = [m for m in bare if not any(one.start() <= m.start() < one.end() for one in outputs)] + outputs
    found = sorted([*marks, *bare], key=lambda m: m.start())
    return sorted([*found, *_of_right(text, found, end)], key=lambda m: m.start()) if halves else found


def _in_halves(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """可持续影响屋面保修年限≥5年可持续影响屋面保修年限≥5年: the level of either half."""
    for found in _IN_HALVES.finditer(text, start, end):
        for at in (found.start(), found.end()):
            if mark := _HALF_LEVEL.match(text, at, end):
                yield mark


def _of_right(text: str, marks: Sequence[re.Match[str]], end: int) -> Iterator[re.Match[str]]:
    """服务对象满意度村民满意度≥88%服务对象满意度两岸村民满意度≥90%: the second one is the level of the right half."""
    for k, mark in enumerate(marks):
        before = _HALF_LEVEL.match(mark.group())
        stop = marks[k + 1].start() if k + 1 < len(marks) else end
        again = text.find(before[0], mark.end() + _NAMED, stop) if before else -1
        told = before is not None and again > 0 and any(map(str.isdigit, text[mark.end() : again]))
        twice = told and before is not None and any(m.group().startswith(before[0]) for m in marks[:k])
        if told and not twice and stop - again > len(mark.group()) + _NAMED:
            yield from filter(None, [_HALF_LEVEL.match(text, again, end)])


def _is_named(between: str) -> bool:
    """可持续影响道路可持续影响年限≥5年: so little stands between two marks that the second is part of a name."""
    return len(between) < _NAMED and not any(c.isdigit() for c in between)


def _behind_values(text: str, marks: Sequence[re.Match[str]], end: int) -> Iterator[re.Match[str]]:
    """Where a form writes all second levels without 指标: right behind a first level, or a figure and its unit."""
    ends = {m.end() for m in marks}
    for mark in _TWOS.finditer(text, marks[0].end(), end):
        before = _BOUND.sub("", text[max(mark.start() - _VALUE, 0) : mark.start()])
        if (mark.start() in ends or ends_in_unit(before)) and text[mark.end() : mark.end() + 2] != "目标":
            yield mark


def _in_brackets(text: str, at: int) -> bool:
    """(经济效益、社会效益等方面的指标): words about levels, none of which begins a row."""
    before = text[max(at - _BRACKETED, 0) : at]
    return max(before.rfind("("), before.rfind("（")) > max(before.rfind(")"), before.rfind("）"))

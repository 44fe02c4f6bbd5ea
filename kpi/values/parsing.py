"""Text → Value, memoised: the reading of the normalised text is remembered, places are those of each raw text."""

from functools import lru_cache

from kpi.values import normal
from kpi.values.normal import Normal, normalise
from kpi.values.value import Problem, Spelling, Value

#: Longer texts are no values: they are read by their beginning and not remembered.
_REMEMBERED = 400
#: Room for blanks and decorations around what is read.
_READ = 2000


def parse(text: str, *, year: int | None = None) -> Value:
    """The reading of one indicator value.

    `year` puts open dates ("12月底前") into a year. Any string has an answer; nothing raises.
    """
    if len(text) <= _REMEMBERED:
        return _remembered(text, year)
    bare = text.strip()
    if len(bare) <= _READ:
        return _fresh(bare, year)._replace(text=text)
    return _fresh(bare[:_READ], year)._replace(text=text)


@lru_cache(maxsize=16384)
def _remembered(text: str, year: int | None) -> Value:
    return _fresh(text, year)


@lru_cache(maxsize=16384)
def _reading(text: str) -> Value:
    from kpi.values.classify import classify  # noqa: PLC0415 - the grammar is loaded on the first value

    return classify(text)


def _fresh(text: str, year: int | None) -> Value:
    found = normalise(text)
    value = _reading(found.text)
    if found.offsets is not None or value.problems or text != value.text:
        value = _placed(value, found, text)
    if year is not None and (value.date or value.parts):
        from kpi.values.dates import resolve  # noqa: PLC0415 - needs the grammar

        value = resolve(value, year)
    return value


def _placed(value: Value, found: Normal, text: str) -> Value:
    """The reading with places of the raw text, and the spellings that normalising removed."""
    problems = tuple(_problem(problem, found) for problem in value.problems)
    notes = [Spelling(note.code, found.raw_offset(note.offset), _cut(note, found, text)) for note in value.spelling]
    extra = found.spelling if value.kind in ("quantity", "date", "compound", "malformed") else ()
    ordered = sorted([*notes, *extra], key=lambda note: (note.offset, note.code))
    return value._replace(text=text, problems=problems, spelling=tuple(ordered))


def _problem(problem: Problem, found: Normal) -> Problem:
    offset = found.raw_offset(problem.offset)
    return Problem(problem.code, offset, problem.message.replace("{n}", str(offset + 1)))


def _cut(note: Spelling, found: Normal, text: str) -> str:
    start = found.raw_offset(note.offset)
    return text[start : found.raw_offset(note.offset + len(note.text) - 1) + 1]


def find_values(text: str) -> list[tuple[int, int, Value]]:
    """Values in running text (start, end, reading), by the places of the raw text, without overlaps.

    Only the first 50,000 characters are searched.
    """
    found = _found if len(text) <= _READ else _found.__wrapped__
    return list(found(text[:50_000]))


@lru_cache(maxsize=128)  # several rules ask for the figures of one goal or plan
def _found(text: str) -> tuple[tuple[int, int, Value], ...]:
    from kpi.values.prose import find  # noqa: PLC0415 - needs the grammar

    found = normal.normalise(text)
    placed = []
    for first, last, value in find(found.text):
        start, end = found.raw_offset(first), found.raw_offset(last - 1) + 1
        placed.append((start, end, value._replace(text=text[start:end])))
    return tuple(placed)

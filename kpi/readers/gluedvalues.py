"""Values in words with figures amid them, in lines that hold one row each: 补助标准对超出3个月的部分给予补助."""

from collections.abc import Sequence

from kpi.lazyre import HAN, later
from kpi.readers.gluedreading import NAME, Span
from kpi.readers.gluedtext import DIGIT, words

_LEAST_NAME = 4  # characters
_NOUN = 6  # characters in which the end of a name is looked for
_LETTERS = later(f"{HAN}{{2}}")
_LISTED = later(r"\d[^,，;；]{0,8}[,，;；](?!\d)")
_RUNS_ON = later("[的和与及或、率度数额值]")  # the name goes on


def goes_on(text: str, rows: Sequence[Sequence[Span]], stop: int, kinds: Sequence[str]) -> bool:
    """Whether a line was cut amid its value: words that ask for nothing stand behind the figure of its row, or the name
    holds figures that commas part."""
    valued = [row for row in rows if len(row) > 1]
    if tuple(kinds) != ("value",) or len(valued) != 1:
        return False
    _, start, end = valued[0][0]
    return bool(_LETTERS.search(text, valued[0][-1][2], stop) or _LISTED.search(text, start, end))


def one_row(text: str, start: int, stop: int) -> tuple[Span, ...]:
    """The line as a name and a value of many words, where only one name can stand in front; () elsewhere."""
    figure = DIGIT.search(text, start, stop)
    last = figure.start() if figure else stop
    ends = [at for at in range(start + _LEAST_NAME, last + 1) if _ends_name(text, start, at)]
    whole = [at for k, at in enumerate(ends) if not any(words("nouns").fullmatch(text[at:b]) for b in ends[k + 1 :])]
    return ((NAME, start, whole[0]), (0, whole[0], stop)) if len(whole) == 1 else ()  # 课时费标准 is one name


def _ends_name(text: str, start: int, at: int) -> bool:
    noun = words("nouns").search(text[max(start, at - _NOUN) : at])
    return noun is not None and not _RUNS_ON.match(text, at)

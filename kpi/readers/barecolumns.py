"""What stands behind the values of rows that have lost their heads: their looks and their sums tell."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from kpi.lazyre import later
from kpi.readers.match import kind_of
from kpi.values.normal import MARKS

_FIGURE = later(r"(\d{1,9}(?:\.\d{1,4})?)(?:分|%|％)?")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_OWN_SIGN = later(rf"[{MARKS}]|[不至大小高低等超]\D{{0,3}}[于过少多]")
_EXPLAINS = later("反映|考核|评价|衡量|用以|用于")  # 反映矫正期间再犯罪人数占在矫人数的比例
_WHOLE = Decimal(100)
_MOST = Decimal(60)  # points of one row
_NEAR = Decimal("0.3")  # of what was wanted; a result rarely lies further off
_STEP = 5  # points of most rows are multiples of it
_EXTRA = 6  # columns
_FEW = 2  # rows


def extra_kinds(extras: Sequence[Sequence[str]], values: Sequence[str], results: bool) -> tuple[str | None, ...]:
    """The kind of each column behind the values, None for one that cannot be told. `extras`: what stands there, row
    by row; `values`: what is wanted in each; `results`: whether the form may tell what came of it."""
    if len(extras) < _FEW:
        return ()
    columns = [[row[k] if k < len(row) else "" for row in extras] for k in range(min(max(map(len, extras)), _EXTRA))]
    while columns and 2 * sum(map(bool, columns[-1])) < len(extras) and not _are_remarks(columns[-1], results):
        columns.pop()
    kinds: list[str | None] = [_by_looks(column, values) for column in columns]
    if results and columns and kinds[0] == "words" and _repeat(columns[0], values):
        kinds[0] = "actual"
    figures = [k for k, kind in enumerate(kinds) if kind == "figure"]
    for k, kind in zip(figures, _of_figures([columns[k] for k in figures], values, results), strict=True):
        kinds[k] = kind
    for k, kind in enumerate(kinds):
        if kind == "words":
            kinds[k] = "reason" if results and {"actual", "score"} & {*kinds[:k]} else None
    return tuple(kind if kinds.count(kind) == 1 else None for kind in kinds)


def _repeat(column: Sequence[str], values: Sequence[str]) -> bool:
    """美化环境 | 美化环境: most results are told in the words of what was wanted."""
    told = [(text, value) for text, value in zip(column, values, strict=True) if text]
    return len(told) >= _FEW and 2 * sum(text == value for text, value in told) > len(told)


def _are_remarks(column: Sequence[str], results: bool) -> bool:
    texts = [text for text in column if text]
    return results and bool(texts) and all(kind_of(text) == "words" for text in texts)


def _by_looks(column: Sequence[str], values: Sequence[str]) -> str | None:
    looks = Counter(kind_of(text) for text in column if text)
    count = sum(looks.values())
    if not count:
        return None
    if 2 * (looks["scoring"] + looks["standard"]) > count:
        return "standard"
    if 2 * looks["nature"] > count:
        return "nature"
    if 2 * sum(_EXPLAINS.match(text) is not None for text in column if text) > count:
        return "explanation"
    if 2 * (looks["unit"] + looks["words"]) > count:
        bare = 2 * sum(_NUMBER.fullmatch(value) is not None for value in values) > len(values)
        return "unit" if looks["unit"] > looks["words"] and bare else "words"
    signed = sum(_OWN_SIGN.match(text) is not None for text in column if text)
    return "figure" if 2 * signed <= count else None  # a second threshold is no result


def _of_figures(
    columns: Sequence[Sequence[str]], values: Sequence[str], results: bool
) -> list[str | None]:
    """Results, points and marks, in this order: points add up to no more than 100, marks keep below their points."""
    kinds: list[str | None] = [None] * len(columns)
    at = 0
    if results and columns and _are_results(columns[0], values, of_many=len(columns) > 1):
        kinds[0], at = "actual", 1
    if at < len(columns) and _are_points(columns[at]):
        kinds[at] = "weight"
        if results and at + 1 < len(columns) and _keep_below(columns[at + 1], columns[at]):
            kinds[at + 1] = "score"
    return kinds


def _figure(text: str) -> Decimal | None:
    found = _FIGURE.fullmatch(text.strip())
    return Decimal(found[1]) if found else None


def _are_points(column: Sequence[str]) -> bool:
    figures = [_figure(text) for text in column if text]
    told = [figure for figure in figures if figure is not None]
    if len(told) < _FEW or len(told) < len(figures):
        return False
    if all(text.endswith("分") for text in column if text):
        return True
    percent = any(text.strip().endswith(("%", "％")) for text in column)
    whole = all(figure % 1 == 0 or (figure * 2) % 1 == 0 for figure in told)
    least = 80 if percent else 0
    return whole and max(told) <= _MOST and least <= sum(told) <= _WHOLE


def _keep_below(marks: Sequence[str], points: Sequence[str]) -> bool:
    pairs = [(_figure(a), _figure(b)) for a, b in zip(marks, points, strict=True) if a and b]
    return bool(pairs) and all(a is not None and b is not None and a <= b for a, b in pairs)


def _are_results(column: Sequence[str], values: Sequence[str], of_many: bool) -> bool:
    """Whether the figures lie near what was wanted; points alone may do so by chance."""
    if _are_points(column) and all((_figure(text) or 0) % _STEP == 0 for text in column if text):
        return False
    near = told = 0
    for text, value in zip(column, values, strict=True):
        a, b = (_NUMBER.search(one) for one in (text, value))
        if a and b:
            told += 1
            one, two = (Decimal(found.group().replace(",", "")) for found in (a, b))
            near += abs(one - two) <= _NEAR * max(one, two)
    if 2 * near > told:
        return True
    return not _are_points(column) if not of_many else told > 0 and not _are_points(column)

"""Heads that other heads, or their own kind, tell: 绩效目标 behind a name, 优 良 中 差, 上坪村 石桥村."""

from collections.abc import Sequence

from kpi.readers import labels

_GOALS = ("any", "annual")
PARTS = ("sign", "nature", "value", "unit", "last")  # what a value head is divided into


def heads_in(texts: Sequence[str]) -> list[str | None]:
    """What each cell of a row heads; two heads are known by those before them alone: 绩效指标 behind 指标类型 is the
    name, 绩效目标 behind a name is the value."""
    kinds = [labels.head_of(text) for text in texts]
    for at, text in enumerate(texts):
        before = kinds[:at]
        if kinds[at] is None and "name" not in kinds and "level1" in before and labels.is_block_label(text):
            kinds[at] = "name"
        elif kinds[at] is None and "value" not in kinds and "name" in before and labels.goal_of(text) in _GOALS:
            kinds[at] = "value"
    return kinds


def is_grade(text: str) -> bool:
    """优、良、中、差 as heads of columns."""
    label = labels.bare(text).removesuffix("秀").removesuffix("好")
    return bool(label) and bool(labels.vocabulary()["grade_words"].fullmatch(label))


def is_place(text: str) -> bool:
    """上坪村, 石桥镇: what may head a column of its own."""
    return bool(labels.vocabulary()["glued"]["places"].fullmatch(labels.squeeze(text)))


def regrouped(kinds: Sequence[str], named: Sequence[bool] = ()) -> list[int]:
    """The order of heads where sub-heads stand behind all heads (年度指标值 权重 指标性质 指标值 度量单位): they belong
    where 年度指标值 is, which heads no column itself. `named`: whether a value names its half."""
    plain = list(range(len(kinds)))
    values = [i for i in plain if kinds[i] == "value"]
    if len(values) != 2 or (named and all(named[i] for i in values)):
        return plain
    first, second = values
    begin = second
    while begin > first + 1 and kinds[begin - 1] in PARTS:
        begin -= 1
    parts = list(range(begin, len(kinds)))
    if len(parts) < 2 or begin == first + 1 or any(kinds[i] not in PARTS for i in parts):
        return plain
    return [*plain[:first], *parts, *plain[first + 1 : begin]]

"""Heads that other heads, or their own kind, tell: 绩效目标 behind a name, 优 良 中 差, 上坪村 石桥村."""

import re
from collections.abc import Sequence

from kpi.lazyre import later
from kpi.model import Half
from kpi.readers import labels
from kpi.readers.grid import GridCell
from kpi.readers.vocabulary import vocabulary

_ASIDE = re.compile(r"\([^()]*\)$")
_SPANNED = later(r"^(?:评价|评分|绩效|考核|绩效度量|度量|衡量)标准[(（:：]|(?<=^.)\)$")
_GOALS = ("any", "annual")
_GOAL_NAMES = ("目标", "年度目标", "绩效目标", "目标内容", "对应目标")  # in front of the levels: whose row it is
_EXPLAINS = ("指标内容", "绩效指标内容")  # behind 三级指标 and 指标值 they tell what the name means
_VALUES = ("指标值内容", "指标内容", "绩效指标内容")  # where nothing else heads the values
_WITH_UNIT = ("指标值单位", "目标值单位")
_TWO = 2
#: Of more years than one.
_WHOLE = rf"(?:{labels.SEVERAL_YEARS}|累计|合计|总量|总计|规划期|建设期|20\d\d年?[-—~至]20\d\d年?)"
_HALF = rf"(?:{_WHOLE}|总体|{labels.TERM}|{labels.YEAR}|20\d\d年度?)"
_HALF_BARE = later(_HALF)
_HALF_ALONE = later(f"{_HALF}(?:预期|计划|绩效)?(?:指标|目标)?值?")
_OF_WHOLE = later(f"(?:{_WHOLE}|总体)")
_ANOTHER = later("调整|年初|上年|去年|前年|实际|修订|历史")
_DONE = ("完成", "已完成", "实际", "实际情况")  # behind the value
PARTS = ("sign", "nature", "value", "unit", "last")  # what a value head is divided into


_YEAR_HEAD = later(r"20\d\d年度?")
_YEAR_IN = later(r"(20\d\d)年")
PAST, _HOPED = later("实现|实际|完成|执行"), later("预期|预计|计划|拟")


def of_earlier_years(texts: Sequence[str], kinds: Sequence[str | None]) -> list[str | None]:
    """2022年实际实现值, 2022年实现值 beside 预期2023年实现值: what came of another year's targets."""
    years = [int(found[1]) if (found := _YEAR_IN.search(text)) else None for text in texts]
    hoped = [_HOPED.search(text) is not None for text in texts]
    wanted = [year for year, kind in zip(years, kinds, strict=True) if kind == "value" and year]
    if any(hoped):
        wanted = [year for year, one in zip(years, hoped, strict=True) if one and year] or wanted
    past = [
        kind == "actual" or (kind == "value" and any(hoped) and PAST.search(text) is not None and not one)
        for text, kind, one in zip(texts, kinds, hoped, strict=True)
    ]
    told = zip(years, kinds, past, strict=True)
    return ["last" if gone and year and wanted and year < min(wanted) else kind for year, kind, gone in told]


def subheads(texts: Sequence[str]) -> list[str | None]:
    """What each cell of a second row of heads heads; years in front of this year's value are those before
    (2018年 | 2019年 | 预计当年实现)."""
    kinds = of_earlier_years(texts, [labels.head_of(text) for text in texts])
    if len(_halves_alone(texts)) == len(texts):
        return ["value"] * len(texts)
    if "value" not in kinds:
        of_years = len(texts) > 1 and all(_YEAR_HEAD.fullmatch(labels.squeeze(text)) for text in texts)
        return ["value"] * len(texts) if of_years else kinds  # 指标值 over 2024年 | 2025年 | 2026年
    kinds = ["name" if kind is None and labels.squeeze(text) == "名称" else kind
             for text, kind in zip(texts, kinds, strict=True)]  # fmt: skip
    years = [kind is None and _YEAR_HEAD.fullmatch(labels.squeeze(text)) is not None
             for text, kind in zip(texts, kinds, strict=True)]  # fmt: skip
    return ["last" if year else kind for year, kind in zip(years, kinds, strict=True)]


def with_unit(texts: Sequence[str], kinds: Sequence[str | None]) -> list[str | None]:
    """The kinds of heads of which none is of values, but one of 指标值单位."""
    told = {k for k, text in enumerate(texts) if labels.squeeze(text) in _WITH_UNIT}
    return ["value" if k in told else kind for k, kind in enumerate(kinds)]


def heads_projects(cells: Sequence[GridCell]) -> bool:
    """序号 | 项目名称 | 预算金额: the heads of a list of projects, and nothing else."""
    heads = [labels.row_head_of(c.text) for c in cells]
    return "project" in heads[:2] and len(heads) > 1 and None not in heads[1:]


def heads_in(texts: Sequence[str]) -> list[str | None]:
    """What each cell of a row heads; two heads are known by those before them, where no cell of the row is one by its
    own words: 绩效指标 behind 指标类型 is the name, 绩效目标 behind a name is the value."""
    kinds = [labels.head_of(text) for text in texts]
    if not any(kinds):  # most rows: nothing stands before anything
        return kinds
    kinds = of_earlier_years(texts, kinds) if "actual" in kinds or kinds.count("value") > 1 else kinds
    kinds = _in_front(texts, _by_half(texts, kinds))
    if "value" not in kinds and "unit" in kinds and None not in kinds:
        kinds = with_unit(texts, kinds)
    if "value" not in kinds and "name" in kinds:
        kinds = _explained_as_value(texts, kinds)
    if "value" not in kinds:  # 上半年目标值, and no other: what is wanted stands there
        wanted = {k for k, text in enumerate(texts) if "目标值" in text or "指标值" in text}
        kinds = [None if kind == "last" and k in wanted else kind for k, kind in enumerate(kinds)]
    in_row, before = set(kinds), set[str | None]()
    for at, text in enumerate(texts):
        if "value" in in_row and "name" not in in_row and _heads_names(text, kinds[at + 1 :]):
            kinds[at] = "name"
        if kinds[at] is None and "name" not in in_row and "level1" in before and labels.is_block_label(text):
            kinds[at] = "name"
        elif kinds[at] is None and "value" not in in_row and "name" in before and labels.goal_of(text) in _GOALS:
            kinds[at] = "value"
        if kinds[at] == "level1" and kinds.count("level1") > 1 and "类" in text:
            # 一级指标 | 指标分类 | 三级指标: the second levels; 指标类型 elsewhere: 定量, 定性
            second = "level2" not in kinds and kinds[at - 1 : at] == ["level1"]
            kinds[at] = "level2" if second else "nature"
        if kinds[at] is None and {"name", "value"} <= before and labels.squeeze(text) in _DONE:
            kinds[at] = None if "actual" in in_row else "actual"
        if kinds[at] == "name" and {"name", "value"} <= before and labels.squeeze(text) in _EXPLAINS:
            kinds[at] = "explanation"
        in_row.add(kinds[at])
        before.add(kinds[at])
    return _values_by_half(texts, kinds)


def _in_front(texts: Sequence[str], kinds: list[str | None]) -> list[str | None]:
    """The heads in front of the values: the goal that a row is of, and names under a head of levels."""
    if kinds[0] is None and kinds[1:2] == ["level1"] and labels.squeeze(texts[0]) in _GOAL_NAMES:
        return ["number", *kinds[1:]]
    at = _named_behind(texts, kinds) if "name" not in kinds else 0
    return [*kinds[: at - 1], "level2", "name", *kinds[at + 1 :]] if at else kinds


def _named_behind(texts: Sequence[str], kinds: Sequence[str | None]) -> int:
    """指标类别 | 指标 | 考核内容 | 计划数: the head that is one of second levels elsewhere, behind theirs; 0: none."""
    told = (k for k, kind in enumerate(kinds) if kind == "level2" and kinds[: k - 1] == ["level1"])
    at = next(told, 0)
    return at if at and kinds[at - 1] is None and labels.squeeze(texts[at - 1]) == "指标" else 0


def _explained_as_value(texts: Sequence[str], kinds: list[str | None]) -> list[str | None]:
    """三级指标 | 指标内容: the first head of an explanation that may as well be that of the values."""
    told = (k for k, text in enumerate(texts) if kinds[k] == "explanation" and labels.squeeze(text) in _VALUES)
    at = next(told, None)
    return ["value" if k == at else kind for k, kind in enumerate(kinds)]


def _by_half(texts: Sequence[str], kinds: list[str | None]) -> list[str | None]:
    """实施期指标 | 指标值 | 年度指标 | 指标值: each half's names in front of its values."""
    if "name" in kinds or "level2" not in kinds:
        return kinds
    blocks = [k for k, text in enumerate(texts) if _half_told(text) and labels.is_block_label(text)]
    if len(blocks) != _TWO or len({_half_told(texts[k]) for k in blocks}) != _TWO:
        return kinds
    first, second = blocks
    bare = [_HALF_BARE.fullmatch(labels.squeeze(text)) is not None for text in texts]
    valued = ["value" if half else kind for kind, half in zip(kinds, bare, strict=True)]
    named = "level2" in kinds[:first] and "value" in valued[first + 1 : second] and "value" in valued[second + 1 :]
    return ["name" if named and k in blocks else kind for k, kind in enumerate(kinds)]


def _half_told(text: str) -> Half | None:
    return "period" if _OF_WHOLE.match(labels.squeeze(text)) else labels.half_in(text) or _year(text)


def _year(text: str) -> Half | None:
    return "annual" if _YEAR_HEAD.match(labels.squeeze(text)) else None


def _values_by_half(texts: Sequence[str], kinds: list[str | None]) -> list[str | None]:
    """三级指标 | 实施期 | 年度, 三级指标 | 实施期目标 | 年度目标: the halves alone head the values."""
    alone = _halves_alone(texts)
    if "name" not in kinds or not alone or alone[0] < kinds.index("name"):
        return kinds
    if any(kind == "value" and k not in alone for k, kind in enumerate(kinds)):
        return kinds
    return ["value" if k in alone else kind for k, kind in enumerate(kinds)]


def _halves_alone(texts: Sequence[str]) -> list[int]:
    """The two cells that say no more than which half they are of; none where there are not two of them."""
    plain = [labels.squeeze(text) for text in texts]
    bare = [k for k, text in enumerate(plain) if _HALF_BARE.fullmatch(text)]
    found = bare or [k for k, text in enumerate(plain) if _HALF_ALONE.fullmatch(text)]
    return found if len(found) == _TWO and len({_half_told(texts[k]) for k in found}) == _TWO else []


def halves_of_values(texts: Sequence[str]) -> list[Half | None]:
    """The halves that the heads of a form's values name; of two the first is that of the whole term where only the
    second one tells its year: 预期目标 | 本年预期目标, 三年目标值 | 2026年目标值."""
    told = [_half_told(text) if len(texts) == _TWO else labels.half_in(text) for text in texts]
    if told == [None, "annual"] and not _ANOTHER.search(texts[0]):
        return ["period", "annual"]
    return told


def _heads_names(text: str, behind: Sequence[str | None]) -> bool:
    """指标 in front of 指标权重, 计量单位, 指标值: in the forms of some places the names have no other head."""
    return labels.squeeze(text) == "指标" and "value" in behind and bool({"unit", "nature", "weight"} & {*behind})


def grade_of(text: str) -> str | None:
    """优、良、中、差 as heads of columns or as the result, also in full and with what they ask for: 优秀, 良好, 中等,
    优(年初/调整后), 良(80—90分); 评价标准(优 and 差) where one bracket holds all."""
    word = _SPANNED.sub("", _ASIDE.sub("", labels.bare(text))).removesuffix("秀").removesuffix("好").removesuffix("等")
    return word if vocabulary()["grade_words"].fullmatch(word) else None


def unspanned(text: str) -> str:
    """The head of a grade as printed, without the head over all of them."""
    plain = re.sub(r"\s+", "", text)
    return _SPANNED.sub("", plain) if _SPANNED.match(plain) else plain


def is_place(text: str) -> bool:
    """上坪村, 石桥镇: what may head a column of its own."""
    return bool(vocabulary()["glued"]["places"].fullmatch(labels.squeeze(text)))


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

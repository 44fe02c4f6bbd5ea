"""Heads of columns that stand one behind the other without anything between."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.readers import headwords, labels
from kpi.readers.gluedpieces import Piece
from kpi.readers.gluedtext import words
from kpi.readers.grid import GLUED, NAME_COLUMN, GridCell
from kpi.readers.lines import Line
from kpi.readers.vocabulary import patterns

_FIRST = later(
    r"((实施期|中长?期|长期|年度|本年度|总目标)?绩效指标)?((一级(指标)?)?二级(指标|目标)?(名称|内容)?|指标(?=指标(内容|名称)指标值)"
    r"|(评价|考核)(内容|指标)(?=(评价|考核|绩效|指标|二级|三级))|绩效内容(?=绩效|指标|目标)"
    r"|(具体|三级)?指标(名称|内容)?(?=(指标)?(计量|度量)?(单位|性质|值|权重|说明|解释|名称)|目标值|权重|分值))"
)
_LAST_HEAD = later("指标值|目标值|备注|得分|分值|权重")
LOOK = 400  # characters ahead in which the next level is looked for
_LONGEST_HEAD, _LONG_HEAD = 24, 8
_HEAD_ENDS = later("(?:措施|说明|分析|情况|原因|依据|标准|材料|来源|建议)$")
_SCORING = later("指标?(?:评价|考核|评分)(?:内容|标准|要点|办法)")  # a sheet of marks, and no targets
_LEAST_HEADS = 3
_UNREADABLE = 9  # characters of a head that was read wrong
_UNKNOWN = 60  # characters of heads that the lists do not know
_OF_VALUES = later(r"[^值]{0,8}值")  # 区域目标值 in front of the places that the values are of
_MOST_PLACES = 30
_PLAIN = {"value": "指标值", "actual": "实际完成值"}  # where the head does not say it


class Heads(NamedTuple):
    """Heads that stand one behind the other: their kinds behind the name, and where they end."""

    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    kinds: tuple[str, ...]
    halves: bool = False
    lines: bool = False  # the line ends with the heads: further lines are rows
    open: bool = False  # the file ends with the rows, maybe in the middle of one


def runs_on(text: str) -> bool:
    """The last head with the first level right behind it: 指标值产出指标."""
    head = _LAST_HEAD.match(text)
    return bool(head and levels().match(text, head.end()))


def runs(text: str) -> Iterator[Heads]:
    """The runs of heads in a text, in order."""
    at = 0
    while first := _FIRST.search(text, at):
        run = _run(text, first.start(), first.start() + len(first.group(1) or ""))
        if run:
            yield run
        at = max(run.end if run else 0, first.start() + 1)


def _run(text: str, start: int, where: int) -> Heads | None:
    """The heads that stand one behind the other from a place on; None where they are no heads of indicators."""
    level = levels().search(text, where, where + LOOK)
    last = level.start() if level else min(where + LOOK, len(text))
    spans: list[tuple[int, int]] = []
    while where < last:
        end = _head_end(text, where, last)
        if end is None and spans and (bridge := _bridge(text, where, last)):
            spans.append((where, bridge))
            where = bridge
            continue
        if end is None:
            break
        spans.append((where, end))
        where = end
    kinds = tuple(_kind(text[a:b]) or "other" for a, b in spans)
    kinds = tuple("adjusted" if _is_adjusted(text[a:b], kinds[:k]) else kinds[k] for k, (a, b) in enumerate(spans))
    if "value" not in kinds:
        kinds = tuple(kind or "other" for kind in headwords.with_unit([text[a:b] for a, b in spans], kinds))
    enough = len(spans) >= _LEAST_HEADS or {"name", "value"} <= set(kinds)
    if not enough or not {"name", "value", "standard"} & set(kinds):
        return None
    if "value" not in kinds and _SCORING.match(text, where):
        return None
    return Heads(start, where, tuple(spans), kinds, _is_twice(kinds))


def _is_twice(kinds: Sequence[str]) -> bool:
    """Heads of two halves: a value stands between a name and the next one (三级指标指标内容 is one half)."""
    names = [k for k, kind in enumerate(kinds) if kind == "name"]
    return "value" in kinds and any("value" in kinds[a:b] for a, b in pairwise(names))


def _head_end(text: str, at: int, last: int) -> int | None:
    """Where the longest head ends that begins at a place."""
    longest = min(last, at + _LONGEST_HEAD)
    end = next((e for e in range(longest, at + 1, -1) if _is_head(text[at:e])), None)
    if end is None or end - at < _LONG_HEAD or not _is_head(text[at : end - 1]):
        return end
    ends = [e for e in range(at + 2, end + 1) if _HEAD_ENDS.search(text, at, e) and _is_head(text[at:e])]
    apart = (e for e in ends if any(_is_head(text[e:k]) for k in range(e + 2, end + 1)))
    return next(apart, ends[-1] if ends else end)  # 改进措施 and whatever follows it


def only_heads(text: str) -> bool:
    """Whether a line is nothing but the sub-heads of a table: 指标性质指标值度量单位."""
    at, count = 0, 0
    while at < len(text) <= _UNKNOWN:
        end = _head_end(text, at, len(text))
        if end is None or labels.head_of(text[at:end]) in ("level1", "level2", "name"):
            return False
        at, count = end, count + 1
    return count > 1


def _bridge(text: str, at: int, last: int) -> int | None:
    """Where known heads go on, two at least, behind a few characters that are none: a head read wrong."""
    for start in range(at + 2, min(at + _UNREADABLE, last)):
        first = _head_end(text, start, last)
        if first and _head_end(text, first, last):
            return start
    return None


def _is_head(text: str) -> bool:
    return not labels.is_level(text) and _kind(text) is not None


def _kind(text: str) -> str | None:
    """What a head heads: as in any form, or a share reached, a yes or no, a result whose two lines were read as one."""
    if known := labels.head_of(text):
        return known
    own = next((kind for kind in ("rate", "flag") if words(kind).fullmatch(text)), None)
    return own or ("actual" if _is_jumbled(text) else None)


def _is_jumbled(text: str) -> bool:
    """完成值全年实际: all of the characters of 全年实际完成值 that there are, in another order."""
    return len(text) > 3 and set("完成值") <= set(text) <= set("全年度实际完成值")


def _is_adjusted(head: str, before: Sequence[str]) -> bool:
    """调整指标值 behind 年初指标值: the first is what is asked for, the other one may be left blank."""
    return "value" in before and "调整" in head and _kind(head) == "value"


def header(piece: Piece, found: Heads) -> tuple[Line, Heads, int]:
    """The line of heads, the heads behind the name, and where the indicators begin.

    Words between the heads and the first level are a head that the lists do not know; where no known one is of values,
    it is that one."""
    if found.halves:
        kinds = tuple(k for k in dict.fromkeys(found.kinds) if k not in ("level1", "level2", "name"))
        return piece.line(found.spans), Heads(found.start, found.end, found.spans, kinds, True), found.end
    known = _one_name([(kind, piece.cell(0, a, b)) for (a, b), kind in zip(found.spans, found.kinds, strict=True)])
    above = [piece.cell(-1, found.start, found.spans[0][0])] if found.spans[0][0] > found.start else []
    end, level = found.end, levels().search(piece.text, found.end, found.end + LOOK)
    between = piece.text[end : level.start() if level else min(len(piece.text), end + LOOK)]
    if 1 < len(between) <= _UNKNOWN and not labels.has_figure(between) and not labels.is_block_label(between):
        if places := _places(between) if "value" not in found.kinds else ():
            known += [("place", piece.cell(0, end + a, end + b)) for a, b in places]
        else:
            kind = "value" if "value" not in found.kinds else "other"
            known.append((kind, piece.cell(0, end, end + len(between))))
        end += len(between)
    known = _without_parts([known[i] for i in headwords.regrouped([kind for kind, _ in known])])
    cells, behind = _in_columns(known)
    heads = Heads(found.start, end, found.spans, tuple(behind), lines=end == len(piece.text))
    return Line((*above, *cells), GLUED, packed=False), heads, end


def _without_parts(known: list[tuple[str, GridCell]]) -> list[tuple[str, GridCell]]:
    """符号 单位 behind all other heads are parts of 预期指标值, whose cells hold both, and those behind them parts of
    自评得分: the second line of heads says again what the first one does."""
    kinds = [kind for kind, _ in known]
    at = next((k for k, pair in enumerate(pairwise(kinds)) if pair == ("sign", "unit")), 0)
    if kinds.count("value") != 1 or not {"value", "actual", "score"} <= {*kinds[:at]}:
        return known
    return known[:at] if {*kinds[at + 2 :]} <= {"score", "weight"} else known


def _one_name(known: Sequence[tuple[str, GridCell]]) -> list[tuple[str, GridCell]]:
    """指标内容 behind 三级指标, both of which head names elsewhere: what the indicator is about, in more words."""
    first = next((k for k, (kind, _) in enumerate(known) if kind == "name"), 0)
    return [
        ("explanation", cell._replace(text="指标说明")) if kind == "name" and k > first else (kind, cell)
        for k, (kind, cell) in enumerate(known)
    ]


def _places(text: str) -> list[tuple[int, int]]:
    """新罗区永定区上杭县: places, or units, one behind the other, each of which heads a column of values."""
    found, at = [], 0
    if (lead := _OF_VALUES.match(text)) and lead.end() < len(text):
        at = lead.end()
    while at < len(text) and (place := words("places").match(text, at)):
        found.append(place.span())
        at = place.end()
    return found if at == len(text) and 1 < len(found) <= _MOST_PLACES else []


def _in_columns(known: Sequence[tuple[str, GridCell]]) -> tuple[list[GridCell], list[str]]:
    """The heads in their columns; levels, name and value are there even where the form prints no head for them."""
    place = known[0][1]
    by_kind = dict(reversed(known))
    levels = [(k, by_kind[kind]) for k, kind in enumerate(("level1", "level2", "name")) if kind in by_kind]
    cells = [cell._replace(column=k) for k, cell in levels]
    if "level2" not in by_kind:
        cells.append(place._replace(text="二级指标", column=NAME_COLUMN - 1))
    if "name" not in by_kind:
        cells.append(place._replace(text="三级指标", column=NAME_COLUMN))
    cells.sort(key=lambda cell: cell.column)
    others = [(kind, cell) for kind, cell in known if kind not in ("level1", "level2", "name")]
    if not any(kind in ("value", "place") for kind, _ in others):
        others.insert(0, ("value", place._replace(text="指标值")))
    for kind, cell in others:
        text = _PLAIN[kind] if kind in _PLAIN and labels.head_of(cell.text) != kind else cell.text
        cells.append(cell._replace(text=text, column=len(cells) and cells[-1].column + 1))
    return cells, [kind for kind, _ in others]


@cache
def levels() -> re.Pattern[str]:
    """A level with its word (数量指标). 完成 in front of one ends the row before: 人员培训完成|质量指标."""
    seconds = "|".join(patterns("level2").values())
    return re.compile(
        rf"(?:投入|产出|效益)(?=(?:{seconds})(?:指标|目标))|(?!完成){labels.level_stems()}(?:指标|目标|值)(?!(?:达标|完成|合格|控制)率)(?:等)?(?:[(（][\d.]+(?:[-~—至]\d+)?分?[)）]分?"
        r"|[(（](?:[^()（）]{0,10}指标[^()（）]{0,10}|必填|选填|可选|限填)[)）])?"
        r"|(?:经济|社会|生态)效益(?=\D{3})|(?<=[^象众者人]满意度指标)服务对象满意度(?=\D{2})"
        rf"|(?<![标率)）%％、,，的])服务对象满意度(?={HAN}{{2,16}}?满意[度率]\D?\d)"
        r"|(?<=满意度指标[(（]\d分[)）])服务对象满意度(?=\D{2})|(?<=满意度指标[(（]\d\d分[)）])服务对象满意度(?=\D{2})"
    )

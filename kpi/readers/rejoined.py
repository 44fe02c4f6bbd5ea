"""Labels that stand in pieces on several lines become one again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.columns import kinds_of
from kpi.readers.grid import GridCell
from kpi.readers.headwords import grade_of
from kpi.readers.lines import Line
from kpi.readers.match import kind_of

_HEADS = 3  # of a row, the name's first
_LEVELS = 2  # heads left of it
_LABEL = 12  # characters of a piece of a label
_ROW = 3  # cells of a row, at least one more
_PIECES = 5  # 绩/效/指/标 and one to spare
_BOUNDS = "上下内"  # 以上, 以下, 以内
_OF_BOUND = later(r"\(不?含(?:本数)?\)")
_TAILS = ("时间", "时限", "期限", "率", "数", "数量", "比例", "占比", "面积", "长度", "次数", "人数", "户数", "满意度")
_VALUES = ("value", "number")
_AROUND, _SHORTEST = 4, 4  # cells that tell, and characters of a name
_REST = ("指标", "目标")  # of a label that breaks before it


def joined(lines: Sequence[Line]) -> list[Line]:
    """Single cells that only together are a label (产/出/指/标, 经济效益/指标) become one, heads of one row a row."""
    whole = list(_completed_below(list(_without_block_labels(lines))))
    return _headed(list(_labelled(_joined(list(_tailed(whole))))))


def _without_block_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """年度绩效目标 right above (80分) | 一级指标 | 二级指标 …: the label of the block, no goal left blank."""
    for line, below in zip_longest(lines, lines[1:]):
        label = line.packed and len(line.cells) == 1 and labels.goal_of(line.cells[0].text) is not None
        first = below.filled[0].text if label and below and len(below.filled) > _HEADS else ""
        if first and below and labels.is_points(first) and labels.head_of(below.filled[1].text) == "level1":
            continue
        yield line


def _completed_below(lines: Sequence[Line]) -> Iterator[Line]:
    """Rows whose merged levels go on in the line below: 可持续影 指标1：… ≥60% 64% / 响指标, or (10分) 满意度指标."""
    at = 0
    while at < len(lines):
        line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else None
        cells = _with_rests(line.cells, [c.text for c in below.cells]) if below and _may_go_on(line, below) else None
        yield replace(line, cells=tuple(cells)) if cells else line
        at += 2 if cells else 1


def _may_go_on(line: Line, below: Line) -> bool:
    short = all(len(cell.text) <= _LABEL for cell in below.cells)
    return line.packed and below.packed and len(line.cells) > _ROW and 0 < len(below.cells) <= _LEVELS and short


def _with_rests(cells: Sequence[GridCell], rests: Sequence[str]) -> list[GridCell] | None:
    """The cells of a row, the first ones made whole by `rests`; None where not each of those belongs to one."""
    made, told = list(cells), False
    for rest in rests:
        if labels.is_points(rest) and labels.is_level(made[0].text):
            continue
        first = [(k, c.text) for k, c in enumerate(made[:_HEADS]) if len(c.text) <= _LABEL]
        whole = (k for k, text in first if not _known(text) and labels.is_level(text + rest))
        at = next(whole, None)
        if at is None:
            return None
        made[at], told = made[at]._replace(text=made[at].text + rest), True
    return made if told else None


def _tailed(lines: Sequence[Line]) -> Iterator[Line]:
    """Names that broke before the word that makes a measure of them become one again, where each cell is a line:
    调令后物资装车 / 时间 / ≥2小时."""
    at = 0
    while at < len(lines):
        if at and _breaks_before_tail([_alone(line) for line in lines[at - 1 : at + 3]]):
            name, tail = lines[at].cells[0], lines[at + 1].cells[0]
            yield replace(lines[at], cells=(name._replace(text=name.text + tail.text),))
            at += 2
            continue
        yield lines[at]
        at += 1


def _alone(line: Line) -> str:
    return line.cells[0].text if line.packed and len(line.cells) == 1 else ""


def _breaks_before_tail(texts: Sequence[str]) -> bool:
    """Whether of four cells the third is no more than the tail of the second: a level or a value stands in front, the
    value behind."""
    if len(texts) < _AROUND or not all(texts) or texts[2] not in _TAILS:
        return False
    before, name, _, value = texts
    opens = labels.is_level(before) or kind_of(before) in _VALUES
    words = len(name) >= _SHORTEST and not any(map(str.isdigit, name)) and not name.endswith(_TAILS)
    return opens and words and not _known(name) and kind_of(value) in _VALUES


def _headed(lines: list[Line]) -> list[Line]:
    """Heads of levels that stand in lines of their own (一级/指标, 二级/指标) belong before those that follow them."""
    made: list[Line] = []
    for line in lines:
        kinds = kinds_of(line.filled[:_HEADS]) if line.packed else []
        if len(kinds) == _HEADS and kinds[0] in ("level2", "name") and all(kinds):
            first = len(made)
            while first and len(made) - first < _LEVELS and _is_level_head(made[first - 1], kinds):
                first -= 1
            before = [one.filled[0] for one in made[first:]]
            cells = (*before, *line.cells)
            line = Line(tuple(c._replace(column=k) for k, c in enumerate(cells)), None, True) if before else line  # noqa: PLW2901
            del made[first:]
        made.append(line)
    return made


def _is_level_head(line: Line, kinds: Sequence[str | None]) -> bool:
    kind = labels.head_of(line.filled[0].text) if line.packed and len(line.filled) == 1 else None
    return kind in ("level1", "level2") and kind not in kinds


def _joined(lines: Sequence[Line]) -> Iterator[Line]:
    at = 0
    while at < len(lines):
        if found := _opened(lines, at):
            yield found[0]
            at += found[1]
            continue
        width = _bracketed(lines, at) or _label_width(lines, at)
        if width == 1 and (whole := _completed(lines, at)):
            yield whole
            width = 2
        elif width > 1:
            first = lines[at].cells[0]
            yield Line(
                (first._replace(text="".join(line.cells[0].text for line in lines[at : at + width])),), None, True
            )
        else:
            yield lines[at]
        at += width


def _opened(lines: Sequence[Line], at: int) -> tuple[Line, int] | None:
    """A line whose first cell ends a label of the lines above (产 / 出 / 指 / 标 数量指标) and their number."""
    pieces: list[str] = []
    for line in lines[at : at + _PIECES]:
        text = _piece_text(line)
        if text:
            pieces.append(text)
            continue
        first = line.cells[0].text if line.packed and pieces and len(line.cells) > 1 else ""
        whole = "".join((*pieces, first))
        if not first or _known(first) or not (labels.is_level(whole, 1) or labels.is_block_label(whole)):
            return None
        label = lines[at].cells[0]._replace(text=whole)
        return replace(line, cells=(label, *line.cells[1:])), len(pieces) + 1
    return None


def _labelled(lines: Iterable[Line]) -> Iterator[Line]:
    """效益指标 经济效益 / 指标 税收 ≥40万元: the second label goes on in front of the row that it labels."""
    before: Line | None = None
    for line in lines:
        last = before.cells[-1] if before and before.packed and before.filled else None
        first = line.cells[0].text if line.packed and len(line.cells) > 1 else ""
        if before and last and first in _REST and labels.is_level(last.text + first, 2):
            cells = (*before.cells[:-1], last._replace(text=last.text + first), *line.cells[1:])
            before = replace(line, cells=tuple(c._replace(column=k) for k, c in enumerate(cells)))
            continue
        if before:
            yield before
        before = line
    if before:
        yield before


def _completed(lines: Sequence[Line], at: int) -> Line | None:
    """A line whose last cell is a level with the cell of the next line: 绩效指标 项目完成 / 指标."""
    line, rest = lines[at], _piece_text(lines[at + 1]) if at + 1 < len(lines) else ""
    if not line.packed or len(line.cells) < 2 or not rest:
        return None
    *before, last = line.cells
    level, part = labels.level_of(last.text + rest), labels.level_of(last.text)
    if not _ending(rest) and not (labels.is_level(rest, 1) and level and level.rank == 2):  # 服务对象 / 满意度指标
        return None
    if not (level and level.sure) or (part and part.sure and rest not in _REST):
        return None
    return Line((*before, last._replace(text=last.text + rest)), line.grid, True)


def _piece_text(line: Line) -> str:
    return line.cells[0].text if line.packed and len(line.cells) == 1 and len(line.cells[0].text) <= 10 else ""


def _bracketed(lines: Sequence[Line], at: int) -> int:
    """How many lines a band's head takes whose bracket breaks over lines (优(年初 /调整后)), or a band whose bracket
    stands alone behind it (95%以上 (含)); 0 where there is none."""
    text, rest = _piece_text(lines[at]), _piece_text(lines[at + 1]) if at + 1 < len(lines) else ""
    broken = text.count("(") == text.count(")") + 1 and grade_of(text + rest) is not None
    bound = text[-1:] in _BOUNDS and _OF_BOUND.fullmatch(rest) is not None
    return 2 if text and rest and (broken or bound) else 0


def _label_width(lines: Sequence[Line], at: int) -> int:
    pieces = []
    for line in lines[at : at + _PIECES]:
        text = _piece_text(line)
        if not text or kind_of(text) in _VALUES or text[-1] in "%％":  # ≥90% in front of 绩效保障措施
            break
        pieces.append(text)
    if not pieces or (_known(pieces[0]) and len(pieces) > 1 and not (_ending(pieces[1]) or _heads(*pieces[:2]))):
        return 1
    above = _piece_text(lines[at - 1]) if at else ""
    if len(pieces) > 1 and above and labels.field_of(above) and _known(pieces[1]) and not _known(pieces[0]):
        return 1  # 项目期 / 长期 / 项目金额(万元): what stands behind a label is its value
    for width in range(len(pieces), 1, -1):
        if any(_stands_alone(p) for p in pieces[1:width]):
            continue
        if _known("".join(pieces[:width])):
            return width
    return 1


def _heads(first: str, second: str) -> bool:
    """指标 / 类型: a block label that only with what stands below it is a head, which that is not by itself."""
    apart = labels.is_block_label(first) and not (_known(second) or labels.level_of(second))
    return apart and labels.head_of(first + second) is not None


def _stands_alone(text: str) -> bool:
    """A figure or a whole level label is never the rest of another label."""
    level = labels.level_of(text)
    return any(c.isdigit() for c in text) or bool(level and level.sure and level.two)


def _known(text: str) -> bool:
    return (
        labels.is_known(text)
        or labels.matches("money_heads", text)
        or labels.is_block_label(text)
        or labels.matches("stop", text)
    )


def _ending(text: str) -> bool:
    """The rest of a label that is one without it: 经济效益/指标, 项目资金/(万元)."""
    return text in ("指标", "目标", "名称") or labels.money_unit(text) is not None

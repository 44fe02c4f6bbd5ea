"""Forms that are there and cannot be told apart: better said to be unread than read wrong."""

import re
from collections.abc import Iterator, Sequence

from kpi.lazyre import HAN, later
from kpi.model import LEVEL2, Indicator, Unread
from kpi.readers import labels
from kpi.readers.blocks import Parts
from kpi.readers.gluedrows import says_nothing
from kpi.readers.heads import heads_at
from kpi.readers.lines import Line
from kpi.readers.match import FIGURES, kind_of, nouns
from kpi.readers.pairs import LOST
from kpi.readers.roles import Role
from kpi.readers.vocabulary import vocabulary
from kpi.values.normal import MARKS

_LEAST_VALUES = 3
_NAME = 6  # characters
_LEAST_APART = 2  # levels without rows, and rows without levels
_LEAST_LISTED = 5  # labels of fields one below the other
_LEAST_TORN, _SHARE_TORN = 4, 3  # names that are no whole cells; one in so many of all
_SHARE_DISPLACED = 4  # one row in so many
_LEAST_SWAPPED = 3  # values that stand where names should
_LEAST_LOST = 4  # cells without a column
_TARGET = later(rf"{HAN}{{2}}[≥≤≧≦]\s*\d")  # 受益户数≥200户: a cell that is no figure and no remark
_FIGURES = (*FIGURES, "sign")
_HEADS = 4  # words that head columns, near each other
_DECLARED = later("填[表写报]说明|表为空|空表|没有.{0,6}项目|无.{0,4}项目支出|不涉及|未安排|无数据|无此项|无内容")
_FIELDS = 3  # of a head without rows
_NEAR = 60  # characters
_MARKED = later("(?:评价|考核|评分)(?:内容|标准|要点|办法).{0,30}得分")
_CHANGE = later("(?:(?:提高|提升|增加|增长|增收|减少|降低|下降|节约|缩短|压减)增?){1,2}")
_LETTERS = later(f"{HAN}|[A-Za-z]")
_SIGN = later(rf"\s*(?:[{MARKS}]|不[低高少大小]于|不超过)")
_HOLE = later(rf"(?:^|[\s{MARKS}])\*{{1,3}}(?={HAN}|[%％])")
_FILLED = later(r"\d+(?:\.\d+)?(?:[%％]|[万亿]?[元人次个户亩件套台场])")
_LEAST_HOLES, _HOLES_FOR_ONE = 4, 4
_SHOWN = 40  # characters of the text that is quoted
_QUOTED = 3  # names of rows that are quoted
_LONGEST = 20_000  # characters of a line that are looked at
ADVICE = "请换成保留表格线的文件（如 .docx、.xlsx）再检查。"
MIXED = "这张表的各列混在一起，分不清哪个值属于哪个指标，没有读入；" + ADVICE
TEMPLATE = "这是还没有填的模板（指标值都是“**”），没有可检查的内容；填好以后再检查。"
VALUELESS = (
    "这张表只有指标名称，没有指标值一列，没有读入；请对照原表：漏了这一列的补上，各列分在两页或两张表上的放回一张表，再检查。"
)
SEVERAL_VALUES = (
    "这张表每一行都有好几个值，从表头看不出哪一列是本年度的指标值，没有读入；"
    "请把那一列的表头写成“指标值”，别的列写明是哪一年的，再检查。"
)
NOT_FOUND = "这段文字没有分列，看不出指标值在哪里，没有读入；" + ADVICE
HEAD_ALONE = "这里有绩效目标表的标题和栏目，没有找到绩效指标的行；请检查指标是不是漏了、在另一页，或者没有复制全。"
HEADS_ONLY = "这里像是绩效指标表的表头，但下面的内容分不成行和列，没有读入；" + ADVICE


def is_mixed(parts: Parts, indicators: Sequence[Indicator], unread: Sequence[Unread]) -> bool:
    """Whether a form without columns gave more cells that fit nowhere than rows with a value, or names as values."""
    if parts.glued and figures_alone(indicators):
        return False
    if parts.glued and (
        _no_figures(indicators, unread)
        or _no_names(indicators)
        or _mostly_lost(indicators, unread)
        or _mostly_bare(indicators)
    ):
        return True
    valued = any(e.text for i in indicators for _, e in i.entries())
    if _levels_apart(parts, indicators) or (valued and _labels_listed(parts)):
        return True
    lost = sum(part.reason == LOST for part in unread)
    told = sum(bool(i.name) and i.valued for i in indicators)
    packed = all(line.packed for block in parts.blocks for line in block.lines if line.filled)
    if lost >= _LEAST_LOST and lost > told and (packed or (parts.glued and told)):
        return True
    if _moved_names(indicators) or _nameless(indicators):
        return True
    if not packed:
        return sum(bool(_TARGET.search(part.text)) for part in unread if part.reason == LOST) >= max(told, _LEAST_LOST)
    if _torn(indicators) or _swapped(indicators) or _displaced(indicators):
        return True
    if any(_names_as_values(block.header.left, indicators) for block in parts.blocks if not block.header.has("value")):
        return True
    values = [e.text for i in indicators for e in (i.period, i.annual, i.actual) if e and e.text]
    return len(values) >= _LEAST_VALUES and 2 * sum(map(_is_named, values)) >= len(values)


def has_several_values(indicators: Sequence[Indicator], unread: Sequence[Unread]) -> bool:
    """Whether there are as many values under no known head as rows, and more signs among them (1.2万册 | 1.3万册 |
    ≥1.4万册): the targets stand in another column than the first of 指标值."""
    told = sum(bool(i.name) and i.valued for i in indicators)
    lost = [part.text for part in unread if part.reason == LOST and kind_of(part.text) in ("value", "number")]
    if len(lost) < max(told, _LEAST_LOST):
        return False
    read = (entry.text for row in indicators for _, entry in row.entries())
    return sum(map(_signed, lost)) > sum(map(_signed, read))


def _signed(text: str) -> bool:
    return _SIGN.match(text) is not None


def _moved_names(indicators: Sequence[Indicator]) -> bool:
    """Most rows have no name and words for a value: the names stand where the values should."""
    texts = [entry.text for row in indicators if not row.name for _, entry in row.entries() if entry.text]
    words = sum(not any(map(str.isdigit, text)) for text in texts)
    return words >= _LEAST_VALUES and 2 * words > sum(row.valued for row in indicators)


def _nameless(indicators: Sequence[Indicator]) -> bool:
    """As many rows that have a value and no name as others: what looks like values are pieces of everything."""
    valued = [row for row in indicators if row.valued]
    return 2 * sum(not row.name for row in valued) >= max(len(valued), 2 * _LEAST_TORN)


def _levels_apart(parts: Parts, indicators: Sequence[Indicator]) -> bool:
    """Levels with nothing beside them, and then rows without a level: the columns were read one after the other."""
    if not all(line.packed for block in parts.blocks for line in block.lines if line.filled):
        return False
    blank = [bool(i.level2) and not i.name and not i.valued for i in indicators]
    loose = [bool(i.name) and not i.level2 and i.valued for i in indicators]
    nameless = [not i.name and i.valued for i in indicators]
    said = [text for i in indicators for text in (i.name, *(e.text for _, e in i.entries()))]
    heads = any(labels.head_of(text) in ("level1", "level2", "name") for text in said)  # 二级指标 as a name or a value
    apart = heads or max(sum(loose), sum(nameless)) >= _LEAST_APART
    return sum(blank) >= _LEAST_APART and apart


def _labels_listed(parts: Parts) -> bool:
    """A form whose labels stand below each other, its project's name among them, and what they ask for elsewhere."""
    texts = [line.filled[0].text if line.packed and len(line.filled) == 1 else "" for line in parts.head if line.filled]
    for start, text in enumerate(texts):
        if labels.field_of(text) != "project":
            continue
        at, run = start + 1, 1
        while at < len(texts) and run < _LEAST_LISTED and (width := _label_width(texts[at : at + 2])):
            at, run = at + width, run + 1
        if run >= _LEAST_LISTED:
            return True
    return False


def _label_width(texts: Sequence[str]) -> int:
    """How many lines the label that begins here takes: one, or two where it broke off; 0 where none does."""
    for width in range(1, len(texts) + 1):
        text = "".join(texts[:width])
        if all(texts[:width]) and (labels.field_of(text) or labels.goal_of(text)):
            return width
    return 0


def _is_named(text: str) -> bool:
    """Whether a value is no value but a level, or ends as names of indicators do."""
    named = len(text) >= _NAME and not labels.has_figure(text) and nouns().search(text) is not None
    return labels.is_level(text) or named


def _torn(indicators: Sequence[Indicator]) -> bool:
    """Names that are pieces of cells, and of cells in several columns: 分), 标 (30, a single character."""
    names = [i.name for i in indicators if i.name.strip("….")]  # ……: a row that the template left standing
    torn = sum(_halved(name) or len(_LETTERS.findall(name)) < 2 for name in names)
    return torn >= _LEAST_TORN and _SHARE_TORN * torn >= len(names)


def _swapped(indicators: Sequence[Indicator]) -> bool:
    """Values in place of names, some of them beside no value: the cells of the columns came in another order."""
    swapped = [i for i in indicators if _is_figure(i.name)]
    return len(swapped) >= _LEAST_SWAPPED and any(
        not any(labels.has_figure(e.text) for _, e in i.entries()) for i in swapped
    )


def _displaced(indicators: Sequence[Indicator]) -> bool:
    """One row in four with a figure for its name, or with the name of another row or a piece of a label for its value:
    the columns came one amid the other."""
    valued = [i for i in indicators if i.valued]
    wrong = sum(
        _is_figure(i.name) or any(_is_named(e.text) or _halved(e.text) for _, e in i.entries()) for i in valued
    )
    return wrong >= _LEAST_TORN and _SHARE_DISPLACED * wrong >= len(valued)


def _is_figure(name: str) -> bool:
    """A figure with its sign or points, where a name should be."""
    return bool(name) and all(kind_of(part) in _FIGURES for part in name.split())


def _halved(name: str) -> bool:
    """Half a bracket."""
    return sum(map(name.count, "(（")) != sum(map(name.count, ")）"))


def _no_figures(indicators: Sequence[Indicator], unread: Sequence[Unread]) -> bool:
    """Values without a single figure: a copy that has lost its figures, cut where words looked like states."""
    values = [e.text for i in indicators for _, e in i.entries() if e.text] + [part.text for part in unread]
    return len(values) >= _LEAST_VALUES and not any(labels.has_figure(text) for text in values)


def _mostly_lost(indicators: Sequence[Indicator], unread: Sequence[Unread]) -> bool:
    """More words that belong to no row than names and values."""
    told = sum(len(i.name) + sum(len(e.text) for e in (i.period, i.annual, i.actual) if e) for i in indicators)
    return sum(len(part.text) for part in unread if part.reason == LOST) > max(2 * told, _SHOWN)


def _mostly_bare(indicators: Sequence[Indicator]) -> bool:
    """Far more names without a value than with one, other than lines of the template."""
    bare = sum(bool(i.name) and not i.valued and not labels.SLOT.match(i.name) for i in indicators)
    return bare >= _LEAST_VALUES and bare > 2 * sum(i.valued for i in indicators)


def figures_alone(indicators: Sequence[Indicator]) -> bool:
    """数量指标88100质量指标88100…: no name anywhere, a figure right behind each label: the page has lost all names."""
    told = [entry.text for row in indicators for _, entry in row.entries() if entry.text]
    return len(told) >= _LEAST_VALUES and not any(row.name for row in indicators) and all(map(str.isdigit, told))


def _no_names(indicators: Sequence[Indicator]) -> bool:
    """Nothing named at all, or figures in a run where most names should be: 数量指标88100."""
    bare = sum(i.valued and not _LETTERS.search(i.name) for i in indicators)
    return 2 * bare > len(indicators) or not any(i.name for i in indicators)


def is_displaced(indicators: Sequence[Indicator]) -> bool:
    """Whether half of the names or more stand in place of the values: 指标1 | 发放高龄津贴人数."""
    told = sum(
        labels.SLOT.fullmatch(one.name) is not None and any(_is_named(entry.text) for _, entry in one.entries())
        for one in indicators
    )
    return bool(told) and 2 * told >= len(indicators)


def _names_as_values(roles: Sequence[Role], indicators: Sequence[Indicator]) -> bool:
    """A matrix whose cells are hardly figures is none: names of indicators were taken for heads of columns."""
    heads = {role.text for role in roles if role.kind == "other"}
    cells = [text for i in indicators for head, text in i.columns.items() if head in heads and text]
    return len(cells) > 1 and 2 * sum(kind_of(text) in _FIGURES for text in cells) < len(cells)


def is_valueless(parts: Parts, indicators: Sequence[Indicator]) -> bool:
    """Names below their heads, and nowhere a column that could hold the values: it stands on another page."""
    if any(block.header.has("value") or block.header.has("other") for block in parts.blocks):
        return False
    named = sum(bool(i.name) for i in indicators)
    headed = any(role.kind == "name" and role.text for block in parts.blocks for role in block.header.left)
    return headed and named >= _LEAST_VALUES and not any(e.text for i in indicators for _, e in i.entries())


def without_values(indicators: Sequence[Indicator]) -> tuple[list[Indicator], list[Unread]]:
    """The rows made of text without separators, and those of them whose value was not found: that none was written
    nobody can tell there. Lines of the template (指标2:) stay, and a last row that breaks off."""
    named = [one for one in indicators if one.name and not labels.TEMPLATE.fullmatch(one.name)]
    lost = [one for one in named if not _is_whole(one) and (one is not indicators[-1] or one.valued)]
    gone = set(map(id, lost))
    kept = [one for one in indicators if id(one) not in gone]
    lost = [one for one in lost if not says_nothing(one.name)]
    levels = dict.fromkeys(one.level2 for one in lost)
    return kept, [_untold(level, [one for one in lost if one.level2 == level]) for level in levels]


def _untold(level: str, lost: Sequence[Indicator]) -> Unread:
    """All rows of a level at once: it is the text that lacks its separators, and not each of them something."""
    names = "、".join(one.name[:_SHOWN] for one in lost[:_QUOTED])
    text = names if len(lost) <= _QUOTED else f"{names}等{len(lost)}条"
    return Unread(text, lost[0].location, NOT_FOUND, level2=level or None)


def _is_whole(indicator: Indicator) -> bool:
    """Whether a row has its value, and not 提高 alone with its 1% in the next column."""
    behind = indicator.actual.text if indicator.actual else ""
    changes = all(_CHANGE.fullmatch(e.text) for _, e in indicator.entries() if e.text)
    if indicator.weight and indicator.level2 not in LEVEL2:
        return True  # under a level of the form's own: its points stand behind the name, and nothing between
    return indicator.valued and not (behind[:1].isdigit() and changes)


def unread_form(parts: Parts, project: str, reason: str) -> Unread:
    """What is said about a form that was not read."""
    lines = [line for line in (*parts.head, *parts.blocks[0].lines, *parts.foot) if line.filled]
    titles = [line.filled[0] for line in parts.head if line.filled and labels.is_title(line.filled[0].text)]
    cell = titles[0] if titles else lines[0].filled[0]
    return Unread((project or cell.text)[:_SHOWN], cell.location, reason, project=project or None)


def unfilled(parts: Parts, project: str) -> Unread | None:
    """What is said about a template whose values are holes (≥**人次, *元/人·月); None for any other form."""
    texts = [c.text for block in parts.blocks for line in block.lines for c in line.filled]
    holes = sum(len(_HOLE.findall(text)) for text in texts)
    figures = sum(len(_FILLED.findall(text)) for text in texts)
    if holes < _LEAST_HOLES or figures * _HOLES_FOR_ONE > holes:
        return None
    return unread_form(parts, project, TEMPLATE)._replace(blank=True)


def headed(lines: Sequence[Line]) -> Iterator[Unread]:
    """The heads of a table in a file in which no form was found; failing that, the head of a form without rows."""
    for at, line in enumerate(lines):
        if heads_at(lines, at)[1] and line.filled:
            yield Unread(line.filled[0].text[:_SHOWN], line.filled[0].location, HEADS_ONLY)
            return
        for cell in line.filled:
            text = labels.squeeze(cell.text) or re.sub(r"\s", "", cell.text[:_LONGEST])
            found = [m.start() for m in _words().finditer(text)]
            near = next((a for a, b in zip(found, found[_HEADS - 1 :], strict=False) if b - a <= _NEAR), None)
            if near is not None and _MARKED.search(text, near, near + _NEAR):
                return  # a sheet of marks, and no targets
            if near is not None:
                yield Unread(text[near : near + _SHOWN], cell.location, HEADS_ONLY)
                return
        if sum(bool(labels.head_of(c.text)) for c in line.filled) >= _HEADS:
            shown = "、".join(c.text for c in line.filled if labels.head_of(c.text))
            yield Unread(shown[:_SHOWN], line.filled[0].location, HEADS_ONLY)
            return
    yield from _head_alone(lines)


def _head_alone(lines: Sequence[Line]) -> Iterator[Unread]:
    """The title of a form, its project and the like, and nothing of its indicators."""
    cells = [cell for line in lines for cell in line.filled]
    at = next((k for k, cell in enumerate(cells) if labels.is_title(cell.text) and "说明" not in cell.text), len(cells))
    title, cells = next(iter(cells[at : at + 1]), None), cells[at : at + _NEAR]
    if any(len(cell.text) <= _NEAR and _DECLARED.search(cell.text) for cell in cells):
        return  # 本部门没有项目支出,此表为空
    told = {key for cell in cells if len(cell.text) <= _NEAR and (key := _asked(cell.text))}
    if title and len(told) >= _FIELDS:
        yield Unread(title.text[:_SHOWN], title.location, HEAD_ALONE)


def _asked(text: str) -> str | None:
    """What a cell of a form's head asks for, or which of its columns a head names."""
    label = re.split(r"[:：]|(?<=\S)\s", text, maxsplit=1)[0]
    return labels.head_of(label) or labels.field_of(label) or ("goal" if labels.goal_of(label) else None)


def _words() -> re.Pattern[str]:
    pattern: re.Pattern[str] = vocabulary()["glued"]["heads"]
    return pattern

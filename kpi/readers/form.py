"""From rows of cells to target forms: the one place that recognises a form, whatever file it came from."""

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from kpi.lazyre import later
from kpi.model import Document, Half, Indicator, TargetTable, Unread
from kpi.readers import labels
from kpi.readers.beyond import BEYOND, within
from kpi.readers.blocks import Parts, RowBlock, take_apart
from kpi.readers.breaks import continued
from kpi.readers.budget import read_budget
from kpi.readers.bycolumn import by_rows
from kpi.readers.codedlines import with_coded
from kpi.readers.cutting import is_begun, is_cut, is_torn, left_at_end, mended
from kpi.readers.doubtful import (
    HEAD_ALONE,
    MIXED,
    SEVERAL_VALUES,
    VALUELESS,
    has_several_values,
    headed,
    is_mixed,
    is_valueless,
    unread_form,
    without_values,
)
from kpi.readers.explain import explained
from kpi.readers.fields import Head, named_only
from kpi.readers.folding import fold
from kpi.readers.grid import ADRIFT, GLUED, Source
from kpi.readers.gridless import without_grid
from kpi.readers.head import read_head
from kpi.readers.headings import named
from kpi.readers.levelpoints import level_points, points_of_targets
from kpi.readers.lines import Line, prepare
from kpi.readers.lone import lone_values
from kpi.readers.lost import relabelled
from kpi.readers.narrative import read_narrative
from kpi.readers.paired import by_levels
from kpi.readers.pairs import Block, merge
from kpi.readers.parents import with_parents
from kpi.readers.priced import priced, unfounded
from kpi.readers.profile import cost_is_first, profile_of
from kpi.readers.readings import printed
from kpi.readers.rows import read_row
from kpi.readers.slices import forms
from kpi.readers.stray import is_stray, of_half, overflow
from kpi.readers.table import table
from kpi.readers.toldcells import read_told_cells
from kpi.readers.toldmoney import with_told
from kpi.readers.trees import by_project
from kpi.readers.turned import upright
from kpi.readers.wide import read_wide
from kpi.readers.wordsigns import with_signs

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
#: a row's value, and no year of the form
_DEADLINE = re.compile(r"[<>=≤≥]?\s*20\d\d\s*年\s*\d{1,2}\s*月.{0,6}[前底内止]")
_SENTENCE = later(  # the second: 指标2:清扫面积:312万平方米, 数量指标:指标1:清扫面积 312万平方米
    r"[:：].*[;；。]|^指标\d{1,2}\s*[:：][^:：]{2,}[:：]\s*\S|^.{2,10}指标[:：]指标\d{1,2}\s*[:：]"
    r"|^指标\d{1,2}\s*[:：][^,，:：]{2,40}[,，]\s*\S"
)
_POINTS = later("[)）、.．]\\s*(?:立项依据|项目概述|起止时间)")  # some of what is told in points above a form
_PAIRED = later(r"[^:：]{2,40}[:：]\s*[<>=≤≥≦≧＜＞＝]{0,2}\s*\d")
_SENTENCED = later(r"(?:\d{1,2}[.、．)）]\s*)?\D[^:：]{0,60}\d[^:：]{0,40}[;；。]")  # 2.整治村内巷道≧2.3公里；
#: (1)数量指标:
_LABEL = later(r"[(（]\d[)）]\s*(?:数量|质量|时效|成本|经济效益|社会效益|可持续影响|满意度)(?:指标)?[:：。]?$")
_NUMBERED = later(rf"{labels.SLOT.pattern}\D*\d")
_PAIR = 2  # a heading and the row below it
_TAIL = 50  # lines at the end of a form in which the last line of the file is looked for, and in front of one
_SHOWN = 40  # characters of a row that is quoted
_NOTES = 40  # lines at the top of a file that may name its year
_LEVELLED = later("(?:产出|数量|质量|时效|成本|效益|成效)指标")
_SEVERAL_LEVELS = later("(?:数量|质量|时效|成本|效益|影响|满意度)指标[:：]")
FOUND = "按表格认出{count}张绩效目标表"
CELLS = "指标没有分行，按每一级指标后面那一格里用分号隔开的“名称+数值”读"
CUT = "文件在指标行中间断开，后面缺的内容可能在下一页"
BEHIND = "这一行接在指标行后面，“{name}”是表头、表尾的栏目名，分不清是不是指标，没有读入；是指标的，请把名称写具体。"


def recognise(source: Source) -> Document:
    """All target forms of a source. A file without one gives a Document with tables == ()."""
    lines = by_project(named(prepare(source.rows)))
    year = _file_year(lines)
    told, unread = read_told_cells(lines, year)
    if told:
        return _document(source, told, unread, (CELLS,), ())
    tables, lines = read_wide(by_levels(upright(by_rows(lines))), year)
    parts = list(forms(lines))
    filled = next((line for line in reversed(lines) if line.filled), None)
    places = {id(line): at for at, line in enumerate(lines)}
    for part in parts:
        open_end = part is parts[-1] and any(line is filled for line in part[-_TAIL:])
        start = places.get(id(part[0]), 0) if part else 0
        above = lines[max(0, start - _TAIL) : start]
        for made, lost in _read(part, open_end):
            if made and any(_POINTS.search(c.text) for line in above for c in line.filled[:1]):
                from kpi.readers.introduced import introduced  # noqa: PLC0415 - few forms have points above them

                made = introduced(made, above)  # noqa: PLW2901
            tables += [made if made.year else made._replace(year=year)] if made else []
            unread += lost
    outside = list(_outside(lines, parts))
    if len(tables) > 1:
        from kpi.readers.disordered import of_one_form  # noqa: PLC0415 - few files hold several

        tables = of_one_form(tables)
    if tables and _tells_more(lines, tables):
        tables, unread = [], []
    explain = [FOUND.format(count=len(tables))] if tables else []
    if not tables:
        tables, explain, lost = without_grid(lines, year)
        unread = [one for one in unread if not (tables and one.reason == MIXED)] + lost  # no table, but sentences
        outside = outside if not tables else []
    if not tables and not unread:
        unread += headed(lines)
    return _document(source, priced(with_coded(with_told(tables, lines), source.rows), lines), unread, explain, outside)


def _tells_more(lines: Sequence[Line], tables: Sequence[TargetTable]) -> bool:
    """Whether rows were taken from lines of running text that name several levels each (数量指标:…;…。质量指标:…), and
    as text they tell twice as many; or names from lines that tell a name and its value each (接访场次: ≥48场), or that
    are no more than a level's label ((1)数量指标:)."""
    texts = (c.text for line in lines if line.grid is None for c in line.filled)
    rows = [row for table in tables for row in table.indicators]
    paired = 2 * sum(bool(_paired(row) or _whole(row)) for row in rows) > len(rows)
    labelled = 2 * sum(_LABEL.match(row.name) is not None for row in rows) > len(rows)
    if not (paired or labelled) and not any(len(_SEVERAL_LEVELS.findall(text)) >= _PAIR for text in texts):
        return False
    told, _, _ = without_grid(lines, None)
    counts = [sum(row.valued for table in some for row in table.indicators) for some in (tables, told)]
    return counts[1] > 1 if labelled else counts[1] > (counts[0] if paired else 2 * counts[0])


def _paired(row: Indicator) -> re.Match[str] | None:
    return _PAIRED.match(row.name) or _SENTENCED.fullmatch(row.name)


def _whole(row: Indicator) -> re.Match[str] | None:
    """指标2:扶持自主创业残疾人30人 with no value: the name holds it."""
    return None if row.valued else _NUMBERED.match(row.name)


def _document(
    source: Source,
    tables: Sequence[TargetTable],
    unread: Sequence[Unread],
    explain: Sequence[str],
    outside: Sequence[Line],
) -> Document:
    return Document(
        source.path,
        source.reader,
        tuple(table._replace(profile=profile_of(table)) for table in tables),
        source.encoding,
        tuple(unread),
        budget=read_budget(outside),
        narrative=read_narrative(outside),
        explain=tuple(explain),
        printed=MappingProxyType(printed(tables, source.rows)),
    )


def _outside(lines: Sequence[Line], parts: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """The lines that belong to no form; text behind the last grid row of the last form belongs to none, either."""
    inside = {id(line) for part in parts[:-1] for line in part}
    for part in parts[-1:]:
        grids = [i for i, line in enumerate(part) if line.grid is not None and line.filled]
        inside |= {id(line) for line in part[: grids[-1] + 1 if grids else len(part)]}
    return (line for line in lines if id(line) not in inside)


def _file_year(lines: Sequence[Line]) -> int | None:
    texts = [c.text for line in lines[:_NOTES] for c in line.filled[:2] if len(c.text) < 60]
    texts = [text for text in texts if not _DEADLINE.fullmatch(text.strip())]
    return next((int(found.group(1)) for text in texts if (found := labels.year_in(_YEAR, text))), None)


def _read(lines: Sequence[Line], open_end: bool) -> Iterator[tuple[TargetTable | None, list[Unread]]]:
    """The forms of these lines with what could not be read of each; None for one that cannot be told apart."""
    parts = take_apart(lines)
    if not parts.blocks:
        return
    cost_first = cost_is_first(parts)
    if any(block.header.project for block in parts.blocks):
        yield from _by_project(parts, open_end, cost_first)
        return
    head = _head(parts, lines)
    indicators, unread = _indicators(parts, head, cost_first)
    indicators, told = relabelled(with_parents(indicators))
    count = len(indicators)
    indicators, unread = within(indicators, unread)
    beyond = [BEYOND] if len(indicators) < count else []
    left = left_at_end(parts, unread) if open_end and indicators else []
    unread = [one for one in unread if one not in left]
    cut = bool(left) or (open_end and bool(indicators) and is_cut(parts, indicators))
    if cut:
        indicators = mended(indicators, _first_level_alone(parts))
    project = head.fields.get("project", "")
    levelled = any(i.level2 for i in indicators) or any(not b.header.bare for b in parts.blocks)
    if _is_told(parts, indicators):
        return
    if not indicators and not unread and project and any(not b.header.bare for b in parts.blocks):
        stump = open_end and _ends_in_heads(lines, parts)
        yield (_stump(parts, head), []) if stump else (None, [unread_form(parts, project, HEAD_ALONE)])
    if not indicators or not levelled or (not project and not _is_form(parts, indicators)):
        return
    begun = is_begun(parts)
    if is_mixed(parts, indicators, unread):
        from kpi.readers.disorder import sorted_out, sure_head  # noqa: PLC0415 - few forms are in such disorder

        sure = sorted_out(lines)
        if sure is None:
            yield None, [unread_form(parts, project, MIXED)]
            return
        head, indicators, unread = sure_head(named_only(head), lines), sure.rows, sure.unread
        told, cut = sure.reason, sure.cut
        begun = begun or cut  # rows may be missing anywhere
    if has_several_values(indicators, unread):
        yield None, [unread_form(parts, project, SEVERAL_VALUES)]
        return
    if is_valueless(parts, indicators):
        stump = open_end and _ends_in_heads(lines, parts)
        yield (_stump(parts, head), []) if stump else (None, [unread_form(parts, project, VALUELESS)])
        return
    if parts.glued:
        unfounded(head)
        indicators, lost = without_values(indicators)
        unread += lost
    made = table(parts, head, indicators)
    unread += _doubtful(parts)
    reasons = (*explained(parts, indicators), *([told] if told else []), *beyond, *([CUT] if cut else []))
    points = level_points(line for block in parts.blocks for line in block.lines)
    shares = MappingProxyType(points | points_of_targets(lines))
    made = made._replace(shares=shares, begun=begun, cut=cut, torn=cut and is_torn(parts), explain=reasons)
    yield made, [u._replace(project=made.project) for u in unread if not (cut and _breaks_off(parts, u))]


def _head(parts: Parts, lines: Sequence[Line]) -> Head:
    head = read_head(parts.head, parts.foot)
    if any(line.packed for line in parts.head) and "" in head.sections.values():
        from kpi.readers.surehead import in_turn  # noqa: PLC0415 - few heads are of this kind

        in_turn(head, lines)
    return head


def _by_project(parts: Parts, open_end: bool, cost_first: bool) -> Iterator[tuple[TargetTable, list[Unread]]]:
    """The forms of a table that holds one project after the other."""
    from kpi.readers.projects import projects  # noqa: PLC0415 - few forms are of this kind

    found = list(projects(parts, cost_first))
    for made, unread in found:
        cut = open_end and made is found[-1][0] and is_cut(parts, made.indicators)
        reasons = (*explained(parts, made.indicators), *([CUT] if cut else []))
        rows = tuple(with_parents(made.indicators))
        yield made._replace(cut=cut, torn=cut and is_torn(parts), explain=reasons, indicators=rows), unread


def _ends_in_heads(lines: Sequence[Line], parts: Parts) -> bool:
    """Whether a text without columns breaks off amid the heads of its indicators: a copy, and no form without rows.
    Levels amid its head are rows that have not been read."""
    last = next((line for line in reversed(lines) if line.filled), None)
    if last is None or not (last.packed or last.grid == GLUED):
        return False
    if any(_LEVELLED.search(c.text) for line in parts.head for c in line.filled):
        return False
    heads = [labels.head_of(c.text) is not None for c in last.filled]  # the last one may be torn
    return heads[-1] or sum(heads) > _PAIR


def _stump(parts: Parts, head: Head) -> TargetTable:
    """A form whose rows are all behind the end of the file. Its name is told; the rest of its head stands in a copy
    that broke off, where money runs together: 12 12 10 100% is no budget of 1212."""
    return table(parts, named_only(head), [])._replace(cut=True, explain=(CUT,))


def _breaks_off(parts: Parts, lost: Unread) -> bool:
    """Whether what is unread is the row in which the file ends, of which `cut` tells."""
    last = next((line for line in reversed(parts.blocks[-1].lines) if line.filled), None)
    return last is not None and last.filled[-1].column >= ADRIFT and last.filled[-1].location == lost.location


def _doubtful(parts: Parts) -> Iterator[Unread]:
    """Rows, perhaps, behind the rows of a form: their names read like labels of its foot."""
    for line in parts.doubtful[:_TAIL]:
        text = " ".join(c.text for c in line.filled)
        yield Unread(text[:_SHOWN], line.filled[0].location, BEHIND.format(name=line.filled[0].text[:_SHOWN]))


def _is_told(parts: Parts, indicators: Sequence[Indicator]) -> bool:
    """Sentences under headings without any heads of columns: no rows, but a text that tells its targets."""
    if any(not b.header.bare for b in parts.blocks) or not indicators:
        return False
    told = ((i.name, *(entry.text for _, entry in i.entries())) for i in indicators)
    sentences = sum(any(_SENTENCE.search(text) for text in texts) for texts in told)
    return 2 * sentences > len(indicators)


def _first_level_alone(parts: Parts) -> bool:
    """Whether the last row opens with a first level and no second level follows."""
    last = next((line for line in reversed(parts.blocks[-1].lines) if line.filled), None)
    levels = [labels.level_of(c.text) for c in last.filled[:2]] if last else []
    return len(levels) == 2 and bool(levels[0] and levels[0].rank == 1) and levels[1] is None


def _is_form(parts: Parts, indicators: Sequence[Indicator]) -> bool:
    """Without a project's name, rows are a form where heads stand above them or values in them."""
    valued = sum(i.valued for i in indicators)
    return valued > 1 or (len(indicators) > 1 and any(not b.header.bare for b in parts.blocks))


def _indicators(parts: Parts, head: Head, cost_first: bool) -> tuple[list[Indicator], list[Unread]]:
    read: list[tuple[Block, RowBlock]] = []
    for rows in parts.blocks:
        halves: tuple[Half, ...] = _sides(rows) if rows.header.right else (rows.hint or "annual",)
        if read and not _restarts(read[-1][1], rows, head):
            block = read[-1][0]
        else:
            halves = halves if len(parts.blocks) > 1 or len(halves) > 1 else ("annual",)
            block = Block(halves, cost_first)
            read.append((block, rows))
        _fill(block, rows, head)
    blocks = [block for block, _ in read]
    unread = [u for block in blocks for u in block.unread]
    if len(blocks) == 2 and all(len(b.halves) == 1 for b in blocks):
        return merge(of_half(blocks[0].indicators, "period"), of_half(blocks[1].indicators, "annual")), unread
    return [i for block in blocks for i in block.indicators], unread


def _sides(rows: RowBlock) -> tuple[Half, Half]:
    """What the left and the right half are: where their heads say so, the year may stand on the left."""
    left, right = (
        next((r.half for r in side if r.kind == "value"), None) for side in (rows.header.left, rows.header.right)
    )
    return ("annual", "period") if (left, right) == ("annual", "period") else ("period", "annual")


def _restarts(before: RowBlock, rows: RowBlock, head: Head) -> bool:
    """Whether a block is the other half rather than the same one after a page break."""
    if rows.hint and before.hint and rows.hint != before.hint:
        return True
    if head.counted and (len(head.goals) == 1 or (rows.hint and rows.hint == before.hint)):
        return False  # rows of one goal after those of another
    if rows.hint and rows.hint != before.hint:
        return True
    first, second = (_first_level(b) for b in (before, rows))
    return first == second and (head.two_goals or len(head.funding) == 2 or rows.hint is not None)


def _first_level(rows: RowBlock) -> str:
    found = (labels.level_of(c.text) for line in rows.lines for c in line.filled[:3])
    return next((v.two for v in found if v and v.rank != 1 and v.sure), "")


def _drop_heading(indicators: list[Indicator]) -> None:
    """(一)数量指标 above its rows, in a table without columns for levels: what it heads follows."""
    if len(indicators) < _PAIR:
        return
    heading, row = indicators[-_PAIR:]
    blank = not heading.name and not heading.valued
    if blank and row.name and (heading.level1, heading.level2) == (row.level1, row.level2):
        del indicators[-_PAIR]


def _fill(block: Block, rows: RowBlock, head: Head) -> None:
    split = rows.header.split
    grid: int | None = None if block.indicators else -1  # a block that goes on stands on a new page
    lines = list(fold(rows.lines, rows.header))
    header = with_signs(lone_values(rows.header, lines), lines)
    for line in lines:
        body = read_row(line, header, split)
        if body is None:
            continue
        broken = grid not in (line.grid, -1) and bool(block.indicators)
        grid = line.grid
        if broken and (whole := continued(block.indicators[-1], body)):
            block.indicators[-1] = whole
            continue
        if is_stray(block, body, rows.header, head):
            overflow(block, body)
            continue
        split = body.right_place.column if body.right_place else split
        block.add(body)
        if rows.header.one < 0 and rows.header.anchor == rows.header.left[0].column:
            _drop_heading(block.indicators)

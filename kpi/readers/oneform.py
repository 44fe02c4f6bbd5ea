"""The lines of one form, or of a table of projects: the forms they are, and what could not be read of each."""

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from kpi.lazyre import later
from kpi.model import Indicator, TargetTable, Unread
from kpi.readers import labels
from kpi.readers.beyond import BEYOND, within
from kpi.readers.blockrows import block_rows
from kpi.readers.blocks import Parts, take_apart
from kpi.readers.cutting import is_begun, is_cut, is_torn, left_at_end, mended, without_stumps
from kpi.readers.doubled import said_once
from kpi.readers.doubtful import (
    HEAD_ALONE,
    MIXED,
    SEVERAL_VALUES,
    VALUELESS,
    has_several_values,
    is_mixed,
    is_valueless,
    unfilled,
    unread_form,
    without_values,
)
from kpi.readers.explain import explained
from kpi.readers.fields import Head, named_only
from kpi.readers.grid import ADRIFT, GLUED
from kpi.readers.head import read_head
from kpi.readers.levelpoints import printed_points
from kpi.readers.lines import Line
from kpi.readers.lost import relabelled
from kpi.readers.parents import with_parents
from kpi.readers.priced import unfounded
from kpi.readers.profile import cost_is_first
from kpi.readers.table import table

_SENTENCE = later(  # the second: 指标2:清扫面积:312万平方米, 数量指标:指标1:清扫面积 312万平方米
    r"[:：].*[;；。]|^指标\d{1,2}\s*[:：][^:：]{2,}[:：]\s*\S|^.{2,10}指标[:：]指标\d{1,2}\s*[:：]"
    r"|^指标\d{1,2}\s*[:：][^,，:：]{2,40}[,，]\s*\S"
)
_LEVELLED = later("(?:产出|数量|质量|时效|成本|效益|成效)指标")
_PAIR = 2  # heads that are no chance
_TAIL = 50  # doubtful lines that are told
_SHOWN = 40  # characters of a row that is quoted
CUT = "文件在指标行中间断开，后面缺的内容可能在下一页"
BEHIND = "这一行接在指标行后面，“{name}”是表头、表尾的栏目名，分不清是不是指标，没有读入；是指标的，请把名称写具体。"


def read_form(lines: Sequence[Line], open_end: bool) -> Iterator[tuple[TargetTable | None, list[Unread]]]:
    """The forms of these lines with what could not be read of each; None for one that cannot be told apart."""
    parts = take_apart(lines)
    if not parts.blocks:
        return
    cost_first = cost_is_first(parts)
    if any(block.header.project for block in parts.blocks):
        yield from _by_project(parts, open_end, cost_first)
        return
    head = _head(parts, lines)
    indicators, unread = block_rows(parts, head, cost_first)
    indicators, told = relabelled(with_parents(said_once(indicators)))
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
    begun, patchy, mixed = is_begun(parts), False, False
    if is_mixed(parts, indicators, unread):
        from kpi.readers.disorder import sorted_out, sure_head  # noqa: PLC0415 - few forms are in such disorder

        sure = sorted_out(lines)
        if sure is None:
            yield None, [unfilled(parts, project) or unread_form(parts, project, MIXED)]
            return
        head, indicators, unread = sure_head(named_only(head), lines), sure.rows, sure.unread
        told, cut = sure.reason, sure.cut
        begun, patchy, mixed = begun or cut, cut, True
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
    made = table(parts, head, without_stumps(parts, indicators) if cut else indicators)
    unread += _doubtful(parts)
    reasons = (*explained(parts, indicators), *([told] if told else []), *beyond, *([CUT] if cut else []))
    shares = MappingProxyType(printed_points([line for block in parts.blocks for line in block.lines], lines, mixed))
    whole = len(made.indicators) == len(indicators)  # where rows were dropped, the last one left is no torn one
    torn = cut and whole and is_torn(parts)
    made = made._replace(shares=shares, begun=begun, patchy=patchy, cut=cut, torn=torn, explain=reasons)
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

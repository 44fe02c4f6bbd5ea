"""From rows of cells to target forms: the one place that recognises a form, whatever file it came from."""

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from kpi.lazyre import later
from kpi.model import Document, Indicator, TargetTable, Unread
from kpi.readers import labels
from kpi.readers.budget import read_budget
from kpi.readers.bycolumn import by_rows
from kpi.readers.codedlines import with_coded
from kpi.readers.doubtful import MIXED, headed
from kpi.readers.grid import Source
from kpi.readers.gridless import without_grid
from kpi.readers.headings import named
from kpi.readers.lines import Line, prepare
from kpi.readers.moneyrun import with_runs
from kpi.readers.narrative import read_narrative
from kpi.readers.oneform import read_form
from kpi.readers.paired import by_levels
from kpi.readers.priced import priced
from kpi.readers.profile import profile_of
from kpi.readers.readings import printed
from kpi.readers.slices import forms
from kpi.readers.toldcells import read_told_cells
from kpi.readers.toldmoney import with_told
from kpi.readers.toldnames import with_told_names
from kpi.readers.trees import by_project
from kpi.readers.turned import upright
from kpi.readers.wide import read_wide
from kpi.values.normal import MARKS

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
#: a row's value, and no year of the form
_DEADLINE = re.compile(rf"[{MARKS}]?\s*20\d\d\s*年\s*\d{{1,2}}\s*月.{{0,6}}[前底内止]")
_POINTS = later("[)）、.．]\\s*(?:立项依据|项目概述|起止时间)")  # some of what is told in points above a form
_PAIRED = later(rf"[^:：]{{2,40}}[:：]\s*[{MARKS}]{{0,2}}\s*\d")
_SENTENCED = later(r"(?:\d{1,2}[.、．)）]\s*)?\D[^:：]{0,60}\d[^:：]{0,40}[;；。]")  # 2.整治村内巷道≧2.3公里；
#: (1)数量指标:
_LABEL = later(r"[(（]\d[)）]\s*(?:数量|质量|时效|成本|经济效益|社会效益|可持续影响|满意度)(?:指标)?[:：。]?$")
_NUMBERED = later(rf"{labels.SLOT.pattern}\D*\d")
_PAIR = 2  # levels of a line that make it a list
_TAIL = 50  # lines at the end of a form in which the last line of the file is looked for, and in front of one
_NOTES = 40  # lines at the top of a file that may name its year
_SEVERAL_LEVELS = later("(?:数量|质量|时效|成本|效益|影响|满意度)指标[:：]")
FOUND = "按表格认出{count}张绩效目标表"
CELLS = "指标没有分行，按每一级指标后面那一格里用分号隔开的“名称+数值”读"


def recognise(source: Source) -> Document:
    """All target forms of a source. A file without one gives a Document with tables == ()."""
    lines = by_project(named(prepare(source.rows)))
    year = _file_year(lines)
    told, unread = read_told_cells(lines, year)
    if told:
        return _document(source, told, unread, (CELLS,), ())
    if any(labels.squeeze(cell.text) == "标准值" for line in lines for cell in line.filled):
        from kpi.readers.standards import by_standards  # noqa: PLC0415 - few forms are of this kind

        if standards := by_standards(lines, year):
            return _document(source, standards, [], (FOUND.format(count=1),), ())
    tables, lines = read_wide(by_levels(upright(by_rows(lines))), year)
    parts = list(forms(lines))
    filled = next((line for line in reversed(lines) if line.filled), None)
    places = {id(line): at for at, line in enumerate(lines)}
    for part in parts:
        open_end = part is parts[-1] and any(line is filled for line in part[-_TAIL:])
        start = places.get(id(part[0]), 0) if part else 0
        above = lines[max(0, start - _TAIL) : start]
        for made, lost in read_form(part, open_end):
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
        from kpi.readers.flatrows import flat_rows  # noqa: PLC0415 - few texts are of this kind

        tables = flat_rows(lines, year)
        unread += [] if tables else headed(lines)
    tables = with_runs(with_told(tables, lines), source.rows)
    tables, unread = with_coded(tables, source.rows, unread)
    return _document(source, priced(tables, lines), unread, explain, outside)


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
        tuple(with_told_names(table._replace(profile=profile_of(table))) for table in tables),
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

"""`kpi lint` for people: an index of the forms, a block a form, what was not checked, and the closing sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from kpi.model import Document, TargetTable
from kpi.reports.form_head import facts, funding
from kpi.reports.lines import Line, Span, Style, line, styled
from kpi.reports.lint_closing import closing
from kpi.reports.lint_finding import Citations, finding_lines, group_by_row, list_lines, row_line, set_apart
from kpi.reports.outcome import Outcome
from kpi.reports.terms import SEVERITIES, spot
from kpi.reports.width import left, one_line, right, shorten_middle, width
from kpi.rules.finding import SEVERITIES as ORDER
from kpi.rules.finding import Finding

_NAME_COLUMNS = 48
_COUNT_COLUMNS = 6
_UNNAMED = "（未填项目名称）"


class Block(NamedTuple):
    """One form (None: what belongs to no form of the file) and its findings. `mark` tells forms of one name apart."""

    path: str
    project: str
    table: TargetTable | None
    findings: tuple[Finding, ...]
    mark: str = ""

    @property
    def counts(self) -> Counter[str]:
        return Counter(finding.severity for finding in self.findings)

    @property
    def title(self) -> str:
        return (one_line(self.project) or (_UNNAMED if self.table else "整份文件")) + self.mark


def render(outcome: Outcome, *, explain: bool = False, quiet: bool = False) -> Iterator[Line]:
    """The whole report; with `quiet` only its closing lines."""
    blocks = blocks_of(outcome)
    if not quiet:
        if len(blocks) > 1:
            yield from _index(blocks)
        yield from _blocks(blocks, outcome, explain)
    yield from closing(outcome, explain=explain, quiet=quiet)


def blocks_of(outcome: Outcome) -> tuple[Block, ...]:
    """Forms in document order, each with its findings; those that belong to no form come after their file's forms."""
    found: dict[str, list[Finding]] = {}
    for finding in outcome.result.findings:
        found.setdefault(finding.document, []).append(finding)
    blocks = (_document(document, found.get(document.path, [])) for document in outcome.reading.documents)
    beside = {notice.document: found[notice.document] for notice in outcome.result.notices}
    own = (Block(path, "", None, tuple(notices)) for path, notices in beside.items())
    return (*chain.from_iterable(blocks), *own)


def _document(document: Document, findings: Iterable[Finding]) -> Iterator[Block]:
    tables = document.tables
    names = Counter(table.project for table in tables)
    own: dict[int | None, list[Finding]] = {}
    rest: dict[str, list[Finding]] = {}
    for finding in findings:
        form = _form(finding, tables, names)
        (rest.setdefault(finding.project, []) if form is None else own.setdefault(form, [])).append(finding)
    for index, table in enumerate(tables):
        mark = f"（{spot(table.location) or f'第 {index + 1} 张表'}）" if names[table.project] > 1 else ""
        yield Block(document.path, table.project, table, tuple(own.get(index, ())), mark)
    for project, some in rest.items():
        yield Block(document.path, project, None, tuple(some))


def _form(finding: Finding, tables: Sequence[TargetTable], names: Mapping[str, int]) -> int | None:
    """The form that a finding is about; by its project's name where it says no more and only one form has the name."""
    if finding.form is not None or not finding.project or names[finding.project] != 1:
        return finding.form
    return next(index for index, table in enumerate(tables) if table.project == finding.project)


def _index(blocks: Sequence[Block]) -> Iterator[Line]:
    titles = [shorten_middle(block.title, _NAME_COLUMNS) for block in blocks]
    columns = max(*map(width, titles), width("项目"))
    digits = max(width("序号"), len(str(len(blocks))))
    heads = "".join(right(SEVERITIES[severity], _COUNT_COLUMNS) for severity in ORDER)
    yield line(styled("head", f"{right('序号', digits)}  {left('项目', columns)}{heads}"))
    several = len({block.path for block in blocks}) > 1
    path = None
    for number, (block, title) in enumerate(zip(blocks, titles, strict=True), 1):
        if several and block.path != path:
            path = block.path
            yield line(styled("dim", f"文件：{one_line(path)}"))
        yield line(f"{right(str(number), digits)}  {left(title, columns)}", *_cells(block.counts))
    yield line()


def _cells(counts: Mapping[str, int]) -> Iterator[Span]:
    for severity in ORDER:
        count = counts.get(severity, 0)
        style: Style = severity if count else "dim"
        yield styled(style, right(str(count) if count else "-", _COUNT_COLUMNS))


def _blocks(blocks: Sequence[Block], outcome: Outcome, explain: bool) -> Iterator[Line]:
    clean = []
    several = len({block.path for block in blocks}) > 1
    path = None
    for number, block in enumerate(blocks, 1):
        if not block.findings and len(blocks) > 1:
            clean.append(f"{number}. {block.title}")
            continue
        if several and block.path != path:
            path = block.path
            yield line(styled("head", f"文件：{one_line(path)}"))
        yield from _head(block, number if len(blocks) > 1 else None)
        yield from _rows(block, outcome, explain)
    if clean:
        yield line(styled("good", "没有发现问题的表："), "；".join(clean))
        yield line()


def _head(block: Block, number: int | None) -> Iterator[Line]:
    prefix = f"{number}. " if number else ""
    counts = [f"{SEVERITIES[severity]} {block.counts[severity]}" for severity in ORDER if block.counts[severity]]
    tally = "，".join(counts) or "没有发现问题"
    yield line(styled("head", f"━━ {prefix}{block.title} ━━"), f" {tally}")
    if block.table:
        yield line(styled("dim", "   " + "　".join(facts(block.table))))
        yield line(styled("dim", f"   资金：{funding(block.table)}"))


def _rows(block: Block, outcome: Outcome, explain: bool) -> Iterator[Line]:
    cite = Citations()
    rest, lists = set_apart(block.findings)
    for row in group_by_row(rest):
        yield line()
        yield row_line(row)
        for finding in row.findings:
            yield from finding_lines(finding, row, cite, outcome.rule(finding.rule) if explain else None)
    for some in lists:
        yield line()
        yield from list_lines(some, cite, outcome.rule(some[0].rule) if explain else None)
    yield line()

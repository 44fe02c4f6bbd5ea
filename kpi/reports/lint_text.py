"""`kpi lint` for people: an index of the forms, a block a form, what was not checked, and the closing sentence."""

from collections.abc import Iterator, Mapping, Sequence

from kpi.reports.about import clean
from kpi.reports.blocks import Block, blocks_of
from kpi.reports.form_head import facts, funding
from kpi.reports.lines import Line, Span, Style, line, styled
from kpi.reports.lint_closing import closing
from kpi.reports.lint_finding import Citations, finding_lines, group_by_row, list_lines, row_line, set_apart
from kpi.reports.outcome import Outcome
from kpi.reports.terms import SEVERITIES, file_name
from kpi.reports.width import left, right, shorten_middle, width
from kpi.rules.finding import SEVERITIES as ORDER

_NAME_COLUMNS = 48
_TITLE_COLUMNS = 120
_COUNT_COLUMNS = 6


def render(outcome: Outcome, *, explain: bool = False, quiet: bool = False) -> Iterator[Line]:
    """The whole report; with `quiet` only its closing lines."""
    blocks = blocks_of(outcome)
    if not quiet:
        if len(blocks) > 1:
            yield from _index(blocks)
        yield from _blocks(blocks, outcome, explain)
    yield from closing(outcome, explain=explain, quiet=quiet)


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
            yield line(styled("dim", f"文件：{file_name(path)}"))
        yield line(f"{right(str(number), digits)}  {left(title, columns)}", *_cells(block.counts))
    yield line()


def _cells(counts: Mapping[str, int]) -> Iterator[Span]:
    for severity in ORDER:
        count = counts.get(severity, 0)
        style: Style = severity if count else "dim"
        yield styled(style, right(str(count) if count else "-", _COUNT_COLUMNS))


def _blocks(blocks: Sequence[Block], outcome: Outcome, explain: bool) -> Iterator[Line]:
    fine = []
    several = len({block.path for block in blocks}) > 1
    path = None
    for number, block in enumerate(blocks, 1):
        if not block.findings and len(blocks) > 1:
            fine.append(f"{number}. {shorten_middle(block.title, _TITLE_COLUMNS)}")
            continue
        if several and block.path != path:
            path = block.path
            yield line(styled("head", f"文件：{file_name(path)}"))
        yield from _head(block, number if len(blocks) > 1 else None, outcome)
        yield from _rows(block, outcome, explain)
    if fine:
        yield line(styled("good", f"{clean(outcome.result)}的表："), "；".join(fine))
        yield line()


def _head(block: Block, number: int | None, outcome: Outcome) -> Iterator[Line]:
    prefix = f"{number}. " if number else ""
    counts = [f"{SEVERITIES[severity]} {block.counts[severity]}" for severity in ORDER if block.counts[severity]]
    tally = "，".join(counts) or clean(outcome.result)
    yield line(styled("head", f"━━ {prefix}{shorten_middle(block.title, _TITLE_COLUMNS)} ━━"), f" {tally}")
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

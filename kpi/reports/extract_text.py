"""`kpi extract` for people: what was read, form by form."""

from collections.abc import Iterable, Iterator

from kpi.model import Document, Indicator, TargetTable, Unread
from kpi.reports.form_head import facts, funding
from kpi.reports.lines import Line, line, styled
from kpi.reports.outcome import Reading
from kpi.reports.ownfiles import own_files
from kpi.reports.terms import HALVES, file_name, spot, spots
from kpi.reports.width import one_line, shorten

_TEXT_COLUMNS = 60


def render(reading: Reading, *, explain: bool = False) -> Iterator[Line]:
    """Each file with its forms, then what could not be read; with `explain` also why it was read so."""
    for document in reading.documents:
        yield from _document(document, explain)
    yield from closing(reading, explain=explain)


def closing(reading: Reading, *, explain: bool = False) -> Iterator[Line]:
    """What could not be read, and how much was."""
    for label, text in own_files(reading.failures):
        yield line(styled("dim", f"{label}：{text}"))
    for failure in (one for one in reading.failures if not one.own):
        yield line(styled("error", "没能读取："), f"{file_name(failure.path)}：{failure.message}")
        yield from _why(failure.explain if explain else ())
    tables = [table for document in reading.documents for table in document.tables]
    rows = sum(indicator.filled for table in tables for indicator in table.indicators)  # as kpi lint counts them
    yield line(styled("head", "合计："), f"{len(reading.documents)} 个文件、{len(tables)} 张表、{rows} 项指标")


def _document(document: Document, explain: bool) -> Iterator[Line]:
    yield line(styled("head", f"文件：{file_name(document.path)}"), f"（{len(document.tables)} 张表）")
    yield from _why(document.explain if explain else ())
    for number, table in enumerate(document.tables, 1):
        yield line()
        yield from _table(table, number)
        yield from _why(table.explain if explain else ())
    if document.unread:
        yield line()
        yield from _unread(document.unread)
    yield line()


def _why(reasons: Iterable[str]) -> Iterator[Line]:
    for number, reason in enumerate(reasons):
        head = "   为什么这样读：" if number == 0 else "                 "
        yield line(styled("dim", f"{head}{one_line(reason)}"))


def _table(table: TargetTable, number: int) -> Iterator[Line]:
    place = spot(table.location)
    name = one_line(table.project) or "（未填项目名称）"
    yield line(styled("head", f"{number}. {name}"), f"（{place}）" if place else "")
    yield line(styled("dim", "   " + "　".join(facts(table))))
    yield line(styled("dim", f"   资金：{funding(table)}"))
    for half, goal in (("period", table.period_goal), ("annual", table.annual_goal)):
        if goal:
            yield line(f"   {HALVES[half]}目标：{shorten(goal, _TEXT_COLUMNS)}")
    for label, text in table.sections.items():
        yield line(f"   {one_line(label)}：{shorten(text, _TEXT_COLUMNS) or '（空）'}")
    level = None
    for indicator in table.indicators:
        if indicator.level2 != level:
            level = indicator.level2
            yield line(styled("strong", f"   {one_line(level)}"))
        yield _indicator(indicator)


def _indicator(indicator: Indicator) -> Line:
    told = [(half, one_line(entry.text)) for half, entry in indicator.entries()]
    texts = {text for _, text in told}
    if len(texts) == 1:
        halves = "、".join(HALVES[half] for half, _ in told)
        shown = f"“{text}”（{halves}）" if (text := texts.pop()) else f"（空）（{halves}）"
    else:
        shown = "；".join(f"{HALVES[half]}“{text}”" if text else f"{HALVES[half]}（空）" for half, text in told)
    where = spots(entry.location for _, entry in indicator.entries())
    return line(f"     {one_line(indicator.name) or '（无名称）'}：{shown or '（空）'}", styled("dim", f"  {where}"))


def _unread(parts: Iterable[Unread]) -> Iterator[Line]:
    yield line(styled("warning", "没有读懂的内容："))
    for part in parts:
        yield line(f"   {spot(part.location)}“{shorten(part.text, _TEXT_COLUMNS)}”：{part.reason}")

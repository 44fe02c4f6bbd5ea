"""`kpi fix` for people: each file with its changes, old above new, then what is left to do by hand."""

from collections.abc import Iterator, Sequence
from itertools import islice

from kpi.fixes.edits import Change, Fixed, Manual, Where
from kpi.model import HALVES
from kpi.reports import terms
from kpi.reports.fix_places import alike, alike_manual, made, places
from kpi.reports.lines import Line, line, styled
from kpi.reports.outcome import Reading
from kpi.reports.ownfiles import few, own_files
from kpi.reports.terms import file_name
from kpi.reports.unread import unread_parts
from kpi.reports.width import one_line, shorten

_COLUMNS = 90
_NOT_MENDED, _ALL_OF_THEM = "没有检查，也没有改", "用 kpi extract 看全部"


def render(
    fixed: Sequence[Fixed], reading: Reading, copies: Sequence[str] = (), *, diff: bool = False, quiet: bool = False
) -> Iterator[Line]:
    """`copies`: corrected copies that were left out; `diff`: nothing was written; `quiet`: without the changes."""
    for one in fixed:
        if one.error or (not quiet and (one.plan.changes or one.plan.manual)):
            yield from _head(one, diff) if quiet else _file(one, diff)
            yield line()
    for label, text in own_files(reading.failures):
        yield line(styled("dim", f"{label}：{text}"))
    if copies:
        yield line(styled("dim", f"跳过以前改好的副本：{few(copies)}，要改其中的，请直接写它的文件名"))
    for failure in (one for one in reading.failures if not one.own):
        yield line(styled("error", "没能读取："), f"{file_name(failure.path)}：{failure.message}")
    yield from islice(unread_parts(reading.documents, _NOT_MENDED, _ALL_OF_THEM), 1 if quiet else None)
    yield from _closing(fixed, diff)


def _head(one: Fixed, diff: bool) -> Iterator[Line]:
    yield line(styled("head", f"文件：{file_name(one.plan.path)}"), f"（{_fate(one, diff)}）")
    if one.error:
        yield line(styled("error", "  没有改："), one.error)


def _file(one: Fixed, diff: bool) -> Iterator[Line]:
    yield from _head(one, diff)
    plan, project = one.plan, None
    for some in alike(plan.changes):
        first = some[0]
        if first.where.project != project:
            project = first.where.project
            yield line(styled("strong", f"  {one_line(project) or '（未填项目名称）'}"))
        yield from _change(some)
    if plan.manual:
        yield line(styled("warning", "  要手工改："))
        yield from (_manual(some) for some in alike_manual(plan.manual))


def _fate(one: Fixed, diff: bool) -> str:
    count, by_hand, _ = places([one])
    if one.error:
        return f"有 {left} 处该改" if (left := count + by_hand) else "不能改"
    if not count:
        return "没有能自动改的"
    if diff:
        return f"可改 {count} 处"
    return f"改了 {count} 处，已写入 {one_line(one.written or '')}"


def _change(some: Sequence[Change]) -> Iterator[Line]:
    first = some[0]
    told = "；".join(f"{rule} {title}" for rule, title in zip(first.rules, first.titles, strict=True))
    caution = "" if first.safe else "（含义有变，请核对）"
    yield line(f"    {_where([one.where for one in some])}", styled("dim", f"　{told}{caution}"))
    yield line(styled("error", f"      - {shorten(first.old, _COLUMNS)}"))
    yield line(styled("good", f"      + {shorten(first.new, _COLUMNS)}"))


def _manual(some: Sequence[Manual]) -> Line:
    first = some[0]
    reason = f"：{first.reason}" if first.reason else ""
    old, new = (shorten(text, _COLUMNS) for text in (first.old, first.new))
    return line(f"    {_where([one.where for one in some])}　“{old}” → “{new}”（{first.rule} {first.title}）{reason}")


def _where(found: Sequence[Where]) -> str:
    """Level, name, halves and places of one change."""
    first = found[0]
    halves = {one.half for one in found if one.half}
    half = terms.HALVES["both" if len(halves) == len(HALVES) else halves.pop()] if halves else ""
    inner = "，".join(filter(None, (half, terms.spots(one.location for one in found))))
    named = " · ".join(one_line(part) for part in (first.level2, first.name) if part)
    return named + (f"（{inner}）" if inner else "")


def _closing(fixed: Sequence[Fixed], diff: bool) -> Iterator[Line]:
    """Both halves of a row count as one, as they are shown."""
    done = made(fixed)
    count = places(done).changes
    _, manual, unsafe = places(fixed)
    parts = [f"{len(done)} 个文件{'可以改' if diff else '改了'} {count} 处"] if count else []
    lost = [one for one in fixed if one.error and one.plan.changes]
    if lost:
        parts.append(f"{len(lost)} 个文件有 {places(lost).changes} 处能改而没有写成，原因见上")
    parts = parts or ["没有能自动改的"]
    parts += [f"另有 {manual} 处要手工改"] if manual else []
    told = "；没有写文件" if diff and count else ""
    yield line(styled("head", "合计："), f"{'，'.join(parts)}{told}。")
    alike_written = [one.written for one in fixed if one.written and not one.plan.changes]
    if alike_written:
        yield line(f"      没有改动的 {few(alike_written)}照原样写入。")
    if unsafe:
        yield line(f"      还有 {unsafe} 处能填入算出来的值，会改变含义，加 --unsafe 才改。")
    if count and not diff:
        yield line("      请打开改好的文件核对，再运行 kpi lint 看其余的问题。")

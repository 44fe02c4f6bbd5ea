"""`kpi compare` for people: what changed in each project, projects that came and went, a closing sentence."""

from collections.abc import Iterator, Sequence

from kpi.progress.compare import Change, Comparison, Side
from kpi.reports import compare_words as w
from kpi.reports.compare_outcome import CompareOutcome
from kpi.reports.lightlooks import STYLES
from kpi.reports.lines import Line, line, styled
from kpi.reports.width import left, one_line

_KIND = 9
_MOST = 10  # texts that could not be read


def render(outcome: CompareOutcome, *, quiet: bool = False) -> Iterator[Line]:
    if not quiet and not outcome.unread:
        for one in w.changed(outcome):
            yield from _project(one)
        for title, sides in w.lone(outcome):
            yield from _lone(title, sides)
    yield from _closing(outcome, quiet=quiet)


def _project(one: Comparison) -> Iterator[Line]:
    renamed = f"（原名：{one_line(w.was_called(one))}）" if w.was_called(one) else ""
    yield line(styled("head", f"━━ {one_line(one.new.table.project) or w.UNNAMED} ━━"), renamed)
    if money := w.money_change(one):
        yield line(f"   资金：{money}")
    for change in one.changes:
        yield from _change(change)
    yield line()


def _change(one: Change) -> Iterator[Line]:
    half = f"（{w.half(one)}）" if w.half(one) else ""
    name = f"{one_line(one.indicator.level2)} · {one_line(one.indicator.name) or '（无名称）'}{half}"
    yield line("   ", styled(STYLES[w.COLOURS[one.kind]], left(w.WORDS[one.kind], _KIND)), name)
    yield line(f"   {' ' * _KIND}{one_line(one.message)}", styled("dim", f"  {'，'.join(w.places(one))}"))


def _lone(title: str, sides: Sequence[Side]) -> Iterator[Line]:
    yield line(styled("warning", f"{title}（{len(sides)}）："))
    for side in sides:
        filled = sum(one.filled for one in side.table.indicators)
        yield line(f"   {one_line(side.table.project) or w.UNNAMED}（{filled} 项指标）")
    yield line()


def _closing(outcome: CompareOutcome, *, quiet: bool) -> Iterator[Line]:
    for one in w.left_out(outcome):
        yield line(styled(one.style, f"{one.side}：{one.label}："), one.text)
    unread = [] if quiet else list(w.unread(outcome))
    for one in unread[:_MOST]:
        yield line(styled(one.style, f"{one.side}：{one.label}："), one.text)
    if len(unread) > _MOST:
        yield line(f"另有 {len(unread) - _MOST} 处没有读懂（存成文件可看全部，如加 -o 对比.html）")
    if not outcome.unread:
        yield line(styled("head", "合计："), w.total(outcome))
    yield line(styled("head", "结论："), w.conclusion(outcome))

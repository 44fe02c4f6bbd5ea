"""The footing on a screen: short, and with `explain` whole."""

from collections.abc import Iterator

from kpi.reports import footing
from kpi.reports.lines import Line, line, styled
from kpi.reports.outcome import Outcome

_MOST = 10


def footing_lines(outcome: Outcome, *, explain: bool, quiet: bool) -> Iterator[Line]:
    """What took no part and what was set aside; unless `quiet` by which rules, with `explain` which could not judge."""
    unread = list(footing.unread(outcome))
    if unread:
        yield line(styled("warning", f"没有参加检查的内容：{len(unread)} 处"))
    shown = unread if explain else unread[:_MOST]
    yield from (line(f"  {text}") for text in shown)
    if len(unread) > len(shown):
        yield line(f"  另有 {len(unread) - len(shown)} 处（加 --explain 看全部）")
    yield from (line(styled("dim", text)) for text in footing.aside(outcome))
    if not quiet and outcome.reading.documents:
        yield line(styled("dim", footing.made_by(outcome)))
    if explain:
        yield from (line(styled("dim", text)) for text in footing.unjudged(outcome))

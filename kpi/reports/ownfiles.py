"""Files of a folder that kpi wrote itself, as one line however many there are. Loads no rules: `extract` says it."""

from collections.abc import Iterable, Iterator

from kpi.reports.outcome import Failure
from kpi.reports.width import one_line

_MOST = 5


def own_files(failures: Iterable[Failure]) -> Iterator[tuple[str, str]]:
    """A label and a text, where there are such."""
    own = [failure.path for failure in failures if failure.own]
    if own:
        shown = "、".join(map(one_line, own[:_MOST])) + (" 等" if len(own) > _MOST else "")
        yield "跳过 kpi 自己生成的文件", f"{len(own)} 个（{shown}），要检查其中的，请直接写它的文件名"

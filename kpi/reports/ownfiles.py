"""Files of a folder that kpi wrote itself, as one line however many there are. Loads no rules: `extract` says it."""

from collections.abc import Iterable, Iterator, Sequence

from kpi.reports.outcome import Failure
from kpi.reports.width import one_line

_MOST = 5


def own_files(failures: Iterable[Failure]) -> Iterator[tuple[str, str]]:
    """A label and a text, where there are such."""
    own = [failure.path for failure in failures if failure.own]
    if own:
        yield "跳过 kpi 自己生成的文件", f"{few(own)}，要检查其中的，请直接写它的文件名"


def few(paths: Sequence[str]) -> str:
    """How many files, and the first of them."""
    shown = "、".join(map(one_line, paths[:_MOST])) + (" 等" if len(paths) > _MOST else "")
    return f"{len(paths)} 个（{shown}）"

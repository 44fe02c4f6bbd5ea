"""What the files of `kpi compare` say besides the words of its text: which projects changed, what took no part."""

from collections.abc import Iterator, Sequence

from kpi.progress.compare import Change, Comparison, Kind, Side
from kpi.progress.verdict import Light
from kpi.reports.compare_outcome import CompareOutcome
from kpi.reports.compare_text import UNNAMED, money_change
from kpi.reports.outcome import Reading
from kpi.reports.ownfiles import own_files
from kpi.reports.terms import HALVES, spot
from kpi.reports.width import one_line

TITLE = "绩效目标前后对比"
ASIDE = "没有参加对比的内容"
COLOURS: dict[Kind, Light] = {
    "loosened": "red", "dropped": "red", "incomparable": "yellow", "changed": "yellow", "tightened": "green",
    "added": "green", "renamed": "blue", "moved": "blue",
}  # fmt: skip


def changed(outcome: CompareOutcome) -> list[Comparison]:
    """The projects of both sides in which something changed."""
    return [
        one for one in outcome.compared.projects if one.changes or one.renamed_from is not None or money_change(one)
    ]


def lone(outcome: CompareOutcome) -> list[tuple[str, Sequence[Side]]]:
    """The projects that only one side has, under their headings."""
    both = (("取消的项目", outcome.compared.dropped), ("新增的项目", outcome.compared.added))
    return [(title, sides) for title, sides in both if sides]


def files(outcome: CompareOutcome) -> list[tuple[str, str]]:
    """原来的, 现在的: the file, or how many."""
    return [(word, _files([d.path for d in side.documents])) for word, side in _sides(outcome)]


def _sides(outcome: CompareOutcome) -> tuple[tuple[str, Reading], ...]:
    return (("原来的", outcome.old), ("现在的", outcome.new))


def _files(paths: Sequence[str]) -> str:
    if not paths:
        return "没有读到绩效目标表"
    more = f" 等 {len(paths)} 个文件" if len(paths) > 1 else ""
    return one_line(paths[0]) + more


def half(one: Change) -> str:
    return HALVES[one.half] if one.half in ("period", "annual") else ""


def places(one: Change) -> list[str]:
    told = [(word, spot(side.location)) for word, side in (("原", one.before), ("现", one.after)) if side is not None]
    return [f"{word} {place}" for word, place in told if place]


def was_called(one: Comparison) -> str:
    return "" if one.renamed_from is None else one.renamed_from or UNNAMED


def foot(outcome: CompareOutcome) -> Iterator[str]:
    """Files and texts that could not be read, a sentence each."""
    for word, side in _sides(outcome):
        yield from (f"{word}：{label}：{text}" for label, text in own_files(side.failures))
        yield from (f"{word}：{one_line(one.path)}：{one.message}" for one in side.failures if not one.own)
        for document in side.documents:
            for part in document.unread:
                where = " ".join(filter(None, (one_line(document.path), spot(part.location))))
                yield f"{word}：没有读懂：{where}：{part.reason}"

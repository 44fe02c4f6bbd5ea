"""What every report of `kpi compare` says: how a change is called, what changed, what took no part, what to look at."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kpi.progress.compare import Change, Comparison, Kind, Side
from kpi.progress.verdict import Light
from kpi.reports.compare_outcome import CompareOutcome
from kpi.reports.lines import Style
from kpi.reports.numbers import yuan
from kpi.reports.outcome import Reading
from kpi.reports.ownfiles import own_files
from kpi.reports.terms import HALVES, file_name, spot
from kpi.reports.width import one_line, shorten_middle
from kpi.values import parse

TITLE = "绩效目标前后对比"
ASIDE = "没有参加对比的内容"
COLOURS: dict[Kind, Light] = {
    "loosened": "red", "dropped": "red", "incomparable": "yellow", "changed": "yellow", "tightened": "green",
    "added": "green", "renamed": "blue", "moved": "blue",
}  # fmt: skip
WORDS: dict[Kind, str] = {
    "loosened": "放松", "tightened": "收紧", "dropped": "取消", "added": "新增", "renamed": "改名", "moved": "移动",
    "changed": "变动", "incomparable": "无法比较",
}  # fmt: skip
UNNAMED = "（未填项目名称）"
_NAME_COLUMNS = 60
_CHECKED = ("quantity", "date", "compound")  # kinds of target that say when they are met
_UNREAD = "没有检查成：有一份没能读取或没有绩效目标表，两份没法对比；请先按上面的说明处理文件，再对比一次。"


class Left(NamedTuple):
    """Something of one side that took no part in the comparison."""

    style: Style
    side: str
    label: str
    text: str


def changed(outcome: CompareOutcome) -> list[Comparison]:
    """The projects of both sides in which something changed."""
    return [
        one for one in outcome.compared.projects if one.changes or one.renamed_from is not None or money_change(one)
    ]


def money_change(one: Comparison) -> str:
    """The money where it changed."""
    old, new = one.funding
    if old == new:
        return ""
    first, second = ("未填" if amount is None else yuan(amount) for amount in (old, new))
    return f"{first} → {second}"


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
    return file_name(paths[0]) + more


def half(one: Change) -> str:
    return HALVES[one.half] if one.half in ("period", "annual") else ""


def places(one: Change) -> list[str]:
    told = [(word, spot(side.location)) for word, side in (("原", one.before), ("现", one.after)) if side is not None]
    return [f"{word} {place}" for word, place in told if place]


def was_called(one: Comparison) -> str:
    return "" if one.renamed_from is None else one.renamed_from or UNNAMED


def left_out(outcome: CompareOutcome) -> Iterator[Left]:
    """Files that gave nothing to compare."""
    for side, reading in _sides(outcome):
        yield from (Left("dim", side, label, text) for label, text in own_files(reading.failures))
        for one in reading.failures:
            if not one.own:
                label = "没能读取" if one.blocks else "没有目标表"
                yield Left("error" if one.blocks else "dim", side, label, f"{file_name(one.path)}：{one.message}")


def unread(outcome: CompareOutcome) -> Iterator[Left]:
    """Texts of the files that could not be read."""
    for side, reading in _sides(outcome):
        for document in reading.documents:
            for part in document.unread:
                where = " ".join(filter(None, (file_name(document.path), spot(part.location))))
                yield Left("warning", side, "没有读懂", f"{where}：{part.reason}")


def foot(outcome: CompareOutcome) -> Iterator[str]:
    """All of it, a sentence each."""
    yield from (f"{one.side}：{one.label}：{one.text}" for some in (left_out, unread) for one in some(outcome))


def counted(outcome: CompareOutcome) -> Counter[Kind]:
    return Counter(change.kind for one in outcome.compared.projects for change in one.changes)


def total(outcome: CompareOutcome) -> str:
    """How many projects and changes."""
    compared, counts = outcome.compared, counted(outcome)
    tally = "，".join(f"{WORDS[kind]} {counts[kind]} 处" for kind in WORDS if counts[kind])
    projects = f"{len(compared.projects)} 个项目两份都有"
    more = "".join(
        f"，{word} {len(sides)} 个" for word, sides in (("取消", compared.dropped), ("新增", compared.added)) if sides
    )
    return f"{projects}{more}；{tally or '指标没有变化'}"


def conclusion(outcome: CompareOutcome) -> str:
    """What to look at, in one sentence."""
    return _UNREAD if outcome.unread else _verdict(outcome, counted(outcome))


def _verdict(outcome: CompareOutcome, counts: Counter[Kind]) -> str:
    if outcome.could_not_check:
        return "有文件没能读取，对比不完整；请先按上面的说明处理文件。"
    softer, money = _softer(outcome, counts), _money(outcome)
    if softer:
        return f"{softer}{f'；{money}' if money else ''}，请核对理由。"
    money = f"{money}，请核对理由。" if money else ""
    if counts["incomparable"]:
        return f"能比的没有降低要求，有 {counts['incomparable']} 处无法比较；{money}请逐项核对。"
    if counts:
        return f"没有降低要求的地方；{money}其他改动请逐项核对。"
    return ("两份目标一致。" if outcome.compared.unchanged else "两份都有的项目目标一致。") + money


def _money(outcome: CompareOutcome) -> str:
    """Whose money changed, and how where it is one project's alone."""
    some = [(one, change) for one in outcome.compared.projects if (change := money_change(one))]
    if len(some) == 1:
        one, change = some[0]
        return f"“{shorten_middle(one_line(one.new.table.project) or UNNAMED, _NAME_COLUMNS)}”的资金变了（{change}）"
    return f"{len(some)} 个项目的资金变了" if some else ""


def _softer(outcome: CompareOutcome, counts: Counter[Kind]) -> str:
    """What asks for less than before. An indicator that went without a figure or a day to be held to asked for nothing
    that anybody could have checked: it is told apart."""
    dropped = [change for one in outcome.compared.projects for change in one.changes if change.kind == "dropped"]
    vague = sum(parse(change.old or "").kind not in _CHECKED for change in dropped)
    of_them = f"（其中 {vague} 项原来没有写可核对的数）" if 0 < vague < len(dropped) else ""
    of_them = "（原来没有写可核对的数）" if dropped and vague == len(dropped) else of_them
    gone = outcome.compared.dropped
    rows = sum(row.filled for side in gone for row in side.table.indicators)
    parts = (
        f"有 {counts['loosened']} 处降低了要求" if counts["loosened"] else "",
        f"取消了 {len(dropped)} 项指标{of_them}" if dropped else "",
        f"取消了 {len(gone)} 个项目（原有指标 {rows} 项）" if gone else "",
    )
    return "，".join(filter(None, parts))

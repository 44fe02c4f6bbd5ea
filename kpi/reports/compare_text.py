"""`kpi compare` for people: what changed in each project, projects that came and went, a closing sentence."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kpi.model import Indicator
from kpi.progress.compare import Change, Comparison, Kind, Side
from kpi.reports.compare_outcome import CompareOutcome
from kpi.reports.lines import Line, Style, line, styled
from kpi.reports.numbers import yuan
from kpi.reports.ownfiles import own_files
from kpi.reports.terms import HALVES, spot
from kpi.reports.width import left, one_line
from kpi.values import parse

WORDS: dict[Kind, str] = {
    "loosened": "放松", "tightened": "收紧", "dropped": "取消", "added": "新增", "renamed": "改名", "moved": "移动",
    "changed": "变动", "incomparable": "无法比较",
}  # fmt: skip
_STYLES: dict[Kind, Style] = {
    "loosened": "error", "dropped": "error", "incomparable": "warning", "changed": "warning", "tightened": "good",
    "added": "good", "renamed": "info", "moved": "info",
}  # fmt: skip
_KIND = 9
_CHECKED = ("quantity", "date", "compound")  # kinds of target that say when they are met
_UNREAD = "没有检查成：有一份没能读取或没有绩效目标表，两份没法对比；请先按上面的说明处理文件，再对比一次。"
UNNAMED = "（未填项目名称）"


def render(outcome: CompareOutcome, *, quiet: bool = False) -> Iterator[Line]:
    if not quiet and not outcome.unread:
        for one in outcome.compared.projects:
            if one.changes or one.renamed_from is not None or money_change(one):
                yield from _project(one)
        yield from _lone("取消的项目", outcome.compared.dropped)
        yield from _lone("新增的项目", outcome.compared.added)
    yield from _closing(outcome)


def _project(one: Comparison) -> Iterator[Line]:
    renamed = f"（原名：{one_line(one.renamed_from) or UNNAMED}）" if one.renamed_from is not None else ""
    yield line(styled("head", f"━━ {one_line(one.new.table.project) or UNNAMED} ━━"), renamed)
    if money := money_change(one):
        yield line(f"   资金：{money}")
    for change in one.changes:
        yield from _change(change)
    yield line()


def money_change(one: Comparison) -> str:
    """The money where it changed."""
    old, new = one.funding
    if old == new:
        return ""
    first, second = ("未填" if amount is None else yuan(amount) for amount in (old, new))
    return f"{first} → {second}"


def _change(one: Change) -> Iterator[Line]:
    half = f"（{HALVES[one.half]}）" if one.half in ("period", "annual") else ""
    name = f"{one_line(one.indicator.level2)} · {one_line(one.indicator.name) or '（无名称）'}{half}"
    yield line("   ", styled(_STYLES[one.kind], left(WORDS[one.kind], _KIND)), name)
    yield line(f"   {' ' * _KIND}{one_line(one.message)}", styled("dim", f"  {_places(one.before, one.after)}"))


def _places(before: Indicator | None, after: Indicator | None) -> str:
    told = [(word, spot(one.location)) for word, one in (("原", before), ("现", after)) if one is not None]
    return "，".join(f"{word} {where}" for word, where in told if where)


def _lone(title: str, sides: Sequence[Side]) -> Iterator[Line]:
    if not sides:
        return
    yield line(styled("warning", f"{title}（{len(sides)}）："))
    for side in sides:
        filled = sum(one.filled for one in side.table.indicators)
        yield line(f"   {one_line(side.table.project) or UNNAMED}（{filled} 项指标）")
    yield line()


def _closing(outcome: CompareOutcome) -> Iterator[Line]:
    for reading in (outcome.old, outcome.new):
        for label, text in own_files(reading.failures):
            yield line(styled("dim", f"{label}：{text}"))
        for failure in (one for one in reading.failures if not one.own):
            yield line(styled("error", "没能读取："), f"{one_line(failure.path)}：{failure.message}")
    if outcome.unread:
        yield line(styled("head", "结论："), conclusion(outcome))
        return
    yield line(styled("head", "合计："), total(outcome))
    yield line(styled("head", "结论："), conclusion(outcome))


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
    softer = _softer(outcome, counts)
    if softer:
        return f"{softer}，请核对理由。"
    if counts:
        return "没有降低要求的地方；其他改动请逐项核对。"
    return "两份目标一致。" if outcome.compared.unchanged else "两份都有的项目目标一致。"


def _softer(outcome: CompareOutcome, counts: Counter[Kind]) -> str:
    """What asks for less than before. An indicator that went without a figure or a day to be held to asked for nothing
    that anybody could have checked: it is told apart."""
    dropped = [change for one in outcome.compared.projects for change in one.changes if change.kind == "dropped"]
    vague = sum(parse(change.old or "").kind not in _CHECKED for change in dropped)
    of_them = f"（其中 {vague} 项原来没有写可核对的数）" if 0 < vague < len(dropped) else ""
    of_them = "（原来没有写可核对的数）" if dropped and vague == len(dropped) else of_them
    parts = (
        f"有 {counts['loosened']} 处降低了要求" if counts["loosened"] else "",
        f"取消了 {len(dropped)} 项指标{of_them}" if dropped else "",
    )
    return "，".join(filter(None, parts))

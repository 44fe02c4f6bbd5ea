"""`kpi compare` as one page: what to look at, every project that changed, the changes of each, what came and went."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kpi.progress.compare import Change, Comparison, Kind, Side
from kpi.reports import compare_words as w
from kpi.reports.compare_outcome import CompareOutcome
from kpi.reports.pagecraft import Td, foot, page, say, table, td
from kpi.reports.terms import at_the_top
from kpi.reports.width import shorten_middle

_HEADS = ("变化", "指标", "原目标", "现目标", "说明", "位置")
_NAME_COLUMNS, _LONGEST_NAME = 60, 200


def render(outcome: CompareOutcome) -> str:
    return page(w.TITLE, "　".join(f"{word}：{file}" for word, file in w.files(outcome)), _body(outcome))


def _body(outcome: CompareOutcome) -> Iterator[str]:
    counts = w.counted(outcome)
    bad = outcome.could_not_check or counts["loosened"] or counts["dropped"]
    yield f'<div class="said {"error" if bad else "warning" if counts else "good"}">'
    yield f"<p><strong>{say(at_the_top(w.conclusion(outcome)))}</strong></p><p>{say(w.total(outcome))}。</p></div>"
    if not outcome.unread:
        changed = w.changed(outcome)
        if len(changed) > 1:
            yield "<section><h2>有变化的项目</h2>"
            kinds = [kind for kind in w.WORDS if counts[kind]]
            heads = ("项目", *(w.WORDS[kind] for kind in kinds), "资金")
            yield from table(heads, (_line(one, kinds, number) for number, one in enumerate(changed, 1)))
            yield "</section>"
        for number, one in enumerate(changed, 1):
            yield from _project(one, number, numbered=len(changed) > 1)
        for title, some in w.lone(outcome):
            yield from _lone(title, some)
    if told := list(w.foot(outcome)):
        yield foot(w.ASIDE, told)


def _name(one: Comparison, columns: int) -> str:
    return say(shorten_middle(one.new.table.project or w.UNNAMED, columns))


def _line(one: Comparison, kinds: Sequence[Kind], number: int) -> list[Td]:
    counts = Counter(change.kind for change in one.changes)
    return [
        Td(f'<a href="#p{number}">{_name(one, _NAME_COLUMNS)}</a>', "key w"),
        *(td(str(counts[kind] or ""), "n") for kind in kinds), td(w.money_change(one)),
    ]  # fmt: skip


def _project(one: Comparison, number: int, *, numbered: bool) -> Iterator[str]:
    before = f"{number}. " if numbered else ""
    yield f'<section class="form" id="p{number}"><h2>{before}{_name(one, _LONGEST_NAME)}</h2>'
    facts = [("原名", shorten_middle(w.was_called(one), _LONGEST_NAME)), ("资金", w.money_change(one))]
    told = "".join(f"<span>{label}：{say(text)}</span>" for label, text in facts if text)
    yield f'<p class="facts">{told}</p>' if told else ""
    if one.changes:
        yield from table(_HEADS, map(_row, one.changes))
    yield "</section>"


def _row(one: Change) -> list[Td]:
    under = "　".join(filter(None, (one.indicator.level2, w.half(one))))
    name = f"{say(one.indicator.name or '（无名称）')}<small>{say(under)}</small>"
    where = "".join(f"<small>{say(place)}</small>" for place in w.places(one))
    return [
        Td(f'<span class="pill {w.COLOURS[one.kind]}">{w.WORDS[one.kind]}</span>', "c"), Td(name, "key w"),
        td(one.old, "v"), td(one.new, "v"), td(one.message, "w more"), Td(where, "v"),
    ]  # fmt: skip


def _lone(title: str, some: Sequence[Side]) -> Iterator[str]:
    rows = (
        [
            td(side.table.project or w.UNNAMED, "key w"), td(side.table.department), td(side.table.unit),
            td(str(sum(one.filled for one in side.table.indicators)), "n"),
        ]
        for side in some
    )  # fmt: skip
    yield f"<section><h2>{title}（{len(some)}）</h2>"
    yield from table(("项目", "主管部门", "实施单位", "指标数"), rows)
    yield "</section>"

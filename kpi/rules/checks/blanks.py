"""Cells that were left empty: a value, a name, the fields at the head of the form, the sign-off at its foot."""

import re
from collections.abc import Iterator

from kpi.lazyre import later
from kpi.model import BURDEN_LEVELS, Half, Indicator, Location, TargetTable
from kpi.rules.bare import bare, ending
from kpi.rules.checks.rows import HALF_NAMES, blank, dashed, empty_half, masked_name, nameless, names_nothing
from kpi.rules.context import EntryContext, FormContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import holds, squash
from kpi.values.normal import MARKS

_FIGURE = re.compile(rf"[{MARKS}]\s*\d|[超少低高大小]于\s*\d")  # the threshold stands in the name's cell
#: 保护区内无新增污染源 | 无: the name denies it, and so does the value
_DENIED = re.compile("[无未零](?:新增|发生|出现|违规|重大|较大|任何|人为|安全)")
_COUNTED = later("(?:情况|现象|事件|行为|人员|数量|批次|数)$")
_SPACING = re.compile(r"[\s:：]|[(（][^)）]*[)）]")
_NOTHING = frozenset({"无", "暂无", "没有", "略", "无目标"})
_FIELDS = {"department": "主管部门", "unit": "实施单位", "attribute": "项目属性", "term": "项目期"}


class ValueMissing(Params):
    """`bad` ends names of what is not wanted, however they count it: 无 is an answer to them (负面报道, 漏保人员)."""

    bad: WordList = "answered-by-none"


def _may_be_none(ctx: EntryContext, params: ValueMissing) -> bool:
    """Whether 无 may be meant as it stands: of what is bad, or of what the project costs people and nature."""
    if ctx.indicator.level2 in BURDEN_LEVELS:
        return True
    return ending(ctx.form.words[params.bad], _COUNTED.sub("", bare(ctx.indicator.name))) != ""


@check("value-missing", scope="entry", params=ValueMissing, facts="other")
def value_missing(ctx: EntryContext, params: ValueMissing) -> Iterator[Hit]:
    """A name on this side of the form without a value; template rows and parents of other rows aside."""
    row, name = ctx.indicator, ctx.entry.name
    if names_nothing(name) or masked_name(name) or _FIGURE.search(name) or not blank(ctx.entry.text, ctx.asks):
        return
    if empty_half(ctx.form.table) == ctx.half:
        return  # REQ006 speaks of the whole half
    if ctx.entry.text.strip() == "无" and (_DENIED.search(name) or _may_be_none(ctx, params)):
        return
    if row is ctx.form.table.torn_row:
        return  # the value may stand on the next page
    if any(other.parent and other.parent == row.name for other in ctx.form.table.indicators) or _heads_more(row, ctx):
        return
    other = next((entry.text for half, entry in row.entries() if half != ctx.half), "")
    yield Hit({"other": "" if blank(other, ctx.asks) else other.strip()})


def _heads_more(row: Indicator, ctx: EntryContext) -> bool:
    """The last row of a form, starred like the rows that head others: what it heads stands behind the end."""
    *others, last = ctx.form.table.indicators
    return row is last and row.name.startswith("★") and any((one.parent or "").startswith("★") for one in others)


@check("name-missing", scope="entry")
def name_missing(ctx: EntryContext, params: Params) -> Iterator[Hit]:
    """A value that belongs to no name on either side of the form: each stands in a row of its own to be named."""
    if nameless(ctx.indicator, ctx.entry) and not blank(ctx.entry.text):
        yield Hit()


class FieldEmpty(Params):
    """`sections`: words of the section labels that must be filled. `unsaid`: what fills them and says nothing."""

    sections: WordList
    unsaid: WordList = "section-unsaid"


@check("field-empty", scope="form", params=FieldEmpty, facts="fields count")
def field_empty(ctx: FormContext, params: FieldEmpty) -> Iterator[Hit]:
    """Required fields that the form has and that were left empty: one finding, one place a field."""
    empty = list(_empty_fields(ctx.table)) + [
        (label, f"sections.{label}")
        for label, text in ctx.table.sections.items()
        if (dashed(text) or squash(text) in ctx.words[params.unsaid]) and holds(ctx.words[params.sections], label)
    ]
    if empty:
        names = [label for label, _ in empty]
        evidence = tuple(Evidence(f"{label}：（空）", _place(ctx.table, key)) for label, key in empty)
        yield Hit({"fields": "、".join(names), "count": str(len(names))}, evidence=evidence)


def _empty_fields(table: TargetTable) -> Iterator[tuple[str, str]]:
    """(label, key of its place) of each empty field; a half without any money at all is CST008's."""
    if dashed(table.project) and "project" in table.locations:  # a form without that row calls its project elsewhere
        yield "项目名称", "project"
    for key, label in _FIELDS.items():
        text = getattr(table, key)
        if text is not None and dashed(text):
            yield label, key
    halves: tuple[Half, Half] = ("period", "annual")
    for half in halves:
        goal, money = table.goal(half), table.funding(half)
        other = table.funding("annual" if half == "period" else "period")
        if goal is not None and (dashed(goal) or squash(goal) in _NOTHING):
            yield f"{HALF_NAMES[half]}目标", f"goals.{half}"
        if money and money.total is None and not money.printed and other and other.total:
            yield f"{HALF_NAMES[half]}资金总额", f"funding.{half}.total"


def _place(table: TargetTable, key: str) -> Location:
    return table.locations.get(key) or table.location


class SignOffEmpty(Params):
    """`fields`: the labels that count, at the foot of a form or at its head (项目负责人)."""

    fields: WordList


@check("sign-off-empty", scope="form", params=SignOffEmpty, facts="fields")
def sign_off_empty(ctx: FormContext, params: SignOffEmpty) -> Iterator[Hit | NotApplicable]:
    """Who answers for the form, and when it was filled in: one finding per form."""
    wanted = ctx.words[params.fields]
    known = {label: text for label, text in ctx.table.sign_off.items() if _SPACING.sub("", label) in wanted}
    if not known:
        yield NotApplicable("表上没有签章栏")
        return
    empty = [label for label, text in known.items() if dashed(text)]
    if empty:
        evidence = tuple(Evidence(f"{label}：（空）", _place(ctx.table, f"sign_off.{label}")) for label in empty)
        yield Hit({"fields": "、".join(empty)}, evidence=evidence)

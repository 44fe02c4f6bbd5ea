"""What the printed template left behind: masked figures, a unit alone, rows that nobody filled in."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal

from kpi.lazyre import HAN, later
from kpi.model import HALVES, Entry, Half, Indicator
from kpi.rules.checks.rows import HALF_NAMES, blank, half_of, masked_name, template_name
from kpi.rules.context import FormContext
from kpi.rules.finding import Evidence, Hit
from kpi.rules.pairing import GOALS
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import begins, holds, squash
from kpi.values.normal import MARKS
from kpi.values.units import table

_SIGNS = rf"(?:[{MARKS}]+|大于等于|小于等于|大于|小于|等于|不低于|不少于|不超过|不高于|至少|达到|约)?"
_HOLES = rf"(?:[*＊×xX○〇□△_＿…]+|\.{{2,}}|。{{2,}}|[Nn](?=\W|{HAN}|$))"
_MASK = later(rf"\s*{_SIGNS}\s*[(（]?\s*{_HOLES}\s*[)）]?\s*(?P<unit>\D{{0,8}})")
#: ×月×日前, 2026年X月X日前
_DATE_MASK = later(rf"\s*(?:(?:20)?{_HOLES}年|20\d\d年)?{_HOLES}月(?:{_HOLES}[日号])?(?:底|末)?(?:之|以)?前?\s*")
_BLANK_DATE = later(r"(?:20)?\s*年\s*月(?:\s*日)?(?:之?前)?")  # of a line to be written on
#: ××××年××月完成招标, 位于____县____乡; 目标1：……;目标2：……
_HOLES_IN_TEXT = later(
    r"[xX×Ｘ]{2,}年[xX×Ｘ]{1,2}月|20\d?[xX×Ｘ]{1,2}(?=[年〕\]])|(?<![A-Za-z])[xX×Ｘ]{1,2}月至[xX×Ｘ]{1,2}月|^[…]+[。]?$|(?:_{3,}|＿{2,})[^_＿]{1,12}(?:_{3,}|＿{2,})|目标1\s*[:：]\s*(?:…+|\.{3,}|[;；])"
)
#: 验收合格后××日内: since an event
_CLOCK_MASK = later(rf"{HAN}{{2,12}}(?:后|之日起)[*＊×xX_＿]+个?(?:工作)?(?:日|天|月|周|小时|分钟)(?:之?内|以内)?")
_BARE_SIGN = re.compile(rf"\s*{_SIGNS}\s*(?P<unit>\D{{1,6}}?)\s*")
_EMPTY_BRACKETS = later(rf"\s*{_SIGNS}\s*[(（]\s*[)）]\s*\D{{0,6}}")
_ONLY_HOLE = later(r"[*＊]{2}|[xX×Ｘ]{2,4}")  # **** is what was blotted out
_HOLE_SIGNS = frozenset("*×xX○〇□△_…Nn")  # every mask holds one, or full stops in a row; few values do
_HOLE_IN_NAME = later(r"[xX×]{2,}|(?<![一二三四五六七八九十\d])[○〇]{2,}")
_HOLE_IN_GOAL = later(
    rf"(?:(?<![A-Za-z\d])[xX×Ｘ]{{2,}}|(?<={HAN})[XＸ]|_{{2,}})\s?(?P<unit>[万亿]?(?:元|人次?|户|亩|公里|平方米|场次?|次|台|套|辆|吨|%))"
)
#: 租金第一年按总款%支付: the figure of a share was never written. A text without any figure has lost them in a copy.
_LOST_SHARE = later(rf"{HAN}{{2}}[%％](?={HAN}|[,，。;；]|$)")
#: 反映XX设施正常使用情况: in the column that explains the row
_ASKED = later(
    r"^(?:反映|考核|评价|衡量)[^,，。;；]{0,6}?(?P<hole>X{2,3}|x{2,3}|××|Ｘ{2,3})(?![A-Za-zＸ×]|[县市区镇乡村型号光]|染色体)(?!.*涉密)"
)
#: （填写文件名称或测算过程）: all that a cell of such a column says
_PROMPT = later(
    r"\s*(?P<hole>[(（【\[](?:请(?![示假求愿])|填写(?!式)|简要?说明(?!书)|简述)[^()（）]{2,40}[)）】\]]"
    r"|请(?:填写|说明(?!书)|简述|描述|注明|列明)[^。；;]{2,60}|简述项目[^。；;:：]{2,60})[。]?\s*"
)
#: 结合自评情况,说明项目自评总分(200字以内): how long the answer is to be, and no answer. A thing that is written
#: (印发明白纸, 每篇征文) may have its length, too.
_MEASURED = later(
    r"\s*(?!.*(?:编[写印制]|撰写|印发|印制|征文|志稿|形成|每[篇人条份位]|[〔\[]\d{4}))(?P<hole>(?:结合|对照|针对|围绕|根据|按照|请|简要?|概述|说明|描述|反映|主要|从)[^。;；]{4,90}。?"
    r"[(（](?:限|不超过|控制在)?\d{2,4}字(?:以内|左右|之内|以下)?[)）])[。]?\s*"
)
_MASKED_HINT = later(rf"[(（]\s*[{MARKS}]*\s*[*＊]{{2,}}\s*[%％]?\s*[)）]")  # 家长满意度(≥**%) | **
_HIDDEN_NUMBER = later(r"\s*(?:[(（]\*{1,2}[)）]|\*{1,2}[.．、])")
_FEW = 2  # rows
_VILLAGE = later(r"(?:项目|工作|人员)(?:村|部|区|镇|站|组)")  # 帮扶××项目村: redacted
_JOINTS = re.compile(r"[/.·*()]")
_MAGNITUDE = re.compile(r"^(?:百万|千万|万|亿)(?=.)")
_TEMPLATE_VALUE = re.compile(r"\s*(?:指标值?\s*\d{0,2}\s*[:：]?|[…\.。]{1,6})\s*")


class PlaceholderLeft(Params):
    """`instructions`: words by which a template asks to be filled in; `undecided`: what a whole value says where
    nobody has made up their mind (待定); `asked`: what stands behind an XX that was to be replaced (XX|满意度)."""

    instructions: WordList
    undecided: WordList
    asked: WordList = "asked-behind-holes"


@check(
    "placeholder-left", scope="form", params=PlaceholderLeft, facts="names found count",
    cases="template-rows undecided hidden",
)  # fmt: skip
def placeholder_left(ctx: FormContext, params: PlaceholderLeft) -> Iterator[Hit]:
    """One finding for all untouched template rows of the form, one for each row whose value is still the template's."""
    words = ctx.words[params.instructions]
    rows = [i for i in ctx.table.indicators if _template_row(i)]
    if rows:
        yield _rows_hit(rows)
    yield from _head_left(ctx)
    yield from _holes_in_goals(ctx)
    yield from _prompts_left(ctx)
    hidden = _hidden(ctx.table.indicators)
    if hidden:
        yield _hidden_hit(hidden)
    for row in ctx.table.indicators:
        if row in hidden:
            continue
        if row is ctx.table.torn_row:
            continue  # what it lacks may stand behind the end of the file
        left = [(half, entry) for half, entry in row.entries() if _unfilled(row, entry, words)]
        if left:
            found = left[0][1].text.strip() or left[0][1].name.strip()
            yield _value_hit(row, left, found)
        holed = None if left else _hole_in(row.name, ctx.words[params.asked])
        if holed and row.valued and not template_name(row.name):
            yield _value_hit(row, list(row.entries()), holed)
        asked = next((m["hole"] for text in row.columns.values() if (m := _asks(text))), None)
        if asked and row.valued and not (left or holed):
            yield _value_hit(row, list(row.entries()), asked)
        open_ = [(half, entry) for half, entry in row.entries() if squash(entry.text) in ctx.words[params.undecided]]
        if open_ and not template_name(row.name):
            yield _value_hit(row, open_, open_[0][1].text.strip())._replace(case="undecided")


def _hidden(rows: Sequence[Indicator]) -> list[Indicator]:
    """(*)购置台数 | ≥**台: the rows whose figures a page hides, numbers of rows and all; no template masks those."""
    told = [row for row in rows if any(masked(entry.text) for _, entry in row.entries())]
    return told if sum(_HIDDEN_NUMBER.match(row.name) is not None for row in told) >= _FEW else []


def _hidden_hit(rows: list[Indicator]) -> Hit:
    names = "、".join(f"“{row.name.strip()}”" for row in rows[:_FEW])
    evidence = tuple(Evidence(entry.text, entry.location) for row in rows for _, entry in row.entries())
    return Hit({"names": names, "found": "*", "count": str(len(rows))}, case="hidden", evidence=evidence)


def _asks(text: str) -> re.Match[str] | None:
    return _ASKED.search(text) or _PROMPT.fullmatch(text)


def _head_left(ctx: FormContext) -> Iterator[Hit]:
    """项目名称 | **: nothing but the template's mark in the cells that say whose form it is."""
    table = ctx.table
    told: dict[str, tuple[str, str | None]] = {
        "项目名称": ("project", table.project), "主管部门": ("department", table.department),
        "实施单位": ("unit", table.unit),
    }  # fmt: skip
    filled = [(label, key, text.strip()) for label, (key, text) in told.items() if text]
    left = [one for one in filled if _ONLY_HOLE.fullmatch(one[2])]
    if left:
        places = [table.locations.get(key) or table.location for _, key, _ in left]
        evidence = tuple(Evidence(text, place) for (_, _, text), place in zip(left, places, strict=True))
        yield Hit({"names": "、".join(one for one, _, _ in left), "found": left[0][2], "count": "1"}, evidence=evidence)


def _holes_in_goals(ctx: FormContext) -> Iterator[Hit]:
    """力争突破XX亿元, 培训xx人: a figure that was to be written; XX县 may be redacted."""
    for half in HALVES:
        text = ctx.table.goal(half) or ""
        found = _ONLY_HOLE.fullmatch(text.strip()) or _counted_hole(text)
        found = found or _HOLES_IN_TEXT.search(text) or _lost_share(text)
        if found is None:
            continue
        where = ctx.table.locations.get(f"goals.{half}") or ctx.table.location
        facts = {"names": GOALS[half], "found": found[0], "count": "1"}
        yield Hit(facts, half=half, evidence=(Evidence(found[0], where),))


def _prompts_left(ctx: FormContext) -> Iterator[Hit]:
    """概述 | 简述项目做了什么、怎么做的: a column of the form that says no more than its own hint, or has its holes
    left."""
    found = [(name, left) for name, text in ctx.table.sections.items() if (left := _left_in(text))]
    if found:
        places = [ctx.table.locations.get(f"sections.{name}") or ctx.table.location for name, _ in found]
        evidence = tuple(Evidence(left, place) for (_, left), place in zip(found, places, strict=True))
        yield Hit({"names": "、".join(n for n, _ in found), "found": found[0][1], "count": "1"}, evidence=evidence)


def _counted_hole(text: str) -> re.Match[str] | None:
    return next((m for m in _HOLE_IN_GOAL.finditer(text) if _is_unit(m["unit"])), None)


def _lost_share(text: str) -> re.Match[str] | None:
    return _LOST_SHARE.search(text) if any(map(str.isdigit, text)) else None


def _left_in(text: str) -> str:
    prompt = _PROMPT.fullmatch(text) or _MEASURED.fullmatch(text)
    hole = None if prompt else _HOLES_IN_TEXT.search(text) or _counted_hole(text)
    return prompt["hole"] if prompt else hole[0] if hole else ""


def _hole_in(name: str, asked: frozenset[str]) -> str:
    """建立健全XX工作机制, XX满意度: what was to be written in place of XX; a place may be redacted (××县)."""
    found = _HOLE_IN_NAME.search(unicodedata.normalize("NFKC", name))
    return found[0] if found and begins(asked, after := name[found.end() :]) and not _VILLAGE.match(after) else ""


def _rows_hit(rows: list[Indicator]) -> Hit:
    places = [(half, entry) for row in rows for half, entry in row.entries() if _printed(entry)]
    names = "、".join(dict.fromkeys(f"“{entry.name.strip()}”" for _, entry in places))
    evidence = tuple(Evidence(f"{HALF_NAMES[half]}：{entry.name.strip()}", entry.location) for half, entry in places)
    facts = {"names": names, "found": "", "count": str(len(rows))}
    one = rows[0] if len(rows) == 1 else None
    levels = {row.level2 for row in rows}
    return Hit(
        facts,
        case="template-rows",
        half=_halves(places),
        level2=levels.pop() if len(levels) == 1 else None,
        indicator=one,
        evidence=evidence,
    )


def _value_hit(row: Indicator, left: list[tuple[Half, Entry]], found: str) -> Hit:
    return Hit(
        {"names": row.name, "found": found, "count": "1"},
        half=_halves(left),
        level2=row.level2,
        indicator=row,
        value=left[0][1].text,
        evidence=tuple(Evidence(entry.text or entry.name, entry.location) for _, entry in left),
    )


def _halves(places: list[tuple[Half, Entry]]) -> Half | Literal["both"] | None:
    return half_of(tuple(dict.fromkeys(half for half, _ in places)))


def _template_row(row: Indicator) -> bool:
    """A row that still reads as printed: template name, and a value that is empty or the template's."""
    filled = [entry for _, entry in row.entries() if not (blank(entry.name) and blank(entry.text))]
    return bool(filled) and all(map(_printed, filled))


def _printed(entry: Entry) -> bool:
    """Whether a cell of a name still reads as printed, and its value is empty or the template's."""
    if blank(entry.text):
        return template_name(entry.name) or masked_name(entry.name) or _MASKED_HINT.search(entry.name) is not None
    return template_name(entry.name) and _TEMPLATE_VALUE.fullmatch(entry.text) is not None


def _unfilled(row: Indicator, entry: Entry, words: frozenset[str]) -> bool:
    if template_name(entry.name):
        return not blank(entry.text) and not _TEMPLATE_VALUE.fullmatch(entry.text)
    return not blank(entry.text) and masked(entry.text, words)


def masked(text: str, words: frozenset[str] = frozenset()) -> bool:
    """Whether a value is the template's: figure masked ("≥**%"), missing ("≧ %", "公里") or asked for ("请填写")."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _BLANK_DATE.fullmatch(plain):
        return True
    if not _HOLE_SIGNS.isdisjoint(plain) or ".." in plain or "。。" in plain:
        if _DATE_MASK.fullmatch(plain) or _CLOCK_MASK.fullmatch(plain):
            return True
        if found := _MASK.fullmatch(plain):
            return not found["unit"].strip() or _is_unit(found["unit"].strip())
    if _TEMPLATE_VALUE.fullmatch(plain) or (words and holds(words, plain)):
        return True
    if ")" in plain and _EMPTY_BRACKETS.fullmatch(plain):
        return True
    bare = _BARE_SIGN.fullmatch(plain)
    return bare is not None and _is_unit(bare["unit"])


def _is_unit(text: str) -> bool:
    """Whether the text is a unit and nothing else: 公里, 万元, 元/人·月. 半年 is a duration by itself."""
    parts = [_MAGNITUDE.sub("", part) for part in _JOINTS.split(text.strip()) if part]
    return bool(parts) and all(part in table().spelled and not part.startswith("半") for part in parts)

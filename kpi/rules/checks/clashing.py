"""Whether a goal's figure and a row's can be held against each other: none is a part, a stage, a change or a fact."""

import re
from decimal import Decimal
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.model import EFFECT_LEVELS, TargetTable
from kpi.rules.bare import ending
from kpi.rules.checks.sameness import transposed_money
from kpi.rules.context import EntryContext
from kpi.rules.pairing import Claim, equal
from kpi.rules.term import window
from kpi.rules.text import holds, pattern
from kpi.values import Value, comparable, parse

_EACH_KIND = later("各(?=[类项种])")  # 各类案件260件 are all of them
_PRICE = later(rf"每{HAN}{{1,3}}\d[\d.,]*\s*万?元")  # 对52万亩耕地按每亩84元: a price makes no part of the area
_LIMITED = later("(?:不超过|不高于|不低于|控制在|[≤<为是])+$")
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?=\s*年|[-—–~至]\s*\d)")
_NONE = Decimal(0)
_TIMES = {"万": 10_000, "亿": 100_000_000}
_TOTALS = ("累计", "总计")
_MOST = 60  # figures of a goal of which one may be the product of two others
#: 两年后毕业生就业率95%: at another time than the row's.
_YEARS_ON = later("[一二两三五十\\d]年[后前]")
_STAGE = later("[一二三首]期")  # 建成公墓二期,新增墓穴600个: the second stage is what this year builds
_BUILT = later("配套(?=建设|新建|修建|建成|建|安装|完善|种植)")  # what is built besides, and no money that others add
_CHANGED_TO = later("[到至达为]")
_OWN_AREA = later("全([县市区旗州])")  # 全县, in a form of the county's own office
_BRANCH = later("(?:服务|管理|指导|推广|监测|监督|执法|保障|技术|事务)(?:站|中心|大队)$")
_OFFICE = later("(?:局|委|委员会|办|办公室|政府|中心支队)$")  # of the whole county, and no school or station of it


class Words(NamedTuple):
    """The lists that `contradictions.Contradicted` names, and the dimensions that are looked at."""

    qualifiers: frozenset[str]
    years: frozenset[str]
    yearly: frozenset[str]
    scopes: frozenset[str]
    changes: frozenset[str]
    background: frozenset[str]
    terms: frozenset[str]
    promises: frozenset[str]
    prices: frozenset[str]
    kinds: tuple[str, ...]


def may_clash(claim: Claim, row: EntryContext, said: list[Claim], words: Words) -> bool:
    """Comparable figures, none of them a part, a stage, a change or a fact. `said`: all figures of the goal."""
    table = row.form.table
    if not comparable(claim.value, row.value) or not (_looked_at(claim, row, words) or transposed_money(claim, row)):
        return False
    if _whole_of_columns(claim, row) or _is_result(claim, row):
        return False
    if row.asks.bounded and row.value.dimension == "ratio" and _beyond(row.value):
        return False  # ≥101% is wrong by itself, whatever the goal says
    around = claim.bare(f"{claim.mention.lead} {claim.mention.clause}")
    around = _EACH_KIND.sub("", around if "/" in (claim.value.unit or "") else _PRICE.sub("", around))
    # what the row's name or the project's says as well (平均修复时间, 免费筛查项目) makes no part of it
    spoken = row.indicator.name + table.project + ("".join(_TOTALS) if _product(claim, said) else "")
    period = claim.half == row.half == "period"
    whole = words.years if period else frozenset[str]()
    parts = frozenset(word for word in words.qualifiers if word not in spoken and word not in whole)
    if period:  # 全年会商52次 in the goal of three years
        parts |= frozenset(word for word in words.yearly if word not in spoken)
    # 全县现有12座, and not 在全县新建12座; a rate of the whole county is not the town's in any case
    if row.value.dimension == "ratio" or not holds(words.promises, claim.own):
        parts |= frozenset(word for word in words.scopes if word not in spoken and not _own_area(word, table))
    parts -= frozenset(word for word in parts if _STAGE.fullmatch(word) and word not in claim.mention.clause)
    if _YEARS_ON.search(around) or holds(parts, around) or _background(claim, words):
        return False
    terms = frozenset(word for word in words.terms if word not in row.indicator.name)  # 建成标准厂房
    if not (row.value.dimension or "").startswith("money") and holds(terms, _BUILT.sub("", claim.mention.clause)):
        return False
    last = allowed.end if period and (allowed := window(table)) else None  # 到2022年…达到93%: the end of the term
    if any(year not in (str(table.year), str(last.year if last else "")) for year in _YEAR.findall(around)):
        return False
    changes = words.changes
    return _change(claim.own, changes) == _change(row.indicator.name + row.entry.text, changes)


def _is_result(claim: Claim, row: EntryContext) -> bool:
    """更新担架9副, and a row of 10副 of which 9副 were: the copy runs the goal and what came of it together."""
    actual = parse(row.indicator.actual.text) if row.indicator.actual else None
    if actual is None or actual.figure is None:
        return False
    figures = (actual.figure, actual.figure * _TIMES.get(row.value.magnitude or "", 1))  # 47.8 in a column of 万页
    return equal(actual, claim.value) or (actual.unit is None and claim.value.figure in figures)


def _whole_of_columns(claim: Claim, row: EntryContext) -> bool:
    """生产线3条, and a row with a column for each of three towns, 1条 | 1条 | 1条."""
    values = [parse(text) for text in row.indicator.columns.values() if text.strip()]
    units = (None, claim.value.unit) if row.asks.unit_hint else (claim.value.unit,)  # 设施(个): the name has it
    figures = [value.figure for value in values if value.figure is not None and value.unit in units]
    return len(figures) > 1 and sum(figures) == claim.value.figure


def _own_area(word: str, table: TargetTable) -> bool:
    """Whether 全县 is the whole area of the office whose form it is, and not of one of its towns. 各乡镇 among those
    who carry it out are no office."""
    area = _OWN_AREA.search(word)
    told = [part for part in re.split("[、,，;；]", table.unit or "") if not part.strip().startswith("各")]
    office = next(filter(None, (part.strip() for part in (*told, table.department or ""))), "")
    of_town = any(word in office for word in ("镇", "乡", "街道"))
    # 河坪县服务站 of 河坪县农业农村局 works for the whole county, too
    above = table.department or ""
    led = area is not None and _OFFICE.search(above) is not None and above.split(area[1])[0] in office
    official = _OFFICE.search(office) is not None or (led and _BRANCH.search(office) is not None)
    return area is not None and area[1] in office and official and not of_town


def _product(claim: Claim, said: list[Claim]) -> bool:
    """6期,每期50人,累计300人: the whole of this form's own parts, and not of several years."""
    if len(said) > _MOST or not any(word in claim.mention.clause for word in _TOTALS):
        return False
    figures = [(one.value.unit or "", one.value.figure or _NONE) for one in said]
    return any(
        each == f"{claim.value.unit}/{unit}" and times * size == claim.value.figure
        for unit, times in figures
        for each, size in figures
    )


def _looked_at(claim: Claim, row: EntryContext, words: Words) -> bool:
    """Money in a goal is mostly the budget; that under an effect (停车收入) is a result like any other, a price that
    both name (每餐价格) a target."""
    dimension = row.value.dimension or ""
    priced = dimension == "money" and _priced(claim, row, words.prices)
    effect = dimension == "money" and row.indicator.level2 in EFFECT_LEVELS
    return dimension in words.kinds or effect or priced


def _priced(claim: Claim, row: EntryContext, prices: frozenset[str]) -> bool:
    before = _LIMITED.sub("", claim.mention.before.strip())
    price = ending(prices, before)
    return price != "" and before[-len(price) - 1 :] in row.indicator.name


def _background(claim: Claim, words: Words) -> bool:
    """Whether the figure tells how things stand. Where its own words promise something (在辖区12个小区|新建亭14座),
    those of another figure in the clause do not matter."""
    promised = holds(words.promises, claim.own)
    around = claim.own if promised else claim.mention.clause
    if last := [*pattern(words.promises).finditer(claim.mention.before)][-1:]:
        around = f"{claim.mention.before[last[0].start() :]} {claim.mention.after}"  # 在派出所辖区|新增探头120个
    return holds(words.background, claim.bare(f"{claim.mention.lead} {around}"))


def _beyond(value: Value) -> bool:
    figure = value.figure
    return figure is not None and (figure > 100 or (figure == 100 and value.comparator == ">"))


def _change(text: str, changes: frozenset[str]) -> bool:
    """增长5% is a change, 提高到95% a level."""
    found = list(pattern(changes).finditer(text))
    return bool(found) and not _CHANGED_TO.match(text[found[-1].end() : found[-1].end() + 1])

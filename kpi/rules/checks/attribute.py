"""A project's attribute and term against what its name says it is: once or every year, half a year or a whole one."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kpi.model import Location, TargetTable
from kpi.rules.context import FormContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.registry import Params, WordList, check
from kpi.rules.term import chosen, read_term
from kpi.rules.text import first, holds

_DAY = re.compile(r"(20\d\d)(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?|年)?")
_PART = re.compile(r"[上下]半年|第?[一二三四]季度(?!末)|(?<!\d)\d{1,2}\s*月?\s*[-—–~～至到]\s*\d{1,2}\s*月(?!\d)")


class AttributeDoubtful(Params):
    """`once`: words of an attribute that mean paid once; `recurring` in a project's name is paid every year, unless
    `exempt` stands there too."""

    once: tuple[str, ...] = ("一次性",)
    recurring: WordList
    exempt: WordList


@check(
    "attribute-doubtful",
    scope="form",
    params=AttributeDoubtful,
    facts="attribute spending term part length ends begun year",
)
def attribute_doubtful(ctx: FormContext, params: AttributeDoubtful) -> Iterator[Hit | NotApplicable]:
    """一次性 for what is paid every year, a year for half of one, an attribute and a term of unlike length, a term that
    begins after the form's year."""
    table = ctx.table
    attribute, term = chosen(table.attribute or "").strip(), (table.term or "").strip()
    if not attribute and not term:
        yield NotApplicable("表中没有项目属性和项目期")
        return
    spending = _recurring(ctx, attribute, params)
    part = _part(table, term)
    length = "" if part else _clash(attribute, term)
    ends = _ends_first(term)
    begun = "" if ends else _begins_later(term, table.year)
    if spending or part or length or ends or begun:
        facts = {
            "attribute": attribute if spending or length else "", "spending": spending,
            "term": term if part or length or ends or begun else "", "part": part, "length": length, "ends": ends,
            "begun": begun, "year": str(table.year or ""),
        }  # fmt: skip
        yield Hit(facts, evidence=tuple(_places(table, attribute if spending or length else "", facts["term"])))


def _recurring(ctx: FormContext, attribute: str, params: AttributeDoubtful) -> str:
    project = ctx.table.project
    if not any(word in attribute for word in params.once) or holds(ctx.words[params.exempt], project):
        return ""
    return first(ctx.words[params.recurring], project)


def _part(table: TargetTable, term: str) -> str:
    """The part of a year that the name speaks of, where the term is a whole one."""
    found = _PART.search(table.project)
    length = read_term(term, table.year).months
    if not found or length != 12:
        return ""
    named = read_term(re.sub(r"\A第", "", found.group()), 2000).months
    return found.group() if named is None or named < length else ""


def _clash(attribute: str, term: str) -> str:
    """(1年结束) beside a term of three years; what the attribute says."""
    said, told = read_term(attribute).months, read_term(term).months
    if said is None or told is None or not re.search(r"\d|[一二两三四五]年", attribute):
        return ""
    return f"{said / 12:f}".rstrip("0").rstrip(".") + "年" if abs(said - told) >= Decimal(12) else ""


def _ends_first(term: str) -> str:
    """2027-01-01至2026-12-31: the end that stands before the beginning; "" where it does not."""
    days = list(_DAY.finditer(term))
    if len(days) != 2:
        return ""
    start, end = days
    begins = int(start[1]), int(start[2] or 1), int(start[3] or 1)
    ends = int(end[1]), int(end[2] or 12), int(end[3] or 31)
    return end[0] if ends < begins else ""


def _places(table: TargetTable, attribute: str, term: str) -> Iterator[Evidence]:
    places = table.locations
    here: Location = table.location
    yield Evidence(table.project, here)
    if attribute:
        yield Evidence(f"项目属性：{attribute}", places.get("attribute") or here)
    if term:
        yield Evidence(f"项目期：{term}", places.get("term") or here)


def _begins_later(term: str, year: int | None) -> str:
    """2024年1月1日-2024年12月31日 in a form of 2022: the day on which the term begins, where no day of it is in the
    form's year; else ""."""
    days = list(_DAY.finditer(term))
    after = year is not None and len(days) == 2 and int(days[0][1]) > year
    return days[0][0] if after else ""

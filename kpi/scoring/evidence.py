"""What a form itself says about an item that a person has to judge, and where it says so."""

from collections.abc import Iterator

from kpi.model import HALVES, Half, Location, TargetTable
from kpi.rules.ruleset import GROUPS
from kpi.scoring.result import Quote
from kpi.scoring.scheme import Sources

_HALVES: dict[Half, str] = {"period": "实施期", "annual": "年度"}


def quotes(table: TargetTable, sources: Sources) -> tuple[Quote, ...]:
    """In the order of a form: term and money, sections, goals, indicators."""
    return (
        *_term(table, sources), *_funding(table, sources), *_sections(table, sources), *_goals(table, sources),
        *_indicators(table, sources),
    )  # fmt: skip


def missing(table: TargetTable, sources: Sources) -> tuple[str, ...]:
    """Words of section labels that no section of the form has. A form with none of them says nothing there."""
    if not sources.sections or any(word in label for word in sources.sections for label in table.sections):
        return ()
    return sources.sections


def _term(table: TargetTable, sources: Sources) -> Iterator[Quote]:
    if sources.term and table.term is not None:
        yield Quote("项目期限", table.term, table.locations.get("term", Location()))


def _funding(table: TargetTable, sources: Sources) -> Iterator[Quote]:
    for half in HALVES if sources.funding else ():
        money = table.funding(half)
        if money is not None:
            shown = f"{money.text}{table.money_unit}" if money.text.strip()[-1:].isdigit() else money.text
            yield Quote(f"{_HALVES[half]}资金", shown, money.location)


def _sections(table: TargetTable, sources: Sources) -> Iterator[Quote]:
    for label, text in table.sections.items():
        if any(word in label for word in sources.sections):
            yield Quote(label, text, table.locations.get(f"sections.{label}", Location()))


def _goals(table: TargetTable, sources: Sources) -> Iterator[Quote]:
    """Both halves' goals as one where they say the same."""
    seen: set[str] = set()
    for half in HALVES if sources.goals else ():
        goal = table.goal(half)
        if goal is not None and goal.strip() not in seen:
            seen.add(goal.strip())
            yield Quote(f"{_HALVES[half]}总体目标", goal, table.locations.get(f"goals.{half}", Location()))


def _indicators(table: TargetTable, sources: Sources) -> Iterator[Quote]:
    wanted = {level for name in sources.levels for level in GROUPS.get(name, (name,))}
    for indicator in table.indicators:
        if indicator.filled and indicator.level2 in wanted:
            texts = dict.fromkeys(entry.text.strip() for _, entry in indicator.entries())
            label = "·".join(filter(None, (indicator.level2, indicator.name.strip())))
            yield Quote(label, "；".join(filter(None, texts)), indicator.location)

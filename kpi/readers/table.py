"""A TargetTable from what has been read of a form."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.model import Execution, FormKind, Funding, Indicator, TargetTable
from kpi.readers import labels
from kpi.readers.blocks import Parts
from kpi.readers.execution import read_execution
from kpi.readers.fields import Head
from kpi.readers.grid import GridCell
from kpi.readers.pairs import complete
from kpi.readers.stated import read_stated
from kpi.readers.vocabulary import vocabulary

_OF_PROJECT = later(r"(?P<name>.{3,60}项目)项目绩效目标")


def table(parts: Parts, head: Head, indicators: Sequence[Indicator]) -> TargetTable:
    title = _title(parts)
    places = dict(head.locations)
    if title:
        places["title"] = title.location
    kinds = {r.kind for b in parts.blocks for r in (*b.header.left, *b.header.right)}
    kind = _kind(title.text if title else "", kinds)
    around = [*parts.head, *parts.foot]
    header = parts.blocks[-1].header if parts.blocks else None
    evaluated = kind == "self-evaluation" or "actual" in kinds
    execution = read_execution(around, header, head.money_unit or "元")
    annual = head.funding["annual"].frozen() if "annual" in head.funding else None
    return TargetTable(
        title=title.text if title else "",
        year=head.year,
        money_unit=head.money_unit or "元",
        period_funding=head.funding["period"].frozen() if "period" in head.funding else None,
        annual_funding=_added(annual, execution),
        form=kind,
        sections=head.sections,
        period_goal=head.goals.get("period"),
        annual_goal=head.goals.get("annual"),
        sign_off=head.sign_off,
        indicators=tuple(complete(indicators, kinds)),
        locations=places,
        project=head.fields.get("project") or _whole(head, parts, title.text if title else "") or _titled(title),
        department=head.fields.get("department"),
        unit=head.fields.get("unit"),
        attribute=head.fields.get("attribute"),
        term=head.fields.get("term"),
        execution=execution,
        stated=read_stated(parts.head, parts.foot, header) if evaluated else None,
    )


def _added(annual: Funding | None, execution: Execution | None) -> Funding | None:
    """年初预算数 0, 全年预算数 12.4: money that came in the course of the year is the year's all the same. The sources
    were those of the first column."""
    adjusted = execution.adjusted if execution else None
    if annual is None or execution is None or annual.total != 0 or not adjusted:
        return annual
    place = execution.places.get("adjusted", annual.location)
    return annual._replace(total=adjusted, sources={}, text=f"{adjusted:f}", location=place)


def _whole(head: Head, parts: Parts, title: str) -> str:
    """The form of a whole department, its self-evaluation too, goes by the department's name: should the title be lost,
    部门(单位)名称 stands where others have 项目名称."""
    whole: object = vocabulary()["kinds"]["department"].search(labels.squeeze(title))
    if not whole and not title and "project" not in head.fields:
        whole = any(labels.matches("own_name", c.text) for line in parts.head for c in line.filled[:1])
    return (head.fields.get("unit") or head.fields.get("department") or "") if whole else ""


def _titled(title: GridCell | None) -> str:
    """村卫生室维修项目项目绩效目标: lists of projects head each form with its name."""
    found = _OF_PROJECT.fullmatch(title.text.strip()) if title else None
    return found["name"] if found else ""


def _title(parts: Parts) -> GridCell | None:
    cells = (c for line in parts.head for c in line.filled[:1])
    return next((c for c in cells if labels.is_title(c.text)), None)


def _kind(title: str, kinds: set[str]) -> FormKind:
    found = next((k for k, rx in vocabulary()["kinds"].items() if rx.search(labels.squeeze(title))), None)
    return found or ("self-evaluation" if "actual" in kinds else "target")

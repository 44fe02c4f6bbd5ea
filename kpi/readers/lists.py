"""Targets that stand in no grid: 【产出指标-数量指标】 and "指标1:名称(值)" on lines of their own."""

import re
from collections.abc import Iterator, Sequence

from kpi.lazyre import later
from kpi.model import Entry, Funding, Indicator, Location, TargetTable
from kpi.readers import labels, money
from kpi.readers.fields import Head
from kpi.readers.grid import GridCell
from kpi.readers.head import read_head
from kpi.readers.inline import inline
from kpi.readers.lines import Line
from kpi.readers.profile import cost_parent

_HEADING = later(r"^[【\[](.+?)[】\]]\s*[:：]?\s*(.*)$", re.S)
_ITEM = later(r"^(?:指标|绩效指标)?\d{0,2}[:：、.]?\s*(.+?)\s*[(（]([^()（）]*)[)）]$")
_PROMPT = later("(?:请|填写)")
#: Lines of the head of the next project, its first heading among them.
_NEXT_HEAD = 8
_FIELD = 200  # characters of a field of the head
_MOST_FIELDS = 20  # lines of a head
_ABOUT = 40  # characters of what 【…】 names
_ABOVE = 4  # lines between the title of a form and its project
_CODE = later(r"[\d\s\-—]+")
#: 局机关 打击传销专项经费 400.00 【项目概况】:…: the project, its amount and its first heading in one line.
_IN_ONE = later(r"(?P<name>[^【\n]{2,80}?)\s+(?P<amount>\d[\d,]*(?:\.\d+)?)\s*(?P<rest>【[^】\n]{2,12}】.*)", re.S)
#: What stands in front of the project's name.
_OFFICE = later(r"(?:\d{3,}\s+)?\S{1,20}?(?:机关|中心|[局委办厅院校所站处队会馆镇乡])\s+(?=\S)")
_UNIT = later(r"(?!指标|绩效指标\d|[【\[])[^≥≤<>%]{0,60}?单位[:：]\s*(?:人民币)?(?:万|亿)?元[^≥≤<>%]{0,12}")
_NUMBERED = later(r"(?:绩效)?指标\d{0,2}\s*[:：、.．]")
_FIELDS = ("project", "department", "unit", "attribute", "term")  # that 【…】 may head, too
_BEGUN = ("指", "指标")  # of 指标2:…, where the file breaks off


class _List:
    """The project being read."""

    def __init__(
        self, project: GridCell | None, amount: GridCell | None, unit: str, head: Head | None = None
    ) -> None:
        self.project, self.amount, self.unit, self.head = project, amount, unit, head
        self.fields = dict(head.fields) if head else {}
        self.headed: set[str] = set()  # what 【…】 has headed
        self.field: str | None = None  # whose text may be the next line
        self.sections: dict[str, str] = {}
        self.goal: str | None = None
        self.indicators: list[Indicator] = []
        self.numbered: list[bool] = []  # whether the line of each begins with 指标1:
        self.places: dict[str, Location] = {"project": project.location} if project else {}
        self.places.update(head.locations if head else {})
        self.one = self.two = self.part = ""

    def heading(self, label: str, text: str, place: Location) -> None:
        """【…】: a level, a goal or a section."""
        self.field = None
        first, _, second = label.replace("—", "-").partition("-")
        level = labels.level_of(second or first)
        if level:
            one = labels.level_of(first)
            self.one, self.two = labels.canonical(level, one.one if one else "")
            self.two = self.two or labels.second_alone(self.one)  # 【满意度指标】
            if level.two == "成本指标" and not second:
                self.one = ""  # only the whole list tells where it belongs
            self.part = ""
        elif labels.goal_of(label):
            self.goal, self.part = text, "goal"
            self.places["goals.annual"] = place
        elif (field := labels.field_of(label)) in _FIELDS:
            self.headed.add(label)
            self.part = self.two = ""
            self.fields[field], self.places[field], self.field = text, place, None if text else field
        else:
            self.headed.add(label)
            self.part, self.two = labels.squeeze(label), ""
            self.sections[self.part] = text
            self.places[f"sections.{self.part}"] = place

    def text(self, cell: GridCell) -> None:
        """A line under a heading."""
        if self.two:
            found = _ITEM.match(cell.text) if len(cell.text) < 500 else None
            name, value = found.groups() if found else (cell.text, "")
            if _PROMPT.match(value):
                name, value = cell.text.strip(), ""  # 指标1:(填写…): the hint of the template
            name = name.strip(":：、. ")  # 指标1:() is a row of the template that nobody filled in
            entry = Entry(value.strip(), name, cell.location)
            self.indicators.append(Indicator(self.one, self.two, name, annual=entry))
            self.numbered.append(_NUMBERED.match(cell.text) is not None)
        elif self.field:
            self.fields[self.field], self.places[self.field], self.field = cell.text, cell.location, None
        elif self.part == "goal":
            self.goal = f"{self.goal}\n{cell.text}".strip()
        elif self.part:
            self.sections[self.part] = f"{self.sections[self.part]}\n{cell.text}".strip()

    def drop_name(self, project: GridCell | None) -> None:
        """The name of the next project is no indicator of this one."""
        last = self.indicators[-1] if self.indicators else None
        if last and project and last.location == project.location:
            self.indicators.pop()

    def drops_begun(self) -> bool:
        """Whether the list ends in the beginning of a further target, which is taken out of it."""
        last = self.indicators[-1] if self.indicators else None
        *others, numbered = self.numbered or [True]
        alone = len(others) > 1 and all(others) and not numbered  # the office of the next project
        begun = last is not None and (last.name in _BEGUN or alone) and not last.valued
        if begun:
            self.indicators.pop()
        return begun

    def table(self, title: GridCell | None, year: int | None) -> TargetTable:
        """The form of the project."""
        head, funding = self.head or Head(), None
        if self.amount:
            funding = Funding(money.amount(self.amount.text, self.unit), {}, self.amount.location, self.amount.text)
            self.places["funding.annual.total"] = self.amount.location
        if annual := head.funding.get("annual"):
            funding = annual.frozen()
        cost = cost_parent([i.level2 for i in self.indicators])
        return TargetTable(
            title=title.text if title else "",
            year=head.year or year,
            project=self.fields.get("project") or (self.project.text if self.project else ""),
            department=self.fields.get("department"),
            unit=self.fields.get("unit"),
            attribute=self.fields.get("attribute"),
            term=self.fields.get("term"),
            money_unit=head.money_unit or self.unit,
            period_funding=head.funding["period"].frozen() if "period" in head.funding else None,
            annual_funding=funding,
            sections=self.sections,
            annual_goal=self.goal,
            indicators=tuple(i if i.level1 else i._replace(level1=cost) for i in self.indicators),
            locations=self.places,
        )


def read_lists(lines: Sequence[Line], year: int | None) -> list[TargetTable]:
    """The projects of a file of lists; [] where it is none."""
    cells = [c for line in lines for c in line.filled]
    if not any(_level_heading(c.text) for c in cells):
        return []
    cells = [part for cell in cells for part in _parts(cell)]
    title = next((c for c in cells if labels.is_title(c.text)), None)
    found: list[_List] = []
    current: _List | None = None
    unit = "元"  # of amounts, as the nearest line above says
    heads = dict(_heads(cells))
    inside = {k for end, start in heads.items() for k in range(start, end)}
    for index, cell in enumerate(cells):
        unit = (labels.unit_said(cell.text) if _UNIT.fullmatch(cell.text) else None) or unit
        if index in inside:
            continue
        heading = _HEADING.match(cell.text) if len(cell.text) < 20_000 else None
        if heading:
            label = heading.group(1)
            if index in heads:
                lines_of = [Line((one,), None, True) for one in cells[heads[index] : index]]
                current = _List(None, None, unit, read_head(lines_of))
                found.append(current)
            elif (
                current is None or (label in current.headed and current.indicators) or _starts(cells, index, current)
            ):
                project, amount = _before(cells, index)
                if current:
                    current.drop_name(project)
                current = _List(project, amount, unit)
                found.append(current)
            current.heading(label, heading.group(2), cell.location)
        elif current and not _is_next(cells, index):
            current.text(cell)
    cut = bool(found) and found[-1].drops_begun()
    tables = [item.table(title, year) for item in found if item.indicators]
    return [*tables[:-1], tables[-1]._replace(cut=True)] if cut and tables else tables


def _parts(cell: GridCell) -> Iterator[GridCell]:
    """A line of a project's name, amount and first heading as three cells; every other one as it is."""
    told = _IN_ONE.fullmatch(cell.text)
    heading = _HEADING.match(cell.text) if len(cell.text) < _FIELD * _MOST_FIELDS else None
    if heading and _NUMBERED.match(heading[2]) and _level_heading(cell.text):  # 【产出-数量指标】指标1:里程(≥2公里)
        starts = [0, *(heading.start(2) + m.start() for m in _NUMBERED.finditer(heading[2]))]
        for a, b in zip(starts, [*starts[1:], len(cell.text)], strict=True):
            yield cell._replace(text=cell.text[a:b].strip(), location=cell.location.after(a))
        return
    if told is None or labels.is_known(told["name"]):
        yield cell
        return
    office = _OFFICE.match(told["name"])
    start = office.end() if office else 0
    name = told["name"][start:]
    for text, at in ((name, start), *((told[k], told.start(k)) for k in ("amount", "rest"))):
        yield cell._replace(text=text, location=cell.location.after(at))


def _heads(cells: Sequence[GridCell]) -> Iterator[tuple[int, int]]:
    """The heads of fields (项目名称:…, 主管部门:…) above a first heading: where it stands, where the head begins."""
    start: int | None = None
    for index, cell in enumerate(cells):
        if len(cell.text) < _FIELD and _is_project(cell):
            start = start if start is not None else index
        elif _HEADING.match(cell.text[:_FIELD]):
            if start is not None and index - start <= _MOST_FIELDS:
                above = range(start - 1, max(start - _ABOVE, 0) - 1, -1)
                yield index, next((k for k in above if _is_titled(cells[k].text)), start)
            start = None


def _is_titled(text: str) -> bool:
    return labels.is_title(text) or ("绩效" in text and len(text) <= labels.LONGEST and not _ITEM.match(text))


def _is_project(cell: GridCell) -> bool:
    label, *value = inline(cell, alone=True)
    return bool(value) and labels.field_of(label.text) == "project"


def _level_heading(text: str) -> bool:
    found = _HEADING.match(text) if text[:1] in "【[" and len(text) < _FIELD * _MOST_FIELDS else None
    return found is not None and len(found[1]) < _ABOUT and labels.is_level(re.split("[-—]", found[1])[-1])


def _starts(cells: Sequence[GridCell], index: int, current: _List) -> bool:
    """A heading right after an amount opens a new project."""
    return bool(current.indicators) and index > 0 and _plain_amount(cells[index - 1].text)


def _plain_amount(text: str) -> bool:
    return bool(re.fullmatch(r"\d[\d,]*(\.\d+)?", text)) and money.is_amount(text) and len(text) >= 4


def _before(cells: Sequence[GridCell], index: int) -> tuple[GridCell | None, GridCell | None]:
    """The project's name and amount stand right before its first heading."""
    before = cells[index - 1] if index else None
    beside = before is not None and before.location.line == cells[index].location.line is not None
    amount = before if before and (_plain_amount(before.text) or (beside and money.is_amount(before.text))) else None
    at = index - (2 if amount else 1)
    while at >= 0 and _CODE.fullmatch(cells[at].text):
        at -= 1
    other = at < 0 or _NUMBERED.match(cells[at].text) or _UNIT.fullmatch(cells[at].text)
    return (None if other else cells[at]), amount


def _is_next(cells: Sequence[GridCell], index: int) -> bool:
    """Lines of the next project's name, code and amount are no indicators of this one."""
    ahead = [c.text for c in cells[index : index + _NEXT_HEAD]]
    stop = next((i for i, t in enumerate(ahead) if t.startswith(("【", "["))), None)
    if stop is not None and _level_heading(ahead[stop]):
        return False  # what stands there is of this project
    return (
        bool(stop) and any(_plain_amount(t) or _CODE.fullmatch(t) for t in ahead[:stop]) and not _ITEM.match(ahead[0])
    )

"""The head and foot of a form: project, department, money, sections, goals, sign-off, in one walk."""

import re
from collections.abc import Iterable, Sequence

from kpi.model import Half, Location
from kpi.readers import labels, money
from kpi.readers.fields import Amounts, Head
from kpi.readers.grid import GridCell
from kpi.readers.headlabels import label_of
from kpi.readers.inline import after, inline
from kpi.readers.lines import Line
from kpi.readers.priced import settle

_SECTION = re.compile(r"[^\d，。；：,;:%≥≤<>]{2,20}")
_YEAR = re.compile(r"(20\d\d)(?!\d)\s*(?:年|-|至|\)|$)")
_UNIT_LINE = re.compile(r"单位[:：]\s*(?:人民币)?\s*(万?元)")


def read_head(lines: Iterable[Line], foot: Iterable[Line] = ()) -> Head:
    """The head of a form from the lines above its indicators (and between its blocks), its foot from those below."""
    lines = list(lines)
    walk = _Walk(Head(money_unit=_unit_said(lines)))
    for line in lines:
        walk.line(line)
    walk.close()
    for line in foot:
        walk.foot(line)
    walk.close()
    settle(walk.head)
    return walk.head


def _unit_said(lines: Sequence[Line]) -> str | None:
    """单位:万元, wherever in the head it stands."""
    texts = (" ".join(c.text for c in line.filled if len(c.text) < 80) for line in lines)
    return next((m.group(1) for text in texts if "单位" in text and (m := _UNIT_LINE.search(text))), None)


class _Walk:
    """Label, then value: each label opens a slot that the next text fills."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.slot: tuple[str, str] | None = None  # what the next text is, and its key
        self.filled = True
        self.in_money = False
        self.goal_slots: list[tuple[str, int, Location]] = []
        self.goal_at = 0
        self.row: tuple[GridCell, ...] = ()
        self.unit: str | None = None  # that the open label itself names
        self.budget: GridCell | None = None  # a head like 预算数 that may be a label with its amount behind it
        self.unmet: Half | None = None  # the half of a total whose amount stands in a row below
        self.open_end = False  # the row ended in a label whose value may be the next line
        self.aside = False  # the last cell asked for a code or a class, which is neither a source nor an amount
        self.tasks = False  # inside the list of tasks of a department's form

    def line(self, line: Line) -> None:
        cells = [part for cell in line.filled for part in inline(cell, alone=len(line.filled) == 1)]
        self.row = line.cells
        self._notes(cells)
        if self.open_end and not (line.packed and len(line.cells) == 1):
            self.close()
        self.open_end = False
        if not cells:
            if line.packed and self.slot and self.slot[0] == "money":
                self.close()
            return
        self.tasks = any(labels.matches("tasks", c.text) for c in cells) or (self.tasks and not self._label(cells[0]))
        if self.tasks:
            self.close()
            self.in_money = False
            return
        if len(cells) == 2 and not line.packed and self._may_be_section(cells):
            self._open(("section", labels.squeeze(cells[0].text)), cells[0], True)
            self._value(cells[1], line.packed)
            return
        if self._below(cells):
            return
        for cell in cells:
            label = self._label(cell)
            aside, self.aside = self.aside, label is not None and label[0] == "aside"
            if aside and not labels.is_known(cell.text) and not labels.squeeze(cell.text).startswith("其中"):
                continue
            if label:
                self._open(label, cell, not line.packed)
            else:
                self._value(cell, line.packed)
        self.open_end = not line.packed and self._dangles(cells[-1])
        if not line.packed and not self.open_end and not self._runs_on(cells[-1]):
            self.close()

    def _dangles(self, last: GridCell) -> bool:
        """项目名称 in the very last cell of a row of bars: where a line of one cell follows, that is the name."""
        return last.column == self.row[-1].column and self.slot == ("field", "project") and not self.filled

    def _below(self, cells: Sequence[GridCell]) -> bool:
        """A row of nothing but amounts under a row of heads: the first is the total."""
        half = self.unmet
        if half is None or len(cells) < 2 or not all(money.is_amount(c.text) for c in cells):
            return False
        amounts = self.head.funding[half]
        if not amounts.text:
            amounts.text, amounts.location = cells[0].text, cells[0].location
            amounts.unit = self.unit or self.head.money_unit
            self.head.locations[f"funding.{half}.total"] = cells[0].location
        self.unmet = None
        return True

    def _runs_on(self, last: GridCell) -> bool:
        """A money label in the very last cell of a row: the row was broken there, the amount opens the next one."""
        at_end = last.column == self.row[-1].column and self._label(last) is not None
        return at_end and self.slot is not None and self.slot[0] in ("money", "source")

    def foot(self, line: Line) -> None:
        """Below the indicators only labelled cells count: what follows may be anything."""
        self.row = line.cells
        for cell in [part for c in line.filled for part in inline(c, alone=len(line.filled) == 1)]:
            label = self._label(cell)
            if label and label[0] in ("sign_off", "section"):
                self._open(label, cell, True)
            elif self.slot and not self.filled:
                self._value(cell, line.packed)
        if not line.packed:
            self.close()

    def _may_be_section(self, cells: Sequence[GridCell]) -> bool:
        """A row of two cells, the first short and without figures: a column of the form that the lists do not know."""
        label = labels.squeeze(cells[0].text)
        return (
            not self.in_money
            and not self.goal_slots
            and not any(self._label(c) for c in cells)
            and bool(_SECTION.fullmatch(label))
            and not money.is_amount(cells[1].text)
            and not labels.is_title(cells[0].text)
            and "project" in self.head.fields
        )

    def _notes(self, cells: Sequence[GridCell]) -> None:
        for cell in cells:
            if len(cell.text) < 80:
                year = _YEAR.search(cell.text)
                if year and self.head.year is None and (len(cell.text) < 14 or labels.is_title(cell.text)):
                    self.head.year = int(year.group(1))

    def _label(self, cell: GridCell) -> tuple[str, str] | None:
        return label_of(cell.text, self.in_money)

    def _open(self, label: tuple[str, str], cell: GridCell, fixed: bool) -> None:
        kind, key = label
        self.close()
        if kind == "goal":
            self._open_goal(key, cell)
        elif kind == "head":
            self.in_money, self.goal_slots, self.budget = True, [], cell
            self.unit = labels.money_unit(cell.text)
            self.head.money_unit = self.unit or self.head.money_unit
        elif kind == "unit":
            self.head.money_unit = self.head.money_unit or labels.money_unit(cell.text)
        elif kind in ("skip", "aside"):
            self.budget = cell if labels.is_total(cell.text) else None
            if self.in_money:
                self.head.money_unit = self.head.money_unit or labels.money_unit(cell.text)
        else:
            self.in_money = kind in ("money", "source")
            if kind != "money":
                self.goal_slots = self.goal_slots if kind == "source" else []
            self.slot, self.filled, self.budget = (kind, key), False, None
            self.unit = labels.money_unit(cell.text) or (self.unit if kind == "source" else None)
            if key == "project" and labels.squeeze(cell.text).startswith("二级"):
                self.head.fields.pop(key, None)  # under a 一级项目 the 二级项目 is the one that the form is about
            self._place(self._key(kind, key), after(self.row, cell) if fixed else cell.location)
            if kind == "money":
                self.head.funding.setdefault(self._half(key), Amounts(location=cell.location))
                self.unmet = self._half(key)

    def _open_goal(self, key: str, cell: GridCell) -> None:
        self.in_money = False
        if key == "any":
            if not self.goal_slots or self.goal_at:
                self.goal_slots, self.goal_at = self.goal_slots if not self.goal_at else [], 0
            self.slot, self.filled = ("goal", ""), False
            return
        if self.goal_at:
            self.goal_slots, self.goal_at = [], 0
        self.goal_slots.append((key, cell.column, after(self.row, cell)))
        if key != "other":
            self.head.goals.setdefault("period" if key == "period" else "annual", "")
        self.slot, self.filled = ("goal", ""), False

    def _half(self, key: str) -> Half:
        return labels.half_in(key) or "annual"

    def _key(self, kind: str, key: str) -> str:
        return {
            "field": key,
            "section": f"sections.{key}",
            "sign_off": f"sign_off.{key}",
            "money": f"funding.{self._half(key)}.total",
        }.get(kind, "")

    def _place(self, key: str, location: Location) -> None:
        if key:
            self.head.locations.setdefault(key, location)

    def close(self) -> None:
        """An open label without a value is a field left empty."""
        if self.slot and not self.filled:
            kind, key = self.slot
            if kind == "field":
                self.head.fields.setdefault(key, "")
            elif kind == "section":
                self.head.sections.setdefault(key, "")
            elif kind == "sign_off":
                self.head.sign_off.setdefault(key, "")
            elif kind == "source":
                self.head.sources.setdefault(key, []).append(("", None))
        if self.slot and self.slot[0] != "goal":
            self.slot = None

    def _value(self, cell: GridCell, packed: bool) -> None:
        if not self.slot:
            if self.budget and self.in_money and money.is_amount(cell.text) and self._no_total():
                self._open(("money", labels.squeeze(self.budget.text)), self.budget, False)
                self._value(cell, packed)
            return
        kind, key = self.slot
        if kind == "goal":
            self._goal(cell, packed)
        elif not self.filled:
            self._fill(kind, key, cell)
        elif kind == "section" and len(self.head.sections.get(key, "")) + len(cell.text) < 20_000:
            self.head.sections[key] += "\n" + cell.text

    def _no_total(self) -> bool:
        return not any(amounts.text for amounts in self.head.funding.values())

    def _fill(self, kind: str, key: str, cell: GridCell) -> None:
        head, self.filled = self.head, True
        place = self._key(kind, key)
        if place:
            head.locations[place] = cell.location
        if kind == "field":
            head.fields[key] = head.fields.get(key) or cell.text
        elif kind == "section":
            head.sections[key] = cell.text
        elif kind == "sign_off":
            head.sign_off[key] = cell.text
        elif money.is_amount(cell.text):
            self._amount(kind, key, cell)
        else:
            self.filled = labels.matches("blank", cell.text)

    def _amount(self, kind: str, key: str, cell: GridCell) -> None:
        unit = self.unit or self.head.money_unit
        if kind == "source":
            self.head.sources.setdefault(key, []).append((cell.text, unit))
            return
        amounts, of_half = self.head.funding[self._half(key)], labels.half_in(key) is not None
        if not amounts.text or (of_half and not amounts.of_half):  # 项目总预算 65, then 当年预算 25
            amounts.text, amounts.location, amounts.unit, amounts.of_half = cell.text, cell.location, unit, of_half

    def _goal(self, cell: GridCell, packed: bool) -> None:
        slots = self.goal_slots or [("annual", 0, cell.location)]
        if self.goal_at >= len(slots):
            return
        texts = [c for c in self.row if c.text and self._label(c) is None]
        if not packed and len(texts) == 1 and len(slots) > 1:
            self.goal_at = max((i for i, s in enumerate(slots) if s[1] <= cell.column), default=0)
        key = slots[self.goal_at][0]
        self.goal_at += 1
        if key == "other":
            return
        half: Half = "period" if key == "period" else "annual"
        self.head.goals[half] = self.head.goals.get(half) or cell.text
        self.head.locations[f"goals.{half}"] = cell.location
        self.filled = True

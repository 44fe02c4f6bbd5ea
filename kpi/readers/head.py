"""The head and foot of a form: project, department, money, sections, goals, sign-off, in one walk."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kpi.lazyre import later
from kpi.model import Half, Location
from kpi.readers import labels, money
from kpi.readers.fields import Amounts, Head
from kpi.readers.goalhalves import goals_in, is_goal, opens
from kpi.readers.grid import GridCell
from kpi.readers.halfcolumns import Columns, columns_of, is_total_row, take
from kpi.readers.headslots import Slots
from kpi.readers.headwords import heads_projects
from kpi.readers.inline import after, amounts_told, halves_told, inline
from kpi.readers.lines import Line
from kpi.readers.priced import settle
from kpi.readers.storeys import sources_under
from kpi.readers.toldterm import told_term
from kpi.readers.treehead import of_tree
from kpi.readers.vocabulary import vocabulary

_STOREYS = 2  # lines of heads above a row of amounts
_PAIR = 2  # a label and its value, in a line without columns
_BEHIND_MONEY = later(r"总分|得分|自评|备注|说明|注|填[报表]|审核|评价|其他需要|主要|存在|负责人|经办")
_OF_YEAR = re.compile(r"\d{4}年(?:预算|资金|投资|经费)")
_TOLD_MONEY = later(r"[^:：\d]{2,12}[:：].*[\d。，,；;]")
_SECTION = later(r"[^\d，。；：,;:%≥≤<>]{2,20}")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)(?:\s*年|(?<!\.\d{4})\s*(?:-(?!\d{1,2}-\d)|至|\)|(?P<end>$)))")
_OF_MONEY = later(r"资金|预算[数额总]|金额|补助|经费|投资|投入|执行数|支出|收入|元")


def read_head(lines: Iterable[Line], foot: Iterable[Line] = ()) -> Head:
    """The head of a form from the lines above its indicators (and between its blocks), its foot from those below."""
    lines = list(lines)
    term = told_term(lines)
    lines = term[2] if term else lines
    walk = _Walk(Head(money_unit=_unit_said(lines)))
    of_years = {m[0][:4] for line in lines for c in line.filled if (m := _OF_YEAR.match(c.text))}
    walk.one_year = len(of_years) == 1
    walk.whole = any(_of_department(c.text) for line in lines for c in line.filled[:1])
    for at, line in enumerate(lines):
        walk.ahead, walk.beyond = (next(iter(lines[k : k + 1]), None) for k in (at + 1, at + 2))
        walk.above = lines[max(at - _STOREYS, 0) : at]
        walk.line(line)
    walk.close()
    if walk.sum and not walk.head.funding:
        walk.head.funding["annual"] = walk.sum
        walk.head.locations.setdefault("funding.annual.total", walk.sum.location)
    if walk.unsaid and not walk.head.goals:
        walk.head.goals["annual"] = ""
        walk.head.locations.setdefault("goals.annual", walk.unsaid)
    walk.slot = None if walk.slot == ("goal", "") else walk.slot  # its text stands above the rows
    money_below = False
    for line in foot:
        opens = not walk.head.funding and any(walk.heads_money(c) for c in line.filled[:2])
        money_below = (money_below or opens) and not any(_BEHIND_MONEY.match(c.text) for c in line.filled[:1])
        if money_below:
            walk.line(line)
        else:
            walk.foot(line)
    walk.close()
    walk.words.told(walk.head)
    of_tree(walk.head, lines)
    settle(walk.head)
    if term and not walk.head.fields.get("term"):
        walk.head.fields["term"] = term[0]
        walk.head.locations["term"] = term[1]
    return walk.head


def _of_department(text: str) -> bool:
    return labels.is_title(text) and bool(vocabulary()["kinds"]["department"].search(labels.squeeze(text)))


def _unit_said(lines: Sequence[Line]) -> str | None:
    """单位:万元, wherever in the head it stands."""
    texts = (" ".join(c.text for c in line.filled if len(c.text) < labels.LINE) for line in lines)
    return next((said for text in texts if (said := labels.unit_said(text))), None)


class _Walk(Slots):
    """Line by line: which cells are labels and which are values, and where a row ends what it began."""

    def __init__(self, head: Head) -> None:
        super().__init__(head)
        self.open_end = False  # the row ended in a label whose value may be the next line
        self.aside = False  # the last cell asked for a code or a class, which is neither a source nor an amount
        self.told: Line | None = None  # a line that has been read with the one above it
        self.unsaid: Location | None = None  # of a goal, where its label stands and nothing else
        self.tasks = False  # inside the list of tasks of a department's form
        self.beyond: Line | None = None  # the second line below
        self.above: Sequence[Line] = ()  # the two lines above
        self.sum: Amounts | None = None  # of a department's tasks
        self.whole = False  # the form of a whole department
        self.two_columns: Columns | None = None  # of the money of both halves

    def line(self, line: Line) -> None:
        self.row = line.cells
        goal = any(map(is_goal, line.filled)) or (line.packed and self._waits_for_goal())
        if self._goals_of_halves(line, goal) or self._values_below(line) or self._in_own_way(line):
            return
        alone = len(line.filled) == 1
        cells = halves_told(line.filled) if line.filled else []
        cells = cells or (amounts_told(line.filled) if line.filled and not line.packed else [])
        cells = cells or [
            part for c in line.filled for part in ([c] if goal and opens(c.text) else inline(c, alone=alone))
        ]
        self.row = tuple(cells) if alone and line.packed and len(cells) > _PAIR else self.row
        self._notes(cells)
        if self.open_end and not (line.packed and len(line.cells) == 1):
            self.close()
        self.open_end = False
        if not cells:
            self._blank(line)
            return
        listed = any(labels.matches("tasks", c.text) for c in cells) or (self.whole and heads_projects(cells))
        self.tasks = listed or (self.tasks and self._is_of_tasks(cells[0]))
        if self.tasks:
            said = (labels.money_unit(c.text) for c in cells)
            self.head.money_unit = self.head.money_unit or next((unit for unit in said if unit), None)
            self.close()
            self._sum_of_tasks(cells)
            self.in_money = False
            return
        if len(cells) == 2 and not line.packed and self._may_be_section(cells):
            self.open(("section", labels.squeeze(cells[0].text)), cells[0], True)
            self.value(cells[1], line.packed)
            return
        if self._below(cells):
            return
        for cell in cells:
            label = self.label(cell)
            aside, self.aside = self.aside, label is not None and label[0] == "aside"
            if aside and not labels.is_known(cell.text) and not labels.squeeze(cell.text).startswith("其中"):
                continue
            told = label is not None and label[0] == "source" and (not line.packed or len(cells) == _PAIR)
            if told and self.takes_words(cell, cells):
                continue
            if label:
                self.open(label, cell, not line.packed)
            else:
                self.value(cell, line.packed)
        self.open_end = not line.packed and self._dangles(cells[-1])
        if not line.packed and not self.open_end and not self._runs_on(cells[-1]):
            self.close()

    def _in_own_way(self, line: Line) -> bool:
        """Take in a row that is read whole, not label by label: whether it was one."""
        return self._in_two_columns(line) or self._tells_money(line)

    def _in_two_columns(self, line: Line) -> bool:
        """实施期资金 | 年度资金 over the rows of the total and its sources."""
        if line.packed or not line.filled:
            return False
        if self.two_columns and take(self.two_columns, line.filled, self.head):
            return True
        self.two_columns = columns_of(line.filled)
        if self.two_columns and self.ahead and not self.ahead.packed and is_total_row(self.ahead.filled):
            self.close()
            self.slot, self.in_money = None, False
            return True
        self.two_columns = None
        return False

    def _sum_of_tasks(self, cells: Sequence[GridCell]) -> None:
        """合计 | 1,865.20 | 1,865.20 | 0 below the tasks: what the department spends."""
        below = self.ahead.filled if len(cells) == 1 and self.ahead else ()
        amount = next((c for c in (*cells[1:], *below) if money.is_amount(c.text)), None)
        if self.whole and amount and labels.is_total(cells[0].text):
            self.sum = Amounts(text=amount.text, location=amount.location, unit=self.head.money_unit)

    def _is_of_tasks(self, cell: GridCell) -> bool:
        """Whether a line goes on with the tasks: no label begins it, but 主要内容 or 预算总额 of a department."""
        label = self.label(cell)
        if label is None or not self.whole:
            return label is None
        told = label[0] in ("money", "head") and any(money.is_amount(c.text) for c in self.row)
        return label[0] not in ("goal", "sign_off", "field") and not told

    def _blank(self, line: Line) -> None:
        if line.packed and self.slot and self.slot[0] == "money":
            self.close()

    def _waits_for_goal(self) -> bool:
        return self.slot == ("goal", "") and not self.filled

    def _goals_of_halves(self, line: Line, goal: bool) -> bool:
        """实施期:…, 年度:… in the row of 总体目标: each says whose goal it is."""
        if line is self.told or not goal or self.goal_slots:
            return line is self.told
        if not line.packed and len(line.filled) == 1 < len(line.cells) and is_goal(line.filled[0], "总"):
            self.unsaid = after(line.cells, line.filled[0])
        found, with_next = goals_in(line, self.ahead)
        self.told = self.ahead if with_next else None
        if found:
            self.close()
            self.slot, self.filled, self.in_money = None, True, False
        for half, cell in found:
            self.head.goals[half] = self.head.goals.get(half) or cell.text
            self.head.locations[f"goals.{half}"] = cell.location
        return bool(found)

    def _is_list(self, columns: set[int]) -> bool:
        """Whether these are the heads of the projects that a department lists: its form says so, or more follow."""
        further = self.beyond.filled if self.beyond and not self.beyond.packed else ()
        paid = {c.column for c in self.row if labels.row_head_of(c.text) == "amount"}
        same = {c.column for c in further} <= columns
        same = same and any(c.column in paid and money.is_amount(c.text) for c in further)
        return self.whole or (same and not any(labels.is_known(c.text) for c in further))

    def _values_below(self, line: Line) -> bool:
        """项目编码, 项目名称, 预算金额 as heads, each with its value right below it."""
        heads, below = line.filled, self.ahead
        if line.packed or below is None or below.packed or not 1 < len(heads) - 1 <= len(below.filled):
            return False
        names = [self.label(cell) for cell in heads]
        columns = {cell.column for cell in heads}
        headed = ("field", "project") in names and None not in names[1:]
        if not headed or any(c.column not in columns or labels.is_known(c.text) for c in below.filled):
            return False
        if self._is_list(columns):
            return False
        values = {cell.column: cell for cell in below.filled}
        for head, name in zip(heads, names, strict=True):
            if name and name[0] not in ("aside", "skip"):
                self.open(name, head, False)
                self.value(values.get(head.column, head._replace(text="")), packed=False)
        self.close()
        self.in_money, self.told = False, below
        return True

    def _dangles(self, last: GridCell) -> bool:
        """项目名称 in the very last cell of a row of bars: where a line of one cell follows, that is the name."""
        return last.column == self.row[-1].column and self.slot == ("field", "project") and not self.filled

    def _below(self, cells: Sequence[GridCell]) -> bool:
        """A row of nothing but amounts under a row of heads: totals stand under their heads, or the only one first."""
        if not self.unmet or len(cells) < _PAIR or not all(money.is_amount(c.text) for c in cells):
            return False
        waiting = {half: at for half, at in self.unmet.items() if not self.head.funding[half].text}
        for half, cell in self._under(cells, waiting):
            amounts = self.head.funding[half]
            amounts.text, amounts.location = cell.text, cell.location
            amounts.unit = self.unit or self.head.money_unit
            self.head.locations[f"funding.{half}.total"] = cell.location
        if len(waiting) == 1 and len(self.above) == _STOREYS:
            self._sources_below(self.above[0], self.above[1], cells)
        self.unmet = {}
        return True

    def _sources_below(self, upper: Line, lower: Line, cells: Sequence[GridCell]) -> None:
        """The sources of a row of amounts under heads in two storeys, which no label opens one by one."""
        told = sources_under(upper.filled, lower.filled, cells)
        if not told:
            return
        for head in (*upper.filled, *lower.filled):
            self.head.sources.pop(labels.squeeze(head.text), None)
        for name, text in told.items():
            self.head.sources[name] = [(text, self.unit or self.head.money_unit)]
        self.slot, self.in_money = None, False

    def _under(
        self, cells: Sequence[GridCell], waiting: Mapping[Half, tuple[int, int]]
    ) -> Iterator[tuple[Half, GridCell]]:
        """Each total that waits with its amount: under its head where the row has all columns, or both heads have an
        amount; else in their order, where nothing else stands there, or the first for the only one. An amount below
        the block's own label, a merged cell, tells that the row lost that column."""
        columns = [column for column, _ in waiting.values()]
        over = self.over.column if self.over is not None and self.headed else -1
        lost = any(cells[0].column <= over < at for at in columns)
        placed = {c.column + lost: c for c in cells}
        aligned = any(self.row[-1].column >= last for _, last in waiting.values()) or len(waiting) > 1
        if aligned and all(column in placed for column in columns):
            yield from ((half, placed[column]) for half, (column, _) in waiting.items())
        elif len(waiting) == 1 or len(waiting) == len(cells):
            yield from zip(sorted(waiting, key=lambda half: waiting[half]), cells, strict=False)

    def _runs_on(self, last: GridCell) -> bool:
        """A money label in the very last cell of a row: the row was broken there, the amount opens the next one."""
        at_end = last.column == self.row[-1].column and self.label(last) is not None
        return at_end and self.slot is not None and self.slot[0] in ("money", "source")

    def heads_money(self, cell: GridCell) -> bool:
        """资金情况, 项目资金(万元): the amounts stand beside or below."""
        label = self.label(cell)
        return label is not None and label[0] == "head"

    def foot(self, line: Line) -> None:
        """Below the indicators only labelled cells count: what follows may be anything."""
        self.row = line.cells
        for cell in [part for c in line.filled for part in inline(c, alone=len(line.filled) == 1)]:
            label = self.label(cell)
            if label and label[0] in ("sign_off", "section"):
                self.open(label, cell, True)
            elif self.slot and not self.filled:
                self.value(cell, line.packed)
        if not line.packed:
            self.close()

    def _may_be_section(self, cells: Sequence[GridCell]) -> bool:
        """A row of two cells, the first short and without figures: a column of the form that the lists do not know."""
        label = labels.squeeze(cells[0].text)
        return (
            not self.in_money
            and not self.goal_slots
            and not any(self.label(c) for c in cells)
            and bool(_SECTION.fullmatch(label))
            and not money.is_amount(cells[1].text)
            and not labels.is_title(cells[0].text)
            and "project" in self.head.fields
        )

    def _tells_money(self, line: Line) -> bool:
        """Take in 项目概况 | 经费构成:电费188万元,维修费98万元: whether it was so."""
        if line.packed or len(line.filled) != 2:
            return False
        label, cell = line.filled
        section = self.label(label)
        if section is None or section[0] != "section" or not _TOLD_MONEY.match(cell.text):
            return False
        self.open(section, label, True)
        self.value(cell, False)
        self.close()
        return True

    def _notes(self, cells: Sequence[GridCell]) -> None:
        for at, cell in enumerate(cells):
            year = labels.year_in(_YEAR, cell.text) if len(cell.text) < 80 and self.head.year is None else None
            if year is None:
                continue
            told = cell.text[: year.start()] or "".join(one.text for one in cells[:at])
            amount = year["end"] is not None and bool(_OF_MONEY.search(labels.squeeze(told)))  # 2026, in 万元
            if labels.is_title(cell.text) or (len(cell.text) < 14 and not amount):
                self.head.year = int(year[1])

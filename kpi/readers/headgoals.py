"""The goals that the head of a form tells: their labels, side by side or counted, and the texts that follow."""

import re
from collections.abc import Sequence

from kpi.lazyre import later
from kpi.model import Half, Location
from kpi.readers import labels
from kpi.readers.fields import Head
from kpi.readers.goalhalves import half_label
from kpi.readers.goaljoints import joint_of
from kpi.readers.grid import GridCell
from kpi.readers.headlabels import label_of
from kpi.readers.inline import after
from kpi.readers.lines import Line

#: A goal that is counted, by its number and its sign: 目标2:整理旧志2种, 目标2整理旧志2种; not 目标2000户
_COUNTED = later(r"(?:^|\n)\s*目标\s*([1-9]\d?|[一二三四五六七八九])(?!\d)\s*([:：、.．]?)(?=\S)")
_POINTS = later(r"\d{1,3}")
_LABELLED = later(r"目标\s*(\d{1,2})$")  # 年度目标2, whose text goes on with that of 年度目标1
#: 目标1:…完成情况1:…, in one run
_CAME_OF_IT = later(r"[,，;；。\s]*(?:实际)?完成情况\s*(?:[1一]\s*[:：、.．]|[:：])(?=\S)")
_PAIR = 2
_INDENT = 6  # characters that a line begins behind the labels
_LONGEST = 20_000  # characters of a goal
_STOPS = later("[,，;；。]")
_SENTENCES = later(r"([^。；;]*[。；;])\s+(\S.*)")
_ONE_GAP = later(r"(\S{10,}) +(\S{10,})")  # neither ends in a stop
#: 年度预期目标 具体完成情况 总体完成率(%) over one line each: a goal, what came of it, how much of it
_RATED = later(r"(\S{6,}) +\S{4,} +\d{1,3}(?:\.\d+)?%?")
#: 1.…。2.…。 1.…。2.…。: the list begins anew with what came of it
_ANEW = later(r"(\s*(?P<first>[(（]?[1一][)）、.．]).*?[。；;])\s+((?P=first).*)", re.S)


_PARTED = later(r"\S+(?:\s{1,3}\S+)*")  # the goals of both halves on a printed line, four blanks or more apart


def _parted(text: str) -> re.Match[str] | None:
    """A goal, a blank, and what came of it."""
    return _SENTENCES.fullmatch(text) or _ANEW.fullmatch(text) or _ONE_GAP.fullmatch(text)


def _goal_alone(cell: GridCell) -> GridCell:
    """A counted goal without what came of it behind."""
    end = _CAME_OF_IT.search(cell.text) if _COUNTED.match(cell.text) else None
    return cell._replace(text=cell.text[: end.start()]) if end and end.start() else cell


class GoalSlots:
    """What the cells of a row label, and the goals among them."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.slot: tuple[str, str] | None = None  # what the next text is, and its key
        self.filled = True
        self.in_money = False
        self.goal_slots: list[tuple[str, int, Location]] = []
        self.goal_at = 0
        self.goal_starts: list[int] = []  # columns in which both goals began that are printed side by side
        self.slot_row: tuple[GridCell, ...] = ()  # in which the last label of a goal stood
        self.goal_number = 0  # of the label
        self.whole_goal = False  # whether the goal that was told has a label that names no half
        self.goal_columns: dict[str, int] = {}  # where the goal of each key was told
        self.over_goal: GridCell | None = None  # the last label that names no half, until another one is read
        self.goal_over = False  # whether something stood below it that is none of it
        self.row: tuple[GridCell, ...] = ()
        self.ahead: Line | None = None  # the line below

    def label(self, cell: GridCell) -> tuple[str, str] | None:
        """What a cell labels and its key, by its words and where it stands; None for a value."""
        half = half_label(self.row, self.ahead, cell)
        found = ("goal", half) if half else label_of(cell.text, self.in_money)
        return self._alone(found[1], cell) if found and found[0] == "alone" else found

    def _alone(self, name: str, cell: GridCell) -> tuple[str, str] | None:
        """年度财政资金(万元) where nothing else told the total; below one, or behind 其中, it is a source."""
        told = self.head.funding.get(self.half(name))
        part = any(c.text.startswith("其中") for c in self.row if c.column < cell.column)
        if not part and (told is None or not told.text):
            return "money", name
        return ("source", name) if self.in_money else None

    @staticmethod
    def half(key: str) -> Half:
        """The half that a label is about."""
        return labels.half_in(key) or "annual"

    def open_goal(self, key: str, cell: GridCell) -> None:
        """Wait for a goal; labels side by side wait for as many."""
        self.in_money = False
        number = _LABELLED.search(labels.squeeze(cell.text))
        self.goal_number = int(number[1]) if number else 0
        self.head.counted = self.head.counted or self.goal_number > 1
        if key == "any" and self._whole_beside(cell):
            key = "period"
        above = [slot[0] for slot in self.goal_slots] == ["other"] and not self.goal_at
        if above and (key == "annual" or (key == "any" and self.slot_row is not self.row)):
            self.goal_slots = []  # 总体目标完成情况 in front of both 总体目标, or 预期目标, and what came of it
        if key == "any":
            if not self.goal_slots or self.goal_at:
                self.goal_slots, self.goal_at = self.goal_slots if not self.goal_at else [], 0
            self.slot, self.filled, self.over_goal = ("goal", ""), False, cell
            return
        if self.goal_at:
            self.goal_slots, self.goal_at = [], 0
        if key == "other" and [slot[0] for slot in self.goal_slots] == ["other", "annual"]:
            del self.goal_slots[0]  # 年度目标完成情况: 预期目标 | 实际完成情况: a heading over both
        above = [slot[0] for slot in self.goal_slots] == ["annual"] and self.slot_row is not self.row
        if key == "annual" and above and any(labels.goal_of(c.text) == "other" for c in self.row):
            self.goal_slots = []  # 年度总体目标 on a line of its own above 预期目标 | 实际完成情况
        self.slot_row = self.row
        if key == "other" and (first := self._over_goal(cell)):
            self.goal_slots = [("annual", first.column, after(self.row, first))]
        self.goal_slots.append((key, cell.column, after(self.row, cell)))
        if key != "other":
            self.head.goals.setdefault("period" if key == "period" else "annual", "")
        self.slot, self.filled = ("goal", ""), False

    def _whole_beside(self, cell: GridCell) -> bool:
        """项目总目标 | 年度总体目标: the first is that of the whole term."""
        keys = [labels.goal_of(c.text) for c in self.row if c.text and c.column > cell.column]
        return labels.squeeze(cell.text).endswith("总目标") and keys == ["annual"]

    def _over_goal(self, cell: GridCell) -> GridCell | None:
        """总体目标 | 全年实际完成情况 over the goal and what came of it: the first of these heads, whose own column's
        head (年初设定目标) the page has lost. 总体目标完成情况 may stand in front of both."""
        first, self.over_goal = self.over_goal, None
        if len(self.row) == 1:  # a label a line
            unnamed = [slot[0] for slot in self.goal_slots] in ([], ["other"]) and not self.goal_at
            return first if unnamed and self.ahead and self._is_text(self.ahead) else None
        heads = [c for c in self.row if c.text]
        heads = heads[1:] if len(heads) > _PAIR and labels.goal_of(heads[0].text) == "other" else heads
        below = self.ahead.filled if self.ahead else ()
        if len(heads) != _PAIR or heads[1] != cell or any(labels.is_known(c.text) for c in below):
            return None
        texts = len(below) == _PAIR or (len(below) == 1 and self.ahead is not None and self.ahead.packed)
        return heads[0] if labels.goal_of(heads[0].text) == "any" and texts else None

    @staticmethod
    def _is_text(line: Line) -> bool:
        return len(line.filled) == 1 and not labels.is_known(line.filled[0].text)

    def goal(self, cell: GridCell, packed: bool) -> None:
        """Take a text in as the goal whose turn it is, or that stands in its column."""
        slots = self.goal_slots or [("annual", 0, cell.location)]
        if labels.is_points(cell.text) or (len(slots) > 1 and _POINTS.fullmatch(cell.text)):
            return  # for the goals, between their heads and their texts
        if packed and self._rated(cell, [key for key, *_ in slots]):
            return
        cell = _goal_alone(cell)
        if self.goal_at and self._next_goal(cell, packed):
            return
        split = packed and not self.goal_at and len(slots) > 1 and not self._told_below()
        if split and (both := _parted(cell.text)):
            self.goal(cell._replace(text=both[1]), packed)  # the goal, a blank, and what came of it
            cell = cell._replace(text=both[both.lastindex or 0])
        if packed and self._side_by_side(cell):
            return
        if self.goal_at >= len(slots):
            self._goes_on(cell, packed)
            return
        texts = [c for c in self.row if c.text and self.label(c) is None]
        below = [i for i, s in enumerate(slots) if s[1] == cell.column and i >= self.goal_at and not packed]
        if len(texts) == len(slots) and {c.column for c in texts} != {s[1] for s in slots}:
            below = []  # the heads' row lost a merged cell: one text for each, in their order
        if below:
            self.goal_at = below[0]
        elif not packed and len(texts) == 1 and len(slots) > 1:
            self.goal_at = max((i for i, s in enumerate(slots) if s[1] <= cell.column), default=0)
        key = slots[self.goal_at][0]
        self.goal_at += 1
        self.goal_over = False
        self.goal_columns[key] = cell.column
        if key == "other":
            return
        half: Half = "period" if key == "period" else "annual"
        if half == "annual" and key == "annual" and self.whole_goal and not self.head.goals.get("period"):
            self._was_whole()
        self.whole_goal = not self.goal_slots
        told, self.filled = self.head.goals.get(half), True
        if told and self.goal_number > 1 and cell.text not in told:
            self.head.goals[half] = f"{told}\n{cell.text}"
            return
        self.head.goals[half] = told or cell.text
        self.head.locations[f"goals.{half}"] = cell.location

    def _rated(self, cell: GridCell, keys: Sequence[str]) -> bool:
        """Take in the goal of a line that tells its result and rate as well: whether it was one."""
        row = _RATED.fullmatch(cell.text) if keys[0] == "annual" and keys[1:] and {*keys[1:]} == {"other"} else None
        if row is None:
            return False
        told = self.head.goals.get("annual")
        self.head.goals["annual"] = f"{told}\n{row[1]}" if told else row[1]
        self.head.locations.setdefault("goals.annual", cell.location)
        self.goal_at, self.filled, self.goal_over = len(keys), True, False
        return True

    def _side_by_side(self, cell: GridCell) -> bool:
        """Take in a line of both goals, printed side by side with blanks between, or below such a line one that goes on
        with either: whether it was one."""
        halves = [key for key, *_ in self.goal_slots]
        if sorted(halves) != ["annual", "period"] or 0 < self.goal_at < len(halves):
            return False
        first, parts = cell.location.column or 1, list(_PARTED.finditer(cell.text))
        starts = [first + part.start() for part in parts]
        if self.goal_at == 0:
            if len(parts) != len(halves):
                return False
            self.goal_starts = starts
        if not self.goal_starts:
            return False
        at = [_nearest(self.goal_starts, start) for start in starts]
        told = [self.head.goals.get(_half(halves[k])) or "" for k in at]
        texts = [part.group().strip() for part in parts]
        joints = [joint_of(one, text, indented=True) if one else "" for one, text in zip(told, texts, strict=True)]
        if len(set(at)) < len(at) or (self.goal_at and None in joints):
            return False
        for k, before, joint, text in zip(at, told, joints, texts, strict=True):
            self.head.goals[_half(halves[k])] = f"{before}{joint}{text}" if self.goal_at else text
            self.head.locations.setdefault(f"goals.{_half(halves[k])}", cell.location)
        self.goal_at, self.filled, self.goal_over = len(halves), True, False
        return True

    def _was_whole(self) -> None:
        """项目总目标:…, then 年度目标:…: the first was that of the whole term."""
        self.head.goals["period"] = self.head.goals.pop("annual", "")
        if place := self.head.locations.pop("goals.annual", None):
            self.head.locations["goals.period"] = place

    def _goes_on(self, cell: GridCell, packed: bool) -> None:
        """A line or a row of its own below the goal, the label's cell left blank: the same goal, as long as its texts
        follow on each other."""
        beside = [c for c in self.row if c.text]
        keys = [key for key, column in self.goal_columns.items() if column == cell.column and not packed]
        if not keys and len(self.goal_columns) == len(beside) == 1 and (packed or len(self.row) == 1):
            keys = list(self.goal_columns)
        if self.goal_over or len(keys) != 1 or any(self.label(c) for c in beside):
            return
        if keys[0] == "other" or len(beside) > len(self.goal_columns):
            return
        half: Half = "period" if keys[0] == "period" else "annual"
        told = self.head.goals.get(half) or ""
        joint = joint_of(told, cell.text, indented=packed and _is_indented(cell))
        if joint is None or len(told) >= _LONGEST:
            self.goal_over = len(beside) == 1
            return
        self.head.goals[half] = f"{told}{joint}{cell.text}"

    def _told_below(self) -> bool:
        """Whether the line below is a text of its own, and so what came of the goal in this one."""
        texts = [c.text for c in self.ahead.filled] if self.ahead and len(self.ahead.cells) == 1 else []
        return any(_STOPS.search(text) and not labels.is_known(text) for text in texts)

    def _next_goal(self, cell: GridCell, packed: bool) -> bool:
        """Take in the next of several goals that are counted, on a line or in a cell of its own: whether it was one."""
        counted = _COUNTED.match(cell.text)
        if not counted:
            return False
        waits = packed and self.goal_at < len(self.goal_slots)
        if waits and _counts_again(next(iter(self.head.goals.values()), ""), counted):
            return False  # 目标1 of the next column: what came of the first one
        beside, keys = [c for c in self.row if _COUNTED.match(c.text)], list(self.goal_columns)
        if len(beside) == len(keys):
            keys = [key for key, one in zip(keys, beside, strict=True) if one.column == cell.column]
        elif not packed:
            keys = [key for key, column in self.goal_columns.items() if column == cell.column]
        for key in keys:
            half: Half = "period" if key == "period" else "annual"
            told = self.head.goals.get(half, "")
            alone = len(self.goal_columns) == 1  # whatever its number, it can belong to no other
            goes_on = _follows(told, counted) or (alone and _COUNTED.match(told))
            if key != "other" and len(told) < _LONGEST and goes_on:
                self.head.goals[half] = f"{told}\n{cell.text}"
                return True
        return "other" in keys


def _nearest(starts: Sequence[int], column: int) -> int:
    """Which of the columns a text stands in."""
    return min(range(len(starts)), key=lambda k: abs(starts[k] - column))


def _half(key: str) -> Half:
    return "period" if key == "period" else "annual"


def _follows(told: str, counted: re.Match[str]) -> bool:
    """Whether a counted goal is the one behind those that were told, and is written as they are."""
    before = _COUNTED.findall(told)
    return bool(before) and _number(counted[1]) == _number(before[-1][0]) + 1 and counted[2] == before[-1][1]


def _counts_again(told: str, counted: re.Match[str]) -> bool:
    """Whether a counted goal has a number that was told: the list begins anew."""
    before = _COUNTED.findall(told)
    return bool(before) and _number(counted[1]) <= _number(before[-1][0])


def _number(text: str) -> int:
    return int(text) if text.isdigit() else "零一二三四五六七八九".index(text)


def _is_indented(cell: GridCell) -> bool:
    return (cell.location.column or 0) > _INDENT and cell.location.line is not None

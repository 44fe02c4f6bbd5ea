"""Rows become indicators: halves paired, sign and unit joined, cut and merged cells repaired from the other side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from kpi.lazyre import HAN
from kpi.model import COST_LEVELS, UNIT_COLUMN, Entry, Indicator, Location, Unread
from kpi.model import Half as HalfName
from kpi.readers import labels
from kpi.readers.gluedtext import unit_words
from kpi.readers.grid import GridCell
from kpi.readers.kinds import Half
from kpi.readers.rows import Body
from kpi.values.normal import MARKS
from kpi.values.traditional import simplified

_BREAK = re.compile(r"\s*\n\s*")
_FIGURED = re.compile(r"[^\d]{0,4}\d[\d,]*(?:\.\d+)?\s*(?P<unit>\D+)")
_MAGNITUDES = "十百千万亿萬億"
_SHARES = ("%", "％", "‰")
_ALONE = frozenset({"%", "％", "‰", "元", "万元", "亿元"})  # units that nothing before them belongs to
_BLANK = re.compile(rf"({labels.SLOT.pattern})?\s*[./—-]*")  # a line of the template that nobody filled in
_OF_ALL = re.compile(r".{0,3}(合计|总计|小计|总数|汇总)|全(省|市|县|区|旗|州|镇|乡|街道?|域)")
_STROKE = re.compile(r"\s*[-—–―/]+\s*")
_POINTED = 3  # rows with points that make it a column of points
_ALIKE = 0.5  # of two names of one row
MERGED = "名称与指标值写在同一格，已按另一侧拆开，请核对并分两格填写。"
LOST = "这一格不知属于哪一列，未能读入，请核对该行各列是否对齐。"


@dataclass(slots=True, eq=False)
class Block:
    """The indicators of one block of rows. `halves`: what its left and right values are."""

    halves: tuple[HalfName, ...]
    cost_first: bool
    indicators: list[Indicator] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    one: str = ""
    two: str = ""

    def add(self, body: Body) -> None:
        """Take one row in."""
        self._level(body)
        for cell in body.spare:
            if not any(c.isalnum() for c in cell.text):
                continue  # a dash says that nothing is there
            self.unread.append(Unread(cell.text, cell.location, LOST, level2=self.two))
        if len(self.halves) == 2 and body.right is not None:
            self._pair(body, body.right)
        elif self._valued(body.left):
            self._shared(body)
        else:
            entry = _entry(body.left, body.place)
            if body.matrix and not entry.text:
                entry = _of_matrix(entry, body.matrix, _text(body.left, "sign") or "")
            self._keep(body, self.two, **{self.halves[0]: entry})

    def _level(self, body: Body) -> None:
        if body.one:
            self.one = body.one
            # a first level that stands below its first row (a merged cell, its label in the middle) opens nothing new
            slid = labels.LEVEL_OF_TWO.get(self.two, "产出指标") == body.one and self.two and _text(body.left, "name")
            self.two = "" if body.two is None and not slid else self.two
        if body.two is not None and not self._slid_cost(body.two):
            parent = "成本指标" if self.cost_first else "产出指标"
            self.one, self.two = labels.canonical(body.two, parent if body.two.two == "成本指标" else self.one)
            if body.two.rank == 1:
                self.two = labels.second_alone(body.two.one)
        elif body.custom:
            self.two = body.custom
        elif body.one and not self.two:
            self.two = labels.second_alone(body.one)

    def _slid_cost(self, level: labels.Level) -> bool:
        """成本指标 below the first row of its own second levels: the first level's label, in the middle of its rows."""
        return self.cost_first and level.two == "成本指标" and self.two in COST_LEVELS[1:]

    @staticmethod
    def _valued(left: Half) -> bool:
        return "value-period" in left or "value-annual" in left

    def _shared(self, body: Body) -> None:
        """One name, a value column for each half."""
        base = {k: v for k, v in body.left.items() if not k.startswith("value")}
        made = {
            half: _entry(base | ({"value": cell} if (cell := body.left.get(f"value-{half}")) else {}), body.place)
            for half in ("period", "annual")
        }
        dashed = [half for half in made if (cell := body.left.get(f"value-{half}")) and _STROKE.fullmatch(cell.text)]
        for half in dashed if any(entry.text for entry in made.values()) else ():
            del made[half]  # — beside the other half's value: the row is none of this half's
        self._keep(body, self.two, **made)

    def _pair(self, body: Body, right: Half) -> None:
        a, b = _entry(body.left, body.place), _entry(right, body.right_place or body.place)
        a, b, repaired = _split_merged(a, b)
        if repaired:
            self.unread.append(Unread(repaired.name, repaired.location, MERGED, level2=self.two))
        names = dict(zip(self.halves, (a, b), strict=True))
        if body.right_two is not None and body.two is not None and body.right_two.two != body.two.two:
            self._keep(body, self.two, **{self.halves[0]: a})
            self._keep(body, labels.canonical(body.right_two, self.one)[1], **{self.halves[1]: b})
            return
        if _two_rows(a, b):
            for half, entry in names.items():
                self._keep(body, self.two, **{half: entry})
            return
        self._keep(body, self.two, **names)

    def _keep(self, body: Body, two: str, period: Entry | None = None, annual: Entry | None = None) -> None:
        left = body.left
        name = _name(period, annual)
        if any(e and e.text and _is_head(e.text) for e in (period, annual)) and (not name or _is_head(name)):
            return  # the heads once more
        if not (name or two or self.one) and any(e and _ALL_POINTS.fullmatch(e.text) for e in (period, annual)):
            return  # all points and the score, above the first row
        if not body.left_label and not (name or any(e and e.text for e in (period, annual))):
            return
        self.indicators.append(
            Indicator(
                self.one,
                two,
                name,
                period,
                annual,
                columns={head: _clean(cell.text) for head, cell in {**body.matrix, **body.aside}.items()}
                | _clashing(left),
                polarity=_polarity(left),
                actual=_result(left, name),
                **{key: _text(left, key) for key in ("weight", "score", "reason", "outlook")},
                expected_year_end=_text(left, "expected"),
            )
        )


def _two_rows(a: Entry, b: Entry) -> bool:
    """Whether two rows stand side by side, each half listing its own: neither name nor value has much of the other."""
    if not (a.name and a.text and b.name and b.text) or a.text == b.text:
        return False
    one, other = (labels.SLOT.sub("", entry.name) for entry in (a, b))
    return SequenceMatcher(None, one, other, autojunk=False).ratio() < _ALIKE


def _is_head(text: str) -> bool:
    """Whether a text is the head of a column and nothing else: no value reads 实际完成值."""
    return len(text) > 1 and labels.head_of(text) is not None


def complete(indicators: Sequence[Indicator], kinds: set[str]) -> list[Indicator]:
    """Blank cells of columns that the form has are "", not None."""
    keys = {
        "weight": "weight",
        "score": "score",
        "reason": "reason",
        "outlook": "outlook",
        "cause": "reason",
        "chance": "outlook",
        "expected": "expected_year_end",
    }
    filled = []
    blank = {attr for kind, attr in keys.items() if kind in kinds}
    if any(indicator.polarity for indicator in indicators):  # a column headed 指标性质 may hold signs alone
        blank.add("polarity")
    points = sum((row.weight or "").strip().isdigit() for row in indicators)
    for indicator in indicators if points < _POINTED else map(_without_share, indicators):
        change = {attr: "" for attr in sorted(blank) if getattr(indicator, attr) is None}
        filled.append(indicator._replace(**change) if change else indicator)  # type: ignore[arg-type]
    return filled


def _without_share(row: Indicator) -> Indicator:
    """特困人员认定准确率 | | 100% | 100% among rows with points: a share is what was reached, and no weight."""
    told, value = (row.weight or "").strip(), row.annual
    if not told.endswith(("%", "％")) or row.actual or value is None or not value.text.strip().endswith(("%", "％")):
        return row
    actual = Entry(value.text, value.name, value.location, {"value": value.location})
    return row._replace(weight="", annual=value._replace(text=told), actual=actual)


def _text(cells: Half, kind: str) -> str | None:
    return _clean(cells[kind].text) if kind in cells else None


def _clean(text: str) -> str:
    return _BREAK.sub("", text).strip()


def _entry(cells: Half, place: GridCell) -> Entry:
    """Name, and sign + value + unit, with the place of each."""
    sign, value, unit = (_text(cells, k) or "" for k in ("sign", "value", "unit"))
    sign = _LISTED.sub("", sign)
    if labels.matches("blank", sign):
        sign = ""
    if labels.matches("blank", value):
        value = "" if value != "无" else value
    text = "" if not value and not unit else _joined(sign, value, unit)
    spots: dict[str, Location] = {k: cells[k].location for k in ("name", "value", "sign", "unit") if k in cells}
    where = cells.get("value") or cells.get("name")
    name = _text(cells, "name") or ""
    if not text and _BLANK.fullmatch(name) and not labels.SLOT.fullmatch(name):
        name = ""  # a dash; but 指标2: and …… are rows of the template that the form left standing
    return Entry(text, name, where.location if where else place.location, spots)


def _clashing(cells: Half) -> dict[str, str]:
    """The unit of the form's own column, where it contradicts the one that the value has itself: 64.5万元 | %."""
    value, cell = _text(cells, "value") or "", cells.get("unit")
    unit = _clean(cell.text) if cell else ""
    own = _own_unit(value)
    return {UNIT_COLUMN: unit} if own and unit and not value.endswith(unit) and _clash(own, unit) else {}


def _of_matrix(entry: Entry, matrix: dict[str, GridCell], sign: str) -> Entry:
    """The value of a row with a column for each village or unit: the common one, or all with their heads."""
    told = {head: _clean(cell.text) for head, cell in matrix.items() if cell.text}
    told = {head: text for head, text in told.items() if not _STROKE.fullmatch(text)} or told
    texts = {head: _joined(sign, text, "") for head, text in told.items()}
    first = next(iter(matrix.values())).location
    whole = next((head for head in texts if _OF_ALL.fullmatch(head)), None)
    if whole:  # 全县合计 beside the villages
        return entry._replace(text=texts[whole], location=matrix[whole].location)
    common = set(texts.values())
    text = common.pop() if len(common) == 1 else "；".join(f"{head}{text}" for head, text in texts.items())
    return entry._replace(text=text, location=first)


_ALL_POINTS = re.compile(r"(?:90|100)(?:\.0+)?分?")
_LISTED = re.compile(rf"^00\d\s*(?=[{MARKS}])")  # 004 >=: a sign with its number in the list of a system
_WORDS = re.compile(rf"(?:(?![零一二三四五六七八九十百千万亿两半每]){HAN}){{2,}}")  # words: no unit
#: what stands in the column of units beside a date or words, and is none: 2027年11月30日 | 日期
_IN_WORDS = "文字描述"  # in place of a sign: the value is none that could be measured
_NO_UNIT = re.compile(
    r"日期|年[-/.、]?月(?:[-/.、]?日)?|时间(?:点|节点)?|文本|文字(?:描述)?|定性(?:描述|指标)?|描述"
)


def _joined(sign: str, value: str, unit: str) -> str:
    if _IN_WORDS in (sign, value):
        return "".join(part for part in (sign, value, unit) if part != _IN_WORDS)
    if sign and value[:1] in MARKS:
        sign = ""
    if labels.matches("blank", unit) or (unit and value.endswith(unit)) or _NO_UNIT.fullmatch(unit):
        unit = ""
    if _WORDS.fullmatch(value):
        unit = ""  # 及时 | 小时; 有所提高 | 知晓情况, the explanation where the unit was left out
    own = _own_unit(value)
    if own and unit.startswith(f"{own}/"):
        value = value[: value.rindex(own)]  # 12元 | 元/人
    elif own and _clash(own, unit):
        unit = ""
    return f"{sign}{value}{unit}"


def _own_unit(value: str) -> str:
    """元 of 28.8万元; "" where the value has no unit that is complete in itself."""
    told = _FIGURED.fullmatch(value)
    own = told["unit"].strip().lstrip(_MAGNITUDES) if told else ""
    return own if simplified(own) in unit_words() else ""


def _clash(own: str, unit: str) -> bool:
    """28.8万元 | %, 3次 | 元, 70% | 万头: the column's unit is none of this value's. 500元 | /人 and 260人 | 次 go
    together."""
    apart = unit in _ALONE or (own in _SHARES and not unit.startswith("/"))
    return apart and simplified(own + unit) not in unit_words()


def _result(cells: Half, name: str) -> Entry | None:
    cell = cells.get("actual")
    if cell is None:
        return None
    spots = {"value": cell.location} | {kind: cells[kind].location for kind in ("score",) if kind in cells}
    return Entry(_clean(cell.text), name, cell.location, spots)


def _polarity(cells: Half) -> str | None:
    cell = cells.get("nature")
    return _clean(cell.text) or None if cell and not labels.matches("blank", cell.text) else None


def _split_merged(a: Entry, b: Entry) -> tuple[Entry, Entry, Entry | None]:
    """A cell that holds name and value at once is split where the other half has its value alone."""
    for short, whole in ((b, a), (a, b)):
        both = short.name or short.text
        if (short.name and short.text) or not whole.text or not both.endswith(whole.text) or both == whole.text:
            continue
        name = both[: -len(whole.text)]
        if whole.name.startswith(name) or name.startswith(whole.name):
            mended = short._replace(name=name, text=whole.text)
            merged = short._replace(name=both)
            return (mended, whole, merged) if short is a else (whole, mended, merged)
    return a, b, None


def _name(period: Entry | None, annual: Entry | None) -> str:
    """The uncut name: the longer one where one is the beginning of the other, else the first half's."""
    names = [e.name for e in (period, annual) if e and e.name]
    if len(names) == 2 and names[1].startswith(names[0]):
        return names[1]
    return names[0] if names else ""


def merge(first: Sequence[Indicator], second: Sequence[Indicator]) -> list[Indicator]:
    """Blocks of the two halves that stand one below the other: pairs by level and name, then by level and order."""
    rest = list(second)
    merged = []
    for indicator in first:
        same = [o for o in rest if o.level2 == indicator.level2]
        twin = next((o for o in same if _alike(o.name, indicator.name)), None)
        if twin is None and not indicator.filled:
            twin = next((o for o in same if not o.filled), None)
        if twin is None and not indicator.name:
            twin = next((o for o in same if _same_value(indicator, o)), None)
        if twin:
            rest.remove(twin)
            name = _name(indicator.period, twin.annual) or indicator.name
            indicator = indicator._replace(annual=twin.annual, name=name)  # noqa: PLW2901
        merged.append(indicator)
    for extra in rest:
        at = max((i for i, o in enumerate(merged) if o.level2 == extra.level2), default=len(merged) - 1)
        merged.insert(at + 1, extra)
    return [_blank_halves(i) for i in merged]


def _same_value(first: Indicator, second: Indicator) -> bool:
    """Whether two rows without a name are the same row of both halves."""
    texts = [[entry.text for _, entry in row.entries()] for row in (first, second)]
    return not second.name and texts[0] == texts[1]


def _alike(a: str, b: str) -> bool:
    return bool(a and b) and (a.startswith(b) or b.startswith(a))


def _blank_halves(indicator: Indicator) -> Indicator:
    blank = Entry("", "", indicator.location or Location())
    return indicator._replace(period=indicator.period or blank, annual=indicator.annual or blank)

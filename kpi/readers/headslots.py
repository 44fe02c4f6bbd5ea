"""What the head of a form is waiting for: each label opens a slot, and the next text fills it."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.lazyre import later
from kpi.model import Half, Location
from kpi.readers import labels, money
from kpi.readers.fields import Amounts, Head
from kpi.readers.grid import GridCell
from kpi.readers.headgoals import GoalSlots
from kpi.readers.headlabels import label_of
from kpi.readers.inline import after
from kpi.readers.moneywords import Words

_LABEL = later(r"[^:：\d]{2,16}[:：]")
_TO_SEAL = later("[(（](?:盖章|公章|签字|签章|签字盖章)[)）](?:\\s*(?:金额)?单位[:：]\\s*(?:人民币)?[万亿]?元)?")
_WHOLE = later("总投资|总预算|总额|总金额|总计")
_OF_YEAR = later(r"\d{4}年(?:预算|资金|投资|经费)")
_HALVES = 2
OF_WHICH = "其中:"  # in front of the name of a part of a source
_SUM = later("合计|投资|概算")
_WORDY = later("[\\d,;。]|^[均全皆]|无需|不需|不涉及")  # 年度资金总额20,均为财政拨款: no name of a source
_THIS_YEAR = later(r"(?:(?:本年度?|当年度?)(?:金额|安排)?|(?P<year>20\d\d)年度?(?:金额|安排|资金|投入)*)(?:\(万?元\))?")
#: 资金总额:150万元, 其中:2026年50万元
_YEARS_PART = later(
    r"其中:?(?:本年度?|当年度?|年度|(?P<year>20\d\d)年度?)(?:预算|资金|安排|投入|申请|需)*[:为]?(?P<amount>\d[\d,]*(?:\.\d+)?(?:[万亿]?元)?)$"
)
_FIGURE = later(r"\d")
_NO_POINTS = ("-", "—", "–", "/")  # 上年结转资金 | 34.60 | 34.60 | — | —: a source is given none
_RATE = later(r"\d{1,3}(?:\.\d+)?[%％]")


class Slots(GoalSlots):
    """Label, then value: each label opens a slot that the next text fills."""

    def __init__(self, head: Head) -> None:
        super().__init__(head)
        self.unit: str | None = None  # that the open label itself names
        self.budget: GridCell | None = None  # a head like 预算数 that may be a label with its amount behind it
        self.one_year = False  # whether one year alone has a budget of its own: 2027年预算金额
        self.of_all = ""  # the label of the total that names no half
        self.words = Words()
        # totals whose amounts may stand in a row below, each with its column and the last one of its row
        self.unmet: dict[Half, tuple[int, int]] = {}
        self.over: GridCell | None = None  # the label of the block of money
        self.amounts = 0  # how many a source has in front of its rate
        self.spent = False  # whether what follows is what the money goes to
        self.headed = False  # whether it stands in the row of those heads
        self.sealed = False  # whether the open label asks for a seal

    def open(self, label: tuple[str, str], cell: GridCell, fixed: bool) -> None:
        """Wait for the value of a label; `fixed`: the row says where that stands."""
        kind, key = label
        if kind == "money":
            self._was_head()
        self.close()
        self.spent = self.spent and kind in ("money", "source", "head", "skip", "aside", "unit")
        if kind == "goal":
            self.open_goal(key, cell)
        elif kind == "head":
            self.in_money, self.goal_slots, self.budget, self.over = True, [], cell, cell
            self.unit = labels.money_unit(cell.text)
            self.head.money_unit = self.unit or self.head.money_unit
        elif kind == "unit":
            self.head.money_unit = self.head.money_unit or labels.money_unit(cell.text)
        elif kind == "spent":
            self.in_money, self.budget, self.spent = False, None, True
        elif self.spent and kind in ("money", "source"):
            return  # what the money goes to
        elif kind in ("skip", "aside"):
            self.budget = cell if labels.is_total(cell.text) else None
            if self.in_money:
                self.head.money_unit = self.head.money_unit or labels.money_unit(cell.text)
        else:
            self.in_money = kind in ("money", "source")
            if kind != "money":
                self.goal_slots = self.goal_slots if kind == "source" else []
            key = f"{OF_WHICH}{key}" if kind == "source" and self._is_part(key, cell) else key
            self.slot, self.filled, self.budget, self.sealed = (kind, key), False, None, False
            self.unit = labels.money_unit(cell.text) or (self.unit if kind == "source" else None)
            if key == "project" and labels.squeeze(cell.text).startswith("二级"):
                self.head.fields.pop(key, None)  # under a 一级项目 the 二级项目 is the one that the form is about
            self._place(self._key(kind, key), after(self.row, cell) if fixed else cell.location)
            if kind == "money":
                self.head.funding.setdefault(self.half(key), Amounts(location=cell.location))
                self.unmet[self.half(key)] = cell.column, self.row[-1].column
                self.headed = self.over is not None and self.over in self.row

    def _is_part(self, key: str, cell: GridCell) -> bool:
        """其中:政府采购金额 below 财政拨款: a part of that source; right below the total, or in the second half of a
        row, it is a source itself."""
        of_which = labels.squeeze(cell.text).startswith("其中") and len(self.head.funding) < _HALVES
        told = any(text for given in self.head.sources.values() for text, _ in given)
        return of_which and told and key not in self.head.sources

    def _was_head(self) -> None:
        """资金金额(万元) | 实施期资金总额 | 960: a total in front of that of a half, in one row, or right above
        it where a line is a cell, heads them both."""
        if not self.slot or self.slot[0] != "money" or self.filled or labels.half_in(self.slot[1]):
            return
        if _SUM.search(self.slot[1]):
            return  # 项目总投资, left blank
        labelled = [k for k, c in enumerate(self.row) if labels.squeeze(c.text) == self.slot[1]]
        beside = bool(labelled) and any(c.text for c in self.row[labelled[0] + 1 : labelled[0] + 2])
        above = len(self.row) == 1 and labels.money_unit(self.slot[1]) is not None and "总" not in self.slot[1]
        half = "annual" if beside else self.half(self.slot[1])  # 项目金额(万元), and 年度资金总额 on the next line
        if (beside or above) and half in self.head.funding and not self.head.funding[half].text:
            del self.head.funding[half]
            self.head.locations.pop(f"funding.{half}.total", None)
            self.head.money_unit = self.head.money_unit or self.unit

    def _key(self, kind: str, key: str) -> str:
        return {
            "field": key,
            "section": f"sections.{key}",
            "sign_off": f"sign_off.{key}",
            "money": f"funding.{self.half(key)}.total",
        }.get(kind, "")

    def _place(self, key: str, location: Location) -> None:
        if key:
            self.head.locations.setdefault(key, location)

    def close(self) -> None:
        """An open label without a value is a field left empty."""
        if self.slot and not self.filled:
            kind, key = self.slot
            if kind == "field" and key == "unit" and self.sealed:
                self.head.sign_off.setdefault("单位盖章", "")
            elif kind == "field":
                self.head.fields.setdefault(key, "")
            elif kind == "section":
                self.head.sections.setdefault(key, "")
            elif kind == "sign_off":
                self.head.sign_off.setdefault(key, "")
            elif kind == "source":
                self.head.sources.setdefault(key, []).append(("", None))
        if self.slot and self.slot[0] != "goal":
            self.slot = None

    def value(self, cell: GridCell, packed: bool) -> None:
        """Take a text in as the value of the open label, if there is one."""
        if not self.slot:
            of_year = self.budget is not None and _OF_YEAR.match(labels.squeeze(self.budget.text)) is not None
            if self.budget and self.in_money and (self._no_total() or (of_year and money.is_amount(cell.text))):
                if money.is_amount(cell.text):
                    self.open(("money", labels.squeeze(self.budget.text)), self.budget, False)
                    self.value(cell, packed)
                else:
                    self._keep_words(cell, "", waits=False)
            return
        kind, key = self.slot
        if kind in ("field", "sign_off") and not self.filled and _LABEL.fullmatch(cell.text.strip()):
            self.close()  # another label, that the lists do not know: this one has no value
            return
        if kind == "goal":
            self.goal(cell, packed)
        elif kind == "field" and _TO_SEAL.fullmatch(cell.text.strip()):
            self.sealed = True  # 部门名称 | (盖章) | …: it stands behind that
        elif not self.filled:
            self._fill(kind, key, cell)
        elif kind == "section" and len(self.head.sections.get(key, "")) + len(cell.text) < 20_000:
            self.head.sections[key] += "\n" + cell.text

    def _no_total(self) -> bool:
        return not any(amounts.text for amounts in self.head.funding.values())

    def _fill(self, kind: str, key: str, cell: GridCell) -> None:
        head, self.filled = self.head, True
        place = self._key(kind, key)
        if place and not (kind == "field" and head.fields.get(key)):  # told once more on the next page
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
            if kind == "money" and not self.filled:
                self._keep_words(cell, key, waits=True)

    def takes_words(self, cell: GridCell, cells: Sequence[GridCell]) -> bool:
        """Take in what stands behind the label of a total and is neither an amount nor where it comes from."""
        waits = self.slot is not None and self.slot[0] == "money" and not self.filled
        heads = self.slot is None and self.budget is not None and (self.budget in self.row or self.budget in cells)
        label = labels.squeeze(cell.text)
        wordy = _WORDY.search(label) is not None
        if not (waits or heads) or not (wordy or (_ends(cell, cells) and not money.names_source(label))):
            return False
        self._keep_words(cell, self.slot[1] if waits and self.slot else "", waits)
        return True

    def _keep_words(self, cell: GridCell, label: str, waits: bool) -> None:
        """Whose money it is the label says, or what stands in front of the first figure."""
        self.words.keep(cell, self.half(label or _FIGURE.split(cell.text)[0]), waits, self.unit)

    def _amount(self, kind: str, key: str, cell: GridCell) -> None:
        unit = self.unit or self.head.money_unit
        if kind == "source" and self._is_of_the_year(key):
            self._year_of_whole(cell, unit)
            return
        if kind == "source":
            text = "" if self._lacks_first() else cell.text
            self.head.sources.setdefault(key, []).append((text, unit))
            return
        amounts = self.head.funding[self.half(key)]
        of_half = labels.half_in(key) is not None or (self.one_year and _OF_YEAR.match(key) is not None)
        whole = amounts.text and of_half and not amounts.of_half and self.half(key) == "annual"
        if whole and _WHOLE.search(self.of_all):
            # 项目总投资 98000, then 本年度资金 26000
            self.head.funding.setdefault("period", replace(amounts, sources=dict(amounts.sources)))
            amounts.sources.clear()
        self.of_all = key if not of_half else self.of_all
        part = _YEARS_PART.search(labels.squeeze(cell.text)) if not amounts.text and not of_half else None
        if not amounts.text or (of_half and not amounts.of_half):  # 项目总预算 65, then 当年预算 25
            amounts.text, amounts.location, amounts.unit, amounts.of_half = cell.text, cell.location, unit, of_half
            amounts.own = "本级" in key
        if part and part["year"] in (None, str(self.head.year)):
            self._year_of_whole(cell._replace(text=part["amount"]), unit)

    def _is_of_the_year(self, key: str) -> bool:
        """资金总额150, 其中:本年度50: this year's part of the whole, and no source."""
        told = self.head.funding.get("annual")
        named = _THIS_YEAR.fullmatch(key)
        if named is None or (named["year"] and self.head.year and named["year"] != str(self.head.year)):
            return False
        return told is not None and bool(told.text) and not told.of_half

    def _year_of_whole(self, cell: GridCell, unit: str | None) -> None:
        amounts = self.head.funding["annual"]
        self.head.funding.setdefault("period", replace(amounts, sources=dict(amounts.sources)))
        self.head.locations.setdefault("funding.period.total", amounts.location)
        amounts.text, amounts.location, amounts.unit, amounts.of_half = cell.text, cell.location, unit, True
        self.head.locations["funding.annual.total"] = cell.location

    def _lacks_first(self) -> bool:
        """上年结转资金 | 8.60 | 8.60 | — | 100%, below a source with three amounts in front of its rate: in a text that
        leaves blank cells out, what stands first is no budget of the beginning of the year."""
        texts = [cell.text for cell in self.row]
        rate = next((k for k, text in enumerate(texts) if _RATE.fullmatch(text.strip())), 0)
        rate = rate or next((k for k, text in enumerate(texts) if k > 1 and text.strip() in _NO_POINTS), 0)
        amounts = sum(_FIGURE.match(text.strip()) is not None for text in texts[:rate])
        short = 0 < amounts < self.amounts and self.row[0].location.line is not None
        self.amounts = max(self.amounts, amounts)
        return short


def _ends(cell: GridCell, cells: Sequence[GridCell]) -> bool:
    """Whether nothing stands behind a cell, or the label of the other half's total."""
    behind = cells[cells.index(cell) + 1 :]
    return not behind or (label_of(behind[0].text, True) or ("",))[0] == "money"

"""Label and value in one cell: "填报日期: 2025", several of them on one line."""

import re
from collections.abc import Iterator, Sequence

from kpi.model import Location
from kpi.readers import labels, money
from kpi.readers.grid import GridCell

_INLINE = re.compile(r"^([^:：]{2,24})[:：]\s*(\S.*)$", re.S)
_SOURCE = re.compile(r"^((?:其中[:：]?)?[^:：\d]{2,20})[:：]\s*(\S.*)$", re.S)
_MONEY = re.compile("资金|拨款|收入|补助|结转|经费|债券|贷款|自筹|公共预算")
_FIGURE = r"\d[\d,]*(?:\.\d+)?(?:\s*[万亿]?元)?"
#: 项目预算(万元):576.00 其中:财政资金 576.00 其他资金 —
_MONEY_LINE = re.compile(
    rf"\s*(?P<label>[^:：\s]{{2,16}})[:：]\s*(?P<amount>{_FIGURE})(?P<rest>(?:\s+(?:其中)?\D.*)?)$"
)
_PART_NAME = "资金|拨款|收入|结转|结余|补助|自筹|贷款|债券|其他|本级|上级"
_PART = re.compile(
    rf"(?:其中[:：]?)?\s*(?P<name>[^\d:：\s—-]{{0,6}}(?:{_PART_NAME})[^\d:：\s—-]{{0,4}})[:：]?\s*(?P<amount>—|-|{_FIGURE})"
)
#: 财政拨款1800万元, 其他资金为0
_SAID = re.compile(
    r"\s*(?:其中[:：]?)?\s*(?P<name>[^\d:：,，;；。\s]{2,12}?)(?:为|共|共计)?[:：]?\s*(?P<amount>\d[\d,]*(?:\.\d+)?\s*(?P<unit>[万亿]?元)?)\s*"
)
_PAUSE = re.compile(r"[,，](?!\d{3}(?!\d))|[;；]")
_GOALS = ("period", "annual", "other")
_BOTH = ("name", "amount")
_LONGEST_HALF = 4  # 长期, 实施期
_WHOLE = re.compile(f"总体|{labels.SEVERAL_YEARS}(?:合计|共计|总计)?")
_YEAR = re.compile(r"20\d\d年度?")
_WIDE_GAP = re.compile(r"\s{2,}")
_FEW = 2  # labels of fields behind each other
_LONGEST, _LONGEST_SOURCE = 200, 60
_LABEL = re.compile(r"\s*([^:：]{2,24})[:：]")
_GAP = re.compile(r"\s+(?=(\S{2,12})[:：])")  # between two labelled fields on one line


def inline(cell: GridCell, alone: bool) -> list[GridCell]:
    """A cell like "填报日期: 2025" is a label and its value; a section's only where the cell stands alone."""
    if ":" not in cell.text and "：" not in cell.text:
        return [cell]
    if len(cell.text) > _LONGEST and not (alone and _goal(cell)):
        return [cell]
    if alone and (said := _sentence(cell)):
        return said
    told = _MONEY_LINE.match(cell.text) if alone else None
    if told and _heads_money(told["label"]) and not _PART.sub("", told["rest"]).strip(" ;；,，"):
        pairs = [(told["label"], told["amount"]), *((m["name"], m["amount"]) for m in _PART.finditer(told["rest"]))]
        return [cell._replace(text=text) for pair in pairs for text in pair]
    return [part for text in _fields(cell.text, alone) for part in _labelled(cell._replace(text=text), alone)]


def _goal(cell: GridCell) -> list[GridCell]:
    """年度绩效目标:在260个村放映电影3120场: a goal behind its label, however long it is. 目标:… may stand in a plan."""
    found = _INLINE.match(cell.text)
    told = found and _names_goal(found[1])
    return [cell._replace(text=found[1]), cell._replace(text=found[2])] if found and told else []


def _names_goal(label: str) -> bool:
    """年度目标, 项目绩效目标; 目标 alone may be part of a plan."""
    told = labels.goal_of(label)
    return told in _GOALS or (told == "any" and len(labels.squeeze(label)) > len("总目标"))


def _sentence(cell: GridCell) -> list[GridCell]:
    """项目资金:年度资金总额2150万元,其中:财政拨款1800万元,其他资金350万元。 Nothing where a part is no amount."""
    opens = _LABEL.match(cell.text)
    if not opens or not _heads_money(opens[1]):
        return []
    parts = [_SAID.fullmatch(part) for part in _PAUSE.split(cell.text[opens.end() :].strip("。；;. "))]
    in_label = labels.money_unit(opens[1]) is not None  # 资金金额(万元):资金总额398,其中财政拨款398
    told = [part for part in parts if part and (part["unit"] or part["amount"] == "0" or in_label)]
    totals = [labels.is_total(part["name"]) for part in told]
    sources = [bool(_MONEY.search(part["name"])) for part in told]
    if len(told) < len(parts) or not all(a or b for a, b in zip(totals, sources, strict=True)):
        return []  # 车辆购置费 is what it is spent on
    if not totals[0] or (sum(totals) > 1 and not all(totals)):
        return []  # of which half the sources are, cannot be told
    pairs = [text for part in told for text in (part["name"], part["amount"])]
    return [cell._replace(text=text) for text in (opens[1], *pairs)]


def amounts_told(cells: Sequence[GridCell]) -> list[GridCell]:
    """项目资金 | 资金总额20万元 | 财政拨款15万元: each cell behind the head with its label and its amount apart.

    Nothing where one does not tell both, or none the total."""
    head, *rest = cells
    told = [_SAID.fullmatch(cell.text.strip("。；; ")) for cell in rest]
    if not rest or not _heads_money(labels.squeeze(head.text)):
        return []
    pairs = [(cell, one) for cell, one in zip(rest, told, strict=True) if one and _is_money(one["name"])]
    if len(pairs) < len(rest) or not any(labels.is_total(one["name"]) for _, one in pairs):
        return []
    return [head, *(cell._replace(text=one[part]) for cell, one in pairs for part in _BOTH)]


def halves_told(cells: Sequence[GridCell]) -> list[GridCell]:
    """资金总额 | 长期 60 | 当年 20, 资金情况 | 总体 60 | 2026年 20, in whichever cells: the total of each half, with
    its label. Nothing for any other line."""
    at = next((k for k, cell in enumerate(cells) if _heads_money(labels.squeeze(cell.text))), len(cells))
    label = _total_of(cells[at].text) if at < len(cells) else ""
    parts = [cell._replace(text=text) for cell in cells[at + 1 :] for text in _WIDE_GAP.split(cell.text)]
    told: list[GridCell] = []
    while parts:
        name, amount, width = _half_in_front(parts)
        if not amount:
            break
        told += [parts[0]._replace(text=name + label), parts[width - 1]._replace(text=amount)]
        parts = parts[width:]
    return [*cells[:at], *told, *parts] if told else []


def _total_of(text: str) -> str:
    """The label of the total that a head of money stands for, with its unit."""
    label, unit = labels.squeeze(text), labels.money_unit(text)
    return label if labels.is_total(label) else f"资金总额({unit})" if unit else "资金总额"


def _half_in_front(parts: Sequence[GridCell]) -> tuple[str, str, int]:
    """长期 60, or 长期 | 60: the half, its amount, and how many cells they take; blank for anything else."""
    said = _SAID.fullmatch(parts[0].text.strip("。；; "))
    if said and (half := _half(said["name"])):
        return half, said["amount"], 1
    half = _half(labels.squeeze(parts[0].text))
    if len(parts) > 1 and half and money.is_amount(parts[1].text):
        return half, parts[1].text, 2
    return "", "", 0


def _half(name: str) -> str:
    """The word for the half in front of its total; "" for a name of none."""
    if _WHOLE.fullmatch(name):
        return "实施期"
    if _YEAR.fullmatch(name):
        return "年度"
    return name if len(name) <= _LONGEST_HALF and labels.half_in(name) is not None else ""


def _is_money(label: str) -> bool:
    return labels.is_total(label) or bool(_MONEY.search(label))


def _heads_money(label: str) -> bool:
    return labels.is_total(label) or labels.field_of(label) == "money"


def _fields(text: str, alone: bool) -> Iterator[str]:
    """The labelled parts of a line; one blank before a label that is known parts them where the line begins with such
    a label, two before any."""
    start, opens = 0, _LABEL.match(text)
    field = labels.field_of(opens[1]) if opens else None
    fields = field is not None and (alone or field != "section")  # 建设内容:… 资金来源:… tells one thing
    known = [labels.field_of(gap[1]) for gap in _GAP.finditer(text)]
    fields = fields or sum(one not in (None, "section") for one in known) >= (_FEW if alone else _FEW + 1)
    fields = fields or (alone and opens is not None and labels.goal_of(opens[1]) in _GOALS)
    for gap in _GAP.finditer(text):
        told = labels.field_of(gap[1]) or labels.is_total(gap[1]) or labels.goal_of(gap[1])
        if gap.end() - gap.start() > 1 or (fields and told):
            yield text[start : gap.start()]
            start = gap.end()
    yield text[start:]


def _labelled(cell: GridCell, alone: bool) -> list[GridCell]:
    source = _SOURCE.match(cell.text) if len(cell.text) <= _LONGEST_SOURCE else None
    if source and _MONEY.search(source[1]) and money.is_amount(source[2]) and not labels.is_total(source[1]):
        return [cell._replace(text=source[1]), cell._replace(text=source[2])]
    if alone and (goal := _goal(cell)):
        return goal
    found = _INLINE.match(cell.text)
    key = labels.field_of(found[1]) if found else None
    if not found or not (key or labels.is_total(found[1])) or (key == "section" and not alone):
        return [cell]
    return [cell._replace(text=found[1]), cell._replace(text=found[2])]


def after(row: Sequence[GridCell], cell: GridCell) -> Location:
    """The cell right of a label, where its value belongs."""
    return next((c.location for c in row if c.column > cell.column), cell.location)

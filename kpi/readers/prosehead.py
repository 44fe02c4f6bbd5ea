"""What a running text says of its form before the targets: the project, who is in charge, the money, the goal."""

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from kpi.lazyre import later
from kpi.model import Funding, Location
from kpi.readers import labels, money
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line

_FIELD = later(
    r"(?P<label>项目名称|专项(?:资金)?名称|(?:项目)?主管(?:部门|单位)|(?:项目)?(?:实施|承担|申报|申请)单位)[:：]\s*"
    r"(?P<value>[^。;；,，\n]{2,60}?)(?=[。;；,，\n]|\s{2}|\s+\S{2,12}[:：]|$)"
)
_MONEY = later(
    r"(?:(?:年度|项目|预算)*(?:资金|预算|投资)?(?:总额|总计)|(?:年度|项目)*预算(?:金额|资金)?|项目资金|(?:申请|申报|安排|下达)(?:资金|金额)(?=[:：])|^[(（]资金|(?:\d{4}年)?度?预算申报数)(?:为|共|共计|[:：])?\s*(?P<amount>\d[\d,]*(?:\.\d+)?\s*(?:万|亿)?元)"
)
#: 安排2025年设施农业技术培训资金30万元: the money of the project where its text tells one amount
_GRANTED = later(
    r"(?:(?:资金|经费|补助)(?:安排|下达|预算为?)|(?:安排|下达|拨付|批复)[^。;；:：\d]{0,6}(?:\d{4}年)?[^。;；:：\d]{0,40}?(?:资金|经费|补助|预算)(?:共计?|合计|总额|为)?)\s*"
    r"(?P<amount>\d[\d,]*(?:\.\d+)?\s*(?:万|亿)?元)"
)
#: … of a part, of all projects together, of another year, or spent by now, which only the text's own context tells
_OF_OTHERS = later(
    r"其中|工作经费|管护|培训经费|各[县乡镇村]|我[省市县区]|全[省市县区]|(?:19|20)\d\d年(?=下达|拨付|批复|已)|上年|去年"
    r"|累计|历年|已(?:经)?(?:安排|下达|拨付)|(?:全年|实际)[^。;；,，]{0,4}拨付"
)
_PARTLY = later("[，,]?(?:本项目)?(?:从中|其中)|[，,](?:今年|本年)继续")
_SENTENCE_END = later("[。；;]")
_IN_UNIT = later(  # 资金金额(万元):年度资金总额:2450
    r"[(（](?P<unit>万元|元)[)）].{0,12}?(?:总额|总计|合计|金额)[:：]?\s*(?P<amount>\d[\d,]*(?:\.\d+)?)(?![\d.]|\s*[万亿]?元)"
)
_PROJECT = later(r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）]?[、.．]?\s*)?项目名称[:：]\s*\S")
_LABELLED = later(r"\s*(?P<label>[^:：]{2,20})[:：]\s*")
_COUNTED = later(r"\s*(?:年度|总体)?(?:绩效)?目标\s*\d{1,2}\s*[:：、.．]")
_POINT = later(r"\s*(?P<number>\d{1,2})\s*[、.．)）](?!\d)\s*\S")  # 1.落实惠民殡葬政策…, below 年度绩效目标
#: Amid a paragraph, or 项目总体绩效目标是:… at its beginning.
_INSIDE = later(r"(?:^|(?<=[。;；,，]))(?:项目)?总体(?:绩效)?目标[是为]?[:：]\s*(?P<goal>[^。]{6,}。?)")
_GOALS = ("any", "annual")
_HALVES = ("period", "annual")
#: (二)校外教育师资培训经费
_HEADING = later(
    r"(?:[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*"
    r"(?P<name>[^:：,，。;；]{3,40}(?:经费|资金|项目|补助|补贴|工程|专项|活动|建设|购置|改造|运维))"
)
_OUTPUT = later(r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）.、．]+\s*)?(?:产出|数量)指标")
_NEAR = 10  # lines from the name of a project to its first targets
_SEVERAL = 2
_NUMBER = later(r"\s*[(（]?[一二三四五六七八九十\d]{1,2}[)）]?\s*[、.．]?\s*")
_KEYS = {"项目名称": "project", "主管部门": "department", "主管单位": "department"}


class ProseHead(NamedTuple):
    """`fields`: project, department, unit, term; `sections`: by their labels; `places`: where each stands, in the keys
    of a form's locations."""

    fields: dict[str, str]
    funding: Funding | None
    goal: str | None
    period_goal: str | None
    sections: dict[str, str]
    places: dict[str, Location]


def read_prose_head(cells: Sequence[GridCell]) -> ProseHead:
    """The head that the lines before the first target tell; blank where they tell none."""
    fields: dict[str, str] = {}
    sections: dict[str, str] = {}
    places: dict[str, Location] = {}
    funding = goal = whole = None
    for at, cell in enumerate(cells):
        for found in _FIELD.finditer(cell.text):
            key = _KEYS.get(found["label"].removeprefix("项目") if "名称" not in found["label"] else "项目名称", "unit")
            if key not in fields:
                fields[key], places[key] = found["value"].strip(), cell.location.after(found.start("value"))
        _keep_labelled(cell, fields, sections, places)
        told = (_MONEY.search(cell.text) or _IN_UNIT.search(cell.text)) if funding is None else None
        if told:
            place, unit = cell.location.after(told.start("amount")), told.groupdict().get("unit") or "元"
            funding = Funding(money.amount(told["amount"], unit), {}, place, told["amount"])
            places["funding.annual.total"] = place
        if whole is None and (own := _own_goal(cell.text, ("period",))):
            whole, places["goals.period"] = _with_counted(cells[at:], own), cell.location.after(own)
        elif goal is None and (own := _own_goal(cell.text)):
            goal, places["goals.annual"] = _with_counted(cells[at:], own), cell.location.after(own)
        elif goal is None and (inside := _INSIDE.search(cell.text)):
            goal, places["goals.annual"] = inside["goal"].strip(), cell.location.after(inside.start("goal"))
        elif goal is None and _is_goal(cell.text) and _goes_on(cells, at):
            goal, places["goals.annual"] = _with_counted(cells[at + 1 :]), cells[at + 1].location
    headed = [(cell, m) for cell in cells if (m := _HEADING.fullmatch(cell.text.strip()))]
    if headed and "project" not in fields and not labels.field_of(headed[-1][1]["name"]):
        fields["project"], places["project"] = headed[-1][1]["name"], headed[-1][0].location
    if funding is None and (granted := _granted(cells)):
        funding, places["funding.annual.total"] = granted, granted.location
    return ProseHead(fields, funding, goal, whole, sections, places)


def _granted(cells: Sequence[GridCell]) -> Funding | None:
    """The one amount that the sentences say is granted; several belong to several projects or years."""
    found = [(cell, m) for cell in cells for m in _GRANTED.finditer(cell.text)]
    if any(_OF_OTHERS.search(_SENTENCE_END.split(cell.text[: m.start()])[-1] + m[0]) for cell, m in found):
        return None
    if any(_PARTLY.match(cell.text[m.end() :]) for cell, m in found):
        return None
    if len({money.amount(m["amount"], "元") for _, m in found}) != 1:
        return None
    cell, first = found[0]
    return Funding(money.amount(first["amount"], "元"), {}, cell.location.after(first.start("amount")), first["amount"])


def by_project(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each project, where several are named, one a line; what stands above the first belongs to it."""
    starts = [k for k, line in enumerate(lines) if line.filled and _PROJECT.match(line.filled[0].text)]
    starts = starts or [k for k in range(len(lines)) if _heads_project(lines, k)]
    if len(starts) < _SEVERAL:
        return [list(lines)]
    ends = [*starts[1:], len(lines)]
    return [list(lines[0 if k == 0 else start : end]) for k, (start, end) in enumerate(zip(starts, ends, strict=True))]


def _heads_project(lines: Sequence[Line], at: int) -> bool:
    """(二)校外教育师资培训经费, alone on its line, and a few lines below its first targets."""
    found = _HEADING.fullmatch(lines[at].filled[0].text.strip()) if len(lines[at].filled) == 1 else None
    if found is None or labels.field_of(found["name"]) or labels.level_of(found["name"]):
        return False
    below = [line.filled[0].text for line in lines[at + 1 : at + 1 + _NEAR] if line.filled]
    first = next((k for k, text in enumerate(below) if _OUTPUT.match(text)), None)
    return first is not None and not any(_HEADING.fullmatch(text.strip()) for text in below[:first])


def _keep_labelled(
    cell: GridCell, fields: dict[str, str], sections: dict[str, str], places: dict[str, Location]
) -> None:
    """项目周期:2020年3月至12月, 立项依据:… on a line of its own, with or without its number."""
    found = _LABELLED.match(cell.text)
    number = _NUMBER.match(found["label"]) if found else None
    if found is None or found.end() == len(cell.text):
        return
    label = labels.squeeze(found["label"][number.end() if number else 0 :])
    key, text = labels.field_of(label), cell.text[found.end() :].strip()
    if key == "term" and "term" not in fields:
        fields["term"], places["term"] = text, cell.location.after(found.end())
    elif key == "section" and label not in sections:
        sections[label], places[f"sections.{label}"] = text, cell.location.after(found.end())


def _goes_on(cells: Sequence[GridCell], at: int) -> bool:
    """Whether the goal of a label stands on the line below it, and no label of its own there."""
    below = cells[at + 1].text if at + 1 < len(cells) else ""
    return at + 1 < len(cells) and not _own_goal(below, _HALVES) and not _HEADING.fullmatch(below.strip())


def _with_counted(cells: Sequence[GridCell], own: int = 0) -> str:
    """The goal on the first line, from `own` on, with those that are counted after it: 年度目标1:…, 年度目标2:…"""
    told = [cells[0].text[own:].strip()]
    if _COUNTED.match(told[0]):
        told += [cell.text for cell in takewhile(lambda cell: _COUNTED.match(cell.text), cells[1:])]
    elif not own and len(points := _points(cells)) > 1:
        return "\n".join(points)
    return "\n".join(told)


def _points(cells: Sequence[GridCell]) -> list[str]:
    """The lines that count from 1 on."""
    told: list[str] = []
    for number, cell in enumerate(cells, 1):
        found = _POINT.match(cell.text)
        if found is None or int(found["number"]) != number:
            break
        told.append(cell.text.strip())
    return told


def _own_goal(text: str, keys: Sequence[str] = _GOALS) -> int:
    """Where the goal begins that stands behind its label on one line (四、年度总体目标:…); 0 where none does."""
    found = _LABELLED.match(text)
    return found.end() if found and len(text) > found.end() and _is_goal(found["label"], keys) else 0


def _is_goal(text: str, keys: Sequence[str] = _GOALS) -> bool:
    """二、总体目标 on a line of its own."""
    number = _NUMBER.match(text)
    return labels.goal_of(text[number.end() :] if number else text) in keys

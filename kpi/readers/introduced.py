"""What a disclosure tells of a project in numbered points right in front of its form: (2)立项依据。…, (5)项目内容。…"""

from collections.abc import Sequence
from types import MappingProxyType

from kpi.lazyre import later
from kpi.model import Location, TargetTable
from kpi.readers import labels
from kpi.readers.lines import Line

_POINT = later(
    r"\s*[(（]?(?P<number>[\d一二三四五六七八九]{1,2})[)）、.．]\s*(?P<label>[^。.:：,，;；\s]{2,10}?)\s*[。.:：](?P<text>.*)"
)
_ELSEWHERE = later(r"\s*(?:详?见|参见).{0,12}[表附件页][。.]?\s*")  # 见下表: the form tells it
_FIRST = ("1", "一")
_TERM = ("起止时间", "实施期限", "实施周期", "项目期限")
_GOALS = ("绩效目标", "总体目标", "年度目标", "年度绩效目标", "项目绩效目标")
_LOOK = 40  # lines above the form
_LEAST = 3  # points
_LONGEST = 2_000  # characters of one


def introduced(table: TargetTable, above: Sequence[Line]) -> TargetTable:
    """The form with the sections, the term and the goal that the points above it tell, where it has none of its own."""
    sections, places = dict(table.sections), dict(table.locations)
    term, goal = table.term, table.annual_goal
    for label, text, place in _points(above):
        if label in _TERM:
            term = term or text
        elif label in _GOALS:
            if not (goal or table.period_goal or _ELSEWHERE.fullmatch(text)):
                goal, places["goals.annual"] = text, place
        elif label not in sections and labels.field_of(label) == "section":
            sections[label], places[f"sections.{label}"] = text, place
    if goal == table.annual_goal and term == table.term and len(sections) == len(table.sections):
        return table
    return table._replace(sections=MappingProxyType(sections), locations=places, term=term, annual_goal=goal)


def _points(above: Sequence[Line]) -> list[tuple[str, str, Location]]:
    """Label, text and place of each point of the last list of points above a form; [] where there is none."""
    cells = [line.filled[0] if len(line.filled) == 1 else None for line in above[-_LOOK:] if line.filled]
    told: list[tuple[str, str, Location]] = []
    for cell in cells:
        point = _POINT.fullmatch(cell.text) if cell and len(cell.text) <= _LONGEST else None
        if cell is None or (point and point["number"] in _FIRST):
            told = []
        if point and cell:
            place = cell.location.after(point.start("text"))
            told.append((labels.squeeze(point["label"]), point["text"].strip(), place))
        elif told and cell and not labels.is_title(cell.text):
            label, text, place = told[-1]
            told[-1] = (label, f"{text}\n{cell.text}".strip(), place if text else cell.location)
    known = [one for one in told if labels.field_of(one[0]) or one[0] in (*_TERM, *_GOALS)]
    return [one for one in known if one[1]] if len(known) >= _LEAST else []

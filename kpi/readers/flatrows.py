"""Rows that follow each other in one run of text under heads that end in points: name, target, points, result, score,
and right behind the score the next name (会计核算健全性 健全 2.8 好 2.8设备权属明确性 …). Groups stand between, each
with its points (投入目标(28 分)).

Read only where such rows make up the whole run: what is torn anywhere is left to be told unread."""

import re
from collections.abc import Sequence

from kpi.lazyre import HAN, later
from kpi.model import Entry, Indicator, TargetTable
from kpi.readers.grid import GridCell
from kpi.readers.lines import Line
from kpi.readers.oneform import CUT
from kpi.values.normal import MARKS

_HEADS = later(r"(?:三级)?指标名称\s?(?:目标值|指标值)\s?(?:权重|分值)\s?(?:实际完成|完成|实际)\s?值\s?(?:自评)?得?分")
_CHUNK = later(r"(?:\A|\n)\s*\d{1,2}、")  # what a viewer of documents counts its pieces by
_POINTS = r"\d{1,2}(?:\.\d{1,2})?"
_CELL = r"\S+(?:\s\S+){0,2}?"
_GROUP = rf"(?:\s*{HAN}{{2,12}}[(（]\s?\d{{1,3}}\s?分?\s?[)）])"
_ROW = later(
    rf"(?P<groups>{_GROUP}*)\s*(?P<name>{HAN}[^\s{MARKS}]{{1,30}})\s(?P<value>{_CELL})\s(?P<weight>{_POINTS})"
    rf"\s(?P<actual>{_CELL})(?:\s|(?<=[%％]))(?P<score>{_POINTS})(?=\s*(?:{HAN}|$))"
)
_PROJECT = later(r"项目名称\s+(?P<name>\S{2,40})\s")
_LEAST = 5  # rows
_MOST_LEFT = 60  # characters behind the last row, where the text may break off
_TITLE = later(rf"{HAN}{{0,3}}(?:省|市|县|区)?(?:本?级)?(?:财政支出|项目支出|项目)*绩效自评(?:价)?表")
READ = "指标一条接一条连着写，按“名称、目标值、权重、完成值、自评分”依次读"


def flat_rows(lines: Sequence[Line], year: int | None) -> list[TargetTable]:
    """The form of such a text; [] for any other."""
    cells = [cell for line in lines for cell in line.filled]
    text = "\n".join(" ".join(c.text for c in line.filled) for line in lines if line.filled)
    heads = _HEADS.search(text)
    if not cells or not heads:
        return []
    body = re.sub(r"\s+", " ", _CHUNK.sub("", text[heads.end() :]))
    rows, end = _rows(body, cells)
    if len(rows) < _LEAST or len(body) - end > _MOST_LEFT or any(row.score and _more(row) for row in rows):
        return []
    if any(_holds_name(entry.text) for row in rows for _, entry in row.entries()):
        return []
    project, title = _PROJECT.search(text), _TITLE.search(text)
    return [
        TargetTable(
            title=title[0] if title else "",
            year=year,
            project=project["name"] if project else "",
            form="self-evaluation",
            cut=end < len(body.rstrip()),
            indicators=tuple(rows),
            locations={"title": cells[0].location, "project": cells[0].location},
            explain=(READ, *([CUT] if end < len(body.rstrip()) else [])),
        )
    ]


def _rows(body: str, cells: Sequence[GridCell]) -> tuple[list[Indicator], int]:
    """The rows from the beginning of a text on, and where the last one ends. Merged cells put the label of a group amid
    its rows, so that nobody can tell which are its own: the rows have no levels."""
    rows: list[Indicator] = []
    at = 0
    while row := _ROW.match(body, at):
        name = row["name"]
        place = next((c.location.after(c.text.find(name)) for c in cells if name in c.text), cells[-1].location)
        entry, actual = (Entry(row[part], name, place, {"name": place, "value": place}) for part in ("value", "actual"))
        rows.append(Indicator("", "", name, annual=entry, actual=actual, weight=row["weight"], score=row["score"]))
        at = row.end()
    return rows, at


def _holds_name(text: str) -> bool:
    """漂浮物清理数量 500吨 as a value: what stands in front of it was no name."""
    first, *more = text.split()
    return not any(map(str.isdigit, first)) and any(any(map(str.isdigit, word)) for word in more)


def _more(row: Indicator) -> bool:
    return float(row.score or 0) > float(row.weight or 0)

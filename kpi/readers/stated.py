"""What a self-evaluation says below its indicators: the total, the grade and one reason for all of them."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.model import Location, Stated
from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.execution import points_in, says
from kpi.readers.grid import GridCell
from kpi.readers.headwords import grade_of
from kpi.readers.lines import Line

_SAID = later(r"([^:：\d]{2,8})[:：]?\s*(\d{1,3}(?:\.\d+)?)\s*分?")
_GLUED = later(r"(100)((?:100|\d\d)(?:\.\d+)?)")  # full marks and the sum without anything between them
_FULL = later(r"\((\d{2,3})分?\)$")
_ASKED = later(r"[(（][^()（）]*(?:请|说明|填写)[^()（）]*[)）]")
_FULL_MARKS = "100"
_SUMS = ("合计", "总计")


def read_stated(head: Sequence[Line], foot: Sequence[Line], header: Header | None) -> Stated | None:
    """The total and the grade, in the head of the form or below its indicators; the last one counts where pages repeat
    it. A mere 合计 in the head sums up money."""
    stated, lines = Stated(), [*head, *foot]
    below = () if _has(header, "reason") else lines
    reasons = [reason for at in range(len(below)) if (reason := _reason(below, at)) is not None]
    stated = stated._replace(reason=next(filter(None, reasons), "") if reasons else None)
    for number, line in enumerate(lines):
        for at, cell in enumerate(line.filled[:6]):
            if number < len(head) and labels.squeeze(cell.text) in _SUMS:
                continue
            if said := _total_in(cell):
                stated = said._replace(reason=stated.reason)
            elif says("grand_total", cell.text):
                stated = _total(line, at, header)._replace(reason=stated.reason)
            elif says("grade_label", cell.text) and at + 1 < len(line.filled):
                grade, place = grade_of(line.filled[at + 1].text), line.filled[at + 1].location
                stated = stated._replace(grade=grade, grade_location=place) if grade else stated
    return stated if stated.full or stated.score or stated.grade or stated.reason is not None else None


def _reason(lines: Sequence[Line], at: int) -> str | None:
    """偏差大或目标未完成原因分析, a row below the indicators with one reason for all of them: behind its label, in the
    same cell or in a row of its own. What asks for it (请说明原因) is none."""
    label, *behind = lines[at].filled or (None,)
    if label is None or (lines[at].packed and behind):
        return None
    head, mark, rest = label.text.replace("：", ":").partition(":")
    if not says("reason_below", head) or any(labels.head_of(cell.text) for cell in behind):
        return None
    told = [rest] if mark and rest.strip() else []
    for cell in behind:
        if labels.is_known(cell.text):
            break
        told.append(cell.text)
    below = lines[at + 1].filled if at + 1 < len(lines) and not behind else ()
    if not told and len(below) == 1 and not labels.is_known(below[0].text) and not says("reason_below", below[0].text):
        told = [below[0].text]
    return " ".join(" ".join(text.split()) for text in told if not _ASKED.fullmatch(text.strip()))


def _total_in(cell: GridCell) -> Stated | None:
    """自评得分:95.2分 in one cell."""
    found = _SAID.fullmatch(labels.squeeze(cell.text)) if len(cell.text) < labels.LONGEST else None
    if not found or not says("grand_total", found.group(1)) or "得" not in found.group(1):
        return None
    return Stated(score=found.group(2), location=cell.location)


def _has(header: Header | None, kind: str) -> bool:
    return header is not None and any(role.kind == kind for role in header.left)


def _is_sum(cell: GridCell, header: Header | None) -> bool:
    """Whether the only number behind 总分 is the sum: the rows print their points and not out of how many. 100 may be
    the full marks all the same."""
    return _has(header, "score") and not _has(header, "weight") and points_in(cell.text) != _FULL_MARKS


def _total(line: Line, at: int, header: Header | None) -> Stated:
    """The numbers behind 总分: by their columns, else the first is the full marks and the second the sum."""
    label, cells = line.filled[at], line.filled[at + 1 :]
    numbers = [c for c in cells if points_in(c.text)]
    columns = {} if header is None or line.packed else {r.column: r.kind for r in header.left}
    full = next((c for c in numbers if columns.get(c.column) == "weight"), None)
    score = next((c for c in numbers if columns.get(c.column) == "score"), None)
    glued = next((m for c in cells[:1] if (m := _GLUED.fullmatch(labels.squeeze(c.text)))), None)
    if glued:
        return Stated(glued.group(1), glued.group(2), None, cells[0].location, full_location=cells[0].location)
    if full is None and score is None:
        if len(numbers) > 1:
            full, score = numbers[0], numbers[1]
        elif numbers and ("得" in labels.squeeze(label.text) or _is_sum(numbers[0], header)):
            score = numbers[0]
    printed = _FULL.search(labels.squeeze(label.text))
    graded = next((c for c in cells if grade_of(c.text)), None)
    place: Location = (score or full or label).location
    return Stated(
        points_in(full.text) if full else printed.group(1) if printed else None,
        points_in(score.text) if score else None,
        grade_of(graded.text) if graded else None,
        place,
        full_location=(full or label).location,
        grade_location=graded.location if graded else Location(),
    )

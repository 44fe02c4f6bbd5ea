"""What a reviewer decided, laid over what the machine found. Both are kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from kpi.scoring.result import ItemReview, Judgement, Range, Review, cents
from kpi.values.normal import squeezed

ITEM = "审核内容"  # the head of the column of items
_MOST_SHOWN = 20


class JudgedItem(NamedTuple):
    """A row of a workbook that came back: the reviewer's points and words, the machine's range when it was made.
    `written`: what stands in the cell for points; `points` is None where that is no number."""

    item: str
    points: Decimal | None
    words: str
    machine: Range | None
    place: str  # as a reader finds it: 工作表“…”F9 格
    written: str = ""

    @property
    def filled(self) -> bool:
        return self.points is not None or bool(self.written or self.words)


@dataclass(frozen=True, slots=True)
class Judged:
    """One form of a workbook that came back. `key`: "" where its sheet has lost it; `by`, `day`: the reviewer's name
    and the date, "" where none was written; `sheet`: how to name it; `strangers`: rows among the items that are no
    item; `lacking`: heads of columns that are not found; `number`: what stands in the cell `at` for the key; `project`,
    `unit` and `year` as the sheet has them, long names with … in the middle."""

    key: str
    project: str
    by: str
    items: tuple[JudgedItem, ...]
    day: str = ""
    sheet: str = "工作簿"
    strangers: tuple[JudgedItem, ...] = ()
    lacking: tuple[str, ...] = ()
    number: str = ""
    at: str = ""
    unit: str = ""
    year: int | None = None

    @property
    def filled(self) -> bool:
        return any(item.filled for item in (*self.items, *self.strangers))


class Merged(NamedTuple):
    """The reviews with what was judged, and what could not be laid over them, one Chinese sentence each."""

    reviews: tuple[Review, ...]
    problems: tuple[str, ...]


def merge(reviews: Sequence[Review], judged: Iterable[Judged]) -> Merged:
    """Points outside an item's range of 0 to full are not taken, nor are sheets of forms that this run does not have,
    nor any of several filled in for one form: nobody can tell which is meant."""
    by_number: dict[str, list[Judged]] = {}
    nameless: list[Judged] = []
    for one in judged:
        if one.key:
            by_number.setdefault(one.key, []).append(one)
        elif one.filled or one.lacking:
            nameless.append(one)
    chosen: dict[str, Judged] = {}
    unsure: set[str] = set()
    problems: list[str] = []
    strays: list[Judged] = []
    numbered = {review.key: review for review in reviews}
    for key, sheets in by_number.items():
        own = [one for one in sheets if key in numbered and _is_of(one, numbered[key])]
        filled = [one for one in own if one.filled or one.lacking] or own[:1]
        strays += [one for one in sheets if one.filled and all(one is not other for other in own)]
        if len(filled) == 1:
            chosen[key] = filled[0]
        elif filled:
            named = "和".join(one.sheet for one in filled)
            problems.append(f"{named}的审核编号相同（“{filled[0].project}”），都没有用上；每个项目只留一张审核表")
            unsure.add(key)
    waiting = [review for review in reviews if review.key not in chosen and review.key not in unsure]
    problems += [_without_key(one, waiting) for one in nameless]
    problems += [_unknown(one, waiting) for one in strays]
    merged = [_merge(review, chosen[review.key], problems) if review.key in chosen else review for review in reviews]
    return Merged(tuple(merged), tuple(problems))


def _is_of(judged: Judged, review: Review) -> bool:
    """Whether a sheet names the project, the unit and the year of a form; what it does not name may be any."""
    table = review.table
    year = judged.year is None or table.year is None or judged.year == table.year
    return year and _names(judged.project, table.project) and _names(judged.unit, table.unit or "")


def _names(printed: str, whole: str) -> bool:
    start, _, end = squeezed(printed).partition("…")
    text = squeezed(whole)
    return not start or not text or (text.startswith(start) and text.endswith(end) if end else text == start)


def _without_key(judged: Judged, waiting: Sequence[Review]) -> str:
    if judged.number:
        return _unknown(judged, waiting)
    right = "".join(f"“{review.key}”" for review in _namesakes(judged, waiting))
    return f"{judged.sheet}没有审核编号（“{judged.project}”），它的评分没有用上；请照原来的审核表补上审核编号{right}"


def _unknown(judged: Judged, waiting: Sequence[Review]) -> str:
    """A sheet whose number is none of this run's: it was overwritten, or the form has another year than it had."""
    at = f"（{judged.at} 格）" if judged.at else ""
    number = f"{judged.sheet}的审核编号“{judged.number[:_MOST_SHOWN]}”{at}"
    for review in _namesakes(judged, waiting):
        unlike = f"对不上这次审核的“{judged.project}”"
        return f"{number}{unlike}，它的评分没有用上；编号被改动过的，请改回“{review.key}”"
    if judged.key:
        year = f"{judged.year} 年度" if judged.year else ""
        told = "，".join(filter(None, (judged.unit, year)))
        whose = f"（{told}）" if told else ""
        return f"{judged.sheet}的“{judged.project}”{whose}不在这次审核的表里，它的评分没有用上"
    return f"{number}不是审核编号（“{judged.project}”），它的评分没有用上；请照原来的审核表改回"


def _namesakes(judged: Judged, waiting: Sequence[Review]) -> Sequence[Review]:
    """The review that a sheet is of, where it is the only one. `waiting`: those that no sheet was found for."""
    named = [review for review in waiting if squeezed(judged.project) and review.table.project]
    same = [review for review in named if _is_of(judged, review)]
    return same if len(same) == 1 else ()


def _merge(review: Review, judged: Judged, problems: list[str]) -> Review:
    problems += _unfound(review, judged)
    rows: dict[str, JudgedItem] = {}
    for row in judged.items:
        if row.filled and row.item in rows and rows[row.item].filled:
            problems.append(f"{row.place}：“{row.item}”有两行，只用了前一行")
        elif row.filled or row.item not in rows:
            rows[row.item] = row
    items = tuple(_item(item, rows.get(item.item), judged.by, problems) for item in review.items)
    notes = (*review.notes, *_stale(review, rows))
    return replace(review, items=items, notes=notes, reviewer=judged.by, reviewed_on=judged.day)


def _unfound(review: Review, judged: Judged) -> Iterable[str]:
    """What a reviewer may have written where it is not found: under heads that were renamed, in rows whose item was
    changed or that are gone."""
    for head in judged.lacking:
        lost = "整张表的评分" if head == ITEM else "这一列"
        yield f"{judged.sheet}的表头里没有“{head}”，{lost}没有用上；请把表头改回“{head}”"
    if ITEM in judged.lacking:
        return
    items = [item.item for item in review.items]
    gone = [item for item in items if all(row.item != item for row in judged.items)]
    paired = len(gone) == len(judged.strangers)
    for number, row in enumerate(judged.strangers):
        if row.filled:
            remedy = f"；请改回“{gone[number]}”" if paired else "；请照原来的审核表改回"
            yield f"{row.place}：审核内容里没有“{row.item[:_MOST_SHOWN]}”，这一行的评分没有用上{remedy}"
    if len(gone) > len(judged.strangers):
        yield f"{judged.sheet}里没有“{'”“'.join(gone)}”的行，这几项没有评分可用；请照原来的审核表补上"
    for row in judged.items:
        if row.filled and row.item not in items:
            yield f"{row.place}：“{row.item}”不在这次的审核表里，这一行的评分没有用上"


def _item(item: ItemReview, row: JudgedItem | None, by: str, problems: list[str]) -> ItemReview:
    if row is None or not row.filled:
        return item
    points = row.points
    if (row.written and points is None) or (points is not None and not 0 <= points <= item.points):
        problems.append(_refused(item, row))
        points = None
    if points is None and not row.words:
        return item
    return replace(item, judgement=Judgement(None if points is None else cents(points), row.words, by))


def _refused(item: ItemReview, row: JudgedItem) -> str:
    if row.written.startswith("="):
        return f"{row.place}：“{item.item}”写的是公式，没有结果，没有用上；请用 Excel 或 WPS 打开、存盘一次"
    written = (row.written or f"{row.points:f}")[:_MOST_SHOWN]
    return f"{row.place}：“{item.item}”只能打 0 到 {item.points:f} 分，写的是“{written}”，没有用上"


def _stale(review: Review, rows: Mapping[str, JudgedItem]) -> Iterable[str]:
    """Items that were judged beside another result than today's."""
    changed = [
        item.item
        for item in review.items
        if (row := rows.get(item.item)) and row.points is not None and row.machine not in (None, item.machine)
    ]
    if changed:
        yield f"审核人评分之后，{'、'.join(changed)}的机器结果变了，请审核人再看一眼"

"""What a reviewer decided, laid over what the machine found. Both are kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from kpi.scoring.result import ItemReview, Judgement, Range, Review

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
    """One form of a workbook that came back. `by`: the reviewer's name, "" where none was written."""

    key: str
    project: str
    by: str
    items: tuple[JudgedItem, ...]

    @property
    def filled(self) -> bool:
        return any(item.filled for item in self.items)


class Merged(NamedTuple):
    """The reviews with what was judged, and what could not be laid over them, one Chinese sentence each."""

    reviews: tuple[Review, ...]
    problems: tuple[str, ...]


def merge(reviews: Sequence[Review], judged: Iterable[Judged]) -> Merged:
    """Points outside an item's range of 0 to full are not taken, nor are forms that this run does not have."""
    by_key: dict[str, Judged] = {}
    problems: list[str] = []
    for one in judged:
        if one.key in by_key:
            problems.append(f"“{one.project}”在工作簿里有两张审核表，只用了前一张")
        else:
            by_key[one.key] = one
    known = {review.key for review in reviews}
    problems += [
        f"工作簿里的“{one.project}”不在这次审核的表里，它的评分没有用上"
        for one in by_key.values()
        if one.key not in known and one.filled
    ]
    merged = [_merge(review, by_key[review.key], problems) if review.key in by_key else review for review in reviews]
    return Merged(tuple(merged), tuple(problems))


def _merge(review: Review, judged: Judged, problems: list[str]) -> Review:
    rows = {row.item: row for row in judged.items}
    items = tuple(_item(item, rows.get(item.item), judged.by, problems) for item in review.items)
    return replace(review, items=items, notes=(*review.notes, *_stale(review, rows)))


def _item(item: ItemReview, row: JudgedItem | None, by: str, problems: list[str]) -> ItemReview:
    if row is None or not row.filled:
        return item
    points = row.points
    if (row.written and points is None) or (points is not None and not 0 <= points <= item.points):
        written = (row.written or f"{points:f}")[:_MOST_SHOWN]
        problems.append(f"{row.place}：“{item.item}”只能打 0 到 {item.points:f} 分，写的是“{written}”，没有用上")
        points = None
    if points is None and not row.words:
        return item
    return replace(item, judgement=Judgement(points, row.words, by))


def _stale(review: Review, rows: Mapping[str, JudgedItem]) -> Iterable[str]:
    """Items that were judged beside another result than today's."""
    changed = [
        item.item
        for item in review.items
        if (row := rows.get(item.item)) and row.points is not None and row.machine not in (None, item.machine)
    ]
    if changed:
        yield f"审核人评分之后，{'、'.join(changed)}的机器结果变了，请审核人再看一眼"

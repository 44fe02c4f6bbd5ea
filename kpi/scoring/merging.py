"""What a reviewer decided, laid over what the machine found. Both are kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kpi.scoring.content import changes
from kpi.scoring.judged import ITEM, MOST_SHOWN, Judged, JudgedItem
from kpi.scoring.pairing import pair
from kpi.scoring.result import ItemReview, Judgement, Range, Review, cents


class Merged(NamedTuple):
    """The reviews with what was judged, and what could not be laid over them, one Chinese sentence each."""

    reviews: tuple[Review, ...]
    problems: tuple[str, ...]


def merge(reviews: Sequence[Review], judged: Iterable[Judged]) -> Merged:
    """Points outside an item's range of 0 to full are not taken, nor are sheets of forms that this run does not have,
    nor any of several filled in for one form: nobody can tell which is meant."""
    paired = pair(reviews, judged)
    problems = [*paired.problems]
    sheets = paired.sheets
    merged = [_merge(review, sheets[review.key], problems) if review.key in sheets else review for review in reviews]
    return Merged(tuple(merged), tuple(problems))


def _merge(review: Review, judged: Judged, problems: list[str]) -> Review:
    problems += _unfound(review, judged)
    rows: dict[str, JudgedItem] = {}
    for row in judged.items:
        if row.filled and row.item in rows and rows[row.item].filled:
            problems.append(f"{row.place}：“{row.item}”有两行，只用了前一行")
        elif row.filled or row.item not in rows:
            rows[row.item] = row
    items = tuple(_item(item, rows.get(item.item), judged.by, problems) for item in review.items)
    notes = (*review.notes, *_stale(review, judged, rows))
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
            yield f"{row.place}：审核内容里没有“{row.item[:MOST_SHOWN]}”，这一行的评分没有用上{remedy}"
    if len(gone) > len(judged.strangers):
        yield f"{judged.sheet}里没有“{'”“'.join(gone)}”的行，这几项没有评分可用；请照原来的审核表补上"
    for row in judged.items:
        if row.filled and row.item not in items:
            yield f"{row.place}：“{row.item}”不在这次的审核表里，这一行的评分没有用上"


def _item(item: ItemReview, row: JudgedItem | None, by: str, problems: list[str]) -> ItemReview:
    if row is None:
        return item
    wrong = _refused(item, row)
    if wrong:
        problems.append(f"{row.place}：“{item.item}”{wrong}")
    points = None if wrong or row.points is None else cents(row.points)
    if points is None and not row.words:
        return item
    return replace(item, judgement=Judgement(points, row.words, by))


def _refused(item: ItemReview, row: JudgedItem) -> str:
    """Why what stands in the cell for points is not taken; "" where it is, or nothing is there."""
    if row.struck:
        struck = f"的评分“{row.struck[:MOST_SHOWN]}”加了删除线，当作已经删去，没有用上"
        return f"{struck}；还要用的请去掉删除线，不用的请清空这一格"
    if row.written.startswith("="):
        return "写的是公式，没有结果，没有用上；请用 Excel 或 WPS 打开、存盘一次"
    if row.points is None and row.written:
        limits = f"只能打 0 到 {item.points:f} 分，写的是“{row.written[:MOST_SHOWN]}”，没有用上"
        return f"{limits}；存成文字的不算，请用常规格式重新输入数，不带“分”等字"
    if row.points is not None and not 0 <= row.points <= item.points:
        really = f"{row.points:f}"
        shown = f"“{(row.written or really)[:MOST_SHOWN]}”" + _unlike(row.written, really)
        return f"只能打 0 到 {item.points:f} 分，写的是{shown}，没有用上"
    mine = row.machine if row.points is None else Range(cents(row.points), cents(row.points))
    if row.counted is not None and mine is not None and row.counted != mine:
        counted = "–".join(f"{end.normalize():f}" for end in dict.fromkeys(row.counted))
        written = f"写的是“{row.written[:MOST_SHOWN]}”" if row.written else "没有写评分（加了删除线的不算）"
        return f"{written}，而这张审核表自己算的得分是 {counted}，没有用上；请用 Excel 或 WPS 打开，另存为 .xlsx 再读"
    return ""


def _unlike(shown: str, really: str) -> str:
    """Of a cell whose format shows another number than it holds."""
    return f"（实际是 {really[:MOST_SHOWN]}）" if shown and shown != really else ""


def _stale(review: Review, judged: Judged, rows: Mapping[str, JudgedItem]) -> Iterable[str]:
    """What is not as it was when the form was judged: the form itself, the machine's result beside the points."""
    found = []
    if judged.content is not None and judged.filled and (said := changes(judged.content, review.table)):
        found.append(f"表改过（{'、'.join(said)}）")
    changed = [
        item.item
        for item in review.items
        if (row := rows.get(item.item)) and row.points is not None and row.machine not in (None, item.machine)
    ]
    if changed:
        found.append(f"{'、'.join(changed)}的机器结果变了")
    if found:
        yield f"审核人评分之后，{'，'.join(found)}，请审核人再看一眼"

"""Many reviews in the words of the trade: how they are ranked, what stands beside a project, what counts in nothing."""

from collections.abc import Iterable, Mapping

from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.review_words import points, short_name, span
from kpi.reports.terms import file_name
from kpi.reports.width import shorten_middle
from kpi.rules.offices import office
from kpi.scoring import Review
from kpi.scoring.batch import Outlier, Ranked, department_of, standing
from kpi.scoring.counted import Aside
from kpi.scoring.keys import Key

# The lists of a ranking: of judged projects or not, what it is called where there is no other list, and beside one.
LISTS = (
    (True, "排名（都已评完，按得分）", "已评完的排名（按得分）"),
    (
        False, "排名（按机器判的最高可得分，再按已有的分）",
        "还没评完的排名（按机器判的最高可得分，再按已有的分；不与已评完的比）",
    ),
)  # fmt: skip
RANKED = (
    "已评的在前，按得分；在评（评了一部分）和未评的另排名次，按机器判的最高可得分，再按已有的分，"
    "评了一部分的不因此升降"
)
ASIDE = "不参加排名、不计平均的表"
_OTHER_FORMS = {
    "self-evaluation": "是绩效自评表", "monitoring": "是绩效运行监控表", "department": "是部门整体支出的绩效目标表",
}  # fmt: skip
_OFFICE_COLUMNS, _FILE_COLUMNS = 60, 48


def state(review: Review) -> str:
    """How far a reviewer has come."""
    if review.finished:
        return "已评"
    return "在评" if review.begun else "未评"


def department(review: Review) -> str:
    return shorten_middle(department_of(review), _OFFICE_COLUMNS)


def unit(review: Review) -> str:
    """Who carries the project out; "" where the department does it itself or nobody is named."""
    name = office(review.table.unit or "")
    return "" if name == department_of(review) else shorten_middle(name, _OFFICE_COLUMNS)


def file(review: Review) -> str:
    return shorten_middle(file_name(review.document), _FILE_COLUMNS)


def odd(outcome: ReviewOutcome) -> Mapping[Key, str]:
    """What stands out, by the key of its form."""
    return {one.review.key: f"明显{'低于' if one.below else '高于'}其他项目" for one in outcome.batch.outliers}


def remarks(review: Review, outstanding: Mapping[Key, str]) -> tuple[str, ...]:
    """What is to be known of a project beside its points. `outstanding`: as `odd` gives it."""
    return tuple(filter(None, (outstanding.get(review.key, ""), *review.notes)))


def outlier(one: Outlier) -> str:
    """With what is usual beside it: a bound alone says little."""
    best, side = points(standing(one.review).high), "低于" if one.below else "高于"
    got = "得" if one.review.finished else "最高可得"
    return (
        f"{short_name(one.review)}：{got} {best} 分，明显{side}其他项目：中位数 {points(one.median)} 分，"
        f"居中的一半项目 {span(one.usual)} 分（{side} {points(one.fence)} 分的列在这里）"
    )


def aside(one: Aside) -> str:
    """Why a form is ranked with none."""
    named = f"“{short_name(one.review)}”（{file_name(one.review.document)}）"
    if one.same is None:
        return f"{named}{_OTHER_FORMS.get(one.review.table.form, '不是绩效目标表')}，审核结果只供参考"
    first = one.same.document
    where = "同一个文件" if first == one.review.document else f" {file_name(first)} "
    return f"{named}与{where}里的是同一张表，只审一次"


def scale(outcome: ReviewOutcome) -> str:
    """How many forms, and their mean."""
    ranked, others = len(outcome.batch.ranking), sum(one.same is None for one in outcome.batch.aside)
    if not ranked:
        return f"审核 {others} 张表，都不是项目的绩效目标表，结果只供参考"
    said = f"审核 {ranked} 张表，{'平均' if ranked > 1 else '得'} {span(outcome.batch.mean)} 分"
    return said + (f"（另有 {others} 张不是项目的绩效目标表，不计在内）" if others else "")


def progress(ranking: Iterable[Ranked]) -> str:
    """How far the reviewers have come, where any has begun."""
    counted = dict.fromkeys(("已评", "在评", "未评"), 0)
    for one in ranking:
        counted[state(one.review)] += 1
    if not counted["已评"] and not counted["在评"]:
        return ""
    return "，".join(f"{word} {count} 张" for word, count in counted.items() if count) + "。"

"""A review in the words of the trade: the same phrases on paper, on screen and in a workbook."""

from collections.abc import Iterator
from decimal import Decimal

from kpi.reports import footing
from kpi.reports.numbers import plain_number
from kpi.reports.review_outcome import ReviewOutcome
from kpi.reports.terms import SEVERITIES, obligation, spot, spots
from kpi.reports.width import brief_quotes, one_line, shorten, shorten_middle
from kpi.rules.finding import Finding
from kpi.scoring import Deduction, ItemReview, Quote, Range, Review
from kpi.scoring.result import cents
from kpi.scoring.workbook import UNFILLED, UNNAMED

TITLE = "项目支出绩效目标审核表"
UNCOUNTED = "没有计入得分的问题和没有参加审核的内容"
BASIS = "审核所依据的规则"
_JUDGED_BY = {"machine": "机器判", "both": "机器判一部分", "reviewer": "审核人判"}
_DECIDED = {"machine": "机器判定", "reviewer": "审核人判定", "open": "待审核人判"}
_QUOTE_COLUMNS = 60
_LIST_COLUMNS, _TITLE_COLUMNS, _LONGEST = 60, 120, 240  # of a name: in a list, over a table, anywhere
_SPARED = {"rule": "同一条规则已经扣满", "item": "本项已经扣完"}


def points(number: Decimal) -> str:
    return plain_number(cents(number))


def span(one: Range) -> str:
    """"7", or "0–10" where it is not settled."""
    return points(one.low) if one.settled else f"{points(one.low)}–{points(one.high)}"


def got(item: ItemReview) -> str:
    """The points of an item: "0–0" where deductions left nothing and a reviewer has still to look."""
    nothing = item.decided_by == "open" and item.range.settled
    return f"{points(item.range.low)}–{points(item.range.high)}" if nothing else span(item.range)


def grades(review: Review) -> str:
    low, high = review.grade
    return f"“{low}”" if low == high else f"“{low}”到“{high}”"


def short_grades(review: Review) -> str:
    """For a narrow column: 差–优."""
    low, high = review.grade
    return low if low == high else f"{low}–{high}"


def name(review: Review) -> str:
    return one_line(review.project) or UNNAMED


def short_name(review: Review) -> str:
    """For a list of many."""
    return shorten_middle(name(review), _LIST_COLUMNS)


def title(review: Review) -> str:
    """For a heading: names of like projects differ at their ends."""
    return shorten_middle(name(review), _TITLE_COLUMNS)


def head(review: Review) -> Iterator[tuple[str, str]]:
    """Label and text of the table's head."""
    table = review.table
    yield "项目名称", shorten_middle(name(review), _LONGEST)
    yield "主管部门", shorten_middle(table.department or "", _LONGEST) or UNFILLED
    yield "实施单位", shorten_middle(table.unit or "", _LONGEST) or UNFILLED
    yield "年度", str(table.year) if table.year else UNFILLED


def judged_by(item: ItemReview) -> str:
    """Who is to judge an item."""
    if item.judged_by == "both" and not item.open:
        return "机器判，审核人确认"
    return _JUDGED_BY[item.judged_by]


def decided(item: ItemReview) -> str:
    """Who settled an item, or that nobody did."""
    confirm = "，请审核人确认" if item.decided_by == "machine" and item.judged_by == "both" else ""
    spent = "，机器已扣完" if item.decided_by == "open" and item.range.settled else ""
    return _DECIDED[item.decided_by] + confirm + spent


def settled(review: Review) -> str:
    """How much is decided, and by whom."""
    given, full = review.settled
    by_reviewer = sum(item.decided_by == "reviewer" for item in review.items)
    still = [item for item in review.items if item.decided_by == "open"]
    said = f"已判 {points(full)} 分，得 {points(given)} 分"
    if by_reviewer:
        said += f"（其中 {by_reviewer} 项由审核人判）"
    if still:
        open_points = sum((item.points for item in still), Decimal(0))
        lost = sum((item.lost for item in still), Decimal(0))
        said += f"；待审核人判 {len(still)} 项 {points(open_points)} 分"
        said += f"，机器已从中扣 {points(lost)} 分" if lost else ""
    return said


def where(finding: Finding) -> str:
    """The row and the cell: 质量指标·验收合格率 “100元”（第 13 行）."""
    row = "·".join(shorten_middle(part, _TITLE_COLUMNS) for part in (finding.level2, finding.indicator) if part)
    value = f"“{shorten(finding.value, _QUOTE_COLUMNS)}”" if finding.value else ""
    place = spots(quote.location for quote in finding.evidence)
    return " ".join(filter(None, (row, value))) + (f"（{place}）" if place else "")


def after(place: str) -> str:
    """A place behind a title: a bracket needs no colon."""
    return place if not place or place.startswith("（") else f"：{place}"


def loose(finding: Finding) -> str:
    """A finding that cost no project points, and whose it is where it names one."""
    whose = f"“{shorten(finding.project, _QUOTE_COLUMNS)}”：" if finding.project else ""
    return f"{finding.rule} {finding.title}{obligation(finding)}：{whose}{message(finding)}"


def message(finding: Finding) -> str:
    """What was found, on one line; long words of a document in it cut in their middle."""
    return brief_quotes(one_line(finding.message))


def cost(deduction: Deduction) -> str:
    return f"扣 {points(deduction.points)} 分" if deduction.points else "不再扣"


def working(item: ItemReview, deduction: Deduction) -> str:
    """How the points of a deduction come about."""
    severity = SEVERITIES[deduction.finding.severity]
    said = f"{severity}扣本项 {points(item.points)} 分的 {points(deduction.share)}%"
    due = cents(item.points * deduction.share / 100)
    if deduction.spared == "item" and deduction.points:
        return f"{said}，应扣 {points(due)} 分，只剩 {points(deduction.points)} 分可扣"
    return f"{said}，{_SPARED[deduction.spared]}" if deduction.spared else f"{said}，即 {points(due)} 分"


def reason(deduction: Deduction) -> str:
    """One sentence: the defect, where, what was found."""
    finding = deduction.finding
    place = spots(quote.location for quote in finding.evidence)
    return finding.title + (f"（{place}）" if place else "") + f"：{one_line(finding.message)}"


def brief(deduction: Deduction) -> str:
    """One line: 扣 3 分 UNI001 单位与指标不符：质量指标·验收合格率 “100元”（第 13 行）."""
    finding = deduction.finding
    place = where(finding)
    return f"{cost(deduction)} {finding.rule} {finding.title}{obligation(finding)}{after(place)}"


def quoted(quote: Quote, columns: int = _QUOTE_COLUMNS) -> str:
    """“…”（第 7 行）, or that nothing is written."""
    place = spot(quote.location)
    text = f"“{shorten(quote.text.strip(), columns)}”" if quote.text.strip() else "没有填写"
    return text + (f"（{place}）" if place else "")


def judgement(item: ItemReview) -> str:
    """What the reviewer said of an item; "" where nothing."""
    said = item.judgement
    if said is None:
        return ""
    who = f"审核人{one_line(said.by)}" if said.by else "审核人"
    given = f"打 {points(said.points)} 分（机器为 {span(item.machine)}）" if said.points is not None else "没有打分"
    return f"{who}{given}" + (f"：{one_line(said.words)}" if said.words else "")


def uncounted(outcome: ReviewOutcome) -> list[str]:
    """What cost no points and what of the files took no part, a sentence each."""
    whole = outcome.outcome
    return [*outcome.problems, *map(loose, outcome.loose), *footing.aside(whole), *footing.unread(whole)]


def basis(outcome: ReviewOutcome) -> list[str]:
    """By which rules the review was made, and which of them could not judge."""
    return [footing.made_by(outcome.outcome), *footing.unjudged(outcome.outcome)]

"""The JSON of `kpi review`, as models. Public interface: additive changes only; see `contract`."""

from typing import Literal

from pydantic import Field

from kpi.reports.contract import (
    LintedDocument,
    MadeWith,
    Number,
    Part,
    Place,
    Quote,
    SeverityName,
    Text,
    WaivedProblem,
)


class PointRange(Part):
    """一段分数：low 等于 high 时已经定了。"""

    low: Number
    high: Number


class GradeRange(Part):
    low: Text
    high: Text


class SettledPoints(Part):
    """已经判定的各项：共多少分，得多少分。"""

    points: Number
    score: Number


class DeductedPoints(Part):
    """一处扣分。points 为实际扣的分；share 为按严重程度应扣本项的百分之几；
    spared 说明为何少扣：rule 同一规则已扣满次数，item 本项已扣完。"""

    points: Number
    rule: Text
    fingerprint: Text
    reason: Text
    severity: SeverityName
    share: Number
    spared: Literal["rule", "item"] | None
    level2: Text | None
    indicator: Text | None
    value: Text | None
    suggestion: Text
    basis: list[Text]
    evidence: list[Quote]


class FormQuote(Part):
    """表中原文：栏目或指标、写的是什么（空文字表示有这一栏而没有填）、在哪里。"""

    label: Text
    text: Text
    location: Place


class ReviewerJudgement(Part):
    """审核人的评分和意见；points 为 null 表示只写了意见。"""

    points: Number | None
    words: Text
    by: Text


class ReviewedItem(Part):
    """审核表的一项。low、high 已计入审核人的评分；machine 是机器自己的结果；
    decided_by 说明这一项是谁判定的（open 为待判）。"""

    dimension: Text
    item: Text
    points: Number
    low: Number
    high: Number
    judged_by: Literal["machine", "reviewer", "both"]
    decided_by: Literal["machine", "reviewer", "open"]
    machine: PointRange
    deductions: list[DeductedPoints]
    questions: list[Text]
    evidence: list[FormQuote]
    judgement: ReviewerJudgement | None


class ReviewedProject(Part):
    """一张绩效目标表的审核结果。key 是它在工作簿里的审核编号；notes 说明没有读到、没有查、没有计入的内容。
    state：judged 已评完，begun 评了一部分，open 未评。counted 为 false 的不参加排名（两个名次是 0），也不计入平均、
    部门、分布和常见问题：它不是项目的绩效目标表，或者与 same_as（审核编号）那一张逐字相同。"""

    project: Text
    document: Text
    key: Text
    department: Text | None
    unit: Text | None
    year: int | None
    profile: Text
    location: Place
    rank: int
    department_rank: int
    score: PointRange
    grade: GradeRange
    consequence: Text
    machine: PointRange
    settled: SettledPoints
    items: list[ReviewedItem]
    notes: list[Text]
    state: Literal["judged", "begun", "open"]
    counted: bool
    same_as: Text | None


class ReviewedDepartment(Part):
    """一个部门（名称前的编码已去掉）：项目数、平均得分、各等次（按最高可得分）的项目数、得分最低的项目。"""

    department: Text
    projects: int
    mean: PointRange
    grades: dict[Text, int]
    worst: Text
    findings: int


class FrequentDefect(Part):
    """常见问题：一条规则在几个项目里出现几处，共扣多少分。"""

    rule: Text
    title: Text
    findings: int
    projects: int
    points: Number


class ScoreBand(Part):
    """分数段内的项目数：按最高可得分（high）、按最低可得分（low）。"""

    start: int = Field(alias="from")
    end: int = Field(alias="to")
    high: int
    low: int


class OutlierProject(Part):
    """明显高于或低于其他项目的：fence 是判为离群的分数线。"""

    project: Text
    key: Text
    side: Literal["below", "above"]
    fence: Number


class LooseProblem(Part):
    """属于整份文件、不属于哪一张表的问题，没有扣分。"""

    rule: Text
    fingerprint: Text
    document: Text
    project: Text
    severity: SeverityName
    reason: Text


class ReviewSummary(Part):
    """projects 为 projects 里的张数；counted 为其中参加排名、计入平均的张数；could_not_check 为没有审核成的文件和
    没有用上的评分（problems）的个数，不是 0 时退出状态为 2。"""

    documents: int
    projects: int
    mean: PointRange
    could_not_check: int
    counted: int


class ReviewReport(Part):
    """kpi review --format json：绩效目标审核表。projects 按文件中的顺序。"""

    format: Literal["kpi.review/1"] = Field(alias="schema")
    summary: ReviewSummary
    ruleset: Text
    made_with: MadeWith
    waived: list[WaivedProblem]
    judged: Text | None
    problems: list[Text]
    projects: list[ReviewedProject]
    departments: list[ReviewedDepartment]
    distribution: list[ScoreBand]
    defects: list[FrequentDefect]
    outliers: list[OutlierProject]
    loose: list[LooseProblem]
    documents: list[LintedDocument]


class ReviewLine(Part):
    """kpi review --format jsonl 的一行：一张表。"""

    format: Literal["kpi.review/1"] = Field(alias="schema")
    project: ReviewedProject


class ReviewLast(Part):
    """kpi review --format jsonl 的最后一行：其余各项。"""

    format: Literal["kpi.review/1"] = Field(alias="schema")
    summary: ReviewSummary
    ruleset: Text
    made_with: MadeWith
    waived: list[WaivedProblem]
    judged: Text | None
    problems: list[Text]
    departments: list[ReviewedDepartment]
    distribution: list[ScoreBand]
    defects: list[FrequentDefect]
    outliers: list[OutlierProject]
    loose: list[LooseProblem]
    documents: list[LintedDocument]

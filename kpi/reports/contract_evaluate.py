"""The JSON of `kpi evaluate`, as models. Public interface: additive changes only; see `contract`."""

from typing import Annotated, Literal

from pydantic import Field

from kpi.reports.contract import FoundProblem, MadeWith, Number, Part, Place, Text, WaivedProblem

Points = Annotated[str, Field(pattern=r"^-?\d+\.\d\d$", description="分数，两位小数，写成文字")]
ScoreMethod = Literal["full", "proportional", "inverse", "linear", "zero", "graded", "deadline", "unscored"]


class ExecutionPoints(Part):
    """预算执行率。budget 用全年（调整后）预算数，单位元；rate 为百分数；score 为重算的得分；stated 开头的是表中所写。
    预算为 0 的 rate、score 为 null，总分按其余指标折算。"""

    budget: Number | None
    spent: Number | None
    rate: Number | None
    points: Number | None
    score: Points | None
    stated_score: Number | None
    stated_rate: Number | None


class ScoreRange(Part):
    low: Points
    high: Points


class StatedTotal(Part):
    """表中所写的满分、总分、等次，原文。"""

    full: Text | None
    score: Text | None
    grade: Text | None


class EvaluatedIndicator(Part):
    """一项指标。method：full 达到目标得满分；proportional 分值×完成÷目标；inverse 分值×目标÷完成；
    linear 分值×（1−超出÷目标）；zero 目标为 0 而没有达到；graded 定性，用自评得分；deadline 按完成时间；
    unscored 算不出。score 为 null 的要由人评，在 range 之内。
    target 为计分所用的目标，declared 为申报的目标（与自评表不同时才有）。"""

    level2: Text
    name: Text
    weight: Number | None
    target: Text
    declared: Text | None = None
    actual: Text | None
    achievement: Number | None
    score: Points | None
    range: ScoreRange | None = None
    stated_score: Number | None
    method: ScoreMethod
    needs_reason: bool
    reason: Text | None
    message: Text
    location: Place


class EvaluatedProject(Part):
    """一张自评表。weights_from：分值从哪里来，form 表中自己的，list 清单里的，usual 都没有、按常用权重试算的，
    "" 没有分值。score 为重算的总分，null 表示有的指标要由人评，总分在 range 之内；score_unscaled 只在预算为 0 时有，
    是没有折算的合计；weights 为各项分值（含执行率）合计；achievement 为指标得分率；gap 为得分率减执行率。"""

    document: Text
    project: Text
    score: Points | None
    score_unscaled: Points | None = None
    grade: Text | None
    range: ScoreRange | None = None
    grades: tuple[Text, ...] = ()
    weights: Number | None
    weights_from: Literal["", "form", "list", "usual"] = ""
    execution: ExecutionPoints
    achievement: Number | None
    gap: Number | None
    stated: StatedTotal
    indicators: list[EvaluatedIndicator]


class LeftOver(Part):
    """对不上的一行；name 为空的是整个项目。"""

    project: Text
    level2: Text
    name: Text
    reason: Text
    location: Place


class LeftOvers(Part):
    """rows：自评或完成情况里对不上目标的行；indicators：没有完成值的指标；near：名称相近、或整张表（没有指标名）像是别的项目别的年度的，请核对。"""

    rows: list[LeftOver]
    indicators: list[LeftOver]
    near: list[LeftOver]


class UnreadFile(Part):
    path: Text
    error: Text


class EvaluateReport(Part):
    """kpi evaluate --format json：自评表重算的结果。"""

    format: Literal["kpi.evaluate/1"] = Field(alias="schema")
    ruleset: Text
    made_with: MadeWith
    waived: list[WaivedProblem]
    projects: list[EvaluatedProject]
    unmatched: LeftOvers
    could_not_check: list[UnreadFile]
    findings: list[FoundProblem]

"""The JSON of `kpi monitor`, as models. Public interface: additive changes only; see `contract`."""

from typing import Literal

from pydantic import Field

from kpi.reports.contract import FoundProblem, LintedDocument, MadeWith, Number, Part, Place, Text, WaivedProblem

LightName = Literal["green", "yellow", "red", "blue", "grey"]
OutlookName = Literal["确定能", "有可能", "完全不可能"]


class MonitoredExecution(Part):
    """预算执行，金额单位元；rate 执行率、expected 这一天应达到的执行率，都是百分数。"""

    budget: Number | None
    spent: Number | None
    rate: Number | None
    expected: Number | None
    light: LightName
    message: Text


class EarlierValue(Part):
    """前一次监控时的一项指标，按现在的规则判；as_of 是那一次的监控日，其余同指标本身的各项。"""

    as_of: Text
    actual: Text
    light: LightName
    progress: Number | None
    achievement: Number | None


class EarlierCheck(Part):
    """前一次监控时的一个项目，按现在的规则判；execution_light 为资金的灯，rate 为执行率，achievement 为累计类指标平均
    完成程度，都是百分数。"""

    as_of: Text
    light: LightName
    time_share: Number
    rate: Number | None
    achievement: Number | None
    execution_light: LightName = "grey"


class MonitoredIndicator(Part):
    """一项指标。expected、forecast 是目标值基本单位的数（万、亿已折算），
    全年目标已经完成的、过了期限的不再推算，forecast 为 null；progress 为实际占到现在应完成的百分之几，
    achievement 为实际占全年目标的百分之几。nature 的理由在 nature_reason；stated_outlook、expected_year_end、reason
    是完成情况表里写的；history 是 --previous 给出的前几次，由早到晚。"""

    level2: Text
    name: Text
    target: Text
    actual: Text | None
    nature: Literal["cumulative", "level", "cap", "milestone", "qualitative"]
    nature_reason: Text
    expected: Number | None
    progress: Number | None
    achievement: Number | None
    forecast: Number | None
    light: LightName
    outlook: OutlookName | None
    needs_reason: bool
    message: Text
    stated_outlook: OutlookName | None
    expected_year_end: Text | None
    reason: Text | None
    location: Place
    history: tuple[EarlierValue, ...] = ()


class UnmatchedRow(Part):
    """完成情况里有、目标表里没有的一行。"""

    project: Text
    level2: Text
    name: Text
    actual: Text
    reason: Text
    location: Place


class UnmatchedIndicator(Part):
    """目标表里有、没有完成情况的指标。"""

    level2: Text
    name: Text
    target: Text
    reason: Text


class NearName(Part):
    """名称相近、请人核对的一对；没有当作同一个指标。likeness 为相似的百分之几。"""

    row: Text
    indicator: Text
    level2: Text
    likeness: int
    reason: Text


class Unmatched(Part):
    rows: list[UnmatchedRow]
    indicators: list[UnmatchedIndicator]
    near: list[NearName]


class MonitoredProject(Part):
    """一个项目。light 取各项指标里最差的一盏，资金的灯另在 execution.light；unwatched 不空的不能下结论，说明为什么
    （监控日不在年度内：各项照算，时间进度按 0 或 100；一项也没有填、没有一行对得上：light 为 grey）。
    unit 为实施单位，表中没有写的为 null，项目同名的靠它分。gap 为累计类指标平均完成程度（achievement）减执行率，
    百分点；start、end 是计算时间进度的起止日。history 是 --previous 给出的前几次，由早到晚。"""

    project: Text
    document: Text
    year: int | None
    start: Text
    end: Text
    time_share: Number
    execution: MonitoredExecution
    achievement: Number | None
    gap: Number | None
    light: LightName
    unit: Text | None = None
    unwatched: Text = ""
    indicators: list[MonitoredIndicator]
    unmatched: Unmatched
    history: tuple[EarlierCheck, ...] = ()


class MonitorSummary(Part):
    """lights 按项目的 light 数，execution_lights 按项目的 execution.light 数。"""

    documents: int
    projects: int
    lights: dict[LightName, int]
    execution_lights: dict[LightName, int] = Field(default_factory=dict)
    could_not_check: int


class MonitorReport(Part):
    """kpi monitor --format json：绩效运行监控。unmatched 是不属于任何一个项目的完成情况。"""

    format: Literal["kpi.monitor/1"] = Field(alias="schema")
    as_of: Text
    actuals: Text
    ruleset: Text
    made_with: MadeWith
    waived: list[WaivedProblem]
    summary: MonitorSummary
    projects: list[MonitoredProject]
    unmatched: list[UnmatchedRow]
    notes: list[Text]
    findings: list[FoundProblem]
    documents: list[LintedDocument]

"""The JSON that the commands print, as models: what every key holds. Public interface: additive changes only.

A key without default is always there; a key with a default is there only where it says something. Numbers that carry
meaning are decimal strings in plain notation; money is in 元.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def scrub(text: object) -> object:
    """File names and damaged texts may hold halves of characters that no JSON can carry: they become "?"."""
    return text.encode("utf-8", "replace").decode("utf-8") if isinstance(text, str) and not text.isascii() else text


Text = Annotated[str, BeforeValidator(scrub)]
Number = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$", description="十进制数，写成文字，不带多余的零")]
HalfName = Literal["period", "annual"]
SeverityName = Literal["error", "warning", "info"]


class Part(BaseModel):
    """Base of all parts: unknown keys are an error, so that the published schema and the output cannot drift apart."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(Part):
    """在文件中的位置。文本：行、列；Excel：工作表、单元格；Word、HTML：表、行、列；PDF：页、框。都从 1 数起。"""

    line: int | None = None
    column: int | None = None
    sheet: Text | None = None
    cell: Text | None = None
    table: int | None = None
    row: int | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None


# kpi parse


class End(Part):
    """区间的一端，已折成基本单位（万元 → 元）。"""

    value: Number
    inclusive: bool


class DateSpan(Part):
    """日期，ISO 写法；年份不明时写“--12-31”。named 为节日或周期（春节、每季度末）。"""

    start: Text | None
    end: Text | None
    named: Text | None


class Problem(Part):
    """不合语法之处：代码、第几个字（从 0 数）、一句话说明。"""

    code: Text
    offset: int
    message: Text


class ParsedValue(Part):
    """一个指标值的读法。"""

    text: Text
    kind: Literal["quantity", "date", "qualitative", "reference", "compound", "text", "empty", "malformed"]
    comparator: Literal[">=", ">", "=", "<", "<=", "between"] | None
    lower: End | None
    upper: End | None
    approximate: bool
    unit: Text | None
    dimension: Text | None
    date: DateSpan | None = None
    reference: Text | None = None
    parts: list["ParsedValue"] | None = None
    problems: list[Problem]


# kpi extract


class Money(Part):
    """一侧的资金，单位元；空白的为 null。"""

    total: Number | None
    sources: dict[Text, Number | None]
    text: Text
    location: Place


class Funding(Part):
    period: Money | None
    annual: Money | None


class Goals(Part):
    period: Text | None
    annual: Text | None


class Cell(Part):
    """指标的一侧：值（符号、单位已并入）、该侧印的名称、各部分所在的格。"""

    text: Text
    name: Text
    location: Place
    cells: dict[Text, Place]


class IndicatorRow(Part):
    """一项指标：同一名称下实施期与年度两格。"""

    level1: Text
    level2: Text
    name: Text
    period: Cell | None
    annual: Cell | None
    parent: Text | None
    columns: dict[Text, Text]
    weight: Text | None
    polarity: Text | None
    actual: Cell | None
    score: Text | None
    reason: Text | None
    expected_year_end: Text | None
    outlook: Text | None


class ExecutionRow(Part):
    """预算执行一行：金额单位元；执行率、分值、得分照表中所写。budget 年初预算数，adjusted 全年（调整后）预算数，
    forecast 全年预计执行数。没有这一列或空白的为 null。"""

    budget: Number | None
    adjusted: Number | None
    spent: Number | None
    forecast: Number | None
    rate: Text | None
    points: Text | None
    score: Text | None
    location: Place
    places: dict[Text, Place]


class StatedTotals(Part):
    """自评表末尾所写的满分、总分、等次。reason 为写在指标下面、各项合用的一栏偏差原因，null 表示没有这一栏。
    full_location、grade_location：满分、等次所在处，不知道的为空。"""

    full: Text | None
    score: Text | None
    grade: Text | None
    location: Place
    reason: Text | None = None
    full_location: Place
    grade_location: Place


class Form(Part):
    """一张绩效目标表。null 表示表中没有这一栏，"" 表示有而未填。"""

    title: Text
    year: int | None
    project: Text
    department: Text | None
    unit: Text | None
    attribute: Text | None
    term: Text | None
    money_unit: Text
    funding: Funding
    profile: Text
    form: Literal["target", "self-evaluation", "monitoring", "department"]
    sections: dict[Text, Text]
    goals: Goals
    sign_off: dict[Text, Text]
    locations: dict[Text, Place]
    shares: dict[Text, Text] = {}
    begun: bool = False
    cut: bool
    torn: bool = False
    execution: ExecutionRow | None = None
    stated: StatedTotals | None = None
    indicators: list[IndicatorRow]
    explain: list[Text] = []


class UnreadPart(Part):
    """像是目标而没有读懂的内容。"""

    text: Text
    location: Place
    reason: Text
    project: Text | None
    level2: Text | None


class BudgetRow(Part):
    """预算表的一行：项目或支出功能科目，金额单位元。"""

    name: Text
    amount: Number | None
    location: Place
    code: Text | None


class BudgetTables(Part):
    """整份预算公开文件里的预算表。"""

    projects: list[BudgetRow]
    totals: dict[Text, Number]
    functions: list[BudgetRow]


class Sentence(Part):
    """文字部分里写有金额、数量或比例的句子。"""

    text: Text
    location: Place


class ExtractedDocument(Part):
    path: Text
    reader: Text
    tables: list[Form]
    budget: BudgetTables | None = None
    narrative: list[Sentence] = []
    encoding: Text | None
    unread: list[UnreadPart]
    readings: bool = False
    error: Text | None = None
    explain: list[Text] = []


class ExtractReport(Part):
    """kpi extract --format json：检查之前读到的内容。"""

    format: Literal["kpi.extract/1"] = Field(alias="schema")
    documents: list[ExtractedDocument]


class ExtractSummary(Part):
    documents: int
    tables: int
    indicators: int
    unread: int
    could_not_read: int


class ExtractLast(Part):
    """kpi extract --format jsonl 的最后一行。"""

    format: Literal["kpi.extract/1"] = Field(alias="schema")
    summary: ExtractSummary


# kpi lint


class Counts(Part):
    error: int
    warning: int
    info: int


class RuleCounts(Part):
    run: int
    not_applicable: int


class Baseline(Part):
    known: int
    gone: int


class Summary(Part):
    documents: int
    tables: int
    indicators: int
    findings: Counts
    rules: RuleCounts
    waived: int
    baseline: Baseline
    could_not_check: int


class NotApplicableRule(Part):
    rule: Text
    reason: Text


class LintedDocument(Part):
    """一个文件的检查情况；error 为没能检查的原因。"""

    path: Text
    tables: int
    profile: Text | None
    error: Text | None
    unread: list[UnreadPart]
    not_applicable: list[NotApplicableRule]


class Quote(Part):
    """证据：文件原文及其位置；document 只在证据出自另一份文件时才有，是那份文件的路径。"""

    text: Text
    location: Place
    document: Text = ""


class Replacement(Part):
    """可代替指标值的写法；safe 表示含义不变。"""

    safe: bool
    replace: Text


class FoundProblem(Part):
    """一处问题。judged：没有 value（不是某一格的问题）的，据以判断的数字和文字；豁免和基线看它变没变。
    mandatory：规则集规定必须改好的，不论级别。unit：表里的实施单位，没有写的没有这一项；基线凭它认改了名的文件。"""

    rule: Text
    name: Text
    title: Text
    severity: SeverityName
    confidence: Literal["high", "medium", "low"]
    fingerprint: Text
    document: Text
    project: Text
    half: Literal["period", "annual", "both"] | None
    level2: Text | None
    indicator: Text | None
    value: Text | None
    message: Text
    expected: Text
    evidence: list[Quote]
    basis: list[Text]
    suggestion: Text
    status: Text
    fix: Replacement | None
    review_item: Text
    judged: list[Text] | None = None
    mandatory: bool = False
    unit: Text | None = None


class WaivedProblem(Part):
    """一处豁免的问题：是哪一处、为什么、谁同意的、到哪一天（含）。"""

    rule: Text
    fingerprint: Text
    document: Text
    project: Text
    indicator: Text | None
    value: Text | None
    reason: Text
    by: Text
    until: Text


class MadeWith(Part):
    """检查所用的规则集：名称、标题、版本，所用规定截至哪一天（规则集没有注明时为 null），各种表式的张数。"""

    name: Text
    title: Text
    version: Text
    law_date: Text | None
    trees: dict[str, int]


class LintReport(Part):
    """kpi lint --format json：检查结果。"""

    format: Literal["kpi.lint/1"] = Field(alias="schema")
    summary: Summary
    ruleset: Text
    made_with: MadeWith
    documents: list[LintedDocument]
    findings: list[FoundProblem]
    waived: list[WaivedProblem]


class LintLine(Part):
    """kpi lint --format jsonl 的一行：一个文件与其中的问题。"""

    format: Literal["kpi.lint/1"] = Field(alias="schema")
    document: LintedDocument
    findings: list[FoundProblem]


class LintLast(Part):
    """kpi lint --format jsonl 的最后一行；findings 是不属于任何文件的问题（失效的豁免）。"""

    format: Literal["kpi.lint/1"] = Field(alias="schema")
    ruleset: Text
    made_with: MadeWith
    summary: Summary
    findings: list[FoundProblem]
    waived: list[WaivedProblem]


# kpi rules


class CitedBasis(Part):
    """依据：引用的写法、有效期（起止日期）、是否已核对原文。"""

    text: Text
    in_force_from: Text
    in_force_to: Text | None
    verified: bool


class RuleEntry(Part):
    """一条规则。"""

    rule: Text
    name: Text
    title: Text
    severity: SeverityName
    confidence: Literal["high", "medium", "low"]
    status: Text
    on: bool
    review_item: Text
    message: Text
    expected: Text
    suggestion: Text
    rationale: Text
    false_positives: list[Text]
    basis: list[CitedBasis]


class RulesReport(Part):
    """kpi rules --format json、kpi rules show --format json：规则集中的规则。"""

    format: Literal["kpi.rules/1"] = Field(alias="schema")
    ruleset: Text
    rules: list[RuleEntry]


# kpi fix


class FixedPlace(Part):
    """改动所在：项目、二级指标、指标名称（或栏目名称）、哪一侧、在文件中的位置。"""

    project: Text
    level2: Text | None
    name: Text | None
    half: HalfName | None
    location: Place


class FixedText(Part):
    """一处改动。safe 表示含义不变；rules 是要求这样改的规则。"""

    where: FixedPlace
    old: Text
    new: Text
    rules: list[Text]
    safe: bool


class TextByHand(Part):
    """要手工改的一处及原因。"""

    where: FixedPlace
    old: Text
    new: Text
    rule: Text
    reason: Text


class FixedDocument(Part):
    """一个文件：写到哪里（没有写时为 null）、为什么不能改、改动、要手工改的、含义有变而没有要求改的处数、
    没有读懂的内容。没有改动的也会写（有 --output 时，照原样）。"""

    path: Text
    written: Text | None
    error: Text | None
    changes: list[FixedText]
    manual: list[TextByHand]
    unsafe: int
    unread: list[UnreadPart] = []


class FixPlaces(Part):
    """合计里的处数，实施期和年度同样的算一处，与文字清单的一样。"""

    changes: int
    manual: int
    unsafe: int


class FixSummary(Part):
    """合计。changes、manual、unsafe 两侧各算一处，与 documents 里列的一样多。could_not_fix 不为 0 时退出状态为 2。"""

    written: int
    changes: int
    manual: int
    unsafe: int
    could_not_fix: int
    places: FixPlaces


class FixReport(Part):
    """kpi fix --format json：改动清单。"""

    format: Literal["kpi.fix/1"] = Field(alias="schema")
    summary: FixSummary
    documents: list[FixedDocument]

"""`kpi lint` as a 修改意见书 for Word: per project, numbered, into the office's own template or the one that ships."""

from collections.abc import Sequence
from importlib.resources import files

from kpi.reports.about import UNJUDGED, Gap, about, gaps
from kpi.reports.blocks import Block, blocks_of
from kpi.reports.form_head import funding
from kpi.reports.lint_closing import verdict
from kpi.reports.lint_finding import Citations, cells, evidence, place_of, quoted, set_apart, where
from kpi.reports.marking import marked
from kpi.reports.opinion_template import Template, Values, compiled, fill
from kpi.reports.outcome import Outcome
from kpi.reports.terms import HALVES, PROFILES, SEVERITIES
from kpi.reports.view import View
from kpi.rules.finding import SEVERITIES as ORDER
from kpi.rules.finding import Finding
from kpi.rules.ruleset import chinese

_ASKED = {"error": "应当修改", "warning": "建议修改", "info": "可以完善"}
_MOST_QUOTES = 4
# What a template may name: everywhere, and inside what is repeated.
KNOWN = (
    ("", frozenset({
        "结论", "错误数", "警告数", "提示数", "表数", "有意见的项目数", "没有意见的项目",
        "规则集", "所用规定", "表式", "范围", "规则", "问题", "已豁免", "与基线相比",
    })),
    ("项目", frozenset({
        "项目序号", "项目名称", "主管部门", "实施单位", "年度", "项目表式", "资金", "文件", "意见数", "意见概况",
    })),
    ("意见", frozenset({
        "序号", "级别", "要求", "题目", "指标", "侧", "原文", "位置", "原文与位置", "发现", "应为", "改法", "改写为",
        "依据", "证据", "代码", "编号",
    })),
    ("遗漏", frozenset({"类别", "遗漏文件", "遗漏位置", "内容", "原因"})),
)  # fmt: skip


def render(outcome: Outcome, view: View) -> bytes:
    return marked(fill(template(view.template), _values(outcome, view)))


def template(data: bytes | None) -> Template:
    """The office's own, else the one that ships. Raises TemplateError."""
    return compiled(shipped() if data is None else data, KNOWN)


def shipped() -> bytes:
    return files("kpi.reports").joinpath("assets", "opinion.docx").read_bytes()


def _values(outcome: Outcome, view: View) -> Values:
    blocks = blocks_of(outcome)
    told = [block for block in blocks if block.findings]
    counts = {f"{SEVERITIES[severity]}数": str(outcome.result.counts[severity]) for severity in ORDER}
    return {
        **dict(about(outcome)),
        **counts,
        "结论": verdict(outcome)[1],
        "表数": str(outcome.result.tables),
        "有意见的项目数": str(len(told)),
        "没有意见的项目": "、".join(block.title for block in blocks if not block.findings),
        "项目": [_project(number, block) for number, block in enumerate(told, 1)],
        "遗漏": [_gap(gap) for gap in gaps(outcome) if view.explain or gap.kind != UNJUDGED],
    }


def _project(number: int, block: Block) -> Values:
    table = block.table
    counts = [f"{_ASKED[severity]} {block.counts[severity]} 处" for severity in ORDER if block.counts[severity]]
    opinions = _opinions(block.findings)
    return {
        "项目序号": chinese(str(number)),
        "项目名称": block.title,
        "主管部门": (table and table.department) or "",
        "实施单位": (table and table.unit) or "",
        "年度": str(table.year) if table and table.year else "",
        "项目表式": PROFILES.get(table.profile, table.profile) if table else "",
        "资金": funding(table) if table else "",
        "文件": block.path,
        "意见数": str(len(opinions)),
        "意见概况": "，".join(counts),
        "意见": opinions,
    }


def _opinions(findings: Sequence[Finding]) -> list[Values]:
    """One a finding, what must be changed first; hints of one rule on many rows are one opinion."""
    single, lists = set_apart(findings)
    ordered = sorted(single, key=lambda finding: ORDER.index(finding.severity))
    cite = Citations()
    told = [*(_opinion(finding, cite) for finding in ordered), *(_listed(some, cite) for some in lists)]
    return [{**one, "序号": str(number)} for number, one in enumerate(told, 1)]


def _opinion(finding: Finding, cite: Citations) -> dict[str, str]:
    return {
        "级别": SEVERITIES[finding.severity],
        "要求": _ASKED[finding.severity] + ("（试用规则，供参考）" if finding.status == "trial" else ""),
        "题目": finding.title,
        "指标": where(finding),
        "侧": HALVES[finding.half] if finding.half else "",
        "原文": finding.value or "",
        "位置": cells(finding),
        "原文与位置": place_of(finding),
        "发现": finding.message,
        "应为": finding.expected,
        "改法": finding.suggestion,
        "改写为": finding.fix.replace if finding.fix else "",
        "依据": "；".join(map(cite, finding.basis)),
        "证据": "；".join(evidence(finding, _MOST_QUOTES)),
        "代码": finding.rule,
        "编号": finding.fingerprint,
    }


def _listed(findings: Sequence[Finding], cite: Citations) -> dict[str, str]:
    rows = [
        f"{where(one)}{place_of(one)}" + (f"改为{quoted(one.fix.replace)}" if one.fix else "") for one in findings
    ]
    first = _opinion(findings[0], cite)
    several = {"指标": f"共 {len(findings)} 处", "侧": "", "原文": "", "位置": "", "原文与位置": "", "改写为": ""}
    return {**first, **several, "发现": "；".join(rows), "改法": "", "证据": "", "编号": ""}


def _gap(gap: Gap) -> Values:
    return {
        "类别": gap.kind, "遗漏文件": gap.path, "遗漏位置": gap.place, "内容": quoted(gap.what) if gap.what else "",
        "原因": gap.reason,
    }  # fmt: skip

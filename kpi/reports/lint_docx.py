"""`kpi lint` as 修改意见书 for Word: a letter a unit, into the office's own template or the one that ships."""

from collections import Counter
from collections.abc import Sequence
from importlib.resources import files

from kpi.reports.about import UNJUDGED, Gap, about, gaps, left_out
from kpi.reports.blocks import Block, blocks_of
from kpi.reports.form_head import funding
from kpi.reports.lint_closing import verdict
from kpi.reports.lint_finding import Citations, cells, evidence, place_of, quoted, set_apart, where
from kpi.reports.lint_letters import Letter, internal, letters
from kpi.reports.marking import marked
from kpi.reports.opinion_template import Template, TemplateError, Values, compiled, fill, says
from kpi.reports.outcome import Outcome
from kpi.reports.terms import HALVES, MUST, PROFILES, SEVERITIES, file_name
from kpi.reports.view import View
from kpi.reports.width import brief_quotes, shorten_middle
from kpi.rules.finding import SEVERITIES as ORDER
from kpi.rules.finding import Finding
from kpi.rules.offices import office
from kpi.rules.ruleset import chinese

_ASKED = {"error": "应当修改", "warning": "建议修改", "info": "可以完善"}
_ON_TRIAL = "（试用规则，供参考）"
_NO_PLACES = "里面没有占位符，写出来会和它一模一样；用 kpi init --template 放一份样本，照着改。"
_NO_OPINIONS = "模板里没有放意见的地方（{{意见开始}}、{{意见结束}}和它们中间的占位符），写出来的没有一条意见。"
_MOST_QUOTES = 4
_TITLE_COLUMNS = 120
_BLANK = "　" * 8  # an addressee that no form names is written in by hand
# What a template may name: everywhere, and inside what is repeated.
KNOWN = (
    ("", frozenset({
        "结论", "错误数", "警告数", "提示数", "表数", "有意见的项目数", "没有意见的项目",
        "规则集", "所用规定", "表式", "范围", "规则", "问题", "已豁免", "与基线相比", "附记",
    })),
    ("单位", frozenset({
        "单位名称", "单位情况", "单位表数", "单位意见数", "单位意见概况", "单位没有意见的项目",
    })),
    ("项目", frozenset({
        "项目序号", "项目名称", "主管部门", "实施单位", "年度", "项目表式", "资金", "文件", "意见数", "意见概况",
        "项目概况",
    })),
    ("意见", frozenset({
        "序号", "级别", "要求", "题目", "指标", "侧", "原文", "位置", "原文与位置", "发现", "应为", "改法", "改写为",
        "怎样改", "依据", "括注依据", "证据", "代码", "编号",
    })),
    ("遗漏", frozenset({"类别", "遗漏文件", "遗漏位置", "内容", "原因"})),
)  # fmt: skip


def render(outcome: Outcome, view: View) -> bytes:
    return marked(fill(template(view.template), _values(outcome, view)))


def template(data: bytes | None) -> Template:
    """The office's own, else the one that ships. Raises TemplateError."""
    return compiled(shipped() if data is None else data, KNOWN)


def sound(data: bytes) -> str:
    """What to say of an office's template; "" where nothing is. Raises TemplateError for one that cannot be used: with
    no placeholder it is some other document."""
    made = template(data)
    if not says(made):
        raise TemplateError(_NO_PLACES)
    return "" if says(made, "意见") else _NO_OPINIONS


def shipped() -> bytes:
    return files("kpi.reports").joinpath("assets", "opinion.docx").read_bytes()


def _values(outcome: Outcome, view: View) -> Values:
    blocks = blocks_of(outcome)
    told = [block for block in blocks if block.findings]
    counts = {f"{SEVERITIES[severity]}数": str(outcome.result.counts[severity]) for severity in ORDER}
    missed = [gap for gap in gaps(outcome) if view.explain or gap.kind != UNJUDGED]
    return {
        **dict(about(outcome)),
        **counts,
        "规则集": _ruleset(outcome),
        "结论": verdict(outcome)[1],
        "表数": str(outcome.result.tables),
        "有意见的项目数": str(len(told)),
        "没有意见的项目": "、".join(block.title for block in blocks if not block.findings),
        "附记": "；".join(f"{label}：{text}" for label, text in left_out(outcome)),
        "单位": [_unit(letter) for letter in letters(outcome)],
        "项目": [_project(number, block, Citations()) for number, block in enumerate(told, 1)],
        "遗漏": [_gap(gap) for gap in (*internal(outcome), *missed)],
    }


def _ruleset(outcome: Outcome) -> str:
    """As a letter calls it: the name is for the command line."""
    title = outcome.ruleset.title or outcome.ruleset.name
    return f"{title}，第 {outcome.ruleset.version} 版" if outcome.ruleset.version else title


def _unit(letter: Letter) -> Values:
    cite = Citations()
    projects = [_project(number, block, cite) for number, block in enumerate(letter.told, 1)]
    opinions = [opinion for project in projects for opinion in project["意见"] if not isinstance(opinion, str)]
    asked = _asked(opinions)
    forms = sum(block.table is not None for block in (*letter.told, *letter.fine))
    fine = sum(block.table is not None for block in letter.fine)
    scale = f"{forms} 张表" + (f"中有 {forms - fine} 张" if fine else "") if forms > 1 else ""
    return {
        "单位名称": letter.unit or _BLANK,
        "单位情况": f"{scale}共有 {len(opinions)} 条意见：{asked}",
        "单位表数": str(forms),
        "单位意见数": str(len(opinions)),
        "单位意见概况": asked,
        "单位没有意见的项目": "、".join(block.title for block in letter.fine),
        "项目": projects,
        "遗漏": [_gap(gap) for gap in letter.gaps],
    }


def _project(number: int, block: Block, cite: Citations) -> Values:
    table = block.table
    opinions = _opinions(block.findings, cite)
    whose = {
        "主管部门": office(table.department or "") if table else "",
        "实施单位": office(table.unit or "") if table else "",
        "年度": str(table.year) if table and table.year else "",
        "资金": funding(table) if table else "",
    }
    known = [f"{label}：{text}" for label, text in whose.items() if text]
    return {
        **whose,
        "项目序号": chinese(str(number)),
        "项目名称": shorten_middle(block.title, _TITLE_COLUMNS),
        "项目表式": PROFILES.get(table.profile, table.profile) if table else "",
        "项目概况": f"{'；'.join(known)}。" if known else "",
        "文件": file_name(block.path),
        "意见数": str(len(opinions)),
        "意见概况": _asked(opinions),
        "意见": opinions,
    }


def _asked(opinions: Sequence[Values]) -> str:
    """How many opinions ask for what: 应当修改 2 条，可以完善 1 条."""
    counted = Counter(str(opinion["要求"]).removesuffix(_ON_TRIAL) for opinion in opinions)
    return "，".join(f"{word} {count} 条" for word in (MUST, *_ASKED.values()) if (count := counted[word]))


def _opinions(findings: Sequence[Finding], cite: Citations) -> list[Values]:
    """One a finding, what must be changed first; hints of one rule on many rows are one opinion."""
    single, lists = set_apart(findings)
    ordered = sorted(single, key=lambda finding: (not finding.mandatory, ORDER.index(finding.severity)))
    told = [*(_opinion(finding, cite) for finding in ordered), *(_listed(some, cite) for some in lists)]
    return [{**one, "序号": str(number)} for number, one in enumerate(told, 1)]


def _wanted(finding: Finding) -> str:
    if finding.status == "trial":
        return f"{_ASKED[finding.severity]}{_ON_TRIAL}"
    return MUST if finding.mandatory else _ASKED[finding.severity]


def _opinion(finding: Finding, cite: Citations) -> dict[str, str]:
    basis = "；".join(map(cite, finding.basis))
    return {
        "级别": SEVERITIES[finding.severity],
        "要求": _wanted(finding),
        "题目": finding.title,
        "指标": where(finding),
        "侧": HALVES[finding.half] if finding.half else "",
        "原文": finding.value or "",
        "位置": cells(finding),
        "原文与位置": place_of(finding),
        "发现": brief_quotes(finding.message),
        "应为": finding.expected,
        "怎样改": finding.suggestion or finding.expected,
        "改法": finding.suggestion,
        "改写为": finding.fix.replace if finding.fix else "",
        "依据": basis,
        "括注依据": f"（{basis}）" if basis else "",
        "证据": "；".join(evidence(finding, _MOST_QUOTES)),
        "代码": finding.rule,
        "编号": finding.fingerprint,
    }


def _listed(findings: Sequence[Finding], cite: Citations) -> dict[str, str]:
    rows = [
        f"{where(one)}{place_of(one)}" + (f"改为{quoted(one.fix.replace)}" if one.fix else "") for one in findings
    ]
    first = _opinion(findings[0], cite)
    # A suggestion speaks of its own row; where every row says what to write, nothing is left to ask for.
    first["怎样改"] = "" if all(one.fix for one in findings) else first["应为"]
    several = {"指标": f"共 {len(findings)} 处", "侧": "", "原文": "", "位置": "", "原文与位置": "", "改写为": ""}
    return {**first, **several, "发现": "；".join(rows) + "。", "改法": "", "证据": "", "编号": ""}


def _gap(gap: Gap) -> Values:
    return {
        "类别": gap.kind, "遗漏文件": file_name(gap.path), "遗漏位置": gap.place,
        "内容": quoted(gap.what) if gap.what else "", "原因": gap.reason,
    }  # fmt: skip

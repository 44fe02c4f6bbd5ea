"""The engine's own terms, and places in a file, in the words of a clerk."""

from collections.abc import Iterable

from kpi.model import Location
from kpi.reports.width import one_line
from kpi.rules.finding import Finding

HALVES = {"period": "实施期", "annual": "年度", "both": "两侧"}
SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
PROFILES = {
    "legacy-2015": "2015 年体系（成本指标列在产出指标之下）",
    "national": "2021 年体系（成本指标单列为一级）",
}
FAMILIES = {
    "REQ": "完整", "VAL": "指标值", "UNI": "计量单位", "CST": "成本与资金", "CLS": "归类与命名", "TIM": "时效",
    "HLF": "实施期与年度", "TXT": "文字",
    "PFL": "项目之间与全文勾稽", "MON": "运行监控", "EVL": "自评", "KPI": "引擎自身",
}  # fmt: skip
MUST = "必须改好"  # what the ruleset wants mended, whatever its severity
STATUSES = {"stable": "稳定", "trial": "试用", "unmeasured": "未经测量"}
CONFIDENCES = {"high": "高", "medium": "中", "low": "低"}
# What templates say of a row, where no row is at hand; what is not here stands as "…".
FACTS = {
    "name": "某指标", "value": "某值", "level2": "某类指标", "project": "某项目", "half": "某侧",
    "rewrite": "新的写法", "why": "改的理由", "count": "几", "total": "某金额", "cost": "某金额", "over": "某金额",
    "each": "某单价", "unit": "某单位", "seen": "某词", "found": "某种写法", "text": "原文", "reason": "某原因",
    "form": "某张表", "rule": "某规则", "rule_title": "规则名", "names": "某指标", "core": "某个说法",
    "fields": "某栏目", "which": "某侧资金总额", "state": "是空的（或是0）", "parts": "各个部分",
    "units": "几个单位",
    "better": "越小越好（或越大越好）", "column": "某个方向", "asked": "一种数", "got": "另一种数",
    "hint": "说清是哪一种", "problem": "某处写坏了", "place": "某处", "speaks": "说的是另一回事",
    "belongs": "另一类指标", "level": "某类指标", "levels": "某几类指标", "advice": "照这一类指标的样子写",
    "empty": "某", "full": "另", "filled": "几", "strays": "某指标", "who": "某些人", "tasks": "某项任务",
    "goal": "目标", "respondents": "服务对象", "date": "某日", "counted": "某数", "about": "那件事",
    "extra": "某些字", "other": "另一项",
    "annual": "某数", "period": "某数", "amount": "某金额", "attribute": "所填的属性",
    "computed": "某数", "factor": "若干", "figures": "某几个数", "gap": "某金额", "has": "某",
    "lacks": "另", "label": "某栏", "last": "某数", "length": "多长", "limit": "某限额",
    "lines": "", "listed": "某金额", "matched": "几", "months": "若干",
    "now": "某数", "of": "某指标", "other_value": "另一个值", "others": "别的项目",
    "part": "某一段时间", "places": "某栏", "price": "某单价", "product": "某金额", "quote": "原文",
    "reasons": "某句话没写完、多出标点或者符号不成对",
    "relation": "多（或者少）", "rewrites": "新的写法", "row": "某指标",
    "said": "某句话", "sections": "某栏", "shares": "各项权重", "short": "某金额",
    "slip": "正好是资金的10倍、100倍的，像是笔误", "source": "某标准", "spending": "某项支出", "stated": "某数",
    "subject": "某项", "sum": "算出的数", "table": "某张表", "term": "所填的项目期", "told": "所填的期限",
    "usual": "一般的写法", "values": "两个值", "wanted": "应有的合计", "where": "某栏",
    "wrong": "某文号", "year": "本年", "years": "某年", "printed": "某数", "high": "某数",
    "low": "某数", "rows": "几",
    "fits": "合得上的数量或单价", "more": "几",
}  # fmt: skip
# A finding over very many places is read by its first ones.
_MOST = 6
_PIPED = "标准输入"



def obligation(finding: Finding) -> str:
    """What the rule of a finding counts for, in brackets, where that is not what its severity says."""
    if finding.status == "trial":
        return "（试用，不影响结论）"
    return f"（{MUST}）" if finding.mandatory else ""


def several(name: str, count: int) -> str:
    """Rows that are one matter, by the first of them."""
    return f"“{name}”等 {count} 行" if count > 1 else name


def file_name(path: str) -> str:
    """As people call it: what came through a pipe has no name of its own, nor has an archive that did."""
    return one_line(_PIPED + path[1:] if path == "-" or path.startswith("-!/") else path)


def at_the_top(sentence: str) -> str:
    """A closing sentence where it stands before what it speaks of."""
    return sentence.replace("上面的说明", "下面的说明").replace("见上", "见下")


def spot(location: Location) -> str:
    """Where to look in the file; "" where the place is not known."""
    if location.sheet is not None and location.cell is not None:
        return f"工作表“{location.sheet}”{location.cell} 格"
    if location.table is not None:
        inner = f"第 {location.row} 行" if location.row is not None else ""
        return f"表 {location.table} {inner}" + (f"第 {location.column} 格" if location.column is not None else "")
    if location.page is not None:
        return f"第 {location.page} 页"
    if location.line is None:
        return ""
    # Only texts count their columns; elsewhere it is a paragraph beside the tables, and nobody counts those as lines.
    return f"第 {location.line} 行" if location.column is not None else f"表外第 {location.line} 段"


def spots(locations: Iterable[Location]) -> str:
    """Several places in one phrase, each once: "第 12、40 行", "表 1 第 3 行第 4 格、第 3 行第 8 格"."""
    known = list(dict.fromkeys(locations))
    if known and all(one.line is not None and one.column is not None and one.table is None for one in known):
        lines = list(dict.fromkeys(str(one.line) for one in known))
        more = f" 等 {len(lines)} 处" if len(lines) > _MOST else ""
        return f"第 {'、'.join(lines[:_MOST])} 行{more}"
    named = list(dict.fromkeys(filter(None, map(spot, known))))
    more = f" 等 {len(named)} 处" if len(named) > _MOST else ""
    return "、".join(named[:_MOST]) + more

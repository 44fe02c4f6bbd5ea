"""The engine's own terms, and places in a file, in the words of a clerk."""

from collections.abc import Iterable

from kpi.model import Location

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
STATUSES = {"stable": "稳定", "trial": "试用", "unmeasured": "未经测量"}
CONFIDENCES = {"high": "高", "medium": "中", "low": "低"}
# What templates say of a row, where no row is at hand; what is not here stands as "…".
FACTS = {
    "name": "某指标", "value": "某值", "level2": "某类指标", "project": "某项目", "half": "某侧",
    "rewrite": "新的写法", "why": "改的理由", "count": "某数", "total": "某金额", "cost": "某金额", "over": "某金额",
    "each": "某单价", "unit": "某单位", "seen": "某词", "found": "所写的内容", "text": "原文", "reason": "某原因",
    "form": "某张表", "rule": "某规则", "rule_title": "规则名",
}  # fmt: skip
# A finding over very many places is read by its first ones.
_MOST = 6


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

"""Why each column of a form was taken for what it is, in plain sentences for `kpi extract --explain`."""

from collections.abc import Iterator, Sequence

from kpi.model import Indicator
from kpi.readers.blocks import Parts, RowBlock
from kpi.readers.match import FIGURES, kind_of
from kpi.readers.roles import Role

_HOLDS = {
    "name": "指标名称",
    "value": "指标值",
    "sign": "符号",
    "nature": "指标性质或方向",
    "unit": "计量单位",
    "weight": "分值或权重",
    "actual": "实际完成值",
    "score": "得分",
    "again": "复核的得分",
    "reason": "偏差原因",
    "cause": "偏差原因",
    "expected": "全年预计完成值",
    "outlook": "完成可能性",
    "chance": "完成可能性",
    "explanation": "指标解释",
    "standard": "评分或指标标准",
    "last": "往年或半年的值",
    "number": "行号或目标名称",
    "note": "备注",
    "rate": "完成率",
}
_HALF = {"period": "实施期", "annual": "年度"}
_MOST = 24  # sentences of one form


def explained(parts: Parts, indicators: Sequence[Indicator]) -> tuple[str, ...]:
    """The sentences of one form."""
    told = dict.fromkeys(text for block in parts.blocks for text in _block(block))
    return (*list(told)[: _MOST - 1], _figures(indicators))


def _block(block: RowBlock) -> Iterator[str]:
    header = block.header
    if header.bare:
        yield f"没有表头，按每行依次是{'、'.join(_HOLDS[role.kind] for role in header.left)}读"
        return
    for role in header.left:
        yield _column(role)
    if header.right:
        yield f"右半边从第{header.right[0].column + 1}列起，与左半边是实施期和年度两套"
    if any(line.packed for line in block.lines[:1]):
        yield "原文没有分列，各格归哪一栏是按内容的样子和表头的顺序配的"


def _column(role: Role) -> str:
    holds = _HOLDS.get(role.kind)
    if holds is None:
        return f"“{role.text}”一列不认得表头，没有别的指标值栏时作指标值，否则原样保留"
    half = _HALF.get(role.half or "", "")
    if not role.text:
        return f"没有表头的一列作{holds}：它在二级指标和指标值之间"
    if role.kind == "value" and "标准" in role.text:
        return f"“{role.text}”一列作{half}{holds}：没有别的指标值栏"
    return f"“{role.text}”一列作{half}{holds}：按表头用语"


def _figures(indicators: Sequence[Indicator]) -> str:
    texts = [e.text for i in indicators for _, e in i.entries() if e.text]
    figures = sum(kind_of(text) in FIGURES for text in texts)
    return f"读出{len(indicators)}个指标，填了的{len(texts)}个指标值中{figures}个是数值或日期"

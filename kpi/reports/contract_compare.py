"""The JSON of `kpi compare`, as models. Public interface: additive changes only; see `contract`."""

from typing import Literal

from pydantic import Field

from kpi.reports.contract import Number, Part, Place, Text


class TargetChange(Part):
    """一处改动。kind：tightened 要求提高；loosened 要求降低；dropped 取消；added 新增；renamed 改名；
    moved 移到别的二级指标；changed 变了但谈不上高低；incomparable 无法比较。
    old、new 为前后的目标；改名时为前后的名称，移动时为前后的二级指标。"""

    kind: Literal["tightened", "loosened", "dropped", "added", "renamed", "moved", "changed", "incomparable"]
    level2: Text
    name: Text
    half: Literal["period", "annual", "both"] | None
    old: Text | None
    new: Text | None
    message: Text
    old_location: Place | None
    new_location: Place | None


class MoneyChange(Part):
    """年度资金（没有的用实施期资金），单位元。"""

    old: Number | None
    new: Number | None


class ComparedProject(Part):
    """前后两份里都有的项目。renamed_from 为原来的名称，没有改名的为 null。"""

    project: Text
    renamed_from: Text | None
    old_document: Text
    new_document: Text
    funding: MoneyChange
    changes: list[TargetChange]


class LoneProject(Part):
    """只在一份里有的项目。"""

    project: Text
    document: Text
    indicators: int


class UncomparedFile(Part):
    path: Text
    error: Text


class CompareReport(Part):
    """kpi compare --format json：两份绩效目标表的差别。"""

    format: Literal["kpi.compare/1"] = Field(alias="schema")
    projects: list[ComparedProject]
    dropped: list[LoneProject]
    added: list[LoneProject]
    could_not_check: list[UncomparedFile]

"""The ruleset language and the waiver file as JSON Schema: what an editor needs to complete keys."""

from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from kpi.rules.checks import find, known
from kpi.rules.example_spec import ExamplesSpec
from kpi.rules.registry import Check
from kpi.rules.spec import BasisSpec, Code, RulesetSpec, RuleSpec, SilenceSpec
from kpi.rules.waiver_file import WaiverSpec

# What an editor shows beside a key.
_SAID = {
    "name": "名称：规则集的名称，或规则的英文短名（小写字母和连字符）",
    "title": "中文名称，写在结果上",
    "version": "版本",
    "date": "日期，如 2026-01-01",
    "extends": "在哪个规则集上增减：national、legacy-2015、shanxi、sichuan-2025，或一个文件",
    "include": "算作写在这里的其他文件",
    "profile": "一律按哪一套指标体系检查，不看表的样子",
    "off": "停用的规则：代号、类别或英文名",
    "on": "重新启用的规则",
    "mandatory": "必须改好、不许豁免的规则",
    "severity": "级别：error 错误、warning 警告、info 提示",
    "params": "改规则的参数：规则代号下写参数名和值",
    "words": "词表：换掉，或用 add、remove 增减",
    "profiles": "指标体系的参数，带出处",
    "bases": "依据",
    "silences": "哪条规则报了，哪些就不再报",
    "rules": "自己的规则",
    "confidence": "把握：high、medium、low",
    "status": "stable 稳定、trial 试用（不影响结论）、unmeasured 未经测量",
    "review_item": "对应的审核内容",
    "where": "只看哪些行",
    "check": "检查方法",
    "with": "检查方法的参数",
    "message": "发现了什么；{名} 由检查方法填入",
    "expected": "应当怎样",
    "suggestion": "怎么改",
    "cases": "各种情形的级别和写法",
    "basis": "依据的编号，条款写在 # 后面",
    "in_force_from": "从哪一天起适用",
    "in_force_to": "到哪一天为止适用",
    "rationale": "为什么",
    "false_positives": "可能误报的情形",
    "examples": "例子：bad 应当报，good 不应当报，都会试一遍",
    "fingerprint": "一处问题的编号（12 位）",
    "rule": "规则或类别",
    "project": "项目名称",
    "folder": "文件夹，本文件所在的写 .",
    "indicator": "指标名称",
    "value": "指标值；变了，豁免自动失效",
    "reason": "为什么可以留着",
    "by": "谁同意的",
    "until": "到哪一天为止（含）",
}
# In the ruleset's examples the word is another one.
_UNIT = "实施单位：只放过这一个单位的；'' 只放过没有写实施单位的表；没有这一行的，同名的项目都放过"


class _Rule(RuleSpec):
    examples: ExamplesSpec = ExamplesSpec()


class _Ruleset(RulesetSpec):
    bases: dict[str, BasisSpec] = {}  # noqa: RUF012 - pydantic copies defaults
    silences: tuple[SilenceSpec, ...] = ()
    rules: dict[Code, _Rule] = {}  # noqa: RUF012


class Plain(GenerateJsonSchema):
    """Without the titles that only repeat a key."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


def ruleset_schema() -> dict[str, Any]:
    """A ruleset file; each rule's `with` is held against the check that it names."""
    schema = _made(_Ruleset)
    rule = schema["$defs"]["_Rule"]
    rule["properties"]["check"] = {"enum": sorted(known()), "description": _SAID["check"]}
    rule["allOf"] = [_parameters(find(name)) for name in sorted(known())]
    return schema


def waivers_schema() -> dict[str, Any]:
    """kpi-waivers.yaml: a list of waivers."""
    one = _made(WaiverSpec)
    one.pop("title", None)
    one["properties"]["unit"]["description"] = _UNIT
    return {"type": "array", "items": one}


def _parameters(check: Check) -> dict[str, Any]:
    keys = {}
    for name, field in check.params.model_fields.items():
        keys[field.alias or name] = {"description": "必填"} if field.is_required() else {}
    closed = {"type": "object", "properties": keys, "additionalProperties": False}
    return {"if": {"properties": {"check": {"const": check.name}}}, "then": {"properties": {"with": closed}}}


def _made(model: type[BaseModel]) -> dict[str, Any]:
    schema = TypeAdapter(model).json_schema(mode="validation", by_alias=True, schema_generator=Plain)
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("description", None)  # our docstrings are for developers
        for key, one in part.get("properties", {}).items():
            if key in _SAID:
                one["description"] = _SAID[key]
    return schema

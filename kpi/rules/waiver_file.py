"""`kpi-waivers.yaml`: the waivers of an office, written by hand or by `kpi waive`."""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from kpi.rules.located import Complaints, Origin, RulesetError, WaiverError, read_yaml
from kpi.rules.ruleset import Ruleset
from kpi.rules.spec import Spec, Text
from kpi.rules.waivers import Waiver
from kpi.rules.wording import did_you_mean, say

_HEAD = """\
# 豁免：经同意先留着的问题。对本文件所在的文件夹和下级文件夹起作用；可以手工改，也可以用 kpi waive 写。
#   fingerprint  一处问题的编号（kpi lint --explain 里有）；值（value）变了，豁免自动失效
#   unit         实施单位：只放过这一个单位的；写成 '' 的，只放过没有写实施单位的表；没有这一行的，同名的项目都放过
#   rule         规则或类别，如 TXT004、TXT；和 project（项目名称）或 folder（文件夹，本文件所在的写 .）一起用
#   reason、by、until  为什么、谁同意的、到哪一天为止（含这一天）
"""
_AGREED = ("value", "reason", "by", "until")  # what a renewal says anew, the value as it is now
_ENDLESS = 1_000_000  # characters of a line: a text stays on its own
_Filled = Annotated[Text, Field(min_length=1)]


def _blank(value: object) -> object:
    """A key that is there and has nothing behind it: not the same as one that is not there."""
    return "" if value is None else value


class WaiverSpec(Spec):
    """The keys of one waiver. `until` is the last day on which it counts."""

    fingerprint: Annotated[Text, Field(pattern=r"^[0-9a-f]{12}$")] | None = None
    rule: _Filled | None = None
    project: Text | None = None
    unit: Annotated[Text | None, BeforeValidator(_blank)] = None
    folder: _Filled | None = None
    indicator: Text | None = None
    value: Text | None = None
    reason: _Filled
    by: _Filled
    until: date

    @model_validator(mode="after")
    def _names_something(self) -> "WaiverSpec":
        if self.fingerprint is None and self.rule is None:
            raise PydanticCustomError("kpi", "{said}", {"said": "要写 fingerprint（一处问题的编号）或者 rule（规则）"})
        if self.fingerprint is None and self.project is None and self.folder is None:
            said = "只写 rule 会放过所有项目；请加 project（项目名称），或者 folder（文件夹，本文件所在的写 .）"
            raise PydanticCustomError("kpi", "{said}", {"said": said})
        return self


def load_waivers(path: Path, label: str, ruleset: Ruleset) -> tuple[Waiver, ...]:
    """The waivers of one file. Raises WaiverError with every mistake."""
    try:
        return _load(path, label, ruleset)
    except RulesetError as problem:
        raise WaiverError(problem.messages) from problem


def _load(path: Path, label: str, ruleset: Ruleset) -> tuple[Waiver, ...]:
    file = read_yaml(path, label)
    origin, complaints = Origin(file), Complaints()
    entries = [] if file.data is None else file.data
    if not isinstance(entries, list):
        complaints.add(origin, "应是列表，每条豁免以“- ”开头，用 kpi waive 可以自动写。")
        complaints.stop_if_any()
    found = [_waiver(raw, origin.at(index), index + 1, ruleset, complaints) for index, raw in enumerate(entries)]
    complaints.stop_if_any()
    return tuple(one for one in found if one is not None)


def _waiver(raw: Any, at: Origin, number: int, ruleset: Ruleset, complaints: Complaints) -> Waiver | None:  # noqa: ANN401
    whole = f"第 {number} 条豁免"
    try:
        spec = WaiverSpec.model_validate(raw)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            complaints.add(at.at(*one["loc"]), say(one, WaiverSpec, whole, "键"))
        return None
    rules = ruleset.find(spec.rule) if spec.rule else ()
    if spec.rule and not rules:
        known = {*ruleset.rules, *(code[:3] for code in ruleset.rules)}
        complaints.add(at.at("rule"), f"{whole}的规则 {spec.rule} 不认识{did_you_mean(spec.rule, known)}")
        return None
    home = os.path.abspath(at.file.path.parent)
    folder = os.path.normpath(os.path.join(home, spec.folder)) if spec.folder else None
    return Waiver(
        home=home, label=at.file.label, line=at.file.line(at.path), reason=spec.reason, by=spec.by, until=spec.until,
        fingerprint=spec.fingerprint, rules=frozenset(rules), rule=spec.rule, project=spec.project,
        folder=folder, indicator=spec.indicator, value=spec.value, unit=spec.unit,
        lost=folder is not None and not os.path.exists(folder),
    )  # fmt: skip


def renewed(text: str, line: int, entry: Mapping[str, str]) -> str | None:
    """The side file with the entry that begins in this line agreed upon anew: its reason, by whom and until when. What
    else people wrote stays. None where it is not written in the usual way, a key a line."""
    lines = text.splitlines(keepends=True)
    end_of = next((at for at in range(line, len(lines)) if lines[at].startswith("-")), len(lines))
    block = "".join(lines[line - 1 : end_of])
    before = _entry(block)
    if before is None:
        return None
    keys = [key for key in _AGREED if key in before and key in entry]
    said = {key: yaml.safe_dump({key: entry[key]}, allow_unicode=True, width=_ENDLESS).strip() for key in keys}
    for key, start, end in reversed(list(_places(block))):
        block = block[:start] + said[key] + block[end:] if key in said else block
    if _entry(block) != before | {key: entry[key] for key in keys}:
        return None
    return "".join(lines[: line - 1]) + block + "".join(lines[end_of:])


def _places(block: str) -> Iterator[tuple[str, int, int]]:
    """The keys of an entry that is written a key a line: where each begins and its value ends, quotation marks and
    all."""
    whole = yaml.compose(block, yaml.SafeLoader)
    for entry in whole.value if whole else ():
        for key, value in () if entry.flow_style else entry.value:
            end = value.end_mark.index
            yield key.value, key.start_mark.index, len(block[:end].rstrip()) if value.style in ("|", ">") else end


def _entry(text: str) -> dict[str, str] | None:
    """The entry of a piece of the file as plain texts."""
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        return None
    if not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], dict):
        return None
    return {str(key): str(value) for key, value in found[0].items()}


def appended(text: str, entries: Sequence[Mapping[str, str]]) -> str:
    """The side file with more entries at its end; what people wrote in it stays as it is."""
    before = text if text.strip() else _HEAD
    end = "" if before.endswith("\n") else "\n"
    new = (yaml.safe_dump([dict(entry)], allow_unicode=True, sort_keys=False, width=_ENDLESS) for entry in entries)
    return before + end + "\n" + "\n".join(new)

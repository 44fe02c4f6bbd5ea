"""Hundreds of names with their readings, as data."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kpi.names import read_name
from kpi.names.clean import without_ordinal
from kpi.progress.keys import squashed
from kpi.rules.text import core

_FILE = Path(__file__).parent / "cases.yaml"


@dataclass(frozen=True)
class Case:
    name: str
    level2: str
    project: str
    fields: dict[str, Any]


@cache
def cases() -> tuple[Case, ...]:
    groups = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Case(name, group.get("level2", ""), group.get("project", ""), group["is"])
        for group in groups
        for name in group["names"].split()
    )


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.level2}{case.name}")
def test_name_is_read(case: Case):
    reading = read_name(case.name, case.level2, case.project)
    got = {field: getattr(reading, field) for field in case.fields}
    assert {field: list(value) if isinstance(value, tuple) else value for field, value in got.items()} == case.fields


def test_there_are_hundreds_of_names():
    assert len({(case.name, case.level2, case.project) for case in cases()}) > 800


def test_reason_quotes_the_name():
    for case in cases():
        reading = read_name(case.name, case.level2, case.project)
        if reading.reason:
            assert reading.reason.startswith("“")
            assert reading.reason.partition("”")[0][1:] in case.name.replace("（", "(")


@pytest.mark.parametrize(
    ("name", "level2", "reason"),
    [
        ("工程完成率", "质量指标", "“完成率”是比率"),
        ("路灯故障发生率", "质量指标", "“故障发生率”是比率"),
        ("灌溉面积", "数量指标", "“面积”是数量"),
        ("重大安全事故", "社会效益", "“事故”是不该发生的事"),
        ("收入增长", "经济效益", "“增长”越多越好"),
        ("推动产业发展", "社会效益", ""),
    ],
)
def test_reason(name: str, level2: str, reason: str):
    assert read_name(name, level2).reason == reason


@pytest.mark.parametrize(
    ("name", "dimension", "fits"),
    [
        ("合格率", "ratio", True),
        ("合格率", "money", False),
        ("及时率", "time", False),
        ("人数", "money", False),
        ("接诊人次", "count/time", True),
        ("补助标准", "money/area", True),
        ("满意度", "score", True),
        ("完成时间", "date", True),
        ("完成时间", "time", True),
        ("完成时间", "ratio", False),
        ("资金拨付及时性", "ratio", True),
        ("村容村貌", "money", True),
        ("合格率", None, True),
    ],
)
def test_fits(name: str, dimension: str | None, fits: bool):
    assert read_name(name).fits(dimension) is fits


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("指标1: 登记完成率", "登记完成率"),
        ("指标12026年登记完成率", "2026年登记完成率"),  # 指标1 of the year 2026
        ("指标2026年登记完成率", "指标2026年登记完成率"),
        ("三级指标3 登记完成率", "登记完成率"),
        ("(2)登记完成率", "登记完成率"),
        ("一、登记完成率", "登记完成率"),
        ("一、二级公路养护里程", "一、二级公路养护里程"),
        ("1、2号泵站运行率", "1、2号泵站运行率"),
        ("12.5公里步道修缮率", "12.5公里步道修缮率"),
        ("★登记完成率", "登记完成率"),
    ],
)
def test_a_name_without_its_ordinal(name, bare):
    """One answer for the reading of names, for the rules and for finding a row again in another file."""
    assert without_ordinal(name) == bare
    assert core(name) == squashed(name) == core(bare)

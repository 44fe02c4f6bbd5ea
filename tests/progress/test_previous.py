"""What earlier checks saw."""

import json
from datetime import date

import pytest

from kpi.model import Entry, Indicator, Location, TargetTable
from kpi.progress.matching import match
from kpi.progress.previous import Looked, dated, latest, lost, read_checks, strayed
from kpi.readers import ReadError
from kpi.rules import load
from tests.progress.cases import project

AS_OF = date(2026, 7, 31)


def report(as_of="2026-04-30", actual="30次"):
    row = {"level2": "数量指标", "name": "巡查次数", "actual": actual}
    data = {"schema": "kpi.monitor/1", "as_of": as_of, "projects": [{"project": "甲项目", "indicators": [row]}]}
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("监控2026-04-30", date(2026, 4, 30)), ("20260430完成情况", date(2026, 4, 30)),
        ("2026年4月", date(2026, 4, 30)),
        ("2026.6.5", date(2026, 6, 5)), ("4月", None), ("2026-13-01", None), ("完成情况", None), ("2026-02-30", None),
    ],
)  # fmt: skip
def test_days_in_names(name, day):
    assert dated(name) == day


def form(*names: str, project: str = "甲项目") -> TargetTable:
    rows = tuple(Indicator("产出指标", "数量指标", name, annual=Entry("≥100次", name, Location())) for name in names)
    return TargetTable(project=project, indicators=rows)


def looked(paths, *tables: TargetTable) -> list[Looked]:
    checks = read_checks([str(path) for path in paths], AS_OF)
    return [Looked(check, match(tables, check.actuals)) for check in checks]


def test_the_json_of_an_earlier_check(tmp_path):
    (tmp_path / "四月.json").write_bytes(report())
    found = latest(looked([tmp_path / "四月.json"], form("巡查次数")), 0)
    assert (found[0].text, found[0].when) == ("30次", date(2026, 4, 30))


def test_the_latest_holds_whatever_the_order(tmp_path):
    (tmp_path / "a.json").write_bytes(report("2026-05-31", "50次"))
    rows = "项目名称,二级指标,三级指标,实际完成值\n甲项目,数量指标,巡查次数,40次\n"
    (tmp_path / "2026-04-30.csv").write_text(rows, "utf-8")
    paths = [tmp_path / name for name in ("a.json", "2026-04-30.csv")]
    for some in (paths, paths[::-1]):
        assert latest(looked(some, form("巡查次数")), 0)[0].text == "50次"


def test_a_sheet_may_leave_out_project_and_level(tmp_path):
    (tmp_path / "2026-04-30.csv").write_text("三级指标,实际完成值\n巡查次数,40次\n清淤次数,3次\n", "utf-8")
    made = looked([tmp_path / "2026-04-30.csv"], form("巡查次数"))
    assert latest(made, 0)[0].text == "40次"
    assert list(lost(made, 0)) == ["前次（2026年4月30日）的“清淤次数”没有对上，没有同这次比：目标表里没有这个指标"]
    assert not list(strayed(made))


def test_of_several_projects_the_sheet_has_to_tell_which(tmp_path):
    rows = "项目名称,三级指标,实际完成值\n甲项目,巡查次数,40次\n丙项目,巡查次数,5次\n丙项目,清淤次数,6次\n"
    (tmp_path / "2026-04-30.csv").write_text(rows, "utf-8")
    made = looked([tmp_path / "2026-04-30.csv"], form("巡查次数"), form("巡查次数", project="乙河疏浚"))
    assert latest(made, 0)[0].text == "40次"
    assert latest(made, 1) == {}
    [said] = strayed(made)
    assert said.startswith("前次（2026年4月30日）的“巡查次数”等 2 行没有对上，没有同这次比：目标表里没有项目“丙项目”")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.json", report("2026-07-31"), "不早于"),
        ("a.json", report("不知"), "重新生成"),
        ("a.json", b'{"schema": "kpi.monitor/1"}', "重新生成"),
        ("a.json", b"{", "重新生成"),
        ("完成情况.csv", "三级指标,实际完成值\n甲,1\n".encode(), "日期"),
        ("2026-04-30.csv", "甲,1\n".encode(), "没有找到完成情况"),
    ],
)
def test_what_cannot_be_used(tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=said):
        read_checks([str(tmp_path / name)], AS_OF)


@pytest.mark.parametrize(
    ("target", "earlier", "now", "fell"),
    [
        ("≥100次", "60次", "55次", True),
        ("≥100次", "预计60次", "55次", False),  # what was only planned then was no figure then either
        ("≥100次", "完成60次，还差40次", "55次", True),
        ("≥4次/年", "3次", "2次", True),
    ],
)
def test_an_earlier_value_is_read_as_one_of_today(target, earlier, now, fell):
    row = {"level2": "数量指标", "name": "河道巡查次数", "value": target, "actual": now, "earlier": earlier}
    made = project(load("national"), as_of="2026-07-31", rows=[row])
    assert bool(made.fallen) is fell

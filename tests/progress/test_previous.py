"""What earlier checks saw."""

import json
from datetime import date

import pytest

from kpi.progress.previous import dated, read_previous
from kpi.readers import ReadError

AS_OF = date(2026, 7, 31)
KEY = ("甲项目", "数量指标", "巡查次数")


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


def test_the_json_of_an_earlier_check(tmp_path):
    (tmp_path / "四月.json").write_bytes(report())
    found = read_previous([str(tmp_path / "四月.json")], AS_OF)
    assert (found[KEY].text, found[KEY].when) == ("30次", date(2026, 4, 30))


def test_the_latest_holds_whatever_the_order(tmp_path):
    (tmp_path / "a.json").write_bytes(report("2026-05-31", "50次"))
    rows = "项目名称,二级指标,三级指标,实际完成值\n甲项目,数量指标,巡查次数,40次\n"
    (tmp_path / "2026-04-30.csv").write_text(rows, "utf-8")
    paths = [str(tmp_path / name) for name in ("a.json", "2026-04-30.csv")]
    assert read_previous(paths, AS_OF)[KEY].text == read_previous(paths[::-1], AS_OF)[KEY].text == "50次"


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
        read_previous([str(tmp_path / name)], AS_OF)

"""Earlier reports as baselines: what is read, and what is said of a file that is none, or not a whole one."""

import json

import pytest

from kpi.beside import BesideError
from kpi.cli import main
from kpi.earlier import Before, Earlier, baseline

FOUND = {
    "fingerprint": "3f9a0c12ab34", "rule": "CST006", "project": "松河镇道路养护", "document": "表.txt",
    "review_item": "资金匹配性", "judged": ["年度资金总额：1,800,000元"], "unit": "松河镇政府",
}  # fmt: skip
REPORT = {
    "schema": "kpi.lint/1", "summary": {"baseline": {"known": 0, "gone": 0}},
    "documents": [{"path": "表.txt"}, {"path": "好.txt"}], "findings": [FOUND, FOUND],
}  # fmt: skip
LINES = [
    {"schema": "kpi.lint/1", "document": {"path": "表.txt"}, "findings": [FOUND, FOUND]},
    {"schema": "kpi.lint/1", "document": {"path": "好.txt"}, "findings": []},
    {"schema": "kpi.lint/1", "summary": {}, "findings": []},
]
WANTED = Before(
    {Earlier("3f9a0c12ab34", "CST006", "松河镇道路养护", "表.txt", ("年度资金总额：1,800,000元",), "松河镇政府"): 2},
    frozenset({"表.txt", "好.txt"}),
)


def whole(**changed):
    kept = {key: value for key, value in {**REPORT, **changed}.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, indent=1)


def one(**changed):
    return whole(findings=[FOUND, {key: value for key, value in {**FOUND, **changed}.items() if value != "missing"}])


def lines(count=3):
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in LINES[:count])


@pytest.fixture
def refused(tmp_path):
    """What is said of these bytes, or of this text in UTF-8."""

    def said(data):
        path = tmp_path / "基线.json"
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        with pytest.raises(BesideError) as caught:
            baseline(str(path))
        message = str(caught.value).removeprefix(f"“{path}”不能当基线：")
        assert message.endswith("。请用 kpi lint --format json -o 文件 重新生成一份。")
        return message

    return said


@pytest.mark.parametrize("text", [whole(), lines(), lines() + "\n", lines().replace("道路", "道\u2028路")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_report_in_the_encodings_that_it_is_saved_in(tmp_path, text, encoding):
    (tmp_path / "基线.json").write_bytes(text.encode(encoding))
    found = baseline(str(tmp_path / "基线.json"))
    if "\u2028" not in text:
        assert found == WANTED
    assert sum(found.findings.values()) == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "它是空的"),
        ("你好", "它不是 kpi lint --format json 的结果（没有写 schema: kpi.lint/1）"),
        ("[" * 100_000, "它不是 kpi lint --format json 的结果"),
        ("[1]", "它不是 kpi lint --format json 的结果"),
        (whole(schema="kpi.review/1"), "它是 kpi.review/1 的结果，应是 kpi.lint/1"),
        (whole()[:120], "行读不成 JSON，像是没有存全，或者改坏了"),
        (lines() + "{", "第 4 行读不成 JSON"),
        (whole(findings=None), "缺 findings（问题的列表）"),
        (whole(findings="无"), "findings 应是问题的列表"),
        (whole(findings=[FOUND, None]), "第 2 处问题不是“键: 值”的形式"),
        (one(fingerprint=5), "第 2 处问题的 fingerprint 不是文字"),
        (one(fingerprint="5"), "第 2 处问题的 fingerprint 不是 12 位的编号"),
        (one(rule=None), "第 2 处问题的 rule 不是文字"),
        (one(document="missing"), "第 2 处问题没有 document"),
        (one(judged="甲"), "第 2 处问题的 judged 不是列表"),
        (one(unit=["甲"]), "第 2 处问题的 unit 不是文字"),
        (lines(1), "缺最后一行合计（summary），只存了前面一部分"),
        (lines(2), "缺最后一行合计（summary），只存了前面一部分"),
        (whole(summary={"baseline": {"known": 20}}), "带着 --baseline 查出来的，只有新增的，原有的 20 处不在里面"),
        (whole().encode("gbk"), "它是 GBK 编码的，应是 UTF-8"),
        (whole().encode("utf-8")[: whole().encode("utf-8").index("松".encode()) + 1], "最后一个字只有一半"),
        (whole().encode("utf-16")[:-1], "最后一个字只有一半"),
        (b"PK\x03\x04\xff\xff", "它不是 UTF-8 编码的文本文件"),
        (whole().encode().decode("gbk", "ignore").encode("utf-16"), "里面的汉字已经成了乱码，像是在 PowerShell 里用 >"),
    ],
)  # fmt: skip
def test_what_is_no_whole_report_is_refused(refused, data, said):
    assert said in refused(data)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BesideError, match="打不开（没有这个文件），请检查路径"):
        baseline(str(tmp_path / "无.json"))


def test_a_result_does_not_replace_its_own_baseline(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "表.txt").write_text("项目名称\t甲\n一级指标\t二级指标\t三级指标\t指标值\n", encoding="utf-8")
    (tmp_path / "基线.json").write_text(whole(), encoding="utf-8")
    (tmp_path / "又名.json").symlink_to("基线.json")
    for name in ("基线.json", "又名.json"):
        assert main(["lint", "--baseline", "基线.json", "--format", "json", "-o", name, "表.txt"]) == 2
        assert f"--output 和 --baseline 是同一个文件“{name}”" in capsys.readouterr().err
    assert (tmp_path / "基线.json").read_text(encoding="utf-8") == whole()

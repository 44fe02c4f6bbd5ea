"""The library: the same calls that the commands stand on."""

import copy
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import kpi
from kpi import api
from kpi.model import Document, TargetTable

ROOT = Path(__file__).resolve().parents[1]
FORM = """项目名称\t{project}
主管部门\t清河县交通局
年度资金总额\t1200000元
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t养护里程\t≥38公里
\t质量指标\t验收合格率\t100元
满意度指标\t服务对象满意度指标\t群众满意度\t≥90%
"""


@pytest.fixture
def folder(tmp_path):
    for name, project in (("乙.txt", "桥梁检测"), ("甲/丙.txt", "道路养护")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(FORM.format(project=project), encoding="utf-8")
    (tmp_path / "通知.txt").write_text("开会", encoding="utf-8")
    (tmp_path / "旧表.wps").write_bytes(b"\xd0\xcf\x11\xe0")
    return tmp_path


def test_rules_are_chosen_by_a_list_or_by_one_string(folder):
    chosen = kpi.lint(folder, select=["UNI", "VAL"]).findings
    assert chosen
    assert kpi.lint(folder, select="UNI, VAL").findings == chosen
    assert kpi.lint(folder, select="").findings == kpi.lint(folder).findings


def test_parse_in_yuan():
    assert kpi.parse("≤20万元").upper.value == Decimal(200000)
    assert kpi.parse("12月底前", year=2026).date.end == "2026-12-31"


def test_read_and_lint_agree(folder):
    document = kpi.read(folder / "乙.txt")
    assert isinstance(document, Document)
    assert document.tables[0].annual_funding.total == Decimal(1200000)
    from_document, from_path = kpi.lint(document), kpi.lint(folder / "乙.txt")
    assert [f.rule for f in from_document.findings] == [f.rule for f in from_path.findings]
    assert "UNI001" in [f.rule for f in from_path.findings]
    assert from_path.findings[0].document == str(folder / "乙.txt")


def test_a_folder_is_one_set(folder):
    outcome = kpi.lint(folder, select=["UNI001"])
    assert [finding.project for finding in outcome.findings] == ["桥梁检测", "道路养护"]
    assert {failure.path: failure.blocks for failure in outcome.reading.failures} == {
        str(folder / "通知.txt"): False, str(folder / "旧表.wps"): True,
    }  # fmt: skip
    assert outcome.could_not_check == 1  # it may hold a form: what was not read never counts as clean


def test_missing_file_is_an_error_for_read_and_a_failure_for_lint(tmp_path):
    with pytest.raises(kpi.ReadError):
        kpi.read(tmp_path / "没有.txt")
    outcome = kpi.lint(tmp_path / "没有.txt")
    assert outcome.reading.blocked
    assert outcome.findings == ()
    assert outcome.could_not_check == 1


def test_unknown_rule_and_ruleset(folder):
    with pytest.raises(kpi.RulesetError, match="VAL99"):
        kpi.lint(folder, select=["VAL99"])
    with pytest.raises(kpi.RulesetError):
        kpi.lint(folder, ruleset="没有这个规则集")


def test_year_only_where_the_form_prints_none():
    dated, undated = TargetTable(project="甲", year=2025), TargetTable(project="乙")
    document = api.dated(Document("x", "text", (dated, undated)), 2026)
    assert [table.year for table in document.tables] == [2025, 2026]
    assert api.dated(document, 2020) is document
    assert api.dated(Document("x", "text", (undated,)), None).tables[0].year is None


def test_collect_is_sorted_and_says_each_file_once(folder):
    files = api.collect([str(folder), str(folder / "乙.txt"), "-", "-"])
    shown = [file.path.removeprefix(str(folder)).lstrip("/\\").replace("\\", "/") for file in files]
    assert shown == ["乙.txt", "旧表.wps", "通知.txt", "甲/丙.txt", "-"]
    assert [file.named for file in files] == [False, False, False, False, True]


def test_unknown_attribute():
    with pytest.raises(AttributeError, match="nothing"):
        kpi.nothing  # noqa: B018
    assert set(kpi.__all__) <= set(dir(kpi))


@pytest.mark.parametrize("name", kpi.__all__)
def test_every_public_name_is_there(name):
    assert getattr(kpi, name) is not None


def test_version_is_that_of_the_project():
    import tomllib
    from pathlib import Path

    project = tomllib.loads((Path(__file__).resolve().parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert kpi.__version__ == project["project"]["version"]


def test_patterns_are_expanded_where_the_shell_does_not(folder):
    files = api.collect([str(folder / "*.txt"), str(folder / "没有*.docx")])
    assert [Path(file.path).name for file in files[:-1]] == sorted(path.name for path in folder.glob("*.txt"))
    assert "没有文件符合" in files[-1].problem


def test_actuals_in_a_folder_are_no_target(tmp_path):
    """Unless they are named as one themselves."""
    filled = FORM.replace("指标值", "指标值\t实际完成值").replace("≥38公里", "≥38公里\t20公里")
    (tmp_path / "目标.txt").write_text(FORM.format(project="道路养护"), encoding="utf-8")
    (tmp_path / "七月.txt").write_text(filled.format(project="道路养护"), encoding="utf-8")
    told = {"actuals": tmp_path / "七月.txt", "as_of": date(2026, 7, 31), "year": 2026}
    assert [d.path for d in kpi.monitor(tmp_path, **told).outcome.reading.documents] == [str(tmp_path / "目标.txt")]
    assert len(kpi.monitor(tmp_path, tmp_path / "七月.txt", **told).projects) == 2
    assert len(kpi.monitor(kpi.read(tmp_path / "七月.txt"), **told).projects) == 1


@pytest.mark.parametrize("call", [kpi.lint, kpi.review])
def test_a_list_in_place_of_its_paths_is_told(call):
    with pytest.raises(TypeError, match="one by one"):
        call(["目标.txt"])


def test_what_was_read_can_be_copied_and_sent():
    document = kpi.read(ROOT / "examples" / "weights-farmland.txt")
    found = kpi.lint(document).findings
    for one in (document, *found, kpi.parse("≤20万元")):
        assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one


def test_values_have_no_order_and_an_outcome_is_no_list():
    with pytest.raises(TypeError):
        max(kpi.parse("≥9人"), kpi.parse("≥10人"))
    with pytest.raises(TypeError):
        len(kpi.lint(ROOT / "examples" / "clean-school.txt"))

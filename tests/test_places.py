"""Where people work: the hooks and the examples of docs/ci.md parse, and the commands in them run."""

import re
import shlex
import shutil
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from kpi.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.M | re.S)
EXAMPLES = [yaml.safe_load(text) for language, text in BLOCKS if language == "yaml"]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
# keys of a hook as pre-commit knows them; a wrong one is silently nothing
KEYS = {"id", "name", "description", "entry", "language", "files", "require_serial", "args"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _scripts(part):
    """Every command of a workflow, however deep."""
    if isinstance(part, dict):
        for key, inside in part.items():
            if key in ("run", "script"):
                yield from [inside] if isinstance(inside, str) else inside
            else:
                yield from _scripts(inside)
    elif isinstance(part, list):
        for inside in part:
            yield from _scripts(inside)


COMMANDS = [
    *(line for language, text in BLOCKS if not language for line in text.splitlines()),
    *(line for example in EXAMPLES for line in _scripts(example)),
]


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    (tmp_path / "申报材料").mkdir()
    shutil.copy(ROOT / "examples" / "clean-school.txt", tmp_path / "申报材料" / "绩效目标表.txt")
    shutil.copy(ROOT / "examples" / "clean-school.txt", tmp_path / "绩效目标表.docx.txt")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(command, workplace, monkeypatch):
    words = [word.replace("~", str(workplace)) for word in shlex.split(command)]
    for flag, path in pairwise(words):
        if flag == "-o":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
    if "--watch" in words:
        from kpi.commands import watch

        monkeypatch.setattr(watch.time, "sleep", _stop)
        words[-1] = "绩效目标表.docx.txt"
    return main(words[1:])


def _stop(seconds):
    raise KeyboardInterrupt


def test_the_commands_of_the_page_run(workplace, monkeypatch, capsys):
    ours = [command for command in COMMANDS if command.startswith("kpi ")]
    assert len(ours) >= 11
    for command in ours:
        assert _run(command, workplace, monkeypatch) == 0, command
    assert {"检查结果.html", "kpi.sarif", "kpi-junit.xml", "基线.json"} <= {path.name for path in workplace.iterdir()}


def test_other_commands_are_those_that_there_are():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for command in COMMANDS:
        first, second, *_ = shlex.split(command)
        if first == "make":
            assert second in targets
        elif first == "pip":
            assert command.split()[-1] == PROJECT["name"]
        else:
            assert first == "kpi"


def test_examples_of_hooks_name_hooks_that_there_are():
    hooks = [hook for example in EXAMPLES for repo in example.get("repos", ()) for hook in repo["hooks"]]
    assert hooks
    for hook in hooks:
        assert hook["id"] in HOOKS
        assert set(hook) <= KEYS
        re.compile(hook.get("files", ""))
    revisions = {repo["rev"] for one in EXAMPLES for repo in one.get("repos", ()) if "rev" in repo}
    assert revisions == {f"v{PROJECT['version']}"}


def test_examples_of_workflows_have_what_each_place_asks_for():
    (github,) = [example for example in EXAMPLES if "jobs" in example]
    assert True in github or "on" in github  # "on" is YAML's yes
    assert all("runs-on" in job and job["steps"] for job in github["jobs"].values())
    assert all(("uses" in step) != ("run" in step) for job in github["jobs"].values() for step in job["steps"])
    (gitlab,) = [example for example in EXAMPLES if any("script" in job for job in example.values() if _is_job(job))]
    assert all(job["script"] for job in gitlab.values())


def _is_job(part):
    return isinstance(part, dict)


@pytest.mark.parametrize("hook", HOOKS.values(), ids=list(HOOKS))
def test_a_hook_is_whole(hook):
    assert set(hook) <= KEYS
    assert hook["language"] == "python"
    assert hook["entry"].split()[0] in PROJECT["scripts"]
    assert hook["require_serial"]  # forms are held against each other


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("绩效目标表.docx", True), ("2026/项目支出绩效目标申报表（图书馆）.xlsx", True), ("绩效自评表.pdf", True),
        ("会议纪要.docx", False), ("绩效/说明.docx", False), ("绩效目标表.md", False), ("绩效目标表.docx.bak", False),
    ],
)  # fmt: skip
def test_which_files_the_hook_takes(path, taken):
    assert bool(re.search(HOOKS["kpi-lint"]["files"], path)) is taken


@pytest.mark.parametrize(("path", "taken"), [("kpi-rules.yaml", True), ("a/kpi-rules.yaml", True), ("x.yaml", False)])
def test_which_rulesets_the_hook_takes(path, taken):
    assert bool(re.search(HOOKS["kpi-rules-check"]["files"], path)) is taken


@pytest.mark.parametrize(("example", "status"), [("clean-school", 0), ("single-half-clinic", 1)])
def test_the_hook_stops_a_form_with_errors(example, status, workplace, capsys):
    shutil.copy(ROOT / "examples" / f"{example}.txt", workplace / "绩效目标表.txt")
    assert main([*HOOKS["kpi-lint"]["entry"].split()[1:], "绩效目标表.txt"]) == status


def test_the_hook_for_rulesets_checks_one(workplace, capsys):
    assert main(["init"]) == 0
    assert main([*HOOKS["kpi-rules-check"]["entry"].split()[1:], "kpi-rules.yaml"]) == 0


def test_no_place_names_a_host():
    """An office's own mirror is its own affair."""
    told = PAGE + (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert not re.search(r"https?://|index-url", told)

"""The README does what it says: its commands run, its excerpts are what they print, its ruleset loads."""

import contextlib
import doctest
import io
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from kpi.cli import main

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
BLOCKS = [(found[1], found[2]) for found in BLOCK.finditer(README)]
RULESET = "本单位.yaml"


def _commands() -> list[str]:
    lines = [line for language, text in BLOCKS if not language for line in text.splitlines()]
    return [line for line in lines if line.startswith("kpi ")]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a reader has it: the examples, a ruleset of their own copied from the README, a form of their own."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / RULESET).write_text(_one("yaml"), encoding="utf-8")
    _as_docx(tmp_path / "examples" / "clean-school.txt", tmp_path / "我的绩效目标表.docx")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _as_docx(text: Path, path: Path) -> None:
    import docx

    document = docx.Document()
    rows = [line.split("\t") for line in text.read_text(encoding="utf-8").splitlines()]
    for cells in rows[:4]:
        document.add_paragraph("".join(cells))
    grid = document.add_table(rows=len(rows) - 4, cols=max(map(len, rows)))
    for row, cells in zip(grid.rows, rows[4:], strict=True):
        for cell, content in zip(row.cells, cells, strict=False):
            cell.text = content
    document.save(str(path))


def _one(language: str) -> str:
    (text,) = [text for kind, text in BLOCKS if kind == language]
    return text


def _run(command: str) -> tuple[int, str]:
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        status = main(shlex.split(command, comments=True)[1:])
    return status, shown.getvalue()


@pytest.mark.parametrize("command", _commands())
def test_a_command_runs(command: str, workplace: Path) -> None:
    status, shown = _run(command)
    assert status in (0, 1)
    assert shown.strip() or "--output" in command or "--template" in command


def test_commands_that_never_fail_say_so(workplace: Path) -> None:
    never = [command for command in _commands() if "--fail-on never" in command]
    assert never
    assert {_run(command)[0] for command in never} == {0}


def test_the_excerpt_is_what_the_command_prints(workplace: Path) -> None:
    command = next(command for command in _commands() if "single-half-clinic" in command)
    status, shown = _run(command)
    printed = {line.strip() for line in shown.splitlines()}
    excerpt = [line.strip() for line in _one("text").splitlines() if line.strip() not in ("", "……")]
    assert status == 1
    assert len(excerpt) > 10
    assert [line for line in excerpt if line not in printed] == []


def test_exit_statuses_are_those_of_the_table(workplace: Path) -> None:
    (workplace / "空.txt").write_text("没有表", encoding="utf-8")
    statuses = {0: "examples/clean-school.txt", 1: "examples/every-rule.txt", 2: "空.txt"}
    assert {status: _run(f"kpi lint {path}")[0] for status, path in statuses.items()} == {0: 0, 1: 1, 2: 2}
    assert all(re.search(rf"^\| {status} \|", README, re.M) for status in statuses)


def test_the_ruleset_does_what_the_text_says(workplace: Path) -> None:
    """What it turns off is silent, what it lowers is lower, its own rule and its parameter are heard."""
    lint = "kpi lint --fail-on never --format json examples"
    before, after = (json.loads(_run(command)[1])["findings"] for command in (lint, f"{lint} --ruleset {RULESET}"))
    graded_before, graded_after = (
        {(finding["rule"], finding["severity"]) for finding in findings} for findings in (before, after)
    )
    assert {("VAL006", "info"), ("UNI001", "error")} <= graded_before
    assert {("OWN001", "info"), ("UNI001", "warning")} <= graded_after
    assert not {("VAL006", "info"), ("UNI001", "error")} & graded_after


def test_the_library_examples_hold(workplace: Path) -> None:
    examples = doctest.DocTestParser().get_doctest(_one("python"), {}, "README.md", None, 0)
    assert doctest.DocTestRunner(verbose=False).run(examples).failed == 0


def test_what_is_named_is_there() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    named = set(re.findall(r"make (\w+)", README)) - {"的"}
    assert {name for name in named if name.isascii()} <= set(targets)
    for link in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / link).exists(), link
    listed = set(re.findall(r"^\| `(examples/[^`]+)`", README, re.M))
    assert listed == {f"examples/{path.name}" for path in (ROOT / "examples").iterdir()}


def test_the_tables_of_the_value_page_hold() -> None:
    from kpi import parse

    page = (ROOT / "docs" / "values.md").read_text(encoding="utf-8")
    lines = [line.strip("|") for line in page.splitlines() if line.startswith("| `")]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    assert len(rows) > 20
    for text, *cells in rows:
        value = parse(text.strip("`"))
        if len(cells) == 4:
            bounds = [format(bound.value.normalize(), "f") if bound else "" for bound in (value.lower, value.upper)]
            assert [*bounds, value.unit] == cells[1:], text
        elif len(cells) == 1:
            assert value.unit == cells[0], text
        else:
            assert value.kind == cells[0].split("`")[1], text


def test_commands_are_the_same_on_every_system() -> None:
    """No command of the README leans on the shell: no pipes or variables; patterns `kpi` expands itself."""
    assert all(not re.search(r"[|$;&]", command.split("#")[0]) for command in _commands())

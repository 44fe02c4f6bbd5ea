"""Whole commands as files: what is there, what is typed, what comes out, with which exit status."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kpi.cli import main

FOLDER = Path(__file__).parent / "scenarios"
ROOT = Path(__file__).resolve().parents[1]
SCENARIOS = [
    pytest.param(scenario, id=f"{path.stem}: {scenario['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for scenario in yaml.safe_load(path.read_text(encoding="utf-8"))
]
KEYS = {
    "name", "files", "command", "stdin", "process",
    "status", "stdout", "stdout_has", "stdout_lacks", "stderr", "stderr_has", "written",
}  # fmt: skip


def prepare(scenario, folder):
    assert set(scenario) <= KEYS
    for name, text in scenario.get("files", {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))


def judge(scenario, folder, status, out, err):
    assert status == scenario["status"], err
    if "stdout" in scenario:
        assert out == scenario["stdout"]
    if "stderr" in scenario:
        assert err == scenario["stderr"]
    for part in scenario.get("stdout_has", ()):
        assert part in out
    for part in scenario.get("stdout_lacks", ()):
        assert part not in out
    for part in scenario.get("stderr_has", ()):
        assert part in err
    for name, part in scenario.get("written", {}).items():
        assert part in (folder / name).read_text(encoding="utf-8")
    assert "Traceback" not in err


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario(scenario, tmp_path, monkeypatch, capsys):
    prepare(scenario, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(scenario.get("stdin", "").encode("utf-8"))))
    status = main(scenario["command"])
    judge(scenario, tmp_path, status, *capsys.readouterr())


@pytest.mark.parametrize("scenario", [one for one in SCENARIOS if one.values[0].get("process")])
def test_scenario_as_a_process(scenario, tmp_path):
    """The same outside: own interpreter, bytes, a console that is not UTF-8."""
    prepare(scenario, tmp_path)
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "kpi.cli", *scenario["command"]],
        cwd=tmp_path, env=settings, input=scenario.get("stdin", "").encode("utf-8"), capture_output=True, check=False,
    )  # fmt: skip
    judge(scenario, tmp_path, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

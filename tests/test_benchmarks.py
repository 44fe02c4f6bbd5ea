"""The benchmarks still run and come to a verdict, each on as little as it can measure; what they measure is no matter
here, as no test depends on the speed of a machine."""

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SMALL = {
    "value": {},
    "startup": {"ROUNDS": 1},
    "scaling": {"FEW": 1, "MANY": 2, "ROUNDS": 1},
    "rules": {"CORPUS": ROOT / "examples", "fastest": lambda run: (run() and 1.0) or 1.0},
    "projects": {"FEW": 20, "MANY": 40, "ROUNDS": 1},
    "reports": {"COUNT": 6, "ROUNDS": 1},
    "jobs": {"COUNT": 6, "ROUNDS": 1},
    "annotated": {"COUNT": 3, "PRINTED": 2, "ROUNDS": 1},
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL)
def test_a_verdict_is_reached(name, monkeypatch, capsys):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.setattr(sys, "argv", [f"{name}.py"])
    module = importlib.import_module(name)
    for constant, value in SMALL[name].items():
        monkeypatch.setattr(module, constant, value)
    with pytest.raises(SystemExit) as stop:
        module.main()
    assert stop.value.code in (0, 1)
    assert "达标：" in capsys.readouterr().out
    for made in (name, "measure"):
        sys.modules.pop(made, None)


def test_every_benchmark_is_run_by_make():
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    recipe = next(line for line in lines if "for one in value" in line)
    run = set(recipe.partition("for one in ")[2].partition(";")[0].split())
    assert run == {path.stem for path in (ROOT / "benchmarks").glob("*.py")} - {"measure"}

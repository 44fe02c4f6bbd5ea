"""The index of checks says of every module what it holds, and a run loads no other."""

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest

from kpi.rules import checks, load, shipped
from kpi.rules.registry import CHECKS


def test_the_index_and_the_modules_agree() -> None:
    for module in iter_modules(checks.__path__):
        import_module(f"{checks.__name__}.{module.name}")
    written = {(c.name, c.function.__module__.rpartition(".")[2], c.scope) for c in CHECKS.values()}
    assert {(name, module, scope) for name, (module, scope) in checks._AT.items()} == written


@pytest.mark.parametrize("name", [*shipped(), "starter/kpi-rules.yaml"])
def test_the_shipped_rules_are_right(name: str) -> None:
    from kpi.resources import folder

    load(folder("rulesets") / name if name.endswith(".yaml") else name, strict=True)


def test_checking_a_form_loads_only_the_checks_that_are_asked_for() -> None:
    script = """
import sys
from kpi.cli import main
status = main(["lint", "--select", "UNI", "--fail-on", "never", "--quiet", "examples/clean-school.txt"])
loaded = {name.rpartition(".")[2] for name in sys.modules if name.startswith("kpi.rules.checks.")}
needed = {"categories", "dimensions", "figures", "notation", "rewriting", "rows", "rowwords", "signs", "units"}
needed |= {"blanks", "restated"}  # what silences UNI002: no name at all, or the figure twice
sys.exit(status or ", ".join(sorted(loaded - needed)) or 0)
"""
    subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.DEVNULL)


def test_rules_over_values_never_load_the_dictionary_of_words() -> None:
    script = """
import sys
from pathlib import Path
from kpi.cli import main
texts = [str(p) for p in (*Path("examples").glob("*.txt"), *sorted(Path("tests/corpus").glob("*.txt"))[:30])]
options = ["--ruleset", "national", "--select", "REQ,VAL,UNI,CST", "--fail-on", "never", "--quiet"]
status = main(["lint", *options, *texts])
sys.exit(status or any(name in sys.modules for name in ("jieba", "rjieba")))
"""
    subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.DEVNULL)

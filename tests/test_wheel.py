"""The wheel is whole: built, installed into an empty environment, it lints an example as the checkout does."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "single-half-clinic.txt"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


def _run(*arguments: str, cwd: Path = ROOT) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV"))}
    environment["PYTHONUTF8"] = "1"
    done = subprocess.run(
        arguments, cwd=cwd, capture_output=True, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode in (0, 1), done.stdout.decode() + done.stderr.decode()
    return done.stdout.decode("utf-8")


def test_grammar_and_rulesets_are_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    for name in ("grammar", "rulesets"):
        paths = [path for path in (ROOT / name).rglob("*") if path.is_file()]
        files = {f"kpi/_data/{path.relative_to(ROOT).as_posix()}" for path in paths}
        assert files
        assert files <= inside
    assert "kpi/py.typed" in inside
    assert {f"kpi/reports/assets/{name}" for name in ("lint.css", "lint.js", "opinion.docx")} <= inside
    assert not [name for name in inside if name.startswith(("tests/", "examples/", "benchmarks/"))]


def test_an_empty_environment_lints_an_example(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    _run(str(scripts / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel))
    lint = ("lint", "--format", "json", str(EXAMPLE))
    installed = _run(str(scripts / "kpi"), *lint, cwd=tmp_path)
    checkout = _run(sys.executable, "-c", "import sys; from kpi.cli import main; sys.exit(main())", *lint)
    assert '"findings"' in installed
    assert installed == checkout

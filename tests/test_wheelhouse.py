"""What an office without a network gets: a folder to install from, and how to."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTE = ROOT / "docs" / "offline-install.txt"
EXAMPLE = ROOT / "examples" / "single-half-clinic.txt"
NAME = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]


def test_the_note_is_for_notepad_and_says_two_lines():
    data = NOTE.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")  # Notepad of older Windows takes it for another encoding without
    assert data.count(b"\n") == data.count(b"\r\n")
    lines = [line for line in data.decode("utf-8-sig").splitlines() if "LOCALAPPDATA" in line]
    assert lines[0] == 'py -m venv "%LOCALAPPDATA%\\kpi"'
    assert lines[1].endswith(f'\\Scripts\\pip" install --no-index --find-links . {NAME}')


def _run(*words, cwd, env):
    done = subprocess.run(words, cwd=cwd, capture_output=True, env=env, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode in (0, 1), done.stdout.decode() + done.stderr.decode()
    return done.stdout.decode("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt" or shutil.which("make") is None, reason="没有 make")
def test_an_empty_environment_installs_from_the_folder_alone(tmp_path):
    folder, home = tmp_path / "wheelhouse", tmp_path / "venv"
    tools = ("make", "wheelhouse", f"WHEELHOUSE={folder}", f"VENV={sys.prefix}", "-o", f"{sys.prefix}/.kpi-made")
    _run(*tools, cwd=ROOT, env=os.environ)
    note = (folder / "安装说明.txt").read_text(encoding="utf-8-sig")
    assert {path.suffix for path in folder.iterdir()} == {".whl", ".txt"}
    # no index and no settings of this machine: only what is in the folder
    bare = {key: text for key, text in os.environ.items() if not key.startswith(("PIP_", "PYTHON", "COV"))}
    bare |= {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"}
    venv.create(home, with_pip=True)
    (install,) = re.findall(r"^~/kpi/bin/pip (install .*)$", note, re.M)
    _run(str(home / "bin" / "pip"), *install.split(), cwd=folder, env=bare)
    shown = _run(str(home / "bin" / "kpi"), "lint", str(EXAMPLE), cwd=tmp_path, env=bare)
    assert "结论：还不能提交" in shown

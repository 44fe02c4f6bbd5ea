"""The scripts of `kpi completion`, run by the shells themselves where they are installed."""

import json
import os
import re
import shutil
import subprocess
import time
from importlib import import_module

import pytest

from kpi.cli import main
from kpi.commands import COMMANDS
from kpi.commands.completion import KINDS, SHELLS, grammar
from kpi.commands.options import OneOf
from kpi.reports.lint_formats import FORMATS
from kpi.rules import load
from kpi.rules.loader import shipped

# what is typed before Tab → what must be offered, what must not be
CASES = [
    ("kpi ", {"lint", "fix", "completion"}, {"show"}),
    ("kpi re", {"review"}, {"lint"}),
    ("kpi --ver", {"--version"}, {"--help"}),
    ("kpi lint --", {"--format", "--watch", "--select", "--help"}, {"--actuals", "lint"}),
    ("kpi lint --format ", {"text", *FORMATS}, {"error"}),
    ("kpi lint --format j", {"json", "jsonl", "junit"}, {"text"}),
    ("kpi lint --fail-on w", {"warning"}, {"error"}),
    ("kpi lint --ruleset ", {*shipped()}, {"lint"}),
    ("kpi lint --select VAL00", {"VAL001", "VAL008"}, {"UNI001"}),
    ("kpi lint --select UNI,VAL00", {"UNI,VAL001"}, {"VAL001"}),
    ("kpi lint --explain --ignore TX", {"TXT", "TXT004"}, {"VAL"}),
    ("kpi rules ", {"list", "show", "check"}, {"lint"}),
    ("kpi rules --", {"--format"}, {"--watch"}),
    ("kpi rules show CST00", {"CST001"}, {"check"}),
    ("kpi rules show --format ", {"text", "json", "md"}, {"html"}),
    ("kpi schema ", {"lint", "waivers"}, {"show"}),
    ("kpi completion ", {*SHELLS}, {"lint"}),
]
PER_SHELL = [pytest.param(*case, id=case[0]) for case in CASES]


def script(shell, capsys):
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


def needs(shell):
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"没有装 {shell}")


def run(*words):
    done = subprocess.run(words, capture_output=True, check=False, timeout=60, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return set(done.stdout.decode().splitlines())


@needs("bash")
@pytest.mark.parametrize(("typed", "offered", "not_offered"), PER_SHELL)
def test_bash(typed, offered, not_offered, capsys, tmp_path):
    found = _bash(typed.split(" "), capsys, tmp_path)
    assert offered <= found
    assert not not_offered & found


def _bash(words, capsys, tmp_path):
    path = tmp_path / "kpi.bash"
    path.write_text(script("bash", capsys), encoding="utf-8")
    typed = " ".join(f"'{word}'" for word in words)
    play = f"""
        set -u
        source '{path}'
        compopt() {{ :; }}
        COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}
        _kpi
        printf '%s\\n' "${{COMPREPLY[@]-}}"
    """
    return run("bash", "--norc", "-c", play)


@needs("bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["kpi", "lint", "--format", "="], "sarif"), (["kpi", "lint", "--format", "=", "sa"], "sarif"),
        (["kpi", "lint", "--select", "=", "REQ,CST00"], "REQ,CST001"),
    ],
)  # fmt: skip
def test_bash_with_a_sign_of_equality(words, offered, capsys, tmp_path):
    assert offered in _bash(words, capsys, tmp_path)


@needs("bash")
@pytest.mark.parametrize(
    "words", [["kpi", "lint", ""], ["kpi", "lint", "-o", ""], ["kpi", "lint", "--year", ""], ["kpi", "无此命令", ""]]
)
def test_bash_leaves_files_to_itself(words, capsys, tmp_path):
    assert _bash(words, capsys, tmp_path) == {""}


@pytest.mark.slow
@needs("fish")
@pytest.mark.parametrize(("typed", "offered", "not_offered"), PER_SHELL)
def test_fish(typed, offered, not_offered, capsys, tmp_path):
    path = tmp_path / "kpi.fish"
    path.write_text(script("fish", capsys), encoding="utf-8")
    lines = run("fish", "--no-config", "-c", f"cd '{tmp_path}'; source '{path}'; complete -C '{typed}'")
    found = {line.split("\t")[0] for line in lines}
    assert offered <= found
    assert not not_offered & found


@pytest.mark.slow
@needs("zsh")
@pytest.mark.parametrize(("typed", "offered", "not_offered"), PER_SHELL)
def test_zsh(typed, offered, not_offered, capsys, tmp_path):
    path = tmp_path / "_kpi"
    path.write_text(script("zsh", capsys), encoding="utf-8")
    found = _zsh(path, typed, tmp_path)
    assert {one.rpartition(",")[2] for one in offered} <= found
    assert not {one for one in not_offered if "," not in typed} & found


ZSHRC = """
PS1= RPS1=
autoload -Uz compinit; compinit -u -D
source {path}
compadd() {{
    # what is only asked for, to be shown later, is no offer yet
    [[ "${{@[1,(i)(-|--)]}}" == *-[OAD]\\ * ]] && {{ builtin compadd "$@"; return }}
    local -a hits
    builtin compadd -O hits "$@"
    print -rl -- $hits >> {got}
    builtin compadd "$@"
}}
finished() {{ print . >> {got}.end; }}
comppostfuncs=(finished)
zle-line-init() {{ zle -C offers list-choices _main_complete; BUFFER='{typed}'; CURSOR=$#BUFFER; zle offers
    print . >> {got}.end; exit }}
zle -N zle-line-init
"""


def _zsh(path, typed, folder):
    """A real zsh on a terminal of its own, where what would be offered is written down instead of shown."""
    got = folder / "got"
    (folder / ".zshrc").write_text(ZSHRC.format(path=path, got=got, typed=typed), encoding="utf-8")
    inner, outer = os.openpty()
    settings = {**os.environ, "ZDOTDIR": str(folder), "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        ["zsh", "-d", "-i"], stdin=outer, stdout=outer, stderr=outer, env=settings, cwd=folder, start_new_session=True
    ) as running:
        os.close(outer)
        for _ in range(200):
            if (folder / "got.end").exists():
                break
            time.sleep(0.05)
        running.terminate()
        os.close(inner)
    return set(got.read_text(encoding="utf-8").split())


def test_powershell_script_is_ascii_and_holds_all(capsys):
    text = script("powershell", capsys)
    assert text.isascii()
    (data,) = re.findall(r"@'\n(.*)\n'@", text)
    found = json.loads(data)
    assert {one["text"] for one in found["commands"]} == {command.name for command in COMMANDS}
    assert found["verbs"]["lint"]["options"][0]["words"][0]["text"] == "text"
    assert text.count("{") == text.count("}")


@needs("pwsh")
@pytest.mark.parametrize(("typed", "offered", "not_offered"), PER_SHELL)
def test_powershell(typed, offered, not_offered, capsys, tmp_path):
    path = tmp_path / "kpi.ps1"
    path.write_text(script("powershell", capsys), encoding="utf-8")
    play = f". '{path}'; (TabExpansion2 '{typed}' {len(typed)}).CompletionMatches.CompletionText"
    found = run("pwsh", "-NoProfile", "-Command", play)
    assert {one.rpartition(",")[2] for one in offered} <= {one.rpartition(",")[2] for one in found}
    assert not not_offered & found


def test_everything_that_the_commands_take_is_offered():
    found = {verb.name: verb for verb in grammar().verbs}
    assert {command.name for command in COMMANDS} <= set(found)
    for command in COMMANDS:
        module = import_module(command.module)
        for name, made in getattr(module, "PARSERS", {"": getattr(module, "parser", None)}).items():
            verb = found[f"{command.name} {name}".strip()]
            for action in made().taken:
                assert not action.option_strings or tuple(action.option_strings) in {one.flags for one in verb.options}
                if action.nargs != 0 and not isinstance(action.type, OneOf):
                    assert action.metavar in KINDS, f"{verb.name}: what stands for {action.metavar}?"


def test_every_rule_and_ruleset_is_offered():
    codes = {word.text for word in grammar().codes}
    assert set(load().rules) <= codes
    assert {"VAL", "REQ"} <= codes


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_the_same_every_time(shell, capsys, tmp_path):
    text = script(shell, capsys)
    assert main(["completion", shell, "-o", str(tmp_path / "kpi")]) == 0
    assert (tmp_path / "kpi").read_text(encoding="utf-8") == text


def test_an_unknown_shell_is_a_sentence(capsys):
    assert main(["completion", "cmd"]) == 2
    assert "可以写 bash、zsh、fish、powershell" in capsys.readouterr().err

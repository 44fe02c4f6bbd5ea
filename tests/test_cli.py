"""What a console can do to a program: interrupts, closed pipes, odd bytes, terminals, other languages' words."""

import argparse
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kpi import cli
from kpi.cli import main
from kpi.commands import COMMANDS, output, statuses
from kpi.commands.options import Parser
from tests.reports.conftest import finding

ROOT = Path(__file__).resolve().parents[1]
FORM = """项目名称\t乡村道路养护
主管部门\t清河县交通局
年度资金总额\t1200000元
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t养护里程\t≥38公里
\t质量指标\t验收合格率\t100元
满意度指标\t服务对象满意度指标\t群众满意度\t≥90%
"""
HELPS = [[], *([command.name] for command in COMMANDS), ["rules", "show"], ["rules", "check"]]


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "表.txt"
    path.write_text(FORM, encoding="utf-8")
    return path


@pytest.mark.parametrize("words", HELPS, ids=" ".join)
def test_help_is_chinese_and_aligned(words, capsys):
    assert main([*words, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("用法：kpi")
    assert not re.search(r"\b(usage|options|positional|show this|arguments|default)\b", text)
    assert "例：" in text
    assert all(len(line) <= 100 for line in text.splitlines())


@pytest.mark.parametrize("words", HELPS[1:], ids=" ".join)
@pytest.mark.parametrize("bad", [["--x"], ["--output"], ["--format", "?"], ["--year"], ["--explain=1", "a"], []])
def test_usage_errors_are_chinese_sentences(words, bad, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # what needs no words writes here
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    status = main([*words, *bad])
    out, err = capsys.readouterr()
    assert status == 2 or not bad
    for line in err.splitlines():
        assert line.startswith("错误：")
        assert not re.search(r"[a-z]+ [a-z]+ed\b|argument|expected|required|invalid", line)
    assert not (bad and out)


def test_an_unknown_message_of_argparse_is_still_a_sentence():
    parser = Parser("kpi x", "kpi x", "", ())
    with pytest.raises(Exception, match=r"命令写法不对（something new）。用 kpi x --help 看用法。"):
        parser.error("something new")


def test_interrupt(monkeypatch, capsys):
    monkeypatch.setattr(cli, "_run", lambda words: (_ for _ in ()).throw(KeyboardInterrupt))
    assert main(["lint", "."]) == 130
    assert capsys.readouterr().err == "错误：已中断，没有做完。\n"


@pytest.mark.skipif(os.name == "nt", reason="no such signal on Windows")
def test_an_interrupt_while_loading_is_one_sentence_too():
    code = (  # what a shell starts in the background does not hear Ctrl-C unless it asks
        "import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from kpi.interrupts import hear, listen; listen(); {}os.kill(os.getpid(), signal.SIGINT); "
        "import time; time.sleep(9)"
    )
    done = subprocess.run([sys.executable, "-c", code.format("")], capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (130, "错误：已中断，没有做完。\n")
    done = subprocess.run([sys.executable, "-c", code.format("hear(); ")], capture_output=True, check=False)
    assert b"KeyboardInterrupt" in done.stderr  # for whoever tidies up; `main` says the sentence


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (ValueError("坏了"), "程序出错，没有做完（ValueError：坏了）"),
        (MemoryError(), "内存不够"),
        (RecursionError(), "嵌套过深"),
    ],
)
def test_no_traceback(problem, sentence, monkeypatch, capsys):
    def fail(words):
        raise problem

    monkeypatch.setattr(cli, "_run", fail)
    monkeypatch.delenv("KPI_TRACEBACK", raising=False)
    assert main(["lint", "."]) == 2
    assert sentence in capsys.readouterr().err


def test_a_developer_may_ask_for_the_traceback(monkeypatch):
    def fail(words):
        raise ValueError("坏了")

    monkeypatch.setattr(cli, "_run", fail)
    monkeypatch.setenv("KPI_TRACEBACK", "1")
    with pytest.raises(ValueError, match="坏了"):
        main(["lint", "."])


def run(words, **more):
    settings = {**os.environ, "PYTHONPATH": str(ROOT)} | more.pop("env", {})
    return subprocess.run(
        [sys.executable, "-m", "kpi.cli", *words], capture_output=True, env=settings, check=False, **more
    )


def test_a_reader_that_leaves_early_is_no_error():
    command = f'"{sys.executable}" -m kpi.cli schema lint | head -c 1; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == (b"{", b"", 0)


@pytest.mark.skipif(os.name == "nt", reason="arguments are no bytes there")
def test_arguments_in_another_encoding():
    done = run([b"parse", b"--format", b"json", "≥5个".encode("gb18030"), b"\xff\xfe"])
    first, second = json.loads(done.stdout)
    assert first["text"] == "≥5个"
    assert "�" in second["text"]
    assert done.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="file names are no bytes there")
@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_a_file_name_that_is_no_text(form, tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(name)).write_text(FORM, encoding="utf-8")
    done = run([b"lint", b"--fail-on", b"never", b"--format", form.encode(), os.fsencode(tmp_path)])
    assert done.returncode == 0, done.stderr.decode()
    assert "乡村道路养护" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", "≥5个\n".encode("gb18030"), b"\x00" * 10, b"\n" * 100])
def test_any_bytes_may_come_in(data, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["parse", "--format", "json"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), list)


@pytest.mark.parametrize("text", ["\x1b[2J", "\x00", "\r", "\u202e", "\ud800", "9" * 5000, "(" * 3000, "%s{0}\\n"])
def test_any_value_may_come_in(text, capsys):
    assert main(["parse", "--", text]) == 0
    out = capsys.readouterr().out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", out)


@pytest.mark.parametrize("word", ["", "-", "--", "---", "\x00", "\n", "lint\x00", "甲" * 1000])
def test_any_command_may_come_in(word, capsys):
    assert main([word]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("path", ["\x00", "", "甲" * 5000, "/dev/null/x", "a\nb"])
def test_any_path_may_come_in(path, capsys):
    assert main(["lint", path]) == 2
    out, err = capsys.readouterr()
    assert "程序出错" not in err
    assert "没能检查的文件：1 个" in out


def test_same_bytes_between_runs(form, capsys):
    texts = []
    for seed in ("1", "2"):
        done = run(
            ["lint", "--fail-on", "never", "--format", "json", form.name], cwd=form.parent, env={"PYTHONHASHSEED": seed}
        )
        assert done.returncode == 0, done.stderr.decode()
        texts.append(done.stdout)
    assert texts[0] == texts[1]


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def test_colours_on_a_terminal_only(form, monkeypatch, capsys):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    main(["lint", str(form)])
    monkeypatch.undo()
    main(["lint", str(form)])
    piped = capsys.readouterr().out
    assert "\x1b[" in terminal.getvalue()
    assert "\x1b[" not in piped
    bare = re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue())
    assert [line.rstrip() for line in bare.splitlines()] == piped.splitlines()


def test_progress_on_a_terminal_only(tmp_path, monkeypatch, capsys):
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(FORM, encoding="utf-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["lint", "--fail-on", "never", str(tmp_path)]) == 0
    monkeypatch.undo()
    assert "正在读取" in terminal.getvalue()
    capsys.readouterr()
    main(["lint", "--fail-on", "never", str(tmp_path)])
    assert capsys.readouterr().err == ""


def test_a_pipe_needs_no_rich(form):
    code = f"import sys; from kpi.cli import main; main(['lint', {str(form)!r}]); sys.exit('rich' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == 0


@pytest.mark.parametrize(
    "statement", ["import kpi", "import kpi; kpi.parse", "from kpi.cli import main; main(['--help'])"]
)
def test_light_starts_load_no_rules(statement):
    code = f"{statement}\nimport sys; sys.exit(bool({{'pydantic', 'yaml', 'lark'}} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("fail_on", "severities", "broken", "status"),
    [
        ("error", ["error"], 0, 1),
        ("error", ["warning", "info"], 0, 0),
        ("warning", ["warning"], 0, 1),
        ("warning", ["info"], 0, 0),
        ("info", ["info"], 0, 1),
        ("never", ["error"], 0, 0),
        ("never", [], 1, 2),
        ("error", ["error"], 1, 2),
        ("info", [], 0, 0),
    ],
)
def test_exit_status(fail_on, severities, broken, status):
    findings = [finding("ABC001", "", severity) for severity in severities]
    assert statuses.status(argparse.Namespace(could_not_check=broken, findings=findings), fail_on) == status
    trial = [one._replace(status="trial") for one in findings]
    assert statuses.status(argparse.Namespace(could_not_check=broken, findings=trial), fail_on) == (2 if broken else 0)


@pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
def test_what_must_be_mended_fails_whatever_its_severity(fail_on, status):
    wanted = finding("ABC001", "", "info", mandatory=True)
    assert statuses.status(argparse.Namespace(could_not_check=0, findings=[wanted]), fail_on) == status
    trial = wanted._replace(status="trial")
    assert statuses.status(argparse.Namespace(could_not_check=0, findings=[trial]), fail_on) == 0


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (PermissionError(), "没有权限"),
        (FileNotFoundError(), "所在的文件夹不存在"),
        (IsADirectoryError(), "它是一个文件夹"),
        (OSError(28, "No space left on device"), "磁盘已满"),
        (OSError(5, "Input/output error"), "读写磁盘出错"),
    ],
)
def test_why_a_file_cannot_be_written(problem, words):
    assert output.explain_os_error(problem) == words


def test_nothing_to_read_from(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["parse"]) == 2
    assert capsys.readouterr().err == "错误：没有写指标值（一行一个），也没有标准输入可读。\n"


def test_a_closed_pipe_changes_no_status(form, monkeypatch):
    class Closed(io.StringIO):
        def write(self, text):
            raise BrokenPipeError

        def fileno(self):
            return os.open(os.devnull, os.O_WRONLY)

    for terminal in (False, True):
        monkeypatch.setattr(Closed, "isatty", lambda self, answer=terminal: answer)
        monkeypatch.setattr(sys, "stdout", Closed())
        assert main(["lint", str(form)]) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_a_pipe_with_a_name_is_not_waited_for(tmp_path, capsys):
    os.mkfifo(tmp_path / "管道.txt")
    assert main(["lint", str(tmp_path / "管道.txt")]) == 2
    assert "不是普通文件，没有读取" in capsys.readouterr().out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device there")
@pytest.mark.parametrize("words", [["parse", "98"], ["--help"], ["lint", "--help"], ["rules", "--format", "json"]])
def test_a_full_disk_is_one_sentence(words):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kpi.cli", *words],
            stdout=full, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.decode() == "错误：结果没有写完：磁盘已满。请换一个地方输出，再运行一次。\n"

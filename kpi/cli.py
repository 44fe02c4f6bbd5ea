"""The command line: finds the command, runs it, and turns whatever goes wrong into one sentence and an exit status."""

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from kpi import __version__
from kpi.commands import COMMANDS, OK, UNCHECKED, Command
from kpi.commands.errors import CommandError, did_you_mean
from kpi.commands.output import complain, emit_text, speak_utf8
from kpi.interrupts import INTERRUPTED, STOPPED, hear
from kpi.reports.width import left

_HELP = ("-h", "--help", "help")
_VERSION = ("-V", "--version")
# A run is short and keeps what it makes: looking for garbage as often as Python does costs a tenth of the time.
_ALLOCATIONS = 200_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 (nothing found), 1 (findings), 2 (could not check) or 130 (Ctrl-C); never raises."""
    speak_utf8()
    if arguments is None:
        gc.set_threshold(_ALLOCATIONS, 20, 20)
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(words)
    except CommandError as problem:
        complain(str(problem))
    except KeyboardInterrupt:
        complain(INTERRUPTED)
        return STOPPED
    except MemoryError:
        complain("内存不够，没有做完；请把文件分成几次检查。")
    except RecursionError:
        complain("文件嵌套过深，没有做完；请另存后再试。")
    except Exception as problem:
        # The edge of the program: a clerk gets a sentence, a developer asks for the traceback.
        if os.environ.get("KPI_TRACEBACK"):
            raise
        complain(f"程序出错，没有做完（{type(problem).__name__}：{problem}）。请把这句话和所用的文件发给维护人员。")
    return UNCHECKED


def run() -> NoReturn:
    """The program `kpi`: runs the command and ends the process.

    What a run has built is not taken apart object by object, which would cost a tenth of its time; files are written
    and helpers ended by then.
    """
    status = main()
    if status == STOPPED:
        gc.collect()  # what helpers that were stopped held of the system, which would be complained of
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # a closed pipe was told where it was written to
            stream.flush()
    os._exit(status)


def _run(words: list[str]) -> int:
    if not words:
        print(overview(), file=sys.stderr)
        return UNCHECKED
    first, rest = words[0], words[1:]
    if first in _HELP:
        emit_text(overview(), None)
        return OK
    if first in _VERSION:
        emit_text(f"kpi {__version__}\n", None)
        return OK
    module = importlib.import_module(_find(first).module)
    hear()
    try:
        status: int = module.main(rest)
    except SystemExit as stop:  # argparse leaves this way after --help
        return OK if stop.code is None else int(stop.code)
    return status


def _find(name: str) -> Command:
    for command in COMMANDS:
        if command.name == name:
            return command
    hint = did_you_mean(name, [command.name for command in COMMANDS])
    if not hint and os.path.exists(name):
        hint = f"要检查这个文件，请写：kpi lint {name}。"
    raise CommandError(f"没有“{name}”这个命令。{hint}用 kpi --help 看有哪些命令。")


def overview() -> str:
    """The help of `kpi` itself."""
    rows = "".join(f"  {left(command.name, 12)}{command.summary}\n" for command in COMMANDS)
    examples = "".join(f"  {command.example}\n" for command in COMMANDS)
    return (
        "用法：kpi 命令 [选项] …\n\n预算绩效目标表的检查工具。\n\n"
        f"命令：\n{rows}\n"
        "选项：\n  -h, --help        显示这份说明\n  -V, --version     显示版本\n\n"
        f"例：\n{examples}\n"
        "每个命令的用法：kpi 命令 --help\n"
        "退出状态：0 没有问题；1 有问题；2 没能检查（文件读不了、没有绩效目标表、规则集或命令写错）\n"
    )


if __name__ == "__main__":
    sys.exit(main())

"""What the benchmarks share: a table for Chinese widths, a verdict line, processes with their time and peak memory,
and documents of many forms made from examples/.

Every figure is a ratio of two measurements of one run, so that it means the same on a slow machine.
"""

import gc
import os
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
TITLE = "清河县县级预算部门(单位)项目支出绩效目标表"
SOURCES = ("disclosure-library.txt", "clean-school.txt", "every-rule.txt")
RUN_KPI = "from kpi.cli import run; run()"

if hasattr(sys.stdout, "reconfigure"):
    sys.stdout.reconfigure(encoding="utf-8")


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def table(rows: Sequence[Sequence[str]]) -> None:
    """Print `rows` (the first is the head) in aligned columns."""
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip())


def verdict(what: str, figure: float, limit: float, unit: str = "倍") -> bool:
    """Print whether `figure` keeps to its `limit`; the answer is for the exit status."""
    kept = figure <= limit
    print(f"{'达标' if kept else '未达标'}：{what} {figure:.2f} {unit}，限 {limit:g} {unit}")
    return kept


def fastest(run: Callable[[], object], rounds: int = 7) -> float:
    """Seconds of the fastest of `rounds` runs: the one that the rest of the machine disturbed least."""
    return min(_seconds(run) for _ in range(rounds))


def _seconds(run: Callable[[], object]) -> float:
    gc.collect()  # the rubbish of the last round is no matter of this one
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def process(arguments: Sequence[str]) -> tuple[float, float]:
    """Run a process to its end: (seconds, peak MB). The peak is 0 where the system does not tell (Windows)."""
    start = time.perf_counter()
    child = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = child.stderr.read() if child.stderr else b""
    peak = 0.0
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    seconds = time.perf_counter() - start if child.wait() is not None else 0.0
    if child.returncode:
        raise SystemExit(f"{' '.join(arguments)} 以 {child.returncode} 结束：{errors.decode(errors='replace')}")
    return seconds, peak


def forms(count: int, shift: int = 0) -> str:
    """A document of `count` target forms made from the examples, the figures moved by `shift` so that no two copies
    repeat their values (a memo of readings must not flatter the measurement)."""
    parts = [part for name in SOURCES for part in _parts(EXAMPLES / name)]
    return "\n".join(_moved(parts[i % len(parts)], i, shift + i // len(parts)) for i in range(count))


def _parts(path: Path) -> list[str]:
    """The forms of a file, each from its title to its last line."""
    forms = path.read_text(encoding="utf-8").split(TITLE)[1:]
    return [TITLE + re.split(r"^(?:第四部分|清河县项目支出绩效目标申报表)", form, flags=re.M)[0] for form in forms]


def _moved(form: str, number: int, shift: int) -> str:
    named = re.sub(r"^项目名称\t(\S+)", rf"项目名称\t\1第{number + 1}期", form, flags=re.M)
    return re.sub(r"([≥≤>=])(\d+)", lambda found: found[1] + str(int(found[2]) + 7 * shift), named)


def finish(kept: Iterable[bool]) -> None:
    """End the benchmark: status 1 where a limit was broken."""
    sys.exit(0 if all(list(kept)) else 1)

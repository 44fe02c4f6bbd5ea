"""Whether ten times the forms cost ten times the time. Whole processes; a document without any form is the start."""

import sys
import tempfile
from pathlib import Path

from measure import finish, forms, process, table, verdict

FEW, MANY = 24, 240
ROUNDS = 5
LIMIT = 11.0
EMPTY = "没有绩效目标表的一段文字。\n"
RUN = "from kpi.cli import main; main()"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = {count: _write(Path(folder), count) for count in (0, FEW, MANY)}
        rounds = [{count: _seconds(path) for count, path in paths.items()} for _ in range(ROUNDS)]
    times = {count: min(one[count] for one in rounds) for count in paths}
    few, many = times[FEW] - times[0], times[MANY] - times[0]
    rows = [("张数", "用时", "除去启动", "每张"), ("0", _ms(times[0]), "—", "—")]
    for count, beyond in ((FEW, few), (MANY, many)):
        rows.append((str(count), _ms(times[count]), _ms(beyond), f"{beyond / count * 1000:.2f} 毫秒"))
    table(rows)
    finish([verdict("张数增到十倍，用时增到", many / few, LIMIT)])


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} 毫秒"


def _seconds(path: Path) -> float:
    """A document without a form ends with 2, which is no failure here."""
    return process([sys.executable, "-c", RUN, "lint", "--fail-on", "never", str(path)])[0]


def _write(folder: Path, count: int) -> Path:
    path = folder / f"{count}.txt"
    path.write_text(forms(count) if count else EMPTY, encoding="utf-8")
    return path


if __name__ == "__main__":
    main()

"""Whether ten times the forms cost ten times the time. What a document without any form costs is the start."""

import tempfile
from pathlib import Path

from measure import fastest, finish, forms, table, verdict

import kpi

FEW, MANY = 24, 240
ROUNDS = 5
LIMIT = 11.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        times = {count: _time(Path(folder), count) for count in (0, FEW, MANY)}
    few, many = times[FEW] - times[0], times[MANY] - times[0]
    rows = [("张数", "用时", "除去启动", "每张"), ("0", _ms(times[0]), "—", "—")]
    for count, beyond in ((FEW, few), (MANY, many)):
        rows.append((str(count), _ms(times[count]), _ms(beyond), f"{beyond / count * 1000:.2f} 毫秒"))
    table(rows)
    finish([verdict("张数增到十倍，用时增到", many / few, LIMIT)])


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} 毫秒"


def _time(folder: Path, count: int) -> float:
    """Seconds for a document of `count` forms; every round gets figures of its own."""
    rounds = iter([_write(folder, count, turn) for turn in range(ROUNDS + 1)])
    kpi.lint(next(rounds))
    return fastest(lambda: kpi.lint(next(rounds)), ROUNDS)


def _write(folder: Path, count: int, turn: int) -> Path:
    path = folder / f"{count}-{turn}.txt"
    path.write_text(forms(count, shift=1000 * turn) if count else "没有绩效目标表的一段文字。\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    main()

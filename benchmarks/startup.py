"""How long `kpi lint` of 24 forms takes as a whole process, against a Python that only imports what kpi stands on.

The limit is for the rules over values, units, costs and completeness. Rules that compare texts cut them into words: the
dictionary for that is loaded at the first cut, and what it costs is shown beside, without a limit.
"""

import sys
import tempfile
from pathlib import Path

from measure import RUN_KPI, finish, forms, process, table, verdict

BARE = "import lark, pydantic; type('M', (pydantic.BaseModel,), {})"
FAMILIES = "REQ,VAL,UNI,CST"
ROUNDS = 7
LIMIT_RATIO = 4.0
LIMIT_MB = 70.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.txt"
        path.write_text(forms(24), encoding="utf-8")
        every = [sys.executable, "-c", RUN_KPI, "lint", "--fail-on", "never", str(path)]
        lint = [*every, "--select", FAMILIES]
        bare = [sys.executable, "-c", BARE]
        process(lint), process(bare)  # once for the byte code, which every installation has
        pairs = [(process(lint), process(bare)) for _ in range(ROUNDS)]
        all_time, all_peak = min(process(every) for _ in range(ROUNDS))
    lint_time, bare_time = min(one[0] for one, _ in pairs), min(other[0] for _, other in pairs)
    lint_peak, bare_peak = max(one[1] for one, _ in pairs), max(other[1] for _, other in pairs)
    table(
        [
            ("整个进程", "用时", "内存峰值"),
            ("import lark, pydantic", f"{bare_time:.3f} 秒", f"{bare_peak:.0f} MB"),
            (f"kpi lint --select {FAMILIES}（24 张表）", f"{lint_time:.3f} 秒", f"{lint_peak:.0f} MB"),
            ("kpi lint（24 张表，全部规则）", f"{all_time:.3f} 秒", f"{all_peak:.0f} MB"),
        ]
    )
    quick = verdict("启动并检查 24 张表", lint_time / bare_time, LIMIT_RATIO)
    small = verdict("内存峰值", lint_peak, LIMIT_MB, "MB")
    finish([quick, small])


if __name__ == "__main__":
    main()

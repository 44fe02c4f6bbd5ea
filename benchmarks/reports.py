"""What a report costs beside the check that it is made of: 1,000 forms, every format, as a share of reading and
checking them."""

import gc
import sys
import tempfile
import time
from pathlib import Path

from measure import finish, forms, table, verdict

import kpi
from kpi.reports.lint_formats import FORMATS
from kpi.reports.view import View

COUNT = 1000
LIMIT = 0.30
ROUNDS = 3


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "表.txt"
        path.write_text(forms(COUNT), encoding="utf-8")
        kpi.lint(kpi.read(Path(__file__).parents[1] / "examples" / "every-rule.txt"))  # loads the rules
        start = time.perf_counter()
        outcome = kpi.lint(path)
        whole = time.perf_counter() - start
    rows = [("格式", "用时", "占检查的", "大小")]
    worst = 0.0
    for name, form in FORMATS.items():
        seconds, made = _fastest(form.render, outcome)
        worst = max(worst, seconds / whole)
        size = len(made if isinstance(made, bytes) else made.encode())
        rows.append((name, f"{seconds * 1000:.0f} 毫秒", f"{seconds / whole:.0%}", f"{size / 1e6:.1f} MB"))
    print(f"{COUNT} 张表，{len(outcome.findings)} 处问题，检查用 {whole:.1f} 秒")
    table(rows)
    finish([verdict("最慢的报告与检查的用时之比", worst, LIMIT, "")])


def _fastest(render, outcome):
    best, made = sys.float_info.max, ""
    for _ in range(ROUNDS):
        gc.collect()
        start = time.perf_counter()
        made = render(outcome, View())
        best = min(best, time.perf_counter() - start)
    return best, made


if __name__ == "__main__":
    main()

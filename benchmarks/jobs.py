"""What the other jobs cost: a review beside the lint of the same forms; monitoring and self-evaluation beside reading
what they are given. 1,000 forms in one file, a warm process, the best of some rounds."""

import csv
import io
import re
import tempfile
from datetime import date
from pathlib import Path

from measure import EXAMPLES, fastest, finish, forms, table, verdict

import kpi
from kpi import api
from kpi.progress.actuals import read_actuals
from kpi.rules import load

COUNT = 1000
ROUNDS = 2
REVIEW, BEYOND = 1.3, 0.2
JULY = date(2026, 7, 31)
SELF_EVALUATION = EXAMPLES / "school-last-year.csv"


def actuals(path: Path) -> str:
    """A list of what was achieved: of each target its own figures, without the sign."""
    target = io.StringIO()
    sheet = csv.writer(target)
    sheet.writerow(("项目名称", "二级指标", "三级指标", "实际完成值"))
    for form in kpi.read(path).tables:
        for one in form.indicators:
            told = re.sub("^[≥≤=<>约]+", "", one.annual.text) if one.annual else ""
            sheet.writerow((form.project, one.level2, one.name, told))
    return target.getvalue()


def evaluations(count: int) -> str:
    """Self-evaluations as one text, each of a project and a figure of its own."""
    text = SELF_EVALUATION.read_text(encoding="utf-8").replace(",", "\t")
    return "\n".join(
        text.replace("操场维修\t", f"操场维修第{n}期\t").replace("2880平方米", f"{2880 + n % 300}平方米")
        for n in range(count)
    )


def main() -> None:
    ruleset = load()
    with tempfile.TemporaryDirectory() as folder:
        targets, told, own = (Path(folder) / name for name in ("目标.txt", "完成情况.csv", "自评.txt"))
        targets.write_text(forms(COUNT), encoding="utf-8")
        told.write_text(actuals(targets), encoding="utf-8")
        own.write_text(evaluations(COUNT), encoding="utf-8")
        reading, done = api.read_files(api.collect([str(targets)])), read_actuals(str(told))
        assessed = api.read_files(api.collect([str(own)]))
        times = {
            "检查（lint）": fastest(lambda: kpi.lint(targets), ROUNDS),
            "审核（review）": fastest(lambda: kpi.review(targets), ROUNDS),
            "读目标表和完成情况": fastest(lambda: (kpi.read(targets), read_actuals(str(told))), ROUNDS),
            "监控（monitor）": fastest(lambda: api.watched(reading, ruleset, done, JULY), ROUNDS),
            "读自评表": fastest(lambda: kpi.read(own), ROUNDS),
            "重算自评（evaluate）": fastest(lambda: api.evaluated(assessed, ruleset, None), ROUNDS),
        }
    table([("用时", f"{COUNT} 张表"), *((name, f"{spent:.2f} 秒") for name, spent in times.items())])
    lint, review, read, monitor, read_own, evaluate = times.values()
    finish([
        verdict("审核与检查的用时之比", review / lint, REVIEW),
        verdict("监控与读表的用时之比", monitor / read, BEYOND),
        verdict("重算自评与读表的用时之比", evaluate / read_own, BEYOND),
    ])  # fmt: skip


if __name__ == "__main__":
    main()

"""What each rule costs over the labelled corpus, and what the rules over texts add to ordinary forms, in a warm
process."""

import time
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

from measure import EXAMPLES, fastest, finish, table, verdict

from kpi import read
from kpi.rules import Ruleset, lint, load
from kpi.rules.registry import Check

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "corpus"
LIMIT = 2.5  # with the rules over texts against without
SHOWN = 15


def main() -> None:
    documents = [read(path) for path in sorted(CORPUS.glob("*")) if path.suffix in (".txt", ".md", ".csv")]
    ruleset = load()
    spent, timed = _timed(ruleset)
    whole = fastest(lambda: lint(documents, ruleset))
    disclosure = [read(path) for path in sorted(EXAMPLES.glob("*.txt"))]  # as offices publish them
    ordinary = fastest(lambda: lint(disclosure, ruleset))
    without = fastest(lambda: lint(disclosure, ruleset, ignore=["TXT"]))
    lint(documents, timed)
    total = sum(spent.values())
    forms = sum(len(document.tables) for document in documents)
    rows = [("规则", "占规则用时", "每张表")]
    for code in sorted(spent, key=lambda one: -spent[one])[:SHOWN]:
        rows.append((code, f"{spent[code] / total:.1%}", f"{spent[code] / forms * 1000:.3f} 毫秒"))
    rest = sorted(spent.values(), reverse=True)[SHOWN:]
    rows.append((f"其余 {len(rest)} 条", f"{sum(rest) / total:.1%}", f"{sum(rest) / forms * 1000:.3f} 毫秒"))
    table(rows)
    print(f"标注样本：全部规则 {whole / forms * 1000:.2f} 毫秒一张表")
    finish([verdict("平常的表加上文字规则，用时增到", ordinary / without, LIMIT)])


def _timed(ruleset: Ruleset) -> tuple[dict[str, float], Ruleset]:
    """The ruleset with checks that keep their time, and where they keep it."""
    spent: dict[str, float] = {}

    def watched(code: str, check: Check) -> Check:
        def function(subject: Any, params: Any) -> Iterable[Any]:
            start = time.perf_counter()
            said = list(check.function(subject, params))
            spent[code] = spent.get(code, 0.0) + time.perf_counter() - start
            return said

        return check._replace(function=function)

    rules = {code: copy(rule) for code, rule in ruleset.rules.items()}
    for code, rule in rules.items():
        vars(rule)["check"] = watched(code, rule.check)  # where the rule keeps it once it was looked at
    return spent, replace(ruleset, rules=rules)


if __name__ == "__main__":
    main()

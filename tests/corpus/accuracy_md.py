"""docs/accuracy.md: what may be expected of the rules, said for people who rely on them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kpi.reports.numbers import share
from kpi.reports.terms import FAMILIES, SEVERITIES, STATUSES
from kpi.rules import Ruleset
from kpi.rules.accuracy import Score

if TYPE_CHECKING:
    from tests.corpus.measure import Tally

_HEAD = """\
# 准确率

每条规则报得对不对，用 `tests/corpus/` 里的标注样本量过：{documents} 份自己编写的绩效目标表，{cases} 组手工算好的
监控和自评表，共 {labels} 处标注；{clean} 行标明不得报错，监控和自评表里没标注的一处都不该报。标注先写好，再看规则
怎么说。这一页由 `make accuracy` 生成。

- **准确率**：报出来的问题里，确实是问题的占多少。括号里是处数和 95% 的置信区间：处数越少，区间越宽。
- **查全率**：标注的问题里，报出来的占多少。标为“两可”的不计入。
- **试用**：判过十处以上、准确率不到 80% 的规则，照样列出，但不影响结论。**未经测量**：判过不到十处，说不准。

样本是自己编写的，真实的表更杂；这些数字说明规则做到了它说要做的事，不等于在您的表上也是这个数。

"""


def render(tally: "Tally", ruleset: Ruleset) -> str:
    head = _HEAD.format(documents=tally.documents, cases=tally.cases, labels=tally.labels, clean=tally.clean)
    return head + "\n".join(_lines(tally, ruleset)) + "\n"


def _lines(tally: "Tally", ruleset: Ruleset) -> Iterator[str]:
    yield "## 合计\n\n| 级别 | 准确率 | 查全率 |\n|---|---|---|"
    for severity, word in SEVERITIES.items():
        score = tally.score(code for code, rule in ruleset.rules.items() if rule.severity == severity)
        yield f"| {word} | {_share(score.hit, score.judged)} | {_share(score.hit, score.hit + score.missed)} |"
    yield f"\n标明不得报错的 {tally.clean} 行里，被报了的有 {len(tally.flagged)} 处。\n"
    for family, title in FAMILIES.items():
        rules = [rule for code, rule in ruleset.rules.items() if code.startswith(family) and family != "KPI"]
        if rules:
            yield f"## {family} {title}\n\n| 规则 | | 级别 | 准确率 | 查全率 | 状态 |\n|---|---|---|---|---|---|"
            for rule in rules:
                yield _row(rule.code, rule.title, SEVERITIES[rule.severity], tally.score([rule.code]))
            yield ""


def _row(code: str, title: str, severity: str, score: Score) -> str:
    asked = score.hit + score.missed
    cells = (code, title, severity, _share(score.hit, score.judged), _share(score.hit, asked), STATUSES[score.status])
    return f"| {' | '.join(cells)} |"


def _share(right: int, of: int) -> str:
    return next(share("", right, of), "—").strip()

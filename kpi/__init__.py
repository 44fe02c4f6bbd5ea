"""Budget performance targets (预算绩效目标): read the forms, understand the values, find what is wrong.

    import kpi
    kpi.parse("≤20万元").upper.value        # Decimal("200000"), in 元
    kpi.read("目标表.docx").tables[0].project
    kpi.lint("目标表.docx").findings
    kpi.review("目标表.docx").reviews[0].score      # the lowest and the highest that may come out
    kpi.monitor("目标表.docx", actuals="完成情况.xlsx", as_of=date(2026, 7, 31)).projects[0].light

`import kpi` loads nothing else; each function loads what it needs when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from kpi.version import __version__ as __version__

if TYPE_CHECKING:
    from kpi.api import compare, evaluate, lint, monitor, parse, read, review
    from kpi.model import Document
    from kpi.readers import ReadError
    from kpi.reports.compare_outcome import CompareOutcome
    from kpi.reports.evaluate_outcome import EvaluateOutcome
    from kpi.reports.monitor_outcome import MonitorOutcome
    from kpi.reports.outcome import Outcome
    from kpi.reports.review_outcome import ReviewOutcome
    from kpi.rules.finding import Finding
    from kpi.rules.located import RulesetError
    from kpi.values import Value

__all__ = [
    "CompareOutcome", "Document", "EvaluateOutcome", "Finding", "MonitorOutcome", "Outcome", "ReadError",
    "ReviewOutcome", "RulesetError", "Value", "compare", "evaluate", "lint", "monitor", "parse", "read", "review",
]  # fmt: skip

_HOMES = {
    "lint": "kpi.api", "parse": "kpi.api", "read": "kpi.api", "review": "kpi.api",
    "Document": "kpi.model", "Finding": "kpi.rules.finding", "Outcome": "kpi.reports.outcome", "Value": "kpi.values",
    "evaluate": "kpi.api", "EvaluateOutcome": "kpi.reports.evaluate_outcome",
    "compare": "kpi.api", "CompareOutcome": "kpi.reports.compare_outcome",
    "monitor": "kpi.api", "MonitorOutcome": "kpi.reports.monitor_outcome",
    "ReviewOutcome": "kpi.reports.review_outcome",
    "ReadError": "kpi.readers", "RulesetError": "kpi.rules",
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted((*globals(), *_HOMES))

"""Budget performance targets (预算绩效目标): read the forms, understand the values, find what is wrong.

    import kpi
    kpi.parse("≤20万元").upper.value        # Decimal("200000"), in 元
    kpi.read("目标表.docx").tables[0].project
    kpi.lint("目标表.docx").findings

`import kpi` loads nothing else; each function loads what it needs when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi.api import lint, parse, read
    from kpi.model import Document
    from kpi.readers import ReadError
    from kpi.reports.outcome import Outcome
    from kpi.rules.finding import Finding
    from kpi.rules.located import RulesetError
    from kpi.values import Value

__version__ = "0.1.0"
__all__ = ["Document", "Finding", "Outcome", "ReadError", "RulesetError", "Value", "lint", "parse", "read"]

_HOMES = {
    "lint": "kpi.api", "parse": "kpi.api", "read": "kpi.api",
    "Document": "kpi.model", "Finding": "kpi.rules.finding", "Outcome": "kpi.reports.outcome", "Value": "kpi.values",
    "ReadError": "kpi.readers", "RulesetError": "kpi.rules",
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted((*globals(), *_HOMES))

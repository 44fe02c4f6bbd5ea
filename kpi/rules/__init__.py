"""Documents and a ruleset → findings."""

from kpi.rules.engine import lint
from kpi.rules.finding import Confidence, Evidence, Finding, Fix, Severity
from kpi.rules.loader import load, shipped
from kpi.rules.located import Located, RulesetError
from kpi.rules.result import DocumentResult, LintResult, Skipped
from kpi.rules.ruleset import Rule, Ruleset

__all__ = [
    "Confidence", "DocumentResult", "Evidence", "Finding", "Fix", "LintResult", "Located", "Rule", "Ruleset",
    "RulesetError", "Severity", "Skipped", "lint", "load", "shipped",
]  # fmt: skip

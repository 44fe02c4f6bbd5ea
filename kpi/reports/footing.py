"""What stands under a report: by which rules it was made, what was set aside, what took no part.

Sentences, the same on a screen, on paper, in a workbook and on a page.
"""

from collections.abc import Iterable, Iterator

from kpi.reports.about import OWN, RULESET, UNJUDGED, Gap, about, gaps, left_out, made_with, set_aside
from kpi.reports.lines import Style
from kpi.reports.outcome import Outcome
from kpi.reports.terms import file_name
from kpi.reports.width import shorten, shorten_middle

HEAD = "依据和没有参加判断的内容"
_MADE = ("规则集", "所用规定", "表式")
_QUOTE_COLUMNS = 60
_MOST_FILES = 3


def footing(outcome: Outcome) -> Iterator[str]:
    yield made_by(outcome)
    yield from aside(outcome)
    yield from unread(outcome)
    yield from unjudged(outcome)


def made_by(outcome: Outcome) -> str:
    """Ruleset, law and trees."""
    return "；".join(f"{label}：{text}" for label, text in about(outcome) if label in _MADE)


def local(outcome: Outcome) -> Iterator[tuple[Style, str]]:
    """The ruleset where it is a file beside the forms: also who reads nothing but the sums must hear of it."""
    if (own := outcome.ruleset.local) is not None:
        yield "warning" if own.weaker else "dim", f"{RULESET}：{made_with(outcome.ruleset)}"


def aside(outcome: Outcome) -> Iterator[str]:
    """What is waived, what kpi wrote itself, what came more than once."""
    yield from (f"{label}：{text}" for label, text in (*set_aside(outcome.result), *left_out(outcome)))


def unread(outcome: Outcome) -> Iterator[str]:
    """Files that could not be checked, rules that broke, forms that stop short, texts that could not be read."""
    for gap in gaps(outcome):
        if gap.kind not in (UNJUDGED, OWN):  # these are told by `unjudged` and `aside`
            yield _sentence(gap)


def unjudged(outcome: Outcome) -> Iterator[str]:
    """The rules that could not judge, each once with its reasons and files."""
    by_rule: dict[str, list[Gap]] = {}
    for gap in gaps(outcome):
        if gap.kind == UNJUDGED:
            by_rule.setdefault(gap.what, []).append(gap)
    several = len(outcome.result.documents) > 1
    for rule, some in by_rule.items():
        reasons = "；".join(dict.fromkeys(gap.reason for gap in some))
        yield f"{UNJUDGED}：{rule}：{reasons}" + (f"（{_files(some)}）" if several else "")


def _sentence(gap: Gap) -> str:
    where = " ".join(filter(None, (file_name(gap.path), shorten_middle(gap.place, _QUOTE_COLUMNS))))
    what = f"“{shorten(gap.what.strip(), _QUOTE_COLUMNS)}”" if gap.what.strip() else ""
    return "：".join(filter(None, (gap.kind, f"{where}{what}", gap.reason)))


def _files(some: Iterable[Gap]) -> str:
    paths = list(dict.fromkeys(file_name(gap.path) for gap in some))
    more = f" 等 {len(paths)} 个文件" if len(paths) > _MOST_FILES else ""
    return "、".join(paths[:_MOST_FILES]) + more

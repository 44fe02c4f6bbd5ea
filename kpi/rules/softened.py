"""What a ruleset of one's own does to the shipped one that it stands on: a report made by it has to say so."""

from typing import Any, NamedTuple

from kpi.rules.draft import Draft
from kpi.rules.finding import SEVERITIES, Severity
from kpi.rules.ruleset import Local, Ruleset, Silence


class Base(NamedTuple):
    """The shipped ruleset as the first file of somebody else's found it."""

    name: str
    version: str
    title: str
    rules: frozenset[str]
    off: frozenset[str]
    severity: dict[str, Severity]
    params: dict[str, dict[str, Any]]
    words: dict[str, frozenset[str]]
    figures: dict[tuple[str, str], Any]
    silences: frozenset[Silence]


def seen(draft: Draft) -> Base:
    """What the draft holds now."""
    return Base(
        draft.name, draft.version, draft.title, frozenset(draft.rules), frozenset(draft.off),
        {code: draft.severity.get(code, said.value.severity) for code, said in draft.rules.items()},
        {code: {key: said.value for key, said in params.items()} for code, params in draft.params.items()},
        dict(draft.words),
        {(name, key): figure.value for name, one in draft.profiles.items() for key, figure in one.figures.items()},
        frozenset(draft.silences),
    )  # fmt: skip


def local(path: str, base: Base, draft: Draft) -> Local:
    """How the finished draft differs from its base, in numbers."""
    now = seen(draft)
    off = (now.off - base.off) & base.rules
    milder = {
        code
        for code, before in base.severity.items()
        if code in now.severity and SEVERITIES.index(now.severity[code]) > SEVERITIES.index(before)
    }
    others = (
        sum(base.params.get(code) != params for code, params in now.params.items()),
        sum(now.words.get(name) != words for name, words in base.words.items()),
        sum(now.figures.get(key) != value for key, value in base.figures.items()),
    )
    quiet = len(now.silences - base.silences)
    return Local(path, base.name, base.version, base.title, len(off), len(milder - off), sum(others), quiet)


def from_scratch(path: str, national: Ruleset, own: Ruleset) -> Local:
    """Of a file that extends none: what it leaves out of the shipped ruleset that would have been used without it."""
    missing = {rule.code for rule in national.active} - {rule.code for rule in own.active}
    return Local(path, national.name, national.version, national.title, len(missing))

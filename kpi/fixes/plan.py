"""From findings to the changes of each file: pure. A change is kept only where the file then reads as it should, and
no rule says anything that it did not say before.

All files of a run are planned together, as rules hold one against the other. After each round the rules are run again;
what they then ask for is the next round.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple

from kpi.fixes.cells import Cells, edited
from kpi.fixes.changes import Asked, asked, cell_edits, changes, manual
from kpi.fixes.edits import Draft, FilePlan, Proposal, Span, Target
from kpi.fixes.merging import spans_of
from kpi.fixes.place import Placed
from kpi.fixes.propose import proposals
from kpi.fixes.reading import expected, reading
from kpi.fixes.shared import joined
from kpi.fixes.steps import Refused, Step, step_free, step_placed, steps
from kpi.model import Document
from kpi.readers import Source, document_of
from kpi.rules.finding import SEVERITIES, Finding

_ROUNDS = 4
_MISREAD = "改后这张表读出来会不一样"
_NEW = "改后会出现新的问题（{}）"
_AGAIN = "改后仍不合规则"
_OTHER = "同一格另有改法"
Findings = Sequence[Sequence[Finding]]  # of each document
_Some = Sequence[tuple[int, Placed]]  # changes with the number of their document
_Steps = Sequence[_Some]  # those of one step are made together or not at all
_Row = tuple[int, int | None, str | None, str | None]  # document, form, second level, name


class _Key(NamedTuple):
    """What a finding is about."""

    row: _Row
    rule: str
    half: str | None


class _Wrong(NamedTuple):
    """Why changes may not be made; the rows that there would be something new to say about."""

    reason: str
    rows: frozenset[_Row] = frozenset()


@dataclass(slots=True)
class _State:
    """The documents of the run as they read by now. `made`: what was changed in each, round by round."""

    documents: list[Document]
    sources: list[Source | None]
    findings: Findings
    made: dict[int, list[list[Placed]]] = field(default_factory=dict)


@dataclass(slots=True)
class Planner:
    """The plan of one run.

    `judge` says what the rules find in all documents, `opened` opens a file that may be changed, `wanted` are the codes
    of the rules whose fixes are asked for; `unsafe`: also those that alter a meaning. `dated` fills in the year that
    was given for forms without one.
    """

    documents: Sequence[Document]
    judge: Callable[[Sequence[Document]], Findings]
    opened: Callable[[Document], Draft]
    wanted: Collection[str]
    unsafe: bool = False
    dated: Callable[[Document], Document] = lambda document: document
    _drafts: list[Draft] = field(default_factory=list)
    _refused: dict[Asked, str] = field(default_factory=dict)
    _allowed: Counter[_Key] = field(default_factory=Counter)
    _right: _State | None = None  # the run with the changes that were kept last

    def drafts(self) -> tuple[tuple[Draft, FilePlan], ...]:
        """Each document with its plan, in order."""
        state = self._begin()
        for _ in range(_ROUNDS):
            todo = list(self._round(state))
            if not todo:
                break
            kept = self._kept(state, [], todo)
            if kept and self._right is not None:
                state = _noted(self._right, kept)
        return tuple((draft, self._plan(number, state)) for number, draft in enumerate(self._drafts))

    def _begin(self) -> _State:
        documents = list(self.documents)
        state = _State(documents, [None] * len(documents), self.judge(documents))
        for number, document in enumerate(documents):
            if any(self.unsafe or one.safe for one in self._asked(number, state)):
                self._drafts.append(self.opened(document))
            else:
                self._drafts.append(Draft(document))
        state.sources = [draft.source for draft in self._drafts]
        self._allowed = _counted(state.findings)
        return state

    def _asked(self, number: int, state: _State) -> Iterator[Proposal]:
        """What the findings of a document ask for, the most serious first."""
        found = [one for one in state.findings[number] if one.rule in self.wanted]
        found.sort(key=lambda one: SEVERITIES.index(one.severity))
        return proposals(state.documents[number], found)

    def _round(self, state: _State) -> Iterator[_Some]:
        """What can be tried now: one change for each place."""
        for number, draft in enumerate(self._drafts):
            source = state.sources[number]
            if draft.writer is None or draft.source is None or source is None:
                continue
            cells, file, taken = Cells(source), Cells(draft.source), dict[int, list[Span]]()
            document, found = state.documents[number], list[Step]()
            for step in steps(one for one in self._asked(number, state) if self._open(number, one)):
                there = step_placed(step, document, cells, file, draft.writer)
                if isinstance(there, Refused):
                    told = zip(step, there.reasons, strict=True)
                    self._refused.update((asked(number, one), reason) for one, reason in told)
                else:
                    found.append(there)
            for made, reason in joined(found, document, cells):
                if reason:
                    self._refused.update((asked(number, one.proposal), reason) for one in made)
                elif step_free(made, taken):
                    yield [(number, one) for one in made]

    def _open(self, number: int, one: Proposal) -> bool:
        return (self.unsafe or one.safe) and asked(number, one) not in self._refused

    def _kept(self, state: _State, kept: _Some, todo: _Steps) -> _Some:
        """As many of `todo` beside those kept as may be made: all at once, else each half by itself."""
        every = [*kept, *chain.from_iterable(todo)]
        wrong = self._wrong(state, every)
        if wrong is None:
            return every
        if len(todo) == 1:
            self._refused.update((asked(number, one.proposal), wrong.reason) for number, one in todo[0])
            return kept
        first, then = _parted(todo, wrong.rows)
        return self._kept(state, self._kept(state, kept, first), then)

    def _wrong(self, state: _State, some: _Some) -> "_Wrong | None":
        """Why these changes may not be made together; None where they may."""
        after = self._changed(state, some)
        if after is None:
            return _Wrong(_MISREAD)
        new = _counted(after.findings) - self._allowed
        if new:
            titles = {one.rule: one.title for found in after.findings for one in found}
            told = "、".join(f"{rule} {titles[rule]}" for rule in sorted({key.rule for key in new}))
            return _Wrong(_NEW.format(told), frozenset(key.row for key in new))
        if self._recurs(state, some, after):
            return _Wrong(_AGAIN)
        self._right = after
        return None

    def _recurs(self, state: _State, some: _Some, after: _State) -> bool:
        """Whether a rule asks for a change of what has just been changed for it."""
        touched = {number for number, _ in some}
        mine = {(number, one.proposal.key) for number, one in some}
        left = {asked(number, one) for number in touched for one in self._asked(number, state)}
        left -= {asked(number, one.proposal) for number, one in some}
        again = ((number, one) for number in touched for one in self._asked(number, after))
        return any((number, one.key) in mine and asked(number, one) not in left for number, one in again)

    def _changed(self, state: _State, some: _Some) -> _State | None:
        """The run with the changes; None where a document then reads as it should not."""
        documents, sources = list(state.documents), list(state.sources)
        for number in dict.fromkeys(number for number, _ in some):
            here, source = [one for n, one in some if n == number], state.sources[number]
            if source is None:
                return None
            sources[number] = changed = edited(source, spans_of(here))
            documents[number] = self.dated(document_of(changed))
            if reading(documents[number]) != reading(expected(state.documents[number], here)):
                return None
        return _State(documents, sources, self.judge(documents), state.made)

    def _plan(self, number: int, state: _State) -> FilePlan:
        draft, rounds, left = self._drafts[number], state.made.get(number, []), list(self._asked(number, state))
        by_hand = _distinct(one for one in left if one.safe or self.unsafe)
        other = "" if draft.barred else _OTHER
        reasons = [self._refused.get(asked(number, one), other) for one in by_hand]
        unsafe = _distinct(one for one in left if not (one.safe or self.unsafe))
        return FilePlan(
            draft.document.path,
            tuple(changes(rounds)),
            tuple(map(manual, by_hand, reasons)),
            len(unsafe),
            len({(one.where[:3], one.old, one.new) for one in unsafe}),
            tuple(cell_edits(draft.source, rounds)) if draft.source else (),
            state.documents[number],
            draft.barred,
        )


def _noted(state: _State, kept: _Some) -> _State:
    """The run with the changes of a round noted."""
    made = {number: list(rounds) for number, rounds in state.made.items()}
    for number in dict.fromkeys(number for number, _ in kept):
        made.setdefault(number, []).append([one for n, one in kept if n == number])
    return replace(state, made=made)


def _distinct(some: Iterable[Proposal]) -> list[Proposal]:
    """What several rules ask for alike is one change, the most serious rule's."""
    found: dict[tuple[Target, tuple[Span, ...]], Proposal] = {}
    for one in some:
        found.setdefault((one.target, one.spans), one)
    return list(found.values())


def _parted(todo: _Steps, rows: frozenset[_Row]) -> tuple[_Steps, _Steps]:
    """Changes that are probably right, and the others: those of the rows; the second half where that tells nothing."""
    suspect = [any((n, one.proposal.target.form, *one.proposal.where[1:3]) in rows for n, one in step) for step in todo]
    if len({*suspect}) == 1:
        return todo[: len(todo) // 2], todo[len(todo) // 2 :]
    told = list(zip(todo, suspect, strict=True))
    return [step for step, odd in told if not odd], [step for step, odd in told if odd]


def _counted(findings: Findings) -> Counter[_Key]:
    """How often each rule speaks of each half of each thing."""
    return Counter(
        _Key((number, one.form, one.level2, one.indicator), one.rule, half)
        for number, some in enumerate(findings)
        for one in some
        for half in (("period", "annual") if one.half == "both" else (one.half,))
    )

"""Which forms of an earlier report a run has read again, where one form lies in several files or in a renamed one.

A form is a project in a file. The same file is the same path, else a path with the same end (another folder to start
from, a copied folder) that holds one of its projects. What is left was renamed where its project is read in a file that
the earlier report did not have. Under another path, a form of another unit is another form.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

Findings = Mapping[str, Mapping[str, Counter[str]]]  # fingerprints by file and project; project "": the file's own
_STEP = re.compile(r"[\\/]+")


class Form(NamedTuple):
    file: str
    project: str


class Units(NamedTuple):
    """The units of forms as they are compared, "" where one tells none: of then, and of now."""

    then: Mapping[Form, Collection[str]] = MappingProxyType({})
    now: Mapping[Form, Collection[str]] = MappingProxyType({})

    def differ(self, then: Form, now: Form) -> bool:
        return then.file != now.file and apart(self.then.get(then, ()), self.now.get(now, ()))


def apart(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two forms are of different units: both tell one, and none is the same."""
    told, told_too = {*some} - {""}, {*others} - {""}
    return bool(told and told_too) and told.isdisjoint(told_too)


_UNKNOWN = Units()


def rechecked(then: Findings, now: Findings, units: Units = _UNKNOWN) -> dict[Form, Form]:
    """Forms of now, each with what it was then; those that are new are left out. `then`: also files without findings.
    `now`: every project of every file."""
    files = _same_files(then, now, units)
    pairs = (
        (Form(files[file], project), Form(file, project))
        for file, projects in now.items()
        if file in files
        for project in projects
        if project in then[files[file]]
    )
    found = {after: before for before, after in pairs if not units.differ(before, after)}
    left = {file: one for file, one in now.items() if file not in files}
    return found | _renamed(then, left, set(found.values()), units)


def _same_files(then: Findings, now: Findings, units: Units) -> dict[str, str]:
    """Files of now with their path of then: the longer the end that both have, the sooner."""
    pairs = {file: file for file in now if file in then}
    taken = set(pairs)
    steps = {file: _steps(file) for file in {*then, *now}}
    for length in range(max((len(steps[file]) for file in now), default=0), 0, -1):
        there: dict[tuple[tuple[str, ...], str | None], list[str]] = {}
        for file, projects in then.items():
            for project in _named(projects) if file not in taken else ():
                there.setdefault((steps[file][-length:], project), []).append(file)
        for file, projects in now.items():
            if file not in pairs:
                ends = [(steps[file][-length:], project) for project in (*_named(projects), None)]
                match = next(
                    (one for end in ends for one in there.get(end, ())
                     if one not in taken and not units.differ(Form(one, end[1] or ""), Form(file, end[1] or ""))),
                    None,
                )  # fmt: skip
                if match is not None:
                    pairs[file] = match
                    taken.add(match)
    return pairs


def _renamed(then: Findings, now: Findings, taken: set[Form], units: Units) -> dict[Form, Form]:
    """Of several that it may have been, the one whose findings are still there."""
    homes: dict[str, list[str]] = {}
    for file, projects in then.items():
        for project in _named(projects):
            if project is not None and Form(file, project) not in taken:
                homes.setdefault(project, []).append(file)
    found = {}
    for file, projects in now.items():
        for project in _named(projects):
            form = Form(file, project or "")
            left = [] if project is None else homes.get(project, [])
            gone = {
                one: (then[one][form.project] - projects[form.project]).total()
                for one in left
                if not units.differ(Form(one, form.project), form)
            }
            if gone:
                left.remove(best := min(gone, key=gone.__getitem__))
                found[form] = Form(best, form.project)
    return found


def _named(projects: Iterable[str]) -> Iterator[str | None]:
    """The projects that tell a file from others: "" where none has a name, None where nothing is known of any."""
    known = list(projects)
    yield from filter(None, known)
    if not any(known):
        yield "" if known else None


def _steps(path: str) -> tuple[str, ...]:
    return tuple(step for step in _STEP.split(path) if step not in ("", "."))

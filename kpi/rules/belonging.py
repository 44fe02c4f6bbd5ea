"""Which form of a file a finding belongs to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kpi.model import TargetTable
from kpi.rules.finding import Finding


def by_form(
    findings: Iterable[Finding], tables: Sequence[TargetTable]
) -> tuple[Mapping[int, tuple[Finding, ...]], tuple[Finding, ...]]:
    """The findings of each form, and those that belong to none. A finding that names a project and no form is about
    that project's form, where only one form has the name."""
    names = Counter(table.project for table in tables)
    own: dict[int, list[Finding]] = {}
    rest: list[Finding] = []
    for finding in findings:
        form = _form(finding, tables, names)
        if form is None:
            rest.append(finding)
        else:
            own.setdefault(form, []).append(finding)
    return {form: tuple(some) for form, some in own.items()}, tuple(rest)


def _form(finding: Finding, tables: Sequence[TargetTable], names: Mapping[str, int]) -> int | None:
    if finding.form is not None or not finding.project or names[finding.project] != 1:
        return finding.form
    return next(index for index, table in enumerate(tables) if table.project == finding.project)

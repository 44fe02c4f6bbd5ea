"""Forms that say the same word for word, wherever they are filed."""

from collections.abc import Iterator, Sequence

from kpi.model import HALVES, Document, Funding, TargetTable
from kpi.rules.offices import office

Place = tuple[str, int]  # the path of a file and the number of the form in it
Identity = tuple[object, ...]


def same_forms(documents: Sequence[Document]) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """Project and places of every form that is there more than once, in the order of the first."""
    seen: dict[Identity, list[Place]] = {}
    for document in documents:
        for number, table in enumerate(document.tables):
            if known := identity(table):
                seen.setdefault(known, []).append((document.path, number))
    yield from ((str(key[0]), tuple(places)) for key, places in seen.items() if len(places) > 1)


def identity(table: TargetTable) -> Identity:
    """What a form says, however its file is laid out; () where it says too little to be known again."""
    if not table.project or not table.indicators:
        return ()
    rows = tuple(
        (plain(row.level2), plain(row.name), *(plain(entry.text) for _, entry in row.entries()))
        for row in table.indicators
    )
    goals = tuple(plain(table.goal(half)) for half in HALVES)
    money = tuple(_money(table.funding(half)) for half in HALVES)
    whose = (office(table.department or ""), office(table.unit or ""), plain(table.term))
    return plain(table.project), table.year, *whose, table.form, money, goals, rows


def _money(funding: Funding | None) -> Identity:
    """The total, and what comes from where; sources without money are written or not."""
    if funding is None:
        return ()
    return funding.total, tuple(sorted((plain(name), amount) for name, amount in funding.sources.items() if amount))


def plain(text: str | None) -> str:
    """A text without its blanks and line breaks, which two copies of a form may set differently."""
    return "".join((text or "").split())

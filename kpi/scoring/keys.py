"""The numbers of forms in a workbook (审核编号): by project, year and unit, across file formats and folders."""

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from kpi.model import TargetTable
from kpi.scoring.content import content_of
from kpi.values.normal import squeezed

_KEY = re.compile(r"([0-9a-f]{12})(?:-([0-9a-f]{8}))?(?:-(\d{1,4}))?")


class Key(NamedTuple):
    """`base`: of what a form is called; `content`: the digest of what it says, where other forms are called the same,
    else ""; `ordinal`: among forms that also say the same, which nothing else tells apart."""

    base: str
    content: str = ""
    ordinal: int = 1

    def __str__(self) -> str:
        parts = (self.base, self.content, str(self.ordinal) if self.ordinal > 1 else "")
        return "-".join(filter(None, parts))


def key_in(text: str) -> Key | None:
    """The number that a text holds."""
    found = _KEY.search(text)
    return Key(found[1], found[2] or "", int(found[3] or 1)) if found else None


def keys_of(tables: Sequence[TargetTable]) -> tuple[Key, ...]:
    """The numbers of all forms of a run. Which file comes first decides nothing but between forms that say the same."""
    bases = [base_of(table) for table in tables]
    several = Counter(bases)
    contents = [content_of(table).whole if several[base] > 1 else "" for base, table in zip(bases, tables, strict=True)]
    said: dict[str, set[str]] = {}
    for base, content in zip(bases, contents, strict=True):
        said.setdefault(base, set()).add(content)
    seen: Counter[tuple[str, str]] = Counter()
    made = []
    for base, content in zip(bases, contents, strict=True):
        seen[base, content] += 1
        made.append(Key(base, content if len(said[base]) > 1 else "", seen[base, content]))
    return tuple(made)


def base_of(table: TargetTable) -> str:
    return base_for(table.project, table.year, table.unit or table.department or "")


def base_for(project: str, year: int | None, unit: str, ordinal: int = 0) -> str:
    """`unit`: or the department, where a form names no unit. `ordinal`: how workbooks that are out already told forms
    of one name apart, by the order of files; now none has another than 0."""
    parts = (squeezed(project), str(year or ""), squeezed(unit), str(ordinal))
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

"""Forms that a run holds more than once: the same form filed twice, a copy that was put right beside its original."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from kpi.fixes.destination import MARK
from kpi.model import Document, TargetTable
from kpi.reports.width import one_line, shorten

_MOST_PLACES = 4
_MOST_TOLD = 10
_NAME_COLUMNS = 48
Place = tuple[str, int]  # the path of a file and the number of the form in it
_Identity = tuple[object, ...]


def repeated(documents: Sequence[Document]) -> Iterator[str]:
    """One sentence for each form that comes again, and one for each corrected copy that stands beside its original."""
    same = tuple(same_forms(documents))
    known = [{path for path, _ in places} for _, places in same]
    told = [
        f"同一张表“{shorten(project, _NAME_COLUMNS)}”出现 {len(places)} 次：{_shown(places)}"
        for project, places in same
    ]
    told += [
        f"“{one_line(first)}”和改过的“{one_line(second)}”都检查了，同样的问题会列两遍；留一份即可"
        for first, second in _corrected(documents)
        if not any({first, second} <= paths for paths in known)
    ]
    yield from told[:_MOST_TOLD]
    if len(told) > _MOST_TOLD:
        yield f"另有 {len(told) - _MOST_TOLD} 处重复"


def same_forms(documents: Sequence[Document]) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """Project and places of every form that is there more than once, word for word, in the order of the first."""
    seen: dict[_Identity, list[Place]] = {}
    for document in documents:
        for number, table in enumerate(document.tables):
            if table.project and table.indicators:
                seen.setdefault(_identity(table), []).append((document.path, number))
    yield from ((str(key[0]), tuple(places)) for key, places in seen.items() if len(places) > 1)


def _identity(table: TargetTable) -> _Identity:
    """What a form says, wherever it is filed and however its file is laid out."""
    rows = tuple(
        (_plain(row.level2 or ""), _plain(row.name), *(_plain(entry.text) for _, entry in row.entries()))
        for row in table.indicators
    )
    goals = tuple(_plain(table.goal(half) or "") for half in ("period", "annual"))
    return _plain(table.project), table.year, _plain(table.unit or ""), table.form, goals, rows


def _plain(text: str) -> str:
    return "".join(text.split())


def _corrected(documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    paths = {document.path for document in documents if document.tables}
    for path in sorted(paths):
        file = PurePath(path)
        copy = str(file.with_name(f"{file.stem}{MARK}{file.suffix}")) if file.name else ""
        if copy in paths:
            yield path, copy


def _shown(places: Sequence[Place]) -> str:
    files = list(dict.fromkeys(one_line(path) for path, _ in places))
    shown = "、".join(files[:_MOST_PLACES])
    return shown + (f" 等 {len(files)} 个文件" if len(files) > _MOST_PLACES else "")

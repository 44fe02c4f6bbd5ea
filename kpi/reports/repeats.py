"""Forms that a run holds more than once: the same form filed twice, a copy that was put right beside its original."""

from collections.abc import Iterator, Sequence

from kpi.fixes.destination import corrected
from kpi.model import Document
from kpi.reports.terms import file_name
from kpi.reports.width import one_line, shorten
from kpi.rules.sameforms import Place, same_forms

_MOST_PLACES = 4
_MOST_TOLD = 10
_NAME_COLUMNS = 48


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
        for first, second in corrected(sorted({document.path for document in documents if document.tables}))
        if not any({first, second} <= paths for paths in known)
    ]
    yield from told[:_MOST_TOLD]
    if len(told) > _MOST_TOLD:
        yield f"另有 {len(told) - _MOST_TOLD} 处重复"


def _shown(places: Sequence[Place]) -> str:
    files = list(dict.fromkeys(file_name(path) for path, _ in places))
    shown = "、".join(files[:_MOST_PLACES])
    return shown + (f" 等 {len(files)} 个文件" if len(files) > _MOST_PLACES else "")

"""What people wrote into a workbook that kpi made, so that no new one is written over their work."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kpi.commands.errors import CommandError
from kpi.reports.ownwords import POINTS, STATES, TO_HANDLE, TO_TELL

_KEEPS = "“{}”里已有填写的内容（{} 处），没有覆盖；请换一个文件名{}。"
_JUDGED = "，或先用 --judged 把它读回"
_MOST = 32 << 20  # bytes; kpi writes no larger workbook
Written = frozenset[tuple[str, ...]]


class _Sheet(NamedTuple):
    """A sheet by its heads: what tells a row, what people fill in, and the words that stand there before. `later`:
    columns to fill in that not every sheet of the kind has."""

    keys: tuple[str, ...]
    own: tuple[str, ...]
    before: frozenset[str]
    later: tuple[str, ...] = ()


_SHEETS = (
    _Sheet(("编号", "文件"), TO_HANDLE, frozenset({STATES[0]})),
    _Sheet(("项目名称", "三级指标"), TO_TELL, frozenset(), POINTS),
)


def refuse_losing(path: Path, content: str | bytes) -> None:
    """Raises CommandError where the file holds something that people filled in and the new content does not."""
    try:
        if not path.is_file() or path.stat().st_size > _MOST:
            return
        old = path.read_bytes()
    except OSError:
        return  # whoever writes says what is wrong
    if not old.startswith(b"PK") or old == content:
        return
    judged, others = _filled(old)
    new = frozenset[tuple[str, ...]]().union(*_filled(content)) if isinstance(content, bytes) else frozenset()
    lost = (judged | others) - new
    if lost:
        raise CommandError(_KEEPS.format(path, len(lost), _JUDGED if judged - new else ""))


def _filled(data: bytes) -> tuple[Written, Written]:
    """(what a reviewer judged, what is filled in elsewhere), hidden or not. Nothing for what is no workbook."""
    from kpi.readers import ReadError
    from kpi.scoring.result import cents
    from kpi.scoring.wholebook import whole_sheets
    from kpi.scoring.workbook import judged_of

    try:
        sheets = whole_sheets(data, "已有.xlsx")
    except ReadError:
        return frozenset(), frozenset()
    forms = judged_of(sheets)
    judged = frozenset(
        (
            str(form.key), item.item, item.words,
            item.struck or item.written if item.points is None else f"{cents(item.points):f}",
        )
        for form in forms
        for item in (*form.items, *form.strangers)
        if item.filled
    )
    # what is below a head that is not found is unknown
    judged |= {(str(form.key), form.sheet, head, "") for form in forms for head in form.lacking}
    others = ([{cell.column: " ".join(cell.text.split()) for cell in row.cells} for row in one.rows] for one in sheets)
    return judged, frozenset(one for rows in others for one in _of_sheet(rows))


def _of_sheet(rows: Sequence[Mapping[int, str]]) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows):
        columns = {text: column for column, text in row.items() if text}
        for kind in _SHEETS:
            if columns.keys() >= {*kind.keys, *kind.own}:
                yield from _cells(rows[number + 1 :], columns, kind)
                return


def _cells(rows: Sequence[Mapping[int, str]], columns: Mapping[str, int], kind: _Sheet) -> Iterator[tuple[str, ...]]:
    for row in rows:
        key = tuple(row.get(columns[head], "") for head in kind.keys)
        for head in (*kind.own, *(head for head in kind.later if head in columns)):
            text = row.get(columns[head], "")
            if text and text not in kind.before:
                yield (*key, head, text)

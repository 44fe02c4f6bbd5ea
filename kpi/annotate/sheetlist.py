"""The sheet with all findings: a row each, with a link to its cell."""

from collections.abc import Callable, Iterator
from html import escape

from kpi.annotate.marks import Marks, Note
from kpi.annotate.sheetstyles import M, Styles
from kpi.model import Location
from kpi.readers.formats.sheet import letters
from kpi.reports.office import cell_text, looks_like_formula
from kpi.reports.terms import SEVERITIES

_HEADS = ("序号", "级别", "规则", "位置", "项目", "指标", "原文", "发现", "应为", "改法", "依据", "另一处")
_WIDTHS = (5, 6, 15, 13, 17, 18, 18, 34, 27, 28, 22, 13)
_TITLE = "检查意见：共 {}（{}）。由 kpi 添加，不属于原表，提交前请删去这张表；点“位置”跳到所说的格子。"
_HEAD = 3  # the row of the heads


def listed(marks: Marks, styles: Styles, seen: Callable[[Location], str]) -> bytes:
    """The XML of the sheet. `seen`: the cell that a link to a place leads to."""
    links: list[tuple[str, str]] = []
    rows = [_row(number, note, styles, links, seen) for number, note in enumerate(marks.notes, _HEAD + 1)]
    two = any(len(note.spots) > 1 for note in marks.notes)
    heads = _HEADS if two else _HEADS[:-1]
    title = _cell("A1", _TITLE.format(f"{len(marks.notes)} 条", marks.count), styles.look("title"))
    head = "".join(_cell(f"{letters(at)}{_HEAD}", text, styles.look("head")) for at, text in enumerate(heads))
    columns = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(_WIDTHS, 1))
    last = f"{letters(len(heads) - 1)}{_HEAD + len(marks.notes)}"
    jumps = "".join(f'<hyperlink ref="{ref}" location="{escape(to)}"/>' for ref, to in links)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{M.strip("{}")}">'
        f'<sheetPr><tabColor rgb="FFC0504D"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{_HEAD}" topLeftCell="A{_HEAD + 1}" '
        f'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{columns}</cols>'
        f'<sheetData><row r="1">{title}</row><row r="{_HEAD}">{head}</row>{"".join(rows)}</sheetData>'
        f'<autoFilter ref="A{_HEAD}:{last}"/>{f"<hyperlinks>{jumps}</hyperlinks>" if links else ""}'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def _row(
    row: int, note: Note, styles: Styles, links: list[tuple[str, str]], seen: Callable[[Location], str]
) -> str:
    said = [note.line(label) for label in ("发现", "应为", "改法", "依据")]
    texts = (SEVERITIES[note.severity], f"{note.rule} {note.title}", *_where(note, 0), note.project, note.where)
    cells = [f'<c r="A{row}" s="{styles.look("text")}"><v>{note.number}</v></c>']
    for at, text in enumerate((*texts, note.words, *said, *_where(note, 1)), 1):
        name = f"{letters(at)}{row}"
        look = "link" if _HEADS[at] in ("位置", "另一处") else "text"
        grade = note.severity if at == 1 else None
        cells.append(_cell(name, text, styles.look(look, severity=grade), lambda: styles.look("text", quoted=True)))
    for column, number in (("D", 0), ("L", 1)):
        links += [(f"{column}{row}", to) for to in _target(note, number, seen)]
    return f'<row r="{row}">{"".join(cells)}</row>'


def _where(note: Note, number: int) -> Iterator[str]:
    """The place in words; of more than two the second says so."""
    if number >= len(note.spots):
        if number == 0:
            yield "整份文件"
        return
    place = note.spots[number].location
    more = f" 等 {len(note.spots) - 1} 处" if number == 1 and len(note.spots) > 2 else ""
    yield f"{place.sheet or ''} {place.cell or ''}".strip() + more


def _target(note: Note, number: int, seen: Callable[[Location], str]) -> Iterator[str]:
    if number < len(note.spots) and note.spots[number].location.cell:
        place = note.spots[number].location
        name = (place.sheet or "").replace("'", "''")
        yield f"'{name}'!{seen(place)}"


def _cell(name: str, text: str, style: int, quoted: Callable[[], int] | None = None) -> str:
    safe = cell_text(text)
    number = quoted() if quoted is not None and looks_like_formula(safe) else style
    said = escape(safe, quote=False).replace("_x", "_x005F_x")
    return f'<c r="{name}" s="{number}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'

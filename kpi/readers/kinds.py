"""The cells of a row by what their columns hold: name, value, weight, reason, and what only explains."""

from collections.abc import Sequence

from kpi.readers import labels
from kpi.readers.columns import Header
from kpi.readers.grid import GridCell
from kpi.readers.match import kind_of
from kpi.readers.roles import Role

Half = dict[str, GridCell]  # cells by kind of column
OTHER = "说明"  # the head of words that stand under none
_EXPLAINS = ("explanation", "standard", "note", "last", "rate", "again")


def aside_of(
    found: dict[int, GridCell], header: Header, spare: tuple[GridCell, ...], packed: bool
) -> tuple[dict[str, GridCell], tuple[GridCell, ...]]:
    """The cells of columns that explain; in a row without columns, words that found none belong there, too."""
    kinds = _EXPLAINS if not header.has("value") else (*_EXPLAINS, "other")
    told = ((r, found[k]) for k, r in enumerate(header.left) if r.kind in kinds and k in found)
    aside = {role.text or OTHER: cell for role, cell in told if cell.text}
    if packed:
        words = [c for c in spare if kind_of(c.text) == "words"][:1]
        aside.update(zip([OTHER], words, strict=False))
        spare = tuple(c for c in spare if c not in words)
    return aside, spare


def by_kind(found: dict[int, GridCell], roles: Sequence[Role]) -> Half:
    """The matched cells by kind; ticks below 有可能 or 人员保障 become words, reasons in several columns one."""
    kinds: Half = {}
    for k, cell in sorted(found.items()):
        kind = _kind(roles[k], cell) + (f"-{roles[k].half}" if roles[k].kind == "value" and _valued(roles) > 1 else "")
        if kind in ("cause", "chance"):
            _tick(kinds, kind, roles[k], cell)
        elif kind == "reason" and "reason" in kinds and cell.text:
            kinds["reason"] = cell._replace(text=f"{kinds['reason'].text}；{cell.text}")
        else:
            kinds.setdefault(kind, cell)
    if "value" not in kinds and (behind := _behind_sign(kinds)):
        kinds["value"] = kinds.pop(behind)
    if "value" in kinds:
        kinds["value"] = _by_the_half(found, roles, kinds["value"])
    if ("value" not in kinds or not kinds["value"].text) and (only := _only_told(found, roles)):
        kinds["value"] = only
    return kinds


def _behind_sign(kinds: Half) -> str | None:
    """≥ | 98, where the row breaks off: a figure right behind its sign is a value, whatever else it might be."""
    sign = kinds.get("sign")
    if sign is None or kind_of(sign.text) != "sign":
        return None
    return next((k for k in ("weight", "actual", "score") if k in kinds and kinds[k].column == sign.column + 1), None)


def _only_told(found: dict[int, GridCell], roles: Sequence[Role]) -> GridCell | None:
    """2022年实际实现值 | 预期2023年实现值 over one figure, in a text that leaves blank cells out: what is wanted."""
    last = [(roles[k], c) for k, c in found.items() if roles[k].kind == "last"]
    if len(last) != 1 or "实际" not in last[0][0].text or last[0][1].location.line is None:
        return None
    return last[0][1] if last[0][1].text else None


def _by_the_half(found: dict[int, GridCell], roles: Sequence[Role], year: GridCell) -> GridCell:
    """半年(程) 3月31日前 | 全年(程) /: what is done by the half of the year is asked for then; elsewhere the year's."""
    half = next((c for k, c in sorted(found.items()) if roles[k].kind == "last" and "半年" in roles[k].text), None)
    struck = bool(year.text) and labels.matches("blank", year.text)
    return half if half and half.text and struck else year


def _tick(kinds: Half, kind: str, role: Role, cell: GridCell) -> None:
    """A mark below 人员保障 or 有可能 says what the head says; words below it are the reason itself."""
    if not cell.text or labels.matches("blank", cell.text):
        return
    ticked = labels.matches("tick", cell.text)
    if kind == "chance":
        kinds["outlook"] = cell._replace(text=role.text if ticked else cell.text)
        return
    text = role.text if ticked else f"{role.text}：{cell.text}"
    before = kinds.get("reason")
    joined = f"{before.text}；{text}" if before and before.text else text
    kinds["reason"] = (before or cell)._replace(text=joined)


def _kind(role: Role, cell: GridCell) -> str:
    """Forms swap the heads 性质, 方向 and 符号 freely: what the cell says decides."""
    if role.kind in ("nature", "sign") and (look := kind_of(cell.text)) in ("sign", "nature"):
        return look
    return role.kind


def _valued(roles: Sequence[Role]) -> int:
    return len({r.half for r in roles if r.kind == "value" and r.half})

"""Rows behind the last level of a form that are none of its own: notes, the list of stations below it."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.model import LEVEL1, LEVEL2, Indicator, Unread
from kpi.readers import labels
from kpi.values import parse

_LAST = "服务对象满意度"
_ASKED = later("满意|认可|好评|评价|评分|信任|投诉|口碑|支持")
_STATED = later("满意|认可|[高好优良升善]|[无零]|\\d\\s*[%％分]")
_SEVERAL = 2
_TABLE = 4  # rows under levels that are known
_HEADS_NOTE = later(r"(?:自评|其他|补充|情况|有关)?(?:说明|备注)[:：]?")
_NOTE = later(r"\s*[(（]?\d{1,2}[)）.、．]|[。；;]|.{24}")  # 2.指标性质为“定性”的，指标值填写…

#: Told of the form where rows were left out.
BEYOND = "满意度指标后面还有别的内容（备注、清单一类），不像绩效指标，没有读入"


def within(indicators: Sequence[Indicator], unread: Sequence[Unread]) -> tuple[list[Indicator], list[Unread]]:
    """The rows up to the first that is foreign to the last level, behind one that asks who is content, and what is
    unread in front of it."""
    rows = _levelled(indicators)
    first = next((k for k, row in enumerate(rows) if row.level2 == _LAST), len(rows))
    if any(row.level2 != _LAST for row in rows[first:]):
        return rows, list(unread)  # other levels follow it here
    asked = next((k for k in range(first, len(rows)) if _ASKED.search(rows[k].name)), len(rows))
    foreign = next((k for k in range(asked + 1, len(rows)) if _is_foreign(rows[k])), len(rows))
    others = rows[foreign:]
    if not others or not all(map(_is_foreign, others)) or (len(others) < _SEVERAL and not _is_note(others[0].name)):
        return rows, list(unread)  # one odd row may be a target that is badly put
    line = rows[foreign].location.line
    kept = [one for one in unread if line is None or one.location.line is None or one.location.line < line]
    return rows[:foreign], kept


def _levelled(indicators: Sequence[Indicator]) -> list[Indicator]:
    """The rows without those behind the last one under a known level that stand under none and hold words alone and no
    points (附加分项 | 加分项 | 认养加分 | 有 | 3): 首页 | 政务公开 | 网上办事 | 互动交流, the foot of the page."""
    rows = list(indicators)
    known = [row.level1 in LEVEL1 or row.level2 in LEVEL2 for row in rows]
    last = max((k for k, told in enumerate(known) if told), default=-1) + 1
    others = rows[last:]
    strange = all(row.level1 and row.level2 and _is_worded(row) for row in others)
    return rows[:last] if others and strange and last >= _TABLE and all(known[:last]) else rows


def _is_worded(row: Indicator) -> bool:
    texts = [row.name, row.weight or "", row.score or "", *(entry.text for _, entry in row.entries())]
    return not any(map(str.isdigit, "".join(texts)))


def _is_note(name: str) -> bool:
    return (_HEADS_NOTE.fullmatch(name) or _NOTE.match(name)) is not None


def _is_foreign(row: Indicator) -> bool:
    """Whether a row asks for no opinion and states none: 省控 | 晋川环测科技公司."""
    if _HEADS_NOTE.fullmatch(row.name):
        return True  # 自评说明 | 7个小区跨年施工, whatever figures it tells
    if _ASKED.search(row.name) or labels.TEMPLATE.fullmatch(row.name) or labels.SLOT.match(row.name):
        return False
    texts = [entry.text.strip() for _, entry in row.entries() if entry.text.strip()]
    if not texts:
        return _is_note(row.name)
    return all(parse(text).kind == "text" and not _STATED.search(text) for text in texts)

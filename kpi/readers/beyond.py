"""Rows behind the last level of a form that are none of its own: notes, the list of stations below it."""

from collections.abc import Sequence

from kpi.lazyre import later
from kpi.model import Indicator, Unread
from kpi.readers import labels
from kpi.values import parse

_LAST = "服务对象满意度"
_ASKED = later("满意|认可|好评|评价|评分|信任|投诉|口碑|支持")
_STATED = later("满意|认可|[高好优良升善]|[无零]|\\d\\s*[%％分]")
_SEVERAL = 2
_NOTE = later(r"\s*[(（]?\d{1,2}[)）.、．]|[。；;]|.{24}")  # 2.指标性质为“定性”的，指标值填写…

#: Told of the form where rows were left out.
BEYOND = "满意度指标后面还有别的内容（备注、清单一类），不像绩效指标，没有读入"


def within(indicators: Sequence[Indicator], unread: Sequence[Unread]) -> tuple[list[Indicator], list[Unread]]:
    """The rows up to the first that is foreign to the last level, behind one that asks who is content, and what is
    unread in front of it."""
    rows = list(indicators)
    first = next((k for k, row in enumerate(rows) if row.level2 == _LAST), len(rows))
    if any(row.level2 != _LAST for row in rows[first:]):
        return rows, list(unread)  # other levels follow it here
    asked = next((k for k in range(first, len(rows)) if _ASKED.search(rows[k].name)), len(rows))
    foreign = next((k for k in range(asked + 1, len(rows)) if _is_foreign(rows[k])), len(rows))
    others = rows[foreign:]
    if not others or not all(map(_is_foreign, others)) or (len(others) < _SEVERAL and not _NOTE.match(others[0].name)):
        return rows, list(unread)  # one odd row may be a target that is badly put
    line = rows[foreign].location.line
    kept = [one for one in unread if line is None or one.location.line is None or one.location.line < line]
    return rows[:foreign], kept


def _is_foreign(row: Indicator) -> bool:
    """Whether a row asks for no opinion and states none: 省控 | 晋川环测科技公司."""
    if _ASKED.search(row.name) or labels.TEMPLATE.fullmatch(row.name) or labels.SLOT.match(row.name):
        return False
    texts = [entry.text.strip() for _, entry in row.entries() if entry.text.strip()]
    if not texts:
        return _NOTE.match(row.name) is not None
    return all(parse(text).kind == "text" and not _STATED.search(text) for text in texts)

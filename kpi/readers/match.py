"""Which cell of a row is what: the best match of its cells to the heads, by what each cell looks like."""

import re
from collections.abc import Sequence
from functools import lru_cache

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.gluedtext import is_unit_word
from kpi.readers.grid import GridCell
from kpi.readers.roles import Role
from kpi.readers.vocabulary import vocabulary
from kpi.values.normal import MARKS

_NUMBER = re.compile(r"[-+]?\d[\d,]*(\.\d+)?")
_POINTS = re.compile(r"\d{1,3}(\.\d+)?(分|%)?|—|-|/")
_MONEY = later(
    r"[¥￥]?\d{1,3}(,\d{3})+(\.\d+)?(万?元)?|\d{4,}(\.\d+)?(万?元)?|\d+\.\d{2}(万?元)?|\d+(\.\d+)?万?元"
)
_SIGN = re.compile(rf"(?:00\d)?[{MARKS}═≈~～]{{1,2}}")
_VALUE = re.compile(
    rf"[{MARKS}═≈±]{{1,2}}.*|[约近]?\d[\d,.]*(万|亿)?\D{{0,8}}|\d[\d,.]*\D{{0,3}}[-—~至±:]\d[\d,.]*\D{{0,6}}"
    r"|(\d{4}年\d{0,2}月?|\d{1,2}月)(\d{1,2}日)?[-—–~～至到]{1,2}(\d{4}年)?\d{1,2}月(\d{1,2}日)?\D{0,6}"
    r"|\d{4}年(\d{1,2}月(\d{1,2}日)?)?\D{0,6}|\d{1,2}月\d{0,2}日?\D{0,6}|\D{0,6}\d[\d,.]*[%％‰]\D{0,4}|百分之.{1,6}|每\D{1,4}\d[\d,.]*(万|亿)?\D{0,4}"
    r"|(不低于|不高于|不少于|不超过|不大于|不小于|至少|至多|大于|小于|等于|超过|高于|低于|达到|控制在)\D{0,4}\d.*"
)
_SPELLED = later("[(（]百分比[)）]$")  # %(百分比)
_UNIT = re.compile(rf"[%％‰](?:{_SPELLED.pattern[:-1]})?|[^\d{MARKS}]{{1,4}}(/[^\d{MARKS}]{{1,4}}){{0,2}}")
_NUMBERED = re.compile(rf"{labels.SLOT.pattern}|\.{{3,}}|…+")
_ORDINAL = re.compile(r"\d{1,2}[.、．]\D{2}")  # 1.咨询电话接听情况
_COUNTED_NAME = later(r"\d{1,5}\D{5,}")  # 3座桥梁通车时间
_TOLD = later(r"\d{1,5}\D+(?:施工|在建|去世|退出|请假|离职|结转|未完工?|延期|停工|跨年)")  # 1座跨年施工: a reason
#: 4月底前清理完成 | 及时: by when something is done may be a name
_DATED_DEED = later(
    r"(?:20\d\d年)?\d{1,2}月(\d{1,2}日)?[底末初]?之?前?\D{2,}(完成|完工|竣工|到位|发放|拨付|支付|上线|使用)"
)
_LARGE = later(r"\d{4}|\d{1,3},\d{3}")
_REASON = later(
    "^(?:受|因|由于)?.{0,6}(?:疫情|天气|政策|资金)(?:原因|影响)|^(?:受.{2,12}影响|因.{2,12}(?:未|推迟|延期|延后|少))"
    r"|。\s*(?:改进|整改)措施[:：]"
)
_IN_WORDS = "文字描述"
_CODE = re.compile(r"\d{3,}[-—_].+|\d{3,}")
# How well a kind of text stands under a head; absent: not at all.
_FIT: dict[str, dict[str, float]] = {
    "name": {"words": 3, "slot": 3.5, "unit": 2.5, "value": -1, "number": -2, "nature": -1, "scoring": -2},
    "value": {"value": 3, "number": 2.7, "words": 1.5, "unit": 1, "nature": -0.5, "slot": -1, "scoring": -2},
    "actual": {"value": 2.5, "number": 2.5, "words": 1, "unit": 0.8, "slot": -1},
    "number": {"number": 3},
    "sign": {"sign": 4, "nature": 1.5},
    "nature": {"nature": 3, "sign": 3.5},
    "unit": {"unit": 2.2, "words": -0.5},
    "weight": {"number": 3, "points": 2.8},
    "score": {"number": 2.9, "points": 2.7},
    "again": {"number": 2.9, "points": 2.7, "value": 2},
    "standard": {"standard": 3, "scoring": 3, "words": 1.3, "unit": 0.8, "value": 0.6, "number": 0.3},
    "rate": {"value": 2.2, "points": 2.2, "number": 1.5},
    "last": {"value": 2, "number": 2, "words": 0.5, "unit": 0.5},
    "amount": {"money": 3.5, "number": 2},
    "whole": {"money": 3.4, "number": 2},
    "project": {"words": 2.2, "unit": 1.5, "value": 0.5},
    "owner": {"code": 3, "words": 1.5, "unit": 1},
    "category": {"code": 2.5, "words": 1.4, "unit": 1.3},
    "code": {"code": 3, "number": 2},
    "goal": {"words": 2, "value": 1, "unit": 0.5},
}
_PROSE: dict[str, float] = {"words": 1.3, "unit": 0.8, "value": 0.6, "number": 0.3}
_ASIDE = {"words": 0.9, "unit": 0.7, "value": 0.5, "number": 0.3}  # columns that most rows leave blank
_FIT |= {"reason": _ASIDE, "note": _ASIDE, "outlook": _ASIDE | {"chance": 3}}
_AS_WORDS = ("slot", "standard", "scoring")  # where nothing else is said of them
_LONG_UNIT = 12  # characters; a text is none
_REMARK = 200  # characters in which words of scoring are looked for
FIGURES = ("value", "number", "points")  # kinds of cells that hold one
_GIVEN = 3.0
_LOST, _BLANK, _COLUMN, _NO_UNIT, _DEED = -3.0, 0.3, 2.0, 0.5, 1.0


def nouns() -> re.Pattern[str]:
    """The ends of names of indicators."""
    pattern: re.Pattern[str] = vocabulary()["glued"]["nouns"]
    return pattern


@lru_cache(maxsize=1 << 14)
def kind_of(text: str) -> str:
    """What a cell looks like: sign, nature, number, points, slot (指标1:…), standard, scoring (how points are given),
    value, unit, code or words."""
    label = labels.squeeze(text) if len(text) <= 60 else ""
    if vocabulary()["scoring"].search(text[:_REMARK]):
        return "scoring"
    if label in ("", "无") or _ORDINAL.match(label):
        return "words"
    if _SIGN.fullmatch(label) or labels.matches("sign_words", label):
        return "sign"
    if labels.matches("nature", label):
        return "nature"
    if _NUMBER.fullmatch(label):
        return "number"
    if _NUMBERED.match(label):
        return "slot"
    if labels.head_of(label) == "chance":
        return "chance"
    if labels.matches("standards", label):
        return "standard"
    if _POINTS.fullmatch(label):
        return "points"
    if _CODE.fullmatch(label) and not label.endswith("元"):
        return "code"
    if _VALUE.fullmatch(label):
        worded = _TOLD.fullmatch(label) or (_COUNTED_NAME.fullmatch(label) and nouns().search(label))
        return "words" if worded else "value"
    named = len(label) > 2 and label.endswith(("率", "性"))  # 完成率, 及时性: short names, and no units
    return "unit" if _UNIT.fullmatch(label) and not named else "words"


@lru_cache(maxsize=1 << 14)
def opens_row(text: str) -> bool:
    """Whether a row of an indicator block may begin with the cell: a name, not a figure, a sign or a mark."""
    return kind_of(text) in ("words", "unit", "value", "slot") and not labels.matches("blank", text)


@lru_cache(maxsize=1 << 15)
def _fit(kind: str, text: str) -> float:
    table = _FIT.get(kind, _PROSE)
    look = kind_of(text)
    best = table.get(look, table.get("words", _LOST) if look in _AS_WORDS else _LOST)
    if "money" in table and _MONEY.fullmatch(labels.squeeze(text)):
        best = max(best, table["money"])
    if kind in ("weight", "score") and look == "number" and _LARGE.match(labels.squeeze(text)):
        best = _LOST  # 44,550 is no full mark
    if kind == "unit" and look == "unit" and not is_unit_word(_SPELLED.sub("", labels.squeeze(text))):
        best = min(best, _NO_UNIT)  # 达标, 良好 are as short
    if kind == "unit" and len(text) > _LONG_UNIT:
        best = 2 * _LOST if text[-1] in "。；;" else _LOST  # a sentence is none, wherever it stands
    if kind in ("reason", "name") and look in ("words", "unit") and _REASON.search(text):
        best = _GIVEN if kind == "reason" else min(best, _BLANK)  # why it fell short, and no name of the next row
    if kind in ("sign", "nature") and text == _IN_WORDS:
        best = table["sign"]  # in place of one
    if kind == "name" and look == "value" and _DATED_DEED.fullmatch(labels.squeeze(text)):
        best = max(best, _DEED)
    if look == "points" and labels.matches("blank", text):
        best = max(best, _BLANK)  # a stroke where nothing is to be said
    elif look in ("points", "code"):
        best = max(best, table.get("value" if look == "points" else "words", _LOST))
    return best


def assign(cells: Sequence[GridCell], roles: Sequence[Role], shift: int | None) -> tuple[dict[int, GridCell], float]:
    """The best match of cells to roles, both in order, and its score. Keys are positions in `roles`.

    `shift`: how far the row is moved against the heads (0: not at all; None: the file gives no columns).
    """
    count = len(cells), len(roles)
    below = [0.0] * (count[1] + 1)  # the best scores of the cells behind, from each role on
    step = [[0] * count[1] for _ in cells]
    backwards = [(j, roles[j].kind, roles[j].column) for j in range(count[1] - 1, -1, -1)]
    for i in range(count[0] - 1, -1, -1):
        text = cells[i].text
        under = None if shift is None else cells[i].column - shift
        lost, standing = (_LOST, _COLUMN) if text else (0.0, _BLANK)
        here = [score + lost for score in below]
        moves = step[i]
        for j, kind, column in backwards:
            best = here[j]
            if here[j + 1] > best:
                best, moves[j] = here[j + 1], 1
            score = (_fit(kind, text) if text else _BLANK) + below[j + 1]
            if column == under:
                score += standing
            if score >= best:
                best, moves[j] = score, 2
            here[j] = best
        below = here
    return _trace(cells, step, count), below[0]


def _trace(cells: Sequence[GridCell], step: list[list[int]], count: tuple[int, int]) -> dict[int, GridCell]:
    found: dict[int, GridCell] = {}
    i = j = 0
    while i < count[0]:
        move = step[i][j] if j < count[1] else 0
        if move == 2:
            found[j] = cells[i]
        i += move != 1
        j += move > 0
    return found

"""Figures of an answer that are not what was done: what is left over or short, how much over a plan, a change that goes
the other way (增长率 | 下降12%)."""

import re

from kpi.names import NameReading
from kpi.progress.reading import shown
from kpi.progress.settings import Words
from kpi.values import Value
from kpi.values.normal import squeezed

_RISE = "增长|增加|上升|提高|提升|上涨|增|涨|扩大"
_FALL = "负增长|下降|减少|降低|下滑|回落|缩减|压减|缩短|减|降"
_CHANGE = re.compile(rf"(?<![不未无没新])(?P<how>{_FALL}|{_RISE})了?约?\d")
_NAMED_RISE = re.compile("增长|增加|上升|提高|提升|上涨|增幅|涨幅|新增|增收|增产|增速|扩大")
_NAMED_FALL = re.compile("下降|减少|降低|降幅|缩减|压减|缩短|减排|减量|节约|节能|节省")
#: 比预算多0.5万元, 高于概算40元: how far off, not how much.
_COMPARED = re.compile(
    r"(?:[比较]|高于|低于|超过|超出|少于|多于)(?:年初|年度|批复|上年|去年|往年)*(?:预算|概算|计划|目标|上年|去年|同期|合同价?|标准|上限)"
    r"[^,，;；\d]{0,3}\d"
)


_DENIED = re.compile("(?:未|没有|不|无)(?:超支|超出|超额完成|结余)")  # 未超支


def not_done(text: str, named: NameReading, words: Words) -> bool:
    """Whether the figure of an answer counts what is not done, or by how much it is over or under (还差3公里,
    超支0.3万元). What the name itself asks for (资金结余率, 开工项目数) is told so."""
    plain = squeezed(text)
    if any(word in plain for word in words.remaining):
        return True
    apart = any(word in _DENIED.sub("", plain) and word not in named.name for word in words.apart)
    return apart or (_COMPARED.search(plain) is not None and not _changes(named.name))


def _changes(name: str) -> bool:
    return _NAMED_RISE.search(name) is not None or _NAMED_FALL.search(name) is not None


def turned(text: str, target: Value, named: NameReading) -> bool | None:
    """Whether a change goes against what is asked for: True: 收入增长率 | 下降12%, False: it goes with it, or there is
    none; None: a change is told where a level is asked for (会议费 | 比上年减少1万元)."""
    found = _CHANGE.search(squeezed(text))
    if found is None:
        return False
    falls = re.match(_FALL, found["how"]) is not None
    asked = f"{named.name}{target.text}"
    rise, fall = _NAMED_RISE.search(asked) is not None, _NAMED_FALL.search(asked) is not None
    if rise == fall:
        return False if rise else None
    return falls if rise else not falls


def unlike(text: str) -> str:
    return f"“{shown(text)}”说的是变化了多少，不是到了多少"

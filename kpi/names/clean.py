"""From a name as printed to the words that count: list marks, brackets and thresholds off, a unit hint kept."""

import re
from typing import NamedTuple

from kpi.lazyre import later
from kpi.values.normal import normalise
from kpi.values.units import table as units

_MARKS = re.compile(
    r"\A(?:[★☆*▲△●■◆◇√·.\s-]+"  # ★完成率
    r"|(?:三级)?(?:指标|目标)(?!(?:19|20)\d\d年)(?:\d{1,2}(?=(?:19|20)\d\d年)|\d+|[一二三四五六七八九十]+)[:.、\s]*"
    r"|\(?\d{1,2}\)|\d{1,2}[.、:](?!\d)|[①-⓿]"
    r"|[一二三四五六七八九十][、.](?![一二三四五六七八九十]))+"  # not 一、二级公路
)
_BRACKET = re.compile(r"\(([^()]*)\)\Z|\[([^\[\]]*)\]\Z|【([^】]*)】\Z")
_INNER = re.compile(r"\([^()]*\)")
#: 乡镇(街道): no unit
_EITHER = later(r"(?<=[乡镇街村区县市旗校])\((?:街道?|乡|镇|村|社区|居|居委会|区|市|旗|园|办事处)\)")
_REMARK = later(r"(?<=.{4})[—–]{2}[^—–]*\d[^—–]*\Z")  # 补助标准——每人每年最高1500元
_SIGN = r"(?:(?:大于|小于)?等于|大于|小于|不[低少小高大]于|不超过|至少|(?:控制|保持|稳定|维持)在|[≥≤><=])"
_VERB = r"(?:达到|达|为|约)"  # a sign only where a figure follows: 违规行为 ends in one by chance
_FIGURE = r"(?:(?<![A-Za-z\d.])\d[\d,.]*|[*×_]+|(?<![A-Za-z])[Xx]{1,4}|百分之[一二三四五六七八九十百]+)"
_POWER = r"(?<=m)[23](?!\d)"  # ㎡ and m³ are m2 and m3 here
_UNIT = rf"(?P<unit>(?:[^\d()、,;。]|{_POWER}){{0,6}}?)"
_THRESHOLD = re.compile(rf"(?:{_SIGN}+{_FIGURE}?|{_VERB}?{_FIGURE}){_UNIT}(?:及?以上|以内|以下|之内|左右)?\Z")
_IN_BRACKET = later(rf"(?:单位:?)?{_SIGN}*{_FIGURE}?(?P<unit>(?:[^\d()]|{_POWER}){{1,12}})\Z")
_LEADS_ON = re.compile(r"(?<=[率度量])(?:达到|达|为|约)\Z")  # 覆盖率达 | ≥92%: the value goes on where the name stops
_TRAILING = " ,、;；。.:“”\"'-—/"


class Cleaned(NamedTuple):
    """`core` is the name without its trimmings; `hint` the unit that a bracket or threshold named, if any."""

    core: str
    hint: str | None = None


def without_ordinal(name: str) -> str:
    """A name in half-width characters without the marks and the number before it: 指标1：完成率, (2)完成率, ★完成率."""
    return _MARKS.sub("", "".join(name.split()))


def clean(name: str) -> Cleaned:
    """The words of `name` that say what it asks for."""
    text = without_ordinal(normalise(_REMARK.sub("", name)).text.replace("（", "(").replace("）", ")"))
    text = _EITHER.sub("", text)
    hint: str | None = None
    while True:
        text = _LEADS_ON.sub("", text.rstrip(_TRAILING))
        shorter, found = _without_bracket(text)
        if shorter == text:
            shorter, found = _without_threshold(text)
        hint = hint or found
        if shorter == text or not shorter:
            break
        text = shorter
    return Cleaned(_INNER.sub("", text), hint or _inner_hint(text))


def _inner_hint(text: str) -> str | None:
    """The unit that a bracket within the name holds and nothing else: 修复水毁河堤(处)及护岸."""
    found = (as_unit(inner[0][1:-1]) for inner in _INNER.finditer(text))
    return next((unit for unit in found if unit), None)


def _without_bracket(text: str) -> tuple[str, str | None]:
    found = _BRACKET.search(text)
    if not found:
        return text, None
    inner = next(group for group in found.groups() if group is not None)
    inside = _IN_BRACKET.match(inner)
    return text[: found.start()], as_unit(inside["unit"]) if inside else None


def _without_threshold(text: str) -> tuple[str, str | None]:
    """ "合格率≥95%", "培训人数不少于200人", "合格率%": the threshold is no part of the name. Only a unit may end it."""
    found = _THRESHOLD.search(text)
    if not found or found.start() == 0:
        bare = text.rstrip("%‰")
        return (bare, text[len(bare) :]) if bare and len(text) - len(bare) == 1 else (text, None)
    unit = as_unit(found["unit"]) if found["unit"] else None
    if found["unit"] and unit is None:
        return text, None
    return text[: found.start()], unit


def as_unit(text: str) -> str | None:
    """`text` where every part of it is a unit ("万元", "元/株", "元/人·年"), else None."""
    known = units()
    for index, part in enumerate(re.split(r"[/·.*]|每", text)):
        bare = part.lstrip("".join(known.magnitudes)) if index == 0 else part
        if part not in known.spelled and bare not in known.spelled:
            return None
    return text

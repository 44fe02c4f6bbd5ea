"""A value written as it should be, with every word of it kept: what its reading leaves out may still mean something."""

from collections.abc import Collection
from decimal import Decimal
from itertools import pairwise

from kpi.lazyre import later
from kpi.values.normal import normalise
from kpi.values.notation import render
from kpi.values.numerals import chinese, digits, times
from kpi.values.parsing import parse
from kpi.values.units import table
from kpi.values.value import Spelling, Value

#: What the canonical notation says in its own way: signs and the words for them, figures, shares.
_SAID = later(
    r"[≥≤><=约±~\-+]|大约|大概|左右|不(?:得|应|能)?(?:低|高|少|多|大|小|短|长)于|[大小高低多少]于(?:或者?)?(?:等于)?|等于"
    r"|不(?:得)?超过|未超过|超过|至少|至多|不足|达到?|控制在|及?以[上下内](?:\([不]?含\))?|之[内上下]|内$|[余多](?=\D)"
    r"|[年月]?百分之|[百千万]分之百|百分百|[\d,]*\.?\d+|[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟半]+(?:点[零一二三四五六七八九]+)?"
)
_CHARACTERS = frozenset(("fullwidth", "ascii-sign", "space", "bracketed-unit"))
_WHOLE = frozenset(("chinese-numeral", "percent-word", "fraction-ratio"))  # said of the whole value, or of none
_BRACKETS = later(r"[()（）\s]")
_FRACTION = later(r"(?P<above>\d+)/(?P<below>\d+)|(?P<below_>[^分]+)分之(?P<above_>.+)")
_READING = ("kind", "comparator", "lower", "upper", "approximate", "unit", "dimension", "date")
_LONGEST = 60  # characters of a text whose parts are tried
_ASIDE = later(r"[\s()（）,，;；:：。.“”\"'%％‰·/]")  # marks that say nothing: not ★, ↑, [1]
#: 1万5, 90%-95%以上, 1/2(1/4): the notation has no way to say it, or says it with other figures
_UNSAID = later(r"\d[万亿千百]\d|[-~至到].*以[上下]|\([^()]*\d[^()]*\)")
#: 元/人.年, 元/生·月: units of which a dot or a stroke makes one; 标.段, 元/公里.车道 are words that a dot parts
_LONG_UNITS = ("季度", "学期", "学年", "人次", "户次", "公里", "平方米", "平方米次", "立方米", "公斤")
_JOINED = frozenset((*"元角人户生床亩年月日天周次场期辆台套个件米吨株头只村处", *_LONG_UNITS))
_SPANS = frozenset(("年", "月", "日", "天", "周", "季度", "学期", "学年"))  # 元/人、天 is of both, 元/人、户 of either
_PARTS = later(r"[/()·.*×每、]+")
_RUNS_ON = ("均", "起", "或", "和", "及", "、")  # 元/月.人|均, 元/人|或户
_TIMES = "次"
_SEASON = "季"  # of crops, or of the year
_HALF = ("半数", "一半")  # 半数以上 is how it is said
#: 两三天, 十五六个: about so many
_ABOUT = later("[一两二三四五六七八九]{2}")


def keeps(value: Value) -> bool:
    """Whether the canonical notation says all that the value says: not of ≥5人(副高以上), 第3名, 1/3, ★≥100人."""
    text = normalise(value.text).text
    if value.kind == "date" or _UNSAID.search(text):  # 2026年12月 is more than a span of days
        return False
    if any(_mended(one, value) is None for one in value.spelling if one.code not in _CHARACTERS):
        return False
    if value.unit_text:
        text = text.replace(normalise(value.unit_text).text, "", 1)
    return not _ASIDE.sub("", _SAID.sub("", text))


def same_reading(a: Value, b: Value) -> bool:
    """Whether two texts say the same, to the spelling of the unit."""
    return all(getattr(a, name) == getattr(b, name) for name in _READING)


def apart(value: Value) -> tuple[str, str]:
    """What stands in front of the part of a text that says the value, and what follows it: ("", "(副高以上)") of
    ≥5人(副高以上); two blanks where nothing would be lost, or where no part alone says it (第3名)."""
    text = value.text
    if value.kind != "quantity" or len(text) > _LONGEST or keeps(value):
        return "", ""
    start = max((at for at in range(len(text)) if same_reading(parse(text[at:]), value)), default=0)
    ends = (at for at in range(start + 1, len(text) + 1) if same_reading(parse(text[start:at]), value))
    return text[:start], text[next(ends, len(text)) :]


def mendable(value: Value, codes: Collection[str]) -> list[Spelling]:
    """What is odd in its spelling, of these kinds, and can be written better without a loss."""
    whole = keeps(value)
    return [one for one in value.spelling if one.code in codes and _better(one, value, whole) is not None]


def respelled(value: Value) -> str:
    """The value as it should be spelled: in canonical notation where more than its characters is odd and nothing of it
    would be lost, else with only what is odd changed; as it is where that cannot be."""
    whole = keeps(value)
    if whole and any(one.code not in _CHARACTERS for one in value.spelling):
        return render(value)
    text, end = "", 0
    for one in sorted(value.spelling, key=lambda spelling: (spelling.offset, -len(spelling.text))):
        better = _better(one, value, whole) if one.offset >= end else None
        if better is None:
            continue
        text += value.text[end : one.offset] + better
        end = one.offset + len(one.text)
    return text + value.text[end:]


def _better(one: Spelling, value: Value, whole: bool) -> str | None:
    """How one piece is written. What is said of the whole value may be mended alone where nothing but a limit stands
    behind it: 接到报修后|三|日内, and not 二次供水."""
    return _mended(one, value) if whole or one.code not in _WHOLE or _ends(one, value) else None


def _ends(one: Spelling, value: Value) -> bool:
    behind = normalise(value.text[one.offset + len(one.text) :]).text
    behind = behind.removeprefix(normalise(value.unit_text or "").text)
    return not _ASIDE.sub("", _SAID.sub("", behind))


def _mended(one: Spelling, value: Value) -> str | None:
    """How it is written; None where that would not be the same."""
    if one.code in ("space", "double-sign"):
        return ""
    if one.code in ("fullwidth", "ascii-sign"):
        return _folded(one.text)
    if one.code == "bracketed-unit":
        return _BRACKETS.sub("", one.text)
    if one.code == "unit-spelling":
        follows = value.text[one.offset + len(one.text) :].strip()
        return None if follows.startswith(_RUNS_ON) or not _is_plain(one.text, value.unit or "") else value.unit
    if _ABOUT.search(one.text) or one.text in _HALF:
        return None
    return render(parse(one.text)) if one.code != "fraction-ratio" or _exact(one.text) else None


def _is_plain(written: str, unit: str) -> bool:
    """Whether each part of a unit stands for what it is written as: 元/㎡.年 does, 元/公里.车道 and 元/平方.米 do not.
    人.次 is 人次."""
    if "/" not in unit:
        return True
    parts, meant = (_PARTS.split(normalise(text).text.strip("()")) for text in (written, unit))
    parts, meant = ([part for part in some if part] for some in (parts, meant))
    if "、" in written and parts[-1] not in _SPANS:
        return False
    for k in range(len(parts) - 1, 0, -1):
        if parts[k] == _TIMES and parts[k - 1] + _TIMES in meant:
            parts[k - 1 : k + 1] = [parts[k - 1] + _TIMES]
    known = table().spelled
    joined = any(_same_unit(a, a + b) for a, b in pairwise(parts))  # 平方|米
    told = [known[part].unit.canonical if part in known else part for part in parts]
    return meant in (parts, told) and not joined and _SEASON not in parts and all(part in _JOINED for part in meant[1:])


def _same_unit(one: str, other: str) -> bool:
    known = table().spelled
    return one in known and other in known and known[one].unit == known[other].unit


def _folded(text: str) -> str:
    """As the grammar knows it: between figures, for signs at the edge of a text are dropped."""
    return normalise(f"1{text}1").text[1:-1]


def _exact(text: str) -> bool:
    """Whether a share is as much in per cent: 3/4, 七成; 1/3 is not, and 5/5 is none."""
    found = _FRACTION.fullmatch(normalise(text).text)
    figure = parse(text).figure if found else None
    if found is None or figure is None:
        return True
    above, below = (_figure(found[part] or found[f"{part}_"]) for part in ("above", "below"))
    return times(figure, below) == above * 100 and above < below


def _figure(text: str) -> Decimal:
    return digits(text) if text.isascii() else chinese(text)

"""`kpi parse` for people: how one value is understood, in a sentence."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from kpi.reports.lines import Line, Style, line, styled
from kpi.reports.numbers import plain_number
from kpi.reports.width import blank, one_line
from kpi.values import Bound, DateSpan, Value

_DIMENSIONS = {
    "money": "金额", "ratio": "比率", "count": "计数", "time": "时长", "length": "长度", "area": "面积",
    "volume": "体积", "mass": "重量", "energy": "能量", "power": "功率", "data": "数据量",
    "temperature": "温度", "score": "分数", "voltage": "电压", "current": "电流", "sound": "声级", "pressure": "压强",
    "speed": "速度", "frequency": "频率", "radiation": "辐射量", "resistance": "电阻", "signal": "信号强度",
    "light": "光照", "turbidity": "浊度", "concentration": "浓度", "resolution": "分辨率", "charge": "电量",
}  # fmt: skip
_LOWER = {True: "不低于", False: "高于"}
_UPPER = {True: "不超过", False: "低于"}
# More of a damaged text than this before the mark does not help to find it.
_CONTEXT = 24


def render(values: Iterable[Value]) -> Iterator[Line]:
    """A line a value; under a malformed one the text with a mark below the character."""
    for value in values:
        style: Style = "error" if value.kind == "malformed" else ""
        yield line(styled("strong", one_line(value.text) or "（空白）"), " → ", styled(style, sentence(value)))
        yield from _marks(value)
        for number, part in enumerate(value.parts, 1):
            yield line(f"    {number}. {one_line(part.text)} → {sentence(part)}")


def sentence(value: Value) -> str:
    """What the value says: kind, limits, unit and dimension."""
    match value.kind:
        case "quantity":
            return f"数量，{_interval(value)}（{_dimension(value)}）"
        case "date":
            return f"时间，{_date(value.date)}" if value.date else "时间"
        case "reference":
            named = one_line(value.reference or value.text)
            return f"另有所指，{_limit_word(value)}“{named}”：数字定在别处，这里看不出是多少"
        case "compound":
            return f"一值多标，含 {len(value.parts)} 个目标值"
        case "malformed":
            return "不合语法：" + "；".join(one_line(problem.message) for problem in value.problems)
        case "qualitative":
            return "定性，等级或状态的说法，没有数字"
        case "empty":
            return "空白，没有填写"
    return "文字，读不出目标值"


def _interval(value: Value) -> str:
    about = "约 " if value.approximate else ""
    if value.point is not None:
        word = "等于 " if value.comparator == "=" else ""
        return f"{word}{about}{_figure(value.point, value)}"
    if value.lower and value.upper:
        ends = f"{_figure(value.lower.value, value)} 至 {_figure(value.upper.value, value)}"
        return about + ends + _open_ends(value.lower, value.upper)
    if value.lower:
        return f"{_LOWER[value.lower.inclusive]} {about}{_figure(value.lower.value, value)}"
    if value.upper:
        return f"{_UPPER[value.upper.inclusive]} {about}{_figure(value.upper.value, value)}"
    return "没有界限"


def _open_ends(lower: Bound, upper: Bound) -> str:
    left = "" if lower.inclusive else "，不含下限"
    return left + ("" if upper.inclusive else "，不含上限")


def _figure(number: Decimal, value: Value) -> str:
    unit = one_line(value.unit or "")
    return plain_number(number) + (unit if unit.startswith("%") else f" {unit}".rstrip())


def _dimension(value: Value) -> str:
    if value.dimension is None:
        return f"单位“{one_line(value.unit)}”不认识" if value.unit else "没有单位"
    if value.dimension.startswith("money/"):
        return "单价或标准"
    if value.dimension == "count/time":
        return "频次"
    return "/".join(_DIMENSIONS.get(name, name) for name in value.dimension.split("/"))


def _limit_word(value: Value) -> str:
    return {">=": "不低于", ">": "高于", "<=": "不超过", "<": "低于", "=": "等于"}.get(value.comparator or "", "见")


def _date(span: DateSpan) -> str:
    named = one_line(span.named or "")
    start, end = (day and _day(day) for day in (span.start, span.end))
    if start and end:
        text = start if start == end else f"{start}至{end}"
    elif end:
        text = f"{end}前（含当日）"
    elif start:
        text = f"{start}起"
    else:
        return named or "没有写明是哪一天"
    undated = "，未写年份" if (span.end or span.start or "").startswith("--") else ""
    return (f"{named}，{text}" if named else text) + undated


def _day(day: str) -> str:
    """ISO → 2026年12月31日; "--12-31" → 12月31日."""
    words = "月日" if day.startswith("--") else "年月日"
    return "".join(f"{int(part)}{word}" for part, word in zip(day.removeprefix("--").split("-"), words, strict=False))


def _marks(value: Value) -> Iterator[Line]:
    for problem in value.problems:
        start = max(0, problem.offset - _CONTEXT)
        before = ("…" if start else "") + one_line(value.text[start : problem.offset])
        after = one_line(value.text[problem.offset : problem.offset + _CONTEXT])
        yield line("    ", before + after)
        yield line("    ", blank(before), styled("error", "^"))

"""Names and values without anything between them: a row ends where a value, a result or its points end."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

_MOST = 200  # rows between two labels
_NUMBER = r"\d{1,3}(?:\.\d{1,2})?(?:%|分)?"
_SIGN = (
    r"(?:[<>=≤≥≦≧＜＞＝═二]{1,2}|不低于|不少于|不超过|不高于|不小于|不大于|大于等于|小于等于|大于|小于|等于|至少|约)"
)
_DAY = (
    r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:全年|底|末|初)?(?:之前|以前|前|内)?"
    r"|\d{1,2}月(?:\d{1,2}日|底|末)?(?:之前|前)?"
)
_DATE = rf"(?:{_DAY})(?:[-—~至]{{1,2}}(?:{_DAY}))?"
_STATE = (
    r"(?:稳步|较好|较|得到|有所|明显|显著|持续|有效|不断|逐步|进一步|大幅|基本|效果|影响)*"
    r"(?:提高|提升|改善|增强|增加|增长|减少|降低|发展|稳定|良好|完善|优化|保障|明显|显著|长远|长期|优秀|达标|合格|持续影响|可持续|持续|已?完成|到位|满意度?高|高中低|优良|优|良|好|高|是|否|无)"
)
_NOUN = "率|情况|程度|水平|能力|性|时间|时限|期限|年限|数量|标准|成本|费用|投入|满意度"  # what names end in
_AFTER = "(?:合同签订|签订合同|开工|验收|下达|批复|申请|受理|收到[^\\d]{0,6})后|每(?:年|月|周|日|天|季度?)"


def rows_of(text: str, start: int, end: int, kinds: list[str]) -> list[list[tuple[int, int]]]:
    """The rows between two labels, each as the spans of its cells."""
    rows: list[list[tuple[int, int]]] = []
    while start < end and len(rows) < _MOST:
        best: re.Match[str] | None = None
        for rx in _patterns(tuple(kinds)):
            match = rx.match(text, start, end)
            if match and (best is None or match.end() <= best.end("name")):
                best = match  # a surer reading gives way only where it has swallowed a row
        if best is None:
            rows.append([(start, end)])
            break
        spans = [best.span(k) for k in ("name", "weight", "sign", "value", "unit", "actual", "score") if _has(best, k)]
        rows.append(sorted(span for span in spans if span[1] > span[0]))
        start = best.end()
    return rows


def _has(match: re.Match[str], group: str) -> bool:
    return group in match.re.groupindex and match.group(group) is not None


@lru_cache(maxsize=32)
def _patterns(kinds: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """How a row may look under these heads, the surest first: value and result alike, two figures, one, a state."""
    figure = f"(?:{_figure()})"
    columns = [k for k in kinds if k in ("weight", "value", "actual", "score")]
    if "value" not in columns:
        columns.insert(0, "value")
    same = "(?P=value)"
    made = []
    if "actual" in columns:
        made.append(_row(columns, f"{figure}|[^。;；]{{2,40}}?", same, strict=True))
        made.append(_row(columns, figure, figure, strict=True))
        made.append(_row(columns, figure, f"{same}|{figure}", strict=False))
    else:
        tail = r".{0,30}?(?P<again>[^\d]{4,40}?)"  # the value says the end of the name once more
        made.append(_row(columns, "(?P=again)", "", strict=True, name=tail))
        named = rf".{{1,60}}?(?:{_NOUN})(?!.{{0,3}}(?:{_NOUN}))"
        made.append(_row(columns, r"[^\d<>=≤≥]{2,40}", "", strict=True, name=named))
        if len(set(columns)) > 1:
            made.append(_row(columns, _STATE, "", strict=True, name=r"[^\d]{4,60}?"))
            # full marks of two digits are the rule
            made.append(_row(columns, figure, "", strict=True, number=r"[1-9]\d(?:\.\d)?(?:%|分)?"))
        made.append(_row(columns, _signed(), "", strict=False))
        made.append(_row(columns, figure, "", strict=False))
    made.append(re.compile(rf"(?P<name>[^\d]{{2,60}}?)(?P<value>{_STATE})(?=$)"))
    return tuple(made)


def _row(
    columns: Sequence[str],
    value: str,
    actual: str,
    *,
    strict: bool,
    name: str = ".{2,80}?",
    number: str = _NUMBER,
) -> re.Pattern[str]:
    parts = [f"(?P<name>{name})(?<![\\d.])"]
    for column in dict.fromkeys(columns):
        if column == "value":
            parts.append(f"(?P<value>{value})")
        elif column == "actual":
            parts.append(f"(?P<actual>{actual})" + ("" if strict else "?"))
        else:
            parts.append(f"(?P<{column}>{number})" + ("" if strict else "?"))
    end = "$" if (_NOUN in name) and len(set(columns)) == 1 else r"$|[^\d%％.<>=≤≥万亿元日天个月年]"
    return re.compile("".join(parts) + f"(?={end})")


@cache
def _figure() -> str:
    from kpi.values.units import table  # noqa: PLC0415 - only such texts need the units

    words = sorted(map(re.escape, table().spelled), key=len, reverse=True)
    unit = f"(?>{'|'.join(words)})"
    number = rf"(?:{_AFTER}|达到?(?:目标值)?)?{_SIGN}?\d[\d,]*(?:\.\d+)?"
    known = rf"{number}(?:百分比|[万亿千百]?{unit}(?:[/·*]{unit}){{0,2}})(?:以上|以下|以内|内|左右|覆盖)?"
    return rf"{_DATE}|{known}|{number}[^\d]{{1,2}}(?=$|\d)|{number}[万亿千百]?"


def _signed() -> str:
    return rf"(?={_SIGN})(?:{_figure()})"

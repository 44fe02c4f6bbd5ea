"""Ways of writing a value that its reading does not depend on: full-width digits, ">=", stray spaces, 百分之九十."""

import unicodedata
from collections.abc import Iterator, Sequence

from kpi.lazyre import later
from kpi.rules.context import EntryContext
from kpi.rules.finding import Fix, Hit, Part
from kpi.rules.registry import Params, check
from kpi.values import Value, parse
from kpi.values.respelling import mendable, respelled, same_reading
from kpi.values.value import Spelling


class Notation(Params):
    spellings: tuple[str, ...]


_WORDS = ("一", "两", "半")
_GRADES = ("级", "等", "星", "档", "类")
_PERSONS_EACH, _EACH = later(r"人[/／]次"), later("[每单][次场期班批]|[次场期班日]均|平均|规模")
_VOLUME = later("方|土|石|砂|沙|水|木|淤|污泥|体积|混凝土|挖|填|垃圾|蓄积|泥")
_SPELLINGS = {
    "ascii-sign": "用两个字符拼成的符号",
    "double-sign": "多余的比较符号",
    "chinese-numeral": "汉字数字",
    "percent-word": "用汉字写的百分号",
    "space": "多余的空格",
    "bracketed-unit": "括号里的单位",
    "fraction-ratio": "用小数写的比例",
    "unit-spelling": "单位写法",
}
_CAPITALS = {"M": ("length", "米"), "S": ("time", "秒")}
_PARTS: dict[str, Part] = {
    "ascii-sign": "sign", "unit-spelling": "unit", **dict.fromkeys("<>=≤≥", "sign"), **dict.fromkeys("%‰", "unit"),
}  # fmt: skip


@check("notation", scope="entry", params=Notation, facts="found rewrite", cases="denominators")
def notation(ctx: EntryContext, params: Notation) -> Iterator[Hit]:
    """Ways of writing that the reading does not depend on; the fix leaves the reading as it is."""
    if ctx.value.kind not in ("quantity", "date"):
        return
    if better := _capital(ctx):
        yield Hit({"found": f"单位写法“{ctx.value.unit_text}”", "rewrite": better}, part="unit")
        return
    odd = [one for one in mendable(ctx.value, params.spellings) if not _in_words(one, ctx.value)]
    if not odd:
        return
    better = respelled(ctx.value)
    if better == ctx.value.text or _counts_each(ctx, odd) or _means_another(ctx, odd):
        return
    safe = same_reading(parse(better), ctx.value)
    case = "denominators" if "/(" in better and any(one.code == "unit-spelling" for one in odd) else None
    facts = {"found": _told(odd), "rewrite": better if safe else ""}
    yield Hit(facts, case, fix=Fix(better, safe=True) if safe else None, part=_part(odd))


def _capital(ctx: EntryContext) -> str:
    """可视距离 | ≥120M, 核销时长 | 3S: a letter that is no unit by itself, and a name that says which one is meant.
    How it is written; "" where it means something else (带宽 | ≥100M)."""
    unit = ctx.value.unit_text or ""
    dimension, meant = _CAPITALS.get(unit, ("", ""))
    return ctx.value.text.replace(unit, meant) if dimension in ctx.asks.dimensions and meant else ""


def _counts_each(ctx: EntryContext, odd: Sequence[Spelling]) -> bool:
    """每次培训人数 | 20人/次: how many each time, and not 人次."""
    each = any(one.code == "unit-spelling" and _PERSONS_EACH.search(one.text) for one in odd)
    return each and _EACH.search(ctx.entry.name) is not None


def _means_another(ctx: EntryContext, odd: Sequence[Spelling]) -> bool:
    """绿化面积 | 100方, 参加签约 | 3方: a unit that is short for another one than the name asks for."""
    unit = any(one.code == "unit-spelling" for one in odd)
    cubic = ctx.value.unit_text != "方" or _VOLUME.search(ctx.indicator.name) is not None
    return unit and not (ctx.asks.fits(ctx.value.dimension) and cubic)


def _in_words(spelling: Spelling, value: Value) -> bool:
    """故障发生后一周内, 半年, 达到二级标准: a word rather than a figure (GB/T 15835 leaves such words as they are)."""
    timed = (value.dimension or "").split("/")[0] == "time"
    named = value.unit in _GRADES or (spelling.text in _WORDS and timed)
    return spelling.code == "chinese-numeral" and named


def _told(odd: Sequence[Spelling]) -> str:
    """What is odd, a kind at a time: 全角数字“３６０”和多余的空格. Characters side by side make one quotation."""
    kinds: dict[str, list[str]] = {}
    for code, run in _runs(odd):
        kinds.setdefault(_kind(code, run), []).append(run.strip())
    quoted = [kind + "".join(f"“{run}”" for run in dict.fromkeys(runs) if run) for kind, runs in kinds.items()]
    return "、".join(quoted[:-1]) + ("和" if len(quoted) > 1 else "") + quoted[-1]


def _part(odd: Sequence[Spelling]) -> Part:
    """The part of a value that all that is odd stands in, where each has a cell of its own."""
    parts = {_PARTS.get(one.code) or _PARTS.get(unicodedata.normalize("NFKC", one.text), "value") for one in odd}
    return parts.pop() if len(parts) == 1 else "value"


def _runs(odd: Sequence[Spelling]) -> Iterator[tuple[str, str]]:
    """Spellings of one code side by side, with their characters."""
    open_: tuple[str, str, int] | None = None
    for one in sorted(odd, key=lambda spelling: spelling.offset):
        if open_ and (one.code, one.offset) == (open_[0], open_[2]):
            open_ = one.code, open_[1] + one.text, one.offset + len(one.text)
            continue
        if open_:
            yield open_[:2]
        open_ = one.code, one.text, one.offset + len(one.text)
    if open_:
        yield open_[:2]


def _kind(code: str, run: str) -> str:
    if code == "fraction-ratio" and not run.replace(".", "").strip().isdecimal():
        return "成数" if "成" in run else "分数"
    if run == "═":
        return "代替等号的表格线"
    if code != "fullwidth":
        return _SPELLINGS.get(code, code)
    digits = sum(map(str.isdecimal, run))
    return "全角数字" if digits == len(run) else "全角数字和符号" if digits else "全角符号"

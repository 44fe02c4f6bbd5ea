"""pydantic's complaints in the words of a clerk who writes YAML, with "did you mean"."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel

from kpi.lazyre import later
from kpi.rules.fullwidth import replaced, wrong_comma

_SAID = {
    "string_type": "应是文字",
    "int_type": "应是整数",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "float_type": "应是数字",
    "float_parsing": "应是数字",
    "decimal_type": "应是数字",
    "decimal_parsing": "应是数字",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "tuple_type": "应是列表，例如 [甲, 乙]",
    "list_type": "应是列表，例如 [甲, 乙]",
    "set_type": "应是列表，例如 [甲, 乙]",
    "frozen_set_type": "应是列表，例如 [甲, 乙]",
    "dict_type": "应是“键: 值”的形式",
    "model_type": "应是“键: 值”的形式",
    "model_attributes_type": "应是“键: 值”的形式",
    "date_type": "应是日期，例如 2026-01-01",
    "date_parsing": "应是日期，例如 2026-01-01",
    "date_from_datetime_parsing": "应是日期，例如 2026-01-01",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "应不大于 {le}",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "最多只能有 {max_length} 项",
    "string_too_short": "不能为空",
}
_PAIRS = frozenset({"dict_type", "model_type", "model_attributes_type"})
_LISTS = frozenset({"tuple_type", "list_type", "set_type", "frozen_set_type"})
_ONE = _LISTS | {"literal_error", "enum", "string_pattern_mismatch"}  # what several words in one may be told as
_TAGS = ("tuple[", "constrained", "function-", "dict[")  # pydantic's own steps, no keys of the file
# What clerks write where YAML wants a word of English, and how each of those is called (CALLED).
_MEANT = {
    "错误": "error", "严重": "error", "必须": "error", "警告": "warning", "一般": "warning", "提示": "info",
    "建议": "info", "高": "high", "中": "medium", "低": "low", "稳定": "stable", "试用": "trial", "试行": "trial",
    "机器": "machine", "审核人": "reviewer", "人": "reviewer", "都": "both",
    "数量": "quantity", "数值": "quantity", "日期": "date", "时间": "date", "定性": "qualitative", "文字": "text",
    "文本": "text", "空白": "empty", "绩效目标表": "target", "目标表": "target", "自评表": "self-evaluation",
    "绩效自评表": "self-evaluation", "监控表": "monitoring", "运行监控表": "monitoring", "整体支出": "department",
}  # fmt: skip
CALLED = {
    "error": "错误", "warning": "警告", "info": "提示", "high": "高", "medium": "中", "low": "低", "stable": "稳定",
    "trial": "试用", "machine": "机器", "reviewer": "审核人", "both": "机器和审核人",
    "quantity": "数量", "date": "日期", "qualitative": "定性", "reference": "另有所指", "compound": "一值多标",
    "text": "文字", "empty": "空白", "malformed": "不合语法", "target": "目标表", "self-evaluation": "自评表",
    "monitoring": "监控表", "department": "部门整体支出",
}  # fmt: skip
_CODE = later(r"([A-Za-z]{3})[-_ ]?0*(\d{1,6})")
_LIKE = {  # what a text has to look like, in words
    r"^[A-Z]{3}[0-9]{3}$": "应是三个大写字母加三位数字，例如 LOC001",
    r"^[a-z][a-z0-9-]*$": "应以小写字母开头，只用小写字母、数字和短横，例如 road-length",
    r"^[0-9a-f]{12}$": "应是 12 位的编号，照 kpi lint --explain 里的抄",
}


def _close(word: str, known: Iterable[str], n: int, cutoff: float) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - for mistakes alone

    return get_close_matches(word, list(known), n, cutoff)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """"；可用的有 …；您是不是要写 …？", shortened where there are many."""
    names = sorted(known)
    if not names:
        return "；这里没有可用的。"
    if coded := of_family(word, names):
        return f"；{coded}"
    near = _close(word, names, n=1, cutoff=0.5) or _close(word.upper(), names, n=1, cutoff=0.6)
    # Of many names those nearest help; all of them would bury the line.
    nearest = sorted(_close(word, names, n=8, cutoff=0.3)) or names[:12]
    listed = "、".join(names) if len(names) <= 16 else "、".join(nearest) + f" 等 {len(names)} 个"
    return f"；可用的有 {listed}" + (f"；您是不是要写 {near[0]}？" if near else "。")


def like(word: str, known: Iterable[str]) -> bool:
    """Whether the word is so near one of the known that it must be meant."""
    return bool(_close(word, known, n=1, cutoff=0.6))


def titled(word: str, titles: Mapping[str, str]) -> str:
    """For words of a rule's title in place of its code: the rules that have them there, else ""."""
    if word.isascii():
        return ""
    like = _close(word, titles.values(), n=3, cutoff=0.6)
    found = [f"{code}（{title}）" for code, title in sorted(titles.items()) if word in title or title in like]
    return f"；这里要写代码，题目相近的有 {'、'.join(found[:5])}。" if found else ""


def of_family(word: str, known: Iterable[str]) -> str:
    """For what looks like the code of a rule: which its family has, and the one that may be meant; else ""."""
    found = _CODE.fullmatch(word)
    if not found:
        return ""
    family = found[1].upper()
    codes = sorted(name for name in known if len(name) > len(family) and name.startswith(family) and name[3:].isdigit())
    if not codes:
        return ""
    meant = f"{family}{int(found[2]):03}"
    return family_of(codes) + (f"；您是不是要写 {meant}？" if meant in codes else "。")


def family_of(codes: Sequence[str]) -> str:
    """"VAL 类的规则有 VAL001 到 VAL017": codes of one family in their order."""
    return f"{codes[0][:3]} 类的规则有 {codes[0]}" + (f" 到 {codes[-1]}" if len(codes) > 1 else "")


def _choices(found: str, options: Sequence[str]) -> str:
    """The words that may stand there with what they mean, and the one that is meant."""
    shown = "、".join(f"{one}（{CALLED[one]}）" if one in CALLED else one for one in options)
    meant = _MEANT.get(found.strip())
    if meant in options:
        return f"可用的有 {shown}；“{found.strip()}”请写 {meant}。"
    near = _close(found, options, n=1, cutoff=0.5)
    return f"可用的有 {shown}" + (f"；您是不是要写 {near[0]}？" if near else "。")


def no_list(name: str, known: Iterable[str]) -> str:
    """An unknown word list: those near it, not the hundred others, and how to make one."""
    near = _close(name, sorted(known), n=3, cutoff=0.6)
    meant = f"；相近的有 {'、'.join(near)}" if near else ""
    return f"没有词表 {name}{meant}；要用自己的，请先在 words 里写 {name}: [词, 词]。"


def say(error: Mapping[str, Any], model: type[BaseModel], whole: str, noun: str) -> str:
    """One sentence for a pydantic error about `whole` ("规则 LOC001"), whose keys are called `noun` ("参数", "键")."""
    steps: list[str | int] = [step for step in error["loc"] if not str(step).startswith(_TAGS)]
    kind, context, given = error["type"], error.get("ctx", {}), error.get("input")
    if kind == "extra_forbidden":
        known, key = _keys(model, steps[:-1]), str(steps[-1])
        if len(steps) == 1 and _CODE.fullmatch(key):  # VAL007: warning at the margin
            return f"{_where(whole, [], noun)}的{noun} {key} 是规则代码，应写在 severity: 或 rules: 下面，前面空两格。"
        return f"{_where(whole, steps[:-1], noun)}的{noun} {key} 不认识{did_you_mean(key, known)}"
    if kind == "missing":
        return f"{_where(whole, steps[:-1], noun)}缺少{noun} {steps[-1]}，请补上。"
    place = _where(whole, steps, noun)
    found = _quoted(given)
    if steps and "：" in str(steps[-1]):
        return f"{place}里用了中文的“：”，请换成英文的“:”，后面空一格。"
    if kind in _ONE and isinstance(given, str) and isinstance(steps[-1], int) and (several := wrong_comma(given)):
        return f"{place}{several}"
    if kind in {"literal_error", "enum"}:
        options = [part.strip(" '\"") for part in context.get("expected", "").replace(" or ", ",").split(",")]
        known = [option for option in options if option]
        if CALLED.keys() & set(known):
            return f"{place}现写{found}，不认识；{_choices(str(given), known)}"
        return f"{place}现写{found}，不认识{did_you_mean(str(given), known)}"
    if kind == "kpi":
        return f"{place}{error['msg']}"
    if kind == "string_pattern_mismatch":
        return f"{place}现写{found}，写法不对；{_LIKE.get(str(context.get('pattern')), '请照说明里的例子写')}。"
    if kind in {"value_error", "assertion_error"} or not error["msg"].isascii():  # a check's own words
        what = str(context.get("error", error["msg"])).rstrip("。")
        return f"{place}现写{found}：{what}。" if steps else f"{whole} 的{noun}不能这样写：{what}。"
    if kind in ("too_short", "string_too_short") and given in (None, ""):
        return f"{place}空着，请填上。"
    said = _SAID.get(kind, "写法不对").format_map(context)
    if kind in _PAIRS and isinstance(given, list):
        return f"{place}写成了列表（{found}），{said}；请去掉每行前面的“- ”，或者方括号。"
    return f"{place}现写{found}，{said}{_typed_wide(kind, given)}。"


def _typed_wide(kind: str, given: object) -> str:
    """Where a text is no list, or no pairs, since its brackets or its colon are those of Chinese text."""
    if not isinstance(given, str) or kind not in _PAIRS | _LISTS:
        return ""
    typed = given.startswith(("［", "｛")) or (kind in _PAIRS and "：" in given)
    return f"；这里用了全角的{replaced(given)}" if typed else ""


def _where(whole: str, steps: Sequence[str | int], noun: str) -> str:
    """Keys with dots between them, items of a list by their numbers (where.kinds 第 1 项)."""
    inner, counted = "", False
    for step in steps:
        if isinstance(step, int):
            inner, counted = f"{inner} 第 {step + 1} 项", True
        else:
            inner, counted = inner + (f"的 {step}" if counted else f".{step}" if inner else step), False
    gap = " " if whole[-1:].isascii() else ""  # 规则 LOC001 的键, 规则集的键
    return f"{whole}{gap}的{noun} {inner.lstrip()}{'' if counted else ' '}" if inner else f"{whole}{gap}"


def _quoted(value: object) -> str:
    text = "空" if value is None else _plain(value)
    return f"“{text}”" if len(text) <= 40 else f"“{text[:39]}…”"


def _plain(value: object) -> str:
    """As it would be written in the file."""
    if isinstance(value, dict):
        return "、".join(f"{key}: {_plain(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return "、".join(map(_plain, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _keys(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys of the model that stands at `loc` within `model`."""
    for step in loc:
        named = [f.annotation for name, f in model.model_fields.items() if step in (name, f.alias)]
        model = (_model_in(named[0]) if named else None) or model
    return [f.alias or name for name, f in model.model_fields.items()]


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The first pydantic model inside an annotation (tuple[Row, ...], dict[str, Case], A | None)."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)

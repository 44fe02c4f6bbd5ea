"""Whether a text below a goal is more of it, and how the two are joined."""

from kpi.lazyre import later

_ITEM = later(r"\s*[(（]?(\d{1,2})[)）.、．:：](?!\d)")
#: ② behind ①, 二是 behind 一是, (二) behind (一), 二、 behind 一、
_MARKS = later(
    r"\s*(?:(?P<ring>[①-⑩])|(?P<is>[一二三四五六七八九十])是|[(（](?P<bracket>[一二三四五六七八九十])[)）]"
    r"|(?P<list>[一二三四五六七八九十])、)"
)
_NUMERALS = "一二三四五六七八九十"
_RINGS = "①②③④⑤⑥⑦⑧⑨⑩"
#: 填报人：…: a field of its own
_FIELD = later(r"\s*[^，,。；;：:]{1,12}[:：]")
_CLAUSES = later("[,，;；。]")
_OPEN, _CLOSED = "，,、；;", "。！!"
_SENTENCE = 8  # characters


def joint_of(told: str, text: str, *, indented: bool) -> str | None:
    """What joins a text to the goal above it: nothing where a sentence was broken, a new line where another begins;
    None where it is none of the goal. `indented`: it stands in the goal's own column of a printed text."""
    if number := _ITEM.match(text):
        last = _ITEM.match(told.rpartition("\n")[2])
        return "\n" if last and int(number[1]) == int(last[1]) + 1 else None
    if mark := _MARKS.match(text):
        return "\n" if _counts_on(told, mark.lastgroup or "", mark[mark.lastgroup or 0]) else None
    if not told or _FIELD.match(text):
        return None
    if told[-1] in _OPEN:
        return "" if indented or _CLAUSES.search(text) else None
    if told[-1] in _CLOSED:
        return "\n" if len(text) >= _SENTENCE and text[-1] in _CLOSED else None
    return "" if _CLAUSES.search(text) and _CLAUSES.search(told) else None


def _counts_on(told: str, kind: str, sign: str) -> bool:
    """Whether the sign before this one stands in the goal."""
    order = _RINGS if kind == "ring" else _NUMERALS
    before = order[max(0, order.index(sign) - 1)]
    wanted = {"ring": before, "is": f"{before}是", "bracket": before, "list": f"{before}、"}[kind]
    return order.index(sign) > 0 and wanted in told

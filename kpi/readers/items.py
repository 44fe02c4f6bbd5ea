"""Several indicators in one cell: names with their values, separated by marks or line breaks."""

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.match import kind_of
from kpi.values.normal import MARKS

#: A sign, or the words for one, in front of a figure.
SIGN = rf"(?:[{MARKS}]{{1,2}}|不低于|不少于|不超过|不高于|不大于|不小于|达到?|控制在|至少)"
# A line break parts them, but not behind a mark after which the text must go on.
_PIECE = later(rf"[\n]*[;；。][;；\n。]*|(?<![:：/、(（\n])\n+|(?<=[^\d])[,，](?=[^\d]*[\d{MARKS}])")
_LEAD = later(r"^[(（]\d{1,2}[)）]\s*|^(指标)?\s*[(（]?\d{1,2}[)）]?\s*[:：、.．]\s*(?!\d)|^[①-⑳]\s*")
_BRACKET = later(r"^(?P<name>.{2,80}?)\s*[(（](?P<value>[^()（）]*[\d≥≤][^()（）]*)[)）]$")
_INNER = later(rf"[(（][^()（）]*[{MARKS}][^()（）]*[)）](?=\s*[^\s)）])")
_COLON = later(r"^(?P<name>[^:：]{2,80})[:：]\s*(?P<value>.+)$")
_SIGN = later(rf"^(?P<name>.{{2,80}}?)\s*(?P<value>{SIGN}\s*\d.*)$")
_LIMIT = later(  # 补贴比例不超过机具均价的30%
    r"^(?P<name>.{2,40}?)(?P<value>(?:不[低高少大小]于|不超过)[^\d,，:：]{1,14}\d[\d,.]*[^\d\s,，]{0,8})$"
)
_FIGURE = later(
    r"^(?P<name>\D{2,80}?)\s*(?P<value>(?:大约|(?<![签合预违节履邀特守条契解])约|(?<![附邻临靠接最])近)?\d[\d,.]*\s*[^\d\s,，]{0,8})$"
)
_DATE = later(
    r"^(?P<before>\D{0,40}?)[于在]?(?P<value>(?:20\d\d年(?:\d{1,2}月)?|\d{1,2}月)(?:\d{1,2}日)?(?:年?[底末初]|[上中下]旬)?(?:之?前|以前)?)"
    r"(?P<behind>\D{0,12})$"
)
#: 企业出口额|比2025年增长5%以上
_CHANGE = later(
    r"^(?P<name>.{2,40}?)(?P<value>(?:同比|环比|[比较](?:20\d\d年|上一?年|去年|前年)度?(?:同期)?)"
    r"(?:增长|增加|提高|提升|上升|下降|降低|减少|缩短)\d.*)$"
)
_STATE = later(r"^(?P<name>.{2,40}?)(?P<value>控制在.{2,20}|不超(?:过)?(?:预算|概算|标准).{0,4})$")
_OPENS = later(rf"[{MARKS}═≈±\d约近]|不[低高少大小]于|不超过|至[少多]|[大小高低等]于|超过|控制在|达到")
#: 完工及时率(≥**%)|2023年10月底前完工: the name ends where the template has its hole
_HOLED = later(
    rf"^(?P<name>[^,，;；]{{2,60}}?{labels.HOLE})\s*"
    r"(?P<value>(?=.*[^\W_])[^,，;；\s*][^,，;；*]*)$"
)
_MOST = 60  # indicators of one cell


def split_items(text: str) -> list[tuple[str, str, int]]:
    """Name, value and offset of each indicator in the text of a cell; what has no value is a name alone."""
    found: list[tuple[str, str, int]] = []
    at = 0
    for piece in [*_PIECE.finditer(text), None]:
        end = piece.start() if piece else len(text)
        part = text[at:end]
        lead = len(part) - len(part.lstrip())
        if part.strip():
            found.append((*_split(part.strip()), at + lead))
        if piece is None or len(found) >= _MOST:
            break
        at = piece.end()
    return found


def _split(text: str) -> tuple[str, str]:
    text = _LEAD.sub("", text).replace("\n", "")
    if holed := _HOLED.match(text):
        return holed["name"].strip(), holed["value"].strip()
    if change := _CHANGE.match(text):
        return change["name"].strip(" :：,，"), change["value"].strip()
    date = _DATE.match(text)
    if date:
        return (date["before"] + date["behind"]).strip(" :：,，"), date["value"]
    if kind_of(text) in ("value", "number") and _OPENS.match(text):  # nothing is named
        return "", text
    masked = _INNER.sub(lambda found: "□" * len(found[0]), text)  # 验收合格率(=100%)=100%: what the template asked for
    for pattern in (_BRACKET, _SIGN, _COLON, _STATE, _LIMIT, _FIGURE):
        match = pattern.match(text if pattern is _BRACKET else masked)
        if match:
            name, value = (text[slice(*match.span(part))] for part in ("name", "value"))
            return name.strip(" :：,，"), value.strip()
    return text, ""

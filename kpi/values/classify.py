"""What a text is that the grammar does not read: empty, damaged, a grade, a reference, several thresholds, or text."""

import re
from functools import cache

from lark.exceptions import UnexpectedInput

from kpi.lazyre import HAN, later
from kpi.values import malformed, prose
from kpi.values.grammar import words
from kpi.values.interval import Rejected
from kpi.values.reading import read
from kpi.values.references import COMPARE, SIGN_BEFORE, lists, reference, states
from kpi.values.spreadsheet import left_behind
from kpi.values.value import Bound, Value

#: The longest text that the grammar is tried on as a whole.
LONGEST = 120
#: The longest text that is searched for claims.
LONGEST_PROSE = 400
_BLANK = re.compile(r"[-/\\|~.·_ ]{0,2}\Z|-+\Z|/+\Z")
_MAY_BE_VALUE = re.compile(
    r"[0-9≥≤<>=±%‰零一二两三四五六七八九十半百千万亿壹贰叁肆伍陆柒捌玖拾*□×]"
    r"|年|季|[每本当次翌来明下即]|节|期|前|\.\.\.|[xX]{2}|开学|学期|汛|春|秋|冬|夏|暑|寒"
)
_CLAUSE = re.compile(r"[,;。、]")
_NAMES_A_FIGURE = later(r"(?:[为是达率数量度:])\Z")
_REMARK = re.compile(r"([^()]+)\([^()]+\)\Z")
_SHIFTS = later(r"\d+[天日]?[×*xX]\d+(?:个?小时)?")
#: 2人×3天 (how a sum is made up), 1人1档, 1:1:1, 8:30-17:30: figures, but no threshold.
_NO_THRESHOLD = later(
    r"[^,;、*×]*\d[^,;、*×]*[×*]\d[^*×]*\Z|1[^\d,;、]{1,2}1[^\d,;、]{1,2}\Z|\d+(?::\d+){2,}\Z"
    r"|\d{1,2}:[0-5]\d[-~至到]\d{1,2}:[0-5]\d\Z|(?:[01]?\d|2[0-3]):0\d\Z"
)
_FIGURE_OR_SIGN = later(r"[0-9≥≤<>=±%‰*□]")
_DONE = re.compile(
    r"(?:之?前|内|底|止)?(?:全部|基本|按时|及时|全面)?"
    r"(?:完成|完工|竣工|验收|通过|投入|发放|拨付|支付|交付|交工|开工|动工|执行|实施|到位|建成|启动|结束|举办|召开|开展|上线|运行|投用|使用|供货|安装|提交|报送|达到|实现)"
)
_DEADLINE = later(r"(?:前|内|底|末|止|期间|旬|截止)\Z|^(?:截至|不晚于|不迟于|最迟|最晚|≤|每)|至|[-~]|年度|全年")
_STRONG_DATE = re.compile(r"(?:前|内|底|末|止|期间)\Z|^(?:截至|不晚于|不迟于|最迟|每)")
#: 县道10000元/公里, 一级110元/人: what the figure behind is for
_SCOPE = later(
    r"(?:[县乡村]道|[一二三四五六七八]级|[一二三四五]档|社区|乡镇|(?:县处|县[(]区[)]|[区县校镇村院处])级(?:及?以上)?)(?=[≥≤<>]?\d)"
)
#: 第七次全国人口普查, 5G基站: a figure that is part of what a thing is called, and no other figure behind it
_NAME = re.compile(
    rf"(?:H\d{{1,3}}$|第[零一二三四五六七八九十\d]+[次届轮批](?={HAN}{{3}})|[2-6]G(?={HAN}))"
    r"(?!.*(?:[\d≥≤<>=]|百分|上半年|下半年|[年月季]底|[一二三四五六七八九十]月|前$|前(?:到|完|发|下|拨)|季度))"
)
_PLAIN = "[^0-9,;。、%≥≤<>=一二三四五六七八九十百千万亿]"
#: 一次性通过, 一次验收合格: in one go, not one time.
_IN_ONE_GO = re.compile(
    rf"{_PLAIN}{{0,12}}[一1]次(?:性|(?=(?:验收|检测|检验|交验|送检)?(?:通过|合格|成功|达标|交付|到位))){_PLAIN}{{0,16}}\Z"
)
#: 等级保护三级: the third grade, not three of them.
_RANKS = ("级", "等", "档", "星")


@cache
def _grade() -> re.Pattern[str]:
    grades = "|".join(words()["grades"])
    degree = "(?:及?以[上下])?(?:等次|等级|级别|级|水平|档次)?(?:及?以上)?"
    lead = "(?:为|达到?|保持在?|维持在?|稳定在|不低于|优于|好于|至少|评(?:定)?为|获评)?"
    return re.compile(rf"{lead}(?:{grades}){degree}\Z")


@cache
def _grade_behind() -> re.Pattern[str]:
    """水质达到Ⅲ类以上: whose grade it is comes first."""
    return re.compile(rf"[^,;。]{{1,12}}?(?:达到?|稳定在|保持在?|评[定为]+|不低于|优于)(?:{_grade().pattern})")


def _words_only(text: str) -> Value:
    """A text without a figure."""
    elsewhere = reference(text)
    if elsewhere:
        return elsewhere
    if len(text) <= 24 and any(c in text for c in "达在持评于") and _grade_behind().match(text):
        return Value(text, "qualitative")
    if len(text) <= 16 and not _CLAUSE.search(text) and _says_state(text) and not lists().covered.search(text):
        return Value(text, "qualitative")
    return Value(text, "text")


def _says_state(text: str) -> bool:
    return any(state in text for state in states())


def _is_claim(text: str, start: int, end: int, value: Value) -> bool:
    """Whether the one figure in a text is what the text promises."""
    before, after = text[:start], text[end:]
    if value.kind == "date":
        said = text[start:end]
        if len(before) > 12 or len(after) > 14:
            return False
        return bool(_STRONG_DATE.search(said) or (_DONE.match(after) and not re.search("工作|任务|项目", after)))
    if value.comparator is not None:
        return len(before) <= 40 and len(after) <= 20
    known = value.dimension is not None or value.unit is not None or bool(not after and _NAMES_A_FIGURE.search(before))
    clause = _CLAUSE.split(before)[-1]
    return known and len(before) <= 24 and len(clause) <= 14 and len(after) <= 12 and not _CLAUSE.search(after)


def _several(text: str, found: list[prose.Found]) -> Value:
    """Two or more figures: several thresholds, unless dates only say when."""
    claims = [(s, e, v) for s, e, v in found if v.kind == "quantity" or _DEADLINE.search(text[s:e])]
    figures = [entry for entry in claims if entry[2].kind == "quantity"]
    adverbs = [v for s, e, v in found if v.kind == "date" and not _STRONG_DATE.search(text[s:e])]
    if len(figures) == 1 and len(adverbs) == len(found) - 1 and _is_claim(text, *figures[0]):
        start, _, figure = figures[0]
        return _alone(text, _sign_further_off(text, start, figure))
    if len(figures) == 2 and (total := _said_twice(text, figures[0][2], figures[1][2])):
        return total
    if not figures and not claims and _each_clause_dated(text, found):
        return Value(text, "compound", parts=tuple(v for _, _, v in found))
    if not figures and len(claims) < 2:
        return _prose_of_one(text, found[-1]) if claims else _words_only(text)
    signed = sum(v.comparator is not None for _, _, v in found)
    if len(text) <= 80 or signed * 2 >= len(found):
        return Value(text, "compound", parts=tuple(v for _, _, v in found))
    return Value(text, "text")


_PROMISED = ("count", "ratio", "money", "time", "length", "area", "volume", "mass")


def _of_such(text: str, named: prose.Found, stated: prose.Found) -> Value | None:
    """60周岁以上≥4500人, 110千伏变电站≥3座, 5G基站≥18座: the first figure says of what, the second how many."""
    start, end, value = named
    signed = stated[2].kind == "quantity" and stated[2].comparator is not None
    if not signed or _CLAUSE.search(text[: stated[0]]) or text[start] in "≥≤<>=":
        return None
    counts = value.dimension in _PROMISED and value.unit not in _RANKS
    noun = start == 0 and not counts and re.match(HAN, text[end:]) is not None
    return _alone(text, stated[2]) if noun or value.unit == "岁" else None


#: 年末在册人数|1200人: what is counted on that day
_ON_THE_DAY = later(f"{HAN}+(?:数|率|量|额|比|面积|里程|比例|比重)(?:达到?|为|共|:)?")
_EVERY_DAY = later("的?每一?[天日]")


def _of_day(text: str, first: prose.Found, second: prose.Found) -> Value | None:
    """年末在册人数1200人: the day says when it is counted; 本年度的每一天: every day of a span is the span."""
    start, end, value = first
    if value.kind != "date" or start:
        return None
    if second[2].kind == "date":
        return _alone(text, value) if _EVERY_DAY.fullmatch(text, end) else None
    said = _ON_THE_DAY.fullmatch(text, end, second[0]) or (end == second[0] and not _DEADLINE.search(text[:end]))
    return _alone(text, second[2]) if said else None  # 一季度|≥30%


_TIMES_A_YEAR = {"月": 12, "季": 4, "季度": 4, "半年": 2, "周": 52, "年": 1}


def _said_twice(text: str, rate: Value, total: Value) -> Value | None:
    """每月1次,全年共12次: one target, and what it comes to in a year."""
    unit, _, span = (rate.unit or "").partition("/")
    times = _TIMES_A_YEAR.get(span)
    if times is None or total.unit != unit or rate.figure is None or total.figure != rate.figure * times:
        return None
    return _alone(text, total)


def _each_clause_dated(text: str, found: list[prose.Found]) -> bool:
    """6月完成文本;11月完成评审: a plan, one date at the head of each clause."""
    heads = [0, *(match.end() for match in re.finditer("[,;。]", text) if match.end() < len(text))]
    return len(heads) > 1 and [start for start, _, _ in found] == heads


def _alone(text: str, value: Value) -> Value:
    shift = value.text and text.find(value.text)
    notes = tuple(type(note)(note.code, note.offset + (shift or 0), note.text) for note in value.spelling)
    return Value(
        text, value.kind, value.comparator, value.lower, value.upper, value.approximate, value.unit, value.dimension,
        value.date, value.reference, value.parts, value.problems, value.unit_text, value.magnitude, notes,
    )  # fmt: skip


def _prose_of_one(text: str, found: prose.Found) -> Value:
    start, end, value = found
    unsigned = value.comparator is None and value.spelling and value.spelling[0].code == "chinese-numeral"
    elsewhere = reference(text) if value.kind == "date" or unsigned else None  # 国家一级标准
    if elsewhere:
        return elsewhere
    if unsigned and value.unit in _RANKS and len(text) <= 16 and not _CLAUSE.search(text):
        return Value(text, "qualitative")  # 等级保护三级
    if value.unit == "岁" and end < len(text):
        return _words_only(text)  # 60岁以上老人: who, not how much
    value = _sign_further_off(text, start, value)
    return _alone(text, value) if _is_claim(text, start, end, value) else _words_only(text)


_DISTANCES = ("%", "个百分点")
_SET_ELSEWHERE = later("平均|均值|水平|目标|计划|任务|预算|指标")


def _sign_further_off(text: str, start: int, value: Value) -> Value:
    """不超过合同价的3%, 高于全县平均2个百分点, 至少全年完成2次: the sign stands before what the figure is of, or before
    when and how it comes about."""
    far = re.search(
        rf"({SIGN_BEFORE.pattern})(?:[^0-9,;。、]{{0,14}}(?P<of>的|水平|平均|均值|上年|去年|同期|后|[省市区县校院]级)[(]?"
        r"|(?P<when>全年|每年|年内|当年|本年度?|年度|每月|每季度)[^0-9,;。、]{0,4})\Z",
        text[:start],
    )
    if far is None or value.kind != "quantity" or value.comparator is not None:
        return value
    comparator = next(sign for index, sign in enumerate(COMPARE) if far[f"_{index}"])
    if far["when"] and comparator in ("<", ">") and _SET_ELSEWHERE.match(text, far.end("when")):
        return value  # 低于全年平均2个百分点
    if comparator[0] == "<" and far["of"] not in (None, "的", "后") and value.unit in _DISTANCES:
        return value  # 低于全县平均2个百分点: how far below, not less than 2
    end = Bound(value.lower.value, "=" in comparator) if value.lower else None
    lower, upper = (end if comparator[0] in ">=" else None), (end if comparator[0] in "<=" else None)
    return value._replace(comparator=comparator, lower=lower, upper=upper)


def _in_prose(text: str, stopped: UnexpectedInput | Rejected | None) -> Value:
    """A text with figures or signs that the grammar does not take as a whole."""
    remark = _REMARK.match(text)
    main = read(remark[1]) if remark else None
    if isinstance(main, Value):
        return _alone(text, main)
    spoilt = malformed.misread(text)
    if spoilt:
        return spoilt
    if malformed.value_like(text) and _NO_THRESHOLD.match(text):
        return Value(text, "text")
    found = prose.find(text)
    if len(found) == 2 and (told := _of_such(text, *found) or _of_day(text, *found)):
        return told
    rest = _without(text, found)
    if malformed.value_like(text) and not _SHIFTS.match(text):
        if len(found) >= 2 and not _FIGURE_OR_SIGN.search(rest) and (rest or _apart(found)):
            return Value(text, "compound", parts=tuple(v for _, _, v in found))
        return malformed.damaged(text, stopped)
    if not found:
        masked = re.search(r"[≥≤<>=]\s*[*×xX□_?]+|[*□]{2,}|[xX×]{2,}", text)
        return malformed.damaged(text, stopped) if masked else _words_only(text)
    return _prose_of_one(text, found[0]) if len(found) == 1 else _several(text, found)


def _apart(found: list[prose.Found]) -> bool:
    """76户174人: figures run together are several where each has a unit of its own."""
    units = [value.unit for _, _, value in found]
    return None not in units and len(set(units)) == len(units)


def _without(text: str, found: list[prose.Found]) -> str:
    kept, position = [], 0
    for start, end, _ in found:
        kept.append(text[position:start])
        position = end
    return "".join([*kept, text[position:]])


#: 较2019年36件|减少10%以上, 比上年(120起)|下降5%: from where the change starts
_BASE = later(
    r"(?:较|比|与|同|相?对比)(?:(?:19|20)\d\d年度?|上年度?|去年|前年|往年|同期){1,2}(?:同期|实际|的)?\(?\d[\d.]*(?:%|[^\d,;。、()%]{1,8})\)?(?:相比)?"
    r"(?=(?:再|累计|至少)?(?:提高|提升|增长|增加|上升|下降|降低|减少|缩短|压减))"
)


def _since(text: str) -> Value | None:
    """A change that says from which figure it starts: the change alone is wanted."""
    base = _BASE.match(text)
    told = classify(text[base.end() :]) if base else None
    return _alone(text, told) if told and told.kind == "quantity" else None


def _of_scope(text: str) -> Value | None:
    """县道10000元/公里·年, 一级110元/人·月: the figure behind what it is for, where that reads like a figure itself."""
    scope = _SCOPE.match(text)
    if not scope:
        return None
    end = scope.end()
    inner = classify(text[end:])
    spelling = tuple(note._replace(offset=note.offset + end) for note in inner.spelling)
    problems = tuple(problem._replace(offset=problem.offset + end) for problem in inner.problems)
    return inner._replace(text=text, spelling=spelling, problems=problems)


#: 对2000年以前建成且使用超过20年的小区,|按实测工程量给予补助: for whom, and nothing of how much
_FOR_SUCH = later(r"(?:对于?|凡|针对)[^,;。]*\d[^,;。]*的[^\d,;。]{1,10},(?=[^\d%]{4,}\Z)")


def _for_such(text: str) -> Value | None:
    """A condition with figures in front of words that tell no figure."""
    condition = _FOR_SUCH.match(text) if text[0] in "对凡针" else None
    return _words_only(text[condition.end() :])._replace(text=text) if condition else None


def _at_once(text: str) -> Value | None:
    """What one look tells: nothing, what a template left, a power, a grade."""
    if _BLANK.match(text):
        return Value(text, "empty")
    if spoilt := left_behind(text) or malformed.power(text):
        return spoilt
    if text.startswith("负增长"):
        return Value(text, "text")  # less by so much: no figure of what there is to be
    graded = len(text) <= 40 and text[0] not in "≥≤<>=" and text[-1] not in "%元人天次" and _grade().match(text)
    return Value(text, "qualitative") if graded else None


def classify(text: str) -> Value:
    """The reading of a normalised text; offsets are those of the normalised text."""
    if told := _at_once(text):
        return told
    if len(text) <= 40 and (_IN_ONE_GO.match(text) or _NAME.match(text)):
        return _words_only(text)
    if not _MAY_BE_VALUE.search(prose.idioms().sub("", text)):
        if malformed.lone_unit(text):
            return malformed.damaged(text, None)
        return _words_only(text)
    if len(text) > LONGEST_PROSE:
        return malformed.damaged(text, None) if malformed.value_like(text) else Value(text, "text")
    if told := _since(text) or _of_scope(text) or _for_such(text):
        return told
    impossible = malformed.no_such_day(text) or malformed.minus_behind_spread(text)
    if impossible:
        return impossible
    stopped = read(text) if len(text) <= LONGEST else None
    if isinstance(stopped, Value):
        return stopped
    if isinstance(stopped, Rejected) and stopped.code not in ("compound", "prose"):
        return malformed.damaged(text, stopped)
    if malformed.lone_unit(text):
        return malformed.damaged(text, None)
    return _in_prose(text, stopped)

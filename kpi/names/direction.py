"""Is more better or less? The word in front of the head decides: 投诉率 is bad, 投诉处理率 and 投诉下降率 are good."""

import re
from functools import cache
from typing import NamedTuple

from kpi.names.table import Polarity, Sense, either, table


class Direction(NamedTuple):
    """`word` decided; `sense` is its kind; `absence`: the thing should not happen at all."""

    polarity: Polarity | None = None
    word: str = ""
    sense: Sense | None = None
    absence: bool = False


_UNKNOWN = Direction()
#: Those whose share may be asked for, and what turns round what is said of them.
_THOSE = re.compile(
    ".{0,4}(?:人员|职工|员工|干部|教师|医生|护士|学生|儿童|老人|居民|群众|村民|农户|住户|商户|企业|单位|者)"
)
_COMPARED = re.compile("(?:[较比](?:上年|去年|同期|上年同期)|同比|环比|年均?|月均?)+\\Z")  # 用水量|较上年|增长率
_NEVER = re.compile("[不未无没]|极少|很少|较少|缓解|避免|免于|防止|防范|减少|降低|关注")


def last_word(stem: str) -> tuple[str, str, Sense | None]:
    """What stands before the last known word of `stem`, that word, its sense. Fillers (…案件、…人员) may follow it."""
    fillers = table().words["fillers"]
    while stem:
        word, sense = table().sense(stem)
        if sense and word in fillers:  # 事故发生率 is about 事故; 并发症发生率 only about 发生
            deeper = last_word(stem[: -len(word)])
            return deeper if deeper[2] == "event" else (stem[: -len(word)], word, sense)
        if sense:
            return stem[: -len(word)], word, sense
        filler = fillers.ending(stem)
        if not filler:
            break
        stem = stem[: -len(filler)]
    return stem, "", None


def direction(stem: str) -> Direction:
    """The direction of a rate (or a change) from the words before its head."""
    before, word, sense = last_word(stem)
    if sense is None and (told := _told_of(stem)):
        return told
    if sense in ("remedy", "good"):
        return Direction(_of_good(before, word), word, sense)
    if sense == "rise":
        return Direction(_of_rise(before), word, sense)
    if sense == "fall":
        return Direction(_of_fall(before), word, sense)
    if sense in ("event", "harm"):
        return _of_bad(before, word, sense)
    return _UNKNOWN


def _told_of(stem: str) -> Direction | None:
    """因待遇离职|的村干部: the bad thing that is said of those whose share is asked for."""
    clause, _, whose = stem.rpartition("的")
    if not _THOSE.fullmatch(whose) or _NEVER.search(clause):  # 缺勤的学生|追踪, 从不欠薪的企业
        return None
    before, word, sense = last_word(clause)
    return _of_bad(before, word, sense) if sense in ("event", "harm") and not acted_upon(before) else None


def _of_good(before: str, word: str) -> Polarity | None:
    words = table().words
    if word in words["unclear"]:  # 处罚率 may go either way, 违法处罚率 not
        return "positive" if last_word(before)[2] == "event" else None
    spoiler = words["spoilers"].ending(before)
    if spoiler and spoiler in words["too-late"] and table().senses[word] == "remedy":
        return None  # 超时|办结率: how many were late, or what became of the late ones
    if spoiler and not (table().senses[word] == "remedy" and spoiler not in ("不", "未", "无法", "未能", "没有")):
        return "reverse"
    return None if words["falls"].within(before) else "positive"


def _of_rise(before: str) -> Polarity | None:
    """投诉增长 is bad; 收入增长 is good, and so is what is spent on what is to come (研发费用增长). Of prices that
    go up those who sell think otherwise than those who buy."""
    if table().words["market-prices"].ending(before):
        return None
    if table().words["fostered"].within(before):
        return "positive"
    burden = table().words["burdens"].ending(_COMPARED.sub("", before))
    return "reverse" if burden or last_word(before)[2] in ("event", "harm") else "positive"


def _of_fall(before: str) -> Polarity | None:
    """成本下降 is good; 就业下降 is for people to judge."""
    return None if table().words["assets"].ending(before) else "positive"


def _of_bad(before: str, word: str, sense: Sense) -> Direction:
    words = table().words
    if _denied(before):
        return Direction("positive", word, sense, absence=sense == "event")
    if words["recovered"].within(before):  # 挽回经济|损失率
        return Direction("positive", word, "remedy")
    tackled = word in words["tackled"] and acted_upon(before)  # 处理|投诉率 is what became of them
    if tackled or words["falls"].within(before):  # “降低投诉率≥5%”和“≤5%”都有人写
        return Direction(None, word, sense, absence=sense == "event")
    return Direction("reverse", word, sense, absence=sense == "event")


def _denied(before: str) -> bool:
    """无重大安全|事故, 不发生|泄密: the bad thing is denied, not asked for."""
    if before.endswith(("无", "零", "未", "没", "没有", "不", "不再")):  # 安全生产无|事故, 三年未|复吸
        return True
    return bool(table().words["negators"].within(before)) or _naught().search(before) is not None


@cache
def _cut_off() -> re.Pattern[str]:
    """因拆迁发生重大…: a form of fixed width took the event itself away."""
    return re.compile(rf"(发生|出现|引发)(?:{either(table().words['qualifiers'])})+\Z")


@cache
def _naught() -> re.Pattern[str]:
    words = table().words
    naughts, qualifiers = either(words["naughts"]), either(words["qualifiers"])
    return re.compile(rf"(?:\A|[,，、])(?:{naughts})(?:{qualifiers}|[、,])*\Z")


def of_count(stem: str, workload: bool) -> Direction:
    """The direction of a number of things. `workload`: numbers of complaints and fires may be the work to be done."""
    words = table().words
    stem = effect_of(stem)
    before, word, sense = last_word(stem)
    if sense == "remedy" and last_word(before)[2] == "event":  # 投诉处理次数; but 刑事案件立案数 may go either way
        return Direction(None if word in words["unclear"] else "positive", word, sense)
    if sense == "event":
        occurs = stem[stem.rfind(word) + len(word) :].startswith(("发生", "出现"))  # 监管责任事故|发生数
        if acted_upon(before) and not occurs:
            return Direction("positive", word, "remedy")
        bad = _of_bad(before, word, sense)
        if bad.polarity == "positive":  # “无事故次数”：既不是多好，也不是少好
            return Direction(None, word, sense, absence=True)
        if workload and word in words["workloads"]:
            return Direction(None, word, sense, absence=True)
        return bad
    if words["falls"].within(stem) or sense == "harm":
        return _UNKNOWN
    gain = words["gains"].within(stem) or words["last_gains"].ending(stem)
    good = sense == "good" and not before.endswith("被")  # 新增失信|被执行人数
    if gain and words["slips"].within(stem):  # 培训不合格人数, 每期培训人数
        return _UNKNOWN
    if gain and not good and bad_within(stem):  # 疫情扩散新增乡镇数; but 新增残疾人就业人数
        return _UNKNOWN
    if gain and (lacking := _lacking(stem, gain)):
        return Direction(None if workload else "reverse", lacking, "harm")
    return Direction("positive", gain, "good") if gain else _UNKNOWN


def _lacking(stem: str, gain: str) -> str:
    """未|就业毕业生, 零|就业家庭: those who have no part in what is gained; "" where something is done for them, too
    (招聘未就业毕业生, 零就业家庭帮扶)."""
    before, _, after = stem.partition(gain)
    lack = next((word for word in ("尚未", "未", "零") if before.endswith(word)), "")
    rest = before[: -len(lack)] if lack else ""
    words = table().words
    helped = acted_upon(rest) or acted_upon(after) or last_word(rest)[2] or words["gains"].within(after)
    return "" if not lack or helped or words["last_gains"].ending(after) else lack + gain


@cache
def _cause() -> re.Pattern[str]:
    """因救助不及时引发的…: what follows is counted, what stands before only brought it about."""
    return re.compile(r"(?:因|由于?)[^,，、]{2,}?(?:引发|引起|造成|导致|致使|产生|诱发)的?")


def effect_of(stem: str) -> str:
    """The thing that happened, without its cause."""
    found = _cause().match(stem)
    return stem[found.end() :] if found and len(stem) > found.end() else stem


def bad_within(stem: str) -> bool:
    """Whether a word of something bad stands anywhere in a name and no action against it."""
    return any(word in stem for word in _bad_words()) and not acted_upon(stem)


@cache
def _bad_words() -> tuple[str, ...]:
    return tuple(word for word, sense in table().senses.items() if sense in ("event", "harm"))


def acted_upon(before: str) -> bool:
    """Whether an action against the bad thing stands before it: 受理|投诉, 查处|违法案件."""
    senses = table().senses
    spans = ((start, end) for start in range(len(before)) for end in range(start + 2, min(len(before), start + 5) + 1))
    return any(senses.get(before[start:end]) == "remedy" for start, end in spans)


def acts_first(name: str) -> bool:
    """Whether a name begins with an action against something: 修复|故障率."""
    return any(table().senses.get(name[:size]) == "remedy" for size in (2, 3, 4))


def of_work_done(stem: str) -> bool:
    """运用视频侦破刑事案件|占比: what stands before the share is work done, not how much harm there is."""
    before, word, _ = last_word(stem)
    return word in table().words["workloads"] and acted_upon(before)


def of_event(core: str) -> Direction:
    """A name that is itself a bad event (重大安全事故, 群体性事件), or a table's cut of one."""
    if cut := _cut_off().search(core):
        return Direction(None if _denied(core[: cut.end(1)]) else "reverse", cut[0], "event", absence=True)
    before, word, sense = last_word(core)
    if sense != "event" or acted_upon(before):
        return _UNKNOWN
    bad = _of_bad(before, word, sense)
    return Direction(bad.polarity if bad.polarity == "reverse" else None, word, sense, absence=True)

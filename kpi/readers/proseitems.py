"""The targets that one level of a running text lists: counted, in clauses, or one alone."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kpi.lazyre import later
from kpi.readers import labels
from kpi.readers.gluedtext import state_behind
from kpi.readers.items import split_items
from kpi.readers.match import FIGURES, kind_of
from kpi.readers.predicates import predicate, predicates
from kpi.values.normal import MARKS

_STATE = later(  # a state without a figure: the name, then what becomes of it
    r"(?P<name>.*?)(?:定性(?:指标)?[:：为]?)?(?P<value>(?:(?<=[,，])(?:效果|成效|作用))?(?:得到|有所|明显|显著|持续|有效|不断|逐步|进一步|大幅)*"
    r"(?:提高|提升|改善|增强|增加|增长|减少|降低|发展|稳定|良好|完善|优化|保障)(?:明显|显著)?|(?<=定性)有效|(?<=[)）度率])(?:比较|基本|非常|较|很)?满意)"
)
#: 社会公众满意,反响好; 群众满意度较高: who is content, and no figure
_CONTENT = later(
    r"(?P<name>[^,，、:：\d]{2,16}满意度?)[,，]?(?P<value>反[响映](?:良好|较?好|热烈)|评价(?:较?高|良好|较?好)|(?<=度)(?:较|很)?[高好]|(?<=度)良好)"
)
_ORDINAL = later(r"[(（]?[\d一二三四五六七八九十]{0,2}[)）]?")
_RESULT = later("实际|已(?![^,，]{2,}(?:率|度|占比|比例)$)|全年实际|完成率")  # 已命名示范单位保留率 is a name
_NEXT = later(  # the number of the next level, or what it is
    r"(?:\n\s*[(（]?[\d一二三四五六七八九十]{1,2}[)）]?\s*[、.．]?|[\s\n][一二三]级指标[:：]?)\s*$"
)
_PAIR = later(
    rf"(?:{labels.SLOT.pattern})?\s*(?P<name>(?:[^,，;；。:：]|(?<=\d)[:：](?=\d)){{2,40}})[,，](?P<value>[^,，;；。:：]{{1,24}})"
)
#: 结算时限，每季度终了后15个工作日内; 奖金标准，一等奖3000元/人、二等奖2000元/人: the name is plainly one
_TOLD_PAIR = later(
    rf"(?:{labels.SLOT.pattern})?\s*(?P<name>[^,，;；。:：\d]{{2,30}}(?:率|度|数|量|额|期|限|时间|标准|面积|长度|次数|成本|单价|比例|占比|情况))[,，](?P<value>[^,，;；。:：]{{1,60}})"
)
#: 2020-2021学年助学金发放完成时间,指标值:2020年10月31日前: the value has its label
_LABELLED = later(
    rf"(?:{labels.SLOT.pattern})?\s*(?P<name>[^,，;；。:：]{{2,40}})[,，]\s*(?:年度)?(?:指标|目标)值\s*[:：]\s*(?P<value>[^;；。]{{1,60}})"
)
#: 园区绿化面积,实施周期指标值86万平方米,年度指标值30万平方米
_HALVES = later(
    rf"(?:{labels.SLOT.pattern})?\s*(?P<name>[^,，;；。:：]{{2,40}})[,，](?:实施周期|实施期|中期|中长期|全周期|总体)(?:指标|目标)?值?[:：]?"
    r"(?P<period>[^,，;；。]{1,24})[,，](?:年度|本年度?|当年度?|\d{4}年度?)(?:指标|目标)?值?[:：]?(?P<annual>[^,，;；。]{1,24})"
)
#: 扫描页数,45万页,52万页,60万页: what the two years before came to, and what is wanted
_SERIES = later(
    rf"(?:{labels.SLOT.pattern})?\s*(?P<name>[^,，;；。:：]{{2,40}})[,，](?P<before>[^,，;；。:：]{{1,24}})[,，]"
    r"(?P<last>[^,，;；。:：]{1,24})[,，](?P<value>[^,，;；。:：]{1,24})"
)
_NOTHING = later(r"\s*(?:[-—–/]+|0|无)\s*")  # where a year had none
_FIGURE = later(
    rf"(?:[{MARKS}]{{0,2}}|不[低高少大小]于|不超过|至少|达到|控制在|约|(?:比上年|较上年|同比)?(?:增长|增加|提高|提升|下降|降低|减少))\s*\d"
)
_BELOW = later(
    r"\n\s*(?:[一二三四五六七八九十]{1,2}、\s*(?=其他需))?(?:注|备注|说明|附[件表]\d*\s*(?:[:：]|$)|填[报表写]|负责人|联系人|(?:财政|主管)?部?门?审[核批]意?见?|其他需要?说明|(?:年度|总体)(?:绩效)?目标"
    r"|[一二三四五六七八九十]{1,2}、[^\n]{0,30}绩效目标"
    r"|[(（]?[一二三四五六七八九十]{1,2}[)）、.．][^\n,，;；。:：]{2,24}(?:情况|分析|结论|问题|建议|措施)\s*(?=\n|$))[^\n]*(?:\n.*)?$",
    re.S,
)
#: what a template leaves, each piece by itself; `labels.TEMPLATE` takes 指标2:…… for one line
_RESIDUE = later(rf"(?:{labels.SLOT.pattern}|…+|\.{{3,}})")
_LEAST_NAME, _NAME = 4, 40  # characters
_LEFT_BELOW = later(r"\n\s*(?P<rest>…+|\.{3,})\s*$")  # a line of the template below the last target
#: 指标3：, 指标1：（填写对长远发展的影响）, 指标2：……
_ASKED = r"[(（](?:请|填写|可根据|根据)[^()（）]{2,40}[)）]"
_UNFILLED = later(rf"{labels.SLOT.pattern}\s*(?:{_ASKED}|(?P<dots>…+|\.{{3,}}))?[;；。]?")
_CLAUSE = later("[;；。\n]")
_OFTEN = later(r"(?P<name>.{4,}?)(?P<value>每(?:个?月|季度?|周|年|日|天|半年)|按(?:月|季|年)|全年)")
#: 2024年11月底前完工 as all that a level says: of what, it does not say
_ONLY_DONE = later(r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?[底末初]?之?前(?:全部|基本)?(?:完工|完成|竣工|建成)")
_EACH = later("每[间座栋套台处个所条株亩米]")
_LISTED = later("[,，:：、]")
_PART = later("[^;；。\n]+")
EDGE = " \u3000\t\n:：,，、;；。"
_LONE = 60  # characters of a level that says one thing
#: 救助人数≥300人 behind 加大救助力度: a name of its own
_SIGNED = later(rf"[^\d：:]{{2,}}(?:[{MARKS}]|不[低少]于|不超过)\s*\d")
_NEXT_NUMBER = later(r"[。;；\s][\s(（]*(?:\d{1,2}[.、)）]?|[一二三四五六七八九十]{1,2}[、)）.．])\s*$")
#: 垃圾无害化处理率100%, 受益居民人数12万人
_COLON_LED = later(
    r"(?:[(（]?\d{1,2}[)）]?[、.．]?\s*)?(?P<name>[^:：,，\d]{4,30})[:：](?P<value>\s*[^:：,，]{2,40}[,，](?=[^:：]*\d)[^:：]{2,30})"
)
_BARE = later(
    rf"(?P<name>[^\d{MARKS}]{{2,30}}(?:率|比例|占比|数|数量))(?P<value>\d[\d.]*\s?(?:[%％‰]|[万亿]?[\u4e00-\u9fff]{{1,3}}))"
)


_POINTED = later(r"^[(（]?\d{1,2}[)）]?\s*[、.．]\s*")
_POINT = later("[(（]?[一二三四五六七八九十]{1,2}[)）]?[、.．]")


class Item(NamedTuple):
    """A target of a list, and where it stands. `period`: the value of the whole term, where the list tells both."""

    name: str
    value: str
    at: int
    period: str = ""


def listed(segment: str, numbered: bool) -> tuple[list[Item], list[tuple[str, int]]]:
    """Name, value and offset of each target of a segment where every clause is one ((1)示范点数量10个;(2)…), and what
    stands between those that are counted (指标1:…) and is none. `numbered`: whether the text counts its targets, and so
    lists them also where there is but one."""
    found: list[Item] = []
    lost: list[tuple[str, int]] = []
    segment = _BELOW.sub("", _NEXT.sub("", segment))
    counted = labels.SLOT.search(segment) is not None
    if counted and not _RESIDUE.sub("", segment).strip(EDGE):
        return [Item(m.group(), "", m.start()) for m in _RESIDUE.finditer(segment)], []
    if told := _led(segment):
        return told, []
    lead = len(segment) - len(segment.lstrip(EDGE))
    for name, value, at, period in _items(segment.strip(EDGE), counted):
        if not value and _ORDINAL.fullmatch(name.strip(EDGE)):
            continue  # of the next level
        state = None if value else (_CONTENT.fullmatch(name.strip(EDGE)) or _STATE.fullmatch(name.strip(EDGE)))
        name, value = (state["name"], state["value"]) if state else (name, value)  # noqa: PLW2901
        blank = counted and not value and _is_blank(name.strip())
        if not blank and (not value or not 1 < len(name.strip(EDGE)) <= _NAME or _RESULT.match(name)):
            lost.append((name.strip(EDGE), at + lead))
            continue
        found.append(Item(name.strip(EDGE), value.strip(EDGE), at + lead, period))
    if lost and not counted:
        return [], []
    found = _with_each(found)
    return (found, lost) if len(found) > 1 or numbered else ([], [])


def _led(segment: str) -> list[Item]:
    """组织街头招募:一个月组织两次,共24次: each clause a name with a colon behind it, whatever commas its value has;
    nothing where one is none, or has no figure, or where no comma makes it hard to tell."""
    parts = [m for m in _PART.finditer(segment) if m.group().strip(EDGE)]
    told = [(part, _COLON_LED.fullmatch(part.group().strip(EDGE))) for part in parts]
    each = [(part, found) for part, found in told if found]
    if len(each) < len(parts) or not any(_LISTED.search(found["value"]) for _, found in each):
        return []
    return [
        Item(found["name"], found["value"].strip(), part.start() + part.group().find(found["name"]))
        for part, found in each
    ]


def _with_each(found: Sequence[Item]) -> list[Item]:
    """新建共育室2间,每间120平方米: what each of them is belongs to the value in front of it."""
    told: list[Item] = []
    for item in found:
        if told and _EACH.fullmatch(item.name):
            told[-1] = told[-1]._replace(value=f"{told[-1].value},{item.name}{item.value}")
        else:
            told.append(item)
    return told


def _is_blank(text: str) -> bool:
    """Whether a target that states nothing is a row all the same: what the template left, or a name by itself."""
    return bool(_RESIDUE.fullmatch(text) or _UNFILLED.fullmatch(text)) or _is_name(text.strip(EDGE))


def _is_name(text: str) -> bool:
    """使困难家庭学生顺利就学: what is counted and says nothing in figures is a name that has lost its value."""
    told = any(map(str.isdigit, text)) or any(map(str.isspace, text)) or _CLAUSE.search(text) or _POINT.match(text)
    return _LEAST_NAME <= len(text) <= _NAME and not told


def alone(segment: str) -> tuple[list[Item], list[tuple[str, int]]]:
    """The one target of a level whose value is a day or a bare figure (清扫任务完成时间2026年12月31日前), or what has a
    figure and cannot be told apart."""
    segment = _NEXT_NUMBER.sub("", segment)
    if "**" in segment and len(one := split_items(segment.strip(EDGE))) == 1 and one[0][1]:
        return [Item(one[0][0], one[0][1], segment.index(one[0][0]))], []  # 发放时间(**月**日前)春节前
    if not any(c.isdigit() for c in segment) or len(segment) > _LONE:
        return [], []
    if _ONLY_DONE.fullmatch(segment.strip(EDGE)):
        return [Item("", segment.strip(EDGE), segment.index(segment.strip(EDGE)))], []
    if bare := _BARE.fullmatch(segment.strip(EDGE)):
        return [Item(bare["name"], bare["value"], segment.index(bare["name"]))], []
    pair = _PAIR.fullmatch(_NEXT.sub("", segment).strip(EDGE))  # 完成时限,2025年10月底前
    if pair and kind_of(pair["value"]) == "value" and not any(map(str.isdigit, pair["name"])):
        return [Item(pair["name"].strip(EDGE), pair["value"].strip(EDGE), segment.index(pair["name"]))], []
    if len(parts := [m for m in _PART.finditer(segment) if m.group().strip(EDGE)]) > 1:
        each = [(_apart(part.group()), part.start()) for part in parts]
        told = [item._replace(at=item.at + at) for (items, _), at in each for item in items]
        lost = [(text, at + start) for (_, texts), start in each for text, at in texts]
        return (told, lost) if told and len(told) + len(lost) == len(parts) else _unread(segment)
    found, rest = listed(segment, numbered=True)
    if len(found) == 1 and not rest and kind_of(found[0].value) == "value":
        return found, []
    return _unread(segment)


#: 可持续影响指标,|长期发挥作用: how it is to be, and nothing of what
_HOW_ALONE = later("(?:长期|持续|不断|有效|明显|显著|逐步|稳步|充分|良好|较好)(?!.*(?:率|度|数量|情况)$).{2,10}")
_LONGEST_HOW = 14


def words_alone(segment: str) -> Item | None:
    """A level of which a word or two says how it is to be, without a name; None for any other."""
    text = _NEXT.sub("", _BELOW.sub("", segment)).strip(EDGE)
    if len(text) > _LONGEST_HOW or not _HOW_ALONE.fullmatch(text):
        return None
    return Item("", text, segment.index(text))


#: 工资随时发放 15: words and the points of their row, but no value that could be told
_WEIGHED = later(r"(?P<words>\S{4,40})\s+\d{1,3}(?:\.\d+)?")


def _with_state(text: str) -> tuple[str, str] | None:
    """Name and value of a row that ends in a state: 卷宗归档|按时, 工作量(指记录、装订等)|有所减轻."""
    at = state_behind(text, _LEAST_NAME)
    return (text[:at], text[at:]) if at else None


def weighed_alone(segment: str) -> tuple[list[Item], list[tuple[str, int]]]:
    """The one row of a level that states no figure but its points: its name and its state, or the one of them."""
    row = _WEIGHED.fullmatch(segment.strip(EDGE))
    if row is None:
        return [], []
    said, at = row["words"], segment.index(row["words"])
    if kind_of(said) == "value":
        return [Item("", said, at)], []  # 12月底 10: a value, and nothing that it is of
    if any(map(str.isdigit, said)):
        return [], []
    return [Item(*(_with_state(said) or (said, "")), at)], []


def name_alone(segment: str) -> list[Item]:
    """A level of which no figure tells the value: a name and how often or how it is to be (防制机制|逐步健全), or a
    name without a value (生态效益指标:不污染环境)."""
    text = _NEXT_NUMBER.sub("", _NEXT.sub("", _BELOW.sub("", segment))).strip(EDGE)
    if several := predicates(text):
        return [Item(name, value, segment.index(text) + at) for name, value, at in several]
    if stands := predicate(text):
        return [Item(*stands, segment.index(text))]
    if not _is_name(text) or _LISTED.search(text) or labels.level_of(text):
        return []
    often = _OFTEN.fullmatch(text)
    state = (often["name"], often["value"]) if often else _with_state(text)
    whole = state if state and (often or len(state[1]) >= _LEAST_NAME) else (text, "")
    return [Item(*whole, segment.index(text))]


def _apart(part: str) -> tuple[list[Item], list[tuple[str, int]]]:
    """One clause of several: what has no figure is what is left of a template."""
    told, lost = alone(part)
    return (told, lost) if told or lost else _unread(part)


def _unread(segment: str) -> tuple[list[Item], list[tuple[str, int]]]:
    lead = len(segment) - len(segment.lstrip(EDGE))
    return [], [(segment.strip(EDGE), lead)]


def _items(segment: str, counted: bool) -> Iterator[Item]:
    """The items of a segment; of what is counted each up to the next number: 指标1:完工时间,2020年8月31日前;指标2:…"""
    starts = [m.start() for m in labels.SLOT.finditer(segment)] if counted else []
    for start, end in zip([0, *starts], [*starts, len(segment)], strict=True):
        part = segment[start:end]
        left = _LEFT_BELOW.search(part) if counted else None
        part = part[: left.start()] if left else part
        body = part.strip(EDGE)
        if starts and end == starts[0] and labels.level_of(_POINTED.sub("", body)):
            continue  # 1.服务对象满意度：指标1：…
        both = _HALVES.fullmatch(body) if counted else None
        pair = _pair(body, part, counted)
        if counted and (unfilled := _UNFILLED.fullmatch(part.strip())):
            told = unfilled["dots"] or part.strip(" \n:：;；。")
            yield Item(told, "", start + part.find(told))
        elif both:
            at = start + part.find(both["name"])
            yield Item(both["name"].strip(EDGE), both["annual"].strip(), at, both["period"].strip())
        elif pair:
            yield Item(pair["name"].strip(EDGE), pair["value"].strip(EDGE), start + part.find(pair["name"]))
        elif body:
            told = [Item(name, value, start + at) for name, value, at in split_items(part)]
            if counted and len(told) == 1 and not told[0].value and (apart := predicate(told[0].name)):
                told = [Item(*apart, told[0].at)]
            yield from ([_whole(part, start, told)] if counted and len(told) > 1 else told)
        if left:
            yield Item(left["rest"], "", start + left.start("rest"))


def _pair(body: str, part: str, counted: bool) -> re.Match[str] | None:
    """The name and the value that commas part, in the first of the forms that holds; most only of what is counted."""
    if labelled := _LABELLED.fullmatch(body):
        return labelled
    if not counted:
        return None
    if (plain := _TOLD_PAIR.fullmatch(body)) and not _SIGNED.search(plain["value"]):
        return plain
    if (pair := _PAIR.fullmatch(body)) and _is_pair(pair["value"], part):
        return pair
    series = _SERIES.fullmatch(body)
    return series if series and _is_series(series) else None


def _whole(part: str, start: int, told: Sequence[Item]) -> Item:
    """采价点补贴每点每月300元,全年10.08万元: one number, one target, whatever commas it has: the value is the rest from
    the first one on."""
    first = next((item for item in told if item.value), told[0])
    at = part.find(first.value, first.at - start) if first.value else len(part)
    lead = labels.SLOT.match(part.lstrip(EDGE))
    begin = len(part) - len(part.lstrip(EDGE)) + (lead.end() if lead else 0)
    return Item(part[begin:at].strip(EDGE), part[at:].strip(EDGE), start + begin)


def _is_pair(value: str, part: str) -> bool:
    """Whether a comma parts a name from its value: a figure, or words where nothing else tells them apart
    (实施进度，按计划推进)."""
    figure = _FIGURE.match(value.strip()) is not None or kind_of(value) == "value"
    return figure or all(not told for _, told, _ in split_items(part))


def _is_series(found: re.Match[str]) -> bool:
    """Whether the two parts before the last one are what other years came to."""
    return all(_NOTHING.fullmatch(part) or kind_of(part) in FIGURES for part in found.group("before", "last"))


def state_of(segment: str) -> re.Match[str] | None:
    return _STATE.fullmatch(_CLAUSE.split(segment.strip(EDGE), maxsplit=1)[0].strip(EDGE))

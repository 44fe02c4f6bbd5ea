"""Figures in running text, each with the clause that says what it is about.

The values are those of the one grammar (`find_values`). Here is only what running text adds: clauses, and what looks
like a figure and is none: list marks, ordinals, titles, numbers of documents, years, names with digits in them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kpi.lazyre import HAN, later
from kpi.values.normal import MARKS
from kpi.values.parsing import find_values
from kpi.values.value import Value

#: No goal is longer; the rest of a longer text is not searched.
LONGEST = 20_000
_D = r"\d"
_STOP = "。；;！!？?\n\r\x0b\x0c\u2028\u2029"
_BEGIN = rf"(?:(?<=[{_STOP}，,：:、\s])|\A)"
_CHINESE = "[一二三四五六七八九十]{1,3}"
#: Marks of lists, which end the clause before them. 1.5万亩 begins with no mark.
_MARK = later(
    rf"{_BEGIN}(?:[（(]{_D}{{1,2}}[)）]|{_D}{{1,2}}(?:[)）、．]|[.](?!{_D})))"
    rf"|{_BEGIN}(?:{_CHINESE}[、.．]|[（(]{_CHINESE}[)）]|{_CHINESE}是)"
    rf"|(?:目标|任务|指标|工作|措施|其){_D}{{1,2}}"
    rf"(?:(?={HAN})(?![个项条次名人万亿千百件家户年月])|[:：.、．，,])"
    r"|[①-⓿❶-➓㈠-㉃]"
)
_UNTIL = "(?:底|末|初|[上中下]旬)?(?:[以之]?前)?"
_MONTH = rf"{_D}{{1,2}}月(?:份|{_D}{{1,2}}[日号])?"
_YEAR = rf"(?<!{_D})(?:19|20){_D}{{2}}"
_MORE_YEARS = rf"(?:[-—–~～至到./](?:(?:19|20){_D}{{2}}|{_D}{{1,2}}))*(?:[./-]{_D}{{1,2}})?"
#: What holds digits and claims nothing: long codes, titles, document numbers, slogans and ranks, ordinals, quoted
#: names, years, months, names with a dot or letters in them, telephone numbers and round-the-clock service.
_NO_FIGURE = later(
    rf"{_D}{{16,}}"
    r"|《[^《》]{0,80}》"
    rf"|[〔\[【（(](?:19|20){_D}{{2}}年?[〕\]】）)](?:第?{_D}{{1,5}}号)?|第?{_D}{{1,5}}号(?![线楼])|{_D}{{1,3}}[-—–~～至到]{_D}{{1,3}}号楼?"
    rf"|[一二三四五六七八九十两0-9]个(?:100[%％]|百分之?百)|前{_D}+[名位强]"
    rf"|第\s?(?:{_D}+|[一二三四五六七八九十百]+){HAN}?"
    r"|“[^“”]{0,12}[0-9０-９一二三四五六七八九十][^“”]{0,12}”"
    rf"|{_YEAR}{_MORE_YEARS}(?:年度?(?:{_MONTH})?{_UNTIL}|学年)"
    rf"|(?<![^。；;])20{_D}{{2}}(?=通过|完成|计划|开展|继续|实施|组织|对|拟|将)"  # 2024通过购买服务
    rf"|{_MONTH}{_UNTIL}(?![以之]?内)|{_D}{{1,2}}[-—–~～至、]{_D}{{1,2}}月份?"
    rf"|{_D}+[·.．+＋×xX*/]{_D}+(?={HAN}|[“”\"])(?![万亿千百公平立米吨个人次亩户元])"
    rf"|[A-Za-z#＃]+[-—]?{_D}+(?:[.-]{_D}+)*|{_D}+[A-Za-z](?![A-Za-z²2³3])(?={HAN})"
    rf"|{_D}{{5}}(?=热线|平台|电话)|1[12]{_D}(?=[接报处指热联])|7[×xX*]24小时|24小时"
)
_CLAUSE_END = later(rf"[{_STOP}：:\t]|(?<!{_D})[，,]|[，,](?!{_D}{{3}}(?!{_D}))")
_SENTENCE_END = later(f"[{_STOP}]")
#: 三十场, 二百余人, 九成五: numbers in words from ten on; smaller ones are parts of words as often as numbers
_WORDED = (
    r"[一二两三四五六七八九]?[十百千][零一二两三四五六七八九十百千]*(?=[余多]?万?[名个人户家所处场部座次期届件台套辆册株棵头只亩米项篇幅间栋条公])"
    r"|[一二三四五六七八九]成(?![立果为本功效就都活品绩熟员交])|(?:千|[一二三四五六七八九])分之"
)
_DIGIT = rf"{_D}|百分之|百分百|{_WORDED}"
_HAS_FIGURE = later(_DIGIT)
_FIGURE = later(rf"[{MARKS}]|{_DIGIT}")
_TAIL = later(rf".*{_D}", re.DOTALL)
_WORDED_TAIL = later(".*[一二两三四五六七八九十百千成]", re.DOTALL)
_PART = later("[^、和及与并]+")
_EDGE = " \t\r\n\u3000、，,；;。：:和及与"
_NEXT_THING = later("[、和及与]")


class Mention(NamedTuple):
    """A figure in a text: `start` and `end` are places of the raw text, `clause` the words around it, `piece` those of
    them that no other figure stands between.

    `before`: the words of the clause from the figure before it to this one; `after`: those behind it, the unit and its
    noun first; `lead`: the clause before, where it holds no figure; `earlier`: the sentence before the clause.
    """

    start: int
    end: int
    value: Value
    clause: str
    piece: str
    before: str
    after: str
    lead: str = ""
    earlier: str = ""


@lru_cache(maxsize=1024)
def mentions(text: str) -> tuple[Mention, ...]:
    """The quantities that a text states in digits (or as 百分之…) with a unit that is known, in their order."""
    if not _HAS_FIGURE.search(text, 0, LONGEST):
        return ()
    return tuple(_mentions(text[:LONGEST]))


def _mentions(text: str) -> Iterator[Mention]:
    masked = _NO_FIGURE.sub(lambda found: "□" * len(found[0]), _MARK.sub(lambda found: "；" * len(found[0]), text))
    sentence, lead, start = 0, "", 0
    for end in _ends(masked):
        clause = masked[start:end]
        if _HAS_FIGURE.search(clause):
            yield from _of_clause(text, masked, (start, end), lead, text[sentence:start])
            lead = ""
        elif clause.strip("；□ \t"):
            lead = text[start:end]
        start = end + 1
        if end < len(masked) and _SENTENCE_END.match(masked[end]):
            sentence, lead = start, ""


def _ends(masked: str) -> Iterator[int]:
    yield from (found.start() for found in _CLAUSE_END.finditer(masked))
    yield len(masked)


def _of_clause(text: str, masked: str, span: tuple[int, int], lead: str, earlier: str) -> Iterator[Mention]:
    start, end = span
    found = list(_found(masked, start, end))
    behind = start
    for number, (first, last, value) in enumerate(found):
        said = text[first:last]
        figure = _FIGURE.search(said)
        before = masked[behind : first + (figure.start() if figure else 0)]
        follows = number + 1 < len(found)
        after = masked[last : found[number + 1][0] if follows else end]
        if follows:
            after = _NEXT_THING.split(after, maxsplit=1)[0]
        tail = _TAIL.match(said) or _WORDED_TAIL.match(said)
        piece = text[behind : last + len(after)].strip(_EDGE)
        after = said[tail.end() if tail else 0 :] + after
        behind = last
        if value.unit and value.dimension:
            clause = text[start:end].strip(_EDGE)
            yield Mention(first, last, value, clause, piece, _plain(before), _plain(after), lead, earlier)


def _found(masked: str, start: int, end: int) -> Iterator[tuple[int, int, Value]]:
    """The figures of a clause, part by part: 水库3座、渠道12公里 are two figures, not one value of two thresholds."""
    for part in _PART.finditer(masked, start, end):
        for first, last, value in find_values(part[0]) if _HAS_FIGURE.search(part[0]) else ():
            place = part.start() + first, part.start() + last
            if value.kind == "quantity" and _HAS_FIGURE.search(masked, *place):
                yield *place, value


def _plain(words: str) -> str:
    return words.replace("□", "").replace("；", "")

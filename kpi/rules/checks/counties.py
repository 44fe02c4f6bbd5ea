"""The name of another county in what a form says of its own: copied from there."""

import re
from collections.abc import Iterator

from kpi.lazyre import HAN, later
from kpi.model import TargetTable
from kpi.rules.segment import unheard, words
from kpi.rules.text import holds

_COUNTY = "县"
_OWN = later(rf"{HAN}{{1,5}}?县(?![级直委乡域道])")
#: Cheap, before any cutting of words: 全县, 我县, 县级, 县城 name no county.
_MAYBE = later(rf"{HAN}{HAN}(?<![全我本各该某市省区乡由])县(?![级城委直乡域区镇内外政道])")
_KIND = later(f"(?:{HAN}{{1,3}}族)*自治县$")
_SENTENCE = re.compile(r"[。；;！!？?\n]")
_CLAUSE = re.compile("[，,]")
_JOINED = later("(?:与|和|同|及|至|到|赴|往|从|自|经|由|、)\\Z")
_SHORTEST, _LONGEST = 2, 4  # characters of a county's name
_TOLD = 3  # characters at its end that tell it from others


def other_county(
    table: TargetTable, text: str, kinds: frozenset[str], meeting: frozenset[str], becoming: frozenset[str]
) -> str:
    """The county that a text speaks of although the form is another one's; "" where there is none, or where the form
    does not say whose it is. `kinds` are no names (贫困县), `meeting` words of what two counties do together, and
    beside one of `becoming` …县 is what the place is to be (创建), or all of them are meant (所辖)."""
    if not _MAYBE.search(text):
        return ""
    own = _own(table)
    for sentence in _SENTENCE.split(text) if own else ():
        if not _MAYBE.search(sentence) or holds(meeting, sentence) or any(name in sentence for name in own):
            continue
        if any(_MAYBE.search(clause) and holds(becoming, clause) for clause in _CLAUSE.split(sentence)):
            continue
        for before, name in _named(sentence):
            if not (name[-_TOLD:] in own or name in kinds or _JOINED.search(before)):
                return name
    return ""


def _own(table: TargetTable) -> frozenset[str]:
    """The counties in the names of those who fill in the form, by the end of each name; 松垭自治县 is 松垭县, too."""
    told = (table.title, table.department or "", table.unit or "", table.project)
    names = [name for text in told for name in _OWN.findall(text)]
    short = [f"{_KIND.sub('', name)}县" for name in names if _KIND.search(name)]
    return frozenset(name[-_TOLD:] for name in (*names, *short))


def _named(sentence: str) -> Iterator[tuple[str, str]]:
    """What stands before each county's name, and the name: a word that ends in 县, or one that no dictionary has
    before a 县 (保障|县|医院 has none)."""
    before, last = "", ""
    for word in words(sentence):
        last = last.lstrip("从向对与和同给赴到往在由经为") if word == _COUNTY else last
        if word == _COUNTY and _SHORTEST <= len(last) <= _LONGEST and unheard(last):
            yield before.removesuffix(last), last + word
        elif word.endswith(_COUNTY) and len(word) > _SHORTEST:
            yield before, word
        before, last = before + word, word

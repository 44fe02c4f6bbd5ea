"""The rules that a ruleset names, to turn them off or on, to have them mended, to grade them: what is wrong there."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from kpi.rules.fullwidth import wrong_comma
from kpi.rules.located import Complaints, Origin
from kpi.rules.spec import RuleSpec
from kpi.rules.wording import did_you_mean, family_of, titled

_MUST_NOT_BE_OFF = "规则 {code} 是必须改好的（mandatory{line}），不能停用（off）；请去掉其中一处。"
_OFF_AND_ON = "off 里的 {off} 与第 {line} 行 on 里的 {on} 矛盾：同一条规则又停用、又启用；请去掉其中一处。"
_ONE_BY_ONE = (
    "这里要写一条条规则的代码，不能写类别 {family}（off、on、mandatory 里才可以写类别）；{codes}，"
    "请把要改的逐条写出来，例如 {first}: …。"
)


class Named(NamedTuple):
    """One word in a list of rules, where it stands, and the rules that it is for."""

    word: str
    at: Origin
    codes: frozenset[str]

    @property
    def line(self) -> int:
        return self.at.file.line(self.at.path)


def unknown(word: str, rules: Mapping[str, RuleSpec]) -> str:
    """What to say of a word in such a list that no rule answers to."""
    if said := wrong_comma(word):
        return said
    near = titled(word, {code: spec.title for code, spec in rules.items()})
    known = {*rules, *(code[:3] for code in rules), *(spec.name for spec in rules.values())}
    return f"没有叫 {word} 的规则或类别{near or did_you_mean(word, known)}"


def no_code(word: str, rules: Mapping[str, RuleSpec]) -> str:
    """What to say of a key that has to be the code of one rule and is none."""
    if family := sorted(code for code in rules if code[:3] == word.upper()):
        return _ONE_BY_ONE.format(family=family[0][:3], codes=family_of(family), first=family[0])
    if named := next((code for code, spec in rules.items() if spec.name == word), None):
        return f"这里要写规则的代码：{word} 请写成 {named}。"
    return f"没有规则 {word}{did_you_mean(word, rules)}"


def off_and_on(off: Sequence[Named], on: Sequence[Named], complaints: Complaints) -> frozenset[str]:
    """Complains of what one file turns off and on, and gives the codes. All of VAL off but VAL006 on is no
    contradiction: the narrower word is the exception."""
    undecided: set[str] = set()
    for out, back in product(off, on):
        both = out.codes & back.codes
        if both and not back.codes < out.codes:
            undecided |= both
            complaints.add(out.at, _OFF_AND_ON.format(off=out.word, on=back.word, line=back.line))
    return frozenset(undecided)


def must_not_be_off(
    codes: Iterable[str], off: Sequence[Named], mandatory: Sequence[Named], key: Origin, complaints: Complaints
) -> None:
    """Complains of rules that are off and mandatory; either may come from a file that the last one extends. `key`:
    where to tell it when both do."""
    for code in sorted(codes):
        out, wanted = (next((one for one in named if code in one.codes), None) for named in (off, mandatory))
        line = f"，第 {wanted.line} 行" if out and wanted else ""
        at = out.at if out else wanted.at if wanted else key
        complaints.add(at, _MUST_NOT_BE_OFF.format(code=code, line=line))

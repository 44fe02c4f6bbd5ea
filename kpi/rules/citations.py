"""Numbers of official documents in running text, and how GB/T 9704 wants them: 财预〔2021〕101号."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kpi.lazyre import HAN

_OPEN, _SHUT = r"[〔﹝\[［【〖(（{｛<＜〈《『「]", r"[〕﹞\]］】〗)）}｝>＞〉》』」]"
_NUMBER = re.compile(
    rf"(?P<open>{_OPEN})\s*(?P<year>(?:19|20)\d\d|\d\d(?=\s*[〕﹞\]］】〗]))\s*年?\s*(?P<shut>{_SHUT})\s*"
    r"(?P<nth>第\s*)?(?P<number>\d{1,5})\s*(?P<end>号(?![楼线机井桥坝路院车床库馆厅])|(?=文|[、，,；;。)）》《\n]|$))"
)
_RIGHT = {"〔": "〕", "﹝": "﹞"}  # the small forms print alike
_SQUARE = frozenset("[［【〖〔﹝")  # these hold a year for nothing else; behind round ones the 号 must follow
_CODE = re.compile(rf"{HAN}{{1,14}}\s?$")
# Words that lead to a code: 根据, 的通知, 省财政厅 (but not the 厅 of 晋人社厅函, before a single character).
_LEADS = re.compile(
    r"^.*(?:根据|依据|按照|遵照|参照|执行|落实|印发|下发|转发|以及|文件|通知|意见|办法|方案|[及和与按照据为号]"
    rf"|{HAN}{{2}}[厅局](?=..))(?=.)"
)
_PIVOT = 50  # of a year in two figures
_MOST = 500  # citations of one text


class Citation(NamedTuple):
    """A document number where it stands. `issuer`: the code before the year ("晋财预"); `start` is where the code
    begins, `at` where the year does; `wrong`: what is not as the standard writes it: bracket, nth, zero, year."""

    issuer: str
    year: str
    number: str
    start: int
    at: int
    end: int
    text: str
    wrong: frozenset[str]

    @property
    def right(self) -> str:
        """Year and number as the standard writes them."""
        return f"〔{self.year}〕{self.number}号"

    @property
    def rewritten(self) -> str:
        return self.issuer + self.right

    @property
    def key(self) -> tuple[str, str]:
        return self.year, self.number


@lru_cache(maxsize=4096)
def citations(text: str) -> tuple[Citation, ...]:
    """The document numbers of a text in their order."""
    found: list[Citation] = []
    for match in _NUMBER.finditer(text):
        issuer = _issuer(text[max(0, match.start() - 15) : match.start()])
        if issuer and (match["end"] or match["open"] in _SQUARE):
            found.append(_made(text, match, issuer))
            if len(found) >= _MOST:
                break
    return tuple(found)


def _issuer(before: str) -> str:
    """The code that ends here, without the words that lead to it ("根据晋财预" → "晋财预")."""
    found = _CODE.search(before)
    return _LEADS.sub("", found.group().rstrip()) if found else ""


def _made(text: str, match: re.Match[str], issuer: str) -> Citation:
    year, number = match["year"], match["number"].lstrip("0") or "0"
    full = year if len(year) == 4 else f"{19 if int(year) >= _PIVOT else 20}{year}"
    checks = {
        "bracket": _RIGHT.get(match["open"]) != match["shut"],
        "nth": bool(match["nth"]),
        "zero": number != match["number"],
        "year": len(year) == 2,
    }
    start = text.rfind(issuer, 0, match.start())
    wrong = frozenset(name for name, holds in checks.items() if holds)
    return Citation(issuer, full, number, start, match.start(), match.end(), text[start : match.end()].strip(), wrong)


def rewrite(text: str, some: Iterable[Citation] | None = None) -> str:
    """The text with its document numbers as the standard writes them; all else stays."""
    parts, done = [], 0
    for one in citations(text) if some is None else some:
        if one.wrong:
            parts += [text[done : one.at], one.right]
            done = one.end
    return "".join([*parts, text[done:]])


def numbers(text: str) -> Iterator[re.Match[str]]:
    """Years and numbers of documents, whoever issued them."""
    return _NUMBER.finditer(text)

"""The documents that a form rests on: whether any is named, and whether one goes under two numbers."""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from kpi.lazyre import HAN
from kpi.model import TargetTable
from kpi.rules.citations import Citation, citations, numbers
from kpi.rules.context import DocumentContext, FormContext
from kpi.rules.finding import Evidence, Hit, NotApplicable
from kpi.rules.prose import Prose, labels, quoted, sections, shown, titled
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import holds, pattern

_TITLE = re.compile(r"《[^《》]*[^《》\s][^《》]*》?")
_NUMBERED = re.compile(
    r"(?:\d+|[〇一二三四五六七八九十]+)\s*号|GB\s*/?\s*T?\s*\d{3,}|第\s*[\d一二三四五六七八九十]+\s*[次届期]"
)
_LAW = re.compile(rf"{HAN}{{2,}}法(?=$|(?!{HAN})|第|规定|要求|等|和|及|与|的|开展|实施|进行|制定)")


class BasisWithoutDocument(Params):
    """`labels`: words of the labels of sections about the basis; `documents`: what a document's title ends with
    (通知, 办法); `generic`: words that sound like a document and name none (相关规定); `attached`: it lies beside the
    form; `methods`: words ending in 法 that are no law; `least`: characters before such an end that make it a title."""

    labels: WordList
    documents: WordList
    generic: WordList
    attached: WordList
    methods: WordList
    least: int = 2


@check("basis-without-document", scope="form", params=BasisWithoutDocument, facts="places text")
def basis_without_document(ctx: FormContext, params: BasisWithoutDocument) -> Iterator[Hit | NotApplicable]:
    """A basis that names no law, document or record of a meeting."""
    wanted = pattern(ctx.words[params.labels])
    texts = [one for one in sections(ctx.table) if wanted.search(one.label) and _COUNTED not in one.label]
    if not texts:
        yield NotApplicable("表中没有填写立项依据")
        return
    if not any(names_document(one.text, ctx.words, params) for one in texts):
        facts = {"places": labels(texts), "text": shown(texts[0].text)}
        yield Hit(facts, evidence=tuple(quoted(one, 0) for one in texts))


def names_document(text: str, words: Mapping[str, frozenset[str]], params: BasisWithoutDocument) -> bool:
    """Whether a reader could look something up: a number, a title, a law, or that it is attached."""
    if _TITLE.search(text) or _NUMBERED.search(text) or next(numbers(text), None):
        return True
    if holds(words[params.attached], text):
        return True
    plain = pattern(words[params.generic]).sub("，", text)
    laws = pattern(words[params.methods]).sub("，", plain)
    if _LAW.search(laws):
        return True
    return any(
        _titled(plain, match.start(), params.least) for match in pattern(words[params.documents]).finditer(plain)
    )


_OF_PLACE = re.compile(rf"{HAN}{{1,6}}[省市县区州旗镇]")
_RULES = ("办法", "细则", "规定", "条例", "规程", "规则")
_COUNTED = "测算"  # how the money was counted stands on prices, and on no document
_BREAK = re.compile(r"[\s，,。；;、：:（）()]")
_LEADS = re.compile(r"^(?:\d+[.、．]?)?(?:根据|依据|按照|遵照|参照|依照|以及|执行|落实|贯彻|按|依|据|经|和|及|与|的)+")


def _titled(text: str, end: int, least: int) -> bool:
    """Whether words of a title stand before the word that names the kind of document."""
    before = _BREAK.split(text[max(0, end - 40) : end])[-1]
    return len(_LEADS.sub("", before)) >= least


class CitationsClash(Params):
    """`slips`: wrong end of an issuer's code → the right one; `least_number`: lower numbers meet by chance;
    `alike`: similarity in percent of two projects' names from which on their documents are held against each other;
    `shared`: characters that two codes must have in common; `others`: sections that others fill in."""

    slips: dict[str, str]
    endings: WordList
    others: WordList
    least_number: int = 20
    alike: float = 60
    shared: int = 2
    title_least: int = 8


class _Cited(NamedTuple):
    """One citation in its place; `title`: the 《…》 right before it."""

    form: int
    one: Prose
    citation: Citation
    title: str

    @property
    def evidence(self) -> Evidence:
        return quoted(self.one, self.citation.start, self.citation.end)


@check("citations-clash", scope="document", params=CitationsClash, facts="said rewrites", cases="slip")
def citations_clash(ctx: DocumentContext, params: CitationsClash) -> Iterator[Hit]:
    """One document under two numbers, or a code that no office uses: one finding per form, on its first place."""
    cited = [[*_cited(number, form, params)] for number, form in enumerate(ctx.forms)]
    pairs = list(_pairs(ctx, [one for some in cited for one in some], params))
    for number, form in enumerate(ctx.forms):
        mine = [pair for pair in pairs if pair[0].form == number]
        slips = [(one, right) for one in cited[number] if (right := _slip(one.citation.issuer, params.slips))]
        if mine or slips:
            yield _hit(form.table, mine, slips)


def _hit(table: TargetTable, pairs: list[tuple[_Cited, _Cited]], slips: list[tuple[_Cited, str]]) -> Hit:
    said = [f"“{one.citation.text}”的机关代字“{one.citation.issuer}”少见" for one, _ in slips]
    said += [f"“{a.citation.text}”和“{b.citation.text}”像是同一份文件" for a, b in pairs]
    rewrites = [f"“{one.citation.issuer}”是否应为“{right}”" for one, right in slips]
    places = [one for one, _ in slips] + [one for pair in pairs for one in pair]
    facts = {"said": "；".join(dict.fromkeys(said)), "rewrites": "；".join(dict.fromkeys(rewrites))}
    evidence = tuple(dict.fromkeys(one.evidence for one in places))
    cited = tuple(one.citation.text for one in places)
    return Hit(facts, case=None if pairs else "slip", table=table, evidence=evidence, judged=cited)


def _cited(number: int, form: FormContext, params: CitationsClash) -> Iterator[_Cited]:
    for one in titled(form.table, form.words[params.others]):
        for citation in citations(one.text):
            before = one.text[max(0, citation.start - 120) : citation.start].rstrip(" (（\t\n　")
            title = before[before.rfind("《") + 1 : -1] if before.endswith("》") and "《" in before else ""
            yield _Cited(number, one, citation, title)


def _slip(issuer: str, slips: Mapping[str, str]) -> str:
    """The code as it should read, or ""."""
    for wrong, right in slips.items():
        if issuer.endswith(wrong):
            return issuer[: -len(wrong)] + right
    return ""


def _pairs(ctx: DocumentContext, cited: list[_Cited], params: CitationsClash) -> Iterator[tuple[_Cited, _Cited]]:
    """Two citations of one document, each pair of numbers once."""
    groups: dict[object, dict[tuple[int, str, tuple[str, str]], _Cited]] = {}
    for one in cited:
        code = one.citation
        if int(code.number) >= params.least_number:
            groups.setdefault(code.key, {}).setdefault((one.form, code.issuer, code.key), one)
        if len(one.title) >= params.title_least:
            groups.setdefault(one.title, {}).setdefault((one.form, code.issuer, code.key), one)
    said: set[frozenset[str]] = set()
    for key, group in groups.items():
        for a, b in combinations(list(group.values())[:30], 2):
            names = frozenset((a.citation.rewritten, b.citation.rewritten))
            if len(names) == 2 and names not in said and _one_document(ctx, a, b, params, isinstance(key, str)):
                said.add(names)
                yield a, b


def _one_document(ctx: DocumentContext, a: _Cited, b: _Cited, params: CitationsClash, title: bool) -> bool:
    if a.form != b.form and not _alike(ctx.forms[a.form].table, ctx.forms[b.form].table, params.alike):
        return False
    if title and a.form == b.form and a.citation.key == b.citation.key:
        return True  # one title, one year, one number, and another office within one form
    if title:  # offices of two levels give their letters one title: only one office's number can be a slip
        ends = sorted(ctx.words[params.endings], key=len, reverse=True)
        own = a.form == b.form and _whole_name(a.title) and a.citation.issuer[:1] == b.citation.issuer[:1]
        if own and a.citation.year == b.citation.year:
            return True  # one 办法 of one place in one year has one number
        one_office = _stem(a.citation.issuer, ends) == _stem(b.citation.issuer, ends)  # 某农字, 某农发
        return a.citation.issuer == b.citation.issuer or (one_office and a.citation.key == b.citation.key)
    return _one_code(a.citation.issuer, b.citation.issuer, params, ctx.words)


def _whole_name(title: str) -> bool:
    """某县补贴办法: a title that names its place is no letter that two levels send on."""
    return _OF_PLACE.match(title) is not None and title.endswith(_RULES)


def _one_code(a: str, b: str, params: CitationsClash, words: Mapping[str, frozenset[str]]) -> bool:
    """晋人社 and 朔人社函: the same office of two levels, whatever kind of letter it was."""
    ends = sorted(words[params.endings], key=len, reverse=True)
    first, second = _stem(a, ends), _stem(b, ends)
    common = 0
    while common < min(len(first), len(second)) and first[-1 - common] == second[-1 - common]:
        common += 1
    return first != second and common >= params.shared and max(len(first), len(second)) - common <= params.shared


def _stem(code: str, endings: list[str]) -> str:
    """A code without the marks of its kind of letter: 晋人社厅函 → 晋人社."""
    while end := next((e for e in endings if code.endswith(e) and len(code) > len(e)), ""):
        code = code[: -len(end)]
    return code


def _alike(a: TargetTable, b: TargetTable, least: float) -> bool:
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - 25 ms, only where two forms cite one number

    return ratio(a.project, b.project) >= least

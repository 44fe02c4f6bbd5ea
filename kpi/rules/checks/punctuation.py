"""Document numbers and quotation marks as the standards write them."""

import re
from collections.abc import Iterator
from itertools import takewhile

from kpi.rules.citations import Citation, citations
from kpi.rules.context import FormContext
from kpi.rules.finding import Edit, Evidence, Hit
from kpi.rules.prose import Prose, labels, quoted, titled
from kpi.rules.registry import Params, WordList, check

_WRONG = {"bracket": "年份没有用〔〕括起", "nth": "多了“第”", "zero": "序号前多了 0", "year": "年份不全"}
_SHOWN = 6  # rewrites in a suggestion


class DocumentNumber(Params):
    """`others`: sections that others fill in; `codes`: ends of a word before "(2024)5号" that make it no document."""

    others: WordList
    codes: WordList


@check("document-number", scope="form", params=DocumentNumber, facts="places wrong rewrites count")
def document_number(ctx: FormContext, params: DocumentNumber) -> Iterator[Hit]:
    """Numbers whose year stands in other brackets than 〔〕, with 第 or a leading zero: one finding per form."""
    no_codes = tuple(ctx.words[params.codes])
    found: list[tuple[Prose, list[Citation]]] = []
    for one in titled(ctx.table, ctx.words[params.others]):
        wrong = [c for c in citations(one.printed) if c.wrong and not c.issuer.endswith(no_codes)]
        if wrong:
            found.append((one, wrong))
    if not found:
        return
    every = [citation for _, wrong in found for citation in wrong]
    rewrites = list(dict.fromkeys(f"{c.text} → {c.issuer}{c.right}" for c in every))
    more = f"等{len(rewrites)}个" if len(rewrites) > _SHOWN else ""
    facts = {
        "places": labels(one for one, _ in found),
        "wrong": "、".join(_WRONG[name] for name in _WRONG if any(name in c.wrong for c in every)),
        "rewrites": "；".join(rewrites[:_SHOWN]) + more,
        "count": str(len(every)),
    }
    edits = tuple(_edit(one, citation) for one, wrong in found for citation in wrong)
    yield Hit(facts, evidence=tuple(_numbers(one, wrong) for one, wrong in found), edits=edits)


def _edit(one: Prose, citation: Citation) -> Edit:
    """The year and number as they should be; which century two figures stand for is a guess."""
    written = one.printed[citation.at : citation.end]
    return Edit(one.location, written.rstrip(), citation.right, citation.at, safe="year" not in citation.wrong)


def _numbers(one: Prose, wrong: list[Citation]) -> Evidence:
    return Evidence(f"{one.label}：" + "、".join(dict.fromkeys(c.text for c in wrong)), one.location)


_INCHES = re.compile(r"(?<=\d)\s?”(?![^“”]{0,30}“)")
_LATIN = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])")
_PAIRS = (("“", "”"), ("‘", "’"))
_QUOTED = re.compile(r"[“”‘’]+[^“”‘’]{0,30}[“”‘’]*")
_EMPTY = re.compile(r"“”([^“”]{1,30})“”")


class QuotationMarks(Params):
    others: WordList


@check("quotation-marks", scope="form", params=QuotationMarks, facts="places seen rewrites")
def quotation_marks(ctx: FormContext, params: QuotationMarks) -> Iterator[Hit]:
    """Quotation marks turned the wrong way: one finding per form. A mark without its other half is TXT007's."""
    right = {one: better for one in titled(ctx.table, ctx.words[params.others]) if (better := turned(one.printed))}
    spots = [(one, *_difference(one.printed, better)) for one, better in right.items()]
    if spots:
        facts = {
            "places": labels(right),
            "seen": "、".join(dict.fromkeys(seen for _, _, seen, _ in spots)),
            "rewrites": "、".join(list(dict.fromkeys(better for _, _, _, better in spots))[:_SHOWN]),
        }
        evidence = tuple(quoted(one, at, at + len(seen)) for one, at, seen, _ in spots)
        edits = tuple(_turn(one, better) for one, better in right.items())
        yield Hit(facts, evidence=evidence, edits=edits, judged=tuple(seen for _, _, seen, _ in spots))


def _turn(one: Prose, right: str) -> Edit:
    """From the first mark that changes to the last."""
    start = _alike(one.printed, right)
    tail = _alike(one.printed[start:][::-1], right[start:][::-1])
    return Edit(one.location, one.printed[start : len(one.printed) - tail], right[start : len(right) - tail], start)


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def turned(text: str) -> str | None:
    """The text with its quotation marks the right way; None where nothing is wrong or nothing can be told."""
    better = _EMPTY.sub(r"“\1”", text)
    for opening, closing in _PAIRS:
        better = _alternating(better, opening, closing)
    return better if better != text else None


def _alternating(text: str, opening: str, closing: str) -> str:
    """Marks of one kind in turn, where they are even in number and do not pair as they are."""
    ignored = {match.start() + len(match.group()) - 1 for match in _INCHES.finditer(text)}
    ignored |= {match.start() for match in _LATIN.finditer(text)}
    places = [at for at, mark in enumerate(text) if mark in (opening, closing) and at not in ignored]
    if len(places) % 2 or _nested(text, places, opening):
        return text
    marks = list(text)
    for number, at in enumerate(places):
        marks[at] = closing if number % 2 else opening
    return "".join(marks)


def _nested(text: str, places: list[int], opening: str) -> bool:
    """Whether every mark has its other half as it is."""
    depth = 0
    for at in places:
        depth += 1 if text[at] == opening else -1
        if depth < 0:
            return False
    return depth == 0


def _difference(text: str, right: str) -> tuple[int, str, str]:
    """Where the first wrong quotation begins, its words as written and as they should be."""
    start = next((at for at, (a, b) in enumerate(zip(text, right, strict=False)) if a != b), 0)
    for opening, closing in _PAIRS:
        inside = right.rfind(opening, 0, start)
        if inside > right.rfind(closing, 0, start):
            start = inside
    seen, better = _QUOTED.match(text, start), _QUOTED.match(right, start)
    return start, seen.group() if seen else text[start : start + 1], better.group() if better else ""

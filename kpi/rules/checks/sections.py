"""Sections that say the same, and sections that nobody wrote for this project."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from kpi.lazyre import HAN
from kpi.rules.context import FormContext
from kpi.rules.finding import Hit, NotApplicable
from kpi.rules.prose import Prose, goals, heads, labels, one_year, prose, quoted, sections, shown
from kpi.rules.registry import Params, WordList, check
from kpi.rules.text import begins, holds, pattern, squash

_LEAST_QUALITIES = 3  # abstract nouns that make nothing but a list of virtues
_MOST = 2_000  # characters of a text that are compared


class SectionsCopied(Params):
    """`similarity` in percent, of texts of `least` characters or more, after `filler` is taken out; `places`: how many
    of them make a finding; `about`: words of the labels that are compared."""

    similarity: float = 90
    least: int = 8
    places: int = 3
    filler: WordList
    about: WordList


@check("sections-copied", scope="form", params=SectionsCopied, facts="places count text")
def sections_copied(ctx: FormContext, params: SectionsCopied) -> Iterator[Hit | NotApplicable]:
    """One text in three or more places: one finding, whatever the groups of like texts."""
    texts = list(_compared(ctx, params))
    once = one_year(ctx.table) is not False
    if _count([one for one, _ in texts], once) < params.places:
        yield NotApplicable("填了文字的栏目不足三处" if params.places == 3 else "填了文字的栏目太少")
        return
    found: list[Prose] = []
    for group in _groups(texts, params.similarity):
        if _count(group, once) >= params.places:
            found += group
    if found:
        facts = {"places": _named(found, once), "count": str(_count(found, once)), "text": shown(found[0].text)}
        yield Hit(facts, evidence=tuple(quoted(one) for one in found))


def _compared(ctx: FormContext, params: SectionsCopied) -> Iterator[tuple[Prose, str]]:
    """The texts that ought to differ, each with its form for comparing."""
    about, filler = pattern(ctx.words[params.about]), pattern(ctx.words[params.filler])
    chosen = [one for one in sections(ctx.table) if about.search(one.label)]
    for one in (*chosen, *goals(ctx.table)):
        plain = squash(one.text[:_MOST])
        if len(plain) >= params.least:
            yield one, filler.sub("", plain) or plain


def _count(some: list[Prose], once: bool) -> int:
    """How many places these are; the two goals of a one-year project are one."""
    goals_among = sum(one.half is not None for one in some)
    return len(some) - (max(0, goals_among - 1) if once else 0)


def _named(some: list[Prose], once: bool) -> str:
    """The places by name; two goals that count once are named once."""
    sections_among = [one for one in some if one.half is None]
    if once and len(some) - len(sections_among) > 1:
        return labels(sections_among) + "“两侧总体目标”"
    return labels(some)


def _groups(texts: list[tuple[Prose, str]], similarity: float) -> Iterator[list[Prose]]:
    """Texts alike to the first of their group; each text in one group."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - 25 ms, for forms with sections only

    left = texts
    while left:
        anchor = left[0][1]
        alike = [ratio(anchor, plain, score_cutoff=similarity) > 0 for _, plain in left]
        alike[0] = True
        yield [one for (one, _), same in zip(left, alike, strict=True) if same]
        left = [text for text, same in zip(left, alike, strict=True) if not same]


class Residue(Params):
    """Word lists: `anywhere` betrays a text wherever it stands, `opening` at its beginning, `in_goals` in a goal only;
    `subjects` with `advice` behind them in one sentence tell how a form is to be filled in;
    `nouns`: regular endings of abstract nouns (规范性), `verbs` that may lead them (兼顾); `others`: words of labels of
    sections that others fill in."""

    anywhere: WordList
    opening: WordList
    in_goals: WordList
    verbs: WordList
    others: WordList
    subjects: WordList = "residue-subjects"
    advice: WordList = "residue-advice"
    nouns: str = "性"


_HEADING = re.compile(r"(?m)^[ \t]*#{2,6}[ \t]*[^\s#]")
_BOLD = re.compile(r"\*\*[^*\n]{2,40}(?:[:：]\*\*|\*\*[:：])|(?m:^\s*(?:[-*]|\d+[.、])\s*\*\*[^*\n]{2,40}\*\*)|```")
#: A name of the template's (XX单位, ×××项目); **县教体局 is a name that was masked before it was published.
_UNNAMED = re.compile(
    r"\s*(?:[XxＸｘ×*＊○〇□_]{1,6}|某某?)\s*(?:主管|实施|预算|填报|项目)?(?:单位|部门|项目|专项)(?:名称)?\s*"
)
_LEFT = re.compile(r"^[\s\"“”'#*>\-]*")


@check("boilerplate-residue", scope="form", params=Residue, facts="seen places", cases="unnamed")
def boilerplate_residue(ctx: FormContext, params: Residue) -> Iterator[Hit | NotApplicable]:
    """Text about targets instead of a target, and what a text generator left: one finding per form."""
    texts = prose(ctx.table, ctx.words[params.others])
    unnamed = [one for one in heads(ctx.table) if _UNNAMED.fullmatch(one.text)]
    if unnamed:
        seen = "、".join(dict.fromkeys(f"“{one.text.strip()}”" for one in unnamed))
        yield Hit({"seen": seen, "places": labels(unnamed)}, "unnamed", tuple(quoted(one) for one in unnamed))
    if not texts:
        yield NotApplicable("没有读到栏目文字和总体目标")
        return
    found = [(one, span) for one in texts if (span := residue(one, ctx.words, params))]
    if found:
        seen = "、".join(dict.fromkeys(f"“{_clause(one.text, *span)}”" for one, span in found))
        evidence = tuple(quoted(one, *span) for one, span in found)
        words = tuple(f"{one.label}：{_clause(one.text, *span)}" for one, span in found)
        yield Hit({"seen": seen, "places": labels(one for one, _ in found)}, evidence=evidence, judged=words)


def _clause(text: str, start: int, end: int) -> str:
    """The clause around a spot, for the message."""
    before = re.split(r"[，,。；;\n]", text[max(0, start - 20) : start])[-1]
    after = re.split(r"[，,。；;\n]", text[end : end + 20])[0]
    return (before + text[start:end] + after).strip()


def residue(one: Prose, words: Mapping[str, frozenset[str]], params: Residue) -> tuple[int, int] | None:
    """Where the text betrays itself, or None."""
    text, found = one.text, None
    for name in (params.anywhere, *([params.in_goals] if one.half else [])):
        found = found or (pattern(words[name]).search(text) if holds(words[name], text) else None)
    left = _LEFT.match(text)
    start = left.end() if left else 0
    if not found and begins(words[params.opening], text[start:]):
        found = pattern(words[params.opening]).match(text, start)
    found = found or _HEADING.search(text) or _BOLD.search(text)
    if not found and holds(words[params.subjects], text) and holds(words[params.advice], text):
        found = _advice(words[params.subjects], words[params.advice]).search(text)
    listed = sum(text.count(params.nouns + mark) for mark in "、，,以和与及")
    if not found and text.count(params.nouns) >= _LEAST_QUALITIES and listed >= _LEAST_QUALITIES - 1:
        found = _qualities(params.nouns, words[params.verbs]).search(text)
    return found.span() if found else None


@cache
def _advice(subjects: frozenset[str], advice: frozenset[str]) -> re.Pattern[str]:
    """年度目标|一般分为…, 通过设置核心指标,形成|逻辑严密…: within a sentence, and not far apart."""
    return re.compile(f"(?:{pattern(subjects).pattern})[^。；;\\n]{{0,30}}?(?:{pattern(advice).pattern})")


@cache
def _qualities(noun: str, verbs: frozenset[str]) -> re.Pattern[str]:
    """A sentence of three or more abstract nouns and nothing else (前瞻性、规范性和可操作性); with a verb, a clause."""
    one = rf"{HAN}{{1,3}}{re.escape(noun)}"
    some = rf"{one}[、，,]{one}(?:[、，,]{one})*(?:[、，,]|以及|[和与及]){one}"
    whole = rf"(?:^|(?<=[。；;\n]))\s*{some}(?=\s*(?:[。；;\n]|$))"
    led = rf"(?:^|(?<=[，,。；;\n]))\s*(?:{pattern(verbs).pattern}){some}(?=\s*(?:[，,。；;\n]|$))"
    return re.compile(f"{whole}|{led}")

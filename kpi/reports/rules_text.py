"""`kpi rules` for people: the list, one rule explained, and what a ruleset of one's own changes."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from kpi.model import LEVEL2, OWN_LEVEL
from kpi.reports.example_text import example
from kpi.reports.lines import Line, line, styled
from kpi.reports.numbers import share
from kpi.reports.ruleset_changes import Changes
from kpi.reports.settings import EMPTY, setting
from kpi.reports.terms import CONFIDENCES, FACTS, FAMILIES, SEVERITIES, STATUSES
from kpi.reports.width import left, one_line
from kpi.rules.accuracy import measured
from kpi.rules.example_spec import ExampleSpec
from kpi.rules.finding import Finding
from kpi.rules.registry import Params
from kpi.rules.ruleset import Citation, Rule, Ruleset
from kpi.rules.wording import CALLED
from kpi.values.value import Kind

_TITLE_COLUMNS = 30
_NAME_COLUMNS = 32
_MOST_WORDS = 20
_NAMELESS = {"": "没有写二级指标的行", OWN_LEVEL: "表里自设的二级指标"}
_FACT = re.compile(r"\{(\w+)\}")
Said = Callable[[Rule, ExampleSpec], Finding | None]


def render_list(ruleset: Ruleset) -> Iterator[Line]:
    """Every rule, grouped by family; those that are off are marked."""
    off = f"，其中停用 {len(ruleset.off & set(ruleset.rules))} 条" if ruleset.off else ""
    yield line(styled("head", f"规则集 {ruleset.name}"), f"：{ruleset.title}，共 {len(ruleset.rules)} 条规则{off}")
    for family, rules in groupby(sorted(ruleset.rules.values(), key=_place), key=lambda rule: rule.family):
        yield line()
        yield line(styled("head", f"{family} {FAMILIES.get(family, '')}"))
        for rule in rules:
            yield _entry(rule, rule.code in ruleset.off)
    yield line()
    yield line(styled("dim", "看一条规则的说明：kpi rules show 代码"))


def _place(rule: Rule) -> tuple[int, str]:
    """Families in the order of the catalogue, an office's own after them."""
    known = list(FAMILIES)
    return known.index(rule.family) if rule.family in known else len(known), rule.code


def _entry(rule: Rule, off: bool) -> Line:
    marks = ["停用"] if off else []
    marks += [STATUSES[rule.status]] if rule.status != "stable" else []
    severity = styled("dim" if off else rule.severity, SEVERITIES[rule.severity])
    title = left(one_line(rule.title), _TITLE_COLUMNS)
    mark = f"  {'、'.join(marks)}" if marks else ""
    return line(f"  {rule.code}  ", severity, f"  {title}", styled("dim", left(rule.name, _NAME_COLUMNS)), mark)


def render_rules(
    rules: Iterable[Rule], ruleset: Ruleset, said: Said, *, explain: bool = False
) -> Iterator[Line]:  # fmt: skip
    """Each rule in full. `said` tells what the rule says of an example; `explain`: and what authors of rules need."""
    for number, rule in enumerate(rules):
        if number:
            yield line()
        yield from _rule(rule, ruleset, explain=explain)
        yield from _examples(rule, said)


def _rule(rule: Rule, ruleset: Ruleset, *, explain: bool) -> Iterator[Line]:
    off = "（在本规则集中停用）" if rule.code in ruleset.off else ""
    yield line(styled("head", f"{rule.code} {one_line(rule.title)}"), f"  {rule.name}{off}")
    severity, confidence, status = SEVERITIES[rule.severity], CONFIDENCES[rule.confidence], STATUSES[rule.status]
    yield _field("级别", f"{severity}；把握{confidence}；{status}；对应审核内容：{rule.review_item}")
    if score := measured().get(rule.code):
        judged = (*share("准确率", score.hit, score.judged), *share("查全率", score.hit, score.hit + score.missed))
        yield _field("量过", "；".join(judged) or "标注样本里没有遇到")
    wording = rule.default.wording
    for head, template in (("查什么", wording.message), ("应当", wording.expected), ("改法", wording.suggestion)):
        yield _field(head, _readable(template.text, rule, ruleset))
    yield _field("为什么", rule.rationale)
    yield from _several("依据", map(_citation, rule.basis))
    yield _field("看哪些", _where(rule))
    yield from _several("可能误报", rule.false_positives)
    yield from _several("情形", _cases(rule, ruleset))
    if explain:
        yield _field("检查", rule.uses)
    yield from _several("参数", _params(rule, ruleset) if explain else _brief(rule, ruleset))
    yield from _several("体系参数", _figures(rule, ruleset))


def _readable(template: str, rule: Rule, ruleset: Ruleset) -> str:
    """A template without its brackets: parameters in figures, what a check finds each time in words or as "…"."""
    own = {key: text for key, text in rule.facts.items() if key not in rule.check.facts and text not in ruleset.words}
    facts = {**FACTS, **own}
    return _FACT.sub(lambda fact: facts.get(fact[1], "…"), template.replace("[[", "").replace("]]", ""))


def _field(head: str, text: str) -> Line:
    return line(styled("dim", left(f"  {head}：", 12)), one_line(text) or "—")


def _several(head: str, texts: Iterable[str]) -> Iterator[Line]:
    for number, text in enumerate(texts):
        prefix = styled("dim", left(f"  {head}：" if number == 0 else "", 12))
        yield line(prefix, one_line(text))


def _citation(citation: Citation) -> str:
    basis = citation.basis
    until = f"，{basis.in_force_to} 失效" if basis.in_force_to else ""
    sure = "已核对" if citation.verified else "未核对原文"
    gist = basis.articles.get(citation.article or "")
    return f"{citation}（{basis.in_force_from} 施行{until}；{sure}）" + (f"：{gist}" if gist else "")


def _figures(rule: Rule, ruleset: Ruleset) -> Iterator[str]:
    """What the rule takes from the trees of indicators, each with its source."""
    for profile in ruleset.profiles.values():
        for name in sorted(rule.check.figures & profile.figures.keys()):
            figure = profile.figures[name]
            sure = "已核对" if figure.verified else "未核对原文"
            yield f"{profile.title}：{setting(figure.value)}（出处：{figure.source}；{sure}）"


def _where(rule: Rule) -> str:
    kinds = rule.where.kinds or _looked_at(rule.params)
    limits: dict[str, list[str]] = {
        "二级指标": [_NAMELESS.get(level, level) for level in sorted(rule.where.levels, key=_level)],
        "值的种类": [called for kind, called in CALLED.items() if kind in kinds],
        "表的种类": [called for form, called in CALLED.items() if form in rule.where.forms],
    }
    return "；".join(f"{head}：{'、'.join(limit)}" for head, limit in limits.items() if limit) or "不限"


def _level(level: str) -> tuple[int, str]:
    """In the order of the forms; what is no second level of theirs after them."""
    return LEVEL2.index(level) if level in LEVEL2 else len(LEVEL2) + (level in _NAMELESS), level


def _looked_at(params: Params) -> tuple[Kind, ...]:
    """The kinds of value that a check itself keeps to."""
    field = type(params).model_fields.get("kinds")
    return params.kinds if field and field.annotation == tuple[Kind, ...] else ()  # type: ignore[attr-defined]


def _cases(rule: Rule, ruleset: Ruleset) -> Iterator[str]:
    for name, case in sorted(rule.cases.items()):
        yield f"{name}（{SEVERITIES[case.severity]}）：{_readable(case.wording.message.text, rule, ruleset)}"


def _brief(rule: Rule, ruleset: Ruleset) -> Iterator[str]:
    """The figures and texts that an office may set; what only an author of rules reads is counted."""
    more = 0
    for name, value in rule.params.model_dump().items():
        if value in EMPTY:
            continue
        if isinstance(value, Mapping | list | tuple | frozenset) or value in ruleset.words:
            more += 1
        else:
            yield f"{name} = {setting(value)}"
    if more:
        yield f"词表和清单 {more} 份（加 --explain 看里面写了什么）"


def _params(rule: Rule, ruleset: Ruleset) -> Iterator[str]:
    """A parameter a line; a list of mappings an entry a line; the words of the word lists that are named."""
    for name, value in rule.params.model_dump().items():
        if value in EMPTY:
            continue
        nested = isinstance(value, list | tuple) and any(isinstance(part, Mapping) for part in value)
        yield f"{name}：" if nested else f"{name} = {setting(value)}"
        if nested:
            yield from (f"  · {setting(part)}" for part in value)
        yield from (f"  {_list(one, ruleset)}" for one in _named(value) if one in ruleset.words)


def _named(value: object) -> tuple[str, ...]:
    some = value if isinstance(value, list | tuple | frozenset) else (value,)
    return tuple(one for one in some if isinstance(one, str))


def _list(name: str, ruleset: Ruleset) -> str:
    words = sorted(ruleset.words[name])
    more = "……" if len(words) > _MOST_WORDS else ""
    return f"词表 {name}（{len(words)} 个词）：{'、'.join(words[:_MOST_WORDS])}{more}"


def _examples(rule: Rule, said: Said) -> Iterator[Line]:
    for spec in rule.bad:
        yield line("  ", styled("error", "✗"), f" {one_line(example(spec))}")
        if finding := said(rule, spec):
            yield line(styled("dim", f"    → {one_line(finding.message)}{one_line(finding.suggestion)}"))
    for spec in rule.good:
        yield line("  ", styled("good", "✓"), f" {one_line(example(spec))}")


def render_changes(label: str, ruleset: Ruleset, changes: Changes) -> Iterator[Line]:
    """A ruleset file that can be used, and what it does differently from the one it is compared with."""
    active = len(ruleset.active)
    yield line(styled("good", "可用"), f"：{label} 没有错误，启用规则 {active} 条。")
    if changes.nothing:
        yield line(f"与 {changes.base} 相同，没有改动。")
        return
    yield line(f"与 {changes.base} 相比：")
    for head, texts in changes.rows():
        if texts:
            yield line(f"  {head}：{'；'.join(texts)}")

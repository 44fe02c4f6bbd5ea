"""Draft → Ruleset: every rule is held against its check (parameters, facts, cases), the levels, the bases."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kpi.model import LEVEL2
from kpi.rules.checks import find, known, scope_of
from kpi.rules.draft import Draft, Said
from kpi.rules.fullwidth import wrong_comma
from kpi.rules.located import Origin
from kpi.rules.registry import Check
from kpi.rules.ruleset import GROUPS, Case, Citation, Rule, Ruleset, Where, Wording
from kpi.rules.spec import CaseSpec, RuleSpec, WhereSpec
from kpi.rules.templates import COMMON, names, problem, template
from kpi.rules.wording import did_you_mean, like, say

if TYPE_CHECKING:
    from kpi.rules.example_spec import ExampleSpec

_TEXTS = ("message", "expected", "suggestion")


def finish(draft: Draft) -> Ruleset:
    """The ruleset, or complaints in the draft. Rules that could not be compiled are left out of what is returned."""
    rules: dict[str, Rule] = {}
    named: dict[tuple[str, str], str] = {}
    for code in sorted(draft.rules):
        spec, origin = draft.rules[code].value, draft.rules[code].origin
        known = named.setdefault((spec.name, _company(spec)), code)
        if known != code:
            said = f"规则 {code} 的名称 {spec.name} 与 {known} 重复，请换一个。"
            draft.complaints.add(origin.at("name"), said)
        rule = _Compiler(draft, code, spec, origin).rule()
        if rule:
            rules[code] = rule
    if draft.profile and draft.profile.value not in draft.profiles:
        known = did_you_mean(draft.profile.value, draft.profiles)
        draft.complaints.add(draft.profile.origin, f"没有指标体系 {draft.profile.value}{known}")
    return Ruleset(
        name=draft.name,
        title=draft.title,
        version=draft.version,
        dated=draft.dated,
        rules=rules,
        off=frozenset(draft.off),
        silences=tuple(dict.fromkeys(draft.silences)),
        words=draft.words,
        profiles=draft.profiles,
        bases=draft.bases,
        profile=draft.profile.value if draft.profile else None,
        mandatory=frozenset(draft.mandatory),
    )


def _company(spec: RuleSpec) -> str:
    """Monitoring and evaluation never run together: each may have a rule of the same name (reason-missing)."""
    scope = scope_of(spec.check)
    return scope if scope in ("monitoring", "evaluation") else ""


class _Compiler:
    """One rule. Complaints go to the draft."""

    def __init__(self, draft: Draft, code: str, spec: RuleSpec, origin: Origin) -> None:
        self.draft, self.code, self.spec, self.origin = draft, code, spec, origin
        self.complain = draft.complaints.add

    def rule(self) -> Rule | None:
        if scope_of(self.spec.check) is None:
            hint = did_you_mean(self.spec.check, known())
            self.complain(self.origin.at("check"), f"规则 {self.code} 的检查 {self.spec.check} 不认识{hint}")
            self.basis()
            self.brackets()
            self.levels()
            return None
        made = self.made()
        if self.origin.file.shipped and self.code not in self.draft.params and not self.draft.strict:
            return made  # the tests hold the shipped ones
        # Every part is looked at, whatever is wrong with another: all mistakes are told in one go.
        check = find(self.spec.check)
        told = self.told(made)
        self.texts(check, told)
        self.examples(check)
        return None if told is None else made

    def made(self) -> Rule:
        spec = self.spec
        overrides: Mapping[str, Said] = self.draft.params.get(self.code, {})
        default, cases = self.wordings()
        return Rule(
            code=self.code,
            name=spec.name,
            title=spec.title,
            status=spec.status,
            review_item=spec.review_item,
            where=self.where(),
            uses=spec.check,
            with_={**spec.with_, **{key: said.value for key, said in overrides.items()}},
            default=default,
            cases=cases,
            basis=self.basis(),
            rationale=spec.rationale,
            false_positives=spec.false_positives,
            unlabelled=spec.unlabelled,
            examples=spec.examples,
            in_force_from=spec.in_force_from,
            in_force_to=spec.in_force_to,
            lists=self.draft.words,
        )

    def told(self, rule: Rule) -> Mapping[str, str] | None:
        """The parameters that a message may name; None after complaining of the parameters."""
        try:
            return rule.facts
        except ValidationError as error:
            over = {key: said.origin for key, said in self.draft.params.get(self.code, {}).items()}
            self.blame(error, rule.check, self.origin.at("with"), over)
        return None

    def examples(self, check: Check) -> None:
        """Keys of the examples; parameters that an example brings along are held against the check too."""
        from kpi.rules.example_spec import Holder  # noqa: PLC0415 - only an office's own rules come here

        at, written = self.origin.at("examples"), self.spec.examples
        held = self.draft.checked(Holder, {"examples": written}, self.origin, f"规则 {self.code}")
        for side, examples in (("bad", held.examples.bad), ("good", held.examples.good)) if held else ():
            for index, example in enumerate(examples):
                self.example_levels(example, at.at(side, index))
                if example.with_:
                    data = {**self.spec.with_, **example.with_}
                    try:
                        check.params.model_validate(data, context={"words": self.draft.words})
                    except ValidationError as error:
                        self.blame(error, check, at.at(side, index, "with"), {})

    def example_levels(self, example: "ExampleSpec", at: Origin) -> None:
        """Second levels that are nearly those of the forms: the example would be about none of them. Others a form may
        have of its own (项目立项), and a rule of those may try what it likes."""
        if "自设" in self.spec.where.levels:
            return
        for steps, level in example.levels():
            if level not in LEVEL2 and like(level, LEVEL2):
                said = f"规则 {self.code} 的例子里二级指标“{level}”不认识{did_you_mean(level, LEVEL2)}"
                self.complain(at.at(*steps), said)

    def blame(self, error: ValidationError, check: Check, origin: Origin, over: Mapping[str, Origin]) -> None:
        """Complain of parameters, at the place in `over` for keys that were overridden."""
        for one in error.errors(include_url=False):
            self.complain(_blamed(one["loc"], origin, over), say(one, check.params, f"规则 {self.code}", "参数"))

    def where(self) -> Where:
        spec: WhereSpec = self.spec.where
        at = self.origin.at("where")
        if scope_of(self.spec.check) not in ("entry", "indicator") and (spec.levels or spec.kinds):
            said = f"规则 {self.code} 的检查 {self.spec.check} 看整张表，不能用 where 的 levels、kinds 限定行；请去掉。"
            self.complain(at, said)
        return Where(self.levels(), frozenset(spec.kinds), frozenset(spec.forms))

    def levels(self) -> frozenset[str]:
        levels: list[str] = []
        for index, level in enumerate(self.spec.where.levels):
            if level not in GROUPS and level not in LEVEL2:
                hint = wrong_comma(level) or f"“{level}”不认识{did_you_mean(level, [*LEVEL2, *GROUPS])}"
                self.complain(self.origin.at("where", "levels", index), f"规则 {self.code} 的二级指标{hint}")
            levels += GROUPS.get(level, (level,))
        return frozenset(levels)

    def wordings(self) -> tuple[Case, Mapping[str, Case]]:
        spec, forced = self.spec, self.draft.severity.get(self.code)
        own = Wording(template(spec.message), template(spec.expected), template(spec.suggestion))
        cases = {}
        for name, case in spec.cases.items():
            severity = forced or case.severity or spec.severity
            texts = (text if said is None else template(said) for text, said in zip(own, _said(case), strict=True))
            cases[name] = Case(severity, case.confidence or spec.confidence, Wording(*texts))
        return Case(forced or spec.severity, spec.confidence, own), cases

    def texts(self, check: Check, told: Mapping[str, str] | None) -> None:
        """Brackets, facts and cases; where the parameters are wrong, any of their names will do in a template."""
        facts = {*check.facts, *COMMON, *(check.params.model_fields if told is None else told)}
        for key in _TEXTS:
            self.template(getattr(self.spec, key), facts, self.origin.at(key))
        for name, case in self.spec.cases.items():
            at = self.origin.at("cases", name)
            if name not in check.cases:
                hint = did_you_mean(name, check.cases)
                self.complain(at, f"规则 {self.code} 的情形 {name} 不是检查 {check.name} 会报的{hint}")
            for key, text in zip(_TEXTS, _said(case), strict=True):
                self.template(text or "", facts, at.at(key))

    def brackets(self) -> None:
        """What can be said of the texts of a rule whose check is not known."""
        for key in _TEXTS:
            self.well_formed(getattr(self.spec, key), self.origin.at(key))
        for name, case in self.spec.cases.items():
            for key in _TEXTS:
                self.well_formed(getattr(case, key) or "", self.origin.at("cases", name, key))

    def well_formed(self, text: str, at: Origin) -> None:
        if wrong := problem(text):
            self.complain(at, f"规则 {self.code} 的 {at.path[-1]} 写法不对：{wrong}。")

    def template(self, text: str, facts: Iterable[str], at: Origin) -> None:
        self.well_formed(text, at)
        for name in names(text):
            if name not in facts:
                known = did_you_mean(name, facts)
                said = f"用了“{{{name}}}”，检查 {self.spec.check} 不提供这一项{known}"
                self.complain(at, f"规则 {self.code} 的 {at.path[-1]} {said}")

    def basis(self) -> tuple[Citation, ...]:
        cited = []
        for index, text in enumerate(self.spec.basis):
            key, _, article = text.partition("#")
            basis = self.draft.bases.get(key)
            if basis is None and key not in self.draft.broken:
                known = did_you_mean(key, self.draft.bases)
                self.complain(self.origin.at("basis", index), f"规则 {self.code} 的依据 {key} 不认识{known}")
            elif basis is not None:
                cited.append(Citation(basis, article or None))
        return tuple(cited)


def _said(case: CaseSpec) -> tuple[str | None, ...]:
    return (case.message, case.expected, case.suggestion)


def _blamed(loc: tuple[str | int, ...], origin: Origin, over: Mapping[str, Origin]) -> Origin:
    """Where a wrong parameter was written. What does not go together was brought out of step by an override."""
    head = str(loc[0]) if loc else ""
    if head in over:
        return over[head].at(*loc[1:])
    if over:
        first = next(iter(over.values()))
        return Origin(first.file, first.path[:-1]) if len(over) > 1 else first
    return origin.at(*loc)

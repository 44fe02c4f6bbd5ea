"""Draft → Ruleset: every rule is held against its check (parameters, facts, cases), the levels, the bases."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from kpi.model import LEVEL2
from kpi.rules.draft import Draft, Said
from kpi.rules.located import Origin
from kpi.rules.registry import CHECKS, Check, Params
from kpi.rules.ruleset import GROUPS, Case, Citation, Rule, Ruleset, Where, Wording
from kpi.rules.spec import CaseSpec, RuleSpec, WhereSpec
from kpi.rules.templates import COMMON, Template, names, problem, template
from kpi.rules.wording import did_you_mean, say

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
    check = CHECKS.get(spec.check)
    return check.scope if check and check.scope in ("monitoring", "evaluation") else ""


class _Compiler:
    """One rule. Complaints go to the draft."""

    def __init__(self, draft: Draft, code: str, spec: RuleSpec, origin: Origin) -> None:
        self.draft, self.code, self.spec, self.origin = draft, code, spec, origin
        self.complain = draft.complaints.add

    def rule(self) -> Rule | None:
        spec = self.spec
        check = CHECKS.get(spec.check)
        if check is None:
            known = did_you_mean(spec.check, CHECKS)
            self.complain(self.origin.at("check"), f"规则 {self.code} 的检查 {spec.check} 不认识{known}")
            self.basis()
            self.brackets()
            self.levels()
            return None
        # Every part is looked at, whatever is wrong with another: all mistakes are told in one go.
        params = self.params(check)
        default, cases = self.wordings(check, params)
        where, basis = self.where(check), self.basis()
        if not self.origin.file.shipped:  # the tests hold the shipped ones, and a run has no use for them
            self.examples(check)
        if params is None:
            return None
        return Rule(
            code=self.code,
            name=spec.name,
            title=spec.title,
            status=spec.status,
            review_item=spec.review_item,
            where=where,
            check=check,
            params=params,
            default=default,
            cases=cases,
            basis=basis,
            rationale=spec.rationale,
            false_positives=spec.false_positives,
            unlabelled=spec.unlabelled,
            examples=spec.examples,
            in_force_from=spec.in_force_from,
            in_force_to=spec.in_force_to,
            facts=self.scalars(params),
        )

    def params(self, check: Check) -> Params | None:
        overrides: Mapping[str, Said] = self.draft.params.get(self.code, {})
        over = {key: said.origin for key, said in overrides.items()}
        data = {**self.spec.with_, **{key: said.value for key, said in overrides.items()}}
        return self.validated(check, data, self.origin.at("with"), over)

    def examples(self, check: Check) -> None:
        """Keys of the examples; parameters that an example brings along are held against the check too."""
        from kpi.rules.example_spec import Holder  # noqa: PLC0415 - only an office's own rules come here

        at = self.origin.at("examples")
        held = self.draft.checked(Holder, {"examples": self.spec.examples}, self.origin, f"规则 {self.code}")
        for side, examples in (("bad", held.examples.bad), ("good", held.examples.good)) if held else ():
            for index, example in enumerate(examples):
                if example.with_:
                    with_ = at.at(side, index, "with")
                    self.validated(check, {**self.spec.with_, **example.with_}, with_, {})

    def validated(
        self, check: Check, data: Mapping[str, Any], origin: Origin, over: Mapping[str, Origin]
    ) -> Params | None:
        """`data` as parameters; None after complaining, at the place in `over` for keys that were overridden."""
        try:
            return check.params.model_validate(data, context={"words": self.draft.words})
        except ValidationError as error:
            for one in error.errors(include_url=False):
                self.complain(_blamed(one["loc"], origin, over), say(one, check.params, f"规则 {self.code}", "参数"))
        return None

    def where(self, check: Check) -> Where:
        spec: WhereSpec = self.spec.where
        at = self.origin.at("where")
        if check.scope not in ("entry", "indicator") and (spec.levels or spec.kinds):
            said = f"规则 {self.code} 的检查 {check.name} 看整张表，不能用 where 的 levels、kinds 限定行；请去掉。"
            self.complain(at, said)
        return Where(self.levels(), frozenset(spec.kinds), frozenset(spec.forms))

    def levels(self) -> frozenset[str]:
        levels: list[str] = []
        for index, level in enumerate(self.spec.where.levels):
            if level not in GROUPS and level not in LEVEL2:
                known = did_you_mean(level, [*LEVEL2, *GROUPS])
                at = self.origin.at("where", "levels", index)
                self.complain(at, f"规则 {self.code} 的二级指标“{level}”不认识{known}")
            levels += GROUPS.get(level, (level,))
        return frozenset(levels)

    def wordings(self, check: Check, params: Params | None) -> tuple[Case, Mapping[str, Case]]:
        """The texts; where the parameters are wrong, any of their names will do in a template."""
        facts = {*check.facts, *COMMON, *(self.scalars(params) if params else check.params.model_fields)}
        spec, forced = self.spec, self.draft.severity.get(self.code)
        texts = {key: self.template(getattr(spec, key), facts, self.origin.at(key)) for key in _TEXTS}
        default = Case(forced or spec.severity, spec.confidence, Wording(**texts))
        cases = {}
        for name, case in spec.cases.items():
            at = self.origin.at("cases", name)
            if name not in check.cases:
                known = did_you_mean(name, check.cases)
                self.complain(at, f"规则 {self.code} 的情形 {name} 不是检查 {check.name} 会报的{known}")
            severity = forced or case.severity or spec.severity
            cases[name] = Case(severity, case.confidence or spec.confidence, self.case_wording(case, texts, facts, at))
        return default, cases

    def case_wording(self, case: CaseSpec, texts: Mapping[str, Template], facts: Iterable[str], at: Origin) -> Wording:
        said: dict[str, str | None] = {key: getattr(case, key) for key in _TEXTS}
        own = {key: self.template(text, facts, at.at(key)) for key, text in said.items() if text is not None}
        return Wording(**{**texts, **own})

    def scalars(self, params: Params) -> dict[str, str]:
        """Parameters that a message may name: texts and figures, but not the name of a word list."""
        values: dict[str, Any] = {name: getattr(params, name) for name in type(params).model_fields}
        told = {name: value for name, value in values.items() if isinstance(value, str | int | Decimal)}
        return {name: _plain(value) for name, value in told.items() if value not in self.draft.words}

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

    def template(self, text: str, facts: Iterable[str], at: Origin) -> Template:
        self.well_formed(text, at)
        for name in names(text):
            if name not in facts:
                known = did_you_mean(name, facts)
                said = f"用了“{{{name}}}”，检查 {self.spec.check} 不提供这一项{known}"
                self.complain(at, f"规则 {self.code} 的 {at.path[-1]} {said}")
        return template(text)

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


def _blamed(loc: tuple[str | int, ...], origin: Origin, over: Mapping[str, Origin]) -> Origin:
    """Where a wrong parameter was written. What does not go together was brought out of step by an override."""
    head = str(loc[0]) if loc else ""
    if head in over:
        return over[head].at(*loc[1:])
    if over:
        first = next(iter(over.values()))
        return Origin(first.file, first.path[:-1]) if len(over) > 1 else first
    return origin.at(*loc)


def _plain(value: str | int | Decimal) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

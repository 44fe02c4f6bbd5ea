"""What the files of a ruleset have said so far. Each layer (the base first) is poured over those before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from kpi.rules.finding import Severity
from kpi.rules.fullwidth import wrong_colon, wrong_marks
from kpi.rules.located import Complaints, Origin
from kpi.rules.ruleset import Basis, Figure, Profile, Silence
from kpi.rules.spec import BasisSpec, ProfileSpec, RulesetSpec, RuleSpec, SilenceSpec, Spec, WordChange, is_code
from kpi.rules.switches import Named, must_not_be_off, no_code, off_and_on, unknown
from kpi.rules.wording import did_you_mean, no_list, say

S = TypeVar("S", bound=Spec)
# Keys of named things, and what stands in for a key of a rule that is wrong or missing while the rest is looked at.
_NAMED = frozenset({"severity", "params", "words", "profiles", "cases"})
_EMPTY: Mapping[str, Any] = {"words": [], "profiles": {}}  # what other keys name is still there
_STAND_INS: Mapping[str, Any] = {
    "name": "unnamed", "title": "", "severity": "info", "review_item": "不计分", "message": "", "check": "",
}  # fmt: skip
_NO_WORDS = "词表 {name} 是空的，用它的规则什么也查不到；请写上词，例如 {name}: [词, 词]，用不着的请去掉这一行。"
ALWAYS_ON = "KPI001"  # a rule that breaks must be heard


class Said(NamedTuple):
    """A value and where it was written."""

    value: Any
    origin: Origin


@dataclass(slots=True, eq=False)
class Draft:
    complaints: Complaints
    strict: bool = False  # look at shipped rules too
    name: str = ""
    title: str = ""
    ours: bool = False  # a layer that is not shipped has been poured
    version: str = ""
    dated: date | None = None
    profile: Said | None = None
    rules: dict[str, Said] = field(default_factory=dict)
    severity: dict[str, Severity] = field(default_factory=dict)
    params: dict[str, dict[str, Said]] = field(default_factory=dict)
    off: set[str] = field(default_factory=set)
    mandatory: set[str] = field(default_factory=set)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    bases: dict[str, Basis] = field(default_factory=dict)
    silences: list[Silence] = field(default_factory=list)
    # Rules and bases whose own mistakes are told already: that others name them is none.
    broken: set[str] = field(default_factory=set)
    # A ruleset without `extends`: the first place that names a rule or a list of nobody's, and all that are named so.
    alone: bool = False
    torn: bool = False  # one of the included files could not be read
    missed: dict[str, Origin] = field(default_factory=dict)

    def checked(self, model: type[S], data: object, origin: Origin, whole: str) -> S | None:
        """`data` as `model`; None after complaining."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                self.complaints.add(origin.at(*one["loc"]), say(one, model, whole, "键"))
        return None

    def salvaged(self, model: type[S], data: dict[str, Any], origin: Origin, whole: str) -> tuple[S | None, set[str]]:
        """`data` as `model` without the keys that are wrong, and these keys: the rest is worth a look as well.

        Of a mapping of named things only the wrong ones are left out."""
        errors: list[Any] = []
        try:
            return model.model_validate(data), set()
        except ValidationError as error:
            errors = error.errors(include_url=False)
        rest, dropped = dict[Any, Any](data), set[str]()
        for one in errors:
            at, text = origin.at(*one["loc"]), say(one, model, whole, "键")
            self.complaints.add(at, (one["type"] == "extra_forbidden" and _wide(str(one["loc"][-1]))) or text)
            head, *inner = one["loc"]
            if inner and head in _NAMED and isinstance(rest.get(head), dict):
                others = {key: value for key, value in rest[head].items() if key != inner[0]}
                rest[head] = others | ({inner[0]: _EMPTY[head]} if head in _EMPTY else {})
            else:
                rest.pop(head, None)
                dropped.add(str(head))
        stand_ins = {key: value for key, value in _STAND_INS.items() if key in dropped and key in model.model_fields}
        try:
            return model.model_validate(stand_ins | rest), dropped
        except ValidationError:
            return None, dropped

    # ---- the parts that a ruleset and the files it includes may hold

    def add_rules(self, data: Mapping[str, Any], origin: Origin) -> None:
        for code, raw in data.items():
            at = origin.at(code)
            if not is_code(code):
                self.complaints.add(at, f"规则代号“{code}”应是三个大写字母加三位数字，例如 LOC001。")
            elif code in self.rules:
                first = self.rules[code].origin
                place = f"{first.file.label} 第 {first.file.line(first.path)} 行"
                said = f"规则 {code} 已经有了（{place}）；要改它请用 severity、params，或者换一个代号。"
                self.complaints.add(at, said)
            else:
                self._add_rule(code, raw, at)

    def _add_rule(self, code: str, raw: object, at: Origin) -> None:
        if not isinstance(raw, dict):
            self.checked(RuleSpec, raw, at, f"规则 {code}")
            self.broken.add(code)
            return
        spec, dropped = self.salvaged(RuleSpec, raw, at, f"规则 {code}")
        if spec is None or dropped & {"check", "with"}:  # nothing to hold against its check
            self.broken |= {code, code[:3], str(raw.get("name"))}
        else:
            name = f"{code.lower()}-unnamed" if "name" in dropped else spec.name
            self.rules[code] = Said(spec.model_copy(update={"name": name}), at)

    def add_words(self, data: Mapping[str, Any], origin: Origin) -> None:
        for name, words in data.items():
            if not isinstance(words, list) or not all(isinstance(word, str | int) for word in words):
                self.complaints.add(origin.at(name), f"词表 {name} 应是词的列表，每行一个，前面加“- ”。")
                self.words.setdefault(name, frozenset())
            elif name in self.words:
                self.complaints.add(origin.at(name), f"词表 {name} 在别的文件里已经有了，请合并成一处。")
            else:
                if not words and not origin.file.shipped:
                    self.complaints.add(origin.at(name), _NO_WORDS.format(name=name))
                self.words[name] = frozenset(map(str, words))

    def add_bases(self, data: Mapping[str, Any], origin: Origin) -> None:
        for key, raw in data.items():
            if key in self.bases:
                self.complaints.add(origin.at(key), f"依据 {key} 已经有了，请换一个编号。")
            elif spec := self.checked(BasisSpec, raw, origin.at(key), f"依据 {key}"):
                self.bases[key] = Basis(id=key, **dict(spec))
            else:
                self.broken.add(key)

    def add_silences(self, data: tuple[Any, ...] | list[Any], origin: Origin) -> None:
        for index, raw in enumerate(data):
            spec = self.checked(SilenceSpec, raw, origin.at(index), f"第 {index + 1} 条 silences")
            if spec:
                self.silences += _pairs(spec)

    # ---- a whole layer

    def pour(self, spec: RulesetSpec, origin: Origin) -> None:
        """One ruleset file over what it extends; the files that it includes have been added before."""
        before, self.name = self.name, spec.name or origin.file.path.stem
        if not origin.file.shipped and not self.ours:  # what it stands on is not what it is
            under = f"（以 {before} 第 {self.version} 版为底）" if before else ""
            self.title, self.ours = f"本地规则集{under}", True
        self.title, self.version = spec.title or self.title, spec.version or self.version
        self.dated = spec.dated or self.dated
        self.add_bases(spec.bases, origin.at("bases"))
        self.add_silences(spec.silences, origin.at("silences"))
        self.add_rules(spec.rules, origin.at("rules"))
        for name, change in spec.words.items():
            self._change_words(name, change, origin.at("words", name))
        for name, profile in spec.profiles.items():
            if spec.extends and not origin.file.shipped:
                self._check_profile(name, profile, spec.profile, origin.at("profiles", name))
            self._pour_profile(name, profile)
        if spec.profile:
            self.profile = Said(spec.profile, origin.at("profile"))
        self._override(spec, origin)
        off, on, wanted = (
            self._named(words, origin.at(key))
            for key, words in (("off", spec.off), ("on", spec.on), ("mandatory", spec.mandatory))
        )
        self.off = self.off.union(*(one.codes for one in off)).difference(*(one.codes for one in on))
        self.mandatory = self.mandatory.union(*(one.codes for one in wanted))
        undecided = off_and_on(off, on, self.complaints)
        must_not_be_off((self.off | undecided) & self.mandatory, off, wanted, origin, self.complaints)

    def _override(self, spec: RulesetSpec, origin: Origin) -> None:
        for code, severity in spec.severity.items():
            if self._known(code, origin.at("severity", code)):
                self.severity[code] = severity
        for code, params in spec.params.items():
            at = origin.at("params", code)
            if self._known(code, at):
                said = {key: Said(value, at.at(key)) for key, value in params.items()}
                self.params.setdefault(code, {}).update(said)

    def _known(self, code: str, origin: Origin) -> bool:
        if self.alone and code not in self.rules and code not in self.broken:
            self.missed.setdefault(code, origin)
        elif code not in self.rules and code not in self.broken:
            self.complaints.add(origin, no_code(code, self._specs()))
        return code in self.rules

    def _named(self, words: tuple[str, ...], origin: Origin) -> list[Named]:
        """Each word of a list of rules with those that it stands for."""
        found = []
        for index, word in enumerate(words):
            at = origin.at(index)
            codes = {c for c, said in self.rules.items() if word in (c, c[:3], said.value.name)}
            if not codes and self.alone and word not in self.broken:
                self.missed.setdefault(word, at)
            elif not codes and word not in self.broken:
                self.complaints.add(at, unknown(word, self._specs()))
            elif word == ALWAYS_ON and origin.path[-1:] == ("off",):
                self.complaints.add(at, f"{ALWAYS_ON} 不能停用：规则出错时必须让人知道。")
            found.append(Named(word, at, frozenset(codes - {ALWAYS_ON})))
        return found

    def _specs(self) -> dict[str, RuleSpec]:
        return {code: said.value for code, said in self.rules.items()}

    def _change_words(self, name: str, change: tuple[str, ...] | WordChange, origin: Origin) -> None:
        if not isinstance(change, WordChange):
            # One that the base has may be emptied: nothing is excused then.
            if name not in self.words and origin.file.data["words"].get(name) == []:
                self.complaints.add(origin, _NO_WORDS.format(name=name))
            self.words[name] = frozenset(change)
            return
        if name not in self.words:
            if self.alone:
                self.missed.setdefault(name, origin)
            else:
                self.complaints.add(origin, no_list(name, self.words))
            return
        for index, word in enumerate(change.remove):
            if word not in self.words[name]:
                self.complaints.add(origin.at("remove", index), f"词表 {name} 里没有“{word}”，不用去掉。")
        self.words[name] = self.words[name] - frozenset(change.remove) | frozenset(change.add)

    def tell_missed(self) -> None:
        """What only another ruleset could hold: most likely `extends` was forgotten."""
        if self.missed:
            said = (
                f"{'、'.join(self.missed)} 在本规则集里没有；要在自带的规则上增减，"
                "请在第一行写 extends: national（自带的规则集名），现在缺这一行。"
            )
            self.complaints.add(next(iter(self.missed.values())), said)

    def _check_profile(self, name: str, spec: ProfileSpec, chosen: str | None, origin: Origin) -> None:
        """A profile of a new name is used only where `profile` says so; its figures have names and shapes."""
        from kpi.rules.profile_figures import known_figures, misshapen  # noqa: PLC0415 - few rulesets change figures

        if name not in self.profiles and name != chosen:
            said = f"没有叫 {name} 的指标体系，写在这里的数字用不上{did_you_mean(name, self.profiles)}"
            self.complaints.add(origin, said)
        known = known_figures(self.profiles.values())
        for key, figure in spec.figures.items():
            at = origin.at("figures", key)
            if key not in known:
                self.complaints.add(at, f"没有叫 {key} 的数字{did_you_mean(key, known)}")
                continue
            for wrong in misshapen(figure.value, known[key], self.words):
                self.complaints.add(at.at("value", *wrong.path), f"指标体系 {name} 的 {key}：{wrong.text}")

    def _pour_profile(self, name: str, spec: ProfileSpec) -> None:
        before = self.profiles.get(name)
        figures = {key: Figure(f.value, f.source, f.verified) for key, f in spec.figures.items()}
        title = spec.title or (before.title if before else name)
        self.profiles[name] = Profile(name, title, {**(before.figures if before else {}), **figures})


def _wide(key: str) -> str | None:
    return wrong_marks(key) or (wrong_colon(key) if "：" in key else None)


def _pairs(spec: SilenceSpec) -> list[Silence]:
    """Every earlier rule of an order keeps every later one quiet."""
    steps = [(step,) if isinstance(step, str) else step for step in spec.order]
    any_half = (spec.halves or ("same" if spec.at == "row" else "any")) == "any"
    return [
        Silence(first, quiet, spec.at, any_half)
        for index, step in enumerate(steps)
        for later in steps[index + 1 :]
        for first in step
        for quiet in later
    ]

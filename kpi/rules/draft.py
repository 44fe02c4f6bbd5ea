"""What the files of a ruleset have said so far. Each layer (the base first) is poured over those before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from kpi.rules.finding import Severity
from kpi.rules.located import Complaints, Origin
from kpi.rules.ruleset import Basis, Figure, Profile, Silence
from kpi.rules.spec import BasisSpec, ProfileSpec, RulesetSpec, RuleSpec, SilenceSpec, Spec, WordChange, is_code
from kpi.rules.wording import did_you_mean, say

S = TypeVar("S", bound=Spec)
ALWAYS_ON = "KPI001"  # a rule that breaks must be heard


@dataclass(frozen=True, slots=True)
class Said:
    """A value and where it was written."""

    value: Any
    origin: Origin


@dataclass(slots=True)
class Draft:
    complaints: Complaints
    name: str = ""
    title: str = ""
    version: str = ""
    dated: date | None = None
    profile: Said | None = None
    rules: dict[str, Said] = field(default_factory=dict)
    severity: dict[str, Severity] = field(default_factory=dict)
    params: dict[str, dict[str, Said]] = field(default_factory=dict)
    off: set[str] = field(default_factory=set)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    bases: dict[str, Basis] = field(default_factory=dict)
    silences: list[Silence] = field(default_factory=list)

    def checked(self, model: type[S], data: object, origin: Origin, whole: str) -> S | None:
        """`data` as `model`; None after complaining."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                self.complaints.add(origin.at(*one["loc"]), say(one, model, whole, "键"))
        return None

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
            elif spec := self.checked(RuleSpec, raw, at, f"规则 {code}"):
                self.rules[code] = Said(spec, at)

    def add_words(self, data: Mapping[str, Any], origin: Origin) -> None:
        for name, words in data.items():
            if not isinstance(words, list) or not all(isinstance(word, str | int) for word in words):
                self.complaints.add(origin.at(name), f"词表 {name} 应是词的列表，每行一个，前面加“- ”。")
            elif name in self.words:
                self.complaints.add(origin.at(name), f"词表 {name} 在别的文件里已经有了，请合并成一处。")
            else:
                self.words[name] = frozenset(map(str, words))

    def add_bases(self, data: Mapping[str, Any], origin: Origin) -> None:
        for key, raw in data.items():
            if key in self.bases:
                self.complaints.add(origin.at(key), f"依据 {key} 已经有了，请换一个编号。")
            elif spec := self.checked(BasisSpec, raw, origin.at(key), f"依据 {key}"):
                self.bases[key] = Basis(id=key, **dict(spec))

    def add_silences(self, data: tuple[Any, ...] | list[Any], origin: Origin) -> None:
        for index, raw in enumerate(data):
            spec = self.checked(SilenceSpec, raw, origin.at(index), f"第 {index + 1} 条 silences")
            if spec:
                self.silences += _pairs(spec)

    # ---- a whole layer

    def pour(self, spec: RulesetSpec, origin: Origin) -> None:
        """One ruleset file over what it extends; the files that it includes have been added before."""
        self.name = spec.name or origin.file.path.stem
        self.title, self.version = spec.title or self.title, spec.version or self.version
        self.dated = spec.dated or self.dated
        self.add_bases(spec.bases, origin.at("bases"))
        self.add_silences(spec.silences, origin.at("silences"))
        self.add_rules(spec.rules, origin.at("rules"))
        for name, change in spec.words.items():
            self._change_words(name, change, origin.at("words", name))
        for name, profile in spec.profiles.items():
            self._pour_profile(name, profile)
        if spec.profile:
            self.profile = Said(spec.profile, origin.at("profile"))
        self._override(spec, origin)
        self.off |= self._codes(spec.off, origin.at("off"))
        self.off -= self._codes(spec.on, origin.at("on"))

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
        if code not in self.rules:
            self.complaints.add(origin, f"没有规则 {code}{did_you_mean(code, self.rules)}")
        return code in self.rules

    def _codes(self, names: tuple[str, ...], origin: Origin) -> set[str]:
        found: set[str] = set()
        for index, name in enumerate(names):
            codes = {c for c, said in self.rules.items() if name in (c, c[:3], said.value.name)}
            if not codes:
                known = {*self.rules, *(c[:3] for c in self.rules), *(s.value.name for s in self.rules.values())}
                self.complaints.add(origin.at(index), f"没有叫 {name} 的规则或类别{did_you_mean(name, known)}")
            elif name == ALWAYS_ON and origin.path[-1:] == ("off",):
                self.complaints.add(origin.at(index), f"{ALWAYS_ON} 不能停用：规则出错时必须让人知道。")
            found |= codes
        return found - {ALWAYS_ON}

    def _change_words(self, name: str, change: tuple[str, ...] | WordChange, origin: Origin) -> None:
        if not isinstance(change, WordChange):
            self.words[name] = frozenset(change)
            return
        if name not in self.words:
            self.complaints.add(origin, f"没有词表 {name}{did_you_mean(name, self.words)}")
            return
        for index, word in enumerate(change.remove):
            if word not in self.words[name]:
                self.complaints.add(origin.at("remove", index), f"词表 {name} 里没有“{word}”，不用去掉。")
        self.words[name] = self.words[name] - frozenset(change.remove) | frozenset(change.add)

    def _pour_profile(self, name: str, spec: ProfileSpec) -> None:
        before = self.profiles.get(name)
        figures = {key: Figure(f.value, f.source, f.verified) for key, f in spec.figures.items()}
        title = spec.title or (before.title if before else name)
        self.profiles[name] = Profile(name, title, {**(before.figures if before else {}), **figures})


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

"""Files → Ruleset: shipped or an office's own, with everything that it extends. All mistakes are reported in one go."""

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from kpi.resources import folder
from kpi.rules.compile import finish
from kpi.rules.draft import ALWAYS_ON, Draft
from kpi.rules.fullwidth import wrong_colon, wrong_marks
from kpi.rules.located import Complaints, Located, Origin, RulesetError, YamlFile, read_yaml
from kpi.rules.ruleset import Ruleset
from kpi.rules.softened import Base, from_scratch, local, seen
from kpi.rules.spec import IncludeSpec, RulesetSpec
from kpi.rules.wording import did_you_mean

_NEEDED = frozenset({"extends", "include", "rules", "words", "bases", "profiles"})  # what other keys may refer to
_DATA_FILES = frozenset({"accuracy", "bases", "silences"})  # beside the rulesets, but none themselves


class _Place(NamedTuple):
    """A ruleset file and how messages call it."""

    path: Path
    label: str


class _Layer(NamedTuple):
    spec: RulesetSpec
    origin: Origin


def shipped() -> list[str]:
    """The names of the rulesets that come with kpi."""
    return sorted(p.stem for p in folder("rulesets").glob("*.yaml") if p.stem not in _DATA_FILES)


def load(name_or_path: str | Path = "national", *, strict: bool = False) -> Ruleset:
    """Load a ruleset by the name of a shipped one ("national") or by the path of a YAML file.

    Shipped rules that the file changes nothing about are taken as right, as the tests hold them; `strict` looks at them
    like at an office's own. Raises RulesetError with every mistake found, each with file, line and a proposal.
    """
    draft = Draft(Complaints(), strict=strict)
    layers = _layers(_locate(str(name_or_path)), draft)
    draft.alone = layers[0].spec.extends is None and not layers[0].origin.file.shipped
    base: Base | None = None
    for layer in layers:
        if base is None and not layer.origin.file.shipped:
            base = seen(draft)
        _include(layer, draft)
        if draft.torn:  # what the rest refers to may be in the file that could not be read
            draft.complaints.stop_if_any()
        draft.pour(layer.spec, layer.origin)
    draft.tell_missed()
    if ALWAYS_ON not in draft.rules:  # a ruleset from scratch: what the engine itself reports is always there
        _include_file("rules", _shipped_place("rules/kpi.yaml"), draft)
    ruleset = finish(draft)
    draft.complaints.stop_if_any()
    if base is None:
        return ruleset
    label = layers[-1].origin.file.label
    return replace(ruleset, local=from_scratch(label, load(), ruleset) if draft.alone else local(label, base, draft))


def _locate(name: str) -> _Place:
    """The file of a ruleset that the user named."""
    path = Path(name)
    if path.suffix.lower() in {".yaml", ".yml"} or path.is_file():
        return _Place(path, name)
    if name in shipped():
        return _shipped_place(f"{name}.yaml")
    known = did_you_mean(name, shipped())
    raise RulesetError([Located(name, None, f"没有叫这个名字的规则集{known}自己的规则集请写文件名，如 my.yaml。")])


def _shipped_place(inside: str) -> _Place:
    return _Place(folder("rulesets") / inside, f"rulesets/{inside}")


def _layers(place: _Place, draft: Draft) -> list[_Layer]:
    """The ruleset and all that it extends, the base first."""
    layers: list[_Layer] = []
    seen: list[Path] = []
    while True:
        seen.append(place.path.resolve())
        file = read_yaml(place.path, place.label)
        origin = Origin(file)
        if not isinstance(file.data, dict):
            raise RulesetError([_no_mapping(file)])
        spec, dropped = draft.salvaged(RulesetSpec, file.data, origin, "规则集")
        if spec is None or dropped & _NEEDED or (dropped and not spec.extends):
            draft.complaints.stop_if_any()  # without what others stand on, the rest would seem wrong too
        assert spec is not None, "a complaint has stopped the load"
        layers.append(_Layer(spec, origin))
        if not spec.extends:
            return layers[::-1]
        place = _extended(spec.extends, place, origin.at("extends"), draft)
        if place.path.resolve() in seen:
            chain = " → ".join(p.name for p in [*seen, place.path])
            draft.complaints.add(origin.at("extends"), f"规则集互相引用，绕成了圈：{chain}；请去掉一处 extends。")
            draft.complaints.stop_if_any()


def _no_mapping(file: YamlFile) -> Located:
    for number, line in enumerate(file.text.splitlines(), 1):
        if wrong := wrong_marks(line) or wrong_colon(line):
            return Located(file.label, number, wrong)
    return Located(file.label, 1, "应是“键: 值”的形式，第一行例如 extends: national。")


def _extended(name: str, base: _Place, origin: Origin, draft: Draft) -> _Place:
    """A shipped ruleset, or a path relative to the file that says `extends`."""
    if name in shipped():
        return _shipped_place(f"{name}.yaml")
    path = base.path.parent / name
    if not path.is_file():
        known = did_you_mean(name, shipped())
        draft.complaints.add(origin, f"extends 的 {name} 既不是文件，也不是自带的规则集{known}")
        draft.complaints.stop_if_any()
    return _Place(path, str(Path(base.label).parent / name))


def _include(layer: _Layer, draft: Draft) -> None:
    include, home = layer.spec.include, layer.origin.file
    skipped = {p for pattern in include.without for p in home.path.parent.glob(pattern)}
    for part in ("words", "bases", "silences", "rules"):
        for index, pattern in enumerate(_patterns(include, part)):
            found = [p for p in sorted(home.path.parent.glob(pattern)) if p not in skipped]
            if not found:
                draft.complaints.add(layer.origin.at("include", part, index), f"没有文件符合 {pattern}，请检查路径。")
            for path in found:
                inside = path.relative_to(home.path.parent).as_posix()
                _include_file(part, _Place(path, (Path(home.label).parent / inside).as_posix()), draft)


def _patterns(include: IncludeSpec, part: str) -> tuple[str, ...]:
    patterns: tuple[str, ...] = getattr(include, part)
    return patterns


def _include_file(part: str, place: _Place, draft: Draft) -> None:
    try:
        file = read_yaml(place.path, place.label)
    except RulesetError as error:
        draft.complaints.messages += error.messages
        draft.torn = True
        return
    origin = Origin(file)
    wanted: type[Any] = list if part == "silences" else dict
    if not isinstance(file.data or wanted(), wanted):
        draft.complaints.add(origin, "应是列表，每条以“- ”开头。" if wanted is list else "应是“键: 值”的形式。")
        return
    getattr(draft, f"add_{part}")(file.data or wanted(), origin)

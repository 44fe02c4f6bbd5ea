"""What one ruleset does differently from another."""

from collections.abc import Iterator
from dataclasses import dataclass

from kpi.reports.settings import setting
from kpi.reports.terms import SEVERITIES
from kpi.rules.ruleset import Rule, Ruleset


@dataclass(frozen=True, slots=True)
class Changes:
    """Each entry is one change in words, in order of code."""

    base: str
    added: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    params: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    profile: tuple[str, ...] = ()
    mandatory: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        return not any(texts for _, texts in self.rows())

    def rows(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield "新增规则", self.added
        yield "没有写 extends，这些规则都不检查", self.missing
        yield "停用", self.off
        yield "启用", self.on
        yield "改级别", self.severity
        yield "改参数", self.params
        yield "改写法", self.wording
        yield "报了一处就不报另一处", self.quiet
        yield "改词表", self.words
        yield "指标体系", self.profile
        yield "不许豁免", self.mandatory


def changes(base: Ruleset, own: Ruleset) -> Changes:
    """What `own` does differently from `base`."""
    shared = [(base.rules[code], rule) for code, rule in own.rules.items() if code in base.rules]
    return Changes(
        base=base.name,
        added=tuple(f"{code} {rule.title}" for code, rule in own.rules.items() if code not in base.rules),
        off=tuple(sorted((own.off & set(own.rules)) - base.off)),
        on=tuple(sorted((base.off & set(base.rules)) - own.off)),
        severity=tuple(_severity(old, new) for old, new in shared if old.severity != new.severity),
        params=tuple(_params(old, new) for old, new in shared if old.params != new.params),
        wording=tuple(new.code for old, new in shared if _wording(old) != _wording(new)),
        words=tuple(_words(base, own)),
        profile=tuple(_profiles(base, own)),
        mandatory=tuple(sorted(own.mandatory - base.mandatory)),
        missing=tuple(sorted({rule.code for rule in base.active} - set(own.rules))),
        quiet=tuple(f"报了 {one.first} 就不报 {one.quiet}" for one in own.silences if one not in base.silences),
    )


def _profiles(base: Ruleset, own: Ruleset) -> Iterator[str]:
    if own.profile and own.profile != base.profile:
        yield f"固定用 {own.profile}"
    for name, profile in own.profiles.items():
        before = base.profiles[name].figures if name in base.profiles else {}
        for key, figure in profile.figures.items():
            if key not in before or before[key].value != figure.value:
                sure = "" if figure.verified else "（未核对原文）"
                yield f"{name} 的 {key}：{setting(figure.value)}{sure}"


def _severity(old: Rule, new: Rule) -> str:
    return f"{new.code} {SEVERITIES[old.severity]} → {SEVERITIES[new.severity]}"


def _params(old: Rule, new: Rule) -> str:
    before, after = old.params.model_dump(), new.params.model_dump()
    changed = [
        f"{key} {setting(before.get(key))} → {setting(value)}"
        for key, value in after.items()
        if before.get(key) != value
    ]
    return f"{new.code} {'，'.join(changed)}"


def _wording(rule: Rule) -> tuple[str, str, str, str]:
    wording = rule.default.wording
    return rule.title, wording.message.text, wording.expected.text, wording.suggestion.text


def _words(base: Ruleset, own: Ruleset) -> Iterator[str]:
    for name in sorted(own.words):
        before, after = base.words.get(name, frozenset()), own.words[name]
        if before != after:
            more, fewer = sorted(after - before), sorted(before - after)
            parts = (f"加 {'、'.join(more)}" if more else "", f"减 {'、'.join(fewer)}" if fewer else "")
            yield f"{name} {'，'.join(filter(None, parts))}"

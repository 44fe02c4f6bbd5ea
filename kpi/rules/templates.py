"""Message templates: "{name}" is replaced by a fact; "[[改为“{x}”。]]" is dropped where one of its facts is empty."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

COMMON = ("project", "level2", "name", "value", "half")
_FACT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_ENDS = ("”。", "。")  # what ends the sentence right behind a fact
_WIDE = re.compile(r"｛\s*[A-Za-z_]+\s*｝|［［|］］")  # as the input method writes them; ｛甲｝ is a text's own
_OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


class Template(NamedTuple):
    """A checked template. `render` takes the facts as texts; a fact that is not given counts as empty."""

    text: str
    facts: frozenset[str] = frozenset()

    def render(self, facts: Mapping[str, str]) -> str:
        if not self.facts:
            return self.text
        kept = _OPTIONAL.sub(lambda part: part[1] if _complete(part[1], facts) else "", self.text)
        return _FACT.sub(_filler(facts), kept)


def template(text: str) -> Template:
    """Compile `text`; `problem` says beforehand whether it is well-formed."""
    return Template(text, frozenset(_FACT.findall(text)) | (frozenset({""}) if "[[" in text else frozenset()))


def problem(text: str) -> str | None:
    """What is wrong with the brackets of a template, as a Chinese clause, or None."""
    rest = _FACT.sub("", _OPTIONAL.sub(lambda part: part[1], text))
    if "[[" in rest or "]]" in rest:
        return "双方括号 [[ ]] 不成对"
    if "{" in rest or "}" in rest:
        return "花括号里应是英文小写的事实名，例如 {value}"
    if wide := _WIDE.search(text):
        return f"{wide[0]} 是全角的括号，不起作用，应写半角的 {{value}}、[[ ]]"
    return None


def names(text: str) -> list[str]:
    """The facts that a template names, in order."""
    return list(dict.fromkeys(_FACT.findall(text)))


def _complete(part: str, facts: Mapping[str, str]) -> bool:
    return all(facts.get(name) for name in _FACT.findall(part))


def _filler(facts: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    """A quotation at the end of a sentence leaves its own full stop out: “按照上级文件要求”。"""

    def filled(match: re.Match[str]) -> str:
        text = facts.get(match[1], "")
        return text.rstrip("。") if match.string.startswith(_ENDS, match.end()) else text

    return filled

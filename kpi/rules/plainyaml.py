"""YAML as office workers write it: 98%, 3:1, 2026-12-31, off and no stay words; decimals stay exact.

YAML 1.1 would read "off" as false, "3:1" as 181 and a date as an object. Only plain integers, plain decimals, true,
false and null mean more than their text here. A key that is stated twice is told.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import yaml
from yaml.constructor import ConstructorError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kpi.rules.fullwidth import wrong_colon, wrong_marks

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

YAMLError = yaml.YAMLError
_LINES_BACK = 3  # YAML notices a wrong colon lines later
_PAIRS = {  # what YAML says it was reading
    "while parsing a flow sequence": ("方括号“[”", "“]”"),
    "while parsing a flow mapping": ("花括号“{”", "“}”"),
    "while scanning a quoted scalar": ("引号", "后一个引号"),
}
Repeated = tuple[str, int, int]  # key, its line, the line of the first

_TAG = "tag:yaml.org,2002:"
_STR, _SEQ, _MAP = f"{_TAG}str", f"{_TAG}seq", f"{_TAG}map"
_PLAIN: dict[str, Callable[[str], Any]] = {
    _STR: str,
    f"{_TAG}int": int,
    f"{_TAG}float": Decimal,
    f"{_TAG}bool": lambda text: text.lower() == "true",
    f"{_TAG}null": lambda text: None,
}
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_WORDS = {
    **dict.fromkeys(("true", "false", "True", "False"), f"{_TAG}bool"),
    **dict.fromkeys(("~", "null", ""), f"{_TAG}null"),
}
_MAX_INT_DIGITS = 1000  # longer ones are no figures, and Python would not read them
MAX_DEPTH = 40  # libyaml and the data made of it are recursive: far deeper ones end the process
_DEEP = f"嵌套超过 {MAX_DEPTH} 层，不像规则集；请检查括号是否成对、缩进是否正确。"
MAX_ITEMS = 200_000  # with what aliases repeat: a few lines of them can stand for millions


class _Loader(_Base):
    """The base loader with the few tags above instead of YAML 1.1's many."""

    def resolve(self, kind: type[Node], value: str, implicit: Any) -> str:  # noqa: ANN401 - PyYAML's own
        if kind is not ScalarNode:
            return _SEQ if kind is SequenceNode else _MAP
        if not implicit[0] or len(value) > _MAX_INT_DIGITS:
            return _STR
        if value[:1] in "-+0123456789" and value:
            return f"{_TAG}int" if _INT.fullmatch(value) else f"{_TAG}float" if _DECIMAL.fullmatch(value) else _STR
        return _WORDS.get(value, _STR)

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:  # noqa: ANN401
        """Tags go by what a word looks like, nowhere by its place: PyYAML looks after every node for that."""

    def ascend_resolver(self) -> None:
        """See `descend_resolver`."""


class TooMuch(yaml.YAMLError):
    """Not to be loaded: too deep, or too much of it. `said` is a Chinese sentence."""

    def __init__(self, said: str, line: int | None) -> None:
        super().__init__(said)
        self.said, self.line = said, line


def guard(text: str) -> None:
    """Raise TooMuch for a text that `load` must not be given. Reads events only: nothing is built, nothing recurs."""
    sizes: dict[str, int] = {}
    open_: list[tuple[str | None, int]] = []  # the anchor of each open collection, and the items before it
    items = 0
    for event in _events(text):
        if isinstance(event, yaml.AliasEvent):
            items += sizes.get(event.anchor or "", 0)
        elif isinstance(event, yaml.NodeEvent):
            items += 1
            if isinstance(event, yaml.CollectionStartEvent):
                open_.append((event.anchor, items))
            elif event.anchor:
                sizes[event.anchor] = 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_.pop()
            if anchor:
                sizes[anchor] = items - before + 1
        if len(open_) > MAX_DEPTH:
            raise _too_much(_DEEP, event.start_mark)
        if items > MAX_ITEMS:
            said = f"内容超过 {MAX_ITEMS} 项（“*”引用的内容每次都算），不像规则集；请去掉重复的引用，或分成几个文件。"
            raise _too_much(said, event.start_mark)


def _events(text: str) -> Iterator[yaml.Event]:
    """Newer libyaml has a limit of its own and tells it before the first bracket is an event."""
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.scanner.ScannerError as problem:
        if "nesting depth" in str(problem.problem):
            raise _too_much(_DEEP, problem.problem_mark) from problem
        raise


def _too_much(said: str, mark: Any) -> TooMuch:  # noqa: ANN401 - libyaml's mark or PyYAML's own
    return TooMuch(said, mark.line + 1 if mark else None)


def load(text: str) -> tuple[Any, list[Repeated]]:
    """The data of one YAML document and the keys that it states twice. Raises YAMLError."""
    repeated: list[Repeated] = []
    node = compose(text)
    return (_value(node, repeated, frozenset()) if node else None), repeated


def _value(node: Node, repeated: list[Repeated], above: frozenset[int]) -> Any:  # noqa: ANN401 - YAML holds anything
    if isinstance(node, ScalarNode):
        made = _PLAIN.get(node.tag)
        if made is None:
            raise ConstructorError(None, None, f"unknown tag {node.tag}", node.start_mark)
        return made(node.value)
    if id(node) in above:
        raise ConstructorError(None, None, "an alias inside its own anchor", node.start_mark)
    above |= {id(node)}
    if isinstance(node, MappingNode):
        return _mapping(node, repeated, above)
    return [_value(item, repeated, above) for item in node.value]


def _mapping(node: MappingNode, repeated: list[Repeated], above: frozenset[int]) -> dict[str, Any]:
    """Keys are texts. "<<" brings in the keys of other mappings, below the own ones."""
    own: dict[str, Any] = {}
    merged: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise ConstructorError(None, None, "a key that is no text", key.start_mark)
        line = key.start_mark.line + 1
        if key.value in lines:
            repeated.append((key.value, line, lines[key.value]))
        lines.setdefault(key.value, line)
        if key.value == "<<":
            brought = _value(value, repeated, above)
            for one in brought if isinstance(brought, list) else [brought]:
                merged |= one if isinstance(one, dict) else {}
        else:
            own[key.value] = _value(value, repeated, above)
    return {**merged, **own}


def compose(text: str) -> Node | None:
    """The nodes of a text that `load` could read, for their lines."""
    return yaml.compose(text, Loader=_Loader)


def line_of(tree: Node | None, path: tuple[str | int, ...]) -> int:
    """The line on which the key or item at `path` begins; parts that the file does not have are skipped."""
    line, node = 1, tree
    for step in path:
        found = _child(node, step)
        if found:
            line, node = found
    return line


def _child(node: Node | None, step: str | int) -> tuple[int, Node] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == str(step):
                return key.start_mark.line + 1, value
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None


def _never_closed(error: yaml.YAMLError) -> tuple[int, str] | None:
    """The line where a bracket or a quotation opens that nothing closes; YAML notices it lines later."""
    where, opened = getattr(error, "context_mark", None), getattr(error, "context", None)
    missed = str(getattr(error, "problem", ""))
    if where is None or opened not in _PAIRS or not missed.startswith(("did not find expected ',' or", "found unexp")):
        return None
    left, right = _PAIRS[opened]
    return where.line + 1, f"不是合法的 YAML；这里的{left}没有写完，找不到与它成对的{right}，或者中间少了逗号；请补上。"


def explain(error: yaml.YAMLError, text: str) -> tuple[int | None, str]:
    """Line and Chinese sentence for a text that is no YAML."""
    if isinstance(error, TooMuch):
        return error.line, error.said
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:  # a character that YAML does not allow at all
        return None, "含有不能用的字符（如控制字符）；请删去后再试。"
    lines = text.splitlines()
    for number in range(min(mark.line, len(lines) - 1), max(mark.line - _LINES_BACK, -1), -1):
        if wrong := wrong_marks(lines[number]) or wrong_colon(lines[number]):
            return number + 1, wrong
    if opened := _never_closed(error):
        return opened[0], wrong_marks(lines[opened[0] - 1]) or opened[1]
    line = lines[mark.line] if mark.line < len(lines) else ""
    hint = "缩进请用空格，不要用制表符"
    if "\t" not in line[: len(line) - len(line.lstrip())]:
        hint = "请检查这里和上一行的缩进、冒号后的空格、引号和括号是否成对"
    return mark.line + 1, f"不是合法的 YAML；{hint}。"

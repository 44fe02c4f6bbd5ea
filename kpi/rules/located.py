"""A YAML file as plain data, and the line of any of its parts: what messages to the authors of rulesets stand on."""

import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kpi.oserrors import explain_os_error
from kpi.resources import folder, kept

if TYPE_CHECKING:
    from yaml.nodes import Node

_OFFICE = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF")  # how Word, Excel and PDF files begin
_NO_TEXT = "不是文本文件，像是 Word、Excel 或 PDF 文件；规则集和豁免是 .yaml 文本文件，请检查是不是选错了文件。"
MAX_BYTES = 2_000_000
_ENCODED = "不是 UTF-8 编码，请用记事本另存为 UTF-8 后再试。"
Steps = tuple[str | int, ...]


class Located(NamedTuple):
    """One message about one place of a file. `line` is 1-based, None where the file could not be read at all."""

    file: str
    line: int | None
    text: str

    def __str__(self) -> str:
        place = f"{self.file} 第 {self.line} 行" if self.line else self.file
        return f"{place}：{self.text}"


class RulesetError(ValueError):
    """A ruleset cannot be used. `messages` says, in Chinese and in file order, what is wrong and where."""

    def __init__(self, messages: Sequence[Located]) -> None:
        self.messages = tuple(messages)
        super().__init__("\n".join(str(message) for message in self.messages))


class WaiverError(RulesetError):
    """A side file with mistakes, each with its line."""


@dataclass(frozen=True, eq=False)
class YamlFile:
    """A file of a ruleset. `label` is how messages call it."""

    path: Path
    label: str
    text: str
    data: Any

    @cached_property
    def shipped(self) -> bool:
        """One of ours: the tests hold it, and it need not be guarded against."""
        return _shipped(self.path)

    @cached_property
    def _tree(self) -> "Node | None":
        # Composed only when a message needs a line: loading stays fast.
        from kpi.rules import plainyaml  # noqa: PLC0415 - see `_parsed`

        return plainyaml.compose(self.text)

    def line(self, path: Steps) -> int:
        """The line of the key or item at `path`, or of the deepest part of the path that exists."""
        from kpi.rules import plainyaml  # noqa: PLC0415 - see `_parsed`

        return plainyaml.line_of(self._tree, path)


class Origin(NamedTuple):
    """A place in a ruleset, to be turned into a line only if there is something to say about it."""

    file: YamlFile
    path: Steps = ()

    def at(self, *more: str | int) -> "Origin":
        return Origin(self.file, (*self.path, *more))

    def say(self, text: str) -> Located:
        return Located(self.file.label, self.file.line(self.path), text)


@dataclass(slots=True, eq=False)
class Complaints:
    """Collects messages, so that an author sees all mistakes in one run."""

    messages: list[Located] = field(default_factory=list)
    _order: dict[Hashable, int] = field(default_factory=dict)

    def add(self, origin: Origin, text: str) -> None:
        self.messages.append(origin.say(text))

    def stop_if_any(self) -> None:
        """Raise RulesetError where something was said; files in the order they were first complained about."""
        for message in self.messages:
            self._order.setdefault(message.file, len(self._order))
        if self.messages:
            unique = dict.fromkeys(self.messages)
            raise RulesetError(sorted(unique, key=lambda m: (self._order[m.file], m.line or 0)))


def read_yaml(path: Path, label: str) -> YamlFile:
    """Read one file. Raises RulesetError where it cannot be opened, is no YAML, or states a key twice."""
    raw = _bytes(path, label)
    if _shipped(path):
        data = kept("rulesets", path.relative_to(folder("rulesets")).as_posix(), raw)
        if data is not None:
            return YamlFile(path, label, raw.decode("utf-8"), data)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        wide = raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE))  # what Notepad calls Unicode
        said = _NO_TEXT if not wide and (raw.startswith(_OFFICE) or b"\0" in raw) else _ENCODED
        raise RulesetError([Located(label, None, said)]) from None
    return YamlFile(path, label, text, _parsed(text, label))


def _parsed(text: str, label: str) -> Any:  # noqa: ANN401 - YAML holds anything
    from kpi.rules import plainyaml  # noqa: PLC0415 - what comes with kpi is kept as JSON: most runs need no YAML

    try:
        plainyaml.guard(text)
        data, repeated = plainyaml.load(text)
    except plainyaml.YAMLError as error:
        line, what = plainyaml.explain(error, text)
        raise RulesetError([Located(label, line, what)]) from None
    if repeated:
        said = [(line, f"“{key}”写了两遍，第一遍在第 {first} 行；请合并成一处。") for key, line, first in repeated]
        raise RulesetError([Located(label, line, text) for line, text in said])
    return data


def _shipped(path: Path) -> bool:
    return str(path).startswith(f"{folder('rulesets')}{os.sep}")


def _bytes(path: Path, label: str) -> bytes:
    try:
        # a pipe would keep the run waiting for ever
        if not _shipped(path) and path.exists() and not path.is_file() and not path.is_dir():
            raise RulesetError([Located(label, None, "不是普通文件，没有读取；请先存成文件。")])
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            size = MAX_BYTES // 1_000_000
            raise RulesetError([Located(label, None, f"文件超过 {size} MB，不像规则集；请检查是不是选错了文件。")])
    except FileNotFoundError:
        raise RulesetError([Located(label, None, "找不到这个文件，请检查路径。")]) from None
    except OSError as error:
        raise RulesetError([Located(label, None, f"打不开（{explain_os_error(error, reading=True)}）。")]) from None
    return data

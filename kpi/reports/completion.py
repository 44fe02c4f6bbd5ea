"""What may be typed after `kpi`, as the scripts for the shells need it."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

# list: codes of rules with commas between them; name: one of the words, or else a file
Kind = Literal["flag", "text", "file", "folder", "word", "list", "name"]


class Word(NamedTuple):
    """A word that may be typed, and what it stands for."""

    text: str
    about: str = ""


class Wanted(NamedTuple):
    """What stands behind an option or in the place of an argument; `label` is its name in the help."""

    kind: Kind
    label: str = ""
    words: tuple[Word, ...] = ()


class Option(NamedTuple):
    flags: tuple[str, ...]
    about: str
    wanted: Wanted
    repeated: bool = False


class Verb(NamedTuple):
    """A command by its words ("lint"; "rules show"): the words that may follow it, its options and arguments."""

    words: tuple[str, ...]
    about: str
    options: tuple[Option, ...]
    argument: Wanted
    below: tuple[Word, ...] = ()

    @property
    def name(self) -> str:
        return " ".join(self.words)


class Grammar(NamedTuple):
    """All of it. `verbs`: the longer ones behind those that they begin with. `codes`: rules and families of rules."""

    options: tuple[Option, ...]
    verbs: tuple[Verb, ...]
    codes: tuple[Word, ...]

    @property
    def commands(self) -> tuple[Word, ...]:
        return tuple(Word(verb.name, verb.about) for verb in self.verbs if len(verb.words) == 1)


def texts(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def quoted(text: str) -> str:
    """For bash, zsh and fish alike, as long as there is neither quote nor backslash in it."""
    return "'" + text.replace("\\", "＼").replace("'", "’") + "'"

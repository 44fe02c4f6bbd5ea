"""Chinese text cut into words, for the rules that compare what texts are about.

jieba (MIT) does the cutting, from a dictionary that is read as far as the texts need it; rjieba (MIT, the same cuts of
Chinese at a twentieth of the time) takes over where it is installed and a run has so much text that its whole
dictionary pays. Either is loaded at the first cut: a run whose rules compare no texts never pays for it. The words of
the trade stand in `rulesets/words/dictionary.txt`.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kpi.lazyre import later
from kpi.resources import folder

if TYPE_CHECKING:
    from kpi.rules.lexicon import Lexicon

#: What is cut at a time: letters and digits, or a figure; of what stands between, Wi-Fi and app_1, the two differ.
_RUN = later(r"\d+(?:\.\d+)?|[^\W_]+|[\W_]")
_Cut = Callable[[str], Iterable[str]]
_FEW = 12_000  # characters that jieba cuts in the time (0.2 s) in which rjieba reads its dictionary (60 MB)
_FREQUENCY = 20_000  # of a word of the trade: enough to keep it whole beside the commonest characters


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in their order, punctuation and figures among them."""
    cut = _cutter()
    return tuple(word for run in _RUN.findall(text) for word in (cut(run) if len(run) > 1 else run))


def keywords(text: str, stop: frozenset[str] = frozenset()) -> frozenset[str]:
    """The words that tell what a text is about: two or more characters, no figures, none of `stop`."""
    return frozenset(word for word in words(text) if len(word) > 1 and _telling(word) and word not in stop)


def unheard(word: str) -> bool:
    """Whether the dictionary lacks a word: a name that is not known of old."""
    return not _known().knows(word)


def _telling(word: str) -> bool:
    return word.isalpha() and not word.isdecimal()


class _Cutter:
    """Cuts a text. The first `few` characters of a process go to jieba, what follows to rjieba where there is one."""

    def __init__(self, few: int = _FEW) -> None:
        self._left = few
        self._cut: _Cut = _known().cut

    def __call__(self, text: str) -> Iterable[str]:
        if self._left >= 0:
            self._left -= len(text)
            if self._left < 0:
                self._cut = _fast() or self._cut
        return self._cut(text)


@cache
def _cutter() -> _Cutter:
    return _Cutter()


@cache
def _known() -> "Lexicon":
    return _slow()


def _fast() -> _Cut | None:
    try:
        import rjieba  # noqa: PLC0415 - few runs have so much text
    except ImportError:
        return None
    fast = rjieba.Jieba()
    for word in _dictionary():
        fast.add_word(word, _FREQUENCY, "n")
    cut: _Cut = fast.cut
    return cut


def _slow() -> "Lexicon":
    from kpi.rules.lexicon import lexicon  # noqa: PLC0415 - loaded at the first cut

    slow = lexicon()
    for word in _dictionary():
        slow.add_word(word, _FREQUENCY)
    return slow


def _dictionary() -> Iterator[str]:
    text = (folder("rulesets") / "words" / "dictionary.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        word = line.partition("#")[0].strip()
        if word:
            yield word

"""Chinese text cut into words, for the rules that compare what texts are about.

jieba (MIT) does the cutting, or rjieba (MIT, the same cuts of Chinese at a twentieth of the time) where it is
installed. Either is loaded at the first cut: a run whose rules compare no texts never pays for it. The words of the
trade stand in `rulesets/words/dictionary.txt`.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

from kpi.resources import folder

_Cut = Callable[[str], Iterable[str]]
_FREQUENCY = 20_000  # of a word of the trade: enough to keep it whole beside the commonest characters


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in their order, punctuation and figures among them."""
    return tuple(_cutter()(text))


def keywords(text: str, stop: frozenset[str] = frozenset()) -> frozenset[str]:
    """The words that tell what a text is about: two or more characters, no figures, none of `stop`."""
    return frozenset(word for word in words(text) if len(word) > 1 and _telling(word) and word not in stop)


def _telling(word: str) -> bool:
    return word.isalpha() and not word.isdecimal()


@cache
def _cutter() -> _Cut:
    try:
        import rjieba  # noqa: PLC0415 - loaded at the first cut
    except ImportError:
        return _slow()
    fast = rjieba.Jieba()
    for word in _dictionary():
        fast.add_word(word, _FREQUENCY, "n")
    cut: _Cut = fast.cut
    return cut


def _slow() -> _Cut:
    from kpi.rules.lexicon import lexicon  # noqa: PLC0415 - not where the fast one is there

    slow = lexicon()
    for word in _dictionary():
        slow.add_word(word, _FREQUENCY)
    return slow.cut


def _dictionary() -> Iterator[str]:
    text = (folder("rulesets") / "words" / "dictionary.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        word = line.partition("#")[0].strip()
        if word:
            yield word

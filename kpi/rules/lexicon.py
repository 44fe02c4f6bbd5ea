"""jieba's dictionary, read as far as the texts need it.

The whole dictionary costs a third of a second and 60 MB, and the forms of a bureau use a thousandth of it. Its file is
sorted, so the words that begin with two neighbouring characters of a text are found by bisection; no other word could
be cut out of that text. The cuts are the same as with the whole dictionary (a test holds them together).
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from jieba import Tokenizer

_SIZE = 5_071_852  # bytes of the file that is known to be sorted (jieba 0.42.1)
_TOTAL = 60_101_967  # the sum of its frequencies
_SORTED = "\n一 ".encode()  # from here on; before it stand a few dozen words with letters
_STRAY = "\n高富帅 13 n".encode()  # the one word that is out of order


class Lexicon:
    """`cut` and `add_word` of a jieba tokenizer. `data`: what of the dictionary is still to be read, "" if nothing."""

    def __init__(self, tokenizer: "Tokenizer", data: bytes) -> None:
        self._tokenizer, self._data = tokenizer, data
        self._known: dict[str, int] = tokenizer.FREQ
        self._seen: set[str] = set()

    def cut(self, text: str) -> Iterator[str]:
        """The words of a text, one after the other."""
        self._learn(text)
        words: Iterator[str] = self._tokenizer.cut(text)
        return words

    def knows(self, word: str) -> bool:
        """Whether the dictionary has a word."""
        self._learn(word)
        return bool(self._known.get(word))

    def _learn(self, text: str) -> None:
        """Read all words that could be cut out of a text."""
        if self._data:
            wanted = {*(f"{one} " for one in text), *map("".join, pairwise(text))} - self._seen
            self._seen |= wanted
            for start in wanted:
                if start.isprintable():
                    self._take(start.encode("utf-8", "replace"))

    def add_word(self, word: str, frequency: int) -> None:
        self._tokenizer.add_word(word, frequency)

    def _take(self, start: bytes) -> None:
        """Learn the words whose lines begin with `start`."""
        data, low, high = self._data, 0, len(self._data)
        while low < high:  # UTF-8 sorts as the characters do
            middle = max(low, data.rfind(b"\n", 0, (low + high) // 2) + 1)
            after = data.find(b"\n", middle) + 1 or len(data)
            if data[middle : middle + len(start)] < start:
                low = after
            else:
                high = middle
        while data.startswith(start, low):
            end = data.find(b"\n", low)
            learn(self._known, data[low : end if end >= 0 else None])
            low = end + 1 or len(data)


def learn(known: dict[str, int], line: bytes) -> None:
    """A word and, as jieba wants them, its beginnings with frequency 0. What was added by hand stays."""
    word, frequency, _ = line.decode("utf-8").split(" ")
    known[word] = known.get(word) or int(frequency)
    for end in range(1, len(word)):
        known.setdefault(word[:end], 0)


def lexicon() -> Lexicon:
    """jieba with a dictionary that grows with the texts; loaded whole where the file is not the one that is known."""
    with _without_pkg_resources():
        import jieba  # noqa: PLC0415 - at the first cut
    tokenizer = jieba.Tokenizer()
    tokenizer.initialized = True
    with tokenizer.get_dict_file() as file:
        data = cast("bytes", file.read())
    if len(data) != _SIZE:
        # As its initialize() does, without the cache that it keeps in a folder where anybody may write.
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        return Lexicon(tokenizer, b"")
    tokenizer.FREQ, tokenizer.total = {}, _TOTAL
    start = data.find(_SORTED)
    for line in (*data[:start].splitlines(), _STRAY.strip()):
        learn(tokenizer.FREQ, line)
    return Lexicon(tokenizer, data[start + 1 :].replace(_STRAY, b"", 1))


@contextmanager
def _without_pkg_resources() -> Iterator[None]:
    """jieba opens its files with setuptools where it is installed: a tenth of a second and a warning, for nothing."""
    name = "pkg_resources"
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]

"""The dictionary read in parts gives the cuts that the whole dictionary gives."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kpi.rules.lexicon import learn, lexicon

TRADE = ("改扩建", "绩效自评", "吉林工业")


@pytest.fixture(scope="module")
def whole() -> Any:
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def _texts(words: list[str]) -> Iterator[str]:
    chosen = random.Random(20261125)
    for _ in range(800):
        yield "".join(chosen.sample(words, 12))
    for path in sorted((Path(__file__).parent.parent / "corpus").rglob("*.txt")):
        yield from path.read_text(encoding="utf-8").splitlines()


def test_same_cuts_as_with_the_whole_dictionary(whole: Any) -> None:
    parts = lexicon()
    for text in _texts(list(whole.FREQ)):
        assert list(parts.cut(text)) == list(whole.cut(text))
    assert len(parts._known) < len(whole.FREQ) / 2  # it did not read everything after all


def test_every_word_is_found(whole: Any) -> None:
    parts = lexicon()
    chosen = random.Random(1).sample(sorted(word for word in whole.FREQ if whole.FREQ[word]), 4_000)
    for word in ["高富帅", "高姓大名", "高寒", "吉林", "吉林工业大学", "一", "江南style", "4S店", *chosen]:
        list(parts.cut(word))
        assert parts._known[word] == whole.FREQ[word], word


def test_words_of_the_trade_stay_when_the_dictionary_is_read_later(whole: Any) -> None:
    parts = lexicon()
    for word in TRADE:
        parts.add_word(word, 20_000)
        whole.add_word(word, 20_000)
    text = "吉林工业大学改扩建项目绩效自评，吉林工业大学改造扩建"
    assert list(parts.cut(text)) == list(whole.cut(text))


def test_a_dictionary_that_is_not_the_known_one_is_loaded_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import jieba

    other = tmp_path / "dict.txt"
    other.write_text("天 10 n\n施工队 5 n\n", encoding="utf-8")
    monkeypatch.setattr(jieba.Tokenizer, "get_dict_file", lambda self: other.open("rb"))
    assert list(lexicon().cut("天施工队")) == ["天", "施工队"]


@pytest.mark.parametrize("text", ["", "，。", "\ud800吉林\udfff", "\x00\n\n", "a" * 3000, "𠮷野家的店"])
def test_any_text_is_cut_without_loss(text: str) -> None:
    assert "".join(lexicon().cut(text)) == text


def test_learning_marks_beginnings() -> None:
    known = {"施": 7, "施工": 0}
    learn(known, "施工队 5 n".encode())
    assert known == {"施": 7, "施工": 0, "施工队": 5}

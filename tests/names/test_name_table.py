"""The word table itself: consistent, and checked when it is loaded."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kpi.names.table import LONGEST, Words, build, longest_ending, table
from kpi.resources import folder


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    return yaml.safe_load(Path(folder("rulesets") / "words" / "names.yaml").read_text(encoding="utf-8"))


def test_no_word_is_too_long_to_be_found():
    lists = [table().endings, table().senses, table().open_ends, *table().words.values()]
    assert max(len(word) for listed in lists for word in listed) <= LONGEST


def test_no_word_is_both_good_and_bad(data: dict[str, Any]):
    good = set(data["remedies"].split()) | set(data["goods"].split())
    bad = set(data["events"].split()) | set(data["harms"].split())
    assert good & bad == set()


def test_no_section_is_left_unread(data: dict[str, Any]):
    assert data.keys() - {"endings", "open", "low"} == table().words.keys()


def test_unknown_key_is_refused(data: dict[str, Any]):
    wrong = {**data, "endings": [{"ask": "rate", "words": "率"}]}
    with pytest.raises(ValueError, match="endings 不认识 ask"):
        build(wrong)


def test_longest_ending_wins():
    assert longest_ending("数据备份频率", {"率", "频率", "备份"}) == "频率"
    assert longest_ending("频", {"率"}) == ""


def test_words_within_prefer_the_longest_at_one_place():
    words = Words(("投诉", "投诉举报", "举报"))
    assert words.within("受理投诉举报数") == "投诉举报"
    assert words.within("办案数") == ""
    assert Words().within("办案数") == ""

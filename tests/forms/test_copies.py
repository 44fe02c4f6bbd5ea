"""Forms of many trades, copied out of pages in every way: each gives back what it says; cut off, it invents nothing."""

from collections.abc import Iterator
from random import Random

import pytest

from kpi.readers import read_text
from kpi.values.traditional import simplified
from tests.forms.answers import answer
from tests.forms.copies import COPIES
from tests.forms.elsewhere import ELSEWHERE
from tests.forms.layouts import LAYOUTS
from tests.forms.paper import Paper
from tests.forms.trades import form

SEEDS = range(4)
GLUED = ("glued", "rows_glued")
NAMES = [
    name
    for name, one in LAYOUTS.items()
    if one.grids and one.forms == 1 and name not in ("transposed", "stacked")  # lines hold no columns to turn
]
# Nothing tells where a sentence ends and the next name begins, or that 4545 is 45 and 45.
UNTOLD = {(name, copy) for name in ("long_values", "yearly_results", "graded") for copy in GLUED}


def squeezed(text: str) -> str:
    return "".join(c for c in simplified(text or "") if c not in " ,，:：()（）\n")


def drawn(name: str, seed: int, copy: str) -> tuple[Paper, list[tuple[str, str, str]]]:
    """The paper, and the rows that it holds: level, name, value; two values of one row are two."""
    reasons = copy not in GLUED
    if name in ELSEWHERE:
        return ELSEWHERE[name](form(seed, reasons=reasons))
    layout = LAYOUTS[name]
    spec = form(seed, layout.tree, reasons=reasons)
    rows = answer(layout, spec)["rows"]
    return layout.draw(spec), [(two, n, v) for _, two, n, *values in rows for v in values if v is not None]


def read(text: str, levels: bool = True) -> list[tuple[str, str, str]]:
    return [
        (one.level2 if levels else "", squeezed(one.name), squeezed(entry.text))
        for table in read_text(text).tables
        for one in table.indicators
        for _, entry in one.entries()
        if entry.text
    ]


def plain(rows: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [(two, squeezed(name), squeezed(value)) for two, name, value in rows]


@pytest.mark.slow
@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("name", [*NAMES, *ELSEWHERE])
def test_every_copy_gives_its_rows_back(name, copy):
    if (name, copy) in UNTOLD:
        pytest.skip("nothing in the text tells")
    for seed in SEEDS:
        paper, want = drawn(name, seed, copy)
        text = COPIES[copy](paper)
        assert sorted(read(text, bool(want[0][0]))) == sorted(plain(want)), seed
        assert read_text(text).unread == ()


@pytest.mark.parametrize("copy", GLUED)
def test_what_cannot_be_told_apart_is_said_to_be_unread(copy):
    paper, _ = drawn("graded", 1, copy)
    document = read_text(COPIES[copy](paper))
    assert (document.tables, len(document.unread)) == ((), 1)


def cut(copy: str) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Texts that end somewhere inside their rows."""
    for name in [*NAMES, *ELSEWHERE]:
        if (name, copy) in UNTOLD or LAYOUTS.get(name, LAYOUTS["one_half"]).halves or name == "graded":
            continue
        for seed in SEEDS:
            paper, want = drawn(name, seed, copy)
            text = COPIES[copy](paper)
            yield text[: int(len(text) * (0.55 + 0.43 * Random(f"{name} {seed}").random()))].rstrip(), plain(want)


@pytest.mark.slow
@pytest.mark.parametrize("copy", COPIES)
def test_a_text_cut_off_invents_no_rows(copy):
    """All but the last row are those of the form; of that one, only the beginning may stand there."""
    wrong = []
    texts = list(cut(copy))
    for text, want in texts:
        rows = read(text)
        strange = [row for row in rows if row not in want]
        last = strange[-1:] if strange[-1:] == rows[-1:] else []
        if last and any(n.startswith(last[0][1]) and v.startswith(last[0][2]) for _, n, v in want):
            strange.pop()
        wrong += [(text[-30:], row) for row in strange]
    assert len(wrong) <= 0.03 * len(texts), wrong  # a word that ends both a name and a value


TRADITIONAL = str.maketrans(
    "产标绩总质数满务对资项门单实额级类况进评价说义编码财补结万",
    "產標績總質數滿務對資項門單實額級類況進評價說義編碼財補結萬",
)


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("name", ["one_half", "two_halves", "split_values", "points_first", "inputs_and_outputs"])
def test_traditional_characters_change_nothing(name, copy):
    paper, want = drawn(name, 1, copy)
    assert sorted(read(COPIES[copy](paper).translate(TRADITIONAL))) == sorted(plain(want))

"""The stored parse table is that of the grammar; where it is not, the parser is worked out."""

import json

import lark
import pytest

from kpi.resources import folder
from kpi.values import grammar, tables


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A copy of the table that a test may spoil."""
    path = tmp_path / tables.FILE
    path.write_bytes((folder("grammar") / tables.FILE).read_bytes())
    monkeypatch.setattr(tables, "folder", lambda name: tmp_path)
    return path


def test_the_table_is_fresh() -> None:
    """After a change of grammar/value.lark: make docs."""
    whole = json.loads((folder("grammar") / tables.FILE).read_text(encoding="utf-8"))
    assert whole["grammar"] == grammar.skeleton()
    if whole["lark"] != lark.__version__:
        pytest.skip("another Lark works the table out itself")
    stored, made = grammar.build(None), grammar.worked_out(grammar.source(), None)
    assert [(t.name, t.priority, t.pattern.to_regexp()) for t in stored.terminals] == [
        (t.name, t.priority, t.pattern.to_regexp()) for t in made.terminals
    ]
    assert [str(rule) for rule in stored.rules] == [str(rule) for rule in made.rules]


def test_a_table_that_is_written_is_read_back(kept) -> None:
    text = grammar.skeleton()
    kept.write_text(tables.written(grammar.worked_out(text, None), text), encoding="utf-8")
    stored = tables.stored(text)
    assert stored is not None
    parser = tables.loaded(stored, grammar.marked(), {"propagate_positions": True})
    assert parser.parse("≥98%").pretty() == grammar.build(None).parse("≥98%").pretty()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: "[]",
        lambda text: json.dumps({**json.loads(text), "table": {"data": [], "memo": 3}}),
        lambda text: json.dumps({**json.loads(text), "lark": "0.9"}),
        lambda text: json.dumps({**json.loads(text), "grammar": "start: UNIT"}),
    ],
    ids=["empty", "half", "no object", "no table", "another Lark", "another grammar"],
)
def test_a_table_of_something_else_is_not_used(kept, spoil) -> None:
    kept.write_text(spoil(kept.read_text(encoding="utf-8")), encoding="utf-8")
    assert tables.stored(grammar.skeleton()) is None
    assert grammar.build(None).parse("≥98%")


def test_no_table_at_all(kept) -> None:
    kept.unlink()
    assert grammar.build(None).parse("≥98%")

"""The parse table of the grammar, kept beside it: to work it out takes a tenth of the time of a short run.

`python -m kpi.values.tables` writes it where it is not that of the grammar. A table of another grammar or another Lark
is not used: then Lark works it out as it always does, and only the start is slower.
"""

import json
import pickle
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import lark
from lark import Lark

from kpi.resources import folder

FILE = "value.table.json"
_LEFT_OUT = ("_plugins", "transformer")  # given again when the table is read
#: Where the table has numbers for keys, which JSON writes as words.
_NUMBERED = (("memo",), ("data", "parser", "parser", "tokens"), ("data", "parser", "parser", "states"))


def written(parser: Lark, grammar: str) -> str:
    """The table of `parser` as JSON, with the grammar and the Lark that it is of."""
    file = BytesIO()
    parser.save(file, exclude_options=_LEFT_OUT)
    table = pickle.loads(file.getvalue())
    whole = {"lark": lark.__version__, "grammar": grammar, "table": table}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def stored(grammar: str) -> dict[str, Any] | None:
    """The table that is kept of `grammar`, as Lark loads it; None where there is none for it."""
    try:
        whole = json.loads((folder("grammar") / FILE).read_text(encoding="utf-8"))
        if (whole["lark"], whole["grammar"]) != (lark.__version__, grammar):
            return None
        table: dict[str, Any] = whole["table"]
        for path in _NUMBERED:
            _number(table, path)
        states = table["data"]["parser"]["parser"]["states"]
        for state, actions in states.items():
            states[state] = {int(token): action for token, action in actions.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # damaged, or left out of an installation
        return None
    return table


def loaded(table: dict[str, Any], words: Mapping[str, str], options: Mapping[str, object]) -> Lark:
    """The parser of a stored table, with what `words` has for the marks in its terminals. `options`: those of Lark that
    are no part of a table."""
    for one in table["memo"].values():
        pattern = one.get("pattern")
        for mark, expression in words.items() if pattern else ():
            pattern["value"] = pattern["value"].replace(mark, expression)
    parser: Lark = Lark._load_from_dict(table["data"], table["memo"], **options)  # type: ignore[no-untyped-call]
    return parser


def _number(table: dict[str, Any], path: tuple[str, ...]) -> None:
    """{"12": …} → {12: …}, in place."""
    *above, last = path
    for key in above:
        table = table[key]
    table[last] = {int(key): value for key, value in table[last].items()}


if __name__ == "__main__":
    from kpi.values.grammar import skeleton, worked_out

    if stored(skeleton()) is None:  # Lark numbers the states anew every time
        (folder("grammar") / FILE).write_text(written(worked_out(skeleton(), None), skeleton()), encoding="utf-8")

"""What reading a value costs beside the bare Lark parse of the same text with the same grammar."""

import re
import time
from collections.abc import Callable, Sequence

from lark import Lark
from lark.exceptions import LarkError
from measure import finish, table, verdict
from peers import SILENT, cases

from kpi.values import parse
from kpi.values.grammar import build

ROUNDS = 7
LIMIT_DISTINCT = 3.0
LIMIT_REPEATED = 1 / 20


def main() -> None:
    bare = build(None)
    texts = [text for text in _quantities() if _accepts(bare, text)]
    parse(texts[0])
    rounds = [_round(bare, [_moved(text, turn) for text in texts]) for turn in range(1, ROUNDS + 1)]
    lark, distinct, repeated = (min(column) / len(texts) * 1e6 for column in zip(*rounds, strict=True))
    table(
        [
            (f"{len(texts)} 个值，每轮换新的数", "每个值"),
            ("Lark 分析", f"{lark:.0f} 微秒"),
            ("kpi.parse，新的值", f"{distinct:.0f} 微秒"),
            ("kpi.parse，读过的值", f"{repeated:.1f} 微秒"),
        ]
    )
    new = verdict("新的值", distinct / lark, LIMIT_DISTINCT)
    known = verdict("读过的值", repeated / lark, LIMIT_REPEATED)
    finish([new, known])


def _quantities() -> list[str]:
    return [case.text for case in cases() if re.search(r"\d", case.text) and case.reading.split(" ")[0] not in SILENT]


def _accepts(bare: Lark, text: str) -> bool:
    """Whether the bare parser takes every version of the text as it stands, without the normalising before it."""
    try:
        for turn in range(ROUNDS + 1):
            bare.parse(_moved(text, turn))
    except LarkError:
        return False
    return True


def _moved(text: str, turn: int) -> str:
    """The text with other figures, so that no round repeats a value."""
    return re.sub(r"\d+", lambda found: str(int(found[0]) + turn), text)


def _round(bare: Lark, texts: Sequence[str]) -> tuple[float, float, float]:
    return _seconds(bare.parse, texts), _seconds(parse, texts), _seconds(parse, texts)


def _seconds(read: Callable[[str], object], texts: Sequence[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        read(text)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

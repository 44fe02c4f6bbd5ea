"""What runs of letters with formats of their own say: raised figures as such (10⁵), nothing of what is struck out."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_RAISED = str.maketrans(
    "0123456789０１２３４５６７８９+-−＋－",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁺⁻",
)
_SHOWN, _LONGEST = 10, 40  # texts that are struck out, and the characters of one


class Run(NamedTuple):
    """Letters of one format."""

    text: str = ""
    raised: bool = False
    struck: bool = False


def said(runs: Iterable[Run]) -> str:
    """The text of a cell or paragraph. Where all of it is raised, none of it is raised above anything."""
    kept = [run for run in runs if not run.struck]
    above = any(run.text.strip() and not run.raised for run in kept)
    return "".join(raised(run.text) if run.raised and above else run.text for run in kept)


def raised(text: str) -> str:
    """Its figures and their signs as raised characters, letter for letter; what has no figures stays as it is."""
    return text.translate(_RAISED) if any(letter.isdigit() for letter in text) else text


def struck(runs: Iterable[Run]) -> str:
    """What is struck out."""
    return "".join(run.text for run in runs if run.struck)


def mixed(runs: Iterable[Run]) -> bool:
    """Whether a text would say something else in one format."""
    return any((run.raised or run.struck) and run.text.strip() for run in runs)


def leave_out(text: str, gone: dict[str, None]) -> None:
    """Keeps what is struck out, once each and in order, to be told of."""
    if text.strip():
        gone[text] = None


def struck_out(texts: Sequence[str]) -> str:
    """A sentence on what was left out of a file; "" where nothing was."""
    shown = "、".join(f"“{' '.join(text.split())[:_LONGEST]}”" for text in texts[:_SHOWN])
    more = f"等 {len(texts)} 处" if len(texts) > _SHOWN else ""
    return f"加了删除线的字当作已经删去，没有读入：{shown}{more}。" if texts else ""

"""The figures of a profile (required, weight_sums …): whether an office writes them in the shape of the base's."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from kpi.model import COST_LEVELS, EFFECT_LEVELS, LEVEL2
from kpi.rules.ruleset import Profile
from kpi.rules.wording import did_you_mean

_LEVELS = frozenset((*LEVEL2, *COST_LEVELS, *EFFECT_LEVELS))
_LEVELS_OF = "any_of"  # the second levels of which one has to be there
_LIST_OF = "only_for"  # the name of a list of words
#: figures that some provinces have and the national profiles do not
_OPTIONAL: Mapping[str, Any] = {"execution_lines": {"7": 50}}
_SHOWN = 20  # characters of a value that is quoted


Path = tuple[str | int, ...]  # keys and indexes below a figure


class Wrong(NamedTuple):
    """Where below the figure, and what is wrong there."""

    path: Path
    text: str


def known_figures(profiles: Iterable[Profile]) -> dict[str, Any]:
    """The figures of all profiles by name: of lists all that any of them holds."""
    known: dict[str, Any] = dict(_OPTIONAL)
    for profile in profiles:
        for key, figure in profile.figures.items():
            both = isinstance(known.get(key), list) and isinstance(figure.value, list)
            known[key] = [*known[key], *figure.value] if both else figure.value
    return known


def misshapen(value: object, like: object, lists: Mapping[str, Any], path: Path = ()) -> Iterator[Wrong]:
    """What in `value` is not as in `like`, the same figure of the base. `lists`: the lists of words."""
    if isinstance(like, Mapping):
        yield from _mapping(value, like, lists, path)
    elif not isinstance(like, list | tuple):
        yield from _scalar(value, like, lists, path)
    elif not isinstance(value, list | tuple):
        yield Wrong(path, f"{_name(path)}现写“{_quoted(value)}”，应是列表，例如 [甲, 乙]")
    elif not value:
        yield Wrong(path, f"{_name(path)}是空的，至少要有 1 项")
    else:
        for index, item in enumerate(value):
            yield from _item(item, like, lists, (*path, index))


def _scalar(value: object, like: object, lists: Mapping[str, Any], path: Path) -> Iterator[Wrong]:
    """A word, a figure, yes or no; the name of a list or of a second level where that is asked for."""
    wanted = "true 或 false" if isinstance(like, bool) else "文字" if isinstance(like, str) else "数字"
    fits = {
        "true 或 false": isinstance(value, bool),
        "文字": isinstance(value, str | int | float | Decimal) and bool(str(value).strip()),
        "数字": _is_number(value),
    }[wanted]
    if not fits:
        yield Wrong(path, f"{_name(path)}现写“{_quoted(value)}”，应是{wanted}")
    elif path[-1:] == (_LIST_OF,) and value not in lists:
        yield Wrong(path, f"{_LIST_OF} 现写“{value}”，没有这个词表{did_you_mean(str(value), lists)}")
    elif path[-2:-1] == (_LEVELS_OF,) and value not in _LEVELS:
        yield Wrong(path, f"{_LEVELS_OF} 里的“{value}”不是二级指标{did_you_mean(str(value), _LEVELS)}")


def _item(item: object, like: Sequence[Any], lists: Mapping[str, Any], path: Path) -> Iterator[Wrong]:
    """One of a list: a record with the keys that the shipped ones have, or what the first of them is."""
    if not like or not isinstance(like[0], Mapping):
        yield from misshapen(item, like[0] if like else "", lists, path)
        return
    if not isinstance(item, Mapping):
        yield Wrong(path, f"第 {int(path[-1]) + 1} 项现写“{_quoted(item)}”，应是“键: 值”的形式")
        return
    known: dict[str, Any] = {}
    for one in like:
        known |= one
    needed = [key for key in known if all(key in one for one in like)]
    for key, value in item.items():
        if key not in known:
            yield Wrong((*path, key), f"键“{key}”不认识{did_you_mean(str(key), known)}")
        else:
            yield from misshapen(value, known[key], lists, (*path, key))
    for key in needed:
        if key not in item:
            yield Wrong(path, f"第 {int(path[-1]) + 1} 项缺少“{key}”")


def _mapping(value: object, like: Mapping[str, Any], lists: Mapping[str, Any], path: Path) -> Iterator[Wrong]:
    if not isinstance(value, Mapping):
        yield Wrong(path, f"{_name(path)}现写“{_quoted(value)}”，应是“键: 值”的形式")
        return
    kinds = list(like.values())
    for key, one in value.items():
        yield from misshapen(one, like.get(key, kinds[0] if kinds else ""), lists, (*path, key))


def _name(path: Path) -> str:
    last = path[-1] if path else "value"
    return f"第 {last + 1} 项" if isinstance(last, int) else f"{last} "


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return False
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def _quoted(value: object) -> str:
    text = "空" if value is None else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

"""Plain data to the named tuples of the model, by their annotations: each field checked, none trusted."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

Made = TypeVar("Made")


class WrongField(ValueError):
    """A field whose content is not of its kind; the text is its name."""


def build(kind: type[Made], data: object, name: str) -> Made:
    """A `kind` from a mapping. Keys that it does not know are left alone; WrongField where one is wrong."""
    if not isinstance(data, Mapping):
        raise WrongField(name)
    values = {}
    for field, wanted, required in _fields(cast(Hashable, kind)):
        if field in data:
            values[field] = _value(wanted, data[field], field)
        elif required:
            raise WrongField(field)
    return kind(**values)


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any, bool], ...]:  # noqa: ANN401 - a named tuple
    hints = get_type_hints(kind)
    return tuple((name, hints[name], name not in kind._field_defaults) for name in kind._fields)


def _value(wanted: Any, data: object, name: str) -> object:  # noqa: ANN401 - an annotation
    origin, args = get_origin(wanted), get_args(wanted)
    if origin is UnionType:
        return None if data is None else _value(next(one for one in args if one is not NoneType), data, name)
    if origin is Literal:
        return _checked(data in args, data, name)
    if origin is tuple:
        return _sequence(args, data, name)
    if origin is not None:  # the only other kind of field is a mapping from texts
        return _mapping(args[1], data, name)
    if hasattr(wanted, "_fields"):
        return build(cast(type, wanted), data, name)
    if wanted is Decimal:
        return _number(data, name)
    if wanted is float:
        return float(cast(float, _checked(isinstance(data, int | float), data, name)))
    return _checked(type(data) is wanted, data, name)


def _checked(right: bool, data: object, name: str) -> object:
    if not right:
        raise WrongField(name)
    return data


def _sequence(args: tuple[Any, ...], data: object, name: str) -> tuple[object, ...]:
    items = cast(list[object], _checked(isinstance(data, list), data, name))
    if args[-1] is not Ellipsis:
        _checked(len(items) == len(args), data, name)
    return tuple(_value(args[0], item, name) for item in items)


def _mapping(wanted: Any, data: object, name: str) -> dict[str, object]:  # noqa: ANN401 - an annotation
    items = cast(dict[str, object], _checked(isinstance(data, dict), data, name))
    return {key: _value(wanted, value, key) for key, value in items.items()}


def _number(data: object, name: str) -> Decimal:
    try:
        number = Decimal(cast(str, _checked(isinstance(data, str), data, name)))
    except InvalidOperation as error:
        raise WrongField(name) from error
    _checked(number.is_finite() and abs(number.adjusted()) < 30, data, name)
    return number

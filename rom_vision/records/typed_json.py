"""Frozen dataclasses <-> JSON's own types. The annotations are the schema: nothing is missing or beside it."""

import math
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from rom_vision.errors import RecordError

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
BEYOND = 1e300  # JSON can write numbers that are infinite to the computer


def to_json(value: Any) -> Json:
    """A dataclass, or what one holds, in JSON's own types; days and moments in ISO 8601."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: to_json(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return [to_json(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.as_posix() if isinstance(value, PurePath) else value


def from_json(kind: Any, value: Any, where: str) -> Any:
    """What `to_json` wrote.

    Args:
        kind: the annotation that it has to fit.
        where: what it is, for the words of an error.
    Raises:
        RecordError: it does not fit.
    """
    origin, choices = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return from_json(choices[0], value, where)
    if origin in (Union, types.UnionType):
        (own,) = (choice for choice in choices if choice is not type(None))
        return None if value is None else from_json(own, value, where)
    if origin is Literal:
        return value if any(type(value) is type(word) and value == word for word in choices) else _wrong(where)
    if origin is tuple:
        items = value if isinstance(value, list) else _wrong(where)
        return tuple(from_json(choices[0], item, f"{where} {n}") for n, item in enumerate(items, start=1))
    if origin is Mapping:
        return _settings(value, where)
    return _dataclass(kind, value, where) if is_dataclass(kind) else _plain(kind, value, where)


def _dataclass(kind: Any, value: Any, where: str) -> Any:
    hints = get_type_hints(kind, include_extras=True)
    names = {field.name for field in fields(kind)}
    if not isinstance(value, dict) or value.keys() != names:
        _wrong(where)
    return kind(**{name: from_json(hints[name], value[name], f"{where}, {name}") for name in names})


def _settings(value: Any, where: str) -> Mapping[str, Any]:
    """Names with numbers, words or nothing: what a measurement was made with."""
    if not isinstance(value, dict):
        _wrong(where)
    for each in value.values():
        if isinstance(each, (list, dict)) or (isinstance(each, float) and not math.isfinite(each)):
            _wrong(where)
    return types.MappingProxyType(value)


def _plain(kind: Any, value: Any, where: str) -> Any:
    if kind in (date, datetime) and isinstance(value, str):
        return _moment(kind, value, where)
    if kind is Path and isinstance(value, str):
        return Path(value)
    if kind is float:
        return float(value) if type(value) in (int, float) and abs(value) < BEYOND else _wrong(where)
    return value if type(value) is kind else _wrong(where)


def _moment(kind: type[date], value: str, where: str) -> date:
    try:
        moment = kind.fromisoformat(value)
    except ValueError:
        _wrong(where)
    if isinstance(moment, datetime) and moment.tzinfo is None:
        _wrong(where)
    return moment


def _wrong(where: str) -> Any:
    raise RecordError(f"The file was altered: {where} can't be read.", remedy="Take the file as it was exported.")

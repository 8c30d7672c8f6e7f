"""Reads a TOML file of entries into a dataclass, whose annotations are the schema.

A mistake in the file fails with file, entry and field, and says what may stand there.
"""

import difflib
import functools
import importlib.resources
import math
import tomllib
import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NewType, TypeVar, get_args, get_origin, get_type_hints

from rom_vision.errors import CatalogueError, UsageError

Entry = TypeVar("Entry")
Source = NewType("Source", str)
"""In the file the key of a citation in [sources], in memory the citation."""

IN_WORDS = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where in the file we are, for the words of an error; and the citations of that file."""

    file: str
    entry: str = ""
    field: str = ""
    sources: Mapping[str, str]

    def at(self, field: str) -> "_Place":
        return replace(self, field=f"{self.field}.{field}" if self.field else field)

    def mistake(self, what: str, remedy: str) -> CatalogueError:
        where = ", ".join(part for part in (self.file, self.entry, self.field) if part)
        return CatalogueError(f"{where}: {what}.", remedy=remedy)


def read_entries(path: Path, kind: type[Entry]) -> dict[str, Entry]:
    """One entry for each table of the file, by the table's name, which is the entry's `id`.

    The table [sources] is no entry: it holds the citations by key.

    Args:
        path: the TOML file.
        kind: a dataclass with a field `id`.

    Raises:
        CatalogueError: the file can't be read, is not TOML, or does not fit the dataclass.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise CatalogueError(f"{path.name} can't be read: {problem}.", remedy="Correct the file.") from problem
    start = _Place(file=path.name, sources={})
    sources = _read_table(tables.pop("sources", {}), replace(start, entry="sources"))
    citations = {
        key: _read_plain(str, text, replace(start, entry="sources", field=key)) for key, text in sources.items()
    }
    entries = {}
    for name, table in tables.items():
        place = replace(start, entry=name, sources=citations)
        given = _read_table(table, place)
        if "id" in given:
            raise place.at("id").mistake("is not a field of the file", "Remove it: the table's name is the id.")
        entries[name] = _read_dataclass(kind, {"id": name, **given}, place)
    return entries


@functools.cache
def shipped_entries(file_name: str, kind: type[Entry]) -> Mapping[str, Entry]:
    """The entries of a file that comes with the program, read once, in the file's order."""
    file = importlib.resources.files("rom_vision.movements") / file_name
    with importlib.resources.as_file(file) as path:
        return MappingProxyType(read_entries(path, kind))


def entry_of(entries: Mapping[str, Entry], key: str, what: str) -> Entry:
    """The entry of that id.

    Args:
        what: the word for such an entry, for the words of the error.

    Raises:
        UsageError: there is none; names the closest.
    """
    if key in entries:
        return entries[key]
    close = difflib.get_close_matches(key, entries)
    remedy = f"Did you mean {' or '.join(close)}?" if close else f"Choose one of: {', '.join(entries)}."
    raise UsageError(f"There is no {what} '{key}'.", remedy=remedy)


def _read(hint: Any, value: object, place: _Place) -> Any:
    """The value as the annotation wants it."""
    if hint is Source:
        return place.sources[_read_word(tuple(place.sources), value, place)]
    if get_origin(hint) is types.UnionType:  # only "or None", and TOML has no None: it is left out instead
        return _read(get_args(hint)[0], value, place)
    if get_origin(hint) is Literal:
        return _read_word(get_args(hint), value, place)
    if get_origin(hint) is tuple:
        return _read_list(get_args(hint)[0], value, place)
    if is_dataclass(hint):
        return _read_dataclass(hint, _read_table(value, place), place)
    return _read_plain(hint, value, place)


def _read_dataclass(kind: Any, table: Mapping[str, object], place: _Place) -> Any:
    known = {field.name: field for field in fields(kind)}
    for name in table:
        if name not in known:
            raise place.at(name).mistake("is not a known field", f"Known are: {', '.join(known)}.")
    for name, field in known.items():
        if name not in table and field.default is MISSING:
            raise place.at(name).mistake("is missing", "Add it.")
    hints = get_type_hints(kind)
    return kind(**{name: _read(hints[name], value, place.at(name)) for name, value in table.items()})


def _read_list(hint: Any, value: object, place: _Place) -> tuple[Any, ...]:
    if not isinstance(value, list) or not value:
        raise place.mistake(f"is {value!r}", "Write a list of at least one, in [ ].")
    return tuple(_read(hint, item, place.at(str(number))) for number, item in enumerate(value, start=1))


def _read_table(value: object, place: _Place) -> dict[str, object]:
    if not isinstance(value, dict):
        raise place.mistake(f"is {value!r}", "Write a table.")
    return value


def _read_word(allowed: tuple[Any, ...], value: object, place: _Place) -> Any:
    for word in allowed:
        if type(value) is type(word) and value == word:  # the type too: to Python, true is 1
            return word
    raise place.mistake(f"is {value!r}", f"Allowed are: {', '.join(str(word) for word in allowed)}.")


def _read_plain(kind: type, value: object, place: _Place) -> Any:
    number: object = float(value) if kind is float and type(value) is int else value
    if type(number) is not kind:
        raise place.mistake(f"is {value!r}", f"Write {IN_WORDS[kind]}.")
    if isinstance(number, float) and not math.isfinite(number):
        raise place.mistake(f"is {value!r}", "Write a finite number, or leave an unknown one out.")
    if isinstance(number, str) and not number.strip():
        raise place.mistake("is empty", "Write it, or leave it out if it may be missing.")
    return number

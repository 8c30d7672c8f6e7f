"""A measurement in one file, to the last bit: its arrays as NumPy's .npz, the rest as JSON beside them.

The annotations are the schema: a field that a later version adds with a default is no trouble to an older file.
Nothing in it is ever run (no pickle).
"""

import io
import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from rom_vision.measure import Measurement
from rom_vision.movements import MovementTest, movement_test
from rom_vision.records.typed_json import from_json, to_json

TEXT = "rest.json"
Arrays = dict[str, NDArray[Any]]


def to_bytes(measurement: Measurement) -> bytes:
    """The file."""
    arrays: Arrays = {}
    rest = _apart(measurement, "", arrays)
    arrays[TEXT] = np.frombuffer(json.dumps(rest).encode(), np.uint8)
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def from_bytes(file: bytes) -> Measurement:
    """What `to_bytes` wrote.

    Raises:
        RecordError: it was altered.
    """
    with np.load(io.BytesIO(file), allow_pickle=False) as arrays:
        rest = json.loads(arrays[TEXT].tobytes())
        whole: Measurement = _together(Measurement, rest, "", {name: arrays[name] for name in arrays.files})
    return whole


def _apart(value: Any, place: str, arrays: Arrays) -> Any:
    """The value as JSON; its arrays go under their places, such as `body/joints_m`."""
    if isinstance(value, np.ndarray):
        arrays[place] = value
        return None
    if isinstance(value, MovementTest):
        return value.id
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _apart(getattr(value, field.name), f"{place}/{field.name}", arrays)
                for field in fields(value)}  # fmt: skip
    if isinstance(value, Mapping):
        return {name: _apart(each, f"{place}/{name}", arrays) for name, each in value.items()}
    return to_json(value)


def _together(kind: Any, rest: Any, place: str, arrays: Arrays) -> Any:
    if place in arrays:
        return arrays[place]
    if kind is MovementTest:
        return movement_test(rest)
    if get_origin(kind) in (Union, types.UnionType) and rest is not None:
        (own,) = (choice for choice in get_args(kind) if choice is not type(None))
        return _together(own, rest, place, arrays)
    if get_origin(kind) is Mapping:
        of = get_args(kind)[1]
        if get_origin(of) is np.ndarray:
            return types.MappingProxyType({name: arrays[f"{place}/{name}"] for name in rest})
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(
            **{name: _together(hints[name], each, f"{place}/{name}", arrays) for name, each in rest.items()}
        )
    return from_json(kind, rest, place)

"""The codes of LOINC and SNOMED CT by which other programs know what leaves the record.

The facts stand in codes.toml; the type here is its schema.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rom_vision.movements.catalogue import Fact
from rom_vision.movements.toml_schema import shipped_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Fact):
    """A code.

    Attributes:
        id: of a movement test and its mode, such as `shoulder_flexion_active`, of a joint, alone or with its side,
            or a word.
        name: what it is a code of, in our words.
        system: whose code it is.
    """

    id: str
    name: str
    system: Literal["loinc", "snomed"]
    code: str


def load_codes() -> Mapping[str, Code]:
    """All codes by id."""
    return shipped_entries("codes.toml", Code)

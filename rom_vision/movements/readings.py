"""How findings of movement tests are read: the rules, the capsular patterns, and what stops a test.

The facts stand in readings.toml, capsular_patterns.toml and red_flags.toml; the types here are their schema.
`rom_vision.interpret` applies them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rom_vision.movements.catalogue import Fact
from rom_vision.movements.said import said
from rom_vision.movements.toml_schema import shipped_entries
from rom_vision.movements.vocabulary import Term

Sign = Literal[
    "active short of passive", "active like passive",
    "active short", "active full", "passive short", "passive full",
    "active painful", "active painless", "passive painful", "passive painless",
    "resisted painful", "resisted painless", "resisted strong", "resisted weak",
    "opposite passive painful", "all resisted painful", "moved while resisted",
    "pain in the middle of abduction", "pain at the end of abduction",
    "healthy end feel", "unusual end feel", "empty end feel", "springy end feel", "spasm at the end",
]  # fmt: skip
"""What can be told of one motion. A sign and its opposite are both missing where data are, or do not suffice."""


@said("points_to")
@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Fact):
    """One rule: signs, and what they point to.

    Attributes:
        id: its name.
        signs: all of them have to be there.
        points_to: in words that go on from "points to".
        refer: whether a physician has to look before anybody goes on.
        instead_of: ids of more general rules that say nothing where this one fires.
    """

    id: str
    signs: tuple[Sign, ...]
    points_to: str
    refer: bool = False
    instead_of: tuple[str, ...] = ()


@said("name")
@dataclass(frozen=True, slots=True, kw_only=True)
class CapsularPattern(Fact):
    """What a joint loses, in passive motion, when its whole capsule is shrunk.

    Attributes:
        id: the joint.
        order: ids of movement tests, those that lose most first; those of one group lose alike.
        any_order: those of one group are all short, but need not lose alike.
        spared: ids of movement tests that lose nothing.
    """

    id: str
    name: str
    order: tuple[tuple[str, ...], ...]
    any_order: bool = False
    spared: tuple[str, ...] = ()


def load_readings() -> Mapping[str, Reading]:
    """All rules by id."""
    return shipped_entries("readings.toml", Reading)


def load_capsular_patterns() -> Mapping[str, CapsularPattern]:
    """The capsular patterns by joint."""
    return shipped_entries("capsular_patterns.toml", CapsularPattern)


def load_red_flags() -> Mapping[str, Term]:
    """What stops a test, by id."""
    return shipped_entries("red_flags.toml", Term)

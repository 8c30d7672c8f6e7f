"""The words of palpation and treatment: regions of the body, findings, pains, end feels, techniques.

The words stand in TOML files beside this one; the types here are their schema, read as the catalogue is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rom_vision.movements.catalogue import Fact, Side
from rom_vision.movements.said import said
from rom_vision.movements.toml_schema import shipped_entries


@said("name")
@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of the body that can be pointed at.

    Attributes:
        id: its name in code and records, such as `buttock`.
        surface: the chart that it is on.
        sided: has a left and a right.
        x: place on that chart, 0 its left edge, 1 its right; of the client's left side where it has two.
        y: 0 at the crown, 1 at the soles.
    """

    id: str
    name: str
    surface: Literal["front", "back"]
    sided: bool
    x: float
    y: float

    def place(self, side: Side | None) -> tuple[float, float]:
        """Its x and y on the chart, on one side of the client.

        Raises:
            ValueError: the region has two sides and none is given, or the other way round.
        """
        if self.sided != (side is not None):
            raise ValueError(f"{self.id}: expected {'a side' if self.sided else 'no side'}, got {side}")
        return (1 - self.x if side == "right" else self.x), self.y


@said("name", "meaning")
@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Fact):
    """A word and what is meant by it.

    Attributes:
        id: its name in code and records.
        meaning: one sentence.
    """

    id: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingKind(Term):
    """A kind of finding of palpation.

    Attributes:
        dysfunction: id of the one of six that it belongs to.
        found_in: what it is a finding of: a muscle, a spinal segment, or no more than the region.
    """

    dysfunction: str
    found_in: Literal["muscle", "segment", "region"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndFeelKind(Term):
    """How the end of a passive motion may feel.

    Attributes:
        healthy: whether some joint feels so when nothing is wrong; else it is a sign wherever it is felt.
    """

    healthy: bool


def load_regions() -> Mapping[str, Region]:
    """All regions of the body by id, from head to foot."""
    return shipped_entries("regions.toml", Region)


def load_dysfunctions() -> Mapping[str, Term]:
    """The six dysfunctions that clinical massage assesses, by id."""
    return shipped_entries("dysfunctions.toml", Term)


def load_findings() -> Mapping[str, FindingKind]:
    """All kinds of finding by id."""
    return shipped_entries("findings.toml", FindingKind)


def load_pain_qualities() -> Mapping[str, Term]:
    """The words for a pain by id."""
    return shipped_entries("pain_qualities.toml", Term)


def load_end_feels() -> Mapping[str, EndFeelKind]:
    """All end feels by id, the healthy ones first."""
    return shipped_entries("end_feels.toml", EndFeelKind)


def load_techniques() -> Mapping[str, Term]:
    """The techniques of treatment by id."""
    return shipped_entries("techniques.toml", Term)

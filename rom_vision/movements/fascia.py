"""Fascial lines: what a restriction of fascia in one place may have to do with others.

The facts stand in fascial_lines.toml; the type here is their schema.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rom_vision.language import say
from rom_vision.movements.catalogue import Fact, Side
from rom_vision.movements.muscles import Bearing, bearings, sides_of
from rom_vision.movements.said import in_a_sentence, said
from rom_vision.movements.toml_schema import shipped_entries


@said("name")
@dataclass(frozen=True, slots=True, kw_only=True)
class FascialLine(Fact):
    """Muscles that fascia joins one to the next.

    Attributes:
        id: its name in code and records, such as `superficial_back_line`.
        regions: ids of the regions that it passes, from one end to the other.
        stretched_by: ids of the movement tests that lengthen all of it.
    """

    id: str
    name: str
    regions: tuple[str, ...]
    stretched_by: tuple[str, ...] = ()


def load_fascial_lines() -> Mapping[str, FascialLine]:
    """All lines by id."""
    return shipped_entries("fascial_lines.toml", FascialLine)


def lines_through(region_id: str) -> tuple[FascialLine, ...]:
    """The lines that pass a region."""
    return tuple(line for line in load_fascial_lines().values() if region_id in line.regions)


def bearing_on_line(line: FascialLine, side: Side | None) -> tuple[Bearing, ...]:
    """The tests that speak for or against a restriction somewhere along a line: those that lengthen it.

    Args:
        side: of the restriction; None where it is not known or on the midline.
    """
    return tuple(
        bearings(
            line, line.stretched_by, sides_of(side, away=False), "passive",
            say("short, with a pull along the line"), say("full and painless"),
            say("This movement lengthens the {line}.", line=in_a_sentence(line.name)),
        )
    )  # fmt: skip

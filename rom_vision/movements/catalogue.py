"""The catalogue of movement tests: what each measures, how it is filmed, what is normal.

The facts stand in catalogue.toml; the types here are its schema. A field that is missing, unknown, of a wrong
type or outside its vocabulary fails at load, with file, entry and field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from rom_vision.language import say
from rom_vision.movements.said import said
from rom_vision.movements.toml_schema import Source, entry_of, read_entries, shipped_entries

Side = Literal["left", "right"]
Mode = Literal["active", "passive", "resisted"]
Sex = Literal["female", "male"]
SIDES: tuple[Side, ...] = get_args(Side)
MODES: tuple[Mode, ...] = get_args(Mode)

Plane = Literal["sagittal", "frontal", "transverse"]
Posture = Literal["standing", "sitting", "supine", "prone", "side_lying"]
View = Literal["side", "front", "back"]
"""What the camera sees of the client; side is the tested side, nearest the lens."""
Joint = Literal["neck", "trunk", "shoulder", "elbow", "forearm", "wrist", "hip", "knee", "ankle"]
Motion = Literal[
    "flexion", "extension", "lateral flexion", "rotation", "abduction", "adduction", "scaption",
    "horizontal adduction", "internal rotation", "external rotation", "pronation", "supination",
    "radial deviation", "ulnar deviation",
    "straight leg raise", "dorsiflexion", "plantarflexion", "squat", "sit-to-stand",
]  # fmt: skip
Angle = Literal[
    "neck_flexion", "neck_lateral_flexion", "neck_rotation",
    "trunk_flexion", "trunk_lateral_flexion", "trunk_rotation",
    "shoulder_flexion", "shoulder_abduction", "shoulder_elevation",
    "shoulder_horizontal_adduction", "shoulder_external_rotation",
    "elbow_flexion", "forearm_pronation", "wrist_flexion", "wrist_radial_deviation",
    "hip_flexion", "leg_raise", "hip_abduction", "hip_internal_rotation",
    "knee_flexion", "ankle_dorsiflexion",
]  # fmt: skip
"""The joint-angle curves that a test can read."""
Sureness = Literal["verified", "second-hand", "to be confirmed"]
"""Read in the study itself; in another document that names it; or general knowledge, to be looked up."""


@said("source")
@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A clinical statement with where it comes from and how sure it is."""

    source: Source
    sureness: Sureness

    @property
    def confirmed(self) -> bool:
        """False: show it as "to be confirmed"."""
        return self.sureness != "to be confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal(Fact):
    """The general textbook value of a motion, whatever age and sex.

    Attributes:
        deg: degrees, positive in the direction that names the motion; the lower end where sources give a range.
    """

    deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm(Fact):
    """What one study found in one group of healthy people.

    Attributes:
        age_from: youngest, completed years.
        age_to: oldest, completed years; None is no upper end.
        mean_deg: degrees, positive in the direction that names the motion.
        sd_deg: spread of single people (one standard deviation), degrees; None where it is not known.
        mode: how it was measured; unknown where our source does not say.
    """

    sex: Literal["female", "male", "any"]
    age_from: int
    age_to: int | None = None
    mean_deg: float
    sd_deg: float | None = None
    mode: Literal["active", "passive", "unknown"]

    @property
    def ages(self) -> str:
        """The age group in words, such as `20–44 years`."""
        if self.age_to is None:
            return say("{age} years and older", age=self.age_from)
        return say("{youngest}–{oldest} years", youngest=self.age_from, oldest=self.age_to)

    def covers(self, age_years: float) -> bool:
        """Whether somebody of that age belongs to the group."""
        return self.age_from <= age_years and (self.age_to is None or age_years < self.age_to + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RealChange(Fact):
    """The minimal detectable change (95 %).

    Attributes:
        deg: a smaller difference between two measurements, in degrees, is not called a change.
    """

    deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EndFeel(Fact):
    """How the end of the healthy passive motion feels to the therapist's hand."""

    feel: str


@said("name", "start", "definition", "film", "move", "compensations", "with_care")
@dataclass(frozen=True, slots=True, kw_only=True)
class MovementTest:
    """One movement test.

    Attributes:
        id: its name in code, records and the shell, such as `shoulder_abduction`.
        postures: the usual one first.
        start: start position, one sentence.
        view: what to film from.
        sided: has a left and a right; a side of the neck or trunk is the side moved toward.
        angle: the joint-angle curve that is measured.
        direction: -1 where the test counts that curve downward, as extension counts flexion.
        zero: anatomical position, or the client's own start position (the number is then a change).
        definition: what the number is: lines, where zero is, which sign, which range; one sentence.
        film: how to film, one sentence for the therapist.
        move: how to move, one sentence for the client.
        compensations: what the body does instead, to be watched.
        end_feel: None where there is no end of the joint's range to be felt.
        normal: None where no usable one is known.
        norms: by sex and age.
        mdc: minimal detectable change.
        with_care: why one camera measures it badly, one sentence; None where it measures it well.
    """

    id: str
    name: str
    joint: Joint
    motion: Motion
    plane: Plane
    postures: tuple[Posture, ...]
    start: str
    view: View
    sided: bool
    angle: Angle
    direction: Literal[1, -1]
    zero: Literal["anatomical", "start"]
    definition: str
    film: str
    move: str
    compensations: tuple[str, ...]
    end_feel: EndFeel | None = None
    normal: Normal | None = None
    norms: tuple[Norm, ...] = ()
    mdc: RealChange
    with_care: str | None = None


def load_catalogue(path: Path | None = None) -> Mapping[str, MovementTest]:
    """All movement tests by id, in the file's order.

    Args:
        path: a catalogue of one's own; None is the one that comes with the program, read once.

    Raises:
        CatalogueError: the file can't be read or has a mistake; it names file, entry and field.
    """
    if path is None:
        return shipped_entries("catalogue.toml", MovementTest)
    return MappingProxyType(read_entries(path, MovementTest))


def movement_test(test_id: str) -> MovementTest:
    """One test of the catalogue that comes with the program.

    Raises:
        UsageError: there is none of that id; names the closest.
    """
    return entry_of(load_catalogue(), test_id, "movement test")


def norm_for(test: MovementTest, sex: Sex | None, age_years: float | None, mode: Mode) -> Norm | Normal | None:
    """What a client's result is held against.

    A norm of the same mode goes first, then one whose mode is unknown, never one of the other mode: passive
    motion goes further than active. Then one of the client's sex before one of both.

    Args:
        test: the movement test.
        sex: None where not known: then only norms of both sexes serve.
        age_years: None where not known: then no norm by age serves.
        mode: resisted has no norm, since the joint should not move.

    Returns:
        the best norm by sex and age, else the general normal value, else None.
    """
    if mode == "resisted":
        return None
    if age_years is None:
        return test.normal

    fitting = [
        norm
        for norm in test.norms
        if norm.mode in (mode, "unknown") and norm.sex in (sex, "any") and norm.covers(age_years)
    ]
    return min(fitting, key=lambda norm: (norm.mode == "unknown", norm.sex == "any"), default=test.normal)

"""The films of the wrist benchmark: seated people whose forearm rests on a table while the hand moves.

The people and rooms are those of the accuracy benchmark, and so is the rule: what is learned or tuned sees the
development split alone. One film holds both directions of a movement, and is measured as either test.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from benchmarks.accuracy_set import PEOPLE, SETUPS, Split, take_of
from benchmarks.studio.camera import Camera
from benchmarks.studio.film import Take
from benchmarks.studio.movement import Repetition, Script
from rom_vision.movements import Side

Kind = Literal["near", "far", "turned"]
"""As asked; from 2 m; with the camera 45 degrees off."""

PEOPLE_EACH = 3
FRAMES_PER_S = 10
NEAR_M, FAR_M = (1.2, 1.6), (2.0, 2.1)
ASKEW_DEG, OFF_DEG = 10.0, 45.0  # how badly the camera is put up as asked, to either side; and in a film to refuse
TABLE_M, LOOKS_AT_M = 0.78, (0.15, -0.2, 0.9)
# At this size a hand has about as many pixels as in a phone's 1080p film from more than twice as far.
SIZE_PX = (540, 720)
PEAKS_DEG: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"wrist_flexion": (62, -52), "wrist_radial_deviation": (18, -30)}
)
"""The movement of a film -> how far it goes, first its own way, then the other."""
TESTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "wrist_flexion": ("wrist_flexion", "wrist_extension"),
        "wrist_radial_deviation": ("wrist_radial_deviation", "wrist_ulnar_deviation"),
    }
)
"""The movement of a film -> the tests that it is measured as."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WristCase:
    """One film."""

    split: Split
    kind: Kind
    movement: str
    side: Side
    body: str
    take: Take


def wrist_cases(split: Split) -> Iterator[WristCase]:
    """All films of a split: each movement with each person as asked, and with one of them in the other ways.

    From 2 m only those that test: nothing is learned from such small hands.
    """
    people = list(PEOPLE[split])[:PEOPLE_EACH]
    for number, body in enumerate(people):
        for movement in PEAKS_DEG:
            yield _case(split, "near", movement, "left" if number % 2 else "right", body)
    for movement in PEAKS_DEG:
        if split == "test":
            yield _case(split, "far", movement, "right", people[1])
        yield _case(split, "turned", movement, "left", people[2])


def _case(split: Split, kind: Kind, movement: str, side: Side, body: str) -> WristCase:
    random = np.random.default_rng(zlib.crc32(f"{split} {kind} {movement} {side} {body}".encode()))
    setup = SETUPS[split][int(random.integers(len(SETUPS[split])))]
    script = Script(
        movement=movement, side=side, seed=int(random.integers(1000)),
        repetitions=tuple(Repetition(peak_deg=peak * random.uniform(0.9, 1.1), up_s=0.75, hold_s=0.1, down_s=0.75)
                          for peak in PEAKS_DEG[movement]),
    )  # fmt: skip
    towards = 1.0 if side == "left" else -1.0
    off_deg = OFF_DEG if kind == "turned" else random.uniform(-ASKEW_DEG, ASKEW_DEG)
    camera = Camera(
        azimuth_deg=towards * (90.0 - off_deg), distance_m=random.uniform(*(FAR_M if kind == "far" else NEAR_M)),
        height_m=TABLE_M + setup.above_joint_m, looks_at_m=(towards * LOOKS_AT_M[0], *LOOKS_AT_M[1:]),
        roll_deg=setup.roll_deg, focal=setup.focal, k1=setup.k1, width_px=SIZE_PX[0], height_px=SIZE_PX[1],
    )  # fmt: skip
    take = take_of(PEOPLE[split][body], setup, script, camera, FRAMES_PER_S)
    return WristCase(split=split, kind=kind, movement=movement, side=side, body=body, take=take)

"""The films of the neck benchmark: seated people who bend and turn their heads before a camera in front of them.

The people and rooms are those of the accuracy benchmark, and so is the rule: what is learned or tuned sees the
development split alone.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from benchmarks.accuracy_set import PEOPLE, SETUPS, Split
from benchmarks.studio.camera import Camera
from benchmarks.studio.film import Clock, Sensor, Take
from benchmarks.studio.movement import Repetition, Script
from rom_vision.movements import MovementTest, Side, movement_test

Kind = Literal["plain", "leaning", "turned"]
"""As asked; with the trunk leaning 10 degrees; with the camera 15 degrees off."""

PEOPLE_EACH = 3
FRAMES_PER_S = 15
LEAN_DEG, OFF_DEG = 10.0, 15.0
FACE_M = 1.15  # height of a seated face
# At this size a face has about as many pixels as in a phone's 1080p film from half as far again.
SIZE_PX = (600, 800)
PEAKS_DEG: Mapping[str, float] = MappingProxyType(
    {"neck_flexion": 45, "neck_extension": 48, "neck_lateral_flexion": 38, "neck_rotation": 50}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class NeckCase:
    """One film, and what is asked of it."""

    split: Split
    kind: Kind
    test: MovementTest
    side: Side
    body: str
    take: Take


def neck_cases(split: Split) -> Iterator[NeckCase]:
    """All films of a split: every test with each person, and half of them in the two harder ways."""
    people = list(PEOPLE[split])[:PEOPLE_EACH]
    for kind in ("plain", "leaning", "turned"):
        for number, body in enumerate(people):
            for order, movement in enumerate(PEAKS_DEG):
                if kind == "plain" or (number + order) % 2 == 0:
                    yield _case(split, kind, movement, "left" if (number + order) % 2 else "right", body)


def _case(split: Split, kind: Kind, movement: str, side: Side, body: str) -> NeckCase:
    random = np.random.default_rng(zlib.crc32(f"{split} {movement} {side} {body}".encode()))
    setup = SETUPS[split][int(random.integers(len(SETUPS[split])))]
    peak = PEAKS_DEG[movement] * random.uniform(0.9, 1.1)
    lean = {("trunk lean" if movement != "neck_lateral_flexion" else "trunk flexion"): LEAN_DEG}
    script = Script(
        movement=movement, side=side, seed=int(random.integers(1000)),
        repetitions=tuple(Repetition(peak_deg=share * peak, up_s=0.9, hold_s=0.15, down_s=0.9)
                          for share in (0.6, 1.0)),
        compensation=lean if kind == "leaning" else {},
    )  # fmt: skip
    camera = Camera(
        azimuth_deg=OFF_DEG if kind == "turned" else 0.0, distance_m=random.uniform(1.3, 2.2),
        height_m=FACE_M + setup.above_joint_m, looks_at_m=(0.0, -0.05, 0.85), roll_deg=setup.roll_deg,
        focal=setup.focal, k1=setup.k1, width_px=SIZE_PX[0], height_px=SIZE_PX[1],
    )  # fmt: skip
    person = PEOPLE[split][body]
    take = Take(
        build=person.build, outfit=person.outfit, decor=setup.decor, script=script, camera=camera, lamp=setup.lamp,
        sensor=Sensor(noise=setup.noise), clock=Clock(frames_per_s=FRAMES_PER_S, unevenness=0.05),
    )  # fmt: skip
    return NeckCase(split=split, kind=kind, test=movement_test(movement), side=side, body=body, take=take)

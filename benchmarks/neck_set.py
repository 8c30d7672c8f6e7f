"""The films of the neck benchmark: seated people who bend and turn their heads.

The people and rooms are those of the accuracy benchmark, and so is the rule: what is learned or tuned sees the
development split alone.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from benchmarks.accuracy_set import SETUPS, Split, take_of
from benchmarks.more_people import MORE, everybody
from benchmarks.neck_spoilt import Spoilt
from benchmarks.studio.camera import Camera
from benchmarks.studio.film import Take
from benchmarks.studio.movement import Repetition, Script
from rom_vision.movements import MovementTest, Side, movement_test

Kind = Literal["front", "trunk along", "15° off", "side", "45° aside"]
"""From the front as asked; with the trunk going 10 degrees along with the head; with the camera 15 degrees off;
from the side; from 45 degrees on the side that the head turns to."""

FRAMES_PER_S = 15
LEAN_DEG, OFF_DEG, ASIDE_DEG = 10.0, 15.0, 45.0
FACE_M = 1.15  # height of a seated face
# At this size a face has about as many pixels as in a phone's 1080p film from half as far again.
SIZE_PX = (600, 800)
PEAKS_DEG: Mapping[str, float] = MappingProxyType(
    {"neck_flexion": 45, "neck_extension": 48, "neck_lateral_flexion": 38, "neck_rotation": 50}
)
# Where the face stays within what can be read: from 45 degrees aside it turns further, with the trunk less far.
ROTATIONS_DEG: Mapping[str, float] = MappingProxyType({"45° aside": 72, "trunk along": 38})
LIMBER, STIFF = (0.9, 1.1), (0.55, 1.1)  # shares of that which people reach: the accuracy benchmark's; the others
ALONG: Mapping[str, tuple[str, float]] = MappingProxyType(
    {"neck_flexion": ("trunk flexion", LEAN_DEG), "neck_extension": ("trunk flexion", -LEAN_DEG),
     "neck_lateral_flexion": ("trunk lean", LEAN_DEG), "neck_rotation": ("trunk turn", LEAN_DEG)}
)  # fmt: skip

# Kind, movement, which person of the split does it, and what the film is spoilt with. Few films, each for what may
# go wrong: a film takes minutes to render. Nothing is learned from the spoilt ones.
FILMS: Mapping[Split, Sequence[tuple[Kind, str, int, Spoilt | None]]] = MappingProxyType(
    {
        "development": (
            ("front", "neck_flexion", 0, None), ("front", "neck_extension", 1, None),
            ("trunk along", "neck_flexion", 3, None), ("trunk along", "neck_lateral_flexion", 2, None),
            ("trunk along", "neck_rotation", 0, None),
            ("side", "neck_flexion", 0, None), ("side", "neck_extension", 1, None),
            ("front", "neck_flexion", 4, None), ("front", "neck_extension", 5, None),
            ("front", "neck_flexion", 6, None), ("front", "neck_extension", 7, None),
            ("front", "neck_flexion", 2, None), ("front", "neck_extension", 9, None),
            ("front", "neck_flexion", 8, None), ("front", "neck_rotation", 4, None),
            ("front", "neck_lateral_flexion", 5, None), ("front", "neck_extension", 0, None),
        ),
        "test": (
            ("front", "neck_flexion", 0, None), ("front", "neck_extension", 2, None),
            ("front", "neck_flexion", 4, None), ("front", "neck_extension", 5, None),
            ("front", "neck_flexion", 6, None), ("front", "neck_rotation", 7, None),
            ("trunk along", "neck_lateral_flexion", 2, None), ("trunk along", "neck_rotation", 0, None),
            ("15° off", "neck_rotation", 2, None), ("side", "neck_flexion", 0, None),
            ("front", "neck_extension", 3, None), ("front", "neck_lateral_flexion", 1, None),
            ("15° off", "neck_flexion", 3, None), ("trunk along", "neck_flexion", 5, None),
            ("front", "neck_lateral_flexion", 6, None), ("front", "neck_rotation", 1, None),
            ("side", "neck_extension", 4, None), ("45° aside", "neck_rotation", 1, None),
            ("trunk along", "neck_rotation", 0, "glasses"), ("front", "neck_extension", 2, "glasses"),
            ("trunk along", "neck_rotation", 0, "dark"), ("front", "neck_extension", 2, "dark"),
        ),
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class NeckCase:
    """One film, and what is asked of it."""

    split: Split
    kind: Kind
    test: MovementTest
    side: Side
    body: str
    take: Take
    spoilt: Spoilt | None

    @property
    def name(self) -> str:
        """What is special about the film."""
        return f"{self.kind}, {self.spoilt}" if self.spoilt else self.kind


def neck_cases(split: Split) -> Iterator[NeckCase]:
    """All films of a split."""
    people = list(everybody(split))
    for kind, movement, number, spoilt in FILMS[split]:
        side: Side = "left" if (number + len(movement)) % 2 else "right"
        yield _case(split, kind, movement, side, people[number], spoilt)


def _case(split: Split, kind: Kind, movement: str, side: Side, body: str, spoilt: Spoilt | None) -> NeckCase:
    random = np.random.default_rng(zlib.crc32(f"{split} {movement} {side} {body}".encode()))
    setup = SETUPS[split][int(random.integers(len(SETUPS[split])))]
    peak = PEAKS_DEG[movement]
    if movement == "neck_rotation":
        peak = ROTATIONS_DEG.get(kind, peak)
    peak *= random.uniform(*(STIFF if body in MORE[split] else LIMBER))
    script = Script(
        movement=movement, side=side, seed=int(random.integers(1000)),
        compensation=dict([ALONG[movement]]) if kind == "trunk along" else {},
        repetitions=(Repetition(peak_deg=peak, up_s=0.9, hold_s=0.15, down_s=0.9),),
    )  # fmt: skip
    camera = Camera(
        azimuth_deg=_azimuth_deg(kind, side), distance_m=random.uniform(1.3, 2.2),
        height_m=FACE_M + setup.above_joint_m, looks_at_m=(0.0, -0.05, 0.85), roll_deg=setup.roll_deg,
        focal=setup.focal, k1=setup.k1, width_px=SIZE_PX[0], height_px=SIZE_PX[1],
    )  # fmt: skip
    take = take_of(everybody(split)[body], setup, script, camera, FRAMES_PER_S)
    test = movement_test(movement)
    return NeckCase(split=split, kind=kind, test=test, side=side, body=body, take=take, spoilt=spoilt)


def _azimuth_deg(kind: Kind, side: Side) -> float:
    """Where the camera stands, seen from the client's front, toward their left."""
    toward = 1.0 if side == "left" else -1.0
    if kind == "side":
        return 90.0 * toward
    if kind == "45° aside":
        return ASIDE_DEG * toward
    return OFF_DEG if kind == "15° off" else 0.0

"""The films of the forearm benchmark: seated people, elbow at the side, who turn the palm down and then up.

The people and rooms are those of the accuracy benchmark, and so is the rule: what is learned or tuned sees the
development split alone. One film holds both directions, and is measured as either test.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

import numpy as np

from benchmarks.accuracy_set import PEOPLE, SETUPS, Split, take_of
from benchmarks.studio.camera import Camera
from benchmarks.studio.film import Take
from benchmarks.studio.manners import Manner
from benchmarks.studio.movement import Repetition, Script
from rom_vision.movements import Side

Kind = Literal["along", "askew", "off", "fist"]
"""The camera along the forearm; 10 to 15 degrees off it, to either side; 45 off; along it, and the hand a fist."""

MOVEMENT = "forearm_pronation"
TESTS = (MOVEMENT, "forearm_supination")
PEAKS_DEG = (70.0, -75.0)
OFF_DEG: Mapping[Kind, tuple[float, float]] = MappingProxyType(
    {"along": (0.0, 4.0), "askew": (10.0, 15.0), "off": (45.0, 45.0), "fist": (0.0, 4.0)}
)
CAMERA_M = (1.2, 1.8)  # from the elbow
FRAMES_PER_S = 10
ELBOW_M = (0.2, 0.0, 0.72)  # to the side, ahead, and above the floor, of somebody who sits
SIZE_PX = (540, 720)
FINGERS_DEG = 8.0  # each joint of an open hand, fingers and thumb loose


class OpenHand(Script):
    """A script whose client keeps the fingers straight: the studio's turns a fist."""

    @property
    def manner(self) -> Manner:
        """The studio's, with an open hand."""
        manner = super().manner
        return replace(manner, held={**manner.held, "same finger flexion": FINGERS_DEG})


@dataclass(frozen=True, kw_only=True, slots=True)
class ForearmCase:
    """One film."""

    split: Split
    kind: Kind
    side: Side
    body: str
    take: Take


FILMS: Mapping[Split, Sequence[tuple[Kind, str]]] = MappingProxyType(
    {
        "development": (
            ("along", "woman_31"), ("along", "man_44"), ("along", "woman_63"),
            ("askew", "woman_31"), ("askew", "man_44"), ("askew", "man_74"),
            ("off", "woman_63"), ("fist", "man_44"),
        ),
        "test": (
            ("along", "man_20"), ("askew", "woman_39"), ("along", "man_57"), ("askew", "woman_75"),
            ("off", "man_20"),
        ),
    }
)  # fmt: skip


def forearm_cases(split: Split) -> Iterator[ForearmCase]:
    """All films of a split."""
    for kind, body in FILMS[split]:
        yield _case(split, kind, "left" if list(PEOPLE[split]).index(body) % 2 else "right", body)


def _case(split: Split, kind: Kind, side: Side, body: str) -> ForearmCase:
    random = np.random.default_rng(zlib.crc32(f"{split} {kind} {side} {body}".encode()))
    setup = SETUPS[split][int(random.integers(len(SETUPS[split])))]
    script = (Script if kind == "fist" else OpenHand)(
        movement=MOVEMENT, side=side, seed=int(random.integers(1000)),
        repetitions=tuple(Repetition(peak_deg=peak * random.uniform(0.85, 1.15), up_s=0.9, hold_s=0.1, down_s=0.9)
                          for peak in PEAKS_DEG),
    )  # fmt: skip
    towards = 1.0 if side == "left" else -1.0
    camera = Camera(
        azimuth_deg=float(random.choice([-1.0, 1.0]) * random.uniform(*OFF_DEG[kind])),
        distance_m=random.uniform(*CAMERA_M), height_m=ELBOW_M[2] + setup.above_joint_m / 2,
        looks_at_m=(towards * ELBOW_M[0], *ELBOW_M[1:]), roll_deg=setup.roll_deg, focal=setup.focal, k1=setup.k1,
        width_px=SIZE_PX[0], height_px=SIZE_PX[1],
    )  # fmt: skip
    take = take_of(PEOPLE[split][body], setup, script, camera, FRAMES_PER_S)
    return ForearmCase(split=split, kind=kind, side=side, body=body, take=take)

"""The films of passive tests: a therapist moves the limb of a client who lies or sits inert.

The people, cameras and splits are those of the accuracy benchmark; the therapist is another of the same split.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from benchmarks.accuracy_set import PEOPLE, SETUPS, Case, Setup, Split, take_of
from benchmarks.studio.camera import Camera
from benchmarks.studio.film import Take
from benchmarks.studio.grips import GRIPS
from benchmarks.studio.movement import Repetition, Script
from benchmarks.studio.therapist import HANDS_S, WALK_S, Helper
from rom_vision.movements import Side, movement_test

FRAMES_PER_S = 15  # a passive movement is slow
INERT_DEG = 0.05  # of unrest: breathing is left
NEAR, FAR, HIDING = "near", "far", "hiding"


@dataclass(frozen=True, kw_only=True, slots=True)
class Passive:
    """How one test is done by hand.

    Attributes:
        movement: the studio's name of it.
        rest_deg, peak_deg: how far it goes, and people differ from it by up to a tenth.
        view_deg: where the camera stands for a left limb, round the client; mirrored for a right one.
        above: filmed from high up at the foot end, since the plane of the movement is level.
        therapist_deg: where the therapist stands for a left limb, by whether the client's limb is behind them
            ("near"), free ("far"), or covered whatever one does ("hiding").
    """

    movement: str
    rest_deg: float
    peak_deg: float
    view_deg: float
    therapist_deg: Mapping[str, float]
    above: bool = False


# A near therapist stands on the camera's side, but out of the line to the joint, as who knows of the camera.
PASSIVE: Mapping[str, Passive] = MappingProxyType(
    {
        "shoulder_flexion": Passive(movement="shoulder_flexion_supine", rest_deg=4, peak_deg=150, view_deg=90,
                                    therapist_deg={NEAR: 150, FAR: -90, HIDING: 90}),
        "shoulder_abduction": Passive(movement="shoulder_abduction_supine", rest_deg=16, peak_deg=125, view_deg=0,
                                      above=True, therapist_deg={NEAR: 75, FAR: 115}),
        "elbow_flexion": Passive(movement="elbow_flexion_supine", rest_deg=12, peak_deg=132, view_deg=90,
                                 therapist_deg={NEAR: 150, FAR: -90, HIDING: 90}),
        "straight_leg_raise": Passive(movement="straight_leg_raise", rest_deg=2, peak_deg=68, view_deg=90,
                                      therapist_deg={NEAR: 65, FAR: -90}),
        "hip_flexion": Passive(movement="hip_flexion", rest_deg=2, peak_deg=108, view_deg=90,
                               therapist_deg={NEAR: 65, FAR: -90}),
        "hip_abduction": Passive(movement="hip_abduction_supine", rest_deg=4, peak_deg=34, view_deg=0,
                                 above=True, therapist_deg={NEAR: 45, FAR: 90}),
        "knee_flexion": Passive(movement="knee_flexion_prone", rest_deg=4, peak_deg=112, view_deg=90,
                                therapist_deg={NEAR: 110, FAR: -90}),
        "neck_lateral_flexion": Passive(movement="neck_lateral_flexion", rest_deg=0, peak_deg=36, view_deg=0,
                                        therapist_deg={NEAR: 75, FAR: 180}),
    }
)  # fmt: skip


def passive_cases(split: Split) -> Iterator[Case]:
    """All films of a split: each test with each person, the therapist near and far in turn, and left and right;
    then those that no one could measure, with the limb behind the therapist throughout."""
    for order, test in enumerate(PASSIVE):
        for number, body in enumerate(PEOPLE[split]):
            place = NEAR if (number + order) % 2 else FAR
            side: Side = "left" if (number // 2 + order) % 2 else "right"
            yield _case(split, test, side, body, place)
    for test, passive in PASSIVE.items():
        if HIDING in passive.therapist_deg:
            yield _case(split, test, "left", next(iter(PEOPLE[split])), HIDING)


def _case(split: Split, test: str, side: Side, body: str, place: str) -> Case:
    return Case(
        split=split, test=movement_test(test), side=side, asked=side, body=body, azimuth_deg=0,
        should_accept=place != HIDING, take=_take(split, test, side, body, place),
    )  # fmt: skip


def _take(split: Split, test: str, side: Side, body: str, place: str) -> Take:
    seed = zlib.crc32(f"passive {split} {test} {side} {body} {place}".encode())  # the same on every machine
    random = np.random.default_rng(seed)
    setup = SETUPS[split][int(random.integers(len(SETUPS[split])))]
    enters, leaves, leans = random.random(3) < (0.5, 0.5, 0.5)
    comes_s = WALK_S + HANDS_S + 0.2
    script = _script(PASSIVE[test], side, random, still_s=comes_s if enters or leaves else 0.6, seed=seed % 1000)
    first, last = script.windows_s()[0], script.windows_s()[-1]
    names = list(PEOPLE[split])
    therapist = PEOPLE[split][names[(names.index(body) + 1) % len(names)]]
    helper = Helper(
        build=therapist.build,
        outfit=therapist.outfit,
        grips=GRIPS[test],
        azimuth_deg=_mirrored(PASSIVE[test].therapist_deg[place], side),
        kneels=test == "hip_abduction" and place == FAR and not enters and not leaves,
        enters_s=0.0 if enters else -np.inf,
        leaves_s=last[2] + HANDS_S if leaves else np.inf,
        leans_across_s=(first[0], first[2]) if leans and place == NEAR else None,
    )
    camera = _camera(setup, PASSIVE[test], side)
    return take_of(PEOPLE[split][body], setup, script, camera, FRAMES_PER_S, helper)


def _script(passive: Passive, side: Side, random: np.random.Generator, *, still_s: float, seed: int) -> Script:
    """Twice to the end, slowly, and held there."""
    far = (passive.peak_deg - passive.rest_deg) * random.uniform(0.9, 1.1)
    return Script(
        movement=passive.movement, side=side, rest_deg=passive.rest_deg, still_s=still_s, unrest_deg=INERT_DEG,
        seed=seed,
        repetitions=tuple(
            Repetition(
                peak_deg=passive.rest_deg + far * part, up_s=random.uniform(1.8, 2.4),
                hold_s=random.uniform(1, 1.5), down_s=random.uniform(1.6, 2.0), pause_s=0.3,
            )
            for part in random.permutation([1.0, 0.96])
        ),
    )  # fmt: skip


def _camera(setup: Setup, passive: Passive, side: Side) -> Camera:
    seated = passive.movement == "neck_lateral_flexion"
    upright = seated or passive.above
    height_m = 2.4 if passive.above else 1.15 if seated else 0.95
    return Camera(
        azimuth_deg=_mirrored(passive.view_deg, side),
        distance_m=1.9 if passive.above else setup.distance_m,
        height_m=height_m + (0.0 if passive.above else setup.above_joint_m),
        looks_at_m=(0.0, 0.0, 0.95 if seated else 0.75),
        roll_deg=setup.roll_deg,
        focal=setup.focal,
        k1=setup.k1,
        width_px=480 if upright else 864,
        height_px=864 if upright else 480,
    )


def _mirrored(azimuth_deg: float, side: Side) -> float:
    """From a left limb to the limb that is tested."""
    return azimuth_deg if side == "left" else -azimuth_deg

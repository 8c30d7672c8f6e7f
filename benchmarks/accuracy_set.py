"""The films of the accuracy benchmark: which people, cameras and movements, and which may be learned from.

Two splits, by body and by camera. Whatever is tuned or learned sees the development split alone; the test
split only tells how well that carries over.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from benchmarks.studio.body import Build
from benchmarks.studio.camera import Camera
from benchmarks.studio.film import Clock, Helper, Sensor, Take
from benchmarks.studio.furniture import Decor
from benchmarks.studio.manners import MANNERS
from benchmarks.studio.movement import SEATED, Repetition, Script
from benchmarks.studio.picture import Lamp
from benchmarks.studio.postures import ON_FEET, STANDING, SUPINE
from benchmarks.studio.wardrobe import Outfit
from rom_vision.movements import MovementTest, Side, movement_test

Split = Literal["development", "test"]
Size = Literal["small", "medium", "whole"]
"""Small: six movements of one person, for every day. Medium: every movement, by two people at the ideal view and
one at each other, all people in turn. Whole: by all of them from everywhere."""
AZIMUTHS_DEG = (0, 15, 30, 45)  # off the view that the test asks for
FRAMES_PER_S = 15  # a phone's 30 would take twice as long and change little


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Who is filmed, and in what."""

    build: Build
    outfit: Outfit


# Between them 20 to 75 years, body mass index 19 to 34 in each split, skin light to dark, clothes tight to wide.
PEOPLE: Mapping[Split, Mapping[str, Person]] = MappingProxyType(
    {
        "development": {
            "woman_31": Person(
                build=Build(female=1.0, age_years=31, height_m=1.64, weight=0.35),
                outfit=Outfit(skin=(0.87, 0.70, 0.61), hair=(0.42, 0.28, 0.16), long_hair=True,
                              shirt=(0.35, 0.44, 0.60), sleeve=0.15, shirt_slack_m=0.004,
                              trousers=(0.20, 0.20, 0.22), trouser_slack_m=0.003, folds_seed=11),
            ),
            "man_44": Person(
                build=Build(female=0.0, age_years=44, height_m=1.80, weight=0.8, muscle=0.8, african=1.0,
                              caucasian=0.0),
                outfit=Outfit(skin=(0.33, 0.22, 0.16), hair=(0.04, 0.04, 0.03), shirt=(0.72, 0.66, 0.52),
                              sleeve=0.42, shirt_slack_m=0.045, trousers=(0.26, 0.28, 0.33), trouser_leg=0.5,
                              trouser_slack_m=0.03, folds_seed=12),
            ),
            "woman_63": Person(
                build=Build(female=1.0, age_years=63, height_m=1.60, weight=1.0, muscle=0.05, asian=1.0,
                              caucasian=0.0),
                outfit=Outfit(skin=(0.82, 0.66, 0.53), hair=(0.30, 0.29, 0.28), shirt=(0.55, 0.30, 0.36),
                              sleeve=0.6,
                              shirt_slack_m=0.016, trousers=(0.38, 0.34, 0.30), folds_seed=13),
            ),
            "man_74": Person(
                build=Build(female=0.0, age_years=74, height_m=1.71, weight=0.5, muscle=0.3),
                outfit=Outfit(skin=(0.84, 0.65, 0.56), hair=(0.78, 0.77, 0.75), beard=0.3,
                              shirt=(0.30, 0.42, 0.34),
                              trousers=(0.20, 0.23, 0.30), trouser_slack_m=0.03,
                              shoes=(0.25, 0.2, 0.16), folds_seed=14),
            ),
        },
        "test": {
            "man_20": Person(
                build=Build(female=0.0, age_years=20, height_m=1.76, weight=0.2, muscle=0.45, asian=1.0,
                              caucasian=0.0),
                outfit=Outfit(skin=(0.80, 0.64, 0.50), hair=(0.05, 0.04, 0.04), shirt=(0.20, 0.22, 0.26),
                              sleeve=0.4, shirt_slack_m=0.045, trousers=(0.50, 0.50, 0.52),
                              trouser_slack_m=0.03, folds_seed=21),
            ),
            "woman_39": Person(
                build=Build(female=1.0, age_years=39, height_m=1.69, weight=0.8, muscle=0.25, african=1.0,
                              caucasian=0.0),
                outfit=Outfit(skin=(0.40, 0.27, 0.20), hair=(0.05, 0.04, 0.04), long_hair=True,
                              shirt=(0.78, 0.60, 0.30), shirt_slack_m=0.004, trousers=(0.16, 0.16, 0.18),
                              trouser_leg=0.6, trouser_slack_m=0.003, folds_seed=22),
            ),
            "man_57": Person(
                build=Build(female=0.0, age_years=57, height_m=1.84, weight=1.0, muscle=0.22),
                outfit=Outfit(skin=(0.85, 0.66, 0.57), hair=(0.35, 0.30, 0.26), beard=0.5,
                              shirt=(0.52, 0.56, 0.62),
                              stripes=0.5, shirt_slack_m=0.018, trousers=(0.30, 0.27, 0.22), folds_seed=23),
            ),
            "woman_75": Person(
                build=Build(female=1.0, age_years=75, height_m=1.58, weight=0.42, muscle=0.35),
                outfit=Outfit(skin=(0.86, 0.70, 0.62), hair=(0.72, 0.71, 0.70), shirt=(0.50, 0.46, 0.58),
                              sleeve=0.5,
                              trousers=(0.28, 0.30, 0.36), trouser_slack_m=0.013, folds_seed=24),
            ),
        },
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Setup:
    """How a camera is put up, and the room it stands in."""

    distance_m: float
    above_joint_m: float
    focal: float
    roll_deg: float
    k1: float
    noise: float
    decor: Decor
    lamp: Lamp


SETUPS: Mapping[Split, Sequence[Setup]] = MappingProxyType(
    {
        "development": (
            Setup(distance_m=2.6, above_joint_m=0.0, focal=0.80, roll_deg=0.0, k1=0.0, noise=2.5,
                  decor=Decor(things=("couch", "plant", "print"), seed=31), lamp=Lamp()),
            Setup(distance_m=2.9, above_joint_m=0.2, focal=0.86, roll_deg=1.5, k1=-0.03, noise=4.0,
                  decor=Decor(wall=(0.78, 0.82, 0.84), carpet=True, things=("shelf", "door"), seed=32),
                  lamp=Lamp(azimuth_deg=35, warmth=0.3)),
        ),
        "test": (
            Setup(distance_m=2.75, above_joint_m=0.1, focal=0.76, roll_deg=-1.0, k1=-0.02, noise=3.0,
                  decor=Decor(wall=(0.88, 0.84, 0.76), things=("window", "shelf"), seed=41),
                  lamp=Lamp(azimuth_deg=-30, warmth=0.4)),
            Setup(distance_m=3.1, above_joint_m=-0.1, focal=0.90, roll_deg=1.0, k1=0.0, noise=5.0,
                  decor=Decor(floor=(0.45, 0.46, 0.48), carpet=True, things=("stool", "print", "plant"), seed=42),
                  lamp=Lamp(azimuth_deg=50, brightness=1.2)),
        ),
    }
)  # fmt: skip

# Where each test rests and how far it goes, degrees. People differ from these by up to a tenth.
RANGES_DEG: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "neck_flexion": (0, 45), "neck_extension": (0, 50), "neck_lateral_flexion": (0, 38),
        "neck_rotation": (0, 60),
        "trunk_flexion": (0, 70), "trunk_extension": (0, 22), "trunk_lateral_flexion": (0, 28),
        "trunk_rotation": (0, 38),
        "shoulder_flexion": (4, 155), "shoulder_extension": (-4, 45), "shoulder_abduction": (9, 145),
        "shoulder_scaption": (9, 150), "shoulder_horizontal_adduction": (0, 110),
        "shoulder_external_rotation": (0, 60), "shoulder_internal_rotation": (0, 45),
        "elbow_flexion": (12, 138), "elbow_extension": (-100, -6),
        "forearm_pronation": (0, 66), "forearm_supination": (0, 70),
        "wrist_flexion": (0, 60), "wrist_extension": (0, 52),
        "hip_flexion": (2, 110), "straight_leg_raise": (2, 72), "hip_extension": (-2, 20),
        "hip_abduction": (3, 38),
        "hip_adduction": (-3, 14), "hip_internal_rotation": (0, 34), "hip_external_rotation": (0, 36),
        "knee_flexion": (4, 118), "knee_extension": (-75, -4),
        "ankle_dorsiflexion": (-30, 8), "ankle_plantarflexion": (20, 48), "squat": (6, 100),
        "sit_to_stand": (-100, -6),
    }
)  # fmt: skip

# What a joint can't go beyond: the forearm stands off the straight arm by the carrying angle.
LIMITS_DEG: Mapping[str, float] = MappingProxyType({"elbow_extension": -8})

# How high the lens stands, metres, as the tests ask: level with the joint of a client who stands, or sits.
LENS_M: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "neck": (1.5, 1.15), "trunk": (0.95, 0.95), "shoulder": (1.35, 0.95), "elbow": (1.1, 0.75),
        "forearm": (1.1, 0.75), "wrist": (1.0, 0.75), "hip": (0.95, 0.5), "knee": (0.9, 0.5), "ankle": (0.2, 0.3),
    }
)  # fmt: skip

# So far away a hand is too small to be read: benchmarks/wrist.py and forearm.py film these from nearer.
BY_HAND = ("forearm", "wrist")

# The daily set: the views, postures and kinds of joint, each once.
SMALL = ("shoulder_abduction", "elbow_flexion", "knee_flexion", "neck_lateral_flexion", "hip_flexion", "squat")


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One film of the benchmark, and what is asked of it.

    Attributes:
        body: name of the person.
        azimuth_deg: off the view that the test asks for.
        side: what is filmed moving.
        asked: the side that is asked for; the other one where it is hidden, to be refused.
        should_accept: whether a number can be had from it.
    """

    split: Split
    test: MovementTest
    side: Side
    asked: Side
    body: str
    azimuth_deg: int
    should_accept: bool
    take: Take


def cases(size: Size, splits: Sequence[Split], azimuths_deg: Sequence[int]) -> Iterator[Case]:
    """All films of a set, the wrong ones among them: a hidden far limb, a view from quite another side."""
    for split in splits:
        people = list(PEOPLE[split])
        for order, movement in enumerate(SMALL if size == "small" else RANGES_DEG):
            if movement_test(movement).joint in BY_HAND:
                continue
            for azimuth in azimuths_deg:
                for body in _bodies(size, people, order, azimuth):
                    side: Side = "left" if (people.index(body) + len(movement)) % 2 else "right"
                    yield _case(split, movement, side, side, body, azimuth, should_accept=True)
        for movement in ("elbow_flexion", "knee_flexion"):
            for body in people if size == "whole" else people[:1]:
                yield _case(split, movement, "left", "right", body, 0, should_accept=False)
                yield _case(split, movement, "left", "left", body, 90, should_accept=False)


def _bodies(size: Size, people: list[str], order: int, azimuth: int) -> list[str]:
    if size == "small":
        return people[:1]
    if size == "whole":
        return people
    turn = order + AZIMUTHS_DEG.index(azimuth)
    return [people[(turn + k) % len(people)] for k in ((0, 2) if azimuth == 0 else (0,))]


def _case(
    split: Split, movement: str, side: Side, asked: Side, body: str, azimuth: int, *, should_accept: bool
) -> Case:
    test = movement_test(movement)
    return Case(
        split=split, test=test, side=side, asked=asked, body=body, azimuth_deg=azimuth,
        should_accept=should_accept, take=_take(split, test, side, body, azimuth),
    )  # fmt: skip


def _take(split: Split, test: MovementTest, side: Side, body: str, azimuth: int) -> Take:
    seed = zlib.crc32(f"{split} {test.id} {side} {body}".encode())  # the same on every machine
    random = np.random.default_rng(seed)
    setup = SETUPS[split][int(random.integers(len(SETUPS[split])))]
    person = PEOPLE[split][body]
    rest, peak = RANGES_DEG[test.id]
    peak = min(rest + (peak - rest) * random.uniform(0.9, 1.1), LIMITS_DEG.get(test.id, np.inf))
    script = Script(
        movement=test.id,
        side=side,
        rest_deg=rest,
        seed=seed % 1000,
        repetitions=tuple(
            Repetition(
                peak_deg=peak - (peak - rest) * lower, up_s=random.uniform(0.75, 0.95), hold_s=0.1,
                down_s=random.uniform(0.75, 0.95),
            )
            for lower in random.permutation([0.0, 0.04])
        ),
    )  # fmt: skip
    return take_of(person, setup, script, _camera(setup, test, side, azimuth), FRAMES_PER_S)


def take_of(
    person: Person,
    setup: Setup,
    script: Script,
    camera: Camera,
    frames_per_s: float,
    helper: Helper | None = None,
) -> Take:
    """A film of this person in that room, put up so."""
    return Take(
        build=person.build,
        outfit=person.outfit,
        decor=setup.decor,
        script=script,
        camera=camera,
        lamp=setup.lamp,
        sensor=Sensor(noise=setup.noise),
        clock=Clock(frames_per_s=frames_per_s, unevenness=0.05),
        helper=helper,
    )


def _camera(setup: Setup, test: MovementTest, side: Side, azimuth: int) -> Camera:
    posture = MANNERS[test.id].posture_of(side)
    towards = 1.0 if side == "left" else -1.0
    ideal = 90.0 * towards if test.view == "side" else 0.0
    off = -azimuth * towards if test.view == "side" else azimuth * towards  # from the side towards the front
    lying = posture not in (*ON_FEET, *SEATED)
    seated = posture in SEATED
    joint_m = 0.85 if lying else LENS_M[test.joint][seated]
    # the limb that goes sideways, forwards from the chair or up from the couch has to fit in too
    looks_at_m = (
        0.12 * towards if posture == STANDING else 0.0,
        0.0 if posture in (STANDING, SUPINE) else -0.15,
        joint_m + (0.1 if lying else 0.0),
    )
    return Camera(
        azimuth_deg=ideal + off,
        distance_m=(0.8 if seated else 1.0) * setup.distance_m,
        height_m=joint_m + setup.above_joint_m,
        looks_at_m=looks_at_m,
        roll_deg=setup.roll_deg,
        focal=setup.focal,
        k1=setup.k1,
        # the network sees a person in 256 pixels: larger films would only take longer
        width_px=864 if lying else 480,
        height_px=480 if lying else 864,
    )

"""Pairs to learn from: what MediaPipe sees of a rendered person, and where the joints are.

A shot is one random person in one random room before one random camera, in many random postures. None of the
people, clothes or cameras of the accuracy benchmark is used.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from tqdm import tqdm

from benchmarks.lifter import postures
from benchmarks.lifter.postures import Still
from benchmarks.studio.body import Array, Body, Build, make_body
from benchmarks.studio.camera import Camera
from benchmarks.studio.furniture import THINGS, Decor, make_room, put_under
from benchmarks.studio.manners import SITTING, STANDING, SUPINE
from benchmarks.studio.movement import COUCH_TOP_M, hips_m
from benchmarks.studio.picture import Lamp, Picture, Studio
from benchmarks.studio.skeleton import Posed, Skeleton
from benchmarks.studio.wardrobe import Outfit
from rom_vision.capture.landmarks import Point
from rom_vision.capture.pose import open_landmarker, people_in
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.region import radii_px, region_round, trunks_px
from rom_vision.capture.region_model import region_model
from rom_vision.kinematics.lifter import BODY

FOLDER = Path(__file__).resolve().parents[1] / "cache" / "lifter"
SHOTS_A_PERSON, STILLS_A_SHOT = 4, 14
PLACES = (STANDING, SITTING, SUPINE)
PLACE_SHARES = (0.52, 0.2, 0.28)
LONG_PX, SHORT_PX = 864, 480

FINGERS = {"INDEX": "finger2-1", "PINKY": "finger5-1"}


def make(people: int, workers: int = 2) -> list[Path]:
    """The pairs of so many people, made now or earlier: a file for each."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(tqdm(pool.map(pairs_of, range(people)), total=people, desc="Pairs", disable=None))


def pairs_of(seed: int) -> Path:
    """One person's pairs: `rows` (n, 33, 7) as capture.pose makes them, `points_m` (n, 23, 3) the joints in the
    camera's axes, `focal_px` (n,), `size_px` (n, 2), `kind` (n,)."""
    path = FOLDER / f"{seed:05d}.npz"
    if path.exists():
        return path
    random = np.random.default_rng([20, seed])
    skeleton, outfit = Skeleton(make_body(_build(random))), _outfit(random)
    found: dict[str, list[Any]] = {name: [] for name in ("rows", "points_m", "focal_px", "size_px", "kind")}
    for _ in range(SHOTS_A_PERSON):
        for pair in _shot(random, skeleton, outfit):
            for name, value in pair.items():
                found[name].append(value)
    unfinished = path.with_suffix(".part.npz")
    np.savez_compressed(unfinished, **{name: np.array(values) for name, values in found.items()})
    unfinished.replace(path)
    return path


def _shot(random: np.random.Generator, skeleton: Skeleton, outfit: Outfit) -> Iterator[dict[str, Any]]:
    place = str(random.choice(PLACES, p=PLACE_SHARES))
    camera = _camera(random, place)
    room = make_room(_decor(random), camera.azimuth_deg)
    put_under(room, skeleton, place)
    studio = Studio(skeleton.body, outfit, room, camera, _lamp(random))
    grain, blur_px, quality = random.uniform(0, 7), random.uniform(0.3, 1.3), int(random.uniform(35, 95))
    for _ in range(STILLS_A_SHOT):
        still, posed = _posed(random, skeleton, place, camera.azimuth_deg)
        picture = _taken(random, studio.picture(posed.motions[0]), grain, blur_px, quality)
        for row in _seen(picture, mirrored=random.random() < 0.5):
            yield {
                "rows": row.astype("f4"), "kind": still.kind, "focal_px": camera.focal_px,
                "points_m": camera.to_camera_m(_points_m(skeleton.body, posed)).astype("f4"),
                "size_px": (camera.width_px, camera.height_px),
            }  # fmt: skip
    studio.close()


def _posed(
    random: np.random.Generator, skeleton: Skeleton, place: str, camera_azimuth_deg: float
) -> tuple[Still, Posed]:
    if place == STANDING:
        still = postures.standing(random, camera_azimuth_deg)
        return still, skeleton.pose(still.terms, standing_on=still.standing_on)
    if place == SITTING:
        still = postures.sitting(random)
        return still, skeleton.pose(still.terms, at_m=hips_m(skeleton, SITTING))
    still = postures.lying(random)
    if still.kind == "side":
        wide = np.ptp([skeleton.body.centre(f"upperleg01.{side}")[0] for side in "LR"])
        return still, skeleton.pose(still.terms, at_m=np.array([0.0, 0.0, COUCH_TOP_M + wide / 2 + 0.08]))
    return still, skeleton.pose(still.terms, at_m=hips_m(skeleton, still.kind))


def _points_m(body: Body, posed: Posed) -> Array:
    """(23, 3) the joints that the lifter learns, world axes."""
    points = []
    for point in BODY:
        side, _, name = Point(point).name.partition("_")
        if name in FINGERS:
            bone = body.bone_names.index(f"{FINGERS[name]}.{side[0]}")
            points.append(posed.motions[0, bone, :, :3] @ body.centres_m[bone] + posed.motions[0, bone, :, 3])
        else:
            joint = "nose" if point == Point.NOSE else f"{side} {name}".lower().replace("toes", "toe")
            points.append(posed.joints_m[joint][0])
    return np.array(points)


def _seen(picture: Picture, *, mirrored: bool) -> Iterator[Array]:
    """(33, 7) of the largest person: as the detector has them, and in a region of their own, straight or in a
    mirror, the way `watch_client` looks. Nothing where nobody is found."""
    picture = np.ascontiguousarray(picture)
    people = people_in(picture, _landmarker())
    if not len(people):
        return
    largest = max(people, key=lambda person: np.ptp(person[:, :2], axis=0).prod())[None]
    yield largest[0]
    region = region_round(trunks_px(largest)[0], float(radii_px(largest)[0]))
    if mirrored:
        region = region.in_mirror()
    yield from (region.in_picture(row) for row in people_in(region.cut(picture), _landmarker_of_region()))


@cache
def _landmarker() -> Any:
    return open_landmarker(pose_model("heavy").path, people=1)


@cache
def _landmarker_of_region() -> Any:
    return open_landmarker(region_model(pose_model("heavy")).path, people=1)


def _taken(random: np.random.Generator, picture: Picture, grain: float, blur_px: float, quality: int) -> Picture:
    """What lens, sensor and compression make of it."""
    soft = cv2.GaussianBlur(picture, (0, 0), blur_px).astype(np.float32)
    noisy = soft * random.uniform(0.75, 1.15) + random.normal(0, grain, soft.shape[:2])[..., None]
    packed = cv2.imencode(".jpg", np.clip(noisy, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed[1], cv2.IMREAD_COLOR), np.uint8)


def _build(random: np.random.Generator) -> Build:
    origin = random.dirichlet([0.5, 0.5, 0.5])
    female = float(random.random() < 0.5)
    return Build(
        female=female, age_years=random.uniform(19, 80), weight=random.uniform(0.15, 1.0),
        height_m=float(np.clip(random.normal(1.65 if female else 1.77, 0.07), 1.48, 1.98)),
        muscle=random.uniform(0.25, 0.85), proportions=random.uniform(0.2, 0.8),
        african=origin[0], asian=origin[1], caucasian=origin[2],
    )  # fmt: skip


def _outfit(random: np.random.Generator) -> Outfit:
    light = random.uniform(0.3, 1.05)
    return Outfit(
        skin=tuple(np.clip(np.array([0.86, 0.69, 0.60]) * light ** np.array([0.8, 1.0, 1.1]), 0.05, 0.95)),
        hair=tuple(np.array([1.0, 0.85, 0.7]) * random.uniform(0.04, 0.75)),
        long_hair=bool(random.random() < 0.4),
        beard=float(random.choice([0.0, random.uniform(0.2, 0.7)])),
        shirt=tuple(random.uniform(0.08, 0.9, 3)),
        stripes=float(random.choice([0.0, random.uniform(0.2, 0.7)], p=[0.75, 0.25])),
        sleeve=random.uniform(0.1, 0.95),
        shirt_slack_m=random.uniform(0.006, 0.03),
        trousers=tuple(random.uniform(0.08, 0.75, 3)),
        trouser_leg=random.uniform(0.3, 0.95),
        trouser_slack_m=random.uniform(0.004, 0.025),
        shoes=tuple(random.uniform(0.1, 0.85, 3)),
        folds_seed=int(random.integers(1000)),
    )


def _decor(random: np.random.Generator) -> Decor:
    things = random.permutation(sorted(THINGS))[: int(random.integers(0, 4))]
    grey = random.uniform(0.45, 0.92)
    return Decor(
        wall=tuple(np.clip(grey + random.normal(0, 0.06, 3), 0.1, 0.95)),
        floor=tuple(random.uniform(0.2, 0.8) * np.array([1.0, random.uniform(0.75, 1), random.uniform(0.6, 1)])),
        carpet=bool(random.random() < 0.4), depth_m=random.uniform(1.2, 2.2),
        things=tuple(str(thing) for thing in things), seed=int(random.integers(1000)),
    )  # fmt: skip


def _lamp(random: np.random.Generator) -> Lamp:
    return Lamp(
        azimuth_deg=random.uniform(-75, 75), height_deg=random.uniform(30, 75), warmth=random.uniform(-0.2, 0.7),
        brightness=random.uniform(0.9, 2.0), around=random.uniform(0.4, 0.8),
    )  # fmt: skip


def _camera(random: np.random.Generator, place: str) -> Camera:
    """Mostly as people put up a phone; one in five held crooked; some from low, some from above, some too near."""
    wide = random.random() < {STANDING: 0.35, SITTING: 0.35, SUPINE: 0.75}[place]
    width, height = (LONG_PX, SHORT_PX) if wide else (SHORT_PX, LONG_PX)
    focal = float(np.clip(random.lognormal(np.log(0.78), 0.13), 0.55, 1.2))
    along = width if place == SUPINE else height  # the side of the picture that the body lies along
    tall_m, filled = {STANDING: 1.75, SITTING: 1.4, SUPINE: 1.8}[place], random.uniform(0.42, 1.02)
    distance_m = float(np.clip(focal * LONG_PX * tall_m / (filled * along), 1.5, 4.2))
    middle_m = {STANDING: 0.95, SITTING: 0.75, SUPINE: 0.75}[place] + random.normal(0, 0.1)
    high_m = random.uniform(0.4, 2.4) if place == SUPINE else np.clip(random.normal(1.1, 0.4), 0.2, 2.4)
    crooked = random.random() < 0.2
    # tests on chair and couch are filmed from in front or from a side
    asked_deg = random.choice([0, 90, -90, 180], p=[0.4, 0.25, 0.25, 0.1]) + random.normal(0, 25)
    return Camera(
        azimuth_deg=asked_deg if place != STANDING and random.random() < 0.7 else random.uniform(-180, 180),
        distance_m=distance_m,
        height_m=float(high_m),
        looks_at_m=(random.normal(0, 0.12), random.normal(0, 0.12), middle_m),
        roll_deg=random.uniform(-35, 35) if crooked else random.normal(0, 4),
        focal=focal,
        width_px=width,
        height_px=height,
    )

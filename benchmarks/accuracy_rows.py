"""One film by each method, against its truth: a row of the accuracy table."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.accuracy_set import Case
from benchmarks.plain_fit import plain_body
from benchmarks.studio.cache import CACHE, filmed
from rom_vision.capture import client as client_of
from rom_vision.capture import pose, region, region_model, watching
from rom_vision.capture.camera import typical_camera
from rom_vision.capture.client import Client
from rom_vision.capture.close_models import close_model
from rom_vision.capture.face import Faces, find_face
from rom_vision.capture.hand import Hands, find_hand
from rom_vision.capture.landmarks import Landmarks
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.video import Video, video_digest
from rom_vision.capture.watching import watch_client
from rom_vision.kinematics.angles import ANGLES, Curve, JointCurves, curve_name, joint_angles, turned_deg
from rom_vision.kinematics.facing import heading_deg
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.measure import (
    LONGEST_PX,
    Measurement,
    Provenance,
    looked_at_closely,
    measure_landmarks,
    smoothed,
    tested_motion,
    view_asked,
)
from rom_vision.movements import Mode, MovementTest, Side
from rom_vision.neck import JOINT as NECK

FAR_M = np.array([0.0, 0.0, 3.0])  # from the camera to where world landmarks have their zero, about


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One clip by one method.

    Attributes:
        method: ours, fit (the body without the lifter), image (the plain angle in the picture plane) or world
            (MediaPipe's world landmarks).
        curve_mae_deg: mean absolute error over all frames; None where nothing was measured.
        peak_error_deg: measured minus true best peak; None where there is none.
        interval_deg: half-width of the stated 95 % interval of the peak; only ours states one.
    """

    split: str
    movement: str
    side: Side | None
    mode: str
    azimuth_deg: int
    body: str
    clip: str
    method: str
    should_accept: bool
    accepted: bool
    curve_mae_deg: float | None
    peak_deg: float | None
    peak_error_deg: float | None
    interval_deg: float | None
    repetitions: int
    repetitions_true: int


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Truth:
    """What is true of a clip: times (n,), the tested angle (n,) in degrees, and the peak of each repetition."""

    time_s: Curve
    angle_deg: Curve
    peaks_deg: tuple[float, ...]


def rows_of(case: Case) -> Iterator[Row]:
    """One film by all three methods."""
    video = filmed(case.take)
    truth = truth_of(video)
    client = client_in(video)
    side = case.asked if case.test.sided else None
    common = unscored(case, video, truth, "active")
    faces = faces_for(case.test, video, client)
    yield told(measured(client, case.test, side, "active", faces), truth, common)
    if case.should_accept:
        yield from plain(client, case.test, side, truth, common)


def truth_of(video: Path) -> Truth:
    """What the studio wrote beside a film."""
    known = json.loads(video.with_suffix(".json").read_text())
    return Truth(
        time_s=np.array(known["time_s"]),
        angle_deg=np.array(known["angle_deg"]),
        peaks_deg=tuple(repetition["peak_deg"] for repetition in known["repetitions"]),
    )


def unscored(case: Case, video: Path, truth: Truth, mode: Mode) -> Row:
    """All of a row that no method changes."""
    return Row(
        split=case.split, movement=case.test.id, side=case.asked if case.test.sided else None, mode=mode,
        azimuth_deg=case.azimuth_deg, body=case.body, clip=video.stem, method="",
        should_accept=case.should_accept, accepted=True, curve_mae_deg=None, peak_deg=None, peak_error_deg=None,
        interval_deg=None, repetitions=0, repetitions_true=len(truth.peaks_deg),
    )  # fmt: skip


def client_in(video: Path) -> Client:
    """The client of a film, looked for once as the program does, by one process: films are spread over cores."""
    model = pose_model()
    kept = CACHE / f"client_{video_digest(video)[:16]}_{model.sha256[:8]}_{_looking()}.npz"
    if not kept.exists():
        client = watch_client(Video(video, longest_px=LONGEST_PX), model, workers=1)
        part = kept.with_suffix(".part.npz")
        seen = {name: value for name, value in asdict(client.landmarks).items() if value is not None}
        np.savez_compressed(part, others=client.others, **seen)
        part.replace(kept)
    with np.load(kept) as data:
        seen = {name: data[name] for name in data.files if name not in ("others", "size_px")}
        return Client(
            landmarks=Landmarks(size_px=tuple(data["size_px"].tolist()), **seen), others=int(data["others"])
        )


@cache
def _looking() -> str:
    """Changes with how the program looks at a film."""
    sources = (pose, region, region_model, client_of, watching)
    return hashlib.sha256(b"".join(Path(str(source.__file__)).read_bytes() for source in sources)).hexdigest()[:8]


def faces_for(test: MovementTest, video: Path, client: Client) -> Faces | None:
    """The client's face in a film of a test of the neck, looked for once; None for another joint's."""
    if test.joint != NECK:
        return None
    model = close_model("face")
    kept = CACHE / f"face_{video_digest(video)[:16]}_{model.sha256[:8]}.npz"
    if not kept.exists():
        np.savez_compressed(kept, mesh_px=find_face(Video(video), client.landmarks, model, workers=1).mesh_px)
    with np.load(kept) as data:
        return Faces(mesh_px=data["mesh_px"])


def hands_for(test: MovementTest, side: Side | None, video: Path, client: Client) -> Hands | None:
    """The client's hand in a film of a test of the wrist, looked for once; None for another joint's."""
    if side is None or not looked_at_closely(test, "active"):
        return None
    model = close_model("hand")
    kept = CACHE / f"hand_{side}_{video_digest(video)[:16]}_{model.sha256[:8]}.npz"
    if not kept.exists():
        hands = find_hand(Video(video), client.landmarks, side, model, workers=1)
        np.savez_compressed(kept, points_px=hands.points_px, spread=hands.spread, right=hands.right)
    with np.load(kept) as data:
        return Hands(**data)


def measured(
    client: Client,
    test: MovementTest,
    side: Side | None,
    mode: Mode,
    faces: Faces | None,
    hands: Hands | None = None,
) -> Measurement:
    """Filmed with a phone whose lens the program does not know; the face is told for a test of the neck, the hand
    for one of the wrist."""
    camera = typical_camera(client.landmarks.size_px)
    return measure_landmarks(client, camera, test, side, mode, _provenance(), faces=faces, hands=hands)


def told(found: Measurement, truth: Truth, common: Row) -> Row:
    """What the program says, with its errors."""
    return replace(
        scored(common, truth, found.landmarks.time_s, found.curve, found.repetitions, found.peak_deg),
        method="ours",
        accepted=found.accepted,
        interval_deg=found.uncertainty_deg,
    )


def plain(client: Client, test: MovementTest, side: Side | None, truth: Truth, common: Row) -> Iterator[Row]:
    """The two angles that others take, and that of the fit without the lifter; smoothed and counted as ours are,
    never refused."""
    landmarks = client.landmarks
    fitted = plain_body(landmarks, typical_camera(landmarks.size_px))
    sources = {
        "world": joint_angles(landmarks.time_s, landmarks.world_m),
        "fit": joint_angles(landmarks.time_s, fitted.joints_m),
    }
    # a turn about the body's length is seen in no picture plane
    if ANGLES[test.angle].axis in ("left", "forward"):
        sources["image"] = in_picture(landmarks, test, side)
    for method, raw in sources.items():
        curves = smoothed(raw)
        curve, repetitions = tested_motion(curves, test, side, from_neutral=False)
        peak = max((repetition.peak_deg for repetition in repetitions), default=None)
        yield replace(scored(common, truth, curves.time_s, curve, repetitions, peak), method=method)


def in_picture(landmarks: Landmarks, test: MovementTest, side: Side | None) -> JointCurves:
    """The tested angle alone, as it reads in the picture plane."""
    view = view_asked(test, side, heading_deg(landmarks.world_m + FAR_M))
    axis = np.array([0.0, 0.0, -1.0 if view in ("left", "front") else 1.0])
    flat = np.pad(landmarks.image_px, ((0, 0), (0, 0), (0, 1)))
    angle_deg = turned_deg(ANGLES[test.angle], side, flat, axis)
    return JointCurves(time_s=landmarks.time_s, angle_deg={curve_name(test.angle, side): angle_deg})


def scored(
    common: Row, truth: Truth, time_s: Curve, curve: Curve, repetitions: tuple[Repetition, ...], peak: float | None
) -> Row:
    """A row with its errors."""
    true_deg = np.interp(time_s, truth.time_s, truth.angle_deg)
    error = np.abs(curve - true_deg)
    return replace(
        common,
        curve_mae_deg=_rounded(float(np.nanmean(error))) if np.isfinite(error).any() else None,
        peak_deg=_rounded(peak),
        peak_error_deg=None if peak is None else _rounded(peak - max(truth.peaks_deg)),
        repetitions=len(repetitions),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _provenance() -> Provenance:
    """Of a heavy model; nothing else of it matters here."""
    return Provenance(
        program="",
        mediapipe="",
        model="heavy",
        model_sha256="",
        video_sha256="",
        settings={},
        made_at=datetime.now(UTC),
    )

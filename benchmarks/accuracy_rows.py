"""One film by each method, against its truth: a row of the accuracy table."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.accuracy_set import Case
from benchmarks.studio.cache import CACHE, filmed
from rom_vision.capture.client import Client, choose_client
from rom_vision.capture.pose import People, find_people
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.video import Video, video_digest
from rom_vision.kinematics.angles import ANGLES, Curve, joint_angles
from rom_vision.kinematics.facing import heading_deg
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.measure import (
    LONGEST_PX,
    Provenance,
    measure_landmarks,
    smoothed,
    tested_motion,
    view_asked,
)
from rom_vision.movements import MovementTest, Side


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One clip by one method.

    Attributes:
        method: ours, image (the plain angle in the picture plane) or world (MediaPipe's world landmarks).
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
    known = json.loads(video.with_suffix(".json").read_text())
    truth = Truth(
        time_s=np.array(known["time_s"]),
        angle_deg=np.array(known["angle_deg"]),
        peaks_deg=tuple(repetition["peak_deg"] for repetition in known["repetitions"]),
    )
    client = choose_client(people_in(video))
    side = case.asked if case.test.sided else None
    common = Row(
        split=case.split, movement=case.test.id, side=side, mode="active", azimuth_deg=case.azimuth_deg,
        body=case.body, clip=video.stem, method="", should_accept=case.should_accept, accepted=True,
        curve_mae_deg=None, peak_deg=None, peak_error_deg=None, interval_deg=None, repetitions=0,
        repetitions_true=len(truth.peaks_deg),
    )  # fmt: skip
    yield ours(client, case.test, side, truth, common)
    if case.should_accept:
        yield from plain(client, case.test, side, truth, common)


def people_in(video: Path) -> People:
    """Everyone in a film, looked for once."""
    model = pose_model()
    kept = CACHE / f"people_{video_digest(video)[:16]}_{model.sha256[:8]}.npz"
    if not kept.exists():
        people = find_people(Video(video, longest_px=LONGEST_PX), model)
        counts = [len(rows) for rows in people.rows]
        part = kept.with_suffix(".part.npz")
        np.savez_compressed(
            part, time_s=people.time_s, size_px=people.size_px, counts=counts, rows=np.concatenate(people.rows)
        )
        part.replace(kept)
    with np.load(kept) as data:
        rows = np.split(data["rows"], np.cumsum(data["counts"])[:-1])
        return People(time_s=data["time_s"], size_px=tuple(data["size_px"].tolist()), rows=tuple(rows))


def ours(client: Client, test: MovementTest, side: Side | None, truth: Truth, common: Row) -> Row:
    """As the program measures it."""
    found = measure_landmarks(client, test, side, "active", _provenance())
    return replace(
        scored(common, truth, found.landmarks.time_s, found.curve, found.repetitions, found.peak_deg),
        method="ours",
        accepted=found.accepted,
        interval_deg=found.uncertainty_deg,
    )


def plain(client: Client, test: MovementTest, side: Side | None, truth: Truth, common: Row) -> Iterator[Row]:
    """The two angles that others take, smoothed and counted as ours are, never refused."""
    view = view_asked(test, side, heading_deg(client.landmarks))
    # a turn about the body's length is seen in no picture plane
    in_the_plane = ANGLES[test.angle].axis in ("left", "forward")
    for method, of_view in [("image", view)] * in_the_plane + [("world", None)]:
        curves = smoothed(joint_angles(client.landmarks, of_view, client.landmarks.world_m))
        curve, repetitions = tested_motion(curves, test, side)
        peak = max((repetition.peak_deg for repetition in repetitions), default=None)
        yield replace(scored(common, truth, curves.time_s, curve, repetitions, peak), method=method)


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

"""What makes a passive test good, doubtful or refused: whose limb it was, and whether the client was inert."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.kinematics.angles import ANGLES, Curve, turned_deg
from rom_vision.kinematics.facing import off_view_deg
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.movements import SIDES
from rom_vision.quality import IN_SIGHT, OFF_VIEW_DEG, Evidence, Problem

COVERED = (
    0.15,
    0.4,
)  # shares of the frames in which the limb moves: doubtful from the first, refused from the second
AT_PEAK_S = 0.3  # before and after the peak
AT_PEAK_SHARE = 0.5  # of the frames there that have to be trusted
# Degrees between the body in space and the plain angle in the picture, which for a limb that moves across the
# picture differ little: beyond, one of them is wrong.
CONTRADICTED_DEG = 30.0
INERT_DEG = 12.0  # of what should lie still; on rendered clients, who do lie still, it reads below
CALM_S = 0.7  # shorter is no movement of a client, but of landmarks
SURE = 95  # percent of a line's trembling that its doubt holds
HELD_S = 0.4  # a shorter stop at the end of range shows no end position
PASSIVE_DEG_S = 200.0  # faster is a swing, which the client's muscles answer
STAND = "Stand on the far side of the limb from the camera, and hold it beside the joints rather than on them."
PARTS = {
    "arm": (("SHOULDER", "ELBOW"), ("ELBOW", "WRIST")),
    "leg": (("HIP", "KNEE"), ("KNEE", "ANKLE")),
}


def judge_passive(evidence: Evidence) -> Iterator[Problem]:
    """All that is wrong with a test in which somebody else moves the limb; nothing where there is no movement."""
    if not evidence.repetitions:
        return
    best = max(evidence.repetitions, key=lambda repetition: repetition.peak_deg)
    yield from _covered(evidence, best)
    yield from _contradicted(evidence, best)
    yield from _unrest(evidence)
    if best.speed_deg_s > PASSIVE_DEG_S:
        yield _doubt(
            "quick",
            f"The limb was moved at {best.speed_deg_s:.0f}° a second.",
            "Move it slowly to the end, in about two seconds: a quick stretch makes the muscles answer.",
        )
    if best.hold_s < HELD_S:
        yield _doubt(
            "not_held",
            f"The end position was held for {best.hold_s:.1f} s.",
            "Hold the limb at the end of its range for a second, so that the end can be told.",
        )
    if not evidence.others:
        yield _doubt(
            "alone",
            "Nobody but the client was seen, though a passive test is moved by somebody else.",
            "If the client moved alone, measure it as an active test.",
        )


def whose_limb(landmarks: Landmarks, points: set[Point]) -> NDArray[np.bool_]:
    """(n,) frames in which all of the points can be believed to be the client's."""
    return np.asarray((landmarks.believed[:, sorted(points)] >= IN_SIGHT).all(axis=1))


def _covered(evidence: Evidence, best: Repetition) -> Iterator[Problem]:
    trusted = whose_limb(evidence.landmarks, ANGLES[evidence.test.angle].points(evidence.side)[0])
    time_s = evidence.landmarks.time_s
    moving = np.zeros(len(time_s), bool)
    for repetition in evidence.repetitions:
        moving |= (time_s >= repetition.start_s) & (time_s <= repetition.end_s)
    lost = 1 - float(trusted[moving].mean())
    at_peak = float(trusted[np.abs(time_s - best.peak_s) <= AT_PEAK_S].mean())
    if lost > COVERED[0] or at_peak < AT_PEAK_SHARE:
        where = (
            " at the end of its range" if at_peak < AT_PEAK_SHARE else f" in {100 * lost:.0f} % of the movement"
        )
        yield Problem(
            kind="covered",
            message=f"The client's {_limb(evidence)} could not be told from the helper's arms{where}.",
            remedy=f"{STAND} {evidence.test.film}",
            refused=lost > COVERED[1] or at_peak < AT_PEAK_SHARE,
        )


def _contradicted(evidence: Evidence, best: Repetition) -> Iterator[Problem]:
    angle = ANGLES[evidence.test.angle]
    in_plane = angle.axis in ("left", "forward") and evidence.test.zero == "anatomical"
    if not in_plane or off_view_deg(evidence.heading_deg, evidence.view) > OFF_VIEW_DEG[0]:
        return
    axis = np.array([0.0, 0.0, -1.0 if evidence.view in ("left", "front") else 1.0])
    flat = np.pad(evidence.landmarks.image_px, ((0, 0), (0, 0), (0, 1)))
    picture = evidence.test.direction * turned_deg(angle, evidence.side, flat, axis)
    near = np.abs(evidence.landmarks.time_s - best.peak_s) <= AT_PEAK_S
    apart = float(np.nanmedian(picture[near])) - best.peak_deg if np.isfinite(picture[near]).any() else 0.0
    if abs(apart) > CONTRADICTED_DEG:
        yield Problem(
            kind="contradicted",
            message=f"The picture and the body in space differ by {abs(apart):.0f}° at the end of range.",
            remedy=f"Film so that the limb moves across the picture. {evidence.test.film}",
            refused=True,
        )


def _unrest(evidence: Evidence) -> Iterator[Problem]:
    part, moved_deg = max(_moved_deg(evidence), key=lambda one: one[1], default=("", 0.0))
    if moved_deg > INERT_DEG:
        yield _doubt(
            "not_inert",
            f"The client's {part} moved by {moved_deg:.0f}°, though the client should be inert.",
            "Ask the client to let go, steady the rest of the body, and measure again.",
        )


def _moved_deg(evidence: Evidence) -> Iterator[tuple[str, float]]:
    """How far the trunk and each limb that is not tested turned in the picture, where they can be believed."""
    landmarks = evidence.landmarks
    shoulders, hips = ((Point[f"LEFT_{joint}"], Point[f"RIGHT_{joint}"]) for joint in ("SHOULDER", "HIP"))
    middles = [landmarks.image_px[:, [*pair]].mean(axis=1) for pair in (hips, shoulders)]
    if evidence.test.joint != "trunk":
        yield "trunk", _turned_deg(evidence, middles[1] - middles[0], {*shoulders, *hips})
    tested, supporting = ANGLES[evidence.test.angle].points(evidence.side)
    for name, bones in PARTS.items():
        for side in SIDES:
            ends = [tuple(Point[f"{side.upper()}_{joint}"] for joint in bone) for bone in bones]
            if not {end for bone in ends for end in bone[1:]} & (tested | supporting):
                for upper, lower in ends:
                    line = landmarks.image_px[:, lower] - landmarks.image_px[:, upper]
                    yield f"{side} {name}", _turned_deg(evidence, line, {upper, lower})


def _turned_deg(evidence: Evidence, line_px: Curve, points: set[Point]) -> float:
    """How far a line (n, 2) turned in the picture, beyond what its own trembling explains.

    Landmarks tremble, as the region in which they are looked for is shifted, and stray while a hand passes over
    them; a client who helps moves as long as the limb does. So single pictures are outvoted by those around.

    Returns:
        degrees; 0 where the line is mostly not believed.
    """
    time_s = evidence.landmarks.time_s
    kept = whose_limb(evidence.landmarks, points) & np.isfinite(line_px).all(axis=1)
    if kept.mean() < IN_SIGHT:
        return 0.0
    way = line_px[kept]
    middle = np.median(way, axis=0)
    across = way[:, 1] * middle[0] - way[:, 0] * middle[1]
    turned = np.degrees(np.arctan2(across, way @ middle))
    calm = median_filter(turned, 1 + 2 * round(CALM_S / 2 / float(np.median(np.diff(time_s)))), mode="nearest")
    doubt_deg = float(np.percentile(np.abs(turned - calm), SURE))
    return max(0.0, float(np.subtract(*np.percentile(calm, [95, 5]))) - doubt_deg)


def _limb(evidence: Evidence) -> str:
    return f"{evidence.side} {evidence.test.joint}" if evidence.side else evidence.test.joint


def _doubt(kind: str, message: str, remedy: str) -> Problem:
    return Problem(kind=kind, message=message, remedy=remedy, refused=False)

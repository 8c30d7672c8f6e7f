"""What makes a measurement good, doubtful or refused, in words for the person filming.

Refused: the number could be wrong by more than its uncertainty says, so none is given. Doubtful: measured,
and the warning stays with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.kinematics.angles import ANGLES, Curve, View
from rom_vision.kinematics.facing import off_view_deg
from rom_vision.kinematics.hold import ISOMETRIC_DEG, Hold
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.movements import Mode, MovementTest, Side

# Shares of frames; below the first all is well, above the second the number can't be trusted. Chosen so that a
# whole repetition of three may not be lost unnoticed; checked on clips, not fitted to any.
UNSEEN = (0.05, 0.5)
HIDDEN = (0.1, 0.35)
HEELS = {Point.LEFT_HEEL, Point.RIGHT_HEEL}
IN_SIGHT = 0.5  # MediaPipe's visibility from which a point counts as seen
# Degrees off the view that the test is filmed from. The body in space is told from further off, but the limb gets
# hidden behind the body, and a camera that looks along it sees almost nothing of the movement.
OFF_VIEW_DEG = (35.0, 70.0)
# Half-width of the interval: beyond the first a change between sessions can hardly be seen; beyond the second a
# limited joint can't be told from a normal one (what counts as limited lies 15 to 25 below the catalogue's norms).
UNSURE_DEG = (15.0, 25.0)
# Degrees from one frame to the next at the fastest moment: beyond, the limb is a blur and its peak is cut off.
STEP_DEG = (20.0, 40.0)
NEED_FRAMES = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing wrong with a measurement.

    Attributes:
        kind: a short name for programs, such as `hidden`.
        message: what happened, with numbers, one sentence.
        remedy: what to do about it, one sentence.
        refused: whether it makes the number worthless; else it only makes it doubtful.
    """

    kind: str
    message: str
    remedy: str
    refused: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What a measurement is judged by.

    Attributes:
        view: what the camera ought to see.
        heading_deg: where round the client the camera was, see `kinematics.facing`.
        curve: (n,) degrees of the tested angle, smoothed.
        uncertainty_deg: half-width of the 95 % interval of the peak; None if there is no repetition.
        hold: of a resisted test; None if nothing was held.
    """

    test: MovementTest
    side: Side | None
    mode: Mode
    landmarks: Landmarks
    view: View
    heading_deg: float
    curve: Curve
    repetitions: tuple[Repetition, ...]
    uncertainty_deg: float | None
    hold: Hold | None
    others: int
    video_warnings: tuple[str, ...]


def judge(evidence: Evidence) -> tuple[Problem, ...]:
    """All that is wrong with a measurement, the worst first."""
    problems = list(_seen(evidence))
    if not any(problem.refused for problem in problems):
        problems += [
            problem
            for check in (_view, _in_picture, _in_sight, _movement, _held, _sure, _speed, _others)
            for problem in check(evidence)
        ]
    problems += [
        Problem(kind="file", message=w, remedy="Film again if you can.", refused=False)
        for w in evidence.video_warnings
    ]
    return tuple(sorted(problems, key=lambda problem: not problem.refused))


def out_of_picture(landmarks: Landmarks, points: set[Point]) -> NDArray[np.bool_]:
    """(n,) frames of the client in which any of the points lies outside the picture."""
    places = landmarks.image_px[:, sorted(points)]
    outside = (places < 0) | (places > np.array(landmarks.size_px))
    return np.asarray(outside.any(axis=(1, 2)))


def hidden(landmarks: Landmarks, points: set[Point]) -> NDArray[np.bool_]:
    """(n,) frames of the client in which the model does not believe that it sees all of the points.

    Of heels it always says less than of what lies around them: on development films of the ankle, whose peaks were
    right to 1.4 degrees, it saw ankle and toes and doubted the heel in up to 60 % of the frames.
    """
    told = sorted(points - HEELS)
    return np.asarray((landmarks.believed[:, told] < IN_SIGHT).any(axis=1))


def unsupported(evidence: Evidence) -> bool:
    """Whether points that the angle leans on without needing them are mostly out of sight."""
    _, supporting = ANGLES[evidence.test.angle].points(evidence.side)
    if not supporting:
        return False
    lost = out_of_picture(evidence.landmarks, supporting) | hidden(evidence.landmarks, supporting)
    return float(lost[evidence.landmarks.seen].mean()) > HIDDEN[1]


def _limb(evidence: Evidence) -> str:
    return f"{evidence.side} {evidence.test.joint}" if evidence.side else evidence.test.joint


def _seen(evidence: Evidence) -> Iterator[Problem]:
    seen = evidence.landmarks.seen
    if seen.sum() < NEED_FRAMES:
        yield _problem(
            "nobody",
            "Nobody was seen in the clip.",
            "Film again with the whole client in the picture and light on the client.",
            refused=True,
        )
    elif (unseen := 1 - seen.mean()) > UNSEEN[0]:
        yield _problem(
            "nobody",
            f"The client was not seen in {_percent(unseen)} of the clip.",
            "Keep the whole client in the picture all the time.",
            refused=bool(unseen > UNSEEN[1]),
        )


def _view(evidence: Evidence) -> Iterator[Problem]:
    off = off_view_deg(evidence.heading_deg, evidence.view)
    if not off > OFF_VIEW_DEG[0]:
        return
    if evidence.side and evidence.test.view == "side" and off > 180 - OFF_VIEW_DEG[1]:
        message = f"The {_limb(evidence)} is on the far side, hidden behind the body."
    else:
        message = f"The client was filmed about {off:.0f}° off the view that this test needs."
    yield _problem("view", message, evidence.test.film, refused=off > OFF_VIEW_DEG[1])


def _in_picture(evidence: Evidence) -> Iterator[Problem]:
    essential, _ = ANGLES[evidence.test.angle].points(evidence.side)
    out = _share(out_of_picture(evidence.landmarks, essential), evidence)
    if out > HIDDEN[0]:
        yield _problem(
            "out_of_picture",
            f"The {_limb(evidence)} was partly outside the picture in {_percent(out)} of the frames.",
            "Step back, or move the camera, until the whole limb stays in the picture.",
            refused=out > HIDDEN[1],
        )


def _in_sight(evidence: Evidence) -> Iterator[Problem]:
    essential, _ = ANGLES[evidence.test.angle].points(evidence.side)
    lost = _share(hidden(evidence.landmarks, essential), evidence)
    if lost > HIDDEN[0] and evidence.landmarks.trust is None:  # whose the limb is, `passive` tells
        yield _problem(
            "hidden",
            f"The {_limb(evidence)} was hidden in {_percent(lost)} of the frames.",
            f"Uncover the limb, clear what stands in front of it. {evidence.test.film}",
            refused=lost > HIDDEN[1],
        )
    if unsupported(evidence):
        yield _problem(
            "no_trunk",
            "The hips could not be seen, so the trunk was judged by the shoulders and a guess of the hips.",
            "Film with the hips in the picture for a narrower result.",
            refused=False,
        )


def _movement(evidence: Evidence) -> Iterator[Problem]:
    # a resisted test is a push without movement
    if not evidence.repetitions and evidence.mode != "resisted":
        yield _problem(
            "no_movement",
            f"The {_limb(evidence)} did not move in the direction of this test.",
            evidence.test.move,
            refused=True,
        )


def _held(evidence: Evidence) -> Iterator[Problem]:
    if evidence.mode != "resisted":
        return
    if evidence.hold is None:
        yield _problem(
            "no_hold",
            f"The {_limb(evidence)} was never held still for a second.",
            "Hold the limb so that the joint stays where it is while the client pushes, for 3 to 5 s.",
            refused=False,
        )
    elif not evidence.hold.isometric:
        yield _problem(
            "not_isometric",
            f"The {_limb(evidence)} moved by {abs(evidence.hold.drift_deg):.0f}° while it was held, more than the "
            f"{ISOMETRIC_DEG:.0f}° that a resisted test allows.",
            "Hold the limb more firmly, and let the client push only as hard as you can hold.",
            refused=False,
        )


def _sure(evidence: Evidence) -> Iterator[Problem]:
    if evidence.uncertainty_deg is None or evidence.uncertainty_deg <= UNSURE_DEG[0]:
        return
    off = off_view_deg(evidence.heading_deg, evidence.view)
    stood = (
        f", from a camera about {off:.0f}° off the view that this test needs" if off > OFF_VIEW_DEG[0] / 2 else ""
    )
    yield _problem(
        "unsure",
        f"The {_limb(evidence)} can only be told to within ±{evidence.uncertainty_deg:.0f}°{stood}.",
        f"For a narrower result film again: {evidence.test.film}",
        refused=evidence.uncertainty_deg > UNSURE_DEG[1],
    )


def _speed(evidence: Evidence) -> Iterator[Problem]:
    if not evidence.repetitions:
        return
    frame_s = float(np.median(np.diff(evidence.landmarks.time_s)))
    step = max(repetition.speed_deg_s for repetition in evidence.repetitions) * frame_s
    if step > STEP_DEG[0]:
        yield _problem(
            "too_fast",
            f"The joint turned up to {step:.0f}° from one frame to the next.",
            "Move more slowly, or film with more frames a second.",
            refused=step > STEP_DEG[1],
        )


def _others(evidence: Evidence) -> Iterator[Problem]:
    if evidence.others and evidence.mode != "passive":
        yield _problem(
            "others",
            f"{evidence.others + 1} people were in the picture; one of them was measured.",
            "Look at the overlay: is it the client? If not, point at the client and measure again.",
            refused=False,
        )


def _share(frames: NDArray[np.bool_], evidence: Evidence) -> float:
    """Of the frames in which the client is seen."""
    return float(frames[evidence.landmarks.seen].mean())


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _problem(kind: str, message: str, remedy: str, *, refused: bool) -> Problem:
    return Problem(kind=kind, message=message, remedy=remedy, refused=refused)

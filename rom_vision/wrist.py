"""The wrist, as the hand tells it: whether it can, what its number is worth, and what is wrong with it.

Where the hand is not to be seen there is no number: the pose model's own points of the hand are 5 to 20 degrees
off. A resisted test, in which another hand lies on it and the joint should not move, is still followed by them and
not judged here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from rom_vision.capture.stretches import gaps
from rom_vision.kinematics.angles import Curve, JointCurves, curve_name
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.kinematics.smoothing import LONGEST_GAP_S
from rom_vision.kinematics.wrist import Wrist
from rom_vision.movements import Joint, Motion, MovementTest, Side
from rom_vision.quality import Evidence, Problem

JOINT: Joint = "wrist"
ENOUGH_HANDS = 0.5  # of the frames in which the client is seen
# From wrist to middle knuckle: of the smallest hand in the films that the constants were learned on. Asked for
# since a smaller one in a test film was read 25 degrees wrong.
SMALLEST_PX = 34.0
NEAR_PEAK = 0.6  # of the peak: a hand that is lost from here on may have gone further
FARTHEST_DEG = 33.0  # that the forearm points toward the camera or away: beyond, the picture shortens the angle

# Half-width of the 95 % interval of a peak: three times the root mean square of what is left wrong on the
# development films (benchmarks/wrist.py --learn), rounded up; not twice, since those are of three people. That of
# extension would be 17, of single frames, but its peaks are read better. That of flexion would be 7; on the test
# films, whose peaks were read 10 short, it did not hold. It was widened after that and has not been checked on new
# people since.
HALF_WIDTH_DEG: Mapping[Motion, float] = MappingProxyType(
    {"flexion": 15.0, "extension": 15.0, "radial deviation": 7.0, "ulnar deviation": 7.0}
)

_ASKED: Mapping[Motion, str] = MappingProxyType(
    {
        "flexion": "the thumb's side of the hand", "extension": "the thumb's side of the hand",
        "radial deviation": "the back of the hand", "ulnar deviation": "the back of the hand",
    }
)  # fmt: skip


def with_wrist(curves: JointCurves, wrist: Wrist, test: MovementTest, side: Side | None) -> JointCurves:
    """All joints' curves, the tested one as the hand tells it."""
    told = {curve_name(test.angle, side): wrist.angle_deg}
    return replace(curves, angle_deg=MappingProxyType({**curves.angle_deg, **told}))


def wrist_uncertainty_deg(test: MovementTest, repetitions: tuple[Repetition, ...]) -> float | None:
    """Half-width of the 95 % interval of the peak, where the hand tells it; None without a repetition."""
    return HALF_WIDTH_DEG[test.motion] if repetitions else None


def judge_wrist(evidence: Evidence, wrist: Wrist | None, found: Sequence[Problem]) -> list[Problem]:
    """All that is wrong with a measurement of the wrist.

    Args:
        wrist: None where the hand was not looked at.
        found: what is wrong with it as with any joint, by the pose model's points.
    """
    reason = _untold(evidence, wrist)
    if wrist is None or reason is not None:
        # where the hand can't be read, nothing that its curve seems to do is worth telling
        others = [one for one in found if one.kind not in ("no_movement", "too_fast", "unsure")]
        return [*others, *([reason] if reason else [])]
    problems = list(found)
    if evidence.repetitions:
        best = max(evidence.repetitions, key=lambda repetition: repetition.peak_deg)
        problems += [*_off(evidence, wrist, best), *_lost(evidence, best)]
    return problems


def _untold(evidence: Evidence, wrist: Wrist | None) -> Problem | None:
    """Why the hand can't tell it, if so."""
    seen = evidence.landmarks.seen
    enough = max(1.0, ENOUGH_HANDS * seen.sum())
    if wrist is None:
        return Problem(
            kind="no_hand",
            message="The hand was not looked at for this test.",
            remedy="Measure the film again as this test, on this side.",
            refused=True,
        )
    if wrist.found.sum() < enough:
        share = wrist.found.sum() / max(1, seen.sum())
        return Problem(
            kind="no_hand",
            message=f"The {evidence.side} hand could be made out in only {100 * share:.0f} % of the frames.",
            remedy="Film the bare hand in good light from 1.2 to 2 m, with no other hand near it.",
            refused=True,
        )
    if (small_px := _length_px(wrist)) < SMALLEST_PX:
        return Problem(
            kind="hand_small",
            message=f"The hand is too small in the picture: {small_px:.0f} pixels from wrist to knuckles.",
            remedy="Come nearer with the camera, as long as head and shoulder stay in the picture.",
            refused=True,
        )
    if wrist.facing.sum() < enough:
        return Problem(
            kind="hand_turned",
            message=f"The camera has to see {_ASKED[evidence.test.motion]}, and mostly saw another side of it.",
            remedy=f"{evidence.test.start} {evidence.test.film}",
            refused=True,
        )
    return None


def _length_px(wrist: Wrist) -> float:
    """From wrist to middle knuckle, as it looks where it is found; one that points at the camera looks shorter."""
    line = wrist.moving_px[wrist.found]
    return float(np.quantile(np.linalg.norm(line[:, 1] - line[:, 0], axis=1), 0.9))


def _off(evidence: Evidence, wrist: Wrist, best: Repetition) -> Iterator[Problem]:
    """A forearm that points toward the camera, or away from it, shortens what is seen."""
    near = np.abs(evidence.landmarks.time_s - best.peak_s) <= LONGEST_GAP_S
    off = float(np.median(wrist.off_deg[near]))
    if off > FARTHEST_DEG:
        yield Problem(
            kind="forearm_askew",
            message=f"The camera stood about {off:.0f}° off the view that this test needs.",
            remedy=evidence.test.film,
            refused=True,
        )


def _lost(evidence: Evidence, best: Repetition) -> Iterator[Problem]:
    """A hand that was lost on the way up may have gone further than was seen."""
    time_s, curve = evidence.landmarks.time_s, evidence.curve
    for last, first in gaps(np.isfinite(curve), time_s, LONGEST_GAP_S):
        went_deg = max(_median(curve[: last + 1]), _median(curve[first:], from_start=True))
        if went_deg > NEAR_PEAK * best.peak_deg:
            yield Problem(
                kind="hand_lost",
                message=f"The hand was lost from sight at {went_deg:.0f}°, and may have gone further.",
                remedy="Film in better light and from nearer by, fingers loose, with nothing before the hand.",
                refused=True,
            )
            return


def _median(curve: Curve, *, from_start: bool = False) -> float:
    """Of the last few values of a curve, or the first: one alone may be a slip."""
    few = curve[:3] if from_start else curve[-3:]
    return float(np.nanmedian(few))

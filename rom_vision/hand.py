"""Wrist and forearm, as the hand tells them: whether it can, what the number is worth, and what is wrong with it.

Where the hand is not to be seen there is no number: the pose model's own points of the hand are 5 to 20 degrees
off. A resisted test, in which another hand lies on it and the joint should not move, is still followed by them and
not judged here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from rom_vision.capture.stretches import gaps
from rom_vision.kinematics.angles import Curve, JointCurves, curve_name
from rom_vision.kinematics.hand_angle import HandAngle
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.kinematics.smoothing import LONGEST_GAP_S
from rom_vision.movements import Joint, Mode, Motion, MovementTest, Side
from rom_vision.quality import Evidence, Problem

ENOUGH_HANDS = 0.5  # of the frames in which the client is seen
NEAR_PEAK = 0.6  # of the peak: a hand that is lost from here on may have gone further


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How the hand has to be seen for one joint.

    Attributes:
        smallest_px: of the line that moves; that of the smallest hand in the films that was learned from.
        line: which that is, in words.
        farthest_deg: that the camera may be off.
    """

    smallest_px: float
    line: str
    farthest_deg: float


LIMITS: Mapping[Joint, Limits] = MappingProxyType(
    {
        # the size is asked for since a smaller one in a test film was read 25 degrees wrong; farther off, the
        # picture of a forearm across the sight shortens the angle
        "wrist": Limits(smallest_px=34.0, line="from wrist to knuckles", farthest_deg=33.0),
        "forearm": Limits(smallest_px=20.0, line="across the knuckles", farthest_deg=30.0),
    }
)
"""The joints that the hand tells."""

# Half-width of the 95 % interval of a peak: three times the root mean square of what is left wrong on the
# development films (benchmarks/wrist.py --learn), rounded up; not twice, since those are of three people. That of
# extension would be 17, of single frames, but its peaks are read better. That of flexion would be 7; on the test
# films, whose peaks were read 10 short, it did not hold. It was widened after that and has not been checked on new
# people since. Those of the forearm are twice that of four films of three people, each read with what the others
# taught; no test film has checked them.
HALF_WIDTH_DEG: Mapping[Motion, float] = MappingProxyType(
    {"flexion": 15.0, "extension": 15.0, "radial deviation": 7.0, "ulnar deviation": 7.0,
     "pronation": 20.0, "supination": 20.0}
)  # fmt: skip

_ASKED: Mapping[Motion, str] = MappingProxyType(
    {
        "flexion": "the thumb's side of the hand", "extension": "the thumb's side of the hand",
        "radial deviation": "the back of the hand", "ulnar deviation": "the back of the hand",
        "pronation": "the open hand from the fingertips", "supination": "the open hand from the fingertips",
    }
)  # fmt: skip


def looked_at_closely(test: MovementTest, mode: Mode) -> bool:
    """Whether the hand tells this test: one of wrist or forearm, unless another hand lies on it."""
    return test.joint in LIMITS and mode != "resisted"


def with_hand(curves: JointCurves, hand: HandAngle, test: MovementTest, side: Side | None) -> JointCurves:
    """All joints' curves, the tested one as the hand tells it."""
    told = {curve_name(test.angle, side): hand.angle_deg}
    return replace(curves, angle_deg=MappingProxyType({**curves.angle_deg, **told}))


def hand_uncertainty_deg(test: MovementTest, repetitions: tuple[Repetition, ...]) -> float | None:
    """Half-width of the 95 % interval of the peak, where the hand tells it; None without a repetition."""
    return HALF_WIDTH_DEG[test.motion] if repetitions else None


def judge_hand(evidence: Evidence, hand: HandAngle | None, found: Sequence[Problem]) -> list[Problem]:
    """All that is wrong with a measurement of wrist or forearm.

    Args:
        hand: None where it was not looked at.
        found: what is wrong with it as with any joint, by the pose model's points.
    """
    reason = _untold(evidence, hand)
    if hand is None or reason is not None:
        # where the hand can't be read, nothing that its curve seems to do is worth telling
        others = [one for one in found if one.kind not in ("no_movement", "too_fast", "unsure")]
        return [*others, *([reason] if reason else [])]
    problems = list(found)
    if evidence.repetitions:
        best = max(evidence.repetitions, key=lambda repetition: repetition.peak_deg)
        problems += [*_off(evidence, hand, best), *_lost(evidence, best)]
    return problems


def _untold(evidence: Evidence, hand: HandAngle | None) -> Problem | None:
    """Why the hand can't tell it, if so."""
    seen = evidence.landmarks.seen
    enough = max(1.0, ENOUGH_HANDS * seen.sum())
    if hand is None:
        return Problem(
            kind="no_hand",
            message="The hand was not looked at for this test.",
            remedy="Measure the film again as this test, on this side.",
            refused=True,
        )
    if hand.found.sum() < enough:
        share = hand.found.sum() / max(1, seen.sum())
        return Problem(
            kind="no_hand",
            message=f"The {evidence.side} hand could be made out in only {100 * share:.0f} % of the frames.",
            remedy="Film the bare hand in good light from 1.2 to 2 m, with no other hand near it.",
            refused=True,
        )
    limits = LIMITS[evidence.test.joint]
    if (small_px := _length_px(hand)) < limits.smallest_px:
        return Problem(
            kind="hand_small",
            message=f"The hand is too small in the picture: {small_px:.0f} pixels {limits.line}.",
            remedy="Come nearer with the camera, as long as head and shoulder stay in the picture.",
            refused=True,
        )
    if hand.facing.sum() < enough:
        return Problem(
            kind="hand_turned",
            message=f"The camera has to see {_ASKED[evidence.test.motion]}, and mostly saw another side of it.",
            remedy=f"{evidence.test.start} {evidence.test.film}",
            refused=True,
        )
    return None


def _length_px(hand: HandAngle) -> float:
    """Of the line that moves, as it looks where it is found; one that points at the camera looks shorter."""
    line = hand.moving_px[hand.found]
    return float(np.quantile(np.linalg.norm(line[:, 1] - line[:, 0], axis=1), 0.9))


def _off(evidence: Evidence, hand: HandAngle, best: Repetition) -> Iterator[Problem]:
    """From elsewhere the picture shortens what is seen."""
    near = np.abs(evidence.landmarks.time_s - best.peak_s) <= LONGEST_GAP_S
    off = float(np.median(hand.off_deg[near]))
    if off > LIMITS[evidence.test.joint].farthest_deg:
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

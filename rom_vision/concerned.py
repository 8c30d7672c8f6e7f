"""Which moments of a clip a problem is about, so that one can look at them."""

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.stretches import stretches
from rom_vision.kinematics.angles import ANGLES
from rom_vision.measure import Measurement
from rom_vision.passive import whose_limb
from rom_vision.quality import Problem, hidden, out_of_picture

Span = tuple[float, float]
"""From and to, seconds from the first frame."""

LONGEST_GAP_S = 0.2  # a shorter pause between two moments is not worth telling them apart


def concerned(problem: Problem, measurement: Measurement) -> tuple[Span, ...]:
    """The moments that a problem is about, in order; none where it is about the clip as a whole."""
    frames = _frames(problem, measurement)
    time_s = measurement.landmarks.time_s
    spans: list[Span] = []
    for stretch in stretches(frames):
        start_s, end_s = float(time_s[stretch.start]), float(time_s[min(stretch.stop, len(time_s) - 1)])
        if spans and start_s - spans[-1][1] <= LONGEST_GAP_S:
            spans[-1] = (spans[-1][0], end_s)
        else:
            spans.append((start_s, end_s))
    return tuple(spans)


def _frames(problem: Problem, measurement: Measurement) -> NDArray[np.bool_]:
    landmarks, hold = measurement.landmarks, measurement.hold
    essential, _ = ANGLES[measurement.test.angle].points(measurement.side)
    none = np.zeros(len(landmarks.time_s), bool)
    match problem.kind:
        case "nobody":
            return ~landmarks.seen
        case "out_of_picture":
            return landmarks.seen & out_of_picture(landmarks, essential)
        case "hidden":
            return landmarks.seen & hidden(landmarks, essential)
        case "covered":
            return landmarks.seen & ~whose_limb(landmarks, essential)
        case "not_isometric" if hold:
            return (landmarks.time_s >= hold.start_s) & (landmarks.time_s <= hold.end_s)
        case "too_fast" if measurement.repetitions:
            fastest = max(measurement.repetitions, key=lambda repetition: repetition.speed_deg_s)
            return (landmarks.time_s >= fastest.start_s) & (landmarks.time_s <= fastest.peak_s)
    return none

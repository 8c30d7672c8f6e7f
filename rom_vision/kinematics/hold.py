"""One curve of a resisted test -> how long the joint was held, how far it drifted, how much it trembled.

In a resisted test the client pushes and the joint should not move. A push can't be seen, only that the joint
stays: the hold begins when the joint has come to stand and ends when it leaves. Where the film begins or ends
within the hold, so does what is told of it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt

from rom_vision.capture.stretches import stretches
from rom_vision.kinematics.repetitions import LEAST_RANGE_DEG
from rom_vision.kinematics.smoothing import bridge_gaps, smooth

Curve = NDArray[np.float64]

TREND_HZ = 1.0  # slower than this the joint moves, faster it trembles; moments are told to about 0.3 s by it
STILL_DEG_S = 10.0  # who turns slower than this holds, or gives way slowly; going into position is faster
LEAST_HOLD_S = 1.0
STARTS_S = 0.5  # the position at the start of a hold is that of its first moments
ISOMETRIC_DEG = 10.0
"""A joint that drifts farther was not held. A choice, to be confirmed."""

DRIFT_DOUBT_DEG = 3.0
"""Joints at rest seemed to move by up to 2.5° within 0.4 s, in the sample clips."""
EDGE_DOUBT_S = 0.35  # of each end of a hold, by the filter of the trend; checked on curves of known holds

TREMOR_HZ = (3.0, 12.0)
"""Source: Bhatia 2018, Movement Disorders 33:75: most tremors lie between 4 and 12 Hz; to be confirmed. From 3 Hz,
for the filter's slope."""
FRAMES_A_TREMBLE = 2.3  # frames for each period of the fastest tremor: two would be the least


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """A position that was held.

    Attributes:
        start_s: when the joint had come to stand, seconds from the first frame.
        end_s: when it left, or where the clip ends.
        position_deg: angle at the start, of the tested motion.
        drift_deg: farthest from that, positive in the direction tested; to within DRIFT_DOUBT_DEG.
        whole: whether the film shows it from coming to going; else it may have lasted longer, or a push from
            rest may have lasted shorter than the joint stood still.
        tremor_deg: root mean square of what trembles between 3 and 12 Hz; None where the frames are too few. It
            serves to compare holds that were filmed alike, not to grade a tremor: the landmarks' own jitter is in
            it, and the fit of the body lets through 0.86 of a tremor of 3 Hz, 0.67 of 4 Hz, 0.5 of 5 Hz, 0.3 of
            6 Hz and 0.1 of 10 Hz (of a knee from the side).
    """

    start_s: float
    end_s: float
    position_deg: float
    drift_deg: float
    whole: bool
    tremor_deg: float | None

    @property
    def lasted_s(self) -> float:
        """How long it was held, to within both ends' EDGE_DOUBT_S."""
        return self.end_s - self.start_s

    @property
    def isometric(self) -> bool:
        """Whether the joint stayed, as a resisted test asks."""
        return abs(self.drift_deg) <= ISOMETRIC_DEG


def find_hold(time_s: Curve, curve: Curve) -> Hold | None:
    """The hold of a resisted test.

    Of the stretches in which the joint stands still it is the longest that lies away from the first one, which is
    rest; where the joint stays in one place throughout, the longest. So a film has to begin at rest, or to show
    nothing but the hold.

    Args:
        time_s: (n,) rising seconds.
        curve: (n,) degrees of the tested motion, not smoothed; NaN where not seen.
    Returns:
        None where the joint never stands still for a second.
    """
    bridged = bridge_gaps(time_s, curve)
    trend = smooth(time_s, bridged, TREND_HZ)
    still = [run for run in stretches(_slow(time_s, trend)) if _seconds(time_s, run) >= LEAST_HOLD_S]
    if not still:
        return None
    rest_deg = np.median(trend[still[0]])
    away = [run for run in still if abs(np.median(trend[run]) - rest_deg) > LEAST_RANGE_DEG]
    held = max(away or still, key=lambda run: _seconds(time_s, run))
    seen_s = time_s[np.isfinite(trend)]
    whole = bool(seen_s[0] < time_s[held][0] and time_s[held][-1] < seen_s[-1])
    return _hold(time_s[held], trend[held], bridged[held], whole)


def _hold(time_s: Curve, trend: Curve, curve: Curve, whole: bool) -> Hold:
    position_deg = float(np.median(trend[time_s <= time_s[0] + STARTS_S]))
    away = trend - position_deg
    return Hold(
        start_s=float(time_s[0]),
        end_s=float(time_s[-1]),
        position_deg=position_deg,
        drift_deg=float(away[np.argmax(np.abs(away))]),
        whole=whole,
        tremor_deg=_tremor_deg(time_s, curve),
    )


def _slow(time_s: Curve, trend: Curve) -> NDArray[np.bool_]:
    """(n,) moments in which the joint is seen and stands still."""
    slow = np.zeros(len(time_s), dtype=bool)
    for run in stretches(np.isfinite(trend)):
        if len(time_s[run]) > 1:
            slow[run] = np.abs(np.gradient(trend[run], time_s[run])) < STILL_DEG_S
    return slow


def _seconds(time_s: Curve, run: slice) -> float:
    return float(time_s[run][-1] - time_s[run][0])


def _tremor_deg(time_s: Curve, curve: Curve) -> float | None:
    """Root mean square in the band of tremors; None where the frames are too few for its fastest."""
    step_s = float(np.median(np.diff(time_s)))
    if step_s * TREMOR_HZ[1] * FRAMES_A_TREMBLE > 1:
        return None
    even_s = np.arange(time_s[0], time_s[-1], step_s)
    even = np.interp(even_s, time_s, curve)
    band = butter(4, np.array(TREMOR_HZ) * 2 * step_s, btype="bandpass", output="sos")
    return float(np.sqrt(np.mean(sosfiltfilt(band, even - even.mean()) ** 2)))

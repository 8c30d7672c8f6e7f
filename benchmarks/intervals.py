"""How wide the intervals have to be: learns the constants of rom_vision/kinematics/uncertainty.py.

    python -m benchmarks.intervals      prints them; renders the development films that are not there yet

On the development split of the medium set, from all azimuths, without the neck, whose intervals are its own. Each
person's films are checked with what the others' teach.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy import film
from benchmarks.accuracy_rows import client_in, measured, truth_of
from benchmarks.accuracy_set import AZIMUTHS_DEG, Case, cases
from benchmarks.studio.cache import filmed
from rom_vision.kinematics.angles import curve_name
from rom_vision.kinematics.facing import askew_deg, heading_deg
from rom_vision.kinematics.uncertainty import (
    CARE,
    HALF_WIDTH,
    OFF_VIEW,
    SEEN_WELL,
    doubt_near_deg,
    spread_off_view,
)
from rom_vision.measure import view_asked
from rom_vision.neck import JOINT as NECK

Array = NDArray[np.float64]
INSIDE = 0.95
SHARES = np.arange(0, 4.1, 0.1)  # of OFF_VIEW, tried one after the other


@dataclass(frozen=True, kw_only=True, slots=True)
class Peak:
    """The best peak of one film: how wrong it is, and what the program knows of that."""

    body: str
    angle: str
    error_deg: float
    root_doubt: float
    off_deg: float

    def roots(self, share: float) -> float:
        """The error in roots of the doubt, were OFF_VIEW that share."""
        return self.error_deg / self.root_doubt / spread_off_view(self.off_deg, share)


def main() -> None:
    chosen = [
        case
        for case in cases("medium", ["development"], AZIMUTHS_DEG)
        if case.should_accept and case.test.joint != NECK
    ]
    film(chosen)
    peaks = [peak for case in chosen for peak in _peaks(case)]
    plain = [peak for peak in peaks if peak.angle not in CARE]
    for name, group in (("OFF_VIEW", _seen_well(plain, False)), ("OFF_VIEW_SEEN_WELL", _seen_well(plain, True))):
        half_width, share = learned(group)
        print(f"{name} {share:.1f} with HALF_WIDTH {half_width:.1f}, of {len(group)} films")
    for angle in CARE:
        worst = max(peak.roots(OFF_VIEW) for peak in peaks if peak.angle == angle)
        print(f"CARE of {angle} {worst / HALF_WIDTH:.1f}")
    inside = []
    for body in sorted({peak.body for peak in plain}):
        for well in (True, False):
            group = _seen_well(plain, well)
            width, others = learned([peak for peak in group if peak.body != body])
            inside += [peak.roots(others) <= width for peak in group if peak.body == body]
    print(f"inside what the other people's films teach: {np.mean(inside):.0%}")


def _seen_well(peaks: list[Peak], well: bool) -> list[Peak]:
    return [peak for peak in peaks if (peak.angle in SEEN_WELL) == well]


def learned(peaks: list[Peak]) -> tuple[float, float]:
    """HALF_WIDTH and OFF_VIEW: of all pairs that hold as many, the one with the narrowest intervals, by their
    geometric mean: a degree counts for more where intervals are narrow."""
    widths = {share: _half_width(peaks, share) for share in SHARES}

    def log_width(share: float) -> float:
        spreads = [p.root_doubt * spread_off_view(p.off_deg, share) for p in peaks]
        return float(np.log(widths[share]) + np.log(spreads).mean())

    best = min(SHARES, key=log_width)
    return widths[best], float(best)


def _half_width(peaks: list[Peak], share: float) -> float:
    """As many roots as hold all but the twentieth part; one film more than that, for those yet to come."""
    roots = np.sort([peak.roots(share) for peak in peaks])
    return float(roots[min(len(roots) - 1, int(np.ceil(INSIDE * (len(roots) + 1))) - 1)])


def _peaks(case: Case) -> Iterator[Peak]:
    video = filmed(case.take)
    side = case.asked if case.test.sided else None
    found = measured(client_in(video), case.test, side, "active", None)
    # what is refused for its interval alone counts: the interval is what is learned
    if any(problem.refused and problem.kind != "unsure" for problem in found.problems):
        return
    best = max(found.repetitions, key=lambda repetition: repetition.peak_deg)
    doubt = found.body.angle_doubt_deg[curve_name(case.test.angle, side)]
    heading = heading_deg(found.body.joints_m)
    yield Peak(
        body=case.body,
        angle=case.test.angle,
        error_deg=abs(best.peak_deg - max(truth_of(video).peaks_deg)),
        root_doubt=float(np.sqrt(doubt_near_deg(found.body.time_s, doubt, best.peak_s))),
        off_deg=askew_deg(found.body.joints_m, view_asked(case.test, side, heading)),
    )


if __name__ == "__main__":
    main()

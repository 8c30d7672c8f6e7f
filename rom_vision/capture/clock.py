"""From a film's time stamps to seconds that only rise."""

from collections.abc import Iterator
from fractions import Fraction

LONG_GAP_S = 1.0  # shorter ones are dropped frames, and show in the times


class Clock:
    """Turns the time stamps of one pass through a film into seconds from its first picture.

    A picture that is not later than the one before has no time. Where a second one in a row is behind but the
    two go on from each other, the clock was set back: time is counted on from there, by their own step.

    Args:
        tick_s: seconds in one unit of the stamps.
    """

    def __init__(self, tick_s: Fraction) -> None:
        self._tick_s = tick_s
        self._zero = 0
        self._last: int | None = None  # in ticks from the first picture, like all below
        self._step = 0
        self._behind: int | None = None
        self._left_out = 0
        self._set_back_s: list[float] = []
        self._longest_gap = 0
        self._gap_start = 0

    @property
    def last_s(self) -> float:
        return float((self._last or 0) * self._tick_s)

    def time_s(self, stamp: int | None) -> float | None:
        """Seconds from the first picture; None for a picture that is not later than the one before."""
        if self._last is None:
            self._zero, self._last = stamp or 0, 0
            return 0.0
        now = self._last + self._step if stamp is None else stamp - self._zero
        if now <= self._last:
            if self._behind is None or now <= self._behind:
                self._behind = now
                self._left_out += 1
                return None
            # the second behind in a row, and going on: not a stray stamp, the clock was set back
            shift = self._last + (now - self._behind) - self._behind
            self._zero -= shift
            now += shift
            self._set_back_s.append(self.last_s)
        elif now - self._last > self._longest_gap:
            self._longest_gap, self._gap_start = now - self._last, self._last
        self._step, self._last, self._behind = now - self._last, now, None
        return self.last_s

    def warnings(self) -> Iterator[str]:
        gap_s = float(self._longest_gap * self._tick_s)
        if gap_s > LONG_GAP_S:
            yield f"Nothing was filmed for {gap_s:.1f} s after {float(self._gap_start * self._tick_s):.1f} s."
        if self._left_out:
            yield f"Pictures left out because they were not later than the one before: {self._left_out}."
        if self._set_back_s:
            yield (
                f"Times that the file's clock was set back: {len(self._set_back_s)}, "
                f"first after {self._set_back_s[0]:.1f} s. Time was counted on from there."
            )

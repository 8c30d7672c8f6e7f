"""What stands beneath the film: what is tested, how far the joint is now, and its curve with the playhead.

Beneath, not upon it: hands overhead and feet on the ground stay in sight.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from rom_vision.exchange import captions
from rom_vision.exchange.lettering import Colour, Image, lettered, paste
from rom_vision.language import say
from rom_vision.measure import Measurement

Points = NDArray[np.float64]

GROUND: Colour = (24, 28, 36)
REFUSED_GROUND: Colour = (98, 16, 22)
TEXT: Colour = (255, 255, 255)
WARNING: Colour = (255, 205, 90)
TO_COME: Colour = (128, 138, 154)
DONE: Colour = (255, 140, 0)
REPETITION = 20  # how much lighter the ground is while a repetition lasts
FINE_BITS = 4  # below a pixel, for OpenCV's smooth lines

# Sizes for a film 720 pixels wide; they grow with it.
DESIGN_PX = 720
MARGIN, TITLE, SMALL, LARGE, CURVE, LEFT = 22, 34, 28, 88, 104, 262
LEAST_SPAN_DEG = 30.0  # of the curve's height, so that a still joint's trembling does not look like movement


class Panel:
    """The panel of one measurement, frame by frame.

    A refused measurement shows its curve, so that one sees why, but no number.

    Args:
        measurement: what is told.
        width_px: of the film above; the panel is as wide.
        film_height_px: of the film above.

    Attributes:
        height_px: of the panel, an even number.
    """

    def __init__(self, measurement: Measurement, width_px: int, film_height_px: int) -> None:
        self._measurement = measurement
        # a wide film looks smaller on an upright phone, yet its panel should not grow as high as itself
        shorter_px = min(width_px, film_height_px)
        self._scale = float(shorter_px / DESIGN_PX * (width_px / shorter_px) ** 0.25)
        self._ground = GROUND if measurement.accepted else REFUSED_GROUND
        head = self._head(width_px)
        self._middle_px = len(head)
        curve_top = len(head) + self._px(1.6 * SMALL if measurement.accepted else 0.2 * SMALL)
        self._curve_rows = slice(curve_top, curve_top + self._px(CURVE))
        self.height_px = (self._curve_rows.stop + self._px(MARGIN)) // 2 * 2

        self._x_px = self._across(width_px)
        self._to_come = np.full((self.height_px, width_px, 3), self._ground, np.uint8)
        paste(self._to_come, head, 0, 0)
        self._shade_repetitions()
        self._done = self._to_come.copy()
        self._draw_curve(self._to_come, TO_COME, 2)
        self._draw_curve(self._done, DONE if measurement.accepted else TEXT, 5)

    def at(self, frame: int) -> Image:
        """(height, width, 3) RGB, the panel as it stands beneath that frame."""
        panel = self._to_come.copy()
        x, half = round(self._x_px[frame]), max(1, self._px(1.5))
        panel[self._curve_rows, :x] = self._done[self._curve_rows, :x]
        panel[self._curve_rows, max(0, x - half) : x + half] = TEXT
        if self._measurement.accepted:
            angle_deg = float(self._measurement.curve[frame])
            now = lettered(captions.degrees(angle_deg), self._px(LARGE), TEXT, self._ground, bold=True)
            middle = (self._middle_px + self._curve_rows.stop - len(now)) // 2
            paste(panel, now, self._px(MARGIN), middle)
            repetition = lettered(self._repetition(frame), self._px(SMALL), TEXT, self._ground)
            paste(panel, repetition, self._px(LEFT), self._middle_px)
        return panel

    def _repetition(self, frame: int) -> str:
        """The repetition under way or just done, with its peak from the moment it is reached."""
        time_s, repetitions = self._measurement.landmarks.time_s[frame], self._measurement.repetitions
        begun = [repetition for repetition in repetitions if repetition.start_s <= time_s]
        if not begun:
            return ""
        which = say("Repetition {number} of {count}", number=len(begun), count=len(repetitions))
        if begun[-1].peak_s > time_s:
            return which
        return say("{repetition}, peak {peak}", repetition=which, peak=captions.degrees(begun[-1].peak_deg))

    def _head(self, width_px: int) -> Image:
        """What does not change: the test, the result, and what is wrong with it."""
        measurement, margin = self._measurement, self._px(MARGIN)
        rows = [
            (captions.title(measurement.test, measurement.side, measurement.mode), TITLE, TEXT, True),
            (captions.result(measurement), TITLE, TEXT, not measurement.accepted),
        ]
        rows += [(captions.warning(problem), SMALL, WARNING, False) for problem in measurement.problems[:1]]
        texts = [
            lettered(text, self._px(size), colour, self._ground, bold=bold, width_px=max(1, width_px - 2 * margin))
            for text, size, colour, bold in rows
        ]
        head = np.full((sum(map(len, texts)) + margin, width_px, 3), self._ground, np.uint8)
        top = margin // 2
        for text in texts:
            paste(head, text, margin, top)
            top += len(text)
        return head

    def _across(self, width_px: int) -> Points:
        """(n,) where each frame lies along the curve."""
        time_s = self._measurement.landmarks.time_s
        left, right = self._px(LEFT if self._measurement.accepted else MARGIN), width_px - self._px(MARGIN)
        return np.interp(time_s, [time_s[0], time_s[-1]], [left, max(left, right)])

    def _shade_repetitions(self) -> None:
        for repetition in self._measurement.repetitions:
            ends_s = [repetition.start_s, repetition.end_s]
            start, end = np.interp(ends_s, self._measurement.landmarks.time_s, self._x_px).round().astype(int)
            self._to_come[self._curve_rows, start:end] += np.uint8(REPETITION)

    def _draw_curve(self, onto: Image, colour: Colour, thickness: float) -> None:
        curve = self._measurement.curve
        seen = np.flatnonzero(np.isfinite(curve))
        if not len(seen):
            return
        low, high = curve[seen].min(), curve[seen].max()
        middle, span = (low + high) / 2, 1.1 * max(high - low, LEAST_SPAN_DEG)
        rows = self._curve_rows
        y_px = (rows.start + rows.stop) / 2 - (curve - middle) / span * (rows.stop - rows.start)
        corners = np.stack([self._x_px, y_px], axis=1) * (1 << FINE_BITS)
        for stretch in np.split(seen, np.flatnonzero(np.diff(seen) > 1) + 1):
            line = corners[stretch].round().astype(np.int32)
            cv2.polylines(onto, [line], False, colour, max(1, self._px(thickness)), cv2.LINE_AA, FINE_BITS)

    def _px(self, design: float) -> int:
        return round(design * self._scale)

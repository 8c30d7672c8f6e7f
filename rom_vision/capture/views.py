"""Parts of a picture, turned by quarters, in which people are looked for.

The pose model's detector looks for upright people and finds the most striking one or two. Given parts of the
picture, and the picture lying on either side, it finds everybody, whoever lies or is hidden behind somebody else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rom_vision.capture.landmarks import Array
from rom_vision.capture.video import Image

# Shares of the longer side: the whole, and two overlapping parts, each wide enough for somebody who lies.
PARTS = ((0.0, 1.0), (0.0, 0.6), (0.4, 1.0))
QUARTERS = (0, 1, -1)  # upright, and lying with the head to the right or the left of the picture


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A part of a picture, turned.

    Attributes:
        left, top: pixels of the picture where the part begins.
        width, height: of the part, before it is turned.
        quarters: how often it is turned by 90 degrees against the clock.
    """

    left: int
    top: int
    width: int
    height: int
    quarters: int

    def cut(self, image: Image) -> Image:
        """What is seen of the picture."""
        part = image[self.top : self.top + self.height, self.left : self.left + self.width]
        return np.ascontiguousarray(np.rot90(part, self.quarters))

    def in_picture(self, rows: Array) -> Array:
        """Sightings (people, 33, 7) in the cut, as `capture.pose` makes them, in the whole picture."""
        placed = rows.copy()
        for columns, (width, height) in (((0, 1), (self.width, self.height)), ((4, 5), (0, 0))):
            x, y = (rows[..., column] for column in columns)
            if self.quarters == 1:
                x, y = width - y, x
            elif self.quarters == -1:
                x, y = y, height - x
            placed[..., columns[0]], placed[..., columns[1]] = x, y
        placed[..., :2] += [self.left, self.top]
        return placed


def views_of(width: int, height: int) -> Iterator[View]:
    """All views of a picture of that size."""
    for start, end in PARTS:
        if width >= height:
            left, top, across, down = round(start * width), 0, round((end - start) * width), height
        else:
            left, top, across, down = 0, round(start * height), width, round((end - start) * height)
        for quarters in QUARTERS:
            yield View(left=left, top=top, width=across, height=down, quarters=quarters)

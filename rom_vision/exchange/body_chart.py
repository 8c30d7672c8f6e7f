"""The chart of the body, front and back, as lines to be drawn: by the report as PDF, by a page as SVG.

Places are shares of the chart as in `movements.Region` and `records.PalpationFinding`: x from its left edge (0) to
its right (1), y from the crown (0) to the soles (1). The figure stands with its arms a little away from the trunk
and the palms forward. It is drawn by hand, in these shares of the height: head 0.13 high, shoulders 0.29 and hips
0.2 wide, crotch at 0.53 and knees at 0.72 from the crown. It is for pointing at, not for measuring.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rom_vision.records import Face

Place = tuple[float, float]
"""x and y, shares of the chart."""
Curve = tuple[Place, Place, Place]
"""A cubic Bézier curve from where the last one ended: two control points and the end."""

WIDTH_TO_HEIGHT = 0.58
"""Of the chart: a share of its width is that much of its height."""

# One half of the outline, the right one on paper, from the crown down the outer side of the arm, up its inner
# side, down the outer side of the leg and up to the crotch. Each run is smooth; runs meet in a corner.
_HALF: tuple[tuple[Place, ...], ...] = (
    # head, ear, jaw
    ((0.5, 0.0), (0.521, 0.0015), (0.549, 0.0125), (0.568, 0.034), (0.573, 0.06)),
    ((0.573, 0.06), (0.587, 0.059), (0.585, 0.079), (0.571, 0.086)),
    ((0.571, 0.086), (0.567, 0.1), (0.5605, 0.112)),
    # neck, shoulder, outer side of the arm, thumb
    (
        (0.5605, 0.112), (0.5605, 0.138), (0.572, 0.154), (0.62, 0.166), (0.68, 0.177), (0.722, 0.199),
        (0.744, 0.238), (0.757, 0.285), (0.774, 0.326), (0.802, 0.36), (0.835, 0.402), (0.857, 0.441),
        (0.871, 0.476), (0.887, 0.496), (0.916, 0.513), (0.944, 0.534), (0.962, 0.553), (0.954, 0.561),
        (0.934, 0.55), (0.919, 0.538),
    ),
    # index, middle, ring, little finger
    ((0.919, 0.538), (0.934, 0.558), (0.951, 0.582), (0.947, 0.591), (0.935, 0.589), (0.911, 0.558)),
    ((0.911, 0.558), (0.923, 0.579), (0.935, 0.602), (0.928, 0.609), (0.916, 0.605), (0.892, 0.565)),
    ((0.892, 0.565), (0.902, 0.584), (0.91, 0.604), (0.901, 0.61), (0.89, 0.604), (0.872, 0.567)),
    ((0.872, 0.567), (0.878, 0.581), (0.882, 0.595), (0.872, 0.6), (0.862, 0.592), (0.849, 0.558)),
    # inner side of hand and arm
    (
        (0.849, 0.558), (0.841, 0.53), (0.832, 0.508), (0.815, 0.486), (0.778, 0.449), (0.745, 0.415),
        (0.724, 0.384), (0.706, 0.352), (0.69, 0.322), (0.664, 0.264),
    ),
    # trunk, hip, outer side of the leg
    (
        (0.664, 0.264), (0.656, 0.31), (0.644, 0.35), (0.636, 0.385), (0.643, 0.425), (0.66, 0.468),
        (0.67, 0.52), (0.669, 0.575), (0.66, 0.64), (0.648, 0.695), (0.651, 0.735), (0.666, 0.785),
        (0.665, 0.825), (0.653, 0.875), (0.648, 0.915), (0.655, 0.935),
    ),
    # foot
    (
        (0.655, 0.935), (0.669, 0.957), (0.683, 0.979), (0.675, 0.993), (0.648, 0.998), (0.612, 1.0),
        (0.592, 0.992), (0.587, 0.965), (0.585, 0.935),
    ),
    # inner side of the leg
    (
        (0.585, 0.935), (0.587, 0.9), (0.577, 0.86), (0.564, 0.81), (0.561, 0.77), (0.565, 0.73), (0.557, 0.69),
        (0.536, 0.63), (0.514, 0.567), (0.5, 0.53),
    ),
)  # fmt: skip

# Lines within the outline that tell front from back and where one is: the right half, each mirrored.
_FEATURES: dict[Face, tuple[tuple[Place, ...], ...]] = {
    "front": (
        ((0.519, 0.056), (0.53, 0.0525), (0.541, 0.056)),  # eye
        ((0.5, 0.083), (0.508, 0.081), (0.511, 0.077)),  # nose
        ((0.5, 0.1), (0.513, 0.099), (0.522, 0.096)),  # mouth
        ((0.5, 0.13), (0.522, 0.127), (0.548, 0.116), (0.5585, 0.107)),  # chin and jaw
        ((0.511, 0.182), (0.56, 0.176), (0.61, 0.178), (0.66, 0.186)),  # collar bone
        ((0.512, 0.277), (0.555, 0.288), (0.607, 0.281), (0.645, 0.258), (0.664, 0.232)),  # chest
        ((0.5, 0.318), (0.525, 0.326), (0.557, 0.352), (0.58, 0.384)),  # arch of the ribs
        ((0.5, 0.414), (0.5045, 0.4105), (0.504, 0.406)),  # navel
        ((0.645, 0.462), (0.598, 0.494), (0.55, 0.52), (0.513, 0.531)),  # groin
        ((0.742, 0.388), (0.762, 0.383), (0.783, 0.377)),  # fold of the elbow
        ((0.586, 0.712), (0.584, 0.73), (0.594, 0.742), (0.613, 0.743), (0.624, 0.733), (0.624, 0.714)),  # kneecap
        ((0.604, 0.982), (0.612, 0.975), (0.623, 0.98), (0.629, 0.991)),  # big toe
    ),
    "back": (
        ((0.5, 0.15), (0.5, 0.3), (0.5, 0.445)),  # spine
        ((0.5, 0.096), (0.52, 0.102), (0.54, 0.1)),  # where head and neck meet
        ((0.655, 0.207), (0.61, 0.207), (0.567, 0.217), (0.563, 0.25), (0.572, 0.29), (0.592, 0.304),
         (0.628, 0.272), (0.65, 0.245)),  # shoulder blade
        ((0.645, 0.437), (0.6, 0.434), (0.556, 0.452)),  # crest of the hip bone
        ((0.5, 0.483), (0.517, 0.466), (0.524, 0.449)),  # sacrum
        ((0.5, 0.483), (0.5, 0.51), (0.5, 0.53)),  # between the buttocks
        ((0.506, 0.543), (0.535, 0.555), (0.58, 0.556), (0.622, 0.543)),  # fold of the buttock
        ((0.748, 0.384), (0.766, 0.372), (0.779, 0.357)),  # point of the elbow
        ((0.576, 0.727), (0.605, 0.732), (0.636, 0.726)),  # hollow of the knee
        ((0.574, 0.824), (0.592, 0.839), (0.615, 0.835), (0.639, 0.842), (0.656, 0.826)),  # end of the calf
        ((0.607, 0.88), (0.604, 0.91), (0.6, 0.935)),  # Achilles tendon
        ((0.628, 0.88), (0.63, 0.91), (0.636, 0.935)),
        ((0.594, 0.972), (0.612, 0.98), (0.637, 0.974), (0.643, 0.955)),  # heel
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the chart.

    Attributes:
        start: where the first curve begins.
        curves: one after the other.
    """

    start: Place
    curves: tuple[Curve, ...]

    def svg(self) -> str:
        """The `d` of an SVG path on a chart 1 high and WIDTH_TO_HEIGHT wide, as in its viewBox."""
        bends = (f"C{' '.join(_svg(place) for place in curve)}" for curve in self.curves)
        return f"M{_svg(self.start)}{''.join(bends)}"

    def places(self, steps: int = 8) -> Iterator[Place]:
        """Places along the line: its start, and `steps` on each curve, the last of them its end."""
        yield self.start
        start = self.start
        for one, two, end in self.curves:
            for share in (step / steps for step in range(1, steps + 1)):
                weights = ((1 - share) ** 3, 3 * share * (1 - share) ** 2, 3 * share**2 * (1 - share), share**3)
                corners = (start, one, two, end)
                x, y = (
                    sum(w * corner[axis] for w, corner in zip(weights, corners, strict=True)) for axis in (0, 1)
                )
                yield x, y
            start = end


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a number goes.

    Attributes:
        place: what it points at.
        label: where the number itself stands: there, or beside it where another is in the way.
    """

    place: Place
    label: Place


def outline() -> Line:
    """The whole body's, closed; front and back have the same."""
    half = [_through(run) for run in _HALF]
    right = tuple(itertools.chain.from_iterable(line.curves for line in half))
    return Line(start=_HALF[0][0], curves=(*right, *_mirrored_back(_HALF[0][0], right)))


def features(face: Face) -> tuple[Line, ...]:
    """The lines within the outline."""
    runs = (run for right in _FEATURES[face] for run in _both(right))
    return tuple(_through(run) for run in runs)


def marks(places: Sequence[Place], radius: float) -> tuple[Mark, ...]:
    """Numbers that don't hide each other: each at its place, or as near to it as there is room.

    Args:
        places: what they point at, in the order of their numbers.
        radius: of a number's disc, a share of the chart's height.
    """
    found: list[Mark] = []
    for place in places:
        free = (label for label in _around(place, radius) if _is_free(label, found, radius))
        found.append(Mark(place=place, label=next(free)))
    return tuple(found)


def _around(place: Place, radius: float) -> Iterator[Place]:
    """The place itself, then rings about it, each wider, without end."""
    yield place
    for ring in itertools.count(1):
        for step in range(16):
            turn, away = 2 * math.pi * step / 16, ring * radius
            x, y = place[0] + away * math.cos(turn) / WIDTH_TO_HEIGHT, place[1] + away * math.sin(turn)
            if radius / WIDTH_TO_HEIGHT <= x <= 1 - radius / WIDTH_TO_HEIGHT and radius <= y <= 1 - radius:
                yield x, y


def _is_free(label: Place, taken: Sequence[Mark], radius: float) -> bool:
    return all(
        math.hypot((label[0] - mark.label[0]) * WIDTH_TO_HEIGHT, label[1] - mark.label[1]) >= 2.15 * radius
        for mark in taken
    )


def _through(run: Sequence[Place]) -> Line:
    """A smooth line through places: a Catmull-Rom spline, whose slope at each is that between its neighbours.

    Source: Catmull & Rom 1974, A class of local interpolating splines, as cubic Bézier curves.
    """
    ends = [run[0], *run, run[-1]]
    curves = [
        (_moved(here, before, there, 1 / 6), _moved(there, here, beyond, -1 / 6), there)
        for before, here, there, beyond in zip(ends, ends[1:], ends[2:], ends[3:], strict=False)
    ]
    return Line(start=run[0], curves=tuple(curves))


def _moved(place: Place, before: Place, after: Place, share: float) -> Place:
    return place[0] + share * (after[0] - before[0]), place[1] + share * (after[1] - before[1])


def _mirrored_back(start: Place, curves: Sequence[Curve]) -> Iterator[Curve]:
    """The same curves on the other side, from the last one's end back to the start."""
    starts = [start, *(end for _, _, end in curves)]
    for begins, (one, two, _) in zip(reversed(starts[:-1]), reversed(curves), strict=True):
        yield _mirrored(two), _mirrored(one), _mirrored(begins)


def _both(right: tuple[Place, ...]) -> Iterator[tuple[Place, ...]]:
    """A line of the right half and its mirror image; one of the midline once."""
    yield right
    if any(x != 0.5 for x, _ in right):
        yield tuple(_mirrored(place) for place in right)


def _mirrored(place: Place) -> Place:
    return 1 - place[0], place[1]


def _svg(place: Place) -> str:
    return f"{place[0] * WIDTH_TO_HEIGHT:.4f},{place[1]:.4f}"

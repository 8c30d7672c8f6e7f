"""The client's body and the tested angle, drawn onto the film."""

import itertools

import cv2
import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.exchange.angle_arc import angle_arc
from rom_vision.kinematics.angles import ANGLES, VERTICAL, place
from rom_vision.measure import Measurement
from rom_vision.movements import Side
from rom_vision.quality import IN_SIGHT

Image = NDArray[np.uint8]
Points = NDArray[np.float64]
Colour = tuple[int, int, int]
Bone = tuple[Point, Point]

PALE: Colour = (215, 222, 230)
LIMB: Colour = (255, 140, 0)
STILL: Colour = (255, 255, 255)
ARC: Colour = (40, 215, 255)
REFUSED: Colour = (150, 155, 160)
EDGE: Colour = (20, 24, 32)  # round the strong lines, so that they stand out on any cloth or wall
WEDGE_SHARE = 0.35
FINE_BITS = 4  # below a pixel, for OpenCV's smooth lines
LARGEST_PX = 2**15  # beyond, OpenCV's fixed-point coordinates would wrap round

ARM = ("SHOULDER", "ELBOW", "WRIST", "INDEX")
LEG = ("HIP", "KNEE", "ANKLE", "HEEL", "TOES")
LIMBS: tuple[tuple[Bone, ...], ...] = tuple(
    tuple(itertools.pairwise(Point[f"{side}_{name}"] for name in names))
    for names in (ARM, LEG)
    for side in ("LEFT", "RIGHT")
)
BONES: tuple[Bone, ...] = (
    (Point.LEFT_EAR, Point.NOSE),
    (Point.NOSE, Point.RIGHT_EAR),
    (Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER),
    (Point.LEFT_HIP, Point.RIGHT_HIP),
    (Point.LEFT_SHOULDER, Point.LEFT_HIP),
    (Point.RIGHT_SHOULDER, Point.RIGHT_HIP),
    *itertools.chain.from_iterable(LIMBS),
)

FINGERS = (
    (0, 1, 2, 3, 4), (0, 5, 6, 7, 8), (5, 9, 10, 11, 12), (9, 13, 14, 15, 16), (0, 17, 18, 19, 20), (13, 17),
)  # fmt: skip
"""The hand model's points along thumb and fingers, and across the palm."""


class Skeleton:
    """Draws the body of one measurement, frame by frame.

    The lines between which the angle is measured are strong, the one that counts as still in white; so is the
    rest of the tested limb. Of a neck they are the head's own axes: left in white, up, and forward in yellow. What
    the model does not believe to see is thin, its points hollow.

    Args:
        measurement: what is drawn.
    """

    def __init__(self, measurement: Measurement) -> None:
        self._landmarks = measurement.landmarks
        self._arc = angle_arc(measurement)
        self._head_px = measurement.neck.axes_px if measurement.neck is not None else None
        self._strong = LIMB if measurement.accepted else REFUSED
        self._thickness_px = min(self._landmarks.size_px) / 360
        angle, side = ANGLES[measurement.test.angle], measurement.side
        tested, _ = angle.points(side)
        self._limb = () if measurement.test.joint in ("neck", "trunk") else _limb(tested)
        self._strong_points = tested & {point for bone in self._limb for point in bone} or tested
        self._hand = measurement.hand
        if self._hand is None:
            self._moving = _line_px(self._landmarks, angle.distal, side)
            self._still = None if angle.proximal == VERTICAL else _line_px(self._landmarks, angle.proximal, side)
        else:
            self._moving, self._still = self._hand.moving_px, self._hand.still_px

    def draw(self, image: Image, frame: int) -> None:
        """Draw onto the picture of that frame, in place. Where nobody was found nothing is drawn."""
        if not self._landmarks.seen[frame]:
            return
        px = self._landmarks.image_px[frame]
        in_sight = self._landmarks.visibility[frame] >= IN_SIGHT
        for bone in BONES:
            strong = bone in self._limb and in_sight[[*bone]].all()
            self._line(image, px[[*bone]], self._strong if strong else PALE, 2.0 if strong else 0.8)
        if self._hand is not None and self._hand.found[frame]:
            self._draw_hand(image, self._hand.points_px[frame])
        if self._head_px is None:
            self._draw_arc(image, self._arc.vertex_px[frame], self._arc.arc_px[frame])
            if self._still is not None:
                self._edged_line(image, self._still[frame], STILL)
            self._edged_line(image, self._moving[frame], self._strong)
        else:
            self._draw_head(image, self._head_px[frame])
        for bone_end in {point for bone in BONES for point in bone}:
            strong = bone_end in self._strong_points
            radius = 4.0 if strong else 1.8
            self._point(image, px[bone_end], self._strong if strong else PALE, radius, filled=in_sight[bone_end])

    def _draw_hand(self, image: Image, points_px: Points) -> None:
        for finger in FINGERS:
            self._line(image, points_px[list(finger)], PALE, 0.8)
        for point_px in points_px:
            self._point(image, point_px, PALE, 1.2, filled=True)

    def _draw_arc(self, image: Image, vertex_px: Points, arc_px: Points) -> None:
        if not np.isfinite(arc_px).all():
            return
        _fill(image, np.vstack([vertex_px, arc_px]), ARC, WEDGE_SHARE)
        self._line(image, arc_px, ARC, 1.2)
        zero_end_px = vertex_px + 1.3 * (arc_px[0] - vertex_px)
        self._line(image, np.array([vertex_px, zero_end_px]), ARC, 1.2)

    def _draw_head(self, image: Image, axes_px: Points) -> None:
        """The head's axes left, up and forward, as face or profile told them: what a neck is measured by."""
        for end_px, colour in zip(axes_px[1:], (STILL, self._strong, ARC), strict=True):
            self._edged_line(image, np.stack([axes_px[0], end_px]), colour)

    def _edged_line(self, image: Image, line_px: Points, colour: Colour) -> None:
        if not np.isfinite(line_px).all():
            return
        self._line(image, line_px, EDGE, 4.5)
        self._line(image, line_px, colour, 3.0)

    def _line(self, image: Image, corners_px: Points, colour: Colour, thickness: float) -> None:
        whole = max(1, round(thickness * self._thickness_px))
        cv2.polylines(image, [_fixed(corners_px)], False, colour, whole, cv2.LINE_AA, FINE_BITS)

    def _point(self, image: Image, at_px: Points, colour: Colour, radius: float, *, filled: bool) -> None:
        centre = _fixed(at_px).tolist()
        whole = max(1, round(radius * self._thickness_px)) << FINE_BITS
        if filled:
            cv2.circle(image, centre, whole, colour, cv2.FILLED, cv2.LINE_AA, FINE_BITS)
        cv2.circle(image, centre, whole, EDGE if filled else colour, 1, cv2.LINE_AA, FINE_BITS)


def _limb(tested: set[Point]) -> tuple[Bone, ...]:
    """The bones of the arm or leg that most of the tested points belong to."""
    return max(LIMBS, key=lambda bones: len(tested & {point for bone in bones for point in bone}))


def _line_px(landmarks: Landmarks, line: tuple[str, str], side: Side | None) -> Points:
    """(n, 2, 2) both ends of an angle's line in the picture."""
    return np.stack([place(landmarks.image_px, name, side) for name in line], axis=1)


def _fixed(px: Points) -> NDArray[np.int32]:
    return np.round(px.clip(-LARGEST_PX, LARGEST_PX) * (1 << FINE_BITS)).astype(np.int32)


def _fill(image: Image, corners_px: Points, colour: Colour, share: float) -> None:
    """A see-through polygon; only the part of the picture round it is touched."""
    height, width = image.shape[:2]
    left, top = np.floor(corners_px.min(axis=0)).clip(0, [width, height]).astype(int)
    right, bottom = np.ceil(corners_px.max(axis=0)).clip(0, [width, height]).astype(int)
    part = image[top:bottom, left:right]
    if not part.size:
        return
    filled = part.copy()
    cv2.fillPoly(filled, [_fixed(corners_px - [left, top])], colour, cv2.LINE_AA, FINE_BITS)
    cv2.addWeighted(filled, share, part, 1 - share, 0, dst=part)

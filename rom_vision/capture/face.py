"""The face of a client who is known already: a mesh of 468 points in every frame, at the film's full resolution.

The pose model's own eye, ear and nose points are no measure of a head: on a real film a face tilts by 36 to 40
degrees and the line of its eyes says 20. The face model, on a picture cut round the head, is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from rom_vision.capture.close_look import looked_at
from rom_vision.capture.close_models import MESH_POINTS
from rom_vision.capture.close_ups import close_ups
from rom_vision.capture.landmarks import Array, Landmarks
from rom_vision.capture.pose_model import PoseModel
from rom_vision.capture.region import ROOM, Region
from rom_vision.capture.video import Frame, Image
from rom_vision.progress import Progress, untold

CUT_PX = 512  # the face fills a quarter to a half of it: what the model's own detector is made for
HEAD = slice(0, 11)  # the pose model's points of eyes, ears, nose and mouth
EYES = (5, 2)  # the right one and the left one, which is the right one of the picture
SHOULDERS = (11, 12)
HEADS, SHOULDER_WIDTHS = 4.0, 1.1  # the side of the cut: in widths of the head's points, or of the shoulders
LEVEL_EYES_SHARE = 0.35  # of the head's points: eyes nearer together are of a face turned away, and tell no tilt


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Faces:
    """One person's face over time.

    Attributes:
        mesh_px: (n, 468, 3) pixels of the upright picture, x right, y down, depth z away from the camera and as
            large as x and y; NaN in frames where no face was found.
    """

    mesh_px: Array

    @property
    def seen(self) -> Array:
        """(n,) whether there was one."""
        return np.isfinite(self.mesh_px[:, 0, 0])


def find_face(
    frames: Iterable[Frame],
    landmarks: Landmarks,
    model: PoseModel,
    *,
    workers: int | None = None,
    on_progress: Progress = untold,
) -> Faces:
    """Look at the client's face in every frame in which the client was seen.

    Args:
        frames: of the film that the landmarks are of, in whatever size; the larger the better.
        landmarks: n frames of the client.
        model: of the face.
        workers: processes to spread the frames over; one a core by default.
        on_progress: told after each frame; may raise CancelledError to stop.
    Raises:
        ModelError: the model can't be opened.
    """
    mesh_px = np.full((len(landmarks.time_s), MESH_POINTS, 3), np.nan)
    for number, region, found in close_ups(
        "face", frames, head_regions(landmarks), landmarks.size_px[0], model, _look, CUT_PX,
        workers=workers, on_progress=on_progress,
    ):  # fmt: skip
        mesh_px[number] = region.points_in_picture(found, CUT_PX)
    return Faces(mesh_px=mesh_px)


def head_regions(landmarks: Landmarks) -> list[Region | None]:
    """Where the head is in each frame, upright by its eyes; None where the client is not seen."""
    return [
        head_region(points) if seen else None
        for points, seen in zip(landmarks.image_px, landmarks.seen, strict=True)
    ]


def head_region(points_px: Array) -> Region:
    """The region round the head of somebody with these landmarks (33, 2)."""
    head = points_px[HEAD]
    middle, width = head.mean(axis=0), float(np.ptp(head, axis=0).max())
    shoulders = float(np.linalg.norm(points_px[SHOULDERS[0]] - points_px[SHOULDERS[1]]))
    side = max(HEADS * width, SHOULDER_WIDTHS * shoulders)
    eyes = points_px[EYES[1]] - points_px[EYES[0]]
    level = float(np.linalg.norm(eyes)) > LEVEL_EYES_SHARE * width
    turn = float(np.arctan2(eyes[1], eyes[0])) if level else 0.0
    return Region(x_px=float(middle[0]), y_px=float(middle[1]), radius_px=side / (2 * ROOM), turn_rad=turn)


def _look(landmarker: Any, picture: Image) -> Array:
    return looked_at("face", picture, landmarker)

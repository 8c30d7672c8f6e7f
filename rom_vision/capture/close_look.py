"""A close look at one part of the body: MediaPipe's landmarkers of face and hand, on a picture cut for them.

Run as a program it opens a bundle and looks at a grey picture, to see whether that works:

    python -m rom_vision.capture.close_look face BUNDLE
"""

import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.close_models import MESH_POINTS, BodyPart
from rom_vision.capture.landmarks import Array

POINTS: dict[BodyPart, int] = {"face": MESH_POINTS, "hand": 21}
SURE = (
    0.3  # of detection and of presence: the picture is cut round the part, so there is little else to take for it
)


def open_close_landmarker(part: BodyPart, bundle: Path) -> Any:
    """MediaPipe's own, for single pictures of one face or hand; quiet, see `pose.open_landmarker`."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    from mediapipe.tasks.python import BaseOptions, vision

    base, still = BaseOptions(model_asset_path=str(bundle)), vision.RunningMode.IMAGE
    if part == "face":
        face = vision.FaceLandmarkerOptions(
            base_options=base, running_mode=still, num_faces=1,
            min_face_detection_confidence=SURE, min_face_presence_confidence=SURE,
        )  # fmt: skip
        return vision.FaceLandmarker.create_from_options(face)
    hand = vision.HandLandmarkerOptions(
        base_options=base, running_mode=still, num_hands=1,
        min_hand_detection_confidence=SURE, min_hand_presence_confidence=SURE,
    )  # fmt: skip
    return vision.HandLandmarker.create_from_options(hand)


def looked_at(part: BodyPart, picture: NDArray[np.uint8], landmarker: Any) -> Array:
    """(points, 3) pixels of the picture, x right, y down, z away from the camera; NaN where there is none."""
    result = _detected(picture, landmarker)
    return _points(part, result.face_landmarks if part == "face" else result.hand_landmarks, picture)


def hand_looked_at(picture: NDArray[np.uint8], landmarker: Any) -> tuple[Array, float]:
    """The hand's points as in `looked_at`, and the probability that it is a right one; NaN where there is none."""
    result = _detected(picture, landmarker)
    points = _points("hand", result.hand_landmarks, picture)
    if not result.handedness:
        return points, float("nan")
    side = result.handedness[0][0]
    return points, side.score if side.category_name == "Right" else 1 - side.score


def _detected(picture: NDArray[np.uint8], landmarker: Any) -> Any:
    import mediapipe

    return landmarker.detect(mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=picture))


def _points(part: BodyPart, found: Any, picture: NDArray[np.uint8]) -> Array:
    if not found:
        return np.full((POINTS[part], 3), np.nan)
    height, width = picture.shape[:2]
    points = [(point.x * width, point.y * height, point.z * width) for point in found[0][: POINTS[part]]]
    return np.array(points, dtype=float)


if __name__ == "__main__":
    asked: BodyPart = "face" if sys.argv[1] == "face" else "hand"
    grey = np.full((256, 256, 3), 128, np.uint8)
    looked_at(asked, grey, open_close_landmarker(asked, Path(sys.argv[2])))

"""Sightings of the board -> the camera that made them, or why they do not tell.

Source: Zhang 2000, IEEE Transactions on Pattern Analysis and Machine Intelligence 22(11), 1330-1334, as in OpenCV.
"""

from dataclasses import dataclass
from datetime import date

import cv2
import numpy as np

from rom_vision.capture.board import Sighting
from rom_vision.capture.camera import Array, Camera, typical_camera
from rom_vision.capture.camera_profiles import Profile
from rom_vision.errors import CameraError

MOST_VIEWS = 40  # more take longer and tell no more
LEAST_VIEWS = 8
DIFFERENT = 0.03  # two views differ where the board's corners moved by this share of the picture's longer side
STRAY = 3.0  # a view that fits so many times worse than most was blurred, or misread
TILTED_DEG, LEAST_TILTED = 15.0, 4  # a board seen straight on tells distance and focal length together only
LEAST_COVERED = 0.6  # of the picture; what the lens does beyond is a guess
MOST_ERROR = 1 / 1500  # of the longer side: a flat board and sharp pictures come to a quarter of it
MOST_DOUBT = 0.01  # of the focal length
FOCUS_DOUBT = 0.005  # of the focal length: phones focus by moving the lens, and the client stands further off
MODEL = cv2.CALIB_USE_INTRINSIC_GUESS | cv2.CALIB_FIX_ASPECT_RATIO | cv2.CALIB_ZERO_TANGENT_DIST | cv2.CALIB_FIX_K3
"""One focal length, the centre, k1 and k2: phones' lenses are round and well centred, and more is seldom told."""


def calibrate(name: str, size_px: tuple[int, int], sightings: list[Sighting], on: date) -> Profile:
    """The camera that saw the board like this.

    Args:
        size_px: width and height of the upright pictures.
        on: the day of the calibration.
    Raises:
        CameraError: the sightings do not tell; says why, and what to do.
    """
    if not sightings:
        raise CameraError(
            "The board is in none of the pictures.",
            remedy="Film the printed board sharp and large, without reflections, with its white margin.",
        )
    views = _different(sightings, max(size_px))
    _check_number(len(views))
    solved = _solve(size_px, views)
    fitting = [view for view, error in zip(views, solved.view_errors_px, strict=True)
               if error <= STRAY * np.median(solved.view_errors_px)]  # fmt: skip
    if len(fitting) < len(views):
        _check_number(len(fitting))
        solved = _solve(size_px, fitting)
    covered = _covered(size_px, fitting)
    _check(solved, size_px, covered)
    camera = Camera(
        name=name,
        size_px=size_px,
        focal_px=solved.focal_px,
        centre_px=solved.centre_px,
        distortion=solved.distortion,
        focal_doubt=round(float(np.hypot(solved.focal_doubt, FOCUS_DOUBT)), 5),
    )
    _check_edges(camera)
    return Profile(camera=camera, error_px=solved.error_px, views=len(fitting), covered=covered, made_on=on)


def _different(sightings: list[Sighting], longest_px: int) -> list[Sighting]:
    """Those that differ most, one after the other: each is the furthest from all before it."""
    outlines = np.array([sighting.outline_px().ravel() for sighting in sightings]) / longest_px
    chosen = [int(np.linalg.norm(outlines - outlines.mean(0), axis=1).argmin())]  # outermost may be misread
    apart = np.full(len(sightings), np.inf)
    while len(chosen) < MOST_VIEWS:
        apart = np.minimum(apart, np.abs(outlines - outlines[chosen[-1]]).max(1))
        if apart.max() < DIFFERENT:
            break
        chosen.append(int(apart.argmax()))
    return [sightings[number] for number in chosen]


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class _Solved:
    """What OpenCV found; angles and errors of each view in order."""

    focal_px: float
    focal_doubt: float
    centre_px: tuple[float, float]
    distortion: tuple[float, float]
    error_px: float
    view_errors_px: Array
    tilts_deg: Array


def _solve(size_px: tuple[int, int], views: list[Sighting]) -> _Solved:
    guess = typical_camera(size_px)
    matrix = np.array(
        [[guess.focal_px, 0, guess.centre_px[0]], [0, guess.focal_px, guess.centre_px[1]], [0, 0, 1]]
    )
    on_board = [np.pad(view.board_mm, ((0, 0), (0, 1))).astype(np.float32) for view in views]
    in_picture = [view.image_px.astype(np.float32) for view in views]
    error_px, matrix, lens, turns, _, doubts, _, view_errors = cv2.calibrateCameraExtended(
        on_board, in_picture, size_px, matrix, np.zeros(5), flags=MODEL
    )  # fmt: skip
    facing = np.array([cv2.Rodrigues(turn)[0][2, 2] for turn in turns])  # of the board's normal along the view
    return _Solved(
        focal_px=float(matrix[1, 1]),
        focal_doubt=float(np.max(doubts[:2]) / matrix[1, 1]),
        centre_px=(float(matrix[0, 2]), float(matrix[1, 2])),
        distortion=(float(lens.ravel()[0]), float(lens.ravel()[1])),
        error_px=float(error_px),
        view_errors_px=np.asarray(view_errors, dtype=float).ravel(),
        tilts_deg=np.degrees(np.arccos(np.clip(np.abs(facing), 0, 1))),
    )


def _covered(size_px: tuple[int, int], views: list[Sighting]) -> float:
    """Share of the picture between the outermost corners that were seen."""
    corners_px = np.concatenate([view.image_px for view in views]).astype(np.float32)
    return cv2.contourArea(cv2.convexHull(corners_px)) / (size_px[0] * size_px[1])


def _check_number(views: int) -> None:
    if views < LEAST_VIEWS:
        raise CameraError(
            f"The board was seen sharply from {views} different places; {LEAST_VIEWS} are the least.",
            remedy="Film it for half a minute: near and far, in every corner of the picture, tilted each way.",
        )


def _check(solved: _Solved, size_px: tuple[int, int], covered: float) -> None:
    """Raises CameraError where the camera is not known well enough."""
    if (solved.tilts_deg >= TILTED_DEG).sum() < LEAST_TILTED:
        raise CameraError(
            "The board was held straight before the camera, which does not tell its focal length.",
            remedy="Tilt the board to the left, right, up and down, by about 40 degrees.",
        )
    if covered < LEAST_COVERED:
        raise CameraError(
            f"The board was seen over {covered:.0%} of the picture only; {LEAST_COVERED:.0%} is the least.",
            remedy="Bring it into every corner of the picture, too.",
        )
    if not solved.error_px <= MOST_ERROR * max(size_px):
        raise CameraError(
            f"The board's corners are {solved.error_px:.1f} pixels away from where they should be.",
            remedy="Glue the board onto something flat, hold still, light it well, and do not zoom.",
        )
    if not solved.focal_doubt <= MOST_DOUBT:
        raise CameraError(
            f"The focal length is known to {solved.focal_doubt:.1%} only.",
            remedy="Show the board from more places, tilted by about 40 degrees each way.",
        )


def _check_edges(camera: Camera) -> None:
    """Raises CameraError where the lens, continued to the corners of the picture, turns back on itself."""
    width, height = camera.size_px
    corners_px = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=float)
    if np.isnan(camera.rays(corners_px)).any():
        raise CameraError(
            "What the lens does in the corners of the picture is not known.",
            remedy="Bring the board into every corner of the picture; use the main camera, not the widest.",
        )

"""Pictures of the calibration board, rendered ray by ray through a lens that is known."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import av
import cv2
import numpy as np

PAPER_MM = (210.0, 297.0)
DOTS_PER_MM = 8
BOARD = cv2.aruco.CharucoBoard((5, 7), 35.0, 26.0, cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_5X5_100))


@dataclass(frozen=True, kw_only=True)
class Lens:
    """The camera that films; its centre counts from the corner of the picture, as ours."""

    size_px: tuple[int, int] = (720, 1280)
    focal_px: float = 1000.0
    centre_px: tuple[float, float] = (366.0, 629.0)
    k1: float = 0.09
    k2: float = -0.06


@cache
def rays_of(lens: Lens) -> np.ndarray:
    """(height, width, 2) where the middle of each pixel looks, by OpenCV."""
    width, height = lens.size_px
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    x, y = lens.centre_px
    matrix = np.array([[lens.focal_px, 0, x - 0.5], [0, lens.focal_px, y - 0.5], [0, 0, 1]])
    pixels = np.stack([columns, rows], -1).reshape(-1, 1, 2).astype(np.float64)
    done = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 50, 1e-12)
    flat = cv2.undistortPoints(pixels, matrix, np.array([lens.k1, lens.k2, 0, 0, 0]), criteria=done)
    return flat.reshape(height, width, 2)


@dataclass(frozen=True, kw_only=True)
class Pose:
    """Where the middle of the board is, as a share of the half picture, and how it is turned."""

    across: float = 0.0
    down: float = 0.0
    distance_mm: float = 600.0
    turn_deg: tuple[float, float, float] = (0.0, 0.0, 0.0)


def poses(tilt_deg: float, number: int, reach: float = 0.85) -> list[Pose]:
    """All over the picture, near and far."""
    chance = np.random.default_rng(7)
    corners = itertools.cycle([(0, 0), (-reach, -reach), (reach, reach), (-reach, reach), (reach, -reach)])
    return [
        Pose(
            across=across * chance.uniform(0.6, 1),
            down=down * chance.uniform(0.6, 1),
            distance_mm=chance.uniform(350, 900),
            turn_deg=(*chance.uniform(-tilt_deg, tilt_deg, 2), chance.uniform(-20, 20)),
        )
        for across, down in itertools.islice(corners, number)
    ]


def picture(lens: Lens, pose: Pose, seed: int = 0) -> np.ndarray:
    """(height, width) the board on a grey wall, a little unsharp and noisy, as a phone sees it."""
    width, height = lens.size_px
    turn, _ = cv2.Rodrigues(np.radians(pose.turn_deg))
    direction = np.array([pose.across * width / 2, pose.down * height / 2]) / lens.focal_px
    middle_mm = np.array([*direction, 1.0]) * pose.distance_mm
    rays = np.dstack([rays_of(lens), np.ones((height, width))])
    normal = turn[:, 2]
    on_board_mm = (rays * ((middle_mm @ normal) / (rays @ normal))[..., None] - middle_mm) @ turn
    at_dots = (on_board_mm[..., :2] + np.array(PAPER_MM) / 2) * DOTS_PER_MM - 0.5
    seen = cv2.remap(
        paper(),
        at_dots.astype(np.float32),
        None,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=110,
    )
    noise = np.random.default_rng(seed).normal(0, 3, seen.shape)
    return np.clip(cv2.GaussianBlur(seen, (0, 0), 0.8) + noise, 0, 255).astype(np.uint8)


@cache
def paper() -> np.ndarray:
    """The printed page, by OpenCV's own drawing."""
    size = tuple(round(side * DOTS_PER_MM) for side in (5 * 35.0, 7 * 35.0))
    sheet = np.full((round(PAPER_MM[1] * DOTS_PER_MM), round(PAPER_MM[0] * DOTS_PER_MM)), 235, np.uint8)
    left, top = ((whole - part) // 2 for whole, part in zip(sheet.shape[::-1], size, strict=True))
    drawn = BOARD.generateImage(size)
    sheet[top : top + size[1], left : left + size[0]] = np.where(drawn > 127, 235, 25)
    # what a far pixel sees is the mean of many dots
    return cv2.GaussianBlur(sheet, (0, 0), 3)


def write_film(path: Path, size_px: tuple[int, int], pictures: Iterable[np.ndarray], rate: int = 8) -> Path:
    """An H.264 film of grey pictures."""
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=rate, options={"crf": "18", "preset": "veryfast"})
        stream.width, stream.height = size_px
        stream.pix_fmt = "yuv420p"
        for grey in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.dstack([grey] * 3), format="rgb24")))
        container.mux(stream.encode(None))
    return path

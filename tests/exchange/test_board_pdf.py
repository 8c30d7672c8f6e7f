"""The printed board, drawn from the file's own numbers and found by OpenCV's detector."""

import re
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from rom_vision.errors import UsageError
from rom_vision.exchange.board_pdf import write_board

READY = Path(__file__).parents[2] / "calibration" / "board_a4.pdf"
POINT_MM = 25.4 / 72  # PDF's unit, ISO 32000-1, 8.3.2.3
DOTS_PER_MM = 4


def page_of(pdf: bytes) -> tuple[tuple[float, float], str]:
    """Width and height of the page in mm, and the commands that draw it."""
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+)", pdf)
    streams = [zlib.decompress(part) for part in re.findall(rb"stream\r?\n(\x78.+?)\r?\nendstream", pdf, re.S)]
    (page,) = (text for text in streams if text.startswith(b"/DeviceRGB"))
    return (float(box[1]) * POINT_MM, float(box[2]) * POINT_MM), page.decode("latin1")


def outlines_mm(commands: str) -> list[tuple[float, np.ndarray]]:
    """Grey level of the filling, and the corners in mm from the lower left of the page, in the order drawn."""
    outlines: list[tuple[float, list[tuple[float, float]]]] = []
    grey = 0.0
    for level, x, y, what in re.findall(r"(?:([\d.]+) g\b)|(?:([-\d.]+) ([-\d.]+) ([ml])\b)", commands):
        if level:
            grey = float(level)
            continue
        if what == "m":
            outlines.append((grey, []))
        outlines[-1][1].append((float(x) * POINT_MM, float(y) * POINT_MM))
    return [(grey, np.array(corners)) for grey, corners in outlines]


@pytest.fixture(params=["written", "ready to print"])
def board(request: pytest.FixtureRequest, tmp_path: Path) -> bytes:
    if request.param == "ready to print":
        return READY.read_bytes()
    write_board(tmp_path / "board.pdf")
    return (tmp_path / "board.pdf").read_bytes()


def test_the_board_is_true_to_scale(board: bytes) -> None:
    (width, height), commands = page_of(board)
    assert (width, height) == pytest.approx((210, 297), abs=0.01)

    paper = np.full((round(height * DOTS_PER_MM), round(width * DOTS_PER_MM)), 255, np.uint8)
    for grey, corners in outlines_mm(commands):
        if len(corners) >= 4:
            down = np.stack([corners[:, 0], height - corners[:, 1]], -1)
            sixteenths = np.round(down * DOTS_PER_MM * 16 - 8).astype(np.int32)  # cv2 counts from pixel middles
            cv2.fillPoly(paper, [sixteenths], round(255 * grey), shift=4)
    known = cv2.aruco.CharucoBoard((5, 7), 35.0, 26.0, cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_5X5_100))
    corners, ids, _, _ = cv2.aruco.CharucoDetector(known).detectBoard(paper)
    assert len(ids) == 24
    on_page_mm = (corners.reshape(-1, 2) + 0.5) / DOTS_PER_MM
    on_board_mm = known.getChessboardCorners()[ids.ravel(), :2]
    np.testing.assert_allclose(on_page_mm - on_board_mm, np.tile([17.5, 14.0], (24, 1)), atol=0.15)


def test_both_rulers_are_100_mm(board: bytes) -> None:
    _, commands = page_of(board)
    lines = [np.ptp(outline, axis=0) for _, outline in outlines_mm(commands) if len(outline) == 2]
    across, down = np.array(lines).T
    assert np.isclose(across, 100, atol=0.01).sum() == 1
    assert np.isclose(down, 100, atol=0.01).sum() == 1


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    write_board(tmp_path / "one.pdf")
    write_board(tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be written"):
        write_board(tmp_path / "missing" / "board.pdf")

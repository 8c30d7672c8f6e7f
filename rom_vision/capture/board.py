"""The calibration board: a chessboard with markers (ChArUco), so that any part of it says where it is.

Source: Garrido-Jurado et al. 2014, Pattern Recognition 47(6), 2280-2292, for the markers; the combination with a
chessboard is OpenCV's.
"""

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.camera import Array

COLUMNS, ROWS = 5, 7
SQUARE_MM, MARKER_MM = 35.0, 26.0
MARKER_CELLS = 7  # of a side: 5 of its number and a black border of one
LEAST_CORNERS = 10  # a row has 6 at most: so many span a plane, and say how the board is tilted

DICTIONARY = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_5X5_100)
BOARD = cv2.aruco.CharucoBoard((COLUMNS, ROWS), SQUARE_MM, MARKER_MM, DICTIONARY)


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Sighting:
    """The board in one picture.

    Attributes:
        board_mm: (n, 2) where the corners that are seen lie on the board, from its upper left.
        image_px: (n, 2) where they are seen; the middle of the first pixel is (0.5, 0.5).
    """

    board_mm: Array
    image_px: Array

    @classmethod
    def in_picture(cls, grey: NDArray[np.uint8]) -> Self | None:
        """Look for the board.

        Args:
            grey: (height, width).
        Returns:
            None where too little of it is seen.
        """
        corners, ids, _, _ = cv2.aruco.CharucoDetector(BOARD).detectBoard(grey)
        if ids is None or len(ids) < LEAST_CORNERS:
            return None
        board_mm = np.asarray(BOARD.getChessboardCorners(), dtype=float)[ids.ravel(), :2]
        return cls(board_mm=board_mm, image_px=corners.reshape(-1, 2).astype(float) + 0.5)

    def outline_px(self) -> Array:
        """(4, 2) where the board's own corners are, as far as a perfect lens would tell, clockwise."""
        onto_picture, _ = cv2.findHomography(self.board_mm, self.image_px)
        width, height = COLUMNS * SQUARE_MM, ROWS * SQUARE_MM
        corners_mm = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], dtype=float)
        return np.asarray(cv2.perspectiveTransform(corners_mm, onto_picture)[0], dtype=float)


def black_squares_mm() -> Array:
    """(n, 3) what is black on the board: left and upper edge from its upper left corner, and length of side."""
    squares = {(column, row) for column in range(COLUMNS) for row in range(ROWS)}
    cell_mm = MARKER_MM / MARKER_CELLS
    black: list[tuple[float, float, float]] = []
    for marker, corners in zip(np.ravel(BOARD.getIds()), BOARD.getObjPoints(), strict=True):
        left, top, _ = np.min(corners, axis=0)
        squares.remove((int(left // SQUARE_MM), int(top // SQUARE_MM)))  # a marker stands in a white square
        cells = cv2.aruco.generateImageMarker(DICTIONARY, int(marker), MARKER_CELLS, borderBits=1)
        black += [
            (left + column * cell_mm, top + row * cell_mm, cell_mm) for row, column in np.argwhere(cells == 0)
        ]
    black += [(column * SQUARE_MM, row * SQUARE_MM, SQUARE_MM) for column, row in sorted(squares)]
    return np.array(black)

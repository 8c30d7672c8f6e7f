"""Rotation matrices, for one angle or a whole curve of them."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def turn(axis: str, angle_deg: ArrayLike) -> Array:
    """Right-handed rotation about x, y or z: (..., 3, 3) for angles of shape (...), degrees."""
    angle = np.radians(np.asarray(angle_deg, float))
    cos, sin = np.cos(angle), np.sin(angle)
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.zeros((*angle.shape, 3, 3))
    matrix[...] = np.eye(3)
    matrix[..., first, first] = matrix[..., second, second] = cos
    matrix[..., second, first], matrix[..., first, second] = sin, -sin
    return matrix


def shortest(start: Array, end: Array) -> Array:
    """(3, 3), the smallest rotation that takes one direction to another; not for opposite ones."""
    start, end = start / np.linalg.norm(start), end / np.linalg.norm(end)
    x, y, z = np.cross(start, end)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + cross + cross @ cross / (1 + start @ end)

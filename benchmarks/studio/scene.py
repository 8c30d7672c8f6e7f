"""Things that do not move, as real geometry, so that they stand, shade and are hidden rightly."""

from dataclasses import dataclass, field

import numpy as np

from benchmarks.studio.body import Array
from benchmarks.studio.rotation import turn

Colour = tuple[float, float, float]

PLAIN, BOARDS, PLASTER, CLOTH, PRINT, CARPET, WINDOW = range(7)


@dataclass(slots=True, kw_only=True)
class Room:
    """Triangles of everything that does not move.

    Attributes:
        corners: one (3k, 10) block for each thing: position, normal, colour (linear), material.
    """

    corners: list[Array] = field(default_factory=list)

    def vertices(self) -> Array:
        return np.concatenate(self.corners)

    def quad(self, a: Array, b: Array, c: Array, d: Array, colour: Colour, material: int) -> None:
        """Four corners, counter-clockwise seen from the front."""
        a, b, c, d = (np.asarray(p, float) for p in (a, b, c, d))
        normal = np.cross(b - a, d - a)
        normal /= np.linalg.norm(normal)
        tail = np.concatenate([normal, linear(colour), [material]])
        self.corners.append(np.stack([np.concatenate([p, tail]) for p in (a, b, c, a, c, d)]))

    def box(self, middle: Array, size: Array, colour: Colour, material: int = PLAIN) -> None:
        middle, half = np.asarray(middle, float), np.asarray(size, float) / 2
        for axis in range(3):
            for sign in (-1.0, 1.0):
                out, u, v = np.zeros(3), np.zeros(3), np.zeros(3)
                out[axis] = sign * half[axis]
                u[(axis + 1) % 3] = half[(axis + 1) % 3]
                v[(axis + 2) % 3] = sign * half[(axis + 2) % 3]
                face = middle + out
                self.quad(face - u - v, face + u - v, face + u + v, face - u + v, colour, material)

    def column(
        self, foot: Array, radii: tuple[float, float], height: float, colour: Colour, material: int = PLAIN
    ) -> None:
        """A round column that may taper."""
        foot = np.asarray(foot, float)
        angles = np.linspace(0, 2 * np.pi, 21)
        ring = np.stack([np.cos(angles), np.sin(angles), 0 * angles], 1)
        low, high = foot + radii[0] * ring, foot + radii[1] * ring + [0, 0, height]
        middle = foot + np.array([0.0, 0.0, height])
        for k in range(20):
            self.quad(low[k], low[k + 1], high[k + 1], high[k], colour, material)
            self.quad(high[k], high[k + 1], middle, middle + 0.5 * (high[k] - middle), colour, material)

    def ball(self, middle: Array, radius: float, colour: Colour, material: int = PLAIN) -> None:
        u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 25), np.linspace(-np.pi / 2, np.pi / 2, 13), indexing="ij")
        points = np.stack([np.cos(v) * np.cos(u), np.cos(v) * np.sin(u), np.sin(v)], -1)
        tail = np.concatenate([linear(colour), [material]])
        for i in range(24):
            for k in range(12):
                around = [
                    points[i, k],
                    points[i + 1, k],
                    points[i + 1, k + 1],
                    points[i, k],
                    points[i + 1, k + 1],
                    points[i, k + 1],
                ]
                self.corners.append(
                    np.stack([np.concatenate([np.asarray(middle) + radius * p, p, tail]) for p in around])
                )

    def turned(self, angle_deg: float) -> "Room":
        """The room turned about the vertical through the origin."""
        matrix = turn("z", angle_deg)
        blocks = []
        for block in self.corners:
            block = block.copy()
            block[:, :3] = block[:, :3] @ matrix.T
            block[:, 3:6] = block[:, 3:6] @ matrix.T
            blocks.append(block)
        return Room(corners=blocks)


def linear(colour: Colour) -> Array:
    """sRGB shares to linear light."""
    return np.asarray(colour, float) ** 2.2

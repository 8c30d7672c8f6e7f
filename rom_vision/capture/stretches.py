"""Runs of frames that have something in common."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


def stretches(marked: NDArray[np.bool_]) -> list[slice]:
    """The runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(int)))
    return [slice(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def gaps(marked: NDArray[np.bool_], time_s: NDArray[np.float64], longer_s: float) -> Iterator[tuple[int, int]]:
    """The last place before, and the first after, each time without a mark between two runs that is longer."""
    for before, after in pairwise(stretches(marked)):
        last, first = before.stop - 1, after.start
        if time_s[first] - time_s[last] > longer_s:
            yield last, first

"""A client whom nobody handles: found among everybody in some pictures, watched in a region of their own in all.

MediaPipe's detector lays the region of a body anew in every picture, by two points, so that it jumps a little; and
its landmark network does not see both sides alike. A region that goes with the body, shown to the network straight
and in a mirror in turn, evens both out in the smooth movement that is fitted later. On rendered people of the
development split (23 films of 14 tests at the ideal view) the mean error of the peak was 3.2 degrees that way, and
3.5 the other; a real squat, of which nothing was learned, 5.6 and 5.8 over its eight angles.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from scipy.ndimage import median_filter

from rom_vision.capture.client import Client, choose_client
from rom_vision.capture.following import FOLLOWING, clients_own
from rom_vision.capture.landmarks import Array, Landmarks
from rom_vision.capture.pose import find_in_regions, find_people
from rom_vision.capture.pose_model import PoseModel
from rom_vision.capture.region import Region, radii_px, region_round, trunks_px
from rom_vision.capture.video import Frame
from rom_vision.progress import Progress, untold

EVERY_S = 0.1  # everybody is looked for so often
JUMPS = 3  # pictures among which one that jumps is outvoted
REACH_S = 1.5  # so long before or after they were found, the client is looked for where they were
TURNS_HZ = 30.0  # straight and mirrored; the body is fitted to so many pictures a second at most


def watch_client(
    frames: Iterable[Frame],
    model: PoseModel,
    at_share: tuple[float, float] | None = None,
    at_s: float = 0.0,
    *,
    workers: int | None = None,
    expected_frames: int | None = None,
    on_progress: Progress = untold,
) -> Client:
    """Find the client among everybody, and their landmarks in every picture.

    Args:
        frames: upright RGB frames, all of one size; gone through twice.
        at_share, at_s: as of `choose_client`.
        workers, expected_frames, on_progress: as of `find_people`.
    Raises:
        UsageError: nobody was seen at that point.
    """
    times_s: list[float] = []
    people = find_people(
        _now_and_then(frames, times_s), model, workers=workers,
        on_progress=lambda doing, done, of: on_progress(doing, len(times_s), expected_frames),
    )  # fmt: skip
    client = choose_client(people, at_share, at_s)
    trunks, radii = _path(client.landmarks, np.array(times_s))
    found = find_in_regions(
        frames, model, _regions(times_s, trunks, radii), workers=workers, expected_frames=len(times_s),
        on_progress=lambda doing, done, of: on_progress(FOLLOWING, done, of),
    )  # fmt: skip
    rows = clients_own(found, trunks, radii)
    return Client(landmarks=Landmarks.from_rows(found.time_s, found.size_px, rows), others=client.others)


def _now_and_then(frames: Iterable[Frame], times_s: list[float]) -> Iterator[Frame]:
    """Some of the frames; the times of all are noted."""
    last_s = -np.inf
    for frame in frames:
        times_s.append(frame.time_s)
        if frame.time_s - last_s >= EVERY_S - 0.001:
            last_s = frame.time_s
            yield frame


def _path(seen: Landmarks, times_s: Array) -> tuple[Array, Array]:
    """(n, 4) the trunk and (n,) the radius of the body at all times; NaN where the client was not found for long.

    The detector loses people who lie, most when a leg is up; the network that looks at a region does not.
    """
    if not seen.seen.any():
        return np.full((len(times_s), 4), np.nan), np.full(len(times_s), np.nan)
    at_s, rows = seen.time_s[seen.seen], seen.image_px[seen.seen]
    trunks = median_filter(trunks_px(rows), (JUMPS, 1), mode="nearest")
    # as close round the body in every picture as MediaPipe's own: landmarks of a squat in a region for one who
    # stands were off by a quarter more
    radii = median_filter(radii_px(rows), JUMPS, mode="nearest")
    path = np.column_stack([np.interp(times_s, at_s, column) for column in (*trunks.T, radii)])
    path[_away_s(times_s, at_s) > REACH_S] = np.nan
    return path[:, :4], path[:, 4]


def _away_s(times_s: Array, known_s: Array) -> Array:
    """(n,) how far each of the times is from the nearest of those known, both rising."""
    after = np.searchsorted(known_s, times_s)
    before, after = np.maximum(after - 1, 0), np.minimum(after, len(known_s) - 1)
    return np.minimum(np.abs(times_s - known_s[before]), np.abs(times_s - known_s[after]))


def _regions(times_s: Iterable[float], trunks: Array, radii: Array) -> Iterator[Region | None]:
    for at_s, trunk, radius in zip(times_s, trunks, radii, strict=True):
        if np.isnan(radius):
            yield None
        else:
            region = region_round(trunk, float(radius))
            yield region.in_mirror() if round(at_s * TURNS_HZ) % 2 else region

"""Faces made unreadable in a film that is kept: everyone's, standing or lying.

A head is where the pose model puts eyes, ears, nose and mouth; what is covered is a circle round it, larger
rather than smaller. Where somebody is lost for a moment, the circle goes on from before to after; the frames in
which that took long, or in which nobody was found, are told, so that a person looks at them.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from rom_vision.capture.film_file import encode
from rom_vision.capture.landmarks import Array
from rom_vision.capture.pose import People, find_people
from rom_vision.capture.pose_model import DEFAULT_SIZE, pose_model
from rom_vision.capture.stretches import stretches
from rom_vision.capture.video import Image, Video
from rom_vision.errors import UsageError
from rom_vision.progress import Progress, untold

DOING = "Covering the faces"
LONGEST_PX = 1280  # to find people in; the film keeps its size
HEAD, SHOULDERS, HIPS = slice(0, 11), (11, 12), (23, 24)
# A head's radius: in spreads of its points, which shrink in profile; in widths of the shoulders, which do too; and
# in lengths of the trunk, which shrink when it points at the camera. The largest counts.
SPREADS, SHOULDER_WIDTHS, TRUNKS = 2.2, 0.5, 0.33
AROUND_S = 0.2  # a head is covered where it was so long before and will be so long after, too
LONGEST_GAP_S = 3.0  # who is lost is looked for so long
SAME_HEAD, RADII_PER_S = 1.5, 3.0  # nearer than so many radii, and so many more a second, is the same head again
BLOCKS = 5  # across a covered head


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """The heads of one frame.

    Attributes:
        circles_px: (heads, 3) x, y and radius.
        in_doubt: whether somebody may have been missed.
    """

    circles_px: Array
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class Blurred:
    """What was done to a film.

    Attributes:
        frames: how many it has.
        in_doubt_s: from and to when, in seconds, somebody may have been missed.
    """

    frames: int
    in_doubt_s: tuple[tuple[float, float], ...]


def blur_faces(
    video: Path,
    out: Path,
    *,
    model: str = DEFAULT_SIZE,
    workers: int | None = None,
    on_progress: Progress = untold,
) -> Blurred:
    """Write the film anew with every face covered and without its sound, which tells who speaks.

    Args:
        video: the film; it stays as it is.
        out: the .mp4 to write; it appears when it is whole.
        model: of the pose, as in `measure`.
        workers: processes that look at frames; one a core by default.
        on_progress: told after each frame; may raise CancelledError to stop.
    Raises:
        UsageError: out is the film itself.
        VideoError: the film can't be read.
        ModelError: the pose model can't be obtained or opened.
    """
    if out.exists() and out.samefile(video):
        raise UsageError("A film can't be written over itself.", remedy="Give the new film another name.")
    small, whole = Video(video, longest_px=LONGEST_PX), Video(video)
    people = find_people(
        small, pose_model(model), workers=workers, expected_frames=small.expected_frames, on_progress=on_progress
    )
    heads = heads_of(people)
    part = out.with_name(f".{out.name}.part")
    try:
        encode(_covered(whole, heads, whole.size_px[0] / small.size_px[0], on_progress), part)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return Blurred(
        frames=len(heads), in_doubt_s=_spans(people.time_s, np.array([frame.in_doubt for frame in heads], bool))
    )


def heads_of(people: People) -> list[Heads]:
    """The heads to cover in each frame: those found, those bridged, and where they are just before and after.

    In doubt is a frame in which fewer are found than a little before or after, or nobody is.
    """
    time_s = people.time_s
    found = [np.array([head_circle(row) for row in rows]).reshape(-1, 3) for rows in people.rows]
    cover = [list(circles) for circles in found]
    for track in _tracks(found, time_s):
        _fill(track, time_s, cover)
    counts = np.array([len(circles) for circles in found])
    heads = []
    for at_s in time_s:
        near, far = (np.abs(time_s - at_s) <= limit_s for limit_s in (AROUND_S, LONGEST_GAP_S))
        circles = [circle for other in np.flatnonzero(near) for circle in cover[other]]
        doubt = bool(counts[near].max() < max(1, counts[far].max()))
        heads.append(Heads(np.array(circles).reshape(-1, 3), doubt))
    return heads


def head_circle(row: Array) -> Array:
    """(3,) middle and radius of the head of one sighting (33, 7)."""
    points = row[:, :2]
    middle = points[HEAD].mean(axis=0)
    spread = float(np.linalg.norm(points[HEAD] - middle, axis=1).max())
    shoulders = float(np.linalg.norm(points[SHOULDERS[0]] - points[SHOULDERS[1]]))
    trunk = float(np.linalg.norm(points[list(SHOULDERS)].mean(axis=0) - points[list(HIPS)].mean(axis=0)))
    return np.array([*middle, max(SPREADS * spread, SHOULDER_WIDTHS * shoulders, TRUNKS * trunk)])


def covered(image: Image, circles_px: Array) -> Image:
    """The picture with those circles turned into a few large blocks each."""
    import cv2  # slow to load, and who only opens a record does not need it

    picture = image.copy()
    height, width = picture.shape[:2]
    for x, y, radius in circles_px:
        left, right = (int(np.clip(x + side * radius, 0, width)) for side in (-1, 1))
        top, bottom = (int(np.clip(y + side * radius, 0, height)) for side in (-1, 1))
        if left >= right or top >= bottom:
            continue
        box = picture[top:bottom, left:right]
        few = cv2.resize(image[top:bottom, left:right], (BLOCKS, BLOCKS), interpolation=cv2.INTER_AREA)
        blocks = cv2.resize(few, (right - left, bottom - top), interpolation=cv2.INTER_NEAREST)
        down, across = np.mgrid[top:bottom, left:right]
        inside = (across - x) ** 2 + (down - y) ** 2 <= radius**2
        box[inside] = blocks[inside]
    return picture


def _tracks(found: Sequence[Array], time_s: Array) -> list[dict[int, Array]]:
    """Each head over time: frame -> circle. No two are taken for one."""
    tracks: list[dict[int, Array]] = []
    for frame, circles in enumerate(found):
        going = [track for track in tracks if time_s[frame] - time_s[max(track)] <= LONGEST_GAP_S]
        free = set(range(len(circles)))
        if going and free:
            cost = np.array([[_apart(track, circle, frame, time_s) for circle in circles] for track in going])
            for t, c in zip(*linear_sum_assignment(np.minimum(cost, 1.0)), strict=True):
                if cost[t, c] < 1:
                    going[t][frame] = circles[c]
                    free.remove(int(c))
        tracks += [{frame: circles[c]} for c in sorted(free)]
    return tracks


def _apart(track: dict[int, Array], circle: Array, frame: int, time_s: Array) -> float:
    """Below 1 the circle can be the next of that head."""
    last = max(track)
    reach = (SAME_HEAD + RADII_PER_S * (time_s[frame] - time_s[last])) * max(track[last][2], circle[2])
    return float(np.linalg.norm(track[last][:2] - circle[:2]) / reach)


def _fill(track: dict[int, Array], time_s: Array, cover: list[list[Array]]) -> None:
    """Cover a head where it is lost: on the way between two sightings, and for a while before the first and after
    the last, since who is lost is mostly still there; more widely the longer."""
    for one, other in itertools.pairwise(sorted(track)):
        for between in range(one + 1, other):
            share = (time_s[between] - time_s[one]) / (time_s[other] - time_s[one])
            circle = (1 - share) * track[one] + share * track[other]
            cover[between].append(circle * [1, 1, 1 + min(1.0, time_s[other] - time_s[one])])
    for end, way in ((min(track), -1), (max(track), 1)):
        frame = end + way
        while 0 <= frame < len(time_s) and abs(gap_s := time_s[frame] - time_s[end]) <= LONGEST_GAP_S:
            cover[frame].append(track[end] * [1, 1, 1 + min(1.0, abs(gap_s))])
            frame += way


def _covered(
    film: Video, heads: Sequence[Heads], larger: float, on_progress: Progress
) -> Iterator[tuple[float, Image]]:
    width, height = (length // 2 * 2 for length in film.size_px)
    for number, (frame, there) in enumerate(zip(film, heads, strict=True)):
        yield frame.time_s, np.ascontiguousarray(covered(frame.image, there.circles_px * larger)[:height, :width])
        on_progress(DOING, number + 1, len(heads))


def _spans(time_s: Array, marked: NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    """From and to when it is marked."""
    return tuple((float(time_s[run.start]), float(time_s[run.stop - 1])) for run in stretches(marked))

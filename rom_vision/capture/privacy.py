"""Faces made unreadable in a film that is kept: everyone's, standing or lying.

A head is where the pose model puts eyes, ears, nose and mouth; what is covered is a circle round it, larger
rather than smaller. Where somebody is lost for a moment, the circle goes on from before to after; the frames in
which that took long, or in which nobody was found, are told, so that a person looks at them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rom_vision.capture.film_file import encode
from rom_vision.capture.landmarks import Array
from rom_vision.capture.pose import People, find_people
from rom_vision.capture.pose_model import DEFAULT_SIZE, pose_model
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
SURE_GAP_S, LONGEST_GAP_S = 0.5, 3.0  # a gap in between is bridged, and told
SAME_HEAD = 2.5  # radii, and one more for every tenth of a second: nearer is the same head again
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
    return Blurred(frames=len(heads), in_doubt_s=_spans(people.time_s, [frame.in_doubt for frame in heads]))


def heads_of(people: People) -> list[Heads]:
    """The heads to cover in each frame: those found, those bridged, and where they are just before and after."""
    time_s = people.time_s
    found = [np.array([head_circle(row) for row in rows]).reshape(-1, 3) for rows in people.rows]
    doubt = [not len(circles) for circles in found]
    bridged: list[list[Array]] = [[] for _ in found]
    for frame, circles in enumerate(found):
        for circle in circles:
            after = _next_sighting(circle, frame, found, time_s)
            if after is None:
                _fade_out(circle, frame, time_s, bridged, doubt)
            else:
                _bridge(circle, frame, *after, time_s, bridged, doubt)
    own = [
        np.concatenate([circles, *map(np.atleast_2d, more)]) for circles, more in zip(found, bridged, strict=True)
    ]
    starts = np.searchsorted(time_s, time_s - AROUND_S)
    ends = np.searchsorted(time_s, time_s + AROUND_S, side="right")
    around = [np.concatenate(own[start:end]) for start, end in zip(starts, ends, strict=True)]
    return [Heads(circles, is_doubtful) for circles, is_doubtful in zip(around, doubt, strict=True)]


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


def _next_sighting(circle: Array, frame: int, found: Sequence[Array], time_s: Array) -> tuple[int, Array] | None:
    """The next frame in which this head is seen, and where; None if it is not seen again soon."""
    for later in range(frame + 1, len(found)):
        gap_s = time_s[later] - time_s[frame]
        if gap_s > LONGEST_GAP_S:
            return None
        for other in found[later]:
            near = (SAME_HEAD + 10 * gap_s) * max(circle[2], other[2])
            if np.linalg.norm(circle[:2] - other[:2]) <= near:
                return later, other
    return None


def _bridge(
    before: Array,
    frame: int,
    later: int,
    after: Array,
    time_s: Array,
    bridged: list[list[Array]],
    doubt: list[bool],
) -> None:
    """Cover the frames between two sightings of a head, more widely the longer it was lost."""
    gap_s = time_s[later] - time_s[frame]
    for between in range(frame + 1, later):
        share = (time_s[between] - time_s[frame]) / gap_s
        circle = (1 - share) * before + share * after
        circle[2] *= 1 + min(1.0, gap_s)
        bridged[between].append(circle)
        doubt[between] |= bool(gap_s > SURE_GAP_S)


def _fade_out(circle: Array, frame: int, time_s: Array, bridged: list[list[Array]], doubt: list[bool]) -> None:
    """A head that is not seen again stays covered for a while: who is lost is mostly still there."""
    for later in range(frame + 1, len(time_s)):
        if time_s[later] - time_s[frame] > LONGEST_GAP_S:
            return
        bridged[later].append(np.array([circle[0], circle[1], 1.5 * circle[2]]))
        doubt[later] = True


def _covered(
    film: Video, heads: Sequence[Heads], larger: float, on_progress: Progress
) -> Iterator[tuple[float, Image]]:
    width, height = (length // 2 * 2 for length in film.size_px)
    for number, (frame, there) in enumerate(zip(film, heads, strict=True)):
        yield frame.time_s, np.ascontiguousarray(covered(frame.image, there.circles_px * larger)[:height, :width])
        on_progress(DOING, number + 1, len(heads))


def _spans(time_s: Array, marked: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """From and to when it is marked."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(int))).reshape(-1, 2)
    return tuple((float(time_s[start]), float(time_s[end - 1])) for start, end in edges)

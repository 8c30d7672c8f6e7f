"""Which of the people in the picture is the client.

Sightings are linked into tracks, frame by frame, by how near and how alike in pose they are. The client is
the person whom the user points at, else the one who is largest and most central over the whole clip.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

from rom_vision.capture.landmarks import POINTS, Array, Landmarks
from rom_vision.capture.pose import People
from rom_vision.errors import UsageError

# How far a person's landmarks may have moved since the last sighting, as a share of the person's size.
# Two people side by side are about one size apart; a fast limb moves the mean of all points far less.
NEAR = 0.4
NEAR_PER_SECOND = 0.5  # and this much more for every second unseen
SAME_BODY = 0.25  # tracks nearer than this to the client's are a second sighting of the client
OTHER_SHARE = 0.1  # of the frames: who is seen less is not worth a remark


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Client:
    """The client, told apart from the others.

    Attributes:
        landmarks: of the client alone.
        others: how many other people were in the picture for a notable part of the clip.
    """

    landmarks: Landmarks
    others: int


@dataclass(slots=True)
class _Track:
    """One person's sightings: frame number -> (33, 7) row."""

    sightings: dict[int, Array] = field(default_factory=dict)

    @property
    def last(self) -> tuple[int, Array]:
        frame = next(reversed(self.sightings))
        return frame, self.sightings[frame]


def choose_client(people: People, at_share: tuple[float, float] | None = None, at_s: float = 0.0) -> Client:
    """Tell the client apart from everyone else in the clip.

    Args:
        people: everyone seen in the clip.
        at_share: a point on the client, as shares of the picture's width and height.
        at_s: when the client is there, seconds; of the frames in which anyone is seen the nearest is taken.
    Raises:
        UsageError: nobody was seen at that point.
    """
    tracks = _tracks(people)
    chosen = _largest_and_most_central(people, tracks) if at_share is None else _at(people, tracks, at_share, at_s)
    rows = np.full((len(people.time_s), POINTS, 7), np.nan)
    for frame, row in chosen.sightings.items():
        rows[frame] = row
    return Client(
        landmarks=Landmarks.from_rows(people.time_s, people.size_px, rows),
        others=sum(_is_another(track, chosen, len(rows)) for track in tracks if track is not chosen),
    )


def _tracks(people: People) -> list[_Track]:
    tracks: list[_Track] = []
    for frame, rows in enumerate(people.rows):
        free = set(range(len(rows)))
        if tracks and free:
            cost = np.array([[_strangeness(track, row, frame, people.time_s) for row in rows] for track in tracks])
            for t, r in zip(*linear_sum_assignment(np.minimum(cost, 1.0)), strict=True):
                if cost[t, r] < 1:
                    tracks[t].sightings[frame] = rows[r]
                    free.remove(int(r))
        tracks += [_Track({frame: rows[r]}) for r in sorted(free)]
    return tracks


def _strangeness(track: _Track, row: Array, frame: int, time_s: Array) -> float:
    """Below 1 the row can be the next sighting of the track's person."""
    last_frame, last = track.last
    unseen_s = float(time_s[frame] - time_s[last_frame])
    return _apart(last, row) / (NEAR + NEAR_PER_SECOND * unseen_s)


def _apart(one: Array, other: Array) -> float:
    """How far two sightings are from each other in place and pose: mean distance, as a share of the size."""
    return float(np.linalg.norm(one[:, :2] - other[:, :2], axis=1).mean() / _size_px(one))


def _size_px(row: Array) -> float:
    """Diagonal of the box around a sighting."""
    return float(np.linalg.norm(np.ptp(row[:, :2], axis=0)))


def _largest_and_most_central(people: People, tracks: list[_Track]) -> _Track:
    middle, longer_px = np.array(people.size_px) / 2, max(people.size_px)

    def weight(track: _Track) -> float:
        """Summed over the frames, so that who is seen longer weighs more."""
        total = 0.0
        for row in track.sightings.values():
            off_px = float(np.linalg.norm(row[:, :2].mean(axis=0) - middle))
            total += _size_px(row) * max(0.0, 1 - off_px / longer_px)
        return total

    return max(tracks, key=weight, default=_Track())


def _at(people: People, tracks: list[_Track], at_share: tuple[float, float], at_s: float) -> _Track:
    """The person at that point in the frame nearest to that time in which anyone is seen."""
    point = np.array(at_share) * people.size_px
    frames = sorted({frame for track in tracks for frame in track.sightings})
    first = min(frames, key=lambda frame: abs(people.time_s[frame] - at_s), default=0)
    there = []
    for track in tracks:
        points = track.sightings[first][:, :2] if first in track.sightings else None
        if points is not None and np.all((points.min(axis=0) <= point) & (point <= points.max(axis=0))):
            there.append((float(np.linalg.norm(points - point, axis=1).min()), track))
    if not there:
        across, down = (round(100 * share) for share in at_share)
        raise UsageError(
            f"Nobody was seen at {across} % of the width and {down} % of the height of "
            + (f"the picture at {at_s:.1f} s." if at_s else "the first frame."),
            remedy="Point at the client's body, in pixels of the upright picture.",
        )
    return min(there, key=lambda found: found[0])[1]


def _is_another(track: _Track, client: _Track, frames: int) -> bool:
    if len(track.sightings) < OTHER_SHARE * frames:
        return False
    both = track.sightings.keys() & client.sightings.keys()
    apart = [_apart(client.sightings[frame], track.sightings[frame]) for frame in both]
    return bool(apart) and float(np.median(apart)) > SAME_BODY

"""A client whom somebody else handles: found by lying or sitting still, and held in a region of their own.

In a passive test the therapist bends over the client, holds the limb, stands in front, comes and goes. The pose
model's detector then takes the one, the other, or parts of both. So a few pictures of the clip are looked at from
many views first: of the bodies that are found in the same place again and again, the one that lies is the client,
or the one that sits. Then every picture is looked at in the client's region alone, shifted a little from one to
the next: a landmark that stands on the client's own limb does not mind, one that has strayed to somebody else's
does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, cycle, repeat

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.client import Client
from rom_vision.capture.landmarks import POINTS, Array, Landmarks
from rom_vision.capture.pose import People, find_in_regions, find_people
from rom_vision.capture.pose_model import PoseModel
from rom_vision.capture.region import Region, radii_px, region_round, trunks_px
from rom_vision.capture.video import Frame
from rom_vision.capture.views import views_of
from rom_vision.errors import UsageError
from rom_vision.progress import Progress, untold

LOOKED_FOR = 6  # pictures at least, twice as many at most, spread over the clip
SEEKING = "Finding the client"
FOLLOWING = "Following the client"
TWICE = 2  # views of one picture: a body that a single view shows may be made up of two people's limbs
# Places and distances below are shares of the radius of the client's body: from the hips to the farthest point.
SAME_PLACE = 0.15  # trunks that are nearer lie in the same place
STAYS = 0.4  # of the pictures looked at: who is found in one place in fewer does not lie or sit there
LIES = 0.7  # of the trunk's length that runs across the picture: of who stands, sits or leans it is less
LOWER = 0.3  # who sits has the shoulders or the hips lower than who stands or kneels beside
SMALLER = 0.7  # of another body's radius: who is no larger is a mirror image, a figure on a poster, or far away
FROM_TRUNK = 0.6  # who is pointed at from farther off is somebody else
ELSEWHERE = 0.6  # who is farther from the client is somebody else
LOST = 0.35  # of a trunk found farther from where it was looked for: that is not the client's
SHIFTS = ((1.0, 0.0), (0.88, 0.2), (1.13, -0.2))  # scale and turn of the region, from one picture to the next
# How far a landmark moves with the region: below the first it can be trusted, beyond the second it can't. On
# rendered clients 95 of 100 right landmarks stay below the middle, and 80 of 100 strayed ones are beyond it.
STRAYING = (0.1, 0.28)


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class _Place:
    """A place where a body was found again and again.

    Attributes:
        found: numbers of its sightings.
        pictures: in how many pictures it was found from views enough.
        middle: number of the sighting that the others lie round.
        trunk_px: (4,) of that one, and its radius_px.
    """

    found: NDArray[np.intp]
    pictures: int
    middle: int
    trunk_px: Array
    radius_px: float

    @property
    def lies(self) -> bool:
        """Whether the trunk is nearer to lying than to standing."""
        across, down = self.trunk_px[2:] - self.trunk_px[:2]
        return bool(abs(across) > LIES * np.hypot(across, down))

    def apart(self, other: "_Place") -> bool:
        """Whether it is another body."""
        return bool(_apart_px(other.trunk_px[None], self.trunk_px)[0] >= SAME_PLACE * self.radius_px)

    def round(self, point: Array) -> bool:
        """Whether the point (2,) is not far from the trunk."""
        hips, shoulders = self.trunk_px[:2], self.trunk_px[2:]
        way = shoulders - hips
        share = np.clip((point - hips) @ way / max(float(way @ way), 1.0), 0, 1)
        return bool(np.linalg.norm(point - hips - share * way) < FROM_TRUNK * self.radius_px)

    def smaller(self, other: "_Place") -> bool:
        """Whether it is clearly smaller in the picture."""
        return self.radius_px <= SMALLER * other.radius_px

    def lower(self, other: "_Place") -> bool:
        """Whether its shoulders are clearly lower in the picture, or its hips, as beside somebody who kneels."""
        hips, shoulders = (self.trunk_px - other.trunk_px)[[1, 3]] / self.radius_px
        return bool(shoulders > LOWER or (hips > LOWER and shoulders > 0))


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class _Sightings:
    """All bodies found in m views: time (m,), row (m, 33, 7), trunk (m, 4), radius (m,)."""

    time_s: Array
    rows: Array
    trunks_px: Array
    radii_px: Array

    def near(self, trunk_px: Array, share: float) -> NDArray[np.bool_]:
        """(m,) whose hips and shoulders both lie so near to this trunk's, as a share of their radius."""
        return _apart_px(self.trunks_px, trunk_px) < share * self.radii_px


def follow_client(
    frames: Iterable[Frame],
    model: PoseModel,
    at_share: tuple[float, float] | None = None,
    *,
    workers: int | None = None,
    expected_frames: int | None = None,
    on_progress: Progress = untold,
) -> Client:
    """Find the client of a passive test, and their landmarks with how far each can be trusted.

    Args:
        frames: upright RGB frames, all of one size; gone through twice.
        at_share: a point on the client, as shares of the picture's width and height; None takes who lies or
            sits most still.
        workers, expected_frames, on_progress: as of `find_people`.
    Raises:
        UsageError: nobody stays at that point.
    """
    few, times_s = _spread_over(frames)
    sightings, size_px = _seek(few, model, workers, on_progress)
    client = _client_place(sightings, size_px, at_share)
    if client is None:
        nobody = np.full((len(times_s), POINTS, 7), np.nan)
        return Client(landmarks=Landmarks.from_rows(times_s, size_px, nobody), others=0)
    trunks, radius = _path(sightings, client, times_s)
    found = find_in_regions(
        frames, model, _regions(trunks, radius), workers=workers, expected_frames=expected_frames,
        on_progress=lambda doing, done, of: on_progress(FOLLOWING, done, of),
    )  # fmt: skip
    rows = clients_own(found, trunks, radius)
    landmarks = Landmarks.from_rows(found.time_s, found.size_px, rows, trust=trust(rows, radius))
    return Client(landmarks=landmarks, others=int(_somebody_else(sightings, client)))


def trust(rows: Array, radius_px: float) -> Array:
    """How far each landmark can be believed to be the client's own, from how it strays as the region shifts.

    Args:
        rows: (n, 33, 7) of one picture after the other, the region shifted from each to the next.
    Returns:
        (n, 33) 0 to 1.
    """
    places = rows[..., :2]
    strays = np.full(places.shape[:2], np.inf)
    if len(rows) > 2:
        # the second difference leaves out even movement
        strays[1:-1] = np.linalg.norm(places[2:] - 2 * places[1:-1] + places[:-2], axis=-1) / 2
        strays[0], strays[-1] = strays[1], strays[-2]
    strays = np.where(np.isnan(strays), np.inf, strays) / radius_px
    worst = np.max([strays, np.roll(strays, 1, axis=0), np.roll(strays, -1, axis=0)], axis=0)
    low, high = STRAYING
    return np.asarray(np.clip((high - worst) / (high - low), 0, 1))


def _spread_over(frames: Iterable[Frame]) -> tuple[list[Frame], Array]:
    """A few frames evenly spread over the clip, whose length nobody knows before its end, and all times."""
    few: list[Frame] = []
    times_s: list[float] = []
    every = 1
    for number, frame in enumerate(frames):
        times_s.append(frame.time_s)
        if number % every == 0:
            few.append(frame)
        if len(few) > 2 * LOOKED_FOR:
            few, every = few[::2], 2 * every
    return few, np.array(times_s)


def _seek(
    few: list[Frame], model: PoseModel, workers: int | None, on_progress: Progress
) -> tuple[_Sightings, tuple[int, int]]:
    """Everybody in a few pictures, from all views of each, and the pictures' size."""
    height, width = few[0].image.shape[:2] if few else (0, 0)
    views = list(views_of(width, height))
    looks = (Frame(time_s=frame.time_s, image=view.cut(frame.image)) for frame in few for view in views)
    seen = find_people(
        looks, model, workers=workers, expected_frames=len(few) * len(views),
        on_progress=lambda doing, done, of: on_progress(SEEKING, done, of),
    )  # fmt: skip
    rows = [view.in_picture(found) for view, found in zip(cycle(views), seen.rows, strict=False)]
    bodies = np.concatenate([np.empty((0, POINTS, 7)), *rows])
    times_s = np.repeat(seen.time_s, [len(found) for found in rows])
    sightings = _Sightings(time_s=times_s, rows=bodies, trunks_px=trunks_px(bodies), radii_px=radii_px(bodies))
    return sightings, (width, height)


def _client_place(
    sightings: _Sightings, size_px: tuple[int, int], at_share: tuple[float, float] | None
) -> _Place | None:
    """Where a body stays that lies, or else sits, or else is found most often; at the point, if one is given.

    A mirror image or a poster stays there too, and may lie: it is smaller than who is in the room.
    """
    least = max(1.0, STAYS * len(np.unique(sightings.time_s)))
    views = TWICE if at_share is None else 1  # who is pointed at is there
    places = [place for place in _places(sightings, views) if place.pictures >= least]
    if at_share is not None:
        point = np.array(at_share) * size_px
        rows = sightings.rows[[place.middle for place in places], :, :2]
        inside = ((rows.min(axis=1) <= point) & (point <= rows.max(axis=1))).all(axis=1)
        # the arms of somebody who bends over the client reach round the client too
        places = [place for place, there in zip(places, inside, strict=True) if there and place.round(point)]
        if not places:
            across, down = (round(100 * share) for share in at_share)
            raise UsageError(
                f"Nobody stays at {across} % of the width and {down} % of the height of the picture.",
                remedy="Point at the client's trunk, in pixels of the upright picture.",
            )

    def likely(place: _Place) -> tuple[bool, bool, bool, int, int]:
        others = [other for other in places if place.apart(other)]
        here = [other for other in others if not other.smaller(place)]
        sits = bool(here) and all(place.lower(other) for other in here)
        return place.lies, sits, not any(map(place.smaller, others)), place.pictures, len(place.found)

    return max(places, key=likely, default=None)


def _places(sightings: _Sightings, least_views: int) -> Iterator[_Place]:
    for number, (trunk, radius) in enumerate(zip(sightings.trunks_px, sightings.radii_px, strict=True)):
        found = np.flatnonzero(_apart_px(sightings.trunks_px, trunk) < SAME_PLACE * radius)
        _, views = np.unique(sightings.time_s[found], return_counts=True)
        yield _Place(
            found=found,
            pictures=int((views >= least_views).sum()),
            middle=number,
            trunk_px=trunk,
            radius_px=radius,
        )


def _path(sightings: _Sightings, client: _Place, times_s: Array) -> tuple[Array, float]:
    """(n, 4) the client's trunk at all times, and the radius of the body, followed both ways from the place."""
    moments = np.unique(sightings.time_s)
    start = int(np.searchsorted(moments, sightings.time_s[client.middle]))
    radius = float(np.median(sightings.radii_px[client.found]))
    known: dict[float, Array] = {}
    for way in (range(start, len(moments)), range(start, -1, -1)):
        trunk = np.median(sightings.trunks_px[client.found], axis=0)
        for moment in way:
            there = (sightings.time_s == moments[moment]) & sightings.near(trunk, SAME_PLACE)
            if there.any():
                trunk = known[moments[moment]] = np.median(sightings.trunks_px[there], axis=0)
    at_s = np.array(sorted(known))
    trunks = np.array([known[moment] for moment in at_s])
    return np.column_stack([np.interp(times_s, at_s, column) for column in trunks.T]), radius


def _regions(trunks: Array, radius_px: float) -> Iterator[Region]:
    shifts = chain.from_iterable(repeat(SHIFTS))
    for trunk, (scale, turn_rad) in zip(trunks, shifts, strict=False):
        yield region_round(trunk, radius_px).shifted(scale, turn_rad)


def clients_own(people: People, trunks: Array, radius_px: Array | float) -> Array:
    """Landmarks of the client in every frame, out of who was found in the client's region.

    Args:
        trunks: (n, 4) where the client's trunk is, as of `trunks_px`; NaN where it is not known.
        radius_px: of the client's body, one or (n,).
    Returns:
        (n, 33, 7); NaN where nobody was found, or somebody whose trunk is not where the client's is.
    """
    rows = np.full((len(people.rows), POINTS, 7), np.nan)
    reach_px = LOST * np.broadcast_to(radius_px, len(rows))
    for number, (found, trunk) in enumerate(zip(people.rows, trunks, strict=True)):
        if len(found) and _apart_px(trunks_px(found), trunk)[0] < reach_px[number]:
            rows[number] = found[0]
    return rows


def _somebody_else(sightings: _Sightings, client: _Place) -> bool:
    """Whether another body was found in more than one picture, each time from more than one view."""
    trunk = np.median(sightings.trunks_px[client.found], axis=0)
    away = np.flatnonzero(~sightings.near(trunk, ELSEWHERE))
    times = set()
    for number in away:
        twice = (sightings.time_s[away] == sightings.time_s[number]) & (
            _apart_px(sightings.trunks_px[away], sightings.trunks_px[number])
            < SAME_PLACE * sightings.radii_px[number]
        )
        if twice.sum() > 1:
            times.add(sightings.time_s[number])
    return len(times) > 1


def _apart_px(trunks_px: Array, trunk_px: Array) -> Array:
    """(m,) how far hips or shoulders, whichever are farther, lie from this trunk's."""
    return np.asarray(np.linalg.norm((trunks_px - trunk_px).reshape(-1, 2, 2), axis=2).max(axis=1))

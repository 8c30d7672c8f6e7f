"""Places on the chart of the body: which region one lies in, and where the pain of a finding is expected."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rom_vision.exchange.body_chart import WIDTH_TO_HEIGHT, Place
from rom_vision.movements import SIDES, Region, Side, load_muscles, load_regions, load_segments
from rom_vision.records import Face, PalpationFinding
from rom_vision.records.checks import TRIGGER_POINTS


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """Somewhere on the chart.

    Attributes:
        side: None on the midline.
        place: as in `body_chart`.
    """

    region: Region
    side: Side | None
    place: Place


def region_at(face: Face, place: Place) -> Area:
    """The region whose place on that face is nearest."""
    return min(_areas(face), key=lambda area: _apart(area.place, place))


def placed(finding: PalpationFinding, face: Face, place: Place) -> PalpationFinding:
    """A finding at another place.

    It takes the region that is nearest there. One whose region was chosen by hand keeps it as long as it is moved
    within what is nearest to the same region.
    """
    moved = replace(finding, face=face, x=_share(place[0]), y=_share(place[1]))
    there = region_at(face, place)
    here = region_at(finding.face, (finding.x, finding.y))
    if finding.region and (here.region.id, here.side) == (there.region.id, there.side):
        return moved
    return replace(moved, region=there.region.id, side=there.side)


def expected(finding: PalpationFinding) -> tuple[Area, ...]:
    """Where its pain is usually felt: the referral of a trigger point's muscle, the skin of a spinal level."""
    muscle = finding.muscle if finding.kind in TRIGGER_POINTS else None
    return (*referral_of(muscle, finding.side), *dermatome_of(finding.level, finding.side))


def referral_of(muscle: str | None, side: Side | None) -> tuple[Area, ...]:
    """Where the trigger points of a muscle usually send their pain; empty where no source has it.

    Args:
        side: of the muscle; None is both.
    """
    felt = load_muscles()[muscle].referral if muscle else None
    return _named(felt.regions, side) if felt else ()


def dermatome_of(level: str, side: Side | None) -> tuple[Area, ...]:
    """The skin that the root of a spinal segment supplies; empty where there is no such segment."""
    segment = load_segments().get(level)
    return _named(segment.covers.regions, side) if segment else ()


def _named(regions: Sequence[str], side: Side | None) -> tuple[Area, ...]:
    known = load_regions()
    return tuple(
        area for name in regions for area in _sides(known[name]) if area.side is None or side in (None, area.side)
    )


def _areas(face: Face) -> Iterator[Area]:
    for region in load_regions().values():
        if region.surface == face:
            yield from _sides(region)


def _sides(region: Region) -> Iterator[Area]:
    for side in SIDES if region.sided else (None,):
        yield Area(region=region, side=side, place=region.place(side))


def _apart(one: Place, other: Place) -> float:
    """In heights of the chart."""
    return math.hypot((one[0] - other[0]) * WIDTH_TO_HEIGHT, one[1] - other[1])


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)

"""Muscles and spinal segments: what they move, where their pain is felt, and which tests bear on a finding.

The facts stand in muscles.toml and dermatomes.toml; the types here are their schema.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rom_vision.language import say
from rom_vision.movements.catalogue import SIDES, Fact, Joint, Mode, MovementTest, Side, movement_test
from rom_vision.movements.said import said
from rom_vision.movements.toml_schema import shipped_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Fact):
    """What a muscle does, in ids of movement tests.

    Attributes:
        produces: those it does, toward its own side where they have one.
        produces_away: those of neck and trunk that it does toward the other side.
        stretched_by: those that lengthen it, and so are short when it is hypertonic; toward its own side.
        stretched_away: those of neck and trunk that lengthen it toward the other side.
    """

    produces: tuple[str, ...] = ()
    produces_away: tuple[str, ...] = ()
    stretched_by: tuple[str, ...] = ()
    stretched_away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt(Fact):
    """Where something is felt, in ids of regions."""

    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Fact):
    """What the key muscles of a spinal segment do, in ids of movement tests."""

    tests: tuple[str, ...]


@said("name")
@dataclass(frozen=True, slots=True, kw_only=True)
class Muscle:
    """A muscle, or a group that is treated as one.

    Attributes:
        id: its name in code and records, such as `levator_scapulae`.
        joints: those it crosses, of those with movement tests.
        action: None where no movement test is known that it does or that stretches it.
        opposed_by: ids of the muscles that do the opposite; mutual.
        referral: where the pain of its trigger points is usually felt; None where no source has it.
    """

    id: str
    name: str
    joints: tuple[Joint, ...] = ()
    action: Action | None = None
    opposed_by: tuple[str, ...] = ()
    referral: Felt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A spinal segment.

    Attributes:
        id: its name, such as `C6`.
        covers: its dermatome, the skin that its root supplies.
        moves: what its key muscles do; None where no movement test shows it.
    """

    id: str
    covers: Felt
    moves: Moved | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing(Fact):
    """A movement test that speaks for or against a finding.

    Attributes:
        test: what to test.
        side: toward or on which side; None for a test of the midline.
        mode: how.
        speaks_for: the outcome that speaks for it.
        speaks_against: the outcome that speaks against it.
        why: the reason, one sentence.
    """

    test: MovementTest
    side: Side | None
    mode: Mode
    speaks_for: str
    speaks_against: str
    why: str


def load_muscles() -> Mapping[str, Muscle]:
    """All muscles by id, from head to foot."""
    return shipped_entries("muscles.toml", Muscle)


def load_segments() -> Mapping[str, Segment]:
    """The spinal segments C2 to S2 by id, from top to bottom."""
    return shipped_entries("dermatomes.toml", Segment)


def bearing_on_muscle(muscle: Muscle, side: Side | None) -> tuple[Bearing, ...]:
    """The tests that speak for or against a finding in a muscle.

    A muscle with a trigger point, a taut band or too much tension hurts, or gives way, when it works against
    resistance, and stops the passive motion that stretches it.

    Args:
        side: of the muscle; None where it is not known or both are meant.

    Source: selective tissue tension after Cyriax (Hammer 2000, Dynamic Chiropractic 31927): a contractile
        tissue hurts when it contracts and when it is stretched. Which test does which is the muscle's action.
    """
    if muscle.action is None:
        return ()
    action = muscle.action
    found: list[Bearing] = []
    for tests, away in ((action.produces, False), (action.produces_away, True)):
        found += bearings(
            action, tests, sides_of(side, away), "resisted",
            say("painful, or weak"), say("strong and painless"),
            say("{muscle} does this movement.", muscle=muscle.name),
        )  # fmt: skip
    for tests, away in ((action.stretched_by, False), (action.stretched_away, True)):
        found += bearings(
            action, tests, sides_of(side, away), "passive",
            say("short, with a pull or pain in the muscle"), say("full and painless"),
            say("This movement stretches {muscle}.", muscle=muscle.name),
        )  # fmt: skip
    return tuple(found)


def bearing_on_segment(segment: Segment, side: Side | None) -> tuple[Bearing, ...]:
    """The tests that speak for or against a finding of a spinal segment: its key muscles, against resistance.

    Args:
        side: of the pain; None where it is not known or both are meant.
    """
    if segment.moves is None:
        return ()
    return tuple(
        bearings(
            segment.moves, segment.moves.tests, sides_of(side, away=False), "resisted",
            say("weak and painless"), say("strong"),
            say("Key muscles of {segment} do this movement.", segment=segment.id),
        )
    )  # fmt: skip


def segments_of_region(region_id: str) -> tuple[Segment, ...]:
    """The segments whose dermatome covers a region, from top to bottom."""
    return tuple(segment for segment in load_segments().values() if region_id in segment.covers.regions)


def muscles_referring_to(region_id: str) -> tuple[Muscle, ...]:
    """The muscles whose trigger points are usually felt in a region."""
    muscles = load_muscles().values()
    return tuple(muscle for muscle in muscles if muscle.referral and region_id in muscle.referral.regions)


def sides_of(side: Side | None, away: bool) -> tuple[Side, ...]:
    """The side itself, or the other; both where it is not known."""
    if side is None:
        return SIDES
    return tuple(one for one in SIDES if (one != side) == away)


def bearings(
    fact: Fact, tests: tuple[str, ...], sides: tuple[Side, ...], mode: Mode,
    speaks_for: str, speaks_against: str, why: str,
) -> Iterator[Bearing]:  # fmt: skip
    """One for each test and side; a test of the midline counts once."""
    for test in map(movement_test, tests):
        for side in sides if test.sided else (None,):
            yield Bearing(
                test=test, side=side, mode=mode, speaks_for=speaks_for, speaks_against=speaks_against, why=why,
                source=fact.source, sureness=fact.sureness,
            )  # fmt: skip

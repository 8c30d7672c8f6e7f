"""Active, passive and resisted tests of one joint beside each other: what they point to.

Selective tissue tension after Cyriax. What contracts (muscle, tendon) hurts when it works and when it is
stretched; what does not (capsule, ligament, bursa) stops and hurts the same way whoever moves. The rules are data,
see `movements.readings`; here is told which signs there are. The evidence is weak, so each statement "points to"
something. Where data are missing, or a difference lies within the uncertainty, there is no sign, and no statement.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from rom_vision.compare import Result, active_against_passive
from rom_vision.kinematics.hold import ISOMETRIC_DEG, Hold
from rom_vision.language import say
from rom_vision.loss import Loss, Reference
from rom_vision.movements import (
    CapsularPattern,
    Fact,
    Mode,
    MovementTest,
    Reading,
    Side,
    Sign,
    entry_of,
    in_a_sentence,
    load_capsular_patterns,
    load_end_feels,
    load_readings,
    load_red_flags,
    movement_test,
    on_side,
    starting,
)

NORMAL_STRENGTH = 5
"""Medical Research Council: 5 is normal, 4 holds against some resistance only. Source: World J Orthop 2017;8(1),
T10, wjgnet.com/2218-5836."""

# Painful arc of abduction. Source: shoulder.cz, painful arc (about 60 to 120); the end from 160 is general
# teaching, to be confirmed. How much "about" is, is a choice.
ARC_TESTS = ("shoulder_abduction", "shoulder_scaption")
ARC_MIDDLE_DEG = (60.0, 120.0)
ARC_END_DEG = 160.0
ABOUT_DEG = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What one movement test of a client gave; None is what was not asked or not measured.

    Attributes:
        side: None for a test of the midline.
        result: how far the joint went.
        pain: brought on or made worse by the test, 0 to 10.
        painful_arc_deg: where pain began and ended on the way, degrees.
        end_feel: id of an end feel, of a passive test.
        strength: 0 to 5 (Medical Research Council), of a resisted test.
        hold: of a resisted test that was filmed.

    Raises:
        ValueError: the result is of another test, side or mode.
    """

    test: MovementTest
    side: Side | None
    mode: Mode
    result: Result | None = None
    pain: int | None = None
    painful_arc_deg: tuple[float, float] | None = None
    end_feel: str | None = None
    strength: int | None = None
    hold: Hold | None = None

    def __post_init__(self) -> None:
        own = (self.test.id, self.side, self.mode)
        if self.result and (self.result.test.id, self.result.side, self.result.mode) != own:
            raise ValueError(f"expected the result of {own}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement(Fact):
    """One reading of the findings.

    Attributes:
        rule: id of the rule that fired.
        words: the sentence, without full stop.
        derived_from: what it rests on, without full stops.
        refer: whether a physician has to look before anybody goes on.
    """

    rule: str
    words: str
    derived_from: tuple[str, ...]
    refer: bool


Motion = Mapping[Mode, Outcome]
Motions = Mapping[tuple[str, Side | None], Motion]
Signs = Mapping[Sign, str]
"""Each sign with what it rests on, in words."""


def interpret(
    outcomes: Sequence[Outcome], reference: Reference | None = None, red_flags: Collection[str] = ()
) -> tuple[Statement, ...]:
    """What the findings point to; what needs a physician first, then whole joints, then single motions.

    Args:
        outcomes: of one client and session; of two of the same test, side and mode the later counts.
        reference: what motion is held against; None leaves all unsaid that needs one.
        red_flags: ids of those that the client told. One is enough: then nothing else is read.
    Raises:
        UsageError: a red flag or an end feel is not known.
    """
    if red_flags:
        return tuple(_stop(flag) for flag in red_flags)
    reference = reference or Reference()
    motions: dict[tuple[str, Side | None], dict[Mode, Outcome]] = {}
    for one in outcomes:
        motions.setdefault((one.test.id, one.side), {})[one.mode] = one
    statements = [*_capsular(motions, reference)]
    for motion in motions.values():
        statements += _read(motion, dict(_signs(motion, motions, reference)))
    return tuple(sorted(statements, key=lambda statement: not statement.refer))


def _stop(flag_id: str) -> Statement:
    flag = entry_of(load_red_flags(), flag_id, "red flag")
    return Statement(
        rule=flag.id, words=say("{flag}: do not test, refer to a physician", flag=flag.name),
        derived_from=(flag.meaning,), refer=True, source=flag.source, sureness=flag.sureness,
    )  # fmt: skip


def _read(motion: Motion, signs: Signs) -> list[Statement]:
    """The rules that fire, without those for which a closer one speaks."""
    fired = [rule for rule in load_readings().values() if all(sign in signs for sign in rule.signs)]
    unsaid = {general for rule in fired for general in rule.instead_of}
    where = _name(_any(motion).test, _any(motion).side)
    return [
        _statement(rule, where, [signs[sign] for sign in rule.signs]) for rule in fired if rule.id not in unsaid
    ]


def _statement(rule: Reading, where: str, why: list[str]) -> Statement:
    words = say("{where} points to {cause}", where=where, cause=rule.points_to)
    if rule.refer:
        words = say("{told}; refer to a physician before going on", told=words)
    return Statement(
        rule=rule.id, words=words, derived_from=tuple(dict.fromkeys(why)),
        refer=rule.refer, source=rule.source, sureness=rule.sureness,
    )  # fmt: skip


def _signs(motion: Motion, motions: Motions, reference: Reference) -> Iterator[tuple[Sign, str]]:
    yield from _range_signs(motion, reference)
    yield from _pain_signs(motion)
    yield from _resisted_signs(motion)
    yield from _arc_signs(motion)
    yield from _end_feel_signs(motion)
    yield from _signs_of_the_opposite(motion, motions)


def _range_signs(motion: Motion, reference: Reference) -> Iterator[tuple[Sign, str]]:
    results = {mode: one.result for mode, one in motion.items() if one.result}
    if "active" in results and "passive" in results:
        both = active_against_passive(results["active"], results["passive"])
        if both.verdict == "active short of passive":
            yield "active short of passive", _told("active", both.sentence)
        elif both.verdict == "alike":
            yield "active like passive", _told("active", both.sentence)
    for mode in ("active", "passive"):
        loss = reference.loss(results[mode]) if mode in results else None
        if loss and loss.short is not None:
            words = _told(mode, loss.words)
            if mode == "active":
                yield ("active short" if loss.short else "active full"), words
            else:
                yield ("passive short" if loss.short else "passive full"), words


def _pain_signs(motion: Motion) -> Iterator[tuple[Sign, str]]:
    if (active := _pain(motion, "active")) is not None:
        yield ("active painful" if active else "active painless"), _told("active", _pain_words(active))
    if (passive := _pain(motion, "passive")) is not None:
        yield ("passive painful" if passive else "passive painless"), _told("passive", _pain_words(passive))


def _resisted_signs(motion: Motion) -> Iterator[tuple[Sign, str]]:
    """A joint that moved was not strong, and may have given way: then only weakness counts."""
    if "resisted" not in motion:
        return
    one = motion["resisted"]
    moved = one.hold is not None and not one.hold.isometric
    if one.hold and moved:
        drift = say(
            "the joint moved {drift:.0f}°, more than {limit:.0f}°",
            drift=abs(one.hold.drift_deg), limit=ISOMETRIC_DEG,
        )  # fmt: skip
        yield "moved while resisted", _told("resisted", drift)
    if one.pain is not None:
        yield ("resisted painful" if one.pain else "resisted painless"), _told("resisted", _pain_words(one.pain))
    if one.strength is not None:
        words = _told("resisted", say("strength {grade} of 5", grade=one.strength))
        if one.strength < NORMAL_STRENGTH:
            yield "resisted weak", words
        elif not moved:
            yield "resisted strong", words


def _arc_signs(motion: Motion) -> Iterator[tuple[Sign, str]]:
    """Only where the joint surely went on beyond the arc, or it is the end of the range that hurts."""
    for one in motion.values():
        if one.test.id not in ARC_TESTS or one.painful_arc_deg is None or one.result is None:
            continue
        start_deg, end_deg = one.painful_arc_deg
        words = _told(one.mode, say("painful from {start:.0f}° to {end:.0f}°", start=start_deg, end=end_deg))
        lowest, highest = ARC_MIDDLE_DEG[0] - ABOUT_DEG, ARC_MIDDLE_DEG[1] + ABOUT_DEG
        beyond = one.result.peak_deg - end_deg > one.result.uncertainty_deg
        if lowest <= start_deg and end_deg <= highest and beyond:
            yield "pain in the middle of abduction", words
        elif start_deg >= ARC_END_DEG:
            yield "pain at the end of abduction", words


def _end_feel_signs(motion: Motion) -> Iterator[tuple[Sign, str]]:
    if "passive" not in motion or motion["passive"].end_feel is None:
        return
    test = motion["passive"].test
    feel = entry_of(load_end_feels(), motion["passive"].end_feel, "end feel")
    words = _told("passive", say("{feel} end feel", feel=in_a_sentence(feel.name)))
    if feel.healthy and test.end_feel:
        usual = feel.id in test.end_feel.feel
        told = say("{feel}, usually {usual}", feel=words, usual=say(test.end_feel.feel))
        yield ("healthy end feel" if usual else "unusual end feel"), told
    elif feel.id == "empty":
        yield "empty end feel", words
    elif feel.id == "springy":
        yield "springy end feel", words
    elif feel.id == "spasm":
        yield "spasm at the end", words


def _signs_of_the_opposite(motion: Motion, motions: Motions) -> Iterator[tuple[Sign, str]]:
    own = _any(motion)
    for other in motions.values():
        if _opposite(own, _any(other)) and (pain := _pain(other, "passive")):
            name = _name(_any(other).test, _any(other).side)
            yield "opposite passive painful", f"{name}, {_told('passive', _pain_words(pain))}"
    joint = [one for one in motions.values() if _same_joint(own, _any(one))]
    pains = [pain for one in joint if (pain := _pain(one, "resisted")) is not None]
    to_and_fro = any(_opposite(own, _any(one)) and _pain(one, "resisted") for one in joint)
    if to_and_fro and all(pains):
        yield "all resisted painful", _told("resisted", say("pain in all {count} directions", count=len(pains)))


def _same_joint(one: Outcome, other: Outcome) -> bool:
    """Neck and trunk are one joint whichever side they move to."""
    return one.test.joint == other.test.joint and (one.side == other.side or one.test.zero == "start")


def _opposite(one: Outcome, other: Outcome) -> bool:
    """Whether two tests move a joint to and fro: one curve read both ways, or both sides of neck or trunk."""
    if one.test.angle != other.test.angle:
        return False
    if one.test.direction != other.test.direction:
        return one.side == other.side
    return one.test.zero == "start" and one.side != other.side


def _capsular(motions: Motions, reference: Reference) -> Iterator[Statement]:
    for side in dict.fromkeys(side for _, side in motions):
        for pattern in load_capsular_patterns().values():
            losses = _losses(pattern, side, motions, reference)
            if losses and _fits(pattern, losses):
                where = starting(on_side(say(pattern.id), side))
                yield Statement(
                    rule=f"capsular_pattern_{pattern.id}",
                    words=say(
                        "{where} points to the whole joint: the losses fit the {pattern}",
                        where=where, pattern=in_a_sentence(pattern.name),
                    ),
                    derived_from=tuple(f"{loss.test.name}: {loss.words}" for loss in losses.values()),
                    refer=False, source=pattern.source, sureness=pattern.sureness,
                )  # fmt: skip


def _losses(
    pattern: CapsularPattern, side: Side | None, motions: Motions, reference: Reference
) -> dict[str, Loss] | None:
    """What the passive tests of the pattern lost, by test; None unless all of them are known."""
    losses = {}
    for test_id in [*(test_id for group in pattern.order for test_id in group), *pattern.spared]:
        motion = motions.get((test_id, side if movement_test(test_id).sided else None), {})
        result = motion["passive"].result if "passive" in motion else None
        loss = reference.loss(result) if result else None
        if loss is None:
            return None
        losses[test_id] = loss
    return losses


def _fits(pattern: CapsularPattern, losses: Mapping[str, Loss]) -> bool:
    """Whether what should lose more surely does, and what should lose alike does not surely differ."""
    groups = [[losses[test_id] for test_id in group] for group in pattern.order]
    # what goes last in a pattern may be lost at the end of the range only
    first_short = all(loss.short for loss in groups[0])
    spared = all(losses[test_id].short is False for test_id in pattern.spared)
    falling = all(
        more.surely_more_than(less) for before, after in pairwise(groups) for more in before for less in after
    )
    alike = pattern.any_order or not any(
        one.surely_more_than(other) for group in groups for one, other in permutations(group, 2)
    )
    return first_short and spared and falling and alike


def _any(motion: Motion) -> Outcome:
    """One of its tests: they share test and side."""
    return next(iter(motion.values()))


def _pain(motion: Motion, mode: Mode) -> int | None:
    return motion[mode].pain if mode in motion else None


def _pain_words(pain: int) -> str:
    return say("pain {pain} of 10", pain=pain) if pain else say("no pain")


def _told(mode: Mode, words: str) -> str:
    return f"{say(mode)}: {words}"


def _name(test: MovementTest, side: Side | None) -> str:
    return starting(on_side(test.name, side))

"""How a client's movements have come over a series of sessions: a course for each test, and all together.

More motion counts as better, less pain too. What lies within the uncertainty is no change, here as in `compare`.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rom_vision.compare import (
    Change,
    NormDifference,
    OverSessions,
    Result,
    SideDifference,
    against_norm,
    against_other_side,
    change,
    over_sessions,
    untold,
)
from rom_vision.language import number_text, say
from rom_vision.movements import Mode, MovementTest, Norm, Sex, Side

Kind = tuple[str, Side | None, Mode]
"""Id of a movement test, side, mode: what one course is of."""

TWO_SIDED_95 = 1.96
MDC_TO_SPREAD = 1 / (TWO_SIDED_95 * math.sqrt(2))
"""Minimal detectable change -> standard error of one measurement. Source: MDC95 = 1.96 · √2 · SEM."""
LEAST_DAYS = 3  # two points always lie on a line

PAIN_POINTS = 2
"""Source: Farrar 2001, Pain 94:149–158: two points of eleven, or 30 %, are a difference that matters to people; to
be confirmed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One result of a session, and the pain in that test.

    Attributes:
        pain: 0 to 10; None where it was not asked.
    """

    result: Result
    pain: int | None = None

    @property
    def kind(self) -> Kind:
        """What it is a visit of."""
        return self.result.test.id, self.result.side, self.result.mode


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """How fast a movement changes.

    Attributes:
        deg_a_week: slope of the line through all results.
        uncertainty_deg_a_week: half-width of its 95 % interval.
    """

    deg_a_week: float
    uncertainty_deg_a_week: float

    @property
    def sentence(self) -> str:
        """The rate in words, without full stop."""
        if abs(self.deg_a_week) <= self.uncertainty_deg_a_week:
            return say("no steady change that can be told ({rate})", rate=self._number)
        return say("{rate} a week", rate=self._number)

    @property
    def _number(self) -> str:
        return f"{number_text(self.deg_a_week, '+z.1f')}° ± {number_text(self.uncertainty_deg_a_week, '.1f')}°"


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A goal in degrees, and how near the latest result is to it."""

    deg: float
    result: Result

    @property
    def verdict(self) -> Literal["met", "near", "not met"]:
        """Near: the uncertainty leaves open whether it is met."""
        over_deg = self.result.peak_deg - self.deg
        if abs(over_deg) <= self.result.uncertainty_deg:
            return "near"
        return "met" if over_deg > 0 else "not met"

    @property
    def sentence(self) -> str:
        """The goal in words, without full stop."""
        if self.verdict == "near":
            return say("at the goal of {deg:.0f}°, {untold}", deg=self.deg, untold=untold())
        if self.verdict == "met":
            return say("the goal of {deg:.0f}° is met", deg=self.deg)
        short_deg = self.deg - self.result.peak_deg
        return say("{short:.0f}° short of the goal of {deg:.0f}°", short=short_deg, deg=self.deg)


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """One test, side and mode over all sessions.

    Attributes:
        visits: oldest first, at least one.
        since_baseline: each visit against the first; its table is what a chart needs.
        since_last: the latest against the one before; None of a single visit.
        rate: None where the visits are of fewer than three days.
        target: None where there is no goal.
        sides_then: the first visit against the other side's first.
        references: the latest visit against the other side, then the norm of age and sex, then the textbook's
            general value; those that there are.
    """

    visits: tuple[Visit, ...]
    since_baseline: OverSessions
    since_last: Change | None
    rate: Rate | None
    target: Target | None
    sides_then: SideDifference | None
    references: tuple[SideDifference | NormDifference, ...]

    @property
    def test(self) -> MovementTest:
        """What was tested."""
        return self.visits[0].result.test

    @property
    def change(self) -> Change:
        """The latest visit against the first."""
        return self.since_baseline.changes[-1]

    @property
    def verdict(self) -> Literal["improved", "worsened", "unchanged", "measured once"]:
        """What has become of the movement since the first visit."""
        if len(self.visits) == 1:
            return "measured once"
        if not self.change.real:
            return "unchanged"
        return "improved" if self.change.difference_deg > 0 else "worsened"

    @property
    def sides_now(self) -> SideDifference | None:
        """The latest visit against the other side."""
        return next((found for found in self.references if isinstance(found, SideDifference)), None)

    @property
    def pain_change(self) -> int | None:
        """Points of pain since it was first asked; None where it was asked less than twice."""
        pains = [visit.pain for visit in self.visits if visit.pain is not None]
        return pains[-1] - pains[0] if len(pains) > 1 else None

    @property
    def pain_verdict(self) -> Literal["improved", "worsened", "unchanged"] | None:
        """None where pain was asked less than twice."""
        if self.pain_change is None:
            return None
        if abs(self.pain_change) < PAIN_POINTS:
            return "unchanged"
        return "improved" if self.pain_change < 0 else "worsened"

    @property
    def sentences(self) -> tuple[str, ...]:
        """All there is to say, without full stops."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if len(self.visits) > 1:
            yield say("since the first session {change}", change=self.change.sentence)
        if self.since_last and len(self.visits) > 2:
            yield say("since the last session {change}", change=self.since_last.sentence)
        if self.rate:
            yield self.rate.sentence
        elif len(self.visits) > 1:
            yield say("too few sessions for a rate: it takes {days} on different days", days=LEAST_DAYS)
        if self.target:
            yield self.target.sentence
        yield from (reference.sentence for reference in self.references)
        if self.pain_change is not None:
            pains = [visit.pain for visit in self.visits if visit.pain is not None]
            verdict = {"improved": say("improved"), "worsened": say("worsened")}.get(
                self.pain_verdict or "", say("unchanged")
            )
            yield say(
                "pain from {first} to {last} of 10: {verdict}", first=pains[0], last=pains[-1], verdict=verdict
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """All courses of a client by what has become of them, each in the order given."""

    improved: tuple[Course, ...]
    worsened: tuple[Course, ...]
    unchanged: tuple[Course, ...]
    measured_once: tuple[Course, ...]


def courses(
    visits: Sequence[Visit],
    sex: Sex | None = None,
    age_years: float | None = None,
    targets_deg: Mapping[Kind, float] | None = None,
) -> tuple[Course, ...]:
    """One course for each test, side and mode, in the order in which they were first tested.

    Resisted tests have none: the joint should not move.

    Args:
        visits: all of one client, in any order.
        sex: None where not known.
        age_years: at the latest visit; None where not known.
        targets_deg: the goals.
    """
    by_kind: dict[Kind, list[Visit]] = {}
    moving = [visit for visit in visits if visit.result.mode != "resisted"]
    for visit in sorted(moving, key=lambda visit: visit.result.on):  # stable: those of one day stay as given
        by_kind.setdefault(visit.kind, []).append(visit)
    targets_deg = targets_deg or {}
    return tuple(
        _course(own, by_kind.get(_other_side(kind), []), sex, age_years, targets_deg.get(kind))
        for kind, own in by_kind.items()
    )


def summary(all_courses: Sequence[Course]) -> Summary:
    """What improved, worsened, stayed the same."""

    def of(verdict: str) -> tuple[Course, ...]:
        return tuple(course for course in all_courses if course.verdict == verdict)

    return Summary(
        improved=of("improved"),
        worsened=of("worsened"),
        unchanged=of("unchanged"),
        measured_once=of("measured once"),
    )


def rate(results: Sequence[Result]) -> Rate | None:
    """The slope of the line through results of one test, side and mode.

    Weighted least squares. A result is as unsure as the larger of its own uncertainty and the standard error in
    the test's minimal detectable change; where the results lie farther from the line, the interval widens.

    Returns:
        None where they are of fewer than three days.
    Source: Bevington & Robinson, Data Reduction and Error Analysis, 3rd ed. 2003, ch. 6, and Birge 1932, Physical
        Review 40:207, for the widening; to be confirmed.
    """
    if len({result.on for result in results}) < LEAST_DAYS:
        return None
    weeks = np.array([(result.on - results[0].on).days / 7 for result in results])
    deg = np.array([result.peak_deg for result in results])
    weights = np.array([_spread_deg(result) ** -2 for result in results])
    from_middle = weeks - np.average(weeks, weights=weights)
    lever = float(weights @ from_middle**2)
    slope = float(weights @ (from_middle * deg)) / lever
    beside_line = deg - np.average(deg, weights=weights) - slope * from_middle
    scatter = float(weights @ beside_line**2) / (len(results) - 2)
    return Rate(deg_a_week=slope, uncertainty_deg_a_week=TWO_SIDED_95 * math.sqrt(max(1.0, scatter) / lever))


def _spread_deg(result: Result) -> float:
    return max(result.uncertainty_deg / TWO_SIDED_95, result.test.mdc.deg * MDC_TO_SPREAD)


def _course(
    own: Sequence[Visit],
    other: Sequence[Visit],
    sex: Sex | None,
    age_years: float | None,
    target_deg: float | None,
) -> Course:
    results = [visit.result for visit in own]
    now = results[-1]
    return Course(
        visits=tuple(own),
        since_baseline=over_sessions(results),
        since_last=change(now, results[-2]) if len(results) > 1 else None,
        rate=rate(results),
        target=None if target_deg is None else Target(deg=target_deg, result=now),
        sides_then=against_other_side(results[0], other[0].result) if other else None,
        references=tuple(_references(now, other, sex, age_years)),
    )


def _references(
    now: Result, other: Sequence[Visit], sex: Sex | None, age_years: float | None
) -> Iterator[SideDifference | NormDifference]:
    """The nearest first: the client's own other side, people like the client, the textbook."""
    if other:
        yield against_other_side(now, other[-1].result)
    found = against_norm(now, sex, age_years)
    if found:
        yield found
    if found and isinstance(found.norm, Norm) and now.test.normal:
        yield NormDifference(result=now, norm=now.test.normal)


def _other_side(kind: Kind) -> Kind:
    """Of a test of the midline it is a kind that nobody has."""
    test_id, side, mode = kind
    return test_id, "left" if side == "right" else "right", mode

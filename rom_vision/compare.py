"""Results against each other, the other side, the other modes, the norm.

Nothing that lies inside the uncertainty is called a difference: each comparison holds two results, the
threshold beyond which they differ, and its words.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

import pandas as pd

from rom_vision.language import date_text, say
from rom_vision.measure import Measurement
from rom_vision.movements import Mode, MovementTest, Norm, Normal, Sex, Side, norm_for

# Healthy sides differ by up to 7.5 degrees on average (Macedo & Magee 2008, J Manipulative Physiol Ther 31:577);
# the limits built on it are a choice, to be confirmed.
SIDES_DIFFER_DEG = 10.0
SIDES_DIFFER_SHARE = 0.1  # of the larger side, where that is more
WATCH_SIDES_DEG = 5.0
NORMAL_SPREAD = 2.0  # standard deviations of people below the mean where the norm ends


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One accepted result of a movement test.

    Attributes:
        side: None for a test of the midline.
        on: the day on which the client moved.
        peak_deg: of the best repetition.
        uncertainty_deg: half-width of its 95 % interval.
    """

    test: MovementTest
    side: Side | None
    mode: Mode
    on: date
    peak_deg: float
    uncertainty_deg: float

    @classmethod
    def of(cls, measurement: Measurement, on: date) -> Self | None:
        """A measurement's result; None where it has none."""
        if measurement.peak_deg is None or measurement.uncertainty_deg is None:
            return None
        return cls(
            test=measurement.test,
            side=measurement.side,
            mode=measurement.mode,
            on=on,
            peak_deg=measurement.peak_deg,
            uncertainty_deg=measurement.uncertainty_deg,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Two results of one movement test; differences count from the reference."""

    result: Result
    reference: Result

    @property
    def difference_deg(self) -> float:
        """Result minus reference."""
        return self.result.peak_deg - self.reference.peak_deg

    @property
    def uncertainty_deg(self) -> float:
        """Half-width of the 95 % interval of the difference of two independent results."""
        return math.hypot(self.result.uncertainty_deg, self.reference.uncertainty_deg)

    @property
    def threshold_deg(self) -> float:
        """What a difference has to exceed to be one."""
        return _detectable_deg(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change(Comparison):
    """A result against another of the same side and mode, usually an earlier one.

    Raises:
        ValueError: they are not of the same test, side and mode.
    """

    def __post_init__(self) -> None:
        _check_same(self, "side", "mode")

    @property
    def real(self) -> bool:
        """Whether it is more than measuring twice would give."""
        return abs(self.difference_deg) > self.threshold_deg

    @property
    def sentence(self) -> str:
        """The change in words, without full stop."""
        if self.result is self.reference:
            return say("what the others are held against")
        same_day = self.result.on == self.reference.on
        day = date_text(self.reference.on)
        then = say("in another test on the same day") if same_day else say("on {day}", day=day)
        return _more_or_less(self.difference_deg, then, say("a real change") if self.real else untold())


@dataclass(frozen=True, kw_only=True, slots=True)
class SideDifference(Comparison):
    """A result against the same test and mode on the other side.

    Raises:
        ValueError: they are not the two sides of one test and mode.
    """

    def __post_init__(self) -> None:
        _check_same(self, "mode")
        if {self.result.side, self.reference.side} != {"left", "right"}:
            raise ValueError(f"expected both sides, got {self.result.side} and {self.reference.side}")

    @property
    def threshold_deg(self) -> float:
        """As of every comparison, and at least 10° or 10 % of the larger side."""
        larger_deg = max(self.result.peak_deg, self.reference.peak_deg)
        return max(_detectable_deg(self), SIDES_DIFFER_DEG, SIDES_DIFFER_SHARE * larger_deg)

    @property
    def verdict(self) -> Literal["different", "watch", "alike"]:
        """Whether the sides differ; in between, they are to be watched."""
        if abs(self.difference_deg) > self.threshold_deg:
            return "different"
        return "watch" if abs(self.difference_deg) >= WATCH_SIDES_DEG else "alike"

    @property
    def symmetry_index_percent(self) -> float | None:
        """The difference as a share of the two sides' mean: 0 is symmetric, positive where the result is larger.

        None where that mean does not exceed the test's minimal detectable change: a share of next to nothing
        says nothing.

        Source: BMC Sports Sci Med Rehabil 2021, doi 10.1186/s13102-021-00355-4, equation 1.
        """
        mean_deg = (self.result.peak_deg + self.reference.peak_deg) / 2
        return 100 * self.difference_deg / mean_deg if mean_deg > self.result.test.mdc.deg else None

    @property
    def sentence(self) -> str:
        """The side difference in words, without full stop."""
        verdict = {
            "different": say("the sides differ"),
            "watch": say("not enough to call the sides different, to be watched"),
            "alike": say("no difference that counts"),
        }[self.verdict]
        there = say("on the left side") if self.reference.side == "left" else say("on the right side")
        return _more_or_less(self.difference_deg, there, verdict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ActivePassive(Comparison):
    """An active result against the passive one, the reference, of the same side.

    Raises:
        ValueError: they are not an active and a passive result of one test and side.
    """

    def __post_init__(self) -> None:
        _check_same(self, "side")
        if (self.result.mode, self.reference.mode) != ("active", "passive"):
            raise ValueError(f"expected active and passive, got {self.result.mode} and {self.reference.mode}")

    @property
    def verdict(self) -> Literal["active short of passive", "alike", "active beyond passive"]:
        """Whether the client reaches alone what the joint allows."""
        if abs(self.difference_deg) <= self.threshold_deg:
            return "alike"
        return "active short of passive" if self.difference_deg < 0 else "active beyond passive"

    @property
    def sentence(self) -> str:
        """Active against passive in words, without full stop."""
        verdict = {
            "active short of passive": say("active short of passive"),
            "alike": untold(),
            "active beyond passive": say("the passive test stopped before the end of the range"),
        }[self.verdict]
        return _more_or_less(self.difference_deg, say("in the passive test"), verdict)


@dataclass(frozen=True, kw_only=True, slots=True)
class NormDifference:
    """A result against what healthy people reach."""

    result: Result
    norm: Norm | Normal

    @property
    def normal_deg(self) -> float:
        """The mean of healthy people, or the general value."""
        return self.norm.mean_deg if isinstance(self.norm, Norm) else self.norm.deg

    @property
    def difference_deg(self) -> float:
        """Result minus normal."""
        return self.result.peak_deg - self.normal_deg

    @property
    def share(self) -> float | None:
        """What part of normal was reached, 1 for all of it; None where normal is next to no motion."""
        return self.result.peak_deg / self.normal_deg if self.normal_deg > self.result.test.mdc.deg else None

    @property
    def limit_deg(self) -> float | None:
        """Where the norm ends: two standard deviations of people below the mean; None without known spread."""
        if not isinstance(self.norm, Norm) or self.norm.sd_deg is None:
            return None
        return self.norm.mean_deg - NORMAL_SPREAD * self.norm.sd_deg

    @property
    def verdict(self) -> Literal["below", "near the limit", "within"] | None:
        """None where no spread is known; near the limit, the uncertainty leaves open which side of it."""
        if self.limit_deg is None:
            return None
        over_deg = self.result.peak_deg - self.limit_deg
        if abs(over_deg) <= self.result.uncertainty_deg:
            return "near the limit"
        return "within" if over_deg > 0 else "below"

    @property
    def sentence(self) -> str:
        """The difference in words, without full stop."""
        away, doubt = _over_or_under(self.difference_deg), "" if self.norm.confirmed else say(", to be confirmed")
        if isinstance(self.norm, Normal):
            return say("{away} the general value ({deg:.0f}°{doubt})", away=away, deg=self.normal_deg, doubt=doubt)
        people = {"female": say("women"), "male": say("men"), "any": say("people")}[self.norm.sex]
        usual = "" if self.limit_deg is None else say(", usual from {deg:.0f}°", deg=self.limit_deg)
        average = say(
            "{away} the average of healthy {people}, {ages} ({deg:.0f}°{usual}{doubt})",
            away=away, people=people, ages=self.norm.ages, deg=self.normal_deg, usual=usual, doubt=doubt,
        )  # fmt: skip
        if self.verdict is None:
            return average
        verdict = {
            "below": say("below the norm"),
            "near the limit": say("near the norm's lower limit, {untold}", untold=untold()),
            "within": say("within the norm"),
        }[self.verdict]
        return f"{average}: {verdict}"


@dataclass(frozen=True, kw_only=True, slots=True)
class OverSessions:
    """The results of one test, side and mode over time, each against one reference.

    Attributes:
        changes: oldest first; the reference's own, of no difference, among them.
    """

    changes: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was measured yet."""
        return not self.changes

    def table(self) -> pd.DataFrame:
        """One row a result, for a chart.

        Returns:
            columns `on` (day), `peak_deg`, `low_deg` and `high_deg` (95 % interval), `same_from_deg` and
            `same_to_deg` (inside that band it is no real change), `difference_deg`, `real`, `sentence`.
        """
        return pd.DataFrame(
            {
                "on": pd.to_datetime([change.result.on for change in self.changes]),
                "peak_deg": [change.result.peak_deg for change in self.changes],
                "low_deg": [c.result.peak_deg - c.result.uncertainty_deg for c in self.changes],
                "high_deg": [c.result.peak_deg + c.result.uncertainty_deg for c in self.changes],
                "same_from_deg": [c.reference.peak_deg - c.threshold_deg for c in self.changes],
                "same_to_deg": [c.reference.peak_deg + c.threshold_deg for c in self.changes],
                "difference_deg": [change.difference_deg for change in self.changes],
                "real": [change.real for change in self.changes],
                "sentence": [change.sentence for change in self.changes],
            }
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparisons:
    """A new result against everything that it can be held against; None where there is nothing.

    Attributes:
        earlier: against the latest earlier result of the same side and mode.
        other_side: against the latest of the other side.
        passive: against the latest passive one, of an active result.
        norm: against healthy people.
    """

    earlier: Change | None
    other_side: SideDifference | None
    passive: ActivePassive | None
    norm: NormDifference | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What there is to say, without full stops."""
        found = (self.earlier, self.other_side, self.passive, self.norm)
        return tuple(comparison.sentence for comparison in found if comparison)


def compare_with(
    result: Result, kept: Sequence[Result], sex: Sex | None = None, age_years: float | None = None
) -> Comparisons:
    """A new result against those kept, and the norm.

    Args:
        result: the new one.
        kept: of the same client and test, oldest first; none later than the new one counts.
        sex: of the client; None where not known.
        age_years: of the client; None where not known.
    """

    def latest(side: Side | None, mode: Mode) -> Result | None:
        return next((k for k in reversed(kept) if (k.side, k.mode) == (side, mode) and k.on <= result.on), None)

    earlier = latest(result.side, result.mode)
    other = latest("right" if result.side == "left" else "left", result.mode) if result.side else None
    passive = latest(result.side, "passive") if result.mode == "active" else None
    return Comparisons(
        earlier=change(result, earlier) if earlier else None,
        other_side=against_other_side(result, other) if other else None,
        passive=active_against_passive(result, passive) if passive else None,
        norm=against_norm(result, sex, age_years),
    )


def untold() -> str:
    """What is said of a difference that is none."""
    return say("within what the measurement can tell")


def change(result: Result, reference: Result) -> Change:
    """A result against another of the same test, side and mode; else ValueError."""
    return Change(result=result, reference=reference)


def against_other_side(result: Result, other: Result) -> SideDifference:
    """A result against the same test and mode on the other side; else ValueError."""
    return SideDifference(result=result, reference=other)


def active_against_passive(active: Result, passive: Result) -> ActivePassive:
    """An active result against the passive one of the same test and side; else ValueError."""
    return ActivePassive(result=active, reference=passive)


def against_norm(result: Result, sex: Sex | None, age_years: float | None) -> NormDifference | None:
    """A result against the norm that `movements.norm_for` finds; None where there is none."""
    norm = norm_for(result.test, sex, age_years, result.mode)
    return None if norm is None else NormDifference(result=result, norm=norm)


def against_each_other(results: Sequence[Result]) -> tuple[Change | SideDifference | ActivePassive, ...]:
    """All there is to say of some results of one test.

    Args:
        results: oldest first; each is held against the first of its side and mode, and of the latest the left
            against the right and the active against the passive.
    """
    first: dict[tuple[Side | None, Mode], Result] = {}
    latest: dict[tuple[Side | None, Mode], Result] = {}
    found: list[Change | SideDifference | ActivePassive] = []
    for result in results:
        kind = (result.side, result.mode)
        if kind in first:
            found.append(change(result, first[kind]))
        first.setdefault(kind, result)
        latest[kind] = result
    for (side, mode), result in latest.items():
        if side == "left" and ("right", mode) in latest:
            found.append(against_other_side(result, latest["right", mode]))
        if mode == "active" and (side, "passive") in latest:
            found.append(active_against_passive(result, latest[side, "passive"]))
    return tuple(found)


def best_before(results: Sequence[Result], on: date) -> Result | None:
    """The result that went farthest, of those before a day; None where there is none."""
    return max((result for result in results if result.on < on), key=lambda one: one.peak_deg, default=None)


def over_sessions(results: Sequence[Result], reference: Result | None = None) -> OverSessions:
    """How far a movement has come.

    Args:
        results: of one test, side and mode; else ValueError.
        reference: what each is held against; None is the oldest.
    """
    in_order = sorted(results, key=lambda result: result.on)  # stable: those of one day stay as given
    return OverSessions(changes=tuple(change(result, reference or in_order[0]) for result in in_order))


def _detectable_deg(comparison: Comparison) -> float:
    """The larger of the test's minimal detectable change and the uncertainty: both have to be exceeded."""
    return max(comparison.result.test.mdc.deg, comparison.uncertainty_deg)


def _check_same(comparison: Comparison, *also: Literal["side", "mode"]) -> None:
    result, reference = comparison.result, comparison.reference
    if result.test.id != reference.test.id:
        raise ValueError(f"expected one test, got {result.test.id} and {reference.test.id}")
    for name in also:
        if getattr(result, name) != getattr(reference, name):
            raise ValueError(f"expected one {name}, got {getattr(result, name)} and {getattr(reference, name)}")


def _more_or_less(deg: float, there: str, verdict: str) -> str:
    whole = round(deg)
    if whole == 0:
        return say("the same as {there}: {verdict}", there=there, verdict=verdict)
    if whole > 0:
        return say("{deg}° more than {there}: {verdict}", deg=whole, there=there, verdict=verdict)
    return say("{deg}° less than {there}: {verdict}", deg=-whole, there=there, verdict=verdict)


def _over_or_under(deg: float) -> str:
    whole = round(deg)
    if whole == 0:
        return say("at", "as much as a norm")
    return say("{deg}° over", deg=whole) if whole > 0 else say("{deg}° under", deg=-whole)

"""How much of a motion is lost: against the client's other side, or else the norm."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rom_vision.compare import NormDifference, Result, SideDifference, against_norm, against_other_side
from rom_vision.movements import MovementTest, Sex


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """How much of a motion is lost, against the other side or else the norm.

    Attributes:
        test: the motion.
        short: whether it counts as lost; None where that can't be told.
        deg: degrees lost.
        uncertainty_deg: half-width of its 95 % interval; against a norm it holds the spread of people too.
        words: the comparison in words.
    """

    test: MovementTest
    short: bool | None
    deg: float
    uncertainty_deg: float
    words: str

    def surely_more_than(self, other: "Loss") -> bool:
        """Whether more is lost than of the other motion, beyond the detectable change and the uncertainty."""
        doubt_deg = math.hypot(self.uncertainty_deg, other.uncertainty_deg)
        return self.deg - other.deg > max(self.test.mdc.deg, other.test.mdc.deg, doubt_deg)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """What a result is held against.

    Attributes:
        others: results of the client's other side, the latest last; each is used for its own test and mode.
        sex: None where not known.
        age_years: None where not known.
    """

    others: Sequence[Result] = ()
    sex: Sex | None = None
    age_years: float | None = None

    def loss(self, result: Result) -> Loss | None:
        """Against the other side where it was measured, else against the norm; None where there is neither."""
        kind = (result.test.id, result.mode)
        for other in reversed(self.others):
            if (other.test.id, other.mode) == kind and {result.side, other.side} == {"left", "right"}:
                return _loss_of_side(against_other_side(result, other))
        norm = against_norm(result, self.sex, self.age_years)
        return _loss_of_norm(norm) if norm else None


def _loss_of_side(sides: SideDifference) -> Loss:
    larger = sides.difference_deg > 0
    short = None if sides.verdict == "watch" and not larger else sides.verdict == "different" and not larger
    return Loss(
        test=sides.result.test,
        short=short,
        deg=-sides.difference_deg,
        uncertainty_deg=sides.uncertainty_deg,
        words=sides.sentence,
    )


def _loss_of_norm(norm: NormDifference) -> Loss | None:
    """None where no spread of people is known, since then nobody can be called short."""
    if norm.limit_deg is None:
        return None
    spread_deg = norm.normal_deg - norm.limit_deg
    short = None if norm.verdict == "near the limit" else norm.verdict == "below"
    return Loss(
        test=norm.result.test,
        short=short,
        deg=-norm.difference_deg,
        uncertainty_deg=math.hypot(norm.result.uncertainty_deg, spread_deg),
        words=norm.sentence,
    )

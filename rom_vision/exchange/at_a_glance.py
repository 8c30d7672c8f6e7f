"""Where a client stands, at a glance: the order, the pain, the main tests, the goals."""

from dataclasses import dataclass, replace
from datetime import date

from rom_vision.course import Course
from rom_vision.exchange.goals import Reached, reached
from rom_vision.exchange.report import courses_of, matters, referral_of
from rom_vision.exchange.tested import trials_of
from rom_vision.records import Chart, Referral

MAIN_TESTS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Glance:
    """Where a client stands. What is not known is None or empty.

    Attributes:
        referral: the latest order.
        pain: with which the client came to the first treatment and to the latest, 0 to 10; the two are one where
            there was one.
        courses: each test, side and mode over the sessions with the therapist, those first that matter most.
        goals: where the client stands with each.
    """

    referral: Referral | None
    pain: tuple[int, int] | None
    courses: tuple[Course, ...]
    goals: tuple[Reached, ...]

    @property
    def main(self) -> tuple[Course, ...]:
        """The tests that matter most: those with a goal, then those that changed most."""
        return self.courses[:MAIN_TESTS]


def glance_of(chart: Chart, on: date) -> Glance:
    """Where a client stands on a day, whatever the order of the sessions."""
    held = replace(chart, sessions=tuple(one for one in chart.sessions if one.kind != "home" and one.on <= on))
    trials = trials_of(held, {})
    found = courses_of(held, trials, chart.client.age_years(on))
    counts = {course.visits[0].kind: len(course.visits) for course in found}
    pains = [one.pain_before for one in chart.treatments if one.pain_before is not None]
    return Glance(
        referral=referral_of(chart, on),
        pain=(pains[0], pains[-1]) if pains else None,
        courses=tuple(sorted(found, key=lambda course: matters(course, counts[course.visits[0].kind]))),
        goals=tuple(reached(goal, held, found) for goal in chart.goals),
    )

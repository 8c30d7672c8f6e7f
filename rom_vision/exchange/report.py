"""What stands in the report for the physician, gathered from the record; `report_pdf` sets it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rom_vision.course import Course, Summary, courses, summary
from rom_vision.exchange.best_repetition import BestRepetition, best_repetition
from rom_vision.exchange.goals import Reached, reached
from rom_vision.exchange.palpated import Palpated, palpated_of
from rom_vision.exchange.tested import Trial, trials_of, visits_of
from rom_vision.interpret import Statement, interpret
from rom_vision.kinematics.hold import Hold, find_hold
from rom_vision.loss import Reference
from rom_vision.records import (
    Adherence,
    Chart,
    Client,
    History,
    Letter,
    Record,
    Referral,
    Session,
    Settings,
    Treatment,
)

MOST_PLOTS = 3  # beside each other on a page
ASSESSMENTS = ("first_assessment", "re_assessment")


@dataclass(frozen=True, kw_only=True, slots=True)
class Plot:
    """A movement test to be drawn: its curves and its course.

    Attributes:
        then: of the first film; None where there is one film at most.
        now: of the latest film; None where nothing was filmed.
    """

    course: Course
    then: BestRepetition | None
    now: BestRepetition | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A series of sessions, as a physician is told of it. What is not known is None or empty.

    Attributes:
        on: the day of the report.
        suggestion: what the therapist suggests for the order, in own words.
        told: what the therapist says of it in short, in own words; empty leaves the program's.
        practice: which sends it.
        referral: the order that it answers.
        sessions: those with the therapist, oldest first.
        palpated: what the hand found, in the order in which it was first found.
        trials: the movement tests of all sessions, oldest first.
        courses: each test, side and mode over the sessions; none of resisted tests.
        read_on: the day of the session that the readings are of.
        readings: what that session's tests point to.
        treatments: each with the day of its session, oldest first.
        goals: where the client stands with each.
        programme: how the client kept to the exercises at home.
        plots: the main tests, those with a goal first, then those that changed most.
    """

    client: Client
    on: date
    suggestion: str
    told: str
    practice: Settings
    referral: Referral | None
    history: tuple[History, ...]
    sessions: tuple[Session, ...]
    palpated: tuple[Palpated, ...]
    trials: tuple[Trial, ...]
    courses: tuple[Course, ...]
    read_on: date | None
    readings: tuple[Statement, ...]
    treatments: tuple[tuple[date, Treatment], ...]
    goals: tuple[Reached, ...]
    programme: tuple[Adherence, ...]
    plots: tuple[Plot, ...]

    @property
    def summary(self) -> Summary:
        """What has become of the movements."""
        return summary(self.courses)

    @property
    def age_years(self) -> float | None:
        """On the day of the report; None where the birth date is not known."""
        return self.client.age_years(self.on)

    @property
    def therapist(self) -> str:
        """Who held the latest session of which that is known, else who signs for the practice; or empty."""
        held = (session.therapist for session in reversed(self.sessions) if session.therapist)
        return next(held, self.practice.therapist)


def report_of(record: Record, client_id: str, *, on: date, suggestion: str | None = None) -> Report:
    """What there is to report of a client. That it leaves is for the caller to note (`Record.exported`).

    It answers the latest referral written by that day, and tells of the sessions under it: those that say so, and
    of those under none what came after it. Without a referral it tells of all. Recordings at home count for the
    home programme alone, since nobody saw how they were made.

    Args:
        on: the day of the report; what came later is left out.
        suggestion: for the order, in own words; None is what was kept with the referral (`Letter`).
    Raises:
        RecordError: there is no such client.
    """
    whole = record.chart(client_id)
    referral = referral_of(whole, on)
    chart = replace(whole, sessions=tuple(_series(whole, referral, on)))
    letter = letter_of(whole, referral)
    trials = trials_of(chart, _holds(record, chart))
    age_years = chart.client.age_years(trials[-1].on if trials else on)
    all_courses = courses_of(chart, trials, age_years)
    assessed = _assessed(chart, trials)
    days = {session.id: session.on for session in chart.sessions}
    return Report(
        client=chart.client, on=on, suggestion=letter.suggestion if suggestion is None else suggestion,
        told=letter.in_short, practice=record.settings(),
        referral=referral, history=chart.history,
        sessions=chart.sessions, palpated=palpated_of(chart), trials=trials, courses=all_courses,
        read_on=assessed.on if assessed else None,
        readings=_readings(chart, trials, assessed, age_years) if assessed else (),
        treatments=tuple((days[one.session_id], one) for one in chart.treatments if one.session_id in days),
        goals=tuple(reached(goal, chart, all_courses) for goal in chart.goals),
        programme=tuple(one for one in record.adherence(client_id, on) if one.exercise.starts_on <= on),
        plots=tuple(_plots(record, trials, all_courses)),
    )  # fmt: skip


def referral_of(chart: Chart, on: date) -> Referral | None:
    """The order that a report of a day answers; None where there is none."""
    return next((one for one in reversed(chart.referrals) if one.written_on <= on), None)


def letter_of(chart: Chart, referral: Referral | None) -> Letter:
    """The therapist's own words for the report of a series; a new one where there are none."""
    number = referral.id if referral else None
    own = (letter for letter in reversed(chart.letters) if letter.referral_id == number)
    return next(own, Letter(client_id=chart.client.id, referral_id=number))


def _series(chart: Chart, referral: Referral | None, on: date) -> Iterator[Session]:
    for session in chart.sessions:
        under = referral is None or session.referral_id == referral.id
        after = referral is not None and session.referral_id is None and session.on >= referral.written_on
        if session.on <= on and session.kind != "home" and (under or after):
            yield session


def _holds(record: Record, chart: Chart) -> Mapping[int, Hold]:
    """How resisted tests were held, by measurement; without tremor, which the kept curves no longer have."""
    found = {}
    for film in chart.measurements:
        if film.mode == "resisted" and film.accepted and any(film.session_id == one.id for one in chart.sessions):
            curves = record.curves(film.id)
            hold = find_hold(curves.joints.time_s, curves.tested_deg)
            if hold:
                found[film.id] = replace(hold, tremor_deg=None)
    return found


def courses_of(chart: Chart, trials: Sequence[Trial], age_years: float | None) -> tuple[Course, ...]:
    """Each test, side and mode over the sessions of a chart, with its goal."""
    targets = {
        (goal.movement, goal.side, goal.mode): goal.target_deg
        for goal in chart.goals
        if goal.movement and goal.mode and goal.target_deg is not None
    }
    return courses(visits_of(trials), chart.client.sex, age_years, targets)


def _assessed(chart: Chart, trials: Sequence[Trial]) -> Session | None:
    """The latest session with movement tests or red flags: an assessment, or where there is none any."""
    days = {trial.session_id for trial in trials}
    tested = [session for session in chart.sessions if session.id in days or session.red_flags]
    assessments = [session for session in tested if session.kind in ASSESSMENTS]
    return next(reversed(assessments or tested), None)


def _readings(
    chart: Chart, trials: Sequence[Trial], assessed: Session, age_years: float | None
) -> tuple[Statement, ...]:
    until = [trial.result for trial in trials if trial.result and trial.on <= assessed.on]
    reference = Reference(others=until, sex=chart.client.sex, age_years=age_years)
    outcomes = [trial.outcome for trial in trials if trial.session_id == assessed.id]
    return interpret(outcomes, reference, assessed.red_flags)


def _plots(record: Record, trials: Sequence[Trial], all_courses: Sequence[Course]) -> Iterator[Plot]:
    filmed = [
        (course, [trial.film for trial in trials if trial.kind == course.visits[0].kind and trial.film])
        for course in all_courses
    ]
    drawn = [(course, films) for course, films in filmed if len(course.visits) > 1 or films]
    for course, films in sorted(drawn, key=lambda one: matters(one[0], len(one[1])))[:MOST_PLOTS]:
        cuts = [best_repetition(film, record.curves(film.id)) for film in (*films[:1], *films[1:][-1:])]
        yield Plot(course=course, then=cuts[0] if len(cuts) > 1 else None, now=cuts[-1] if cuts else None)


def matters(course: Course, films: int) -> tuple[bool, int, float]:
    """Those with a goal first, then those with two films, then those that changed most for what can be told.

    Of those that were tested once, the ones whose sides differ most.
    """
    sides = course.sides_now
    changed = abs(course.change.difference_deg) / course.change.threshold_deg
    apart = abs(sides.difference_deg) / sides.threshold_deg if sides else 0.0
    once = len(course.visits) == 1
    return course.target is None, -min(films, 2), -apart if once else -changed

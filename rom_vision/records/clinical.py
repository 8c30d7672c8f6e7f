"""What is written about a client beside the sessions: consents, referrals, history, goals, the home programme.

Text is the therapist's own, and empty where there is nothing to say.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from rom_vision.movements import Mode, Side
from rom_vision.records.entry import Between, Degrees, Entry, Pain

Purpose = Literal["treatment", "filming", "keeping_videos", "report_to_physician", "research", "other"]
Technique = Literal[
    "massage",
    "trigger_point_therapy",
    "myofascial_release",
    "muscle_energy",
    "craniosacral",
    "deep_tissue",
    "other",
]
Past = Literal["injury", "surgery", "condition", "medication", "massage"]
Aim = Literal["pain_relieved", "motion_regained", "tissue_restored"]
Yardstick = Literal["pain_scale", "movement_test", "finding"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent(Entry):
    """What the client agreed to.

    Attributes:
        note: in words; needed where the purpose is `other`.
        withdrawn_on: None while it stands.
    """

    purpose: Purpose
    given_on: date
    withdrawn_on: date | None = None
    note: str = ""

    def stands(self, on: date) -> bool:
        """Whether it was given and not withdrawn on a day."""
        return self.given_on <= on and (self.withdrawn_on is None or on < self.withdrawn_on)


@dataclass(frozen=True, kw_only=True, slots=True)
class Referral(Entry):
    """A physician's order.

    Attributes:
        diagnosis: in words.
        icd10: codes such as M75.41.
        techniques: ordered; `other_technique` says which where `other` is among them.
        how_often: in words, such as "twice a week".
        valid_until: the last day; None where it does not end.
        sessions_used: with a treatment, of those under this referral; worked out, ignored when saved.
    """

    physician: str
    practice: str = ""
    written_on: date
    diagnosis: str = ""
    icd10: tuple[str, ...] = ()
    techniques: tuple[Technique, ...] = ()
    other_technique: str = ""
    sessions_ordered: Annotated[int, Between(1, 500)]
    how_often: str = ""
    precautions: str = ""
    contraindications: str = ""
    valid_until: date | None = None
    sessions_used: int = 0

    @property
    def sessions_left(self) -> int:
        """Below 0 where more were held than ordered."""
        return self.sessions_ordered - self.sessions_used


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """Tests that must not be done, such as passive knee extension.

    Attributes:
        movement: id of the movement test.
        side: None is both.
        mode: None is all.
    """

    movement: str
    side: Side | None = None
    mode: Mode | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class History(Entry):
    """A past injury, surgery, condition, medication or massage.

    Attributes:
        what: in words.
        on: the day, or the first of the month or year where no more is known; else None.
        age_years: at which it was; None where the day is given, or nothing is known.
        region: where, as an id of `movements.palpation`, or empty.
        limits: which tests must not be done because of it.
    """

    kind: Past
    what: str
    on: date | None = None
    age_years: Annotated[int, Between(0, 130)] | None = None
    region: str = ""
    side: Side | None = None
    note: str = ""
    limits: tuple[Limit, ...] = ()

    def forbids(self, movement: str, side: Side | None, mode: Mode) -> bool:
        """Whether a test must not be done because of it."""
        return any(
            limit.movement == movement and limit.side in {None, side} and limit.mode in {None, mode}
            for limit in self.limits
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal(Entry):
    """What the series is to reach.

    Attributes:
        what: in the client's or therapist's words.
        yardstick: what tells that it is reached; `finding` is the pain of a palpation finding in the region.
        target_deg: of the movement test.
        target_pain: of the pain scale, or of the finding in the region.
        by: until when.
    """

    aim: Aim
    what: str
    yardstick: Yardstick
    movement: str | None = None
    side: Side | None = None
    mode: Mode | None = None
    region: str = ""
    target_deg: Degrees | None = None
    target_pain: Pain | None = None
    by: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter(Entry):
    """The words of the report for the physician that the therapist wrote; one for each referral.

    Attributes:
        referral_id: the order that the report answers; None where there is none.
        in_short: stands in place of the program's own sentences; empty leaves those.
        suggestion: what the therapist suggests for the order.
    """

    referral_id: int | None = None
    in_short: str = ""
    suggestion: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Exercise(Entry):
    """One exercise of the home programme.

    Attributes:
        movement: id of the movement test that it is filmed as.
        side: None for one of the midline.
        times_a_week: how often.
        until: the last day; None where it does not end.
    """

    movement: str
    side: Side | None = None
    repetitions: Annotated[int, Between(1, 1000)]
    times_a_week: Annotated[int, Between(1, 100)]
    starts_on: date
    until: date | None = None
    note: str = ""

    def runs_on(self, day: date) -> bool:
        """Whether it is to be done at that time."""
        return self.starts_on <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Adherence:
    """How an exercise was kept up to a day.

    Attributes:
        due: times that it should have been done, rounded down.
        done: times that it was: of each day its films, or one where the client says so and there is none.
        filmed_today: films of that day.
        ticked_today: whether the client says so of that day, with a film or without.
    """

    exercise: Exercise
    due: int
    done: int
    filmed_today: int = 0
    ticked_today: bool = False

    @property
    def done_today(self) -> bool:
        """Whether it was done on that day."""
        return self.filmed_today > 0 or self.ticked_today

    @property
    def share(self) -> float | None:
        """At most 1; None while nothing was due."""
        return min(1.0, self.done / self.due) if self.due else None

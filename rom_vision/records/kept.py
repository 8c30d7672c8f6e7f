"""What the record hands out: frozen, and free of the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from rom_vision.compare import Result
from rom_vision.edits import Edits
from rom_vision.kinematics.angles import Curve, JointCurves, Points
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.measure import Measurement, Provenance
from rom_vision.movements import Mode, MovementTest, Sex, Side, movement_test
from rom_vision.quality import Problem
from rom_vision.records.clinical import Consent, Exercise, Goal, History, Letter, Referral
from rom_vision.records.entry import Between
from rom_vision.records.findings import MovementFinding, PalpationFinding, Session, Treatment

DAYS_A_YEAR = 365.2425


@dataclass(frozen=True, kw_only=True, slots=True)
class Client:
    """A client.

    Attributes:
        id: the pseudonym, such as C-7F3K9Q: random, so that it tells nothing.
        added_at: UTC.
        contact: telephone, address, in the words of whoever wrote it.
        removed_at: since when in the recycle bin, UTC; None outside it.
        version: how often it was saved; one that somebody else has saved since can't be saved over.
    """

    id: str
    name: str
    birth_date: date | None
    sex: Sex | None
    added_at: datetime
    height_m: Annotated[float, Between(0.3, 2.6)] | None = None
    weight_kg: Annotated[float, Between(1, 500)] | None = None
    dominant_side: Side | None = None
    contact: str = ""
    removed_at: datetime | None = None
    version: int = 0

    def age_years(self, on: date) -> float | None:
        """The age on a day; None where the birth date is not known."""
        return None if self.birth_date is None else (on - self.birth_date).days / DAYS_A_YEAR


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptMeasurement:
    """A measurement as it was kept, without its curves (`Record.curves`).

    Attributes:
        on: the day of its session.
        movement: id of the movement test.
        side: None for a test of the midline.
        peak_deg: of the best repetition; None if there is none, or the measurement is refused.
        uncertainty_deg: half-width of the 95 % interval of the peak.
        mean_peak_deg: of all repetitions.
        range_deg: how far the best repetition went from its start position.
        kept_at: UTC.
        video_path: the video in the media folder; None if none was kept.
        overlay_path: the same with what was measured drawn in.
        exercise_id: the exercise of the home programme that it answers; None for none.
    """

    id: int
    client_id: str
    session_id: int
    on: date
    movement: str
    side: Side | None
    mode: Mode
    accepted: bool
    peak_deg: float | None
    uncertainty_deg: float | None
    mean_peak_deg: float | None
    range_deg: float | None
    repetitions: tuple[Repetition, ...]
    problems: tuple[Problem, ...]
    provenance: Provenance
    kept_at: datetime
    video_path: Path | None
    overlay_path: Path | None
    exercise_id: int | None = None

    @property
    def test(self) -> MovementTest:
        """The movement test, as today's catalogue has it.

        Raises:
            UsageError: the catalogue has it no more.
        """
        return movement_test(self.movement)

    @property
    def result(self) -> Result | None:
        """For comparisons; None where there is no peak."""
        if self.peak_deg is None or self.uncertainty_deg is None:
            return None
        return Result(
            test=self.test,
            side=self.side,
            mode=self.mode,
            on=self.on,
            peak_deg=self.peak_deg,
            uncertainty_deg=self.uncertainty_deg,
        )


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class KeptCurves:
    """The curves of a kept measurement.

    Attributes:
        joints: every joint, as measured.
        tested_deg: (n,) degrees of the tested motion at `joints.time_s`, positive in the direction that names
            it, counted from where the test has its zero.
        joints_m: (n, 33, 3) the joint centres as in `kinematics.body.Body`, in single precision; None where they
            were not kept, as they were not by the first versions.
    """

    joints: JointCurves
    tested_deg: Curve
    joints_m: Points | None = None


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Original:
    """A kept measurement before anybody changed it.

    Attributes:
        measurement: whole, as the program made it.
        first: the same before the film was measured again; None where it was not.
        draft: changes by hand that are not saved yet; None where there are none.
    """

    measurement: Measurement
    first: Measurement | None
    draft: Edits | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """A kept measurement was put right by hand.

    Attributes:
        at: UTC.
        who: user name.
        changed: all that was changed since the program made it, as of `Edits.text`.
        movement, side, mode, accepted, peak_deg, uncertainty_deg: what had stood there until then.
    """

    measurement_id: int
    at: datetime
    who: str
    changed: str
    movement: str
    side: Side | None
    mode: Mode
    accepted: bool
    peak_deg: float | None
    uncertainty_deg: float | None

    @property
    def edits(self) -> Edits:
        """What was changed; nothing where it was brought back to as measured."""
        return Edits.from_text(self.changed)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """An exercise was done on a day, as the client says."""

    exercise_id: int
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """All that is kept of one client, without curves; each kind oldest first."""

    client: Client
    consents: tuple[Consent, ...]
    referrals: tuple[Referral, ...]
    history: tuple[History, ...]
    goals: tuple[Goal, ...]
    exercises: tuple[Exercise, ...]
    sessions: tuple[Session, ...]
    palpation: tuple[PalpationFinding, ...]
    movement: tuple[MovementFinding, ...]
    treatments: tuple[Treatment, ...]
    letters: tuple[Letter, ...]
    measurements: tuple[KeptMeasurement, ...]
    corrections: tuple[Correction, ...]
    ticks: tuple[Tick, ...]


def newest_of_each_video(measurements: Iterable[KeptMeasurement]) -> list[KeptMeasurement]:
    """Those that count: of the measurements of one video, test, side and mode the last given."""
    newest = {(m.provenance.video_sha256, m.movement, m.side, m.mode): m for m in measurements}
    return list(newest.values())


def results_of(measurements: Iterable[KeptMeasurement]) -> list[Result]:
    """Of each video the newest measurement's result, oldest first."""
    newest = newest_of_each_video(measurements)
    return sorted((m.result for m in newest if m.result), key=lambda result: result.on)

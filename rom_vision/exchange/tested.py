"""The movement tests of a series: what each session gave, from films and from what the therapist wrote."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from rom_vision.compare import Result
from rom_vision.course import Kind, Visit
from rom_vision.interpret import Outcome
from rom_vision.kinematics.hold import Hold
from rom_vision.movements import Mode, MovementTest, Side, movement_test
from rom_vision.records import Chart, Instrument, KeptMeasurement, MovementFinding, newest_of_each_video

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """One movement test, side and mode in one session.

    Attributes:
        film: its last measurement with a result; None where there is none.
        findings: what the therapist wrote, oldest first; where they contradict each other the later counts.
        hold: of a resisted test that was filmed.
    """

    on: date
    session_id: int
    test: MovementTest
    side: Side | None
    mode: Mode
    film: KeptMeasurement | None
    findings: tuple[MovementFinding, ...]
    hold: Hold | None = None

    @property
    def kind(self) -> Kind:
        """What it is a trial of."""
        return self.test.id, self.side, self.mode

    @property
    def result(self) -> Result | None:
        """How far the joint went: as filmed, or else as typed in; None where neither is there."""
        if self.film:
            return self.film.result
        return self._read.result(self.on) if self._read else None

    @property
    def by(self) -> Instrument | None:
        """How the result came about; None where there is none."""
        return "film" if self.film else self._read.by if self._read else None

    @property
    def pain(self) -> int | None:
        """0 to 10; None where it was not asked."""
        return _last(finding.pain for finding in self.findings)

    @property
    def strength(self) -> int | None:
        """0 to 5; None where it was not tested."""
        return _last(finding.strength for finding in self.findings)

    @property
    def force_n(self) -> float | None:
        """Newtons; None where it was not measured."""
        return _last(finding.force_n for finding in self.findings)

    @property
    def end_feel(self) -> str | None:
        """Id of an end feel; None where it was not told."""
        return _last(finding.end_feel for finding in self.findings)

    @property
    def concordant(self) -> bool | None:
        """Whether it was the pain that the client came for; None where it was not asked."""
        return _last(finding.concordant for finding in self.findings)

    @property
    def painful_arc_deg(self) -> tuple[float, float] | None:
        """From where to where it hurt, degrees."""
        return _last(
            (finding.painful_from_deg, finding.painful_to_deg)
            for finding in self.findings
            if finding.painful_from_deg is not None and finding.painful_to_deg is not None
        )

    @property
    def outcome(self) -> Outcome:
        """For `interpret`."""
        return Outcome(
            test=self.test, side=self.side, mode=self.mode, result=self.result, pain=self.pain,
            painful_arc_deg=self.painful_arc_deg, end_feel=self.end_feel, strength=self.strength, hold=self.hold,
        )  # fmt: skip

    @property
    def _read(self) -> MovementFinding | None:
        typed = [finding for finding in self.findings if finding.by != "film" and finding.value_deg is not None]
        return typed[-1] if typed else None


def trials_of(chart: Chart, holds: Mapping[int, Hold]) -> tuple[Trial, ...]:
    """All movement tests of a chart, session by session, the oldest first.

    A film that was refused gives none, unless the therapist wrote something about the test.

    Args:
        chart: what belongs to a session that is not in it is left out.
        holds: by measurement, of the resisted tests that were held.
    """
    films: dict[tuple[int, Kind], KeptMeasurement] = {}
    for one in newest_of_each_video(chart.measurements):
        if one.result:
            films[one.session_id, (one.movement, one.side, one.mode)] = one
    written: dict[tuple[int, Kind], list[MovementFinding]] = {}
    for finding in chart.movement:
        kind = finding.movement, finding.side, finding.mode
        written.setdefault((finding.session_id, kind), []).append(finding)
    days = {session.id: session.on for session in chart.sessions}
    found = []
    for session_id, kind in dict.fromkeys((*written, *films)):
        if session_id in days:
            film = films.get((session_id, kind))
            movement, side, mode = kind
            found.append(
                Trial(
                    on=days[session_id], session_id=session_id, test=movement_test(movement), side=side, mode=mode,
                    film=film, findings=tuple(written.get((session_id, kind), ())),
                    hold=holds.get(film.id) if film else None,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda trial: (trial.on, trial.session_id)))


def visits_of(trials: Sequence[Trial]) -> tuple[Visit, ...]:
    """Those with a result, for `course.courses`."""
    return tuple(Visit(result=trial.result, pain=trial.pain) for trial in trials if trial.result)


def _last(told: Iterable[T | None]) -> T | None:
    known = [one for one in told if one is not None]
    return known[-1] if known else None

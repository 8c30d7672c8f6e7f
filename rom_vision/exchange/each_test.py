"""All movement tests on a client's chart, filmed or typed in, each by itself: what other programs are handed.

`tested` makes one trial of all that a session says of a test, as people read it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rom_vision.compare import Result
from rom_vision.kinematics.repetitions import Repetition
from rom_vision.movements import Mode, MovementTest, Side, movement_test
from rom_vision.records import Chart, Instrument, KeptMeasurement, MovementFinding, Session


@dataclass(frozen=True, kw_only=True, slots=True)
class Tested:
    """One movement test of a session. It has a finding, a measurement, or both.

    Attributes:
        finding: what was written down; None where there is only a film.
        measurement: of the film; None where it was not filmed.
    """

    session: Session
    finding: MovementFinding | None
    measurement: KeptMeasurement | None

    @property
    def test(self) -> MovementTest:
        """What was tested."""
        return movement_test(self._either.movement)

    @property
    def side(self) -> Side | None:
        """None for a test of the midline."""
        return self._either.side

    @property
    def mode(self) -> Mode:
        """Who moved."""
        return self._either.mode

    @property
    def by(self) -> Instrument:
        """How the value came about."""
        return self.finding.by if self.finding else "film"

    @property
    def value_deg(self) -> float | None:
        """How far the joint went; None where it was not measured, or refused."""
        return self.finding.value_deg if self.finding else self._filmed.peak_deg

    @property
    def uncertainty_deg(self) -> float | None:
        """Half-width of its 95 % interval."""
        return self.finding.uncertainty_deg if self.finding else self._filmed.uncertainty_deg

    @property
    def best(self) -> Repetition | None:
        """The repetition that went farthest; None where none was filmed."""
        tries = self.measurement.repetitions if self.measurement else ()
        return max(tries, key=lambda repetition: repetition.peak_deg, default=None)

    @property
    def result(self) -> Result | None:
        """For comparisons; None without a value, and of a resisted test, since the joint should not move."""
        if self.mode == "resisted":
            return None
        return self.finding.result(self.session.on) if self.finding else self._filmed.result

    @property
    def _either(self) -> MovementFinding | KeptMeasurement:
        return self.finding or self._filmed

    @property
    def _filmed(self) -> KeptMeasurement:
        assert self.measurement is not None
        return self.measurement


def all_tested(chart: Chart) -> tuple[Tested, ...]:
    """All movement tests, oldest session first.

    Of a video that was measured more than once the newest measurement counts, and those that findings belong to.
    """
    sessions = {session.id: number for number, session in enumerate(chart.sessions)}
    return tuple(sorted(_tested(chart), key=lambda tested: sessions[tested.session.id]))


def _tested(chart: Chart) -> Iterator[Tested]:
    sessions = {session.id: session for session in chart.sessions}
    films = {measurement.id: measurement for measurement in chart.measurements}
    for finding in chart.movement:
        film = films[finding.measurement_id] if finding.measurement_id is not None else None
        yield Tested(session=sessions[finding.session_id], finding=finding, measurement=film)
    written = {finding.measurement_id for finding in chart.movement}
    newest = {(m.provenance.video_sha256, m.movement, m.side, m.mode): m for m in chart.measurements}
    for film in newest.values():
        if film.id not in written:
            yield Tested(session=sessions[film.session_id], finding=None, measurement=film)

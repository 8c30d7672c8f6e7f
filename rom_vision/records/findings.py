"""What a session brings: its notes, what palpation and the movement tests found, what was done."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from rom_vision.compare import Result
from rom_vision.movements import (
    Bearing,
    FascialLine,
    Mode,
    Side,
    bearing_on_line,
    bearing_on_muscle,
    bearing_on_segment,
    lines_through,
    load_muscles,
    load_segments,
    movement_test,
)
from rom_vision.records.clinical import Technique
from rom_vision.records.entry import Between, Degrees, Entry, Pain, Share

SessionKind = Literal["first_assessment", "treatment", "re_assessment", "home"]
Face = Literal["front", "back"]
Tissue = Literal[
    "trigger_point_active",
    "trigger_point_latent",
    "taut_band",
    "fascial_restriction",
    "hypertonic_muscle",
    "tenderness",
    "dermatome",
    "spinal_segment",
]
PainQuality = Literal[
    "dull", "aching", "sharp", "stabbing", "burning", "throbbing", "pulling", "pressing", "tingling", "numb"
]
FeltEnd = Literal["soft", "firm", "hard", "empty", "spasm", "springy"]
Instrument = Literal["film", "goniometer", "eye"]
MOST_FORCE_N = 5000.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Session(Entry):
    """One client's session; a day may have one of each kind.

    Attributes:
        referral_id: the order it was held under; None for none.
        subjective: what the client says.
        objective: what the therapist sees, beside the findings.
        assessment: what the therapist makes of it.
        plan: what comes next.
        red_flags: ids of those that the client told of: no test is read then.
        measurements: how many; worked out, ignored when saved.
    """

    on: date
    kind: SessionKind
    referral_id: int | None = None
    therapist: str = ""
    subjective: str = ""
    objective: str = ""
    assessment: str = ""
    plan: str = ""
    red_flags: tuple[str, ...] = ()
    measurements: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PalpationFinding(Entry):
    """What a hand found at one place.

    Attributes:
        region: id of `movements.palpation`.
        side: None on the midline.
        x: where on the chart of the body, from its left edge (0) to its right (1), as printed.
        y: from its top (0) to its bottom (1).
        pain: on pressure.
        quality: None where nothing hurts.
        referral_area: where a trigger point sends its pain, in words; only of a trigger point.
        level: such as C6, of a dermatome or a segment of the spine only.
        muscle: id of the muscle that is meant, or None.
    """

    session_id: int
    region: str
    side: Side | None = None
    face: Face
    x: Share
    y: Share
    kind: Tissue
    pain: Pain
    quality: PainQuality | None = None
    referral_area: str = ""
    level: str = ""
    muscle: str | None = None
    note: str = ""

    @property
    def bearings(self) -> tuple[Bearing, ...]:
        """The movement tests that speak for or against it, by its muscle, its level of the spine or its lines."""
        segment = load_segments().get(self.level)
        return (
            *(bearing_on_muscle(load_muscles()[self.muscle], self.side) if self.muscle else ()),
            *(bearing_on_segment(segment, self.side) if segment else ()),
            *(bearing for line in self.lines for bearing in bearing_on_line(line, self.side)),
        )

    @property
    def lines(self) -> tuple[FascialLine, ...]:
        """The fascial lines on which it lies, if it is a restriction of fascia."""
        return lines_through(self.region) if self.kind == "fascial_restriction" else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MovementFinding(Entry):
    """What a movement test found, beside or without the film.

    Attributes:
        movement: id of the movement test.
        by: how the value came about; a `film` is that of the measurement.
        measurement_id: the kept measurement; None where it was not filmed.
        value_deg: of a film it is the measurement's peak, filled in when saved.
        uncertainty_deg: half-width of its 95 % interval; of a film the measurement's own.
        pain: during the test; None where it was not asked.
        painful_from_deg: where the painful arc begins; None where there is none.
        painful_to_deg: where it ends; the same where it is one angle.
        end_feel: of a passive test only.
        strength: 0 to 5 (Medical Research Council), of a resisted test only.
        force_n: newtons, of a resisted test only.
        concordant: whether it is the pain that the client came for; None where it was not asked.
    """

    session_id: int
    movement: str
    side: Side | None = None
    mode: Mode
    by: Instrument
    measurement_id: int | None = None
    value_deg: Degrees | None = None
    uncertainty_deg: Annotated[float, Between(0, 180)] | None = None
    pain: Pain | None = None
    painful_from_deg: Degrees | None = None
    painful_to_deg: Degrees | None = None
    end_feel: FeltEnd | None = None
    strength: Annotated[int, Between(0, 5)] | None = None
    force_n: Annotated[float, Between(0, MOST_FORCE_N)] | None = None
    concordant: bool | None = None
    note: str = ""

    def result(self, on: date) -> Result | None:
        """For comparisons, as of the day of its session; None where there is no angle."""
        if self.value_deg is None or self.uncertainty_deg is None:
            return None
        return Result(
            test=movement_test(self.movement), side=self.side, mode=self.mode, on=on,
            peak_deg=self.value_deg, uncertainty_deg=self.uncertainty_deg,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Treatment(Entry):
    """What was done in a session.

    Attributes:
        techniques: at least one; `other_technique` says which where `other` is among them.
        regions: ids of `movements.palpation`.
        response: how the client took it, in words.
        pain_before: of the complaint.
        pain_after: of the complaint.
    """

    session_id: int
    techniques: tuple[Technique, ...]
    other_technique: str = ""
    regions: tuple[str, ...] = ()
    minutes: Annotated[int, Between(1, 600)]
    response: str = ""
    pain_before: Pain | None = None
    pain_after: Pain | None = None

"""What is ordered, how far it is, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from rom_vision.capture.pose_model import DEFAULT_SIZE
from rom_vision.measure import Measurement, check_fits
from rom_vision.movements import Mode, MovementTest, Side, movement_test

State = Literal["waiting", "running", "done", "failed", "stopped"]
STATES: tuple[State, ...] = get_args(State)
OVER: Mapping[str, bool] = MappingProxyType({state: state not in ("waiting", "running") for state in STATES})


@dataclass(frozen=True, slots=True)
class Order:
    """A clip to be measured, and its overlay to be drawn.

    Attributes:
        client_id: whose it is; None where it is nobody's in the record, as in a study.
        movement: id of the movement test.
        side: None for a test of the midline.
        model: size of the pose model, or the path of an own .task file.
        camera: name of the profile of the camera; None for a phone like most.
        client_at_px: a point on the client; None takes the largest and most central person.
        client_at_s: when the client is there, seconds from the first frame.
        exercise_id: the exercise of the home programme that it answers.
        corrects: number of the kept measurement that it is to take the place of, once a therapist says so.
        covers: number of the kept measurement in whose film faces are to be covered; None where it is to be
            measured.
        keep: whether it goes into the client's record as soon as it is measured and accepted. Where several
            machines share the store it does not: the record's videos would lie on whichever machine measured it.
    """

    client_id: str | None
    movement: str
    side: Side | None
    mode: Mode
    model: str = DEFAULT_SIZE
    camera: str | None = None
    client_at_px: tuple[float, float] | None = None
    exercise_id: int | None = None
    keep: bool = False
    client_at_s: float = 0.0
    corrects: int | None = None
    covers: int | None = None

    def check(self) -> None:
        """Raises UsageError where there is no such test, or it has no such side or mode."""
        check_fits(self.test, self.side, self.mode)

    @property
    def test(self) -> MovementTest:
        """The movement test of that id."""
        return movement_test(self.movement)

    def to_json(self) -> dict[str, Any]:
        """As it stands in the table."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_json(cls, work: Mapping[str, Any]) -> "Order":
        """What `to_json` made."""
        at_px = work["client_at_px"]
        return cls(**{**work, "client_at_px": None if at_px is None else (at_px[0], at_px[1])})


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """An order in the queue, as it stands at the moment.

    Attributes:
        by: user name of who gave the order.
        doing: what is being done, in words; empty before the first word.
        done: frames so far.
        of: all frames; None where that is not known.
        before: how many jobs have to end or begin before it begins; 0 once it runs.
        message: why it failed, one sentence; empty unless it did.
        remedy: what to do about it.
        attempts: how often it was begun.
        stopping: whether it was told to stop.
        video_sha256: digest of the clip.
        kept_id: number of the measurement in the record, while it is kept there.
        submitted_at: UTC.
    """

    id: str
    order: Order
    by: str
    state: State
    doing: str
    done: int
    of: int | None
    before: int
    message: str
    remedy: str
    attempts: int
    stopping: bool
    video_sha256: str
    kept_id: int | None
    submitted_at: datetime

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return OVER[self.state]

    @property
    def share(self) -> float:
        """Of the frames that are done, 0 to 1; 0 where it is not known."""
        return min(self.done / self.of, 1.0) if self.of else 0.0


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Outcome:
    """What came of a job that is done.

    Attributes:
        video: the clip, on this machine.
        overlay: the same with the measurement drawn in, as it was when it was measured.
    """

    measurement: Measurement
    video: Path
    overlay: Path

"""What a person changes in a measurement by hand: Measurement and Edits -> Measurement, marked as such.

All edits start from the measurement as the program made it, so that each can be undone by itself, and the same
edits give the same numbers. Nothing here looks at the video again. What was changed is kept with the measurement,
among the settings it was made with.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.camera import Camera
from rom_vision.capture.camera_profiles import camera_for
from rom_vision.capture.client import Client
from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.errors import UsageError
from rom_vision.kinematics.body import FITTED, Body, fit_body
from rom_vision.kinematics.by_hand import Drag, doubted, put_right
from rom_vision.kinematics.hand_angle import HandAngle
from rom_vision.kinematics.head import Neck
from rom_vision.kinematics.lifter import lift
from rom_vision.kinematics.repetitions import Curve, Repetition, repetition_between
from rom_vision.language import say
from rom_vision.measure import Chosen, Measurement, check_fits, measure_body, own_limb
from rom_vision.movements import Mode, Side, movement_test, on_side
from rom_vision.neck import JOINT as NECK

SETTING, CLIENT_SETTING = "edits", "client_at_px"
LEAST_FRAMES = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Drop:
    """A repetition that is not to count: the one during which this moment is."""

    at_s: float

    @property
    def sentence(self) -> str:
        """In words, without full stop."""
        return say("the repetition at {at:.1f} s does not count", at=self.at_s)


@dataclass(frozen=True, kw_only=True, slots=True)
class Add:
    """A repetition that the program did not see as one; it takes the place of those whose peak it holds."""

    start_s: float
    end_s: float

    @property
    def sentence(self) -> str:
        """In words, without full stop."""
        return say(
            "what lies between {start:.1f} and {end:.1f} s counts as a repetition",
            start=self.start_s, end=self.end_s,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Trim:
    """Nothing outside counts, neither as movement nor as a fault."""

    start_s: float
    end_s: float

    @property
    def sentence(self) -> str:
        """In words, without full stop."""
        return say("only {start:.1f} to {end:.1f} s of the clip counts", start=self.start_s, end=self.end_s)


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureAs:
    """Another test, side or mode than was said at first."""

    movement: str
    side: Side | None
    mode: Mode

    @property
    def sentence(self) -> str:
        """In words, without full stop."""
        what = on_side(movement_test(self.movement).name, self.side)
        return say("measured again as {what}, {mode}", what=what, mode=say(self.mode))


@dataclass(frozen=True, kw_only=True, slots=True)
class PutRight:
    """A joint put where it is, in the frame nearest to this moment; pixels of the measured picture."""

    point: Point
    time_s: float
    image_px: tuple[float, float]

    @property
    def sentence(self) -> str:
        """In words, without full stop."""
        point = say(self.point.name.lower().replace("_", " "))
        return say("the {point} was put right at {time:.2f} s", point=point, time=self.time_s)


Edit: TypeAlias = Drop | Add | Trim | MeasureAs | PutRight
KINDS: Mapping[str, type[Edit]] = MappingProxyType(
    {"drop": Drop, "add": Add, "trim": Trim, "measure_as": MeasureAs, "put_right": PutRight}
)


@dataclass(frozen=True, slots=True)
class Edits:
    """All that was changed, in the order in which it was done; the order makes no difference to the numbers."""

    all: tuple[Edit, ...] = ()

    def plus(self, edit: Edit) -> "Edits":
        """With one more; it takes the place of what it contradicts."""
        return Edits((*(one for one in self.all if not _contradicts(edit, one)), edit))

    def without(self, edit: Edit) -> "Edits":
        """With one undone."""
        return Edits(tuple(one for one in self.all if one != edit))

    @property
    def text(self) -> str:
        """As JSON, for keeping."""
        named = {kind: name for name, kind in KINDS.items()}
        return json.dumps([{"kind": named[type(edit)]} | _plain(edit) for edit in self.all])

    @classmethod
    def from_text(cls, text: str) -> "Edits":
        """From what `text` was."""
        return cls(tuple(_edit(**fields) for fields in json.loads(text)))


def edited(measurement: Measurement, edits: Edits, camera: Camera | None = None) -> Measurement:
    """The measurement with all edits.

    Args:
        measurement: as the program made it.
        camera: that filmed it; None is the one named in its settings.
    Raises:
        UsageError: an edit leaves nothing to measure, the test has no such side or mode, or there is no repetition
            where one was added.
    """
    if not edits.all:
        return measurement
    test, side, mode = measurement.test, measurement.side, measurement.mode
    for edit in edits.all:
        if isinstance(edit, MeasureAs):
            test, side, mode = movement_test(edit.movement), edit.side, edit.mode
    check_fits(test, side, mode)
    landmarks, body = measurement.landmarks, measurement.body
    drags = _drags(landmarks, edits)
    refits = landmarks.trust is not None and (test, side) != (measurement.test, measurement.side)
    if drags or refits:
        camera = camera or _camera(measurement)
        right = put_right(landmarks, body, camera, drags)
        landmarks = right.landmarks
        lifted = lift(own_limb(landmarks, test, side), camera)
        body = doubted(fit_body(lifted, landmarks.time_s, right.placed), right.spread_m)
    for edit in edits.all:
        if isinstance(edit, Trim):
            landmarks, body = _trimmed(landmarks, body, edit)
    kept = np.isin(measurement.landmarks.time_s, landmarks.time_s)
    client = Client(landmarks=landmarks, others=measurement.others)
    settings = MappingProxyType({**measurement.provenance.settings, SETTING: edits.text})
    return measure_body(
        client, body, test, side, mode, replace(measurement.provenance, settings=settings),
        measurement.video_warnings, chosen=_chosen(edits),
        neck=_neck(measurement, kept) if test.joint == NECK else None,
        hand=_hand(measurement, kept)
        if (test.angle, side) == (measurement.test.angle, measurement.side) else None,
    )  # fmt: skip


def _neck(measurement: Measurement, kept: NDArray[np.bool_]) -> Neck | None:
    """What the face told, in the frames that are kept; dragged joints do not change it. A profile is read anew."""
    if measurement.neck is None or measurement.neck.told_by == "profile":
        return None
    return measurement.neck.within(kept)


def _hand(measurement: Measurement, kept: NDArray[np.bool_]) -> HandAngle | None:
    """What the hand told, in the frames that are kept; dragged joints do not change it."""
    return None if measurement.hand is None else measurement.hand.within(kept)


def joints_px(measurement: Measurement) -> NDArray[np.float64]:
    """(n, 33, 2) where the joints of the body are in the measured picture; NaN where there is none."""
    return _camera(measurement).project_px(measurement.body.joints_m)


def edits_of(settings: Mapping[str, float | str | None]) -> Edits:
    """What was changed by hand in a measurement made with these settings."""
    text = settings.get(SETTING)
    return Edits.from_text(text) if isinstance(text, str) else Edits()


def by_hand(settings: Mapping[str, float | str | None]) -> tuple[str, ...]:
    """What a person had a hand in, of a measurement made with these settings: sentences without full stop."""
    pointed = (say("the client was pointed at"),) if settings.get(CLIENT_SETTING) is not None else ()
    return (*pointed, *(edit.sentence for edit in edits_of(settings).all))


def _contradicts(edit: Edit, earlier: Edit) -> bool:
    match edit, earlier:
        case (Trim(), Trim()) | (MeasureAs(), MeasureAs()):
            return True
        case MeasureAs(), Drop() | Add():  # those are of another curve
            return True
        case PutRight(), PutRight():
            return edit.point == earlier.point and edit.time_s == earlier.time_s
        case Add(), Drop():
            return edit.start_s <= earlier.at_s <= edit.end_s
        case Add(), Add():
            return edit.start_s < earlier.end_s and earlier.start_s < edit.end_s
    return edit == earlier


def _chosen(edits: Edits) -> Chosen:
    added = [edit for edit in edits.all if isinstance(edit, Add)]
    dropped = [edit.at_s for edit in edits.all if isinstance(edit, Drop)]

    def chosen(time_s: Curve, curve: Curve, found: tuple[Repetition, ...]) -> tuple[Repetition, ...]:
        kept = [
            repetition
            for repetition in found
            if not any(repetition.start_s <= at_s <= repetition.end_s for at_s in dropped)
            and not any(one.start_s <= repetition.peak_s <= one.end_s for one in added)
        ]
        if found and not kept and not added:
            raise UsageError(
                "Then no repetition would be left.", remedy="Keep one, or discard the clip and film again."
            )
        kept += [_added(time_s, curve, edit) for edit in added]
        return tuple(sorted(kept, key=lambda repetition: repetition.start_s))

    return chosen


def _added(time_s: Curve, curve: Curve, edit: Add) -> Repetition:
    repetition = repetition_between(time_s, curve, edit.start_s, edit.end_s)
    if repetition is None:
        raise UsageError(
            f"The joint does not go there and back between {edit.start_s:.1f} and {edit.end_s:.1f} s.",
            remedy="Begin before the movement does, and end when the joint is back.",
        )
    return repetition


def _drags(landmarks: Landmarks, edits: Edits) -> list[Drag]:
    """The joints put right, each in the nearest frame in which the client is seen; of two in one the later."""
    seen = np.flatnonzero(landmarks.seen)
    found: dict[tuple[Point, int], Drag] = {}
    for edit in edits.all:
        if isinstance(edit, PutRight):
            if edit.point not in FITTED or not len(seen):
                raise UsageError("That joint can't be put right.", remedy="Choose another, or film again.")
            frame = int(seen[np.argmin(np.abs(landmarks.time_s[seen] - edit.time_s))])
            found[edit.point, frame] = Drag(point=edit.point, frame=frame, image_px=edit.image_px)
    return list(found.values())


def _trimmed(landmarks: Landmarks, body: Body, trim: Trim) -> tuple[Landmarks, Body]:
    """The frames within; their times stay those of the film."""
    kept = (landmarks.time_s >= trim.start_s) & (landmarks.time_s <= trim.end_s)
    if kept.sum() < LEAST_FRAMES:
        raise UsageError("Too little of the clip would be left.", remedy="Leave at least one whole repetition.")
    doubt = {name: scale[kept] for name, scale in body.angle_doubt_deg.items()}
    return _cut(landmarks, kept), Body(
        time_s=body.time_s[kept], joints_m=body.joints_m[kept], angle_doubt_deg=MappingProxyType(doubt)
    )


def _cut(landmarks: Landmarks, kept: NDArray[np.bool_]) -> Landmarks:
    return replace(
        landmarks,
        time_s=landmarks.time_s[kept],
        image_px=landmarks.image_px[kept],
        image_z_px=landmarks.image_z_px[kept],
        world_m=landmarks.world_m[kept],
        visibility=landmarks.visibility[kept],
        trust=None if landmarks.trust is None else landmarks.trust[kept],
    )


def _camera(measurement: Measurement) -> Camera:
    name = measurement.provenance.settings.get("camera")
    return camera_for(measurement.landmarks.size_px, name if isinstance(name, str) else None)


def _plain(edit: Edit) -> dict[str, object]:
    fields = dataclasses.asdict(edit)
    return fields | ({"point": edit.point.name} if isinstance(edit, PutRight) else {})


def _edit(kind: str, **fields: object) -> Edit:
    if kind == "put_right":
        place: tuple[float, float] = tuple(fields["image_px"])  # type: ignore[arg-type, assignment]
        fields = fields | {"point": Point[str(fields["point"])], "image_px": place}
    return KINDS[kind](**fields)  # type: ignore[arg-type]  # the fields of that kind, as `_plain` wrote them

"""How each movement test is done: what moves, what goes along, how the body is held meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from benchmarks.studio.body import SIDES, Array
from benchmarks.studio.postures import (
    AT_TABLE,
    BASES,
    CROSSED_ARMS,
    PRONE,
    RISING,
    SIDE_LYING,
    SITTING,
    STANDING,
    SUPINE,
    other,
)

Along = Callable[[Array], Array]

KNEE_SEATED_DEG, SHANK_SEATED_DEG = 100.0, 10.0  # before rising: feet drawn back a little, thighs level


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a movement is done. "same" and "other" stand for the sides; leaning and turning are towards the same.

    Attributes:
        term: the tested term.
        sign: -1 where the movement is named after the opposite direction of its term.
        posture: how the body is held; where that depends on the tested side, by this side.
        held: terms that differ from the posture's base throughout.
        along: other terms as a function of the tested angle.
        one_leg: whether the tested leg leaves the floor.
    """

    term: str
    sign: float = 1.0
    posture: str | Mapping[str, str] = STANDING
    held: Mapping[str, float] = field(default_factory=dict)
    along: Mapping[str, Along] = field(default_factory=dict)
    one_leg: bool = False

    def posture_of(self, side: str) -> str:
        """How the body is held when this side is tested."""
        return self.posture if isinstance(self.posture, str) else self.posture[side]

    def standing_on(self, side: str) -> tuple[str, ...]:
        return (other(side),) if self.one_leg else SIDES

    def tested(self, side: str) -> tuple[str, float]:
        """The tested term for this side, and the sign that the skeleton wants."""
        if self.term.startswith(("same", "other")):
            return _named(self.term, side), self.sign
        return self.term, self.sign * (_towards(side) if _is_sideways(self.term) else 1.0)

    def posture_at(self, asked_deg: Array, side: str) -> dict[str, Array]:
        """(n,) degrees of every term but the tested one, while the tested angle is this."""
        terms: dict[str, Array] = dict(BASES[self.posture_of(side)])
        for term, angle in self.held.items():
            terms[_named(term, side)] = angle * (_towards(side) if _is_sideways(term) else 1.0)
        for term, of_angle in self.along.items():
            name, way = _named(term, side), _towards(side) if _is_sideways(term) else 1.0
            terms[name] = terms.get(name, 0.0) + way * of_angle(asked_deg)
        return terms


def smooth(share: Array) -> Array:
    """From 0 to 1 as a hand moves: least jerk (Flash and Hogan 1985, J Neurosci 5:1688, equation 4)."""
    share = np.clip(share, 0, 1)
    return share**3 * (10 - 15 * share + 6 * share**2)


def ramp(start_deg: float, end_deg: float, size_deg: float) -> Along:
    """Nothing below the start, the whole size beyond the end."""
    return lambda angle: size_deg * smooth((angle - start_deg) / (end_deg - start_deg))


def share(part: float) -> Along:
    return lambda angle: part * angle


def heel_stays_down(angle: Array) -> Array:
    """Hip flexion that keeps the heel on the couch while the knee bends, with thigh as long as shank."""
    return angle / 2


def knees_over_feet(angle: Array, stance_deg: float = 4.5) -> Array:
    """Hip abduction at which the feet stay apart as they are while both knees bend, thigh as long as shank."""
    return np.degrees(np.arcsin(2 * np.sin(np.radians(stance_deg)) / (1 + np.cos(np.radians(angle)))))


def thigh_while_rising(knee_extension: Array) -> Array:
    """Thigh against the vertical: level on the chair; the shank leans forward most at the middle of the way
    and stands upright at the end."""
    knee = -np.asarray(knee_extension)
    bent = np.clip(knee / KNEE_SEATED_DEG, 0, 1)
    return knee - SHANK_SEATED_DEG * bent - 9.0 * np.sin(np.pi * bent)


def feet_stay_while_rising(knee_extension: Array) -> Array:
    return knees_over_feet(-np.asarray(knee_extension))


def leaning_while_rising(size_deg: float) -> Along:
    """The trunk comes forward until the seat is left, soon after the knees begin to straighten, and then up."""
    leave, forward = 0.8 * KNEE_SEATED_DEG, ramp(-KNEE_SEATED_DEG, -0.8 * KNEE_SEATED_DEG, 1.0)
    return lambda angle: size_deg * forward(angle) * smooth(-angle / leave)


def _named(term: str, side: str) -> str:
    whose, _, what = term.partition(" ")
    return {"same": f"{side} {what}", "other": f"{other(side)} {what}"}.get(whose, term)


def _is_sideways(term: str) -> bool:
    return not term.startswith(("same", "other")) and term.endswith(("lean", "turn", "sway"))


def _towards(side: str) -> float:
    return 1.0 if side == "left" else -1.0


_ARM_OPENS = {"same elbow flexion": ramp(0, 60, -5), "same finger flexion": ramp(0, 60, -8)}
_ELBOW_AT_RIGHT_ANGLE = {"same elbow flexion": 90.0, "same shoulder abduction": 3.0, "same shoulder flexion": 0.0}
_FIST = _ELBOW_AT_RIGHT_ANGLE | {"same finger flexion": 70.0}
_PALM_UP, _THUMB_UP = {"same forearm pronation": -80.0}, {"same forearm pronation": 0.0}
_LEG_FREE = {
    "sway": ramp(0, 25, -2.5),
    "other shoulder abduction": ramp(5, 60, 6),
    "same shoulder abduction": ramp(5, 60, 6),
}


def _rolling_pelvis(start_deg: float, end_deg: float, size_deg: float) -> dict[str, Along]:
    """Lying, the pelvis rolls backwards at the end of the movement; back and other leg stay on the couch."""
    roll, back = ramp(start_deg, end_deg, -size_deg), ramp(start_deg, end_deg, size_deg)
    return {"pelvis tilt": roll, "other hip flexion": roll, "trunk flexion": back}


MANNERS: dict[str, Manner] = {
    "shoulder_abduction": Manner(
        term="same shoulder abduction",
        along=_ARM_OPENS
        | {
            "same shoulder rotation": ramp(40, 150, 70), "trunk lean": ramp(90, 170, -3),
            "neck lean": ramp(90, 170, 2),
        },
    ),
    "shoulder_scaption": Manner(
        term="same shoulder abduction",
        held={"same shoulder plane": 35.0, "same shoulder flexion": 0.0},
        along=_ARM_OPENS | {"same shoulder rotation": ramp(40, 150, 45), "trunk flexion": ramp(90, 170, -2)},
    ),
    "shoulder_flexion": Manner(
        term="same shoulder flexion",
        along=_ARM_OPENS | {"same shoulder rotation": ramp(30, 150, 15), "trunk flexion": ramp(100, 170, -4)},
    ),
    "shoulder_extension": Manner(
        term="same shoulder flexion", sign=-1,
        along={"trunk flexion": ramp(20, 60, 5), "same shoulder girdle elevation": ramp(20, 60, 4)},
    ),
    "shoulder_horizontal_adduction": Manner(
        term="same shoulder plane", posture=SITTING,
        held={"same shoulder abduction": 88.0, "same shoulder flexion": 0.0, "same elbow flexion": 12.0},
        along={"trunk turn": ramp(80, 130, -4)},
    ),
    "shoulder_external_rotation": Manner(
        term="same shoulder rotation", posture=SITTING,
        held=_ELBOW_AT_RIGHT_ANGLE | {"same forearm pronation": 0.0},
        along={"same shoulder abduction": ramp(30, 80, 6)},
    ),
    "shoulder_internal_rotation": Manner(
        term="same shoulder rotation", sign=-1, posture=SITTING,
        held=_ELBOW_AT_RIGHT_ANGLE | {"same forearm pronation": 0.0, "same shoulder abduction": 12.0},
        along={"same shoulder abduction": ramp(30, 70, 10)},
    ),
    "elbow_flexion": Manner(
        term="same elbow flexion",
        along={
            "same forearm pronation": ramp(10, 80, -65), "same shoulder flexion": ramp(60, 140, 6),
            "same finger flexion": ramp(20, 120, 25), "trunk flexion": ramp(60, 140, -1),
        },
    ),
    "elbow_extension": Manner(term="same elbow flexion", sign=-1, held={"same forearm pronation": -60.0}),
    "forearm_pronation": Manner(
        term="same forearm pronation", posture=SITTING, held=_FIST,
        along={"same shoulder abduction": ramp(40, 90, 6)},
    ),
    "forearm_supination": Manner(
        term="same forearm pronation", sign=-1, posture=SITTING, held=_FIST,
        along={"same shoulder flexion": ramp(40, 90, 4)},
    ),
    "wrist_flexion": Manner(term="same wrist flexion", posture=AT_TABLE, held=_PALM_UP),
    "wrist_extension": Manner(
        term="same wrist flexion", sign=-1, posture=AT_TABLE, held=_PALM_UP,
        along={"same finger flexion": ramp(0, 60, 12)},
    ),
    "wrist_radial_deviation": Manner(
        term="same wrist deviation", sign=-1, posture=AT_TABLE, held=_THUMB_UP,
    ),
    "wrist_ulnar_deviation": Manner(term="same wrist deviation", posture=AT_TABLE, held=_THUMB_UP),
    "hip_flexion": Manner(
        term="same hip flexion", posture=SUPINE,
        along=_rolling_pelvis(60, 130, 8)
        | {"same knee flexion": share(1.05), "same ankle dorsiflexion": ramp(0, 60, 25)},
    ),
    "straight_leg_raise": Manner(
        term="same hip flexion", posture=SUPINE,
        along=_rolling_pelvis(40, 90, 5) | {"same ankle dorsiflexion": ramp(0, 40, 25)},
    ),
    "hip_extension": Manner(
        term="same hip flexion", sign=-1, one_leg=True,
        along=_LEG_FREE
        | {"trunk flexion": ramp(5, 30, 6), "pelvis tilt": ramp(5, 30, 5), "same knee flexion": ramp(0, 30, 8)},
    ),
    "hip_abduction": Manner(
        term="same hip abduction", one_leg=True,
        along={
            "sway": ramp(3, 20, -3), "pelvis lean": ramp(10, 45, -5), "trunk lean": ramp(8, 45, -3),
            "same ankle dorsiflexion": ramp(5, 30, -4), "other shoulder abduction": ramp(8, 45, 10),
            "same shoulder abduction": ramp(8, 45, 12), "neck lean": ramp(10, 45, 5),
        },
    ),
    "hip_abduction_side_lying": Manner(
        term="same hip abduction", posture=SIDE_LYING,
        along={
            "same hip flexion": ramp(10, 45, 4), "pelvis lean": ramp(15, 45, -4), "trunk lean": ramp(15, 45, 4),
        },
    ),
    "hip_adduction": Manner(
        term="same hip abduction", sign=-1, one_leg=True, along=_LEG_FREE | {"same hip flexion": ramp(-5, 8, 14)},
    ),
    "hip_internal_rotation": Manner(
        term="same hip rotation", sign=-1, posture=SITTING, held={"trunk flexion": 6.0},
    ),
    "hip_external_rotation": Manner(term="same hip rotation", posture=SITTING, held={"trunk flexion": 6.0}),
    "knee_flexion": Manner(
        term="same knee flexion", one_leg=True,
        along={
            "sway": ramp(0, 40, -2.5), "same hip flexion": ramp(20, 110, 5),
            "same ankle dorsiflexion": ramp(0, 60, -18), "other shoulder abduction": ramp(20, 110, 6),
            "same shoulder abduction": ramp(20, 110, 4), "pelvis tilt": ramp(40, 120, 4),
            "trunk flexion": ramp(30, 120, 3),
        },
    ),
    "knee_flexion_supine": Manner(
        term="same knee flexion", posture=SUPINE,
        along={"same hip flexion": heel_stays_down, "same ankle dorsiflexion": ramp(0, 60, 20)},
    ),
    "knee_extension": Manner(
        term="same knee flexion", sign=-1, posture=SUPINE, along={"same hip flexion": lambda angle: -angle / 2},
    ),
    "knee_flexion_prone": Manner(
        term="same knee flexion", posture=PRONE,
        along={"same ankle dorsiflexion": ramp(10, 60, 45)},
    ),
    "ankle_dorsiflexion": Manner(term="same ankle dorsiflexion", posture=SUPINE),
    "ankle_plantarflexion": Manner(term="same ankle dorsiflexion", sign=-1, posture=SUPINE),
    "trunk_flexion": Manner(
        term="trunk flexion",
        along={
            "pelvis tilt": share(0.4), "same shoulder flexion": share(0.8), "other shoulder flexion": share(0.8),
            "neck flexion": ramp(0, 60, 15),
        },
    ),
    "trunk_extension": Manner(
        term="trunk flexion", sign=-1,
        along={"pelvis tilt": share(-0.3), "neck flexion": ramp(0, 30, -12), "same shoulder flexion": share(-0.5),
               "other shoulder flexion": share(-0.5)},
    ),
    "trunk_lateral_flexion": Manner(
        term="trunk lean",
        along={
            "pelvis lean": ramp(5, 35, 3), "same shoulder abduction": ramp(0, 35, 32),
            "other shoulder abduction": ramp(0, 35, -16), "sway": ramp(0, 35, -2.5),
        },
    ),
    "trunk_rotation": Manner(
        term="trunk turn", posture=SITTING, held=CROSSED_ARMS,
        along={"neck turn": share(0.3), "pelvis turn": share(0.06)},
    ),
    "neck_flexion": Manner(term="neck flexion", posture=SITTING, along={"trunk flexion": ramp(30, 60, 3)}),
    "neck_extension": Manner(
        term="neck flexion", sign=-1, posture=SITTING, along={"trunk flexion": ramp(30, 60, -3)},
    ),
    "neck_lateral_flexion": Manner(term="neck lean", posture=SITTING, along={"neck turn": ramp(10, 50, 4)}),
    "neck_rotation": Manner(term="neck turn", posture=SITTING, along={"trunk turn": ramp(50, 90, 4)}),
    "squat": Manner(
        term="same knee flexion",
        held={"same hip abduction": 0.0, "other hip abduction": 0.0, "same toe-out": 15.0, "other toe-out": 15.0},
        along={
            "same hip abduction": knees_over_feet, "other hip abduction": knees_over_feet,
            "other knee flexion": share(1.0), "same hip flexion": share(0.68), "other hip flexion": share(0.68),
            "pelvis tilt": share(0.28), "trunk flexion": share(0.12), "neck flexion": share(-0.3),
            "same shoulder flexion": ramp(5, 80, 75), "other shoulder flexion": ramp(5, 80, 75),
        },
    ),
    "sit_to_stand": Manner(
        term="same knee flexion", sign=-1, posture=RISING,
        along={
            "same hip abduction": feet_stay_while_rising, "other hip abduction": feet_stay_while_rising,
            "other knee flexion": share(-1.0), "same hip flexion": thigh_while_rising,
            "other hip flexion": thigh_while_rising, "pelvis tilt": leaning_while_rising(26),
            "trunk flexion": leaning_while_rising(18), "neck flexion": leaning_while_rising(-16),
        },
    ),
    "shoulder_flexion_supine": Manner(
        term="same shoulder flexion", posture=SUPINE,
        held={"same shoulder abduction": 8.0},
        along=_ARM_OPENS
        | {"same shoulder rotation": ramp(30, 150, 15), "same shoulder abduction": ramp(60, 150, 10)},
    ),
    "shoulder_abduction_supine": Manner(
        term="same shoulder abduction", posture=SUPINE,
        along=_ARM_OPENS | {"same shoulder rotation": ramp(40, 150, 70), "trunk lean": ramp(90, 170, -3)},
    ),
    "elbow_flexion_supine": Manner(
        term="same elbow flexion", posture=SUPINE,
        along={"same forearm pronation": ramp(10, 80, -65), "same finger flexion": ramp(20, 120, 15)},
    ),
    "hip_abduction_supine": Manner(
        term="same hip abduction", posture=SUPINE, along={"pelvis lean": ramp(25, 45, -3)},
    ),
}  # fmt: skip

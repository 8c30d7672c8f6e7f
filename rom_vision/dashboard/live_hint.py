"""What a recorder has to know of a movement test, so that the browser can tell whether the picture fits it.

The browser's angle is a hint for whoever films; what is kept is measured from the film, by `measure`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from rom_vision.kinematics.angles import ANGLES, VERTICAL, ends_of
from rom_vision.movements import Joint, Mode, MovementTest, Side

REPETITIONS = 3
HELD_S = 12.0  # a resisted test has no repetitions: rest, push, rest
# the lite model takes one leg for the other where the heel goes to the buttock: 94° off, the full one 23°
NEEDS_FULL: frozenset[Joint] = frozenset({"knee"})
# the whole limb must be in the picture, not only what the angle is made of
LIMBS: Mapping[Joint, tuple[str, ...]] = MappingProxyType(
    {
        "shoulder": ("shoulder", "elbow", "wrist"),
        "elbow": ("shoulder", "elbow", "wrist"),
        "forearm": ("shoulder", "elbow", "wrist"),
        "wrist": ("elbow", "wrist", "index"),
        "hip": ("hip", "knee", "ankle"),
        "knee": ("hip", "knee", "ankle"),
        "ankle": ("knee", "ankle", "toes"),
    }
)


def wanted(test: MovementTest, side: Side | None, mode: Mode, repetitions: int | None = None) -> dict[str, Any]:
    """As the recorder's scripts take it.

    Args:
        repetitions: after which it stops by itself; None is those of a test.
    """
    angle = ANGLES[test.angle]
    names = {*angle.proximal, *angle.distal, *LIMBS.get(test.joint, ())} - set(VERTICAL)
    need = {tuple(ends[0]) for name in names if (ends := ends_of((name, name), side))}
    resisted = mode == "resisted"
    return {
        "model": f"pose_{'full' if test.joint in NEEDS_FULL else 'lite'}.task",
        "view": test.view,
        "side": side,
        "people": 2 if mode == "passive" or resisted else 1,
        "need": sorted(need),  # of each group one point has to be seen
        "angle": {
            "proximal": ends_of(angle.proximal, side),
            "distal": ends_of(angle.distal, side),
            "offset_deg": angle.offset_deg,
            "from_above": angle.axis == "up",
            "from_start": test.zero == "start",
        },
        "repetitions": None if resisted else repetitions or REPETITIONS,
        "stops_after_s": HELD_S if resisted else 0.0,
    }

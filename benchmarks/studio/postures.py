"""How people hold themselves when nothing is asked of them."""

from benchmarks.studio.body import SIDES

STANDING, SITTING, SUPINE, PRONE = "standing", "sitting", "supine", "prone"
RISING = "rising from a chair"
ON_FEET = (STANDING, RISING)  # the feet carry the body; in all others the chair or the couch does
# by the tested side:
AT_TABLE = {side: f"sitting with the {side} forearm on a table" for side in SIDES}
SIDE_LYING = {"left": "lying on the right side", "right": "lying on the left side"}


def other(side: str) -> str:
    """The opposite side."""
    return "right" if side == "left" else "left"


def both(**angles: float) -> dict[str, float]:
    """The same on both sides; `knee_flexion=90` becomes left and right knee flexion 90."""
    return {f"{side} {term.replace('_', ' ')}": angle for side in SIDES for term, angle in angles.items()}


_ARMS_HANG = both(
    shoulder_abduction=8, shoulder_flexion=3, elbow_flexion=14, forearm_pronation=5, finger_flexion=14
)

CROSSED_ARMS = both(
    shoulder_abduction=0, shoulder_rotation=-66, elbow_flexion=112, forearm_pronation=0, finger_flexion=8
) | {"left shoulder flexion": 42.0, "right shoulder flexion": 30.0}  # fmt: skip


def _lying_on_the_side(upper: str) -> dict[str, float]:
    """The lower hip and knee a little bent for a broad base, the lower arm under the pillow, the upper hand in
    front of the chest."""
    lower = other(upper)
    return {
        "body lean": -90.0 if upper == "left" else 90.0,
        f"{lower} hip flexion": 28.0, f"{lower} hip abduction": 4.0, f"{lower} knee flexion": 42.0,
        f"{lower} shoulder flexion": 95.0, f"{lower} elbow flexion": 110.0, f"{lower} finger flexion": 15.0,
        f"{upper} shoulder flexion": 52.0, f"{upper} shoulder rotation": -65.0, f"{upper} elbow flexion": 80.0,
        f"{upper} finger flexion": 12.0, f"{upper} ankle dorsiflexion": -12.0,
        f"{lower} ankle dorsiflexion": -25.0,
    }  # fmt: skip


_SITTING = both(
    shoulder_abduction=7, shoulder_flexion=18, elbow_flexion=48, forearm_pronation=70, finger_flexion=12,
    hip_flexion=80, hip_abduction=6, knee_flexion=88,
) | {"pelvis tilt": -8.0, "trunk flexion": 10.0, "neck flexion": 2.0}  # fmt: skip

# How people hold themselves when nothing is asked of them.
BASES: dict[str, dict[str, float]] = {
    STANDING: _ARMS_HANG | both(hip_abduction=3) | {f"{side} toe-out": 8.0 for side in SIDES},
    SITTING: _SITTING,
    RISING: CROSSED_ARMS | {f"{side} toe-out": 8.0 for side in SIDES},
    SUPINE: both(shoulder_abduction=16, shoulder_flexion=-15, elbow_flexion=15, forearm_pronation=50,
                 finger_flexion=16, hip_flexion=-3, hip_abduction=5, knee_flexion=2, ankle_dorsiflexion=-30)
    | {"body pitch": -90.0},
    PRONE: both(shoulder_abduction=20, shoulder_flexion=8, elbow_flexion=3, finger_flexion=16, hip_flexion=7,
                hip_abduction=4, knee_flexion=6, ankle_dorsiflexion=-65)
    | {"body pitch": 90.0, "neck turn": 60.0},
} | {
    AT_TABLE[side]: _SITTING
    | {f"{side} shoulder flexion": 36.0, f"{side} shoulder abduction": 10.0, f"{side} elbow flexion": 54.0,
       f"{side} forearm pronation": 90.0, f"{side} finger flexion": 22.0}
    for side in SIDES
} | {
    SIDE_LYING[side]: _lying_on_the_side(side) for side in SIDES
}  # fmt: skip

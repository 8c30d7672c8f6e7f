"""What the chart of the body says."""

from typing import Final

from rom_vision.dashboard import words, words_record
from rom_vision.exchange.body_places import Area
from rom_vision.movements import Fact, Muscle, Segment
from rom_vision.records import Face, PalpationFinding

BODY_CHART: Final = "Body chart"
FACES: Final[dict[Face, str]] = {"front": "Front", "back": "Back"}
SIDES: Final[dict[Face, tuple[str, str]]] = {"front": ("right", "left"), "back": ("left", "right")}
"""Of the client: what is on the left and on the right of each picture."""
HOW: Final = (
    "Click on the body to place a finding, drag it to move it, click on it to set pain and kind. "
    "With the keyboard: arrow keys and Enter, with Shift in small steps."
)
READ_ONLY: Final = "Numbers are the pain, 0 to 10. The findings stand below as a list."
MOVED: Final = "Moved:"
EXPECTED: Final = "Show expected areas"
OF_FINDINGS: Final = "Of the findings shown"
OF_MUSCLE: Final = "Referral of a muscle"
OF_SEGMENT: Final = "Dermatome"
NONE: Final = "none"
EARLIER: Final = "Earlier session"
LATER: Final = "Later session"
ONLY_POINTS: Final = "Rings mark the regions, not their outlines."


def face_label(face: Face, *, editable: bool) -> str:
    """What a screen reader says of a picture."""
    how = " Arrow keys move a cross, Enter places a finding there." if editable else ""
    return f"The body from the {face}.{how}"


def finding_label(finding: PalpationFinding, *, editable: bool) -> str:
    """What a screen reader says of a finding on it."""
    how = " Arrow keys move it, Enter opens it." if editable else ""
    return f"{words_record.line(finding).replace('**', '').replace(' · ', ', ')}.{how}"


def area_label(area: Area, whose: str) -> str:
    """Such as "Upper trapezius: left temple"."""
    side = f"{area.side} " if area.side else ""
    return f"{whose}: {side}{area.region.name[:1].lower()}{area.region.name[1:]}"


def felt(of: Muscle | Segment, fact: Fact) -> str:
    """Where an expected area comes from."""
    return f"{of.name if isinstance(of, Muscle) else of.id}: {words.source(fact)}."

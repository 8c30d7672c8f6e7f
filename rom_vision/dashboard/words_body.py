"""What the chart of the body says."""

from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_entries import line
from rom_vision.exchange.body_places import Area
from rom_vision.language import Text, Texts, say
from rom_vision.movements import Fact, Muscle, Segment, on_side
from rom_vision.records import Face, PalpationFinding


class BodyWords:
    """What the chart of the body says."""

    BODY_CHART = Text("Body chart")
    FACES = Texts[Face]({"front": "Front", "back": "Back"}, "of the body")
    HOW = Text(
        "Click on the body to place a finding, drag it to move it, click on it to set pain and kind. "
        "With the keyboard: arrow keys and Enter, with Shift in small steps."
    )
    READ_ONLY = Text("Numbers are the pain, 0 to 10. The findings stand below as a list.")
    MOVED = Text("Moved:")
    EXPECTED = Text("Show expected areas")
    OF_FINDINGS = Text("Of the findings shown")
    OF_MUSCLE = Text("Referral of a muscle")
    OF_SEGMENT = Text("Dermatome")
    NONE = Text("none")
    EARLIER = Text("Earlier session")
    LATER = Text("Later session")
    ONLY_POINTS = Text("Rings mark the regions, not their outlines.")

    def sides(self, face: Face) -> tuple[str, str]:
        """Of the client: what is on the left and on the right of each picture."""
        left, right = say("left"), say("right")
        return (right, left) if face == "front" else (left, right)

    def face_label(self, face: Face, *, editable: bool) -> str:
        """What a screen reader says of a picture."""
        label = say("The body from the front." if face == "front" else "The body from the back.")
        return f"{label} {say('Arrow keys move a cross, Enter places a finding there.')}" if editable else label

    def finding_label(self, finding: PalpationFinding, *, editable: bool) -> str:
        """What a screen reader says of a finding on it."""
        label = f"{line(finding).replace('**', '').replace(' · ', ', ')}."
        return f"{label} {say('Arrow keys move it, Enter opens it.')}" if editable else label

    def area_label(self, area: Area, whose: str) -> str:
        """Such as "Upper trapezius: left temple"."""
        return f"{whose}: {on_side(area.region.name, area.side)}"

    def felt(self, of: Muscle | Segment, fact: Fact) -> str:
        """Where an expected area comes from."""
        return f"{of.name if isinstance(of, Muscle) else of.id}: {words.source(fact)}."


words_body = BodyWords()

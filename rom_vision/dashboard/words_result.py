"""What the player, the page of a result and the page of comparisons say."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from rom_vision.capture.landmarks import Point
from rom_vision.compare import Result
from rom_vision.edits import Edit
from rom_vision.exchange import captions
from rom_vision.movements import Mode, Side
from rom_vision.records import KeptMeasurement

# the player
PLAYER: Final = {
    "film": "The film with what was measured",
    "curve": (
        "The angle over time. Arrow keys move by one picture, with Shift by a second, Space plays, "
        "[ and ] mark a part, Escape unmarks it."
    ),
    "help": "Click to go there. Drag across to mark a part.",
    "lost": "The film is not there any more, or this browser can't play it.",
    "degrees": "degrees",
    "seconds": "seconds",
    "unseen": "not seen",
    "play": "Play",
    "pause": "Pause",
    "back": "◂",
    "on": "▸",
    "frameBack": "One picture back",
    "frameOn": "One picture on",
    "speed": "Speed",
    "picture": "Picture",
    "table": "CSV",
}
ANGLE: Final = "angle"
REPETITION_KEY: Final = "repetition"
WRONG_KEY: Final = "what was wrong"
PROBLEMS: Final = {
    "nobody": "client not seen",
    "out_of_picture": "out of the picture",
    "hidden": "hidden",
    "covered": "covered",
    "not_isometric": "moved while held",
    "too_fast": "too fast",
}

# what can be changed
CHANGE: Final = "Change what was measured"
CHANGE_HELP: Final = "Everything can be undone. What you change is marked as edited by hand."
TOOL: Final = "On the film"
TOOLS: Final = {"look": "Look", "joints": "Put a joint right", "client": "Point at the client"}
TOOL_HELP: Final = {
    "look": (
        "Check that the lines follow the client's limb. Click the curve to see that moment; drag across it to "
        "mark a part of the clip."
    ),
    "joints": (
        "Stop where a joint is beside its place, and drag it there. The rest of the body follows, and so do the "
        "moments before and after; where a joint stays wrong for longer, put it right about once a second."
    ),
    "client": "Stop where the client can be seen well, and click on them. The clip is then measured again.",
}
COUNTS: Final = "Repetitions that count"
COUNT_SPAN: Final = "Count this part as a repetition"
TRIM: Final = "Use only this part of the clip"
UNMARK: Final = "Unmark"
MEASURE_AS: Final = "Another test or side"
MEASURE_AGAIN: Final = "Measure as this"
EDITED: Final = "Edited by hand"
UNDO_EDIT: Final = "Undo"
UNDO_ALL: Final = "Undo all"
BEFORE: Final = "Before the changes"
WORKING: Final = "Measuring again…"
DRAWING: Final = "Drawing the film…"
DEFINITION: Final = "What this number means"
UNCERTAINTY: Final = (
    "The number behind ± is the half-width of the 95 % interval: "
    "in 95 of 100 measurements the true angle lies within."
)

# what is found beside the film
PAIN: Final = "Pain during the test (0–10)"
END_FEEL: Final = "End feel"
STRENGTH: Final = "Strength (0–5)"
NOTE: Final = "Note"
FOUND: Final = "What else did you find?"

# comparing
COMPARE: Final = "Compare"
NOTHING_TO_COMPARE: Final = "Nothing has been measured yet."
WHAT: Final = "Compare"
VIEWS: Final = {
    "sessions": "Sessions",
    "sides": "Left and right",
    "modes": "Active, passive, resisted",
    "body": "Whole body",
}
WHICH: Final = "Measurements"
OVERLAID: Final = "The curves, each repetition laid over the others of its session: mean, and spread as a band"
NO_CURVE: Final = "Choose a measurement with repetitions to see its curve."
ALIGNED: Final = (
    "Start, peak and end of every repetition are laid over each other. The line is the mean of a session's "
    "repetitions, the band one standard deviation to each side."
)
ONE_REPETITION: Final = "A curve without a band is of a single repetition."
SEE_OVER_TIME: Final = "See it over time"
DAY: Final = "Day"
SHARE_HELP: Final = (
    "How much of the norm each movement reached, by film, on that day. The disc shows the least of a joint."
)
NO_SHARES: Final = "On that day nothing was measured that a norm is known for."
MISSING: Final = "There is nothing to hold it against yet: measure the other one too."


def repetition(number: int) -> str:
    """How a repetition is called where its number is known."""
    return f"repetition {number}"


def counted(number: int, peak_deg: float) -> str:
    """A repetition that can be left out."""
    return f"{number}: {captions.degrees(peak_deg)}"


def norm(deg: float) -> str:
    """The line of the norm."""
    return f"norm {captions.degrees(deg)}"


def goal(deg: float) -> str:
    """The line of the goal."""
    return f"goal {captions.degrees(deg)}"


def best(result: Result) -> str:
    """The line of the best result so far."""
    return f"best so far {captions.degrees(result.peak_deg)}, {captions.day(result.on)}"


def marked(start_s: float, end_s: float) -> str:
    """The part of the clip that is marked."""
    return f"Marked: {start_s:.1f} to {end_s:.1f} s"


def joint(point: Point) -> str:
    """A joint that can be dragged."""
    return point.name.lower().replace("_", " ")


def edit(what: Edit) -> str:
    """One change, as a sentence."""
    return f"{what.sentence[0].upper()}{what.sentence[1:]}."


def preview(before: str, after: str) -> str:
    """What the changes do to the number."""
    return f"{BEFORE}: {before}. Now: **{after}**."


def measurement(kept: KeptMeasurement) -> str:
    """One measurement in a list to choose from."""
    result = kept.result
    number = captions.peak(result.peak_deg, result.uncertainty_deg) if result else "no number"
    parts = (
        captions.day(kept.on),
        kept.side,
        kept.mode,
        number,
        captions.edited_by_hand(kept.provenance) and EDITED.lower(),
    )
    return " · ".join(part for part in parts if part)


def curve(on: date, side: Side | None, mode: Mode) -> str:
    """The name of a curve in a chart."""
    return " · ".join(part for part in (captions.day(on), side, mode) if part)


def share(name: str, side: Side | None, percent: float) -> str:
    """What a disc of the body's picture stands for."""
    return f"{f'{side} ' if side else ''}{name.lower()}: {percent:.0f} %"


def body_picture(shares: Sequence[str]) -> str:
    """What the picture of the body shows, for who can't see it."""
    return "The body from the front. Share of the norm: " + "; ".join(shares)

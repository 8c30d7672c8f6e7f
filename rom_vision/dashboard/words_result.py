"""What the player, the page of a result and the page of comparisons say."""

from collections.abc import Sequence
from datetime import date

from rom_vision.capture.landmarks import Point
from rom_vision.compare import Result
from rom_vision.dashboard.words import words
from rom_vision.edits import Edit
from rom_vision.exchange import captions
from rom_vision.language import Text, Texts, say
from rom_vision.movements import Mode, Side, on_side
from rom_vision.records import KeptMeasurement


class ResultWords:
    """What the player, the page of a result and the page of comparisons say."""

    # the player
    PLAYER = Texts[str](
        {
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
    )
    ANGLE = Text("angle")
    REPETITION_KEY = Text("repetition")
    WRONG_KEY = Text("what was wrong")
    PROBLEMS = Texts[str](
        {
            "nobody": "client not seen",
            "out_of_picture": "out of the picture",
            "hidden": "hidden",
            "covered": "covered",
            "not_isometric": "moved while held",
            "too_fast": "too fast",
        }
    )

    # what can be changed
    CHANGE = Text("Change what was measured")
    CHANGE_HELP = Text("Everything can be undone. What you change is marked as edited by hand.")
    TOOL = Text("On the film")
    TOOLS = Texts[str]({"look": "Look", "joints": "Put a joint right", "client": "Point at the client"})
    TOOL_HELP = Texts[str](
        {
            "look": (
                "Check that the lines follow the client's limb. Click the curve to see that moment; drag across "
                "it to "
                "mark a part of the clip."
            ),
            "joints": (
                "Stop where a joint is beside its place, and drag it there. The rest of the body follows, and so "
                "do the "
                "moments before and after; where a joint stays wrong for longer, put it right about once a second."
            ),
            "client": (
                "Stop where the client can be seen well, and click on them. The clip is then measured again."
            ),
        }
    )
    COUNTS = Text("Repetitions that count")
    COUNT_SPAN = Text("Count this part as a repetition")
    TRIM = Text("Use only this part of the clip")
    UNMARK = Text("Unmark")
    MEASURE_AS = Text("Another test or side")
    MEASURE_AGAIN = Text("Measure as this")
    EDITED = Text("Edited by hand")
    UNDO_EDIT = Text("Undo")
    UNDO_ALL = Text("Undo all")
    BEFORE = Text("Before the changes")
    WORKING = Text("Measuring again…")
    DRAWING = Text("Drawing the film…")
    DEFINITION = Text("What this number means")
    UNCERTAINTY = Text(
        "The number behind ± is the half-width of the 95 % interval: "
        "in 95 of 100 measurements the true angle lies within."
    )

    # what is found beside the film
    PAIN = Text("Pain during the test (0–10)")
    END_FEEL = Text("End feel")
    STRENGTH = Text("Strength (0–5)")
    NOTE = Text("Note")
    FOUND = Text("What else did you find?")

    # comparing
    COMPARE = Text("Compare")
    NOTHING_TO_COMPARE = Text("Nothing has been measured yet.")
    WHAT = Text("Compare")
    VIEWS = Texts[str](
        {
            "sessions": "Sessions",
            "sides": "Left and right",
            "modes": "Active, passive, resisted",
            "body": "Whole body",
        }
    )
    WHICH = Text("Measurements")
    OVERLAID = Text("The curves, each repetition laid over the others of its session: mean, and spread as a band")
    NO_CURVE = Text("Choose a measurement with repetitions to see its curve.")
    ALIGNED = Text(
        "Start, peak and end of every repetition are laid over each other. The line is the mean of a session's "
        "repetitions, the band one standard deviation to each side."
    )
    ONE_REPETITION = Text("A curve without a band is of a single repetition.")
    SEE_OVER_TIME = Text("See it over time")
    DAY = Text("Day")
    SHARE_HELP = Text(
        "How much of the norm each movement reached, by film, on that day. The disc shows the least of a joint."
    )
    NO_SHARES = Text("On that day nothing was measured that a norm is known for.")
    MISSING = Text("There is nothing to hold it against yet: measure the other one too.")

    def repetition(self, number: int) -> str:
        """How a repetition is called where its number is known."""
        return say("repetition {number}", number=number)

    def counted(self, number: int, peak_deg: float) -> str:
        """A repetition that can be left out."""
        return f"{number}: {captions.degrees(peak_deg)}"

    def norm(self, deg: float) -> str:
        """The line of the norm."""
        return say("norm {deg}", deg=captions.degrees(deg))

    def goal(self, deg: float) -> str:
        """The line of the goal."""
        return say("goal {deg}", deg=captions.degrees(deg))

    def best(self, result: Result) -> str:
        """The line of the best result so far."""
        return say("best so far {deg}, {day}", deg=captions.degrees(result.peak_deg), day=captions.day(result.on))

    def marked(self, start_s: float, end_s: float) -> str:
        """The part of the clip that is marked."""
        return say("Marked: {start_s:.1f} to {end_s:.1f} s", start_s=start_s, end_s=end_s)

    def joint(self, point: Point) -> str:
        """A joint that can be dragged."""
        return say(point.name.lower().replace("_", " "))

    def edit(self, what: Edit) -> str:
        """One change, as a sentence."""
        return words.sentence(what.sentence)

    def preview(self, before: str, after: str) -> str:
        """What the changes do to the number."""
        return say("Before the changes: {before}. Now: **{after}**.", before=before, after=after)

    def measurement(self, kept: KeptMeasurement) -> str:
        """One measurement in a list to choose from."""
        result = kept.result
        number = captions.peak(result.peak_deg, result.uncertainty_deg) if result else say("no number")
        edited = captions.edited_by_hand(kept.provenance) and say("edited by hand")
        return " · ".join(part for part in (self.curve(kept.on, kept.side, kept.mode), number, edited) if part)

    def curve(self, on: date, side: Side | None, mode: Mode) -> str:
        """The name of a curve in a chart."""
        return " · ".join(part for part in (captions.day(on), side and say(side), say(mode)) if part)

    def share(self, name: str, side: Side | None, percent: float) -> str:
        """What a disc of the body's picture stands for."""
        return f"{on_side(name, side)}: {percent:.0f} %"

    def body_picture(self, shares: Sequence[str]) -> str:
        """What the picture of the body shows, for who can't see it."""
        return say("The body from the front. Share of the norm: {shares}", shares="; ".join(shares))


words_result = ResultWords()

"""What the client's page says at a glance, and of the progress."""

from rom_vision.course import Course
from rom_vision.exchange import captions
from rom_vision.exchange.goals import Reached
from rom_vision.language import Text, Texts, read_back, say
from rom_vision.movements import Mode
from rom_vision.records import Referral


class SummaryWords:
    """What the client's page says at a glance, and of the progress."""

    PROGRESS = Text("Progress")
    SESSIONS = Text("Sessions")
    PAIN = Text("Pain")
    NO_REFERRAL = Text("No referral")
    OF_TEN = Text("of 10, before treatment")
    NO_TESTS = Text("No movement test has a number yet. Film one, or write one down under “Assessment”.")
    TEST = Text("Movement test and mode")
    GOALS = Text("Goals")
    CHART = Text("Peaks over the sessions, with their uncertainty and the band of no real change")
    VERDICTS = Texts[str | None](
        {"met": "met", "near": "at the goal within what can be told", "not met": "not met", None: "open"}, "a goal"
    )

    def used(self, referral: Referral) -> str:
        """How much of the order is used."""
        return say("{used} of {ordered}", used=referral.sessions_used, ordered=referral.sessions_ordered)

    def ends(self, referral: Referral) -> str:
        """Until when it holds, and of whom it is."""
        if not referral.valid_until:
            return referral.physician
        until = captions.day(referral.valid_until)
        return say("{physician}, valid until {day}", physician=referral.physician, day=until)

    def pain(self, told: tuple[int, int]) -> str:
        """The first time and the last."""
        first, last = told
        return str(last) if first == last else f"{first} → {last}"

    def name(self, course: Course) -> str:
        """What was tested."""
        own = course.visits[-1].result
        return captions.title(own.test, own.side, own.mode)

    def number(self, course: Course) -> str:
        """The latest result with its uncertainty."""
        own = course.visits[-1].result
        return captions.peak(own.peak_deg, own.uncertainty_deg)

    def since(self, course: Course) -> str:
        """What has become of it since the first time."""
        if len(course.visits) == 1:
            return say("once, on {day}", day=captions.day(course.visits[0].result.on))
        sign = {"improved": ":green[▲]", "worsened": ":red[▼]"}.get(course.verdict, "=")
        first = course.visits[0].result
        changed = say(
            "{deg:+.0f}° since {day}: a real change"
            if course.change.real
            else "{deg:+.0f}° since {day}: no real change",
            deg=course.change.difference_deg,
            day=captions.day(first.on),
        )
        return f"{sign} {changed}"

    def sentences(self, course: Course) -> str:
        """All there is to say of a course, as a line for each."""
        return "\n".join(f"- {read_back(sentence)}" for sentence in course.sentences)

    def goal(self, one: Reached) -> str:
        """A goal and where the client stands."""
        return f"- **{one.goal.what}**: {self.VERDICTS[one.verdict]} ({read_back(one.words)})"

    def mode(self, test: str, of: Mode) -> str:
        """A test and a mode to choose."""
        return f"{test}, {say(of)}"


words_summary = SummaryWords()

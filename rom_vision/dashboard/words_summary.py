"""What the client's page says at a glance, and of the progress."""

from typing import Final

from rom_vision.course import Course
from rom_vision.exchange import captions
from rom_vision.exchange.goals import Reached
from rom_vision.movements import Mode
from rom_vision.records import Referral

PROGRESS: Final = "Progress"
SESSIONS: Final = "Sessions"
PAIN: Final = "Pain"
NO_REFERRAL: Final = "No referral"
OF_TEN: Final = "of 10, before treatment"
NO_TESTS: Final = "No movement test has a number yet. Film one, or write one down under “Assessment”."
TEST: Final = "Movement test and mode"
GOALS: Final = "Goals"
CHART: Final = "Peaks over the sessions, with their uncertainty and the band of no real change"
VERDICTS: Final = {"met": "met", "near": "at the goal within what can be told", "not met": "not met", None: "open"}


def used(referral: Referral) -> str:
    """How much of the order is used."""
    return f"{referral.sessions_used} of {referral.sessions_ordered}"


def ends(referral: Referral) -> str:
    """Until when it holds, and of whom it is."""
    until = f", valid until {captions.day(referral.valid_until)}" if referral.valid_until else ""
    return f"{referral.physician}{until}"


def pain(told: tuple[int, int]) -> str:
    """The first time and the last."""
    first, last = told
    return str(last) if first == last else f"{first} → {last}"


def name(course: Course) -> str:
    """What was tested."""
    own = course.visits[-1].result
    return captions.title(own.test, own.side, own.mode)


def number(course: Course) -> str:
    """The latest result with its uncertainty."""
    own = course.visits[-1].result
    return captions.peak(own.peak_deg, own.uncertainty_deg)


def since(course: Course) -> str:
    """What has become of it since the first time."""
    if len(course.visits) == 1:
        return f"once, on {captions.day(course.visits[0].result.on)}"
    sign = {"improved": ":green[▲]", "worsened": ":red[▼]"}.get(course.verdict, "=")
    first = course.visits[0].result
    kind = "a real change" if course.change.real else "no real change"
    return f"{sign} {course.change.difference_deg:+.0f}° since {captions.day(first.on)}: {kind}"


def sentences(course: Course) -> str:
    """All there is to say of a course, as a line for each."""
    return "\n".join(f"- {sentence}" for sentence in course.sentences)


def goal(one: Reached) -> str:
    """A goal and where the client stands."""
    return f"- **{one.goal.what}**: {VERDICTS[one.verdict]} ({one.words})"


def mode(test: str, of: Mode) -> str:
    """A test and a mode to choose."""
    return f"{test}, {of}"

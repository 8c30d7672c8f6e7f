"""What the page of the day says."""

from datetime import date
from typing import Final

from rom_vision.dashboard import words, words_record
from rom_vision.exchange import captions
from rom_vision.jobs import Job
from rom_vision.movements import movement_test
from rom_vision.records import Ending, Filmed, Held

TODAY: Final = "Today"
FIND: Final = "Find a client"
TYPE_A_NAME: Final = "Type a name"
SESSIONS: Final = "Sessions today"
NO_SESSION: Final = "None is written down yet."
LATELY: Final = "In the last two weeks"
NOBODY_LATELY: Final = "Nobody was here."
IN_WORK: Final = "Clips in work"
AT_HOME: Final = "Filmed at home, to be looked at"
RUNNING_OUT: Final = "Referrals running out"
NOTHING_WAITS: Final = "Nothing waits for you."
LOOK: Final = "Look"


def head(on: date) -> str:
    """The day."""
    return f"{on:%A}, {captions.day(on)}"


def held(session: Held, *, dated: bool) -> str:
    """What kind of session it was, beside the client's name."""
    measured = f"{session.measurements} measured" if session.measurements else None
    day = captions.day(session.on) if dated else None
    return " · ".join(part for part in (day, words_record.choice(session.kind), measured) if part)


def filmed(film: Filmed) -> str:
    """What was filmed at home, and when."""
    refused = "" if film.accepted else ", refused"
    return (
        f"{captions.title(movement_test(film.movement), film.side, film.mode)}{refused} · {captions.day(film.on)}"
    )


def ending(order: Ending, on: date) -> str:
    """How far it is used, and when it ends."""
    used = f"{order.sessions_used} of {order.sessions_ordered} sessions used"
    if order.valid_until is None:
        return f"{order.physician} · {used}"
    over = "ended" if order.valid_until < on else "valid until"
    return f"{order.physician} · {used}, {over} {captions.day(order.valid_until)}"


def job(one: Job, whose: str) -> str:
    """A clip in the queue and how it stands."""
    title = captions.title(one.order.test, one.order.side, one.order.mode)
    stands = {"done": "measured, to be looked at", "failed": one.message, "stopped": words.STOPPED}
    return " · ".join(part for part in (whose, title, stands.get(one.state) or words.doing(one)) if part)

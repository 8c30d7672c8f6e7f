"""What the page of the day says."""

from datetime import date

from rom_vision.dashboard.words import words
from rom_vision.dashboard.words_record import words_record
from rom_vision.exchange import captions
from rom_vision.jobs import Job
from rom_vision.language import Text, read_back, say, weekday_text
from rom_vision.movements import movement_test
from rom_vision.records import Ending, Filmed, Held


class TodayWords:
    """What the page of the day says."""

    TODAY = Text("Today")
    FIND = Text("Find a client")
    TYPE_A_NAME = Text("Type a name")
    SESSIONS = Text("Sessions today")
    NO_SESSION = Text("None is written down yet.")
    LATELY = Text("In the last two weeks")
    NOBODY_LATELY = Text("Nobody was here.")
    IN_WORK = Text("Clips in work")
    AT_HOME = Text("Filmed at home, to be looked at")
    RUNNING_OUT = Text("Referrals running out")
    NOTHING_WAITS = Text("Nothing waits for you.")
    LOOK = Text("Look")

    def head(self, on: date) -> str:
        """The day."""
        return f"{weekday_text(on)}, {captions.day(on)}"

    def held(self, session: Held, *, dated: bool) -> str:
        """What kind of session it was, beside the client's name."""
        measured = say("{count} measured", count=session.measurements) if session.measurements else None
        day = captions.day(session.on) if dated else None
        return " · ".join(part for part in (day, words_record.choice(session.kind), measured) if part)

    def filmed(self, film: Filmed) -> str:
        """What was filmed at home, and when."""
        title = captions.title(movement_test(film.movement), film.side, film.mode)
        if not film.accepted:
            title = say("{title}, refused", title=title)
        return f"{title} · {captions.day(film.on)}"

    def ending(self, order: Ending, on: date) -> str:
        """How far it is used, and when it ends."""
        used = words_record.used(order.sessions_used, order.sessions_ordered, order.valid_until, on)
        return f"{order.physician} · {used}"

    def job(self, one: Job, whose: str) -> str:
        """A clip in the queue and how it stands."""
        title = captions.title(one.order.test, one.order.side, one.order.mode)
        stands = {
            "done": say("measured, to be looked at"),
            "failed": read_back(one.message),
            "stopped": words.STOPPED,
        }
        return " · ".join(part for part in (whose, title, stands.get(one.state) or words.doing(one)) if part)


words_today = TodayWords()

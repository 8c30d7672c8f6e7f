"""What is said about exercises that are done, by film or without."""

from rom_vision.dashboard.words_record import words_record
from rom_vision.language import Text, say
from rom_vision.records import Adherence


class HomeWords:
    """What is said about exercises that are done, by film or without."""

    DID_IT = Text("I did it without filming")
    NOT_DONE = Text("Not done after all")

    def done_today(self, kept: Adherence) -> str:
        """That it is done for today, and by what that is known."""
        return say("Done for today: you filmed it." if kept.filmed_today else "Done for today.")

    def adherence(self, kept: Adherence) -> str:
        """How an exercise was kept, and whether it was done on this day."""
        said = words_record.adherence(kept)
        return say("{kept}, done today", kept=said) if kept.done_today else said


words_home = HomeWords()

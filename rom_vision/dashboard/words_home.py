"""What is said about exercises that are done, by film or without."""

from typing import Final

from rom_vision.dashboard import words_record
from rom_vision.records import Adherence

DID_IT: Final = "I did it without filming"
NOT_DONE: Final = "Not done after all"
TODAY: Final = "done today"


def done_today(kept: Adherence) -> str:
    """That it is done for today, and by what that is known."""
    return "Done for today: you filmed it." if kept.filmed_today else "Done for today."


def adherence(kept: Adherence) -> str:
    """How an exercise was kept, and whether it was done on this day."""
    said = words_record.adherence(kept)
    return f"{said}, {TODAY}" if kept.done_today else said

"""What is said where a kept measurement is put right by hand."""

from typing import Final

from rom_vision.exchange import captions
from rom_vision.records import Correction

OPEN: Final = "Put right by hand"
BACK: Final = "Back"
SAVE: Final = "Save the correction"
DROP_DRAFT: Final = "Leave it as it is kept"
AS_MEASURED: Final = "Back to as measured"
NOTHING_CHANGED: Final = "Nothing is changed yet. What you change here is kept as a draft until you save it."
CHANGED: Final = "These changes are a draft: the record has the old number until you save the correction."
REFUSED: Final = "So changed it gives no number, and can't be saved."
SAVED: Final = "The correction is saved. What stood there before can be seen below the measurement."
TAKEN_BACK: Final = "The measurement stands again as the program made it."
AGAIN: Final = "Measure the film again"
AGAIN_HELP: Final = (
    "It goes into the queue. The record keeps its number until you save what comes of it as a correction."
)
HISTORY: Final = "What stood here before"

NO_FILM: Final = (
    "Its film is not kept any more. Repetitions, the part that counts, test and side can still be changed on the "
    "curve; joints can't be put right, and the client can't be pointed at."
)
OTHER_FILM: Final = (
    "Its film was written anew, as with covered faces. Everything can be changed but who the client is: for that, "
    "it would have to be measured again from the film as it was."
)
NO_LANDMARKS: Final = (
    "It was kept by an earlier version, without where the body was in each picture. Nothing in it can be changed "
    "by hand unless it is measured again from its film."
)
NOTHING_LEFT: Final = (
    "It was kept by an earlier version, without where the body was in each picture, and its film is gone. It "
    "can't be put right any more; it can be measured anew with a new film."
)


def correction(made: Correction) -> str:
    """One correction: who, when, what was changed, and the number that had stood there."""
    what = "; ".join(edit.sentence for edit in made.edits.all) or "back to as measured"
    return f"{captions.day(made.at.astimezone().date())}, {made.who}: {what}. Before: {_number(made)}."


def _number(made: Correction) -> str:
    if made.peak_deg is None or made.uncertainty_deg is None:
        return "no number"
    return captions.peak(made.peak_deg, made.uncertainty_deg)

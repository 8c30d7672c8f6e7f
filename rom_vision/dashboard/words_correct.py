"""What is said where a kept measurement is put right by hand."""

from rom_vision.dashboard.words import words
from rom_vision.exchange import captions
from rom_vision.language import Text, say
from rom_vision.records import Correction


class CorrectWords:
    """What is said where a kept measurement is put right by hand."""

    OPEN = Text("Put right by hand")
    BACK = Text("Back")
    SAVE = Text("Save the correction")
    DROP_DRAFT = Text("Leave it as it is kept")
    AS_MEASURED = Text("Back to as measured")
    NOTHING_CHANGED = Text("Nothing is changed yet. What you change here stays a draft until you save it.")
    CHANGED = Text("These changes are a draft: the record has the old number until you save the correction.")
    REFUSED = Text("So changed it gives no number, and can't be saved.")
    SAVED = Text("The correction is saved. What stood there before can be seen below the measurement.")
    TAKEN_BACK = Text("The measurement stands again as the program made it.")
    AGAIN = Text("Measure the film again")
    AGAIN_HELP = Text("The record keeps its number until you save what comes of the film as a correction.")
    HISTORY = Text("What stood here before")
    NO_FILM = Text(
        "Its film is not kept any more. Repetitions, the part that counts, test and side can still be changed on "
        "the curve; joints can't be put right, and the client can't be pointed at."
    )
    OTHER_FILM = Text(
        "Its film was written anew, as with covered faces. Everything can be changed but who the client is: for "
        "that, it would have to be measured again from the film as it was."
    )
    NO_LANDMARKS = Text(
        "It was kept by an earlier version or comes from another record, without where the body was in each "
        "picture. Nothing in it can be changed by hand unless it is measured again from its film."
    )
    NOTHING_LEFT = Text(
        "It was kept by an earlier version or comes from another record, without where the body was in each "
        "picture, and its film is gone. It can't be put right any more; it can be measured anew with a new film."
    )

    def correction(self, made: Correction) -> str:
        """One correction: who, when, what was changed, and the number that had stood there."""
        sentences = [words.sentence(edit.sentence) for edit in made.edits.all]
        return say(
            "{day}, {who}: {what} Before: {number}.",
            day=captions.day(made.at.astimezone().date()),
            who=made.who,
            what=" ".join(sentences) or say("Back to as measured."),
            number=self._number(made),
        )

    def _number(self, made: Correction) -> str:
        if made.peak_deg is None or made.uncertainty_deg is None:
            return say("no number")
        return captions.peak(made.peak_deg, made.uncertainty_deg)


words_correct = CorrectWords()

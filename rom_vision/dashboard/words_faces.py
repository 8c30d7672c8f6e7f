"""What is said where films with covered faces are looked at."""

from collections.abc import Sequence

from rom_vision.dashboard.words import words
from rom_vision.jobs import Covered, Job
from rom_vision.language import Text, read_back, say


class FacesWords:
    """What is said where films with covered faces are looked at."""

    FACES = Text("Covered faces")
    LEAD = Text(
        "Films are kept with covered faces here. Look whether every face is covered: only then is the film as it "
        "was filmed thrown away. Until you say so it stays."
    )
    NOTHING_WAITS = Text("No film waits to be looked at.")
    NOT_WANTED = Text(
        "Nothing to do: the settings do not ask for covered faces. Where they do, covered films come here to be "
        "looked at."
    )
    IN_WORK = Text("In work")
    WAITS = Text("Waits for its turn; measurements go first.")
    FAILED = Text("The faces could not be covered. The film is kept as it was filmed.")
    TRY_AGAIN = Text("Try again")
    LOOKED = Text("I have looked at the doubtful moments, and every face is covered")
    COVER = Text("Throw the original away")
    SHOW = Text("Keep the original")
    SHOW_HELP = Text("The film stays as it was filmed, with its faces, and is not asked about again.")
    DROP = Text("Throw the film away")
    DROP_SURE = Text("Throw it away for good")
    DROP_HELP = Text("Numbers and curve stay; the film can neither be looked at nor measured again.")
    WATCH = Text("Watch the covered film")
    COVERED = Text("The film is kept with covered faces; the original is gone.")
    SHOWN = Text("The film stays as it was filmed.")
    DROPPED = Text("The film is gone; numbers and curve stay.")
    KEEPING_HELP = Text(
        "Each film goes into the queue once it is kept, and comes to you under Covered faces: only when you have "
        "looked at it is the original thrown away. Films that are kept already follow one after the other. Sound "
        "is left out."
    )

    def waiting(self, count: int) -> str:
        """How many films wait to be looked at."""
        return say(
            "{count} film with covered faces to look at" if count == 1
            else "{count} films with covered faces to look at",
            count=count,
        )  # fmt: skip

    def checked(self, made: Covered) -> str:
        """What the program's own check says of a film."""
        if made.in_doubt_s:
            return say(
                "Somebody may have been missed at {moments}. These moments come first below.",
                moments=self._spans(made.in_doubt_s),
            )
        return say(
            "Somebody was found in each of the {count} pictures, and nobody was lost on the way. "
            "Look all the same.",
            count=made.frames,
        )

    def still(self, at_s: float, in_doubt: bool) -> str:
        """What stands under a picture."""
        return say("{at_s:.1f} s, in doubt" if in_doubt else "{at_s:.1f} s", at_s=at_s)

    def progress(self, job: Job) -> str:
        """How far a film is."""
        return words.doing(job) if job.doing else self.WAITS

    def failed(self, job: Job) -> str:
        """Why a film could not be done, and what to do about it."""
        return f"{self.FAILED} {read_back(job.message)} {read_back(job.remedy)}".rstrip()

    def _spans(self, spans: Sequence[tuple[float, float]]) -> str:
        return ", ".join(
            say("{start_s:.1f} to {end_s:.1f} s", start_s=start_s, end_s=end_s) for start_s, end_s in spans
        )


words_faces = FacesWords()

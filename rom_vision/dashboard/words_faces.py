"""What is said where films with covered faces are looked at."""

from collections.abc import Sequence
from typing import Final

from rom_vision.jobs import Covered, Job

FACES: Final = "Covered faces"
LEAD: Final = (
    "Films are kept with covered faces here. Look whether every face is covered: only then the film as it was "
    "filmed is thrown away. Until you say so it stays."
)
NOTHING_WAITS: Final = "No film waits to be looked at."
NOT_WANTED: Final = (
    "Nothing to do: the settings do not ask for covered faces. Where they do, covered films come here to be "
    "looked at."
)
IN_WORK: Final = "In work"
WAITS: Final = "Waits for its turn; measurements go first."
FAILED: Final = "The faces could not be covered. The film is kept as it was filmed."
TRY_AGAIN: Final = "Try again"
CERTAIN: Final = "Somebody was found in every picture, and nobody was lost on the way. Look all the same."
LOOKED: Final = "I have looked at the doubtful moments, and every face is covered"
COVER: Final = "Every face is covered: throw the original away"
SHOW: Final = "Keep the original"
SHOW_HELP: Final = "The film stays as it was filmed, with its faces, and is not asked about again."
DROP: Final = "Throw the film away"
DROP_SURE: Final = "Throw it away for good"
DROP_HELP: Final = "Numbers and curve stay; the film can neither be looked at nor measured again."
DOUBT: Final = "in doubt"
WATCH: Final = "Watch the covered film"
COVERED: Final = "The film is kept with covered faces; the original is gone."
SHOWN: Final = "The film stays as it was filmed."
DROPPED: Final = "The film is gone; numbers and curve stay."

KEEP_COVERED: Final = "Keep with covered faces"
KEEPING_HELP: Final = (
    "Each film goes into the queue once it is kept, and comes to you under Covered faces: only when you have "
    "looked at it is the original thrown away. Films that are kept already follow one after the other. Sound "
    "is left out."
)


def waiting(count: int) -> str:
    """How many films wait to be looked at."""
    return f"{count} film{'s' * (count != 1)} with covered faces to look at"


def checked(made: Covered) -> str:
    """What the program's own check says of a film."""
    if not made.in_doubt_s:
        return f"{CERTAIN} ({made.frames} pictures)"
    return (
        f"Somebody may have been missed at {_spans(made.in_doubt_s)}. These moments come first below. "
        f"({made.frames} pictures in all)"
    )


def still(at_s: float, in_doubt: bool) -> str:
    """What stands under a picture."""
    return f"{at_s:.1f} s{f', {DOUBT}' * in_doubt}"


def progress(job: Job) -> str:
    """How far a film is."""
    return f"{job.doing}…" if job.doing else WAITS


def _spans(spans: Sequence[tuple[float, float]]) -> str:
    return ", ".join(f"{start_s:.1f} to {end_s:.1f} s" for start_s, end_s in spans)

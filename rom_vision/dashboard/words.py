"""What the pages say."""

from rom_vision.compare import Change, Comparisons, NormDifference
from rom_vision.errors import RomVisionError
from rom_vision.exchange import captions
from rom_vision.jobs import Job
from rom_vision.measure import Measurement
from rom_vision.movements import Fact, Mode, MovementTest, Sex, Side
from rom_vision.quality import Problem
from rom_vision.records import Client, KeptMeasurement

PROGRAM = "ROM Vision"
MEASURE = "Measure"
PROGRESS = "Progress"

SIGNED_OUT = "You are signed out. [Sign in](/signin)"
NO_CLIENTS = "There is no client whom you may see."

CLIENT = "Client"
ADD_CLIENT = "Add a client"
NAME = "Name"
NAME_HELP = "A letter will do, if the name must not be known."
BIRTH_DATE = "Birth date (optional)"
SEX = "Sex (optional)"
FOR_NORMS = "Used to find the norm of the same age and sex."
SEXES: dict[Sex, str] = {"female": "Female", "male": "Male"}
ADD = "Add"

WELCOME = "Measure how far a joint moves, from an ordinary video"
WELCOME_TEXT = (
    "Add a client, film one movement test with a phone, and upload the clip. Everything stays on this computer."
)
ADD_FIRST_CLIENT = "Add your first client"
JUST_LOOKING = "Just looking?"
SAMPLE = "Load the sample client"
SAMPLE_TEXT = "The sample videos are measured on this computer, which takes a few minutes."

TEST = "Movement test"
TEST_HELP = "Type to search."
SIDE = "Side"
SIDES: dict[Side, str] = {"left": "Left", "right": "Right"}
MIDLINE_SIDE_HELP = "The side moved toward."
MODE = "Mode"
MODES: dict[Mode, str] = {"active": "Active", "passive": "Passive", "resisted": "Resisted"}
MODE_HELP = (
    "Active: the client moves alone. Passive: the therapist moves the limb. "
    "Resisted: the client pushes against a resistance and the joint should not move."
)
START = "Start"
FILM = "Film"
MOVE = "Move"
WATCH = "Watch for"
WITH_CARE = "To be read with care."
NORMAL = "General normal value"
REAL_CHANGE = "Smallest real change"
DEFINITION = "What the number means"
MORE = "More settings"
MODEL = "Pose model"
MODEL_HELP = "Heavy is the most accurate. Lite is faster, with a wider uncertainty."
CAMERA = "Camera"
CAMERA_HELP = "One that was calibrated with `rom-vision calibrate` measures a little better from odd views."
ANY_PHONE = "A phone like most"

CLIP = "Clips"
CLIP_HELP = (
    "About three slow repetitions, the phone still. Several clips of one test are measured one after another."
)
START_MEASURING = "Measure"

CANCEL = "Cancel"
STOPPING = "Stopping…"
STOPPED = "Stopped. Nothing was kept."
LEAVE = "You may leave this page or close it; the work goes on."
GONE = "That result is not open any more. If it was kept, you find it under Progress; else upload the clip again."
TRY_AGAIN = "Try again"
BACK = "Back"
ANOTHER_CLIP = "Try another clip"

REFUSED = "No number: this clip can't be measured reliably."
NO_REPETITION = "No repetition"
SESSIONS = "Peaks over the sessions, with their uncertainty, the band of no real change and the norm"
TO_BE_CONFIRMED = "to be confirmed"

DATE = "Filmed on"
KEEP = "Keep"
DISCARD = "Discard"
UNDO = "Undo"
SEE_PROGRESS = "See progress"
ANOTHER_TEST = "Another test"

NOTHING_MEASURED = "Nothing is measured yet"
GO_AND_MEASURE = "Measure a movement test"
MEASURE_FIRST = "Measure a movement test and keep it; then you see here how it goes on over the sessions."
MEASUREMENTS = "Measurements"
BAND = "Inside the shaded band a difference from the first session is within what the measurement can tell."
ONE_SESSION = "One session so far. Measure the same test again another day to see whether it changes."


def client(who: Client) -> str:
    """A client in a list: the id tells two of one name apart."""
    return f"{who.name} ({who.id})"


def test(which: MovementTest) -> str:
    """A test in a list ordered by joint."""
    return f"{which.joint.capitalize()} · {which.motion}"


def trouble(problem: RomVisionError) -> str:
    """What happened and what to do about it."""
    return f"**{problem.message}** {problem.remedy}".rstrip()


def problem(what: Problem) -> str:
    """One thing wrong with a measurement."""
    return f"**{what.message}** {what.remedy}"


def failure(job: Job) -> str:
    """Why a job failed and what to do about it."""
    return f"**{job.message}** {job.remedy}".rstrip()


def doing(job: Job) -> str:
    """What a job is about."""
    if job.stopping:
        return STOPPING
    if job.before:
        return f"Waiting for {job.before} other measurement{'s' if job.before > 1 else ''} to end…"
    if job.state == "waiting":
        return "Waiting to begin…"
    if not job.doing:
        return "Getting ready…"
    frames = f"{job.done} of {job.of}" if job.of else f"{job.done}"
    return f"{job.doing}: {frames} frames"


def doing_sample(job: Job, number: int, of: int) -> str:
    """The same of one of the sample videos."""
    said = doing(job)
    title = captions.title(job.order.test, job.order.side, job.order.mode)
    return f"Sample client, {number} of {of}, {title}: {said[0].lower()}{said[1:]}"


def tries(outcome: Measurement | KeptMeasurement) -> str:
    """What the headline is of, and the mean beside it."""
    count, mean_deg = len(outcome.repetitions), outcome.mean_peak_deg
    if count == 1 or mean_deg is None:
        return "Peak of 1 repetition"
    return f"Best peak of {count} repetitions, their mean is {captions.degrees(mean_deg)}"


def sentence(text: str) -> str:
    """Words without capital and full stop -> a sentence."""
    return f"{text[0].upper()}{text[1:]}."


def comparisons(with_others: Comparisons) -> list[str]:
    """What there is to say about a result besides the norm."""
    found = (with_others.earlier, with_others.other_side, with_others.passive)
    return [sentence(comparison.sentence) for comparison in found if comparison]


def norm(difference: NormDifference) -> str:
    """A result against the norm, with where that comes from."""
    return f"{sentence(difference.sentence)} Source: {source(difference.norm)}."


def source(fact: Fact) -> str:
    """Where a clinical statement comes from, and whether that was looked up."""
    return str(fact.source) if fact.confirmed else f"{fact.source}, {TO_BE_CONFIRMED}"


def norm_line(deg: float, fact: Fact) -> str:
    """The label at the norm's line in a chart."""
    return f"norm {captions.degrees(deg)}" + ("" if fact.confirmed else f" ({TO_BE_CONFIRMED})")


def kept(measurement: KeptMeasurement, of: Client) -> str:
    """That it is kept."""
    what = captions.title(measurement.test, measurement.side, measurement.mode)
    return f"Kept for {of.name}: {what}, {captions.day(measurement.on)}."


def now_the(side: Side) -> str:
    """The button that goes on with the other side."""
    return f"Now the {side} side"


def measured(measurement: KeptMeasurement, since_first: Change | None) -> str:
    """One measurement in a list, with what changed since the first; None where there is nothing to compare."""
    number = "refused" if not measurement.accepted else NO_REPETITION.lower()
    if result := measurement.result:
        number = f"**{captions.peak(result.peak_deg, result.uncertainty_deg)}**"
    parts = [captions.day(measurement.on), measurement.side, number, since_first.sentence if since_first else None]
    return " · ".join(part for part in parts if part)


def latest(change: Change, difference: NormDifference | None) -> str:
    """Where a side stands today, since the first session and against the norm."""
    result = change.result
    lines = [f"**{captions.peak(result.peak_deg, result.uncertainty_deg)}** on {captions.day(result.on)}."]
    if change.result != change.reference:
        lines.append(sentence(change.sentence))
    if difference:
        lines.append(norm(difference))
    side = f"**{result.side.capitalize()}:** " if result.side else ""
    return side + " ".join(lines)


def open_result(name: str, what: str, job: Job) -> str:
    """The button to a clip that was neither kept nor discarded."""
    if job.state == "done":
        return f"Go on with {name}: {what}"
    return f"{name}: {what}. {'Failed' if job.state == 'failed' else doing(job)}"


def facts(test: MovementTest) -> str:
    """The general normal value and the smallest real change, with their sources."""
    lines = []
    if test.normal:
        lines.append(f"{NORMAL}: {captions.degrees(test.normal.deg)} ({source(test.normal)}).")
    lines.append(f"{REAL_CHANGE}: {captions.degrees(test.mdc.deg)} ({source(test.mdc)}).")
    return "  \n".join(lines)

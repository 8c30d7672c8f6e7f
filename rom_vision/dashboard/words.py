"""What the pages say."""

from rom_vision.compare import Change, Comparisons, NormDifference
from rom_vision.errors import RomVisionError
from rom_vision.exchange import captions
from rom_vision.jobs import Job
from rom_vision.language import Text, Texts, lowered, read_back, say
from rom_vision.measure import Measurement
from rom_vision.movements import Fact, Mode, MovementTest, Sex, Side
from rom_vision.quality import Problem
from rom_vision.records import Client, KeptMeasurement


class Words:
    """What the pages say."""

    PROGRAM = "ROM Vision"
    MEASURE = Text("Measure")
    PROGRESS = Text("Progress")

    AWAY = Text("The program does not answer. As soon as it does, this page goes on by itself.")
    SIGNED_OUT = Text("You are signed out. [Sign in](/signin)")
    NO_CLIENTS = Text("There is no client whom you may see.")

    CLIENT = Text("Client")
    ADD_CLIENT = Text("Add a client")
    NAME = Text("Name")
    NAME_HELP = Text("A letter will do, if the name must not be known.")
    DATE_FORMAT = Text("YYYY/MM/DD", "a date, as it is typed")
    BIRTH_DATE = Text("Birth date (optional)")
    SEX = Text("Sex (optional)")
    FOR_NORMS = Text("Used to find the norm of the same age and sex.")
    SEXES = Texts[Sex]({"female": "Female", "male": "Male"})
    ADD = Text("Add")

    WELCOME = Text("Measure how far a joint moves, from an ordinary video")
    WELCOME_TEXT = Text(
        "Add a client, film one movement test with a phone, and upload the clip. Everything stays on this "
        "computer."
    )
    ADD_FIRST_CLIENT = Text("Add your first client")
    JUST_LOOKING = Text("Just looking?")
    SAMPLE = Text("Load the sample client")
    SAMPLE_TEXT = Text("The sample videos are measured on this computer, which takes a few minutes.")

    TEST = Text("Movement test")
    TEST_HELP = Text("Type to search.")
    SIDE = Text("Side")
    SIDES = Texts[Side]({"left": "Left", "right": "Right"})
    MIDLINE_SIDE_HELP = Text("The side moved toward.")
    MODE = Text("Mode")
    MODES = Texts[Mode]({"active": "Active", "passive": "Passive", "resisted": "Resisted"})
    MODE_HELP = Text(
        "Active: the client moves alone. Passive: the therapist moves the limb. "
        "Resisted: the client pushes against a resistance and the joint should not move."
    )
    START = Text("Start", "the start position")
    FILM = Text("Film")
    MOVE = Text("Move")
    WATCH = Text("Watch for")
    WITH_CARE = Text("To be read with care.")
    NORMAL = Text("General normal value")
    REAL_CHANGE = Text("Smallest real change")
    DEFINITION = Text("What the number means")
    MORE = Text("More settings")
    MODEL = Text("Pose model")
    MODEL_HELP = Text("Heavy is the most accurate. Lite is faster, with a wider uncertainty.")
    CAMERA = Text("Camera")
    CAMERA_HELP = Text(
        "One that was calibrated with `rom-vision calibrate` measures a little better from odd views."
    )
    ANY_PHONE = Text("A phone like most")

    CLIP = Text("Clips")
    CLIP_HELP = Text(
        "About three slow repetitions, the phone still. Several clips of one test are measured one after another."
    )
    START_MEASURING = Text("Measure")

    CANCEL = Text("Cancel")
    STOPPING = Text("Stopping…")
    STOPPED = Text("Stopped. Nothing was kept.")
    LEAVE = Text("You may leave this page or close it; the work goes on.")
    GONE = Text(
        "That result is not open any more. If it was kept, you find it under Progress; else upload the clip again."
    )
    TRY_AGAIN = Text("Try again")
    BACK = Text("Back")
    ANOTHER_CLIP = Text("Try another clip")

    REFUSED = Text("No number: this clip can't be measured reliably.")
    NO_REPETITION = Text("No repetition")
    SESSIONS = Text("Peaks over the sessions, with their uncertainty, the band of no real change and the norm")
    TO_BE_CONFIRMED = Text("to be confirmed")

    DATE = Text("Filmed on")
    KEEP = Text("Keep")
    DISCARD = Text("Discard")
    UNDO = Text("Undo")
    SEE_PROGRESS = Text("See progress")
    ANOTHER_TEST = Text("Another test")

    NOTHING_MEASURED = Text("Nothing is measured yet")
    GO_AND_MEASURE = Text("Measure a movement test")
    MEASURE_FIRST = Text(
        "Measure a movement test and keep it; then you see here how it goes on over the sessions."
    )
    MEASUREMENTS = Text("Measurements")
    BAND = Text(
        "Inside the shaded band a difference from the first session is within what the measurement can tell."
    )
    ONE_SESSION = Text("One session so far. Measure the same test again another day to see whether it changes.")

    def client(self, who: Client) -> str:
        """A client in a list: the id tells two of one name apart."""
        return f"{who.name} ({who.id})"

    def test(self, which: MovementTest) -> str:
        """A test in a list ordered by joint."""
        return f"{say(which.joint.capitalize())} · {say(which.motion)}"

    def trouble(self, problem: RomVisionError) -> str:
        """What happened and what to do about it."""
        return f"**{read_back(problem.message)}** {read_back(problem.remedy)}".rstrip()

    def problem(self, what: Problem) -> str:
        """One thing wrong with a measurement."""
        return f"**{read_back(what.message)}** {read_back(what.remedy)}"

    def failure(self, job: Job) -> str:
        """Why a job failed and what to do about it."""
        return f"**{read_back(job.message)}** {read_back(job.remedy)}".rstrip()

    def doing(self, job: Job) -> str:
        """What a job is about."""
        if job.stopping:
            return self.STOPPING
        if job.before == 1:
            return say("Waiting for 1 other measurement to end…")
        if job.before:
            return say("Waiting for {before} other measurements to end…", before=job.before)
        if job.state == "waiting":
            return say("Waiting to begin…")
        if not job.doing:
            return say("Getting ready…")
        what = read_back(job.doing)
        if job.of:
            return say("{doing}: {done} of {of} frames", doing=what, done=job.done, of=job.of)
        return say("{doing}: {done} frames", doing=what, done=job.done)

    def doing_sample(self, job: Job, number: int, of: int) -> str:
        """The same of one of the sample videos."""
        said = self.doing(job)
        title = captions.title(job.order.test, job.order.side, job.order.mode)
        said = lowered(said[0]) + said[1:]
        return say(
            "Sample client, {number} of {of}, {title}: {doing}", number=number, of=of, title=title, doing=said
        )

    def tries(self, outcome: Measurement | KeptMeasurement) -> str:
        """What the headline is of, and the mean beside it."""
        count, mean_deg = len(outcome.repetitions), outcome.mean_peak_deg
        if count == 1 or mean_deg is None:
            return say("Peak of 1 repetition")
        mean = captions.degrees(mean_deg)
        return say("Best peak of {count} repetitions, their mean is {mean}", count=count, mean=mean)

    def sentence(self, text: str) -> str:
        """Words without capital and full stop -> a sentence."""
        said = read_back(text)
        return f"{said[0].upper()}{said[1:]}."

    def comparisons(self, with_others: Comparisons) -> list[str]:
        """What there is to say about a result besides the norm."""
        found = (with_others.earlier, with_others.other_side, with_others.passive)
        return [self.sentence(comparison.sentence) for comparison in found if comparison]

    def norm(self, difference: NormDifference) -> str:
        """A result against the norm, with where that comes from."""
        said = self.sentence(difference.sentence)
        return say("{sentence} Source: {source}.", sentence=said, source=self.source(difference.norm))

    def source(self, fact: Fact) -> str:
        """Where a clinical statement comes from, and whether that was looked up."""
        return str(fact.source) if fact.confirmed else f"{fact.source}, {self.TO_BE_CONFIRMED}"

    def norm_line(self, deg: float, fact: Fact) -> str:
        """The label at the norm's line in a chart."""
        line = say("norm {deg}", deg=captions.degrees(deg))
        return line if fact.confirmed else f"{line} ({self.TO_BE_CONFIRMED})"

    def kept(self, measurement: KeptMeasurement, of: Client) -> str:
        """That it is kept."""
        what = captions.title(measurement.test, measurement.side, measurement.mode)
        return say("Kept for {name}: {what}, {day}.", name=of.name, what=what, day=captions.day(measurement.on))

    def now_the(self, side: Side) -> str:
        """The button that goes on with the other side."""
        return say("Now the left side" if side == "left" else "Now the right side")

    def measured(self, measurement: KeptMeasurement, since_first: Change | None) -> str:
        """One measurement in a list, with what changed since the first; None where there is nothing to compare."""
        number = say("no repetition") if measurement.accepted else say("refused")
        if result := measurement.result:
            number = f"**{captions.peak(result.peak_deg, result.uncertainty_deg)}**"
        side = measurement.side and say(measurement.side)
        changed = since_first and read_back(since_first.sentence)
        return " · ".join(part for part in (captions.day(measurement.on), side, number, changed) if part)

    def latest(self, change: Change, difference: NormDifference | None) -> str:
        """Where a side stands today, since the first session and against the norm."""
        result = change.result
        peak = captions.peak(result.peak_deg, result.uncertainty_deg)
        lines = [say("**{peak}** on {day}.", peak=peak, day=captions.day(result.on))]
        if change.result != change.reference:
            lines.append(self.sentence(change.sentence))
        if difference:
            lines.append(self.norm(difference))
        side = f"**{self.SIDES[result.side]}:** " if result.side else ""
        return side + " ".join(lines)

    def open_result(self, name: str, what: str, job: Job) -> str:
        """The button to a clip that was neither kept nor discarded."""
        if job.state == "done":
            return say("Go on with {name}: {what}", name=name, what=what)
        return f"{name}: {what}. {say('Failed') if job.state == 'failed' else self.doing(job)}"

    def facts(self, test: MovementTest) -> str:
        """The general normal value and the smallest real change, with their sources."""
        lines = []
        if test.normal:
            lines.append(f"{self.NORMAL}: {captions.degrees(test.normal.deg)} ({self.source(test.normal)}).")
        lines.append(f"{self.REAL_CHANGE}: {captions.degrees(test.mdc.deg)} ({self.source(test.mdc)}).")
        return "  \n".join(lines)


words = Words()

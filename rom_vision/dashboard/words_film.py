"""What the pages on which one films say, and what the recorder in them says and speaks."""

from typing import Any

from rom_vision.exchange import captions
from rom_vision.language import Text, Texts, say, spoken
from rom_vision.movements import Joint, Mode, MovementTest, Side, on_side, starting
from rom_vision.records import Adherence, Exercise


class FilmWords:
    """What the pages on which one films say, and what the recorder in them says and speaks."""

    FILM = Text("Film a test")
    HOME = Text("Home")

    WHERE = Text("Where on the body?")
    JOINTS = Texts[Joint](
        {
            "neck": "Neck",
            "trunk": "Trunk",
            "shoulder": "Shoulder",
            "elbow": "Elbow",
            "forearm": "Forearm",
            "wrist": "Wrist",
            "hip": "Hip",
            "knee": "Knee",
            "ankle": "Ankle",
        }
    )
    FIGURE = Text("The body, seen from the front; choose a joint")
    HOW = Text("How it is done")
    TO_CAMERA = Text("Film now")
    WITH_FILES = Text("Clips that are filmed already")
    BACK = Text("Choose another test")
    CLIPS = Text("Clips of this test")
    CLIPS_HELP = Text("One or many: each is measured by itself. About three slow repetitions, the phone still.")
    MEASURE_CLIPS = Text("Measure")

    NO_SUBJECT = Text("It is not clear what is to be filmed.")
    NO_EXERCISE = Text("That is no exercise of this home programme.")
    RELOAD = Text("Open the page anew and choose again.")
    TOO_MANY = Text("There are too many films that were neither measured nor thrown away.")
    TOO_MANY_REMEDY = Text("Measure them or throw them away; the page on which one films lists them.")
    GONE_RECORDING = Text("That film is not there any more.")
    FILM_AGAIN = Text("Film it again.")

    WAITING = Text("Filmed, but not measured yet")
    WHOLE = Text("waits to be measured")
    BROKEN_OFF = Text("broke off; what came before can be measured")
    MEASURE_IT = Text("Measure it")
    THROW_AWAY = Text("Throw it away")

    NO_EXERCISES = Text("There is no exercise for you at the moment. Your therapist puts them here.")
    TODAY = Text("Your exercises")
    FILM_IT = Text("Film it")
    BACK_HOME = Text("Back to my exercises")
    KEEP_OPEN = Text("It is being measured. You may close this page; the film is kept by itself.")
    DONE = Text("Well done!")
    NOT_MEASURED = Text("This film could not be measured")
    NOT_KEPT = Text("This film is not in your record")
    TRY_AGAIN = Text("Go back to your exercises and film it once more.")
    KEPT = Text("Your therapist can see it. See you next time!")
    REPETITIONS = Text("Repetitions")
    FURTHEST = Text("How far")

    RECORDER = Texts[str](
        {
            "open": "Open the camera",
            "start": "Start",
            "stop": "Stop",
            "cancel": "Wait",
            "use": "Use this film",
            "again": "Film again",
            "camera": "Camera",
            "turn": "Other camera",
            "shape": "Picture",
            "by_itself": "Start and stop by itself",
            "aloud": "Beeps and voice",
            "live": "Live picture of the camera",
            "replay": "The film that was recorded",
            "loading": "Getting ready to look at the picture…",
            "blind": "The picture can't be checked here. Film with the whole limb in the picture.",
            "fits": "All fits. Press Start.",
            "hold_still": "All fits. Stand still: it starts by itself.",
            "stay": "Stay still…",
            "back": "Come back and hold still.",
            "thanks": "Thank you.",
            "count": "{n} done",
            "sending": "Sending the rest of the film…",
            "sent": "The film is here. Look at it, then use it or film again.",
            "handing_over": "It goes to be measured…",
            "no_server": "No connection. The film is kept in this page and sent as soon as there is one.",
            "refused": "The film was not taken. Film again.",
        }
    )
    SHAPES = Texts[str]({"": "As the camera is held", "upright": "Upright", "across": "Across"})
    RESIST = Text("Rest, push, rest.")
    SLOWLY = Text("Slowly out as far as it goes, and back.")
    ADVICE = Texts[str](
        {
            "nobody": "Nobody is seen. Step into the picture.",
            "dark": "It is too dark. Put on a light, in front of you.",
        }
    )
    CAMERA_TROUBLE = Texts[str](
        {
            "NotAllowedError": "The camera was refused. Allow it for this page in the browser's address bar.",
            "NotFoundError": "There is no camera on this device.",
            "NotReadableError": "Another program uses the camera. Close it and try again.",
            "SecurityError": "A browser gives the camera only to pages over HTTPS. Ask who runs this program.",
            "other": "The camera could not be opened. Close other programs that use it, and try again.",
        }
    )

    @property
    def LANGUAGE(self) -> str:  # noqa: N802 - beside the texts
        """Of the voice that speaks."""
        return spoken()

    def recorder(self, test: MovementTest, side: Side | None, mode: Mode, move: str) -> dict[str, Any]:
        """All that the recorder says.

        Args:
            move: what is spoken when it begins.
        """
        recording = self.RESIST if mode == "resisted" else self.SLOWLY
        seen = {"people": self._alone(mode), "whole": self._whole(test), "view": self._view(test, side)}
        return {
            **self.RECORDER,
            "shapes": self.SHAPES,
            "move": move,
            "recording": recording,
            "advice": {**self.ADVICE, **seen},
            "camera_trouble": self.CAMERA_TROUBLE,
        }

    def _view(self, test: MovementTest, side: Side | None) -> str:
        if test.view == "front":
            return say("Turn to face the phone.")
        if test.view == "back":
            return say("Turn your back to the phone.")
        if side is None:
            return say("Turn sideways to the phone.")
        return say("Turn your left side to the phone." if side == "left" else "Turn your right side to the phone.")

    def _alone(self, mode: Mode) -> str:
        if mode == "active":
            return say("Somebody else is in the picture: only you, please.")
        return say("Somebody else is in the picture: only you and the therapist, please.")

    def _whole(self, test: MovementTest) -> str:
        if test.joint in ("hip", "knee", "ankle"):
            return say("The whole leg must be in the picture. Step back, or move the phone.")
        if test.joint in ("shoulder", "elbow", "forearm", "wrist"):
            return say("The whole arm must be in the picture. Step back, or move the phone.")
        return say("The whole upper body must be in the picture. Step back, or move the phone.")

    def waiting(self, test: MovementTest, side: Side | None, mode: Mode, whole: bool, ago_s: float) -> str:
        """A film that nobody has taken yet."""
        stands = self.WHOLE if whole else self.BROKEN_OFF
        return f"{captions.title(test, side, mode)}, {self._ago(ago_s)}: {stands}"

    def _ago(self, ago_s: float) -> str:
        minutes = round(ago_s / 60)
        if minutes < 100:
            return say("{minutes} min ago", minutes=minutes)
        hours = round(minutes / 60)
        return say("{hours} h ago", hours=hours) if hours < 48 else say("{days} days ago", days=round(hours / 24))

    def taken(self, count: int) -> str:
        """That clips are in the queue."""
        return say(
            "{count} clips are being measured." if count > 1 else "{count} clip is being measured.", count=count
        )

    def joint(self, which: Joint, side: Side | None) -> str:
        """A joint on the figure."""
        return starting(on_side(self.JOINTS[which], side))

    def looks_like(self, title: str) -> str:
        """Under a film that shows how a test is done."""
        return say("So it looks: {title}.", title=title)

    def hello(self, name: str) -> str:
        """The first line of a client's own page."""
        return say("Hello {name}", name=name)

    def further(self, more_deg: float) -> str:
        """That it goes further than when it was measured first."""
        return say("That is {deg} further than when you began!", deg=captions.degrees(more_deg))

    def measuring(self, before: int) -> str:
        """How far it is, for a client."""
        if before:
            return say("{before} other films first…", before=before)
        return say("Your film is being measured…")

    def exercise(self, entry: Exercise, test: MovementTest) -> str:
        """An exercise as the client reads it."""
        return self.exercise_of(test, entry.side)

    def exercise_of(self, test: MovementTest, side: Side | None) -> str:
        """The movement as the client reads it."""
        return starting(on_side(test.name, side))

    def often(self, entry: Exercise) -> str:
        """How often it is to be done."""
        count, times = entry.repetitions, entry.times_a_week
        if times == 1:
            return say("{count} repetitions, once a week", count=count)
        if times == 2:
            return say("{count} repetitions, twice a week", count=count)
        return say("{count} repetitions, {times} times a week", count=count, times=times)

    def so_far(self, kept: Adherence) -> str:
        """The friendly line about how it goes."""
        if not kept.done:
            return say("Not filmed yet. The first one is the hardest!")
        films = say("You did it {count} times." if kept.done > 1 else "You did it {count} time.", count=kept.done)
        if kept.share is None or kept.share >= 1:
            return f"{films} {say('You are right on track.')}"
        more = kept.due - kept.done
        return f"{films} {say('{more} more and you are back on track.', more=more)}"

    def aloud(self, test: MovementTest) -> str:
        """What a voice says when the recording begins."""
        return say("Go. {move}", move=test.move)


words_film = FilmWords()

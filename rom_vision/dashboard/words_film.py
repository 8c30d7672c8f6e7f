"""What the pages on which one films say, and what the recorder in them says and speaks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from rom_vision.exchange import captions
from rom_vision.movements import Joint, Mode, MovementTest, Side
from rom_vision.records import Adherence, Exercise

LANGUAGE = "en"  # of the voice that speaks

FILM = "Film a test"
HOME = "Home"

WHERE = "Where on the body?"
JOINTS: Mapping[Joint, str] = MappingProxyType(
    {
        "neck": "Neck", "trunk": "Trunk", "shoulder": "Shoulder", "elbow": "Elbow", "forearm": "Forearm",
        "wrist": "Wrist", "hip": "Hip", "knee": "Knee", "ankle": "Ankle",
    }
)  # fmt: skip
FIGURE = "The body, seen from the front; choose a joint"
HOW = "How it is done"
TO_CAMERA = "Film now"
WITH_FILES = "Clips that are filmed already"
BACK = "Choose another test"
CLIPS = "Clips of this test"
CLIPS_HELP = "One or many: each is measured by itself. About three slow repetitions, the phone still."
MEASURE_CLIPS = "Measure"

NO_SUBJECT = "It is not clear what is to be filmed."
NO_EXERCISE = "That is no exercise of this home programme."
RELOAD = "Open the page anew and choose again."
TOO_MANY = "There are too many films that were neither measured nor thrown away."
TOO_MANY_REMEDY = "Measure them or throw them away; the page on which one films lists them."
GONE_RECORDING = "That film is not there any more."
FILM_AGAIN = "Film it again."

WAITING = "Filmed, but not measured yet"
WHOLE = "waits to be measured"
BROKEN_OFF = "broke off; what came before can be measured"
MEASURE_IT = "Measure it"
THROW_AWAY = "Throw it away"

NO_EXERCISES = "There is no exercise for you at the moment. Your therapist puts them here."
TODAY = "Your exercises"
FILM_IT = "Film it"
BACK_HOME = "Back to my exercises"
KEEP_OPEN = "It is being measured. You may close this page; the film is kept by itself."
DONE = "Well done!"
NOT_MEASURED = "This film could not be measured"
NOT_KEPT = "This film is not in your record"
TRY_AGAIN = "Go back to your exercises and film it once more."
KEPT = "Your therapist can see it. See you next time!"
REPETITIONS = "Repetitions"
FURTHEST = "How far"


def recorder(test: MovementTest, side: Side | None, mode: Mode, move: str) -> dict[str, Any]:
    """All that the recorder says.

    Args:
        move: what is spoken when it begins.
    """
    views = {
        "front": "Turn to face the phone",
        "back": "Turn your back to the phone",
        "side": f"Turn your {side} side to the phone" if side else "Turn sideways to the phone",
    }
    whom = "only you and the therapist" if mode != "active" else "only you"
    return {
        "open": "Open the camera",
        "start": "Start",
        "stop": "Stop",
        "cancel": "Wait",
        "use": "Use this film",
        "again": "Film again",
        "camera": "Camera",
        "turn": "Other camera",
        "shape": "Picture",
        "shapes": {"": "As the camera is held", "upright": "Upright", "across": "Across"},
        "by_itself": "Start and stop by itself",
        "aloud": "Beeps and voice",
        "live": "Live picture of the camera",
        "replay": "The film that was recorded",
        "loading": "Getting ready to look at the picture…",
        "blind": "The picture can't be checked here. Film with the whole limb in the picture.",
        "fits": "All fits. Press Start.",
        "hold_still": "All fits. Stand still: it starts by itself.",
        "stay": "Stay still…",
        "move": move,
        "recording": "Rest, push, rest." if mode == "resisted" else "Slowly out as far as it goes, and back.",
        "back": "Come back and hold still.",
        "thanks": "Thank you.",
        "count": "{n} done",
        "sending": "Sending the rest of the film…",
        "sent": "The film is here. Look at it, then use it or film again.",
        "handing_over": "It goes to be measured…",
        "no_server": "No connection. The film is kept in this page and sent as soon as there is one.",
        "refused": "The film was not taken. Film again.",
        "advice": {
            "nobody": "Nobody is seen. Step into the picture.",
            "dark": "It is too dark. Put on a light, in front of you.",
            "people": f"Somebody else is in the picture: {whom}, please.",
            "whole": f"The whole {_limb(test)} must be in the picture. Step back, or move the phone.",
            "view": f"{views[test.view]}.",
        },
        "camera_trouble": {
            "NotAllowedError": "The camera was refused. Allow it for this page in the browser's address bar.",
            "NotFoundError": "There is no camera on this device.",
            "NotReadableError": "Another program uses the camera. Close it and try again.",
            "SecurityError": "A browser gives the camera only to pages over HTTPS. Ask who runs this program.",
            "other": "The camera could not be opened. Close other programs that use it, and try again.",
        },
    }


def _limb(test: MovementTest) -> str:
    if test.joint in ("hip", "knee", "ankle"):
        return "leg"
    return "arm" if test.joint in ("shoulder", "elbow", "forearm", "wrist") else "upper body"


def waiting(test: MovementTest, side: Side | None, mode: Mode, whole: bool, ago_s: float) -> str:
    """A film that nobody has taken yet."""
    return f"{captions.title(test, side, mode)}, {_ago(ago_s)}: {WHOLE if whole else BROKEN_OFF}"


def _ago(ago_s: float) -> str:
    minutes = round(ago_s / 60)
    if minutes < 100:
        return f"{minutes} min ago"
    hours = round(minutes / 60)
    return f"{hours} h ago" if hours < 48 else f"{round(hours / 24)} days ago"


def taken(count: int) -> str:
    """That clips are in the queue."""
    return f"{count} clip{'s are' if count > 1 else ' is'} being measured."


def joint(which: Joint, side: Side | None) -> str:
    """A joint on the figure."""
    return f"{side} {JOINTS[which]}".capitalize() if side else JOINTS[which]


def looks_like(title: str) -> str:
    """Under a film that shows how a test is done."""
    return f"So it looks: {title}."


def hello(name: str) -> str:
    """The first line of a client's own page."""
    return f"Hello {name}"


def further(more_deg: float) -> str:
    """That it goes further than when it was measured first."""
    return f"That is {captions.degrees(more_deg)} further than when you began!"


def measuring(before: int) -> str:
    """How far it is, for a client."""
    return f"{before} other films first…" if before else "Your film is being measured…"


def exercise(entry: Exercise, test: MovementTest) -> str:
    """An exercise as the client reads it."""
    return exercise_of(test, entry.side)


def exercise_of(test: MovementTest, side: Side | None) -> str:
    """The movement as the client reads it."""
    return f"{side} {test.name}".capitalize() if side else test.name


def often(entry: Exercise) -> str:
    """How often it is to be done."""
    times = {1: "once", 2: "twice"}.get(entry.times_a_week, f"{entry.times_a_week} times")
    return f"{entry.repetitions} repetitions, {times} a week"


def so_far(kept: Adherence) -> str:
    """The friendly line about how it goes."""
    if not kept.done:
        return "Not filmed yet. The first one is the hardest!"
    films = f"You filmed it {kept.done} time{'s' if kept.done > 1 else ''}"
    if kept.share is None or kept.share >= 1:
        return f"{films}. You are right on track."
    more = kept.due - kept.done
    return f"{films}. {more} more and you are back on track."


def aloud(test: MovementTest) -> str:
    """What a voice says when the recording begins."""
    return f"Go. {test.move}"

"""What the real pose model sees in the sample clips, looked for once for all tests."""

import json
from functools import cache

from films import SAMPLES

from rom_vision.capture.client import choose_client
from rom_vision.capture.landmarks import Landmarks
from rom_vision.capture.pose import People, find_people
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.video import Video

CLIPS = sorted(path.stem for path in SAMPLES.glob("*.mp4"))


@cache
def people(clip: str) -> People:
    """Everyone in a sample clip."""
    return find_people(Video(SAMPLES / f"{clip}.mp4"), pose_model())


def landmarks(clip: str) -> Landmarks:
    """Of its client."""
    return choose_client(people(clip)).landmarks


def truth(clip: str) -> dict:
    """What is true of a sample clip."""
    return json.loads((SAMPLES / f"{clip}.json").read_text())

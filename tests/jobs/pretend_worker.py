"""A worker whose work is cheap, as its own process: each step takes a moment, and each measurement is noted."""

import os
import shutil
import sys
import time
from pathlib import Path

from measured import knee_flexion

from rom_vision.capture.privacy import Blurred
from rom_vision.capture.video import Video
from rom_vision.jobs import covering, table
from rom_vision.jobs.worker import main

STEP_S = 0.05


def run(order, video, overlay, on_progress):
    for step in range(int(os.environ["PRETEND_STEPS"])):
        time.sleep(STEP_S)
        on_progress("Pretending", step + 1, None)
    shutil.copy(video, overlay)
    with Path(os.environ["PRETEND_LOG"]).open("a") as log:
        log.write(f"{video.read_text()}\n")
    return MEASURED


def blur(video, out, *, on_progress):
    for step in range(int(os.environ["PRETEND_STEPS"])):
        time.sleep(STEP_S)
        on_progress("Pretending", step + 1, None)
    shutil.copy(video, out)
    return Blurred(sum(1 for _ in Video(video)), ())


table.LEASE_S = float(os.environ.get("PRETEND_LEASE_S", table.LEASE_S))
covering.blur_faces = blur
MEASURED = knee_flexion()
main(sys.argv[1], run)

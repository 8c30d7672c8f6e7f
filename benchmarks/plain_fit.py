"""The body without the lifter: what the fit makes of the image landmarks and their own depth alone.

What the lifter is compared to, so that a group of films in which it does harm is seen.
"""

from functools import partial

import numpy as np

from rom_vision.capture.camera import Camera
from rom_vision.capture.landmarks import Landmarks
from rom_vision.kinematics.body import DEPTH_TRUST, Body, fit_body
from rom_vision.kinematics.lifter import BODY, IMAGE_DEPTH, PAIRS, Lifted, of_all_frames, placed, sight_of

# How far they scatter, of a body whose leg and arm measure 1.4. Found, like IMAGE_DEPTH, on real clips, the squat
# of the table among them.
DEPTH_SPREAD, IMAGE_SPREAD = 0.06, 0.015


def plain_body(landmarks: Landmarks, camera: Camera) -> Body:
    """One body for the whole clip, from the landmarks as they are."""
    sight, seen = sight_of(landmarks, camera), landmarks.seen
    everywhere = partial(of_all_frames, seen)
    frames = int(seen.sum())
    points = placed(sight, IMAGE_DEPTH * sight.depth[:, BODY], sight.image[:, BODY], 1 / sight.scale)
    return fit_body(
        Lifted(
            points=everywhere(points),
            away=everywhere(sight.turn[:, 2]),
            depth_doubt=everywhere(np.full((frames, len(PAIRS)), DEPTH_SPREAD / DEPTH_TRUST)),
            image_doubt=everywhere(np.outer(sight.scale, np.full(len(BODY), IMAGE_SPREAD))),
            angle_doubt_deg={},
        ),
        landmarks.time_s,
    )

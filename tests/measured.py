"""Measurements made by the real pipeline from a body of known angles, without video."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import numpy as np
from bodies import LEFT, bend, exact_body, film, standing

from rom_vision.capture.client import Client
from rom_vision.capture.landmarks import Point
from rom_vision.measure import Measurement, Provenance, measure_body
from rom_vision.movements import Mode, movement_test

MADE_AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
KNEE_PEAK_DEG = 100.0


def knee_flexion() -> Measurement:
    """Left knee flexion, three times to 100 degrees, in company; the right ankle is unseen in the last second."""
    share = (1 - np.cos(np.linspace(0, 6 * np.pi, 180))) / 2
    moved = [Point.LEFT_ANKLE, Point.LEFT_HEEL, Point.LEFT_TOES]
    seen = film([bend(standing(), Point.LEFT_KNEE, moved, LEFT, KNEE_PEAK_DEG * s) for s in share], 90)
    image_px, world_m = np.array(seen.image_px), np.array(seen.world_m)
    image_px[150:, Point.RIGHT_ANKLE] = world_m[150:, Point.RIGHT_ANKLE] = np.nan
    client = Client(landmarks=replace(seen, image_px=image_px, world_m=world_m), others=1)
    return _measured(client, "a" * 64)


def knee_push() -> Measurement:
    """Left knee flexion, resisted: up to 60 degrees, held there for four and a half seconds, and back."""
    bent_deg = np.interp(np.arange(255) / 30, [0, 1, 2, 6.5, 7.5, 8.5], [0, 0, 60, 60, 0, 0])
    moved = [Point.LEFT_ANKLE, Point.LEFT_HEEL, Point.LEFT_TOES]
    seen = film([bend(standing(), Point.LEFT_KNEE, moved, LEFT, a) for a in bent_deg], 90)
    return _measured(Client(landmarks=seen, others=0), "e" * 64, "resisted")


def no_movement() -> Measurement:
    """The same test of a client who stands still: refused."""
    client = Client(landmarks=film([standing()] * 60, 90), others=0)
    return _measured(client, "b" * 64)


def _measured(client: Client, video_sha256: str, mode: Mode = "active") -> Measurement:
    body, test = exact_body(client.landmarks), movement_test("knee_flexion")
    return measure_body(client, body, test, "left", mode, provenance(video_sha256))


def provenance(video_sha256: str) -> Provenance:
    """As of a video with that digest."""
    return Provenance(
        program="0.1.0",
        mediapipe="1.2.2",
        model="heavy",
        model_sha256="c" * 64,
        video_sha256=video_sha256,
        settings=MappingProxyType({"cutoff_hz": 6.0, "longest_px": 1280, "client_at_px": None}),
        made_at=MADE_AT,
    )

"""A record of its own for each test, and measurements made by the real pipeline from a body of known angles."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from bodies import LEFT, bend, film, standing

from rom_vision.capture.client import Client as SeenClient
from rom_vision.capture.landmarks import Point
from rom_vision.measure import Measurement, Provenance, measure_landmarks
from rom_vision.movements import movement_test
from rom_vision.records import Client, Record

MADE_AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
KNEE_PEAK_DEG = 100.0


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds record and media."""
    monkeypatch.setenv("ROM_VISION_HOME", str(tmp_path))
    monkeypatch.delenv("ROM_VISION_DATABASE_URL", raising=False)
    return tmp_path / "data"


@pytest.fixture
def record(home: Path) -> Iterator[Record]:
    with Record.open() as opened:
        yield opened


@pytest.fixture
def anna(record: Record) -> Client:
    return record.add_client("Anna Example")


@pytest.fixture(scope="session")
def knee() -> Measurement:
    """Left knee flexion, three times to 100 degrees, the last second of the right ankle not seen."""
    share = (1 - np.cos(np.linspace(0, 6 * np.pi, 180))) / 2
    moved = [Point.LEFT_ANKLE, Point.LEFT_HEEL, Point.LEFT_TOES]
    bodies = [bend(standing(), Point.LEFT_KNEE, moved, LEFT, KNEE_PEAK_DEG * s) for s in share]
    seen = film(bodies, 90)
    world_m = np.array(seen.world_m)
    world_m[150:, Point.RIGHT_ANKLE] = np.nan
    image_px = np.array(seen.image_px)
    image_px[150:, Point.RIGHT_ANKLE] = np.nan
    client = SeenClient(landmarks=replace(seen, world_m=world_m, image_px=image_px), others=1)
    return measure_landmarks(client, movement_test("knee_flexion"), "left", "active", provenance("a" * 64))


@pytest.fixture(scope="session")
def refused() -> Measurement:
    """The same test of a client who does not move."""
    client = SeenClient(landmarks=film([standing()] * 60, 90), others=0)
    return measure_landmarks(client, movement_test("knee_flexion"), "left", "active", provenance("b" * 64))


@pytest.fixture
def clip(tmp_path: Path) -> Callable[..., Path]:
    """A file; the record does not look into it."""

    def make(name: str = "IMG_0042.MOV", content: bytes = b"a film") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make


def provenance(video_sha256: str) -> Provenance:
    return Provenance(
        program="0.1.0",
        mediapipe="0.10",
        model="heavy",
        model_sha256="c" * 64,
        video_sha256=video_sha256,
        settings=MappingProxyType({"cutoff_hz": 6.0, "longest_px": 1280, "client_at_px": None}),
        made_at=MADE_AT,
    )

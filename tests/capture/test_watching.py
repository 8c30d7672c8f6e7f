"""The client whom nobody handles: watched in every picture, and nowhere where they are not."""

import numpy as np
import pytest
from films import SAMPLES
from seen import CLIPS

from rom_vision.capture.landmarks import Point
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.region import HIPS, SHOULDERS
from rom_vision.capture.video import Frame, Video
from rom_vision.capture.watching import watch_client

HERE = np.array([True] * 8 + [False] * 15 + [True] * 8)


@pytest.fixture(scope="module")
def film() -> list[Frame]:
    """One picture of a person, as a film in which they leave for a second and come back."""
    first = next(iter(Video(SAMPLES / f"{CLIPS[0]}.mp4")))
    away = np.full_like(first.image, 128)
    return [Frame(time_s=n / 15, image=first.image if there else away) for n, there in enumerate(HERE)]


def test_who_leaves_and_comes_back_is_seen_where_they_are(film: list[Frame]) -> None:
    client = watch_client(film, pose_model("lite"), workers=1)
    assert client.landmarks.seen.tolist() == HERE.tolist()
    assert client.others == 0
    trunk = client.landmarks.image_px[HERE][:, [*HIPS, *SHOULDERS]]
    size = np.linalg.norm(np.ptp(client.landmarks.image_px[0], axis=0))
    # half of the looks are at the mirror image: left stays left, and no landmark is far off
    assert np.linalg.norm(np.ptp(trunk, axis=0), axis=-1).max() < 0.04 * size
    assert np.ptp(client.landmarks.world_m[HERE][:, Point.LEFT_SHOULDER], axis=0).max() < 0.1


def test_a_film_with_nobody_in_it_has_no_client() -> None:
    blank = [Frame(time_s=n / 15, image=np.full((90, 160, 3), 128, np.uint8)) for n in range(3)]
    client = watch_client(blank, pose_model("lite"), workers=1)
    assert len(client.landmarks.time_s) == 3
    assert not client.landmarks.seen.any()

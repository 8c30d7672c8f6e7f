"""The tested hand: where it is looked for, whose it is, and what several looks at it say together."""

from dataclasses import replace

import numpy as np
import pytest

from rom_vision.capture.close_models import close_model
from rom_vision.capture.hand import HAND_POINTS, LOOKS, agreed, find_hand, hand_regions
from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.capture.video import Frame


def somebody(frames: int = 3) -> Landmarks:
    """The right forearm level and to the right of the picture, the left hand in the lap."""
    rows = np.full((frames, 33, 7), 50.0)
    places = {
        Point.RIGHT_SHOULDER: (20, 20), Point.RIGHT_ELBOW: (20, 50), Point.RIGHT_WRIST: (45, 50),
        Point.LEFT_SHOULDER: (22, 20), Point.LEFT_ELBOW: (22, 50), Point.LEFT_WRIST: (40, 80),
    }  # fmt: skip
    for point, place in places.items():
        rows[:, point, :2] = place
    rows[0] = np.nan
    return Landmarks.from_rows(np.arange(frames) / 30, (100, 100), rows)


def looks_at(*wrists: tuple[float, float]) -> np.ndarray:
    """(3, looks, 21, 4) hands whose wrists are there in the last frame, one a look; fingers to the right."""
    looks = np.full((3, len(LOOKS), HAND_POINTS, 4), np.nan)
    for place, wrist in enumerate(wrists):
        looks[-1, place, :, :2] = np.array(wrist) + np.linspace(0, 12, HAND_POINTS)[:, None] * [1, 0]
        looks[-1, place, :, 2:] = [0.0, 0.9]
    return looks


def test_it_is_looked_for_ahead_of_the_wrist_with_the_forearm_upright() -> None:
    nowhere, region, _ = hand_regions(somebody(), "right")
    assert nowhere is None
    assert (region.x_px, region.y_px) == pytest.approx((52.5, 50))
    assert np.degrees(region.turn_rad) == pytest.approx(90)
    assert 2.5 * region.radius_px == pytest.approx(1.9 * 30)


def test_what_most_looks_agree_on_is_taken_and_how_far_they_are_apart_is_told() -> None:
    found = agreed(looks_at((45, 50), (45, 51), (46, 50)), somebody(), "right")
    assert np.isnan(found.points_px[:2]).all()
    assert found.points_px[-1, 0, :2].tolist() == [45, 50]
    assert found.spread[-1] == pytest.approx(1 / 5.4, abs=0.01)  # from the wrist to the middle knuckle it is 5.4
    assert found.right[-1] == pytest.approx(0.9)


def test_from_its_fingertips_the_looks_count_that_take_it_for_the_hand_that_most_do() -> None:
    landmarks = somebody()
    towards = landmarks.image_px.copy()
    towards[:, Point.RIGHT_ELBOW] = towards[:, Point.RIGHT_WRIST] + [0, 2]
    looks = looks_at((45, 50), (45, 51), (46, 50))
    looks[-1, 0, :, 3] = 0.2  # this one sees the mirror image
    looks[-1, :, 5, 1] -= 6  # across the knuckles it is longer than from the wrist to them
    found = agreed(looks, replace(landmarks, image_px=towards), "right")
    assert found.points_px[-1, 0, :2].tolist() == [45.5, 50.5]
    assert found.right[-1] == pytest.approx(0.9)


@pytest.mark.parametrize("wrists", [((45, 50),), ((42, 70), (42, 71), (45, 50))])
def test_one_look_alone_or_a_hand_at_the_other_wrist_is_not_it(wrists: tuple) -> None:
    assert np.isnan(agreed(looks_at(*wrists), somebody(), "right").points_px).all()


def test_where_there_is_no_hand_none_is_found() -> None:
    landmarks = somebody()
    frames = [Frame(time_s=at_s, image=np.full((200, 200, 3), 128, np.uint8)) for at_s in landmarks.time_s]
    found = find_hand(frames, landmarks, "right", close_model("hand"), workers=1)
    assert found.points_px.shape == (3, 21, 3)
    assert np.isnan(found.points_px).all()

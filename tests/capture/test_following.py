"""Clients among others, composed of real pictures: who stays is followed, who comes and goes is not."""

from collections.abc import Sequence

import numpy as np
import pytest
from films import SAMPLES

from rom_vision.capture.client import Client
from rom_vision.capture.following import follow_client, trust
from rom_vision.capture.landmarks import Point
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.video import Frame, Video
from rom_vision.errors import UsageError

WIDTH, HEIGHT = 300, 400
PEOPLE = ("right_knee_flexion", "left_hip_abduction", "right_trunk_lateral_flexion")


@pytest.fixture(scope="module")
def figures() -> list[np.ndarray]:
    """One picture each of three people."""
    return [next(iter(Video(SAMPLES / f"{clip}.mp4", longest_px=HEIGHT))).image for clip in PEOPLE]


def scene(*places: tuple[np.ndarray, int]) -> np.ndarray:
    """Some of them side by side, each at that column."""
    picture = np.full((HEIGHT, 3 * WIDTH, 3), 128, np.uint8)
    for figure, left in places:
        picture[: len(figure), left : left + figure.shape[1]] = figure[:, : 3 * WIDTH - left]
    return picture


def followed(pictures: Sequence[np.ndarray], **how) -> Client:
    frames = [Frame(time_s=number / 15, image=picture) for number, picture in enumerate(pictures)]
    return follow_client(frames, pose_model("lite"), **how)


def middle_x(client: Client) -> np.ndarray:
    return client.landmarks.image_px[:, [Point.LEFT_HIP, Point.RIGHT_HIP], 0].mean(axis=1)


def test_who_is_alone_and_still_is_followed_and_trusted(figures) -> None:
    client = followed([scene((figures[0], 200))] * 8)
    assert client.others == 0
    assert client.landmarks.seen.all()
    assert middle_x(client) == pytest.approx(200 + figures[0].shape[1] / 2, abs=60)
    joints = [Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER, Point.LEFT_HIP, Point.RIGHT_HIP]
    assert client.landmarks.believed[:, joints].min() > 0.5


def test_who_stays_is_the_client_and_who_walks_past_is_not(figures) -> None:
    walk = [scene((figures[1], 550), (figures[0], 30 * step)) for step in range(10)]
    client = followed(walk)
    assert client.landmarks.seen.all()
    assert middle_x(client) == pytest.approx(550 + figures[1].shape[1] / 2, abs=60)
    assert client.others == 1


def test_the_client_is_followed_through_somebody_standing_in_front(figures) -> None:
    clear = scene((figures[1], 550))
    hidden = scene((figures[1], 550), (figures[0], 560))
    client = followed([clear] * 4 + [hidden] * 2 + [clear] * 4)
    assert client.landmarks.seen[[0, 1, 2, 3, 6, 7, 8, 9]].all()
    assert middle_x(client)[[0, 9]] == pytest.approx(550 + figures[1].shape[1] / 2, abs=60)


def test_of_three_who_stay_the_one_pointed_at_is_followed(figures) -> None:
    three = [scene((figures[0], 0), (figures[1], 300), (figures[2], 600))] * 7
    for number in range(3):
        client = followed(three, at_share=((number + 0.4) / 3, 0.5))
        assert middle_x(client) == pytest.approx(300 * number + figures[number].shape[1] / 2, abs=60)
        assert client.others == 1


def test_who_lies_is_the_client_and_who_stands_by_is_not(figures) -> None:
    lying = np.rot90(figures[1][60:340, 50:200], -1)  # the head to the right
    pictures = [scene((figures[0], 20))] * 7
    for picture in pictures:
        picture[-len(lying) :, 300 : 300 + lying.shape[1]] = lying
    client = followed(pictures)
    assert client.landmarks.seen.all()
    hips = client.landmarks.image_px[:, [Point.LEFT_HIP, Point.RIGHT_HIP]].mean(axis=(0, 1))
    head = client.landmarks.image_px[:, Point.NOSE].mean(axis=0)
    assert head[0] - hips[0] > 60
    assert abs(head[1] - hips[1]) < 30
    assert client.others == 1


def in_mirror(figure: np.ndarray) -> np.ndarray:
    """As a mirror at the wall shows it: the other way round, and smaller."""
    return figure[::-2, ::-2][::-1]


def test_a_mirror_image_is_not_the_client(figures) -> None:
    client = followed([scene((in_mirror(figures[1]), 40), (figures[1], 500))] * 7)
    assert middle_x(client) == pytest.approx(500 + figures[1].shape[1] / 2, abs=60)


def test_somebody_lying_on_a_poster_is_not_the_client(figures) -> None:
    lying = np.rot90(figures[1][60:340, 50:200], -1)  # the head to the right
    pictures = [scene((figures[0], 20), (in_mirror(lying), 650))] * 7
    for picture in pictures:
        picture[-len(lying) :, 300 : 300 + lying.shape[1]] = lying
    hips = followed(pictures).landmarks.image_px[:, [Point.LEFT_HIP, Point.RIGHT_HIP]].mean(axis=(0, 1))
    assert hips[1] > HEIGHT - len(lying)


def test_nobody_who_only_walks_by_is_taken_for_the_client(figures) -> None:
    client = followed([scene((figures[0], 85 * step)) for step in range(8)])
    assert not client.landmarks.seen.any()


def test_pointing_where_nobody_stays_is_told(figures) -> None:
    with pytest.raises(UsageError, match="Nobody stays at 97 % of the width"):
        followed([scene((figures[0], 0))] * 6, at_share=(0.97, 0.1))


def test_nobody_at_all() -> None:
    client = followed([scene()] * 5)
    assert not client.landmarks.seen.any()
    assert client.landmarks.time_s.tolist() == [number / 15 for number in range(5)]


def test_no_pictures_at_all() -> None:
    assert followed([]).landmarks.time_s.size == 0


def test_the_number_of_workers_changes_nothing(figures) -> None:
    pictures = [scene((figures[0], 200)), scene((figures[0], 204))] * 4
    one, two = (followed(pictures, workers=workers).landmarks for workers in (1, 2))
    assert (one.image_px == two.image_px).all()
    assert (one.trust == two.trust).all()


def test_a_landmark_that_goes_along_with_the_region_is_not_trusted() -> None:
    rows = np.zeros((12, 33, 7))
    rows[..., 0] = np.linspace(0, 40, 12)[:, None]  # all move evenly
    rows[:, Point.LEFT_KNEE, 1] = [0, 40, -40] * 4
    believed = trust(rows, radius_px=100.0)
    assert (believed[:, Point.LEFT_KNEE] < 0.5).all()
    assert (np.delete(believed, Point.LEFT_KNEE, axis=1) == 1).all()


def test_what_is_not_seen_is_not_trusted() -> None:
    rows = np.zeros((9, 33, 7))
    rows[4] = np.nan
    believed = trust(rows, radius_px=100.0)
    assert (believed[4] == 0).all()
    assert (believed[[0, 1, 7, 8]] == 1).all()

"""Figures walked through the picture: which of them is taken for the client, and kept."""

import numpy as np
import pytest
from bodies import SIZE_PX, film, standing

from rom_vision.capture.client import choose_client
from rom_vision.capture.landmarks import Point
from rom_vision.capture.pose import People
from rom_vision.errors import UsageError

RATE_HZ = 30.0
FIGURE = film([standing()], 0.0)


def figure(x_px: float, y_px: float = 640.0, scale: float = 0.5) -> np.ndarray:
    """One sighting, (33, 7), of a figure whose hips are at that place of the picture."""
    row = np.ones((33, 7))
    row[:, :2] = (FIGURE.image_px[0] - np.array(SIZE_PX) / 2) * scale + [x_px, y_px]
    return row


def people(*frames: list[np.ndarray]) -> People:
    return People(
        time_s=np.arange(len(frames)) / RATE_HZ,
        size_px=SIZE_PX,
        rows=tuple(np.array(rows).reshape(-1, 33, 7) for rows in frames),
    )


def hip_x(landmarks) -> np.ndarray:
    return landmarks.image_px[:, [Point.LEFT_HIP, Point.RIGHT_HIP], 0].mean(axis=1)


def test_the_only_person_is_the_client() -> None:
    client = choose_client(people(*[[figure(300 + n)] for n in range(30)]))
    assert hip_x(client.landmarks) == pytest.approx(300 + np.arange(30))
    assert client.others == 0


def test_the_larger_and_more_central_is_the_client_and_the_other_is_told() -> None:
    client = choose_client(people(*[[figure(80, scale=0.3), figure(400)] for _ in range(30)]))
    assert hip_x(client.landmarks) == pytest.approx(400)
    assert client.others == 1


def test_the_person_pointed_at_is_the_client() -> None:
    clip = people(*[[figure(80, scale=0.3), figure(400)] for _ in range(30)])
    assert hip_x(choose_client(clip, at_share=(80 / 720, 0.5)).landmarks) == pytest.approx(80)


def test_pointing_at_nobody_is_told() -> None:
    with pytest.raises(UsageError, match="Nobody was seen at 97 % of the width and 1 % of the height"):
        choose_client(people([figure(300)]), at_share=(0.97, 0.01))


def test_the_order_in_which_the_model_names_them_does_not_matter() -> None:
    rng = np.random.default_rng(5)
    frames = []
    for n in range(40):
        both = [figure(500 - 2 * n), figure(150 + n, scale=0.4)]
        frames.append(both if rng.random() < 0.5 else both[::-1])
    assert hip_x(choose_client(people(*frames)).landmarks) == pytest.approx(500 - 2 * np.arange(40))


def test_a_client_lost_for_a_while_is_found_again_and_not_seen_in_between() -> None:
    frames = [[figure(300)]] * 20 + [[]] * 15 + [[figure(320)]] * 20
    landmarks = choose_client(people(*frames)).landmarks
    assert landmarks.seen.tolist() == [True] * 20 + [False] * 15 + [True] * 20


def test_nobody_takes_the_place_of_a_client_who_is_hidden() -> None:
    frames = [[figure(400)]] * 30 + [[figure(80, scale=0.3)]] * 10
    assert not choose_client(people(*frames)).landmarks.seen[30:].any()


def test_a_passer_by_is_not_worth_a_remark() -> None:
    frames = [[figure(400)]] * 58 + [[figure(400), figure(80, scale=0.3)]] * 2
    assert choose_client(people(*frames)).others == 0


def test_the_same_person_seen_twice_is_not_another() -> None:
    assert choose_client(people(*[[figure(400), figure(406)] for _ in range(30)])).others == 0


def test_nobody_at_all() -> None:
    client = choose_client(people([], [], []))
    assert not client.landmarks.seen.any()
    assert client.others == 0

"""Where in the clip something is wrong."""

from dataclasses import replace

import numpy as np
import pytest
from bodies import LEFT, bend, exact_body, film, standing
from measured import no_movement, provenance

from rom_vision.capture.client import Client
from rom_vision.capture.landmarks import Landmarks, Point
from rom_vision.concerned import concerned
from rom_vision.measure import Measurement, measure_body
from rom_vision.movements import movement_test


@pytest.fixture(scope="module")
def seen() -> Landmarks:
    """Six seconds of a left knee that bends three times."""
    share = (1 - np.cos(np.linspace(0, 6 * np.pi, 180))) / 2
    moved = [Point.LEFT_ANKLE, Point.LEFT_HEEL, Point.LEFT_TOES]
    return film([bend(standing(), Point.LEFT_KNEE, moved, LEFT, 100 * s) for s in share], 90)


def measured(landmarks: Landmarks) -> Measurement:
    client, test = Client(landmarks=landmarks, others=0), movement_test("knee_flexion")
    return measure_body(client, exact_body(landmarks), test, "left", "active", provenance("a" * 64))


def test_hidden_frames_are_told_and_two_hardly_apart_are_one(seen):
    visibility = np.array(seen.visibility)
    visibility[30:60, Point.LEFT_KNEE] = visibility[63:120, Point.LEFT_KNEE] = 0
    refused = measured(replace(seen, visibility=visibility))
    (problem,) = [one for one in refused.problems if one.kind == "hidden"]
    assert problem.refused
    assert concerned(problem, refused) == (pytest.approx((1.0, 4.0)),)


def test_frames_without_the_client_are_told_to_the_very_end(seen):
    image_px, world_m = np.array(seen.image_px), np.array(seen.world_m)
    image_px[150:] = world_m[150:] = np.nan
    doubtful = measured(replace(seen, image_px=image_px, world_m=world_m))
    (problem,) = [one for one in doubtful.problems if one.kind == "nobody"]
    assert concerned(problem, doubtful) == (pytest.approx((5.0, 179 / 30)),)


def test_what_is_about_the_whole_clip_names_no_moment():
    refused = no_movement()
    assert [concerned(problem, refused) for problem in refused.problems] == [()]

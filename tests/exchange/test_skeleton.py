import numpy as np
from bodies import FORWARD, SIZE_PX, bend, exact_body, film, standing
from measured import provenance

from rom_vision.capture.client import Client
from rom_vision.capture.landmarks import Point
from rom_vision.exchange.skeleton import LIMB, PALE, Skeleton
from rom_vision.measure import measure_body
from rom_vision.movements import movement_test

LEGS = ("HIP", "KNEE", "ANKLE", "HEEL", "TOES")


def test_a_trunk_test_marks_the_trunk_and_no_arm():
    """The trunk has sides, but the arm on that side is not what moves."""
    upper = [point for point in standing() if not point.name.endswith(LEGS)]
    bent_deg = 15 * (1 - np.cos(np.linspace(0, 4 * np.pi, 120)))
    landmarks = film([bend(standing(), Point.LEFT_HIP, upper, FORWARD, -deg) for deg in bent_deg], 0)
    client, test = Client(landmarks=landmarks, others=0), movement_test("trunk_lateral_flexion")
    measurement = measure_body(client, exact_body(landmarks), test, "left", "active", provenance("a" * 64))
    assert measurement.accepted
    picture = np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    Skeleton(measurement).draw(picture, 30)

    def colour_at(px: np.ndarray) -> tuple[int, ...]:
        x, y = np.round(px).astype(int)
        return tuple(picture[y, x].tolist())

    px = landmarks.image_px[30]
    trunk = px[[Point.LEFT_SHOULDER, Point.RIGHT_SHOULDER, Point.LEFT_HIP, Point.RIGHT_HIP]].mean(axis=0)
    forearm = px[[Point.LEFT_ELBOW, Point.LEFT_WRIST]].mean(axis=0)
    assert colour_at(trunk) == LIMB
    assert colour_at(forearm) == PALE
    assert colour_at(np.array([5, 5])) == (0, 0, 0)

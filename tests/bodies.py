"""A jointed figure whose angles are known because it was built from them."""

import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.landmarks import POINTS, Landmarks, Point
from rom_vision.kinematics.body import Body
from rom_vision.kinematics.lifter import CURVES

Vector = NDArray[np.float64]
# the client's own axes: x to the client's left, y up, z forward (right-handed)
LEFT, UP, FORWARD = np.eye(3)
SIZE_PX = (720, 1280)
PX_PER_M = 500.0
FAR_M = 1000.0  # from so far away the picture is flat
DOUBT_DEG = 2.0


def turn(axis: Vector, degrees: float) -> NDArray[np.float64]:
    """Right-handed rotation about a unit vector."""
    a = np.radians(degrees)
    cross = np.cross(np.eye(3), axis)  # the matrix that crosses the axis with what it is applied to
    return np.eye(3) + np.sin(a) * cross + (1 - np.cos(a)) * cross @ cross


def standing() -> dict[Point, Vector]:
    """The anatomical position: arms hang, palms forward, feet forward; metres from mid-hip."""
    body: dict[Point, Vector] = {Point.NOSE: np.array([0, 0.70, 0.12])}
    for side, x in (("LEFT", 1.0), ("RIGHT", -1.0)):
        places = {
            "EAR": (0.07, 0.70, 0.02), "SHOULDER": (0.18, 0.50, 0), "ELBOW": (0.18, 0.20, 0),
            "WRIST": (0.18, -0.05, 0), "INDEX": (0.21, -0.15, 0), "PINKY": (0.15, -0.15, 0),
            "HIP": (0.10, 0, 0), "KNEE": (0.10, -0.42, 0),
            "ANKLE": (0.10, -0.84, 0), "HEEL": (0.10, -0.90, -0.05), "TOES": (0.10, -0.90, 0.15),
        }  # fmt: skip
        for name, (out, up, forward) in places.items():
            body[Point[f"{side}_{name}"]] = np.array([x * out, up, forward])
    return body


def bend(
    body: dict[Point, Vector], at: Point, moved: list[Point], axis: Vector, degrees: float
) -> dict[Point, Vector]:
    """The body with some points turned about a joint."""
    rotation = turn(axis, degrees)
    return body | {p: body[at] + rotation @ (body[p] - body[at]) for p in moved}


def seen_from(body: dict[Point, Vector], azimuth_deg: float, tilt: NDArray[np.float64] | None = None) -> Landmarks:
    """One frame's landmarks of a body, from a far camera: 0 its front, 90 its left, -90 its right side."""
    return film([body], azimuth_deg, tilt=tilt)


def film(
    bodies: list[dict[Point, Vector]],
    azimuth_deg: float,
    *,
    rate_hz: float = 30.0,
    tilt: NDArray[np.float64] | None = None,
) -> Landmarks:
    """Landmarks of a body over time, in the camera's frame (x right, y down, z away)."""
    # the client turned by the azimuth to the client's right shows the left side to the camera
    to_camera = np.diag([1.0, -1.0, -1.0]) @ (np.eye(3) if tilt is None else tilt) @ turn(UP, -azimuth_deg)
    world = np.zeros((len(bodies), POINTS, 3))
    for n, body in enumerate(bodies):
        for point, place in body.items():
            world[n, point] = to_camera @ place
    return Landmarks(
        time_s=np.arange(len(bodies)) / rate_hz,
        size_px=SIZE_PX,
        image_px=world[..., :2] * PX_PER_M + np.array(SIZE_PX) / 2,
        image_z_px=world[..., 2] * PX_PER_M,
        world_m=world,
        visibility=np.ones((len(bodies), POINTS)),
    )


def exact_body(landmarks: Landmarks) -> Body:
    """The very body that these landmarks were made from, instead of one that is fitted to them."""
    px_per_m = PX_PER_M * landmarks.size_px[0] / SIZE_PX[0]
    flat = (landmarks.image_px - np.array(landmarks.size_px) / 2) / px_per_m
    depth = landmarks.image_z_px[..., None] / px_per_m + FAR_M + 0 * flat[..., :1]  # unseen is unseen
    return Body(
        time_s=landmarks.time_s,
        joints_m=np.concatenate([flat, depth], axis=2),
        angle_doubt_deg={name: np.full(len(landmarks.time_s), DOUBT_DEG) for name in CURVES},
    )

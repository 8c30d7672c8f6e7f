"""The camera against the film studio's lens, OpenCV's, and pictures turned by hand."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rom_vision.capture.camera import Camera, typical_camera
from rom_vision.errors import UsageError

mild = st.tuples(
    st.floats(-0.15, 0.15), st.floats(-0.05, 0.05), st.floats(-0.01, 0.01), st.floats(-0.01, 0.01), st.just(0.0)
)
in_sight = st.lists(
    st.tuples(st.floats(-0.4, 0.4), st.floats(-0.7, 0.7), st.floats(0.5, 8.0)), min_size=1, max_size=20
).map(lambda points: np.array([(x * z, y * z, z) for x, y, z in points]))


def camera(distortion: tuple[float, ...], size_px: tuple[int, int] = (720, 1280)) -> Camera:
    return Camera(
        name="own", size_px=size_px, focal_px=1010.0, centre_px=(size_px[0] / 2 + 7, size_px[1] / 2 - 11),
        distortion=distortion,
    )  # fmt: skip


@given(mild, in_sight)
def test_a_ray_goes_back_to_its_point(distortion: tuple[float, ...], points_m: np.ndarray) -> None:
    lens = camera(distortion)
    rays = lens.rays(lens.project_px(points_m))
    np.testing.assert_allclose(rays, points_m[:, :2] / points_m[:, 2:], atol=1e-6)


@given(mild, in_sight)
def test_it_sees_as_opencv_says(distortion: tuple[float, ...], points_m: np.ndarray) -> None:
    lens = camera(distortion)
    matrix = np.array([[lens.focal_px, 0, lens.centre_px[0]], [0, lens.focal_px, lens.centre_px[1]], [0, 0, 1]])
    seen, _ = cv2.projectPoints(points_m, np.zeros(3), np.zeros(3), matrix, np.array(distortion))
    np.testing.assert_allclose(lens.project_px(points_m), seen[:, 0], atol=1e-6)


@given(mild, in_sight, st.booleans())
def test_a_turned_picture_has_the_same_rays_turned(
    distortion: tuple[float, ...], points_m: np.ndarray, is_upright: bool
) -> None:
    size_px = (720, 1280) if is_upright else (1280, 720)
    width, height = size_px
    lens = camera(distortion, size_px)
    x, y = lens.project_px(points_m).T
    # phones turn what they see clockwise when held upright
    turned_px = np.stack([y, width - x] if is_upright else [height - y, x], -1)
    u, v = (points_m[:, :2] / points_m[:, 2:]).T
    expected = np.stack([v, -u] if is_upright else [-v, u], -1)
    np.testing.assert_allclose(lens.for_picture((height, width)).rays(turned_px), expected, atol=1e-6)


def test_a_reduced_picture_has_the_same_rays() -> None:
    lens = camera((0.1, -0.02, 0.003, -0.002, 0.0), (2160, 3840))
    at_px = np.array([[0.0, 0.0], [1000.0, 3000.0], [2160.0, 3840.0]])
    np.testing.assert_allclose(lens.for_picture((720, 1280)).rays(at_px / 3), lens.rays(at_px), atol=1e-9)


def test_another_shape_of_picture_is_refused() -> None:
    with pytest.raises(UsageError, match=r"720x1280.*960x1280, another shape") as refused:
        camera(()).for_picture((960, 1280))
    assert "calibrate" in refused.value.remedy


def test_sizes_that_were_rounded_are_of_one_shape() -> None:
    assert camera((), (1080, 1920)).for_picture((406, 720)).focal_px == pytest.approx(1010 * 720 / 1920)


def test_what_is_not_seen_stays_so() -> None:
    for lens in (camera(()), camera((0.1, 0.0, 0.001, 0.0, 0.0))):
        rays = lens.rays(np.array([[np.nan, 3.0], [360.0, 640.0]]))
        assert np.isnan(rays[0]).any()
        assert np.isfinite(rays[1]).all()
        points_m = np.array([[np.nan, 0, 2], [0.1, 0.2, 0], [0.1, 0.2, -1], [0.1, 0.2, 2]])
        assert np.isfinite(lens.project_px(points_m)).all(-1).tolist() == [False, False, False, True]


def test_no_ray_is_made_up_where_the_lens_bends_none() -> None:
    barrel = camera((-0.3, 0.0, 0.0, 0.0, 0.0))  # bends nothing further out than 0.70 of the focal length
    edge_px = barrel.centre_px[0] + barrel.focal_px * np.array([0.69, 0.71])
    rays = barrel.rays(np.stack([edge_px, np.full(2, barrel.centre_px[1])], -1))
    assert np.isfinite(rays).all(-1).tolist() == [True, False]


@given(st.floats(-0.15, 0.15), st.floats(-0.05, 0.05), in_sight)
def test_it_sees_as_the_film_studio(k1: float, k2: float, points_m: np.ndarray) -> None:
    studio = pytest.importorskip("benchmarks.studio.camera").Camera(k1=k1, k2=k2, azimuth_deg=30)
    ours = Camera(
        name=None, size_px=(studio.width_px, studio.height_px), focal_px=studio.focal_px,
        centre_px=(studio.width_px / 2, studio.height_px / 2), distortion=(k1, k2),
    )  # fmt: skip
    in_room_m = points_m @ studio.rotation() + studio.position_m()
    np.testing.assert_allclose(ours.project_px(points_m), studio.project_px(in_room_m), atol=1e-6)


def test_the_typical_camera_sees_as_wide_either_way_up() -> None:
    upright, wide = typical_camera((1080, 1920)), typical_camera((1920, 1080))
    assert upright.focal_px == wide.focal_px == pytest.approx(0.76 * 1920)
    assert upright.for_picture((1920, 1080)) == Camera(
        name=None, size_px=(1920, 1080), focal_px=wide.focal_px, centre_px=wide.centre_px, focal_doubt=0.12,
        distortion=(0.0,) * 5,
    )  # fmt: skip


@pytest.mark.parametrize(
    "wrong", [{"size_px": (0, 10)}, {"focal_px": 0.0}, {"focal_px": float("nan")}, {"distortion": (0.0,) * 6}]
)
def test_what_is_no_camera_is_our_own_mistake(wrong: dict) -> None:
    sound = {"name": None, "size_px": (10, 20), "focal_px": 15.0, "centre_px": (5.0, 10.0)}
    with pytest.raises(ValueError, match="expected"):
        Camera(**{**sound, **wrong})

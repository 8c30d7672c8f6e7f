"""The lifter on what the real pose model sees: what must hold whatever its weights are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seen import CLIPS, landmarks

from rom_vision.capture.camera import Camera, typical_camera
from rom_vision.capture.landmarks import POINT_MIRROR, Landmarks
from rom_vision.kinematics.lifter import (
    BODY,
    BODY_MIRROR,
    CURVE_MIRROR,
    CURVES,
    MIRROR_X,
    PAIR_MIRROR,
    PAIRS,
    lift,
    turn_to_axis,
)

CLIP = "left_shoulder_abduction"


def in_a_mirror(seen: Landmarks) -> Landmarks:
    """The same film, mirrored left to right."""
    image_px = seen.image_px[:, POINT_MIRROR] * MIRROR_X[:2] + [seen.size_px[0], 0]
    return replace(
        seen, image_px=image_px, image_z_px=seen.image_z_px[:, POINT_MIRROR],
        world_m=seen.world_m[:, POINT_MIRROR] * MIRROR_X, visibility=seen.visibility[:, POINT_MIRROR],
    )  # fmt: skip


@pytest.mark.parametrize("clip", CLIPS)
def test_joint_centres_lie_near_their_landmarks_in_the_picture(clip: str) -> None:
    seen = landmarks(clip)
    camera = typical_camera(seen.size_px)
    off_px = np.linalg.norm(camera.project_px(lift(seen, camera).points) - seen.image_px[:, list(BODY)], axis=-1)
    height_px = np.ptp(seen.image_px[..., 1], axis=1).mean()
    assert np.median(off_px) < 0.03 * height_px
    assert np.quantile(off_px, 0.95) < 0.08 * height_px


def test_a_mirrored_film_gives_the_mirrored_body() -> None:
    seen = landmarks(CLIP)
    camera = typical_camera(seen.size_px)
    straight, mirrored = lift(seen, camera), lift(in_a_mirror(seen), camera)
    np.testing.assert_allclose(mirrored.points, straight.points[:, BODY_MIRROR] * MIRROR_X, atol=1e-5)
    np.testing.assert_allclose(mirrored.depth_doubt, straight.depth_doubt[:, PAIR_MIRROR], rtol=1e-3)
    for name, mirror in zip(CURVES, CURVE_MIRROR, strict=True):
        np.testing.assert_allclose(
            mirrored.angle_doubt_deg[name], straight.angle_doubt_deg[CURVES[mirror]], rtol=1e-3
        )


@settings(max_examples=10, deadline=None)
@given(share=st.floats(0.3, 3.0))
def test_the_number_of_pixels_does_not_matter(share: float) -> None:
    seen = landmarks(CLIP)
    camera = typical_camera(seen.size_px)
    larger = replace(seen, image_px=seen.image_px * share, image_z_px=seen.image_z_px * share)
    zoomed = Camera(
        name=None, size_px=seen.size_px, focal_px=camera.focal_px * share,
        centre_px=(camera.centre_px[0] * share, camera.centre_px[1] * share),
    )  # fmt: skip
    np.testing.assert_allclose(lift(larger, zoomed).points, lift(seen, camera).points, atol=1e-6)


def test_who_is_not_seen_has_no_body_there_and_the_same_body_elsewhere() -> None:
    seen = landmarks(CLIP)
    camera = typical_camera(seen.size_px)
    arrays = {name: np.array(getattr(seen, name)) for name in ("image_px", "image_z_px", "world_m", "visibility")}
    for array in arrays.values():
        array[10:20] = np.nan
    whole, torn = lift(seen, camera), lift(replace(seen, **arrays), camera)
    assert np.isnan(torn.points[10:20]).all()
    np.testing.assert_allclose(torn.points[20:], whole.points[20:])
    assert np.isnan(torn.angle_doubt_deg["left_knee_flexion"][10:20]).all()


def test_mirrors_undo_themselves() -> None:
    assert [POINT_MIRROR[other] for other in POINT_MIRROR] == list(range(33))
    for mirror, names in ((BODY_MIRROR, BODY), (PAIR_MIRROR, PAIRS), (CURVE_MIRROR, CURVES)):
        assert [mirror[other] for other in mirror] == list(range(len(names)))


@given(x=st.floats(-1, 1), y=st.floats(-1, 1))
def test_the_virtual_camera_looks_at_the_ray(x: float, y: float) -> None:
    ray = np.array([[x, y, 1.0]])
    turned = turn_to_axis(ray)[0]
    np.testing.assert_allclose(turned @ ray[0] / np.linalg.norm(ray), [0, 0, 1], atol=1e-12)
    np.testing.assert_allclose(turned @ turned.T, np.eye(3), atol=1e-12)


def test_nobody_has_no_body() -> None:
    seen = landmarks(CLIP)
    nowhere = replace(seen, image_px=seen.image_px * np.nan, world_m=seen.world_m * np.nan)
    assert np.isnan(lift(nowhere, typical_camera(seen.size_px)).points).all()

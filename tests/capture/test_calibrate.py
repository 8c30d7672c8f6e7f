"""The calibration, on pictures rendered through a lens that is known."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from boards import Lens, Pose, picture, poses, rays_of, write_film
from PIL import Image

from rom_vision.capture.board import Sighting
from rom_vision.capture.board_pictures import find_boards
from rom_vision.capture.calibrate import MOST_VIEWS, calibrate
from rom_vision.errors import CameraError, UsageError, VideoError

LENS = Lens()
TODAY = date(2026, 3, 2)


@cache
def sightings(tilt_deg: float) -> list[Sighting]:
    seen = (Sighting.in_picture(picture(LENS, pose, n)) for n, pose in enumerate(poses(tilt_deg, 24)))
    return [sighting for sighting in seen if sighting]


def moving(number: int = 30) -> Iterator[np.ndarray]:
    """Each pose twice: held still, and smeared by a moving hand."""
    for seed, pose in enumerate(poses(40, number)):
        still = picture(LENS, pose, seed)
        yield cv2.blur(still, (41, 1))
        yield still


def test_a_film_of_the_board_tells_the_camera(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    path = write_film(tmp_path / "board.mp4", LENS.size_px, moving())
    size_px, seen = find_boards([path], lambda *args: told.append(args))
    profile = calibrate("own", size_px, seen, TODAY)
    camera = profile.camera
    assert (camera.name, camera.size_px) == ("own", LENS.size_px)
    assert camera.focal_px == pytest.approx(LENS.focal_px, rel=0.005)
    assert camera.centre_px == pytest.approx(LENS.centre_px, abs=3)
    assert camera.focal_doubt == pytest.approx(0.005, abs=0.002)
    assert profile.made_on == TODAY
    assert 20 <= profile.views <= len(seen) <= 30
    assert profile.error_px < 0.3
    assert 0.5 < profile.covered < 1
    assert told[-1][1:] == (60, 60)
    # the lens as a whole, which counts more than its coefficients: where the truth would have been seen
    edges_px = np.array([[60.0, 100], [660, 100], [360, 640], [60, 1180], [660, 1180]])
    columns, rows = (edges_px - 0.5).astype(int).T
    np.testing.assert_allclose(camera.rays(edges_px), rays_of(LENS)[rows, columns], atol=0.003)


def test_of_a_moving_hand_the_sharp_pictures_are_taken(tmp_path: Path) -> None:
    path = write_film(tmp_path / "board.mp4", LENS.size_px, moving(6))
    _, seen = find_boards([path])
    still = [s for pose in poses(40, 30)[:6] if (s := Sighting.in_picture(picture(LENS, pose)))]
    for in_film, alone in zip(seen, still, strict=True):
        np.testing.assert_allclose(in_film.outline_px(), alone.outline_px(), atol=1.5)


def test_photos_do_as_well(tmp_path: Path) -> None:
    paths = []
    for number, pose in enumerate(poses(40, 14)):
        paths.append(tmp_path / f"{number}.jpg")
        stored = Image.fromarray(picture(LENS, pose, number)).transpose(Image.Transpose.ROTATE_90)
        stored.getexif()[0x0112] = 6  # a phone held upright: to be turned clockwise (EXIF 2.32, Orientation)
        stored.save(paths[-1], quality=92, exif=stored.getexif())
    size_px, seen = find_boards(paths)
    assert size_px == LENS.size_px
    assert calibrate("own", size_px, seen, TODAY).camera.focal_px == pytest.approx(LENS.focal_px, rel=0.01)


def test_a_blurred_picture_or_a_misread_board_does_no_harm() -> None:
    clean = sightings(40)
    chance = np.random.default_rng(3)
    bad = [
        Sighting(board_mm=s.board_mm, image_px=s.image_px + chance.normal(0, 8, s.image_px.shape))
        for s in clean[:3]
    ]
    profile = calibrate("own", LENS.size_px, [*clean, *bad], TODAY)
    assert profile.camera.focal_px == pytest.approx(LENS.focal_px, rel=0.005)
    assert profile.views <= len(clean)
    assert profile.error_px < 0.3


def test_a_board_held_still_counts_once() -> None:
    one = sightings(40)[:1]
    with pytest.raises(CameraError, match="seen sharply from 1 different places; 8 are the least"):
        calibrate("own", LENS.size_px, one * 50, TODAY)


def test_of_many_views_the_most_different_are_taken() -> None:
    rng = np.random.default_rng(5)
    many = [
        Sighting(board_mm=s.board_mm, image_px=s.image_px + shift)
        for s in sightings(40)
        for shift in rng.uniform(-60, 60, (4, 2))
    ]
    assert calibrate("own", LENS.size_px, many, TODAY).views <= MOST_VIEWS


@pytest.mark.parametrize("tilt_deg", [0, 5])
def test_a_board_held_straight_is_refused(tilt_deg: float) -> None:
    with pytest.raises(CameraError, match="does not tell its focal length") as refused:
        calibrate("own", LENS.size_px, sightings(tilt_deg), TODAY)
    assert "Tilt the board" in refused.value.remedy


def test_a_board_in_the_middle_alone_is_refused() -> None:
    far = [p for p in poses(40, 60, 0.15) if p.distance_mm > 700]
    seen = [s for n, pose in enumerate(far) if (s := Sighting.in_picture(picture(LENS, pose, n)))]
    with pytest.raises(CameraError, match=r"over \d+% of the picture only") as refused:
        calibrate("own", LENS.size_px, seen, TODAY)
    assert "every corner" in refused.value.remedy


def test_a_bent_board_is_refused() -> None:
    bent = []
    for s in sightings(40):
        bulge = 12 * np.sin(np.pi * s.board_mm[:, :1] / 175) * [0.0, 1.0]
        bent.append(Sighting(board_mm=s.board_mm, image_px=s.image_px + bulge))
    with pytest.raises(CameraError, match="pixels away from where they should be") as refused:
        calibrate("own", LENS.size_px, bent, TODAY)
    assert "flat" in refused.value.remedy


def test_a_lens_that_leaves_the_corners_open_is_refused() -> None:
    # this barrel shows nothing beyond 497 pixels from the middle; the corners are 734 away
    middle, lens = (360.0, 640.0), np.array([-0.6, 0, 0, 0, 0])
    matrix = np.array([[1000.0, 0, middle[0]], [0, 1000.0, middle[1]], [0, 0, 1]])
    rows, columns = np.mgrid[1:7, 1:5] * 35.0
    board_mm = np.stack([columns.ravel(), rows.ravel()], -1)
    seen = []
    for pose in poses(40, 60):
        turn, _ = cv2.Rodrigues(np.radians(pose.turn_deg))
        points_mm = np.pad(board_mm - [87.5, 122.5], ((0, 0), (0, 1))) @ turn.T
        points_mm += np.array([pose.across * 0.36, pose.down * 0.64, 1.0]) * pose.distance_mm
        at_px, _ = cv2.projectPoints(points_mm, np.zeros(3), np.zeros(3), matrix, lens)
        shown = np.linalg.norm(points_mm[:, :2] / points_mm[:, 2:], axis=1) < 0.735
        if shown.sum() >= 10:
            seen.append(Sighting(board_mm=board_mm[shown], image_px=at_px.reshape(-1, 2)[shown]))
    with pytest.raises(CameraError, match="in the corners of the picture is not known"):
        calibrate("own", LENS.size_px, seen, TODAY)


def test_pictures_without_a_board_are_refused(tmp_path: Path) -> None:
    blurred = (cv2.GaussianBlur(image, (0, 0), 25) for image in moving(6))
    size_px, seen = find_boards([write_film(tmp_path / "blurred.mp4", LENS.size_px, blurred)])
    assert seen == []
    with pytest.raises(CameraError, match="in none of the pictures"):
        calibrate("own", size_px, seen, TODAY)


def test_photos_of_different_sizes_are_refused(tmp_path: Path) -> None:
    for name, size_px in (("one.png", (720, 1280)), ("two.png", (1280, 720))):
        Image.fromarray(picture(Lens(size_px=size_px), Pose())).save(tmp_path / name)
    with pytest.raises(UsageError, match="different sizes"):
        find_boards([tmp_path / "one.png", tmp_path / "two.png"])


def test_what_is_no_picture_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("left shoulder\n" * 100)
    with pytest.raises(VideoError, match=r"text\.jpg is not a video"):
        find_boards([tmp_path / "text.jpg"])
    with pytest.raises(VideoError, match="There is no file"):
        find_boards([tmp_path / "gone.jpg"])
    Image.new("L", (640, 480)).save(tmp_path / "whole.png")
    (tmp_path / "half.png").write_bytes((tmp_path / "whole.png").read_bytes()[:60])
    with pytest.raises(VideoError, match=r"half\.png can't be read"):
        find_boards([tmp_path / "half.png"])

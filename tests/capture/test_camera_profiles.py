"""Camera profiles: kept by name, found again, and never silently lost."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rom_vision.capture.camera import Camera, typical_camera
from rom_vision.capture.camera_profiles import Profile, camera_for, keep, load, names
from rom_vision.errors import UsageError

PROFILE = Profile(
    camera=Camera(
        name="clinic-phone",
        size_px=(1080, 1920),
        focal_px=1468.25,
        centre_px=(541.5, 955.125),
        distortion=(0.0925, -0.07),
        focal_doubt=0.0052,
    ),
    error_px=0.31,
    views=32,
    covered=0.83,
    made_on=date(2026, 3, 2),
)


def test_a_profile_is_kept_by_name(home: Path) -> None:
    path = keep(PROFILE)
    assert path.is_relative_to(home)
    assert load("clinic-phone") == PROFILE
    assert names() == ["clinic-phone"]
    assert [kept.name for kept in path.parent.iterdir()] == ["clinic-phone.json"]


def test_it_serves_reduced_pictures(home: Path) -> None:
    keep(PROFILE)
    camera = camera_for((720, 1280), "clinic-phone")
    assert camera.size_px == (720, 1280)
    assert camera.focal_px == pytest.approx(1468.25 * 2 / 3)
    assert camera.distortion == PROFILE.camera.distortion
    with pytest.raises(UsageError, match="another shape"):
        camera_for((960, 1280), "clinic-phone")


def test_without_a_name_it_is_a_typical_phone() -> None:
    assert camera_for((720, 1280), None) == typical_camera((720, 1280))


def test_a_name_is_not_taken_twice_unasked(home: Path) -> None:
    keep(PROFILE)
    other = replace(PROFILE, views=9)
    with pytest.raises(UsageError, match="already") as refused:
        keep(other)
    assert "--replace" in refused.value.remedy
    assert load("clinic-phone") == PROFILE
    keep(other, replace=True)
    assert load("clinic-phone") == other


@pytest.mark.parametrize("name", ["", "../record", "a b", "-x", "x" * 65])
def test_a_name_that_is_no_file_name_is_refused(name: str, home: Path) -> None:
    with pytest.raises(UsageError, match="can't be a camera's name"):
        keep(replace(PROFILE, camera=replace(PROFILE.camera, name=name)))


@pytest.mark.parametrize("name", ["gone", "../record/x"])
def test_a_camera_that_is_not_there_is_told(name: str, home: Path) -> None:
    keep(PROFILE)
    with pytest.raises(UsageError, match="There is no camera") as refused:
        camera_for((720, 1280), name)
    assert "clinic-phone" in refused.value.remedy


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"size_px": [0, 0]}', "\xff"])
def test_a_damaged_file_is_told(content: str, home: Path) -> None:
    keep(PROFILE).write_text(content, encoding="latin1")
    with pytest.raises(UsageError, match="damaged") as refused:
        load("clinic-phone")
    assert "--replace" in refused.value.remedy


def test_a_focal_length_that_is_none_is_damage(home: Path) -> None:
    path = keep(PROFILE)
    path.write_text(path.read_text().replace("1468.25", "NaN"))
    with pytest.raises(UsageError, match="damaged"):
        load("clinic-phone")


def test_what_is_good_goes_with_the_size_of_the_picture() -> None:
    assert PROFILE.is_good  # 0.31 of 1920 pixels
    assert not replace(PROFILE, error_px=0.6).is_good
    assert not replace(PROFILE, camera=replace(PROFILE.camera, size_px=(540, 960))).is_good

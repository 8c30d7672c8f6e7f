"""The picture of how much of the norm each joint reaches."""

import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from rom_vision.compare import Result
from rom_vision.exchange.norm_picture import PLACES, RADIUS, picture, shares
from rom_vision.movements import Side, load_catalogue, movement_test

CIRCUMFERENCE = 2 * 3.14159265 * RADIUS


def result(movement: str, side: Side | None, share: float) -> Result:
    """Of the general normal value, which is the norm where nothing is known of the client."""
    test = movement_test(movement)
    assert test.normal is not None
    return Result(
        test=test,
        side=side,
        mode="active",
        on=date(2026, 11, 3),
        peak_deg=share * test.normal.deg,
        uncertainty_deg=5,
    )


def test_each_share_is_that_of_the_norm_the_least_first():
    found = shares([result("knee_flexion", "left", 0.9), result("shoulder_flexion", "right", 0.5)], None, None)
    assert [(one.place, pytest.approx(one.share)) for one in found] == [
        (("shoulder", "right"), 0.5), (("knee", "left"), 0.9),
    ]  # fmt: skip


def test_a_disc_has_an_arc_as_long_as_the_least_share_of_its_joint_on_its_side():
    found = shares(
        [result("shoulder_flexion", "left", 0.9), result("shoulder_abduction", "left", 0.25)], None, None
    )
    drawn = picture(found, 'the "body"')
    root = ET.fromstring(drawn)
    assert root.get("aria-label") == 'the "body"'
    (arc,) = re.findall(r'stroke-dasharray="([\d.]+) ', drawn)
    assert float(arc) == pytest.approx(0.25 * CIRCUMFERENCE, abs=1e-3)
    (across,) = {float(x) for x in re.findall(r'cx="([\d.]+)"', drawn)}
    assert across > 0.29, "the client's left is on the right of who looks at them"


def test_every_joint_of_the_catalogue_has_a_place():
    assert {test.joint for test in load_catalogue().values()} <= set(PLACES)

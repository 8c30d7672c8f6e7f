# ruff: noqa: E402 - the studio is imported only where its packages are
"""The angles that the network learns from are the angles that the program measures."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the studio: pip install -r benchmarks/requirements.txt")

from benchmarks.lifter.torch_angles import body_angles
from rom_vision.kinematics.angles import joint_angles
from rom_vision.kinematics.lifter import BODY, CURVES

HINGES = ("knee_flexion", "elbow_flexion", "shoulder_elevation")


def test_both_give_the_same_angle_wherever_it_can_be_told() -> None:
    points = np.random.default_rng(7).normal(0, 0.5, (200, len(BODY), 3))
    places = np.full((200, 33, 3), np.nan)
    places[:, list(BODY)] = points
    measured = joint_angles(np.arange(200) / 30, places).angle_deg
    learned, told = body_angles(torch.tensor(points))
    for place, name in enumerate(CURVES):
        # only the program signs a hinge that is almost straight, and adds where zero is
        ours = np.abs(measured[name]) if name.endswith(HINGES) else measured[name]
        sure = told[:, place].numpy() > 0.5
        apart = (ours - np.degrees(learned[:, place].numpy()))[sure]
        assert set(np.round(apart, 2) % 360) in ({0}, {90}, {270}), name

"""The joint angles of the program once more, in PyTorch, so that a network can learn from their errors.

The definitions are the program's own table; only the arithmetic is repeated, and a test holds both together.
"""

import torch
from torch import Tensor

from rom_vision.kinematics.angles import ANGLES, VERTICAL, Axis, JointAngle
from rom_vision.kinematics.angles import _parts as parts
from rom_vision.kinematics.lifter import PLACE
from rom_vision.movements import SIDES, Side

EASY = 0.5  # the share of a line that must lie across the axis for its angle to count in full


def body_angles(points: Tensor) -> tuple[Tensor, Tensor]:
    """All curves of `lifter.CURVES`.

    Args:
        points: (n, 23, 3) the points of `lifter.BODY`.
    Returns:
        (n, curves) radians, and from 0 to 1 how well each can be told: a line along the axis has no angle.
    """
    found = [
        _between(angle, side, points) if angle.hinge else _turn(angle, side, points)
        for angle in ANGLES.values()
        if angle.doubt_learned
        for side in ((None,) if angle.midline else SIDES)
    ]
    angles, told = zip(*found, strict=True)
    return torch.stack(angles, dim=1), torch.stack(told, dim=1)


def _turn(angle: JointAngle, side: Side | None, points: Tensor) -> tuple[Tensor, Tensor]:
    axis = angle.turns_of(side) * _axis(points, angle.axis, side)
    start, end = _line(points, angle.proximal, side), _line(points, angle.distal, side)
    flat_start, flat_end = _across(axis, start), _across(axis, end)
    turned = torch.atan2(
        (axis * torch.linalg.cross(flat_start, flat_end)).sum(-1), (flat_start * flat_end).sum(-1)
    )
    shares = (flat_start.norm(dim=-1) / start.norm(dim=-1)) * (flat_end.norm(dim=-1) / end.norm(dim=-1))
    return turned, (shares / EASY).clamp(0, 1) ** 2


def _between(angle: JointAngle, side: Side | None, points: Tensor) -> tuple[Tensor, Tensor]:
    start, end = _line(points, angle.proximal, side), _line(points, angle.distal, side)
    # a hair's breadth keeps the slope finite where the limb is straight
    across = (torch.linalg.cross(start, end).pow(2).sum(-1) + 1e-8).sqrt()
    return torch.atan2(across, (start * end).sum(-1)), torch.ones(len(points))


def _axis(points: Tensor, axis: Axis, side: Side | None) -> Tensor:
    if axis == "forearm":
        return _unit(_line(points, ("elbow", "wrist"), side))
    up = _unit(_line(points, ("mid_hips", "mid_shoulders"), side))
    if axis == "up":
        return up
    across = _line(points, ("other_shoulder", "shoulder"), "left") + _line(points, ("other_hip", "hip"), "left")
    left = _unit(_across(up, across))
    return left if axis == "left" else torch.linalg.cross(left, up)


def _line(points: Tensor, line: tuple[str, str], side: Side | None) -> Tensor:
    if line == VERTICAL:
        return torch.tensor([0.0, 1.0, 0.0]).expand(len(points), 3)
    start, end = (points[:, [PLACE[part] for part in parts(name, side)]].mean(1) for name in line)
    return end - start


def _across(axis: Tensor, vectors: Tensor) -> Tensor:
    return vectors - (axis * vectors).sum(-1, keepdim=True) * axis


def _unit(vectors: Tensor) -> Tensor:
    return torch.nn.functional.normalize(vectors, dim=-1)

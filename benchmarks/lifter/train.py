"""Trains the lifter's networks on the pairs, with PyTorch; NumPy runs them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.lifter.torch_angles import body_angles
from rom_vision.capture.landmarks import POINT_MIRROR
from rom_vision.kinematics import lifter
from rom_vision.kinematics.lifter import (
    ANGLE_DOUBT_RAD,
    BODY,
    BODY_MIRROR,
    CURVES,
    DEPTH_DOUBT,
    DEPTH_STEP,
    DISTANCE_STEP,
    IMAGE_DOUBT,
    IMAGE_STEP,
    LEAST_DOUBT,
    MOST_DOUBT,
    PAIRS,
    PLACE,
    Point,
)

HIDDEN, DROPOUT, EPOCHS, BATCH, TOP_RATE, DECAY = 512, 0.2, 22, 128, 2e-3, 0.02
ROLL_SPREAD_RAD = 0.2
IMAGE_NOISE, WORLD_NOISE, DEPTH_NOISE = 0.006, 0.012, 0.015  # how landmarks tremble from one frame to the next
LOST = 0.4  # mean distance of landmarks from joints, of a body whose arm and leg measure 1.4
LIMBS = [("SHOULDER", "ELBOW"), ("ELBOW", "WRIST"), ("HIP", "KNEE"), ("KNEE", "ANKLE")]
ARMS_AND_LEGS = 1.4  # the body's unit: one leg and one arm, hip to ankle and shoulder to wrist


@dataclass(frozen=True, eq=False, slots=True)
class Pairs:
    """Sights of many people and the truth about them, all of one length n.

    Attributes:
        image, world, depth, visibility, scale, middle, hips: as in `lifter.Sight`.
        true_image: (n, 23, 2), true_depth (n, 23) and true_distance (n,), as the network is to give them.
    """

    image: Tensor
    world: Tensor
    depth: Tensor
    visibility: Tensor
    scale: Tensor
    middle: Tensor
    hips: Tensor
    true_image: Tensor
    true_depth: Tensor
    true_distance: Tensor

    def __len__(self) -> int:
        return len(self.scale)

    def of(self, which: Tensor) -> "Pairs":
        return Pairs(*(getattr(self, name)[which] for name in self.__slots__))

    def features(self) -> Tensor:
        """(n, 234), as `lifter.Sight.features`."""
        flat = [self.image.flatten(1), self.world.flatten(1), self.depth, self.visibility]
        return torch.cat([*flat, 2 * self.scale[:, None], 2 * self.middle], dim=1)


def load(files: Sequence[Path]) -> tuple[Pairs, np.ndarray]:
    """All pairs of these files, and what kind each is of."""
    kept = [np.load(file) for file in files]
    rows, points, focal, size, kind = (
        np.concatenate([one[name] for one in kept if len(one["rows"])])
        for name in ("rows", "points_m", "focal_px", "size_px", "kind")
    )
    rays = (rows[..., :2] - size[:, None] / 2) / focal[:, None, None]
    sight = lifter.sight(rays, rows[..., 4:7], rows[..., 2] / focal[:, None], rows[..., 3])
    turned = np.einsum("nij,nkj->nki", sight.turn, points)
    size_m = sum(
        np.linalg.norm(points[:, PLACE[Point[f"{s}_{a}"]]] - points[:, PLACE[Point[f"{s}_{b}"]]], axis=-1)
        for s in ("LEFT", "RIGHT")
        for a, b in LIMBS
    ) / (2 * ARMS_AND_LEGS)  # fmt: skip
    flat = turned[..., :2] / turned[..., 2:]
    hips = [PLACE[Point.LEFT_HIP], PLACE[Point.RIGHT_HIP]]
    arrays = (
        sight.image, sight.world, sight.depth, sight.visibility, sight.scale, sight.middle, sight.hips,
        (flat - sight.hips[:, None]) / sight.scale[:, None, None],
        (turned[..., 2] - turned[:, hips, 2].mean(1, keepdims=True)) / size_m[:, None],
        turned[:, hips, 2].mean(1) / size_m,
    )  # fmt: skip
    return Pairs(*(torch.tensor(array, dtype=torch.float32) for array in arrays)), kind


def found(pairs: Pairs) -> Tensor:
    """Places of the pairs in which MediaPipe has found the body at all: from garbage nothing is learned."""
    off = (pairs.image[:, BODY] - pairs.true_image).norm(dim=-1).mean(1)
    return torch.nonzero(off < LOST)[:, 0]


def augmented(pairs: Pairs) -> Pairs:
    """Mirrored, rolled and trembling."""
    n = len(pairs)
    flip = torch.rand(n) < 0.5
    angle = torch.randn(n) * ROLL_SPREAD_RAD
    cos, sin = torch.cos(angle), torch.sin(angle)

    def shown(values: Tensor, mirror: list[int] | None, *, vector: bool) -> Tensor:
        other = values if mirror is None else values[:, mirror]
        if vector:
            other = torch.cat([-other[..., :1], other[..., 1:]], dim=-1)
        values = torch.where(flip.view(-1, *([1] * (values.dim() - 1))), other, values)
        if not vector:
            return values
        c, s = (part.view(-1, *([1] * (values.dim() - 2))) for part in (cos, sin))
        x, y = values[..., 0], values[..., 1]
        return torch.cat([(c * x - s * y)[..., None], (s * x + c * y)[..., None], values[..., 2:]], dim=-1)

    image, world = (shown(values, POINT_MIRROR, vector=True) for values in (pairs.image, pairs.world))
    depth = shown(pairs.depth, POINT_MIRROR, vector=False)
    return Pairs(
        image + IMAGE_NOISE * torch.randn_like(image),
        world + WORLD_NOISE * torch.randn_like(world),
        depth + DEPTH_NOISE * torch.randn_like(depth),
        shown(pairs.visibility, POINT_MIRROR, vector=False),
        pairs.scale,
        shown(pairs.middle, None, vector=True),
        shown(pairs.hips, None, vector=True),
        shown(pairs.true_image, BODY_MIRROR, vector=True),
        shown(pairs.true_depth, BODY_MIRROR, vector=False),
        pairs.true_distance,
    )


class Net(nn.Module):
    """One network; its layers are named as NumPy reads them."""

    def __init__(self, features: Tensor) -> None:
        super().__init__()
        out = 3 * len(BODY) + 1 + len(PAIRS) + len(BODY) + len(CURVES)
        self.register_buffer("mean", features.mean(0))
        self.register_buffer("spread", features.std(0) + 0.02)
        self.first, self.second, self.third = (
            nn.Linear(size, HIDDEN) for size in (features.shape[1], HIDDEN, HIDDEN)
        )
        self.last = nn.Linear(HIDDEN, out)
        self.dropout = nn.Dropout(DROPOUT)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, pairs: Pairs) -> tuple[Tensor, ...]:
        """Depth, image, distance, and the logarithms of the doubts of depth differences, image and angles."""
        silu, points = nn.functional.silu, len(BODY)
        hidden = self.dropout(silu(self.first((pairs.features() - self.mean) / self.spread)))
        for layer in (self.second, self.third):
            hidden = hidden + self.dropout(silu(layer(hidden)))
        raw = self.last(hidden)
        doubts = raw[:, 3 * points + 1 :].clamp(LEAST_DOUBT, MOST_DOUBT)
        return (
            pairs.world[:, BODY, 2] + DEPTH_STEP * raw[:, :points],
            pairs.image[:, BODY] + IMAGE_STEP * raw[:, points : 3 * points].view(-1, points, 2),
            (DISTANCE_STEP * raw[:, 3 * points]).exp() / pairs.scale,
            *doubts.split([len(PAIRS), points, len(CURVES)], dim=1),
        )


def in_space(pairs: Pairs, image: Tensor, depth: Tensor, distance: Tensor) -> Tensor:
    """(n, 23, 3) in the virtual camera's frame."""
    away = distance[:, None] + depth
    flat = image * pairs.scale[:, None, None] + pairs.hips[:, None]
    return torch.cat([flat * away[..., None], away[..., None]], dim=-1)


def loss(net: Net, pairs: Pairs) -> Tensor:
    """Laplace likelihood of depth differences, image points and angles, and their plain errors."""
    depth, image, distance, pair_doubt, image_doubt, angle_doubt = net(pairs)
    one, other = torch.tensor(PAIRS).T
    apart = (depth[:, one] - depth[:, other]) - (pairs.true_depth[:, one] - pairs.true_depth[:, other])
    beside = (image - pairs.true_image).abs().sum(-1)
    wrong, told = angle_errors(pairs, image, depth, distance)
    return (
        (apart.abs() / (DEPTH_DOUBT * pair_doubt.exp()) + pair_doubt).mean()
        + 0.5 * (beside / (IMAGE_DOUBT * image_doubt.exp()) + 2 * image_doubt).mean()
        + 3 * (depth - pairs.true_depth).abs().mean()
        + (distance / pairs.true_distance).log().abs().mean()
        + (told * (wrong / (ANGLE_DOUBT_RAD * angle_doubt.exp()) + angle_doubt)).mean()
        + 2 * (told * wrong).mean()
    )


def angle_errors(pairs: Pairs, image: Tensor, depth: Tensor, distance: Tensor) -> tuple[Tensor, Tensor]:
    """(n, curves) error of each angle in radians, and the share from 0 to 1 in which it can be told at all."""
    true, told = body_angles(in_space(pairs, pairs.true_image, pairs.true_depth, pairs.true_distance))
    guess, _ = body_angles(in_space(pairs, image, depth, distance))
    turned = torch.remainder(guess - true + torch.pi, 2 * torch.pi) - torch.pi
    return turned.abs(), told.detach()


def train(pairs: Pairs, seed: int, epochs: int = EPOCHS) -> Net:
    """One network."""
    torch.manual_seed(seed)
    net = Net(pairs.features())
    steps = epochs * -(-len(pairs) // BATCH)
    optimiser = torch.optim.AdamW(net.parameters(), lr=TOP_RATE, weight_decay=DECAY)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, TOP_RATE, steps, pct_start=0.1)
    for _ in range(epochs):
        for batch in torch.randperm(len(pairs)).split(BATCH):
            cost = loss(net, augmented(pairs.of(batch)))
            optimiser.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            pace.step()
    return net.eval()


def save(nets: Sequence[Net], path: Path) -> None:
    """The networks one behind the other, in half precision: a third of a millimetre at most."""
    states = [net.state_dict() for net in nets]
    stacked = {name: np.stack([state[name].numpy() for state in states]).astype(np.float16) for name in states[0]}
    np.savez_compressed(path, **stacked)

"""Films of the neck benchmark made harder by hand: the client wears glasses, or the room is dark.

Neither has to be rendered anew. The glasses are drawn onto the picture where the studio knows the head to be, so
what the nose would hide of them shows; the dark is a twentieth of the same light, with the grain of a phone.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.studio.body import Body, make_body
from benchmarks.studio.cache import filmed
from benchmarks.studio.film import Take, act
from rom_vision.capture.film_file import encode
from rom_vision.capture.video import Image, Video

Array = NDArray[np.float64]
Spoilt = Literal["glasses", "dark"]

RIM_M, BEFORE_EYE_M = (0.027, 0.021), 0.028  # half width and height of a glass; from the middle of the eye to it
TEMPLE_M, THICKNESS_M = 0.095, 0.0035
FRAME, GLARE, GLARE_SHARE = (28, 26, 30), (235, 240, 250), 0.25
LIGHT, GRAIN = 1 / 20, 8.0  # of the lamp's, in linear light; standard deviation, grey values
GAMMA = 2.2
FINE_BITS = 4


class Change(Protocol):
    def __call__(self, take: Take, images: Sequence[Image]) -> Iterator[Image]: ...


def spoilt(take: Take, how: Spoilt) -> Path:
    """The film of this take made harder, its truth beside it."""
    video = filmed(take)
    made = video.with_name(f"{video.stem}_{how}.mp4")
    if not made.exists():
        frames = list(Video(video))
        changed = CHANGES[how](take, [frame.image for frame in frames])
        part = made.with_suffix(".part.mp4")
        encode(zip([frame.time_s for frame in frames], changed, strict=True), part)
        made.with_suffix(".json").write_bytes(video.with_suffix(".json").read_bytes())
        part.replace(made)
    return made


def in_glasses(take: Take, images: Sequence[Image]) -> Iterator[Image]:
    """Dark rims, and lenses that catch the light."""
    body = make_body(take.build)
    motions = act(take, take.time_s()).client.motions[:, list(body.bone_names).index("head")]
    parts = _glasses(body)
    for image, motion in zip(images, motions, strict=True):
        drawn = np.ascontiguousarray(image)
        placed = {name: line @ motion[:, :3].T + motion[:, 3] for name, line in parts.items()}
        distance_m = float(np.linalg.norm(placed["bridge"][0] - take.camera.position_m()))
        width = max(1, round(THICKNESS_M * take.camera.focal_px / distance_m))
        for name, line in placed.items():
            fixed = np.round(take.camera.project_px(line) * (1 << FINE_BITS)).astype(np.int32)
            if name.endswith("rim"):
                glare = drawn.copy()
                cv2.fillPoly(glare, [fixed], GLARE, cv2.LINE_AA, FINE_BITS)
                drawn = cv2.addWeighted(glare, GLARE_SHARE, drawn, 1 - GLARE_SHARE, 0)
            if name.endswith("temple") and not _toward_camera(take, motion, name):
                continue  # the head hides it
            cv2.polylines(drawn, [fixed], name.endswith("rim"), FRAME, width, cv2.LINE_AA, FINE_BITS)
        yield drawn


def in_the_dark(take: Take, images: Sequence[Image]) -> Iterator[Image]:
    """Hardly any light, and the grain that comes with it."""
    random = np.random.default_rng(take.script.seed)
    for image in images:
        dim = 255 * ((image / 255) ** GAMMA * LIGHT) ** (1 / GAMMA)
        yield np.clip(dim + random.normal(0, GRAIN, image.shape), 0, 255).astype(np.uint8)


def _glasses(body: Body) -> Mapping[str, Array]:
    """Lines of a pair of glasses on the resting head, world axes: x to the client's left, y backwards, z up."""
    round_deg = np.radians(np.arange(0, 360, 15))
    lines = {}
    inner = {}
    for side, letter, outwards in (("left", "L", 1.0), ("right", "R", -1.0)):
        middle = body.centre(f"eye.{letter}") - np.array([0, BEFORE_EYE_M, 0])
        across, up = RIM_M[0] * np.cos(round_deg), RIM_M[1] * np.sin(round_deg)
        lines[f"{side} rim"] = middle + np.stack([across, np.zeros_like(across), up], axis=1)
        hinge = middle + np.array([outwards * RIM_M[0], 0, 0.005])
        lines[f"{side} temple"] = np.stack([hinge, hinge + np.array([outwards * 0.012, TEMPLE_M, 0])])
        inner[side] = middle - np.array([outwards * RIM_M[0], 0, 0])
    return {**lines, "bridge": np.stack([inner["left"], inner["right"]])}


def _toward_camera(take: Take, motion: Array, name: str) -> bool:
    outwards = motion[:, 0] if name.startswith("left") else -motion[:, 0]
    return bool(outwards @ (take.camera.position_m() - motion[:, 3]) > 0)


CHANGES: Mapping[Spoilt, Change] = MappingProxyType({"glasses": in_glasses, "dark": in_the_dark})

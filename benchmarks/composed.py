"""Pictures put together out of studio films: a third person, a mirror, a poster, people who change places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from rom_vision.capture.video import Frame, Image, Video

Array = NDArray[np.float64]
LIMBS = (("shoulder", "elbow", "wrist", "knuckle"), ("hip", "knee", "ankle", "toe"), ("shoulder", "hip"))
THICK = 0.14  # of a cut-out's limbs, as a share of the body's size in the picture
ROUND_PX = 40  # of wall is left round a strip of a film
FRAME = (70, 55, 40)  # colour of what a mirror or poster is framed with


@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Scene:
    """A film, with where everybody in it truly is.

    Attributes:
        time_s: (n,) seconds.
        pictures: n RGB pictures of one size.
        client_px: (n, j, 2) joints of the client, in the order of `names`.
        others_px: the same of everybody else: therapist, mirror images, figures on posters; NaN where away.
    """

    time_s: Array
    pictures: tuple[Image, ...]
    names: tuple[str, ...]
    client_px: Array
    others_px: tuple[Array, ...]

    @property
    def frames(self) -> list[Frame]:
        return [Frame(time_s=float(at), image=one) for at, one in zip(self.time_s, self.pictures, strict=True)]

    @property
    def everybody_px(self) -> tuple[Array, ...]:
        return self.client_px, *self.others_px

    def at(self, numbers: Sequence[int]) -> "Scene":
        """These pictures of it, with the times of the first ones."""
        return replace(
            self,
            time_s=self.time_s[: len(numbers)],
            pictures=tuple(self.pictures[number] for number in numbers),
            client_px=self.client_px[list(numbers)],
            others_px=tuple(one[list(numbers)] for one in self.others_px),
        )

    def as_long_as(self, other: "Scene") -> "Scene":
        """From the start again where it is too short."""
        numbers = [number % len(self.pictures) for number in range(len(other.pictures))]
        return replace(self.at(numbers), time_s=other.time_s)


def scene_of(video: Path, until_s: float = np.inf) -> Scene:
    """A film of the studio, or its beginning."""
    frames = list(Video(video))
    with np.load(video.with_suffix(".npz")) as known:
        therapist = known["therapist_joints_px"].astype(float)
        whole = Scene(
            time_s=np.array([frame.time_s for frame in frames]),
            pictures=tuple(frame.image for frame in frames),
            names=tuple(known["joint_names"].tolist()),
            client_px=known["joints_px"].astype(float),
            others_px=(therapist,) if len(therapist) else (),
        )
    return whole.at(np.flatnonzero(whole.time_s <= until_s).tolist())


def mirrored(scene: Scene) -> Scene:
    """As a mirror shows it, where a left joint seems to be a right one."""
    width = scene.pictures[0].shape[1]
    swap = {"left": "right", "right": "left"}
    order = [scene.names.index(" ".join(swap.get(word, word) for word in name.split())) for name in scene.names]
    return _moved(
        replace(scene, pictures=tuple(np.ascontiguousarray(one[:, ::-1]) for one in scene.pictures)),
        lambda px: np.stack([width - px[:, order, 0], px[:, order, 1]], axis=-1),
    )


def smaller(scene: Scene, scale: float) -> Scene:
    size = [round(length * scale) for length in scene.pictures[0].shape[1::-1]]
    pictures = tuple(cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in scene.pictures)
    return _moved(replace(scene, pictures=pictures), lambda px: px * scale)


def strip(scene: Scene) -> Scene:
    """The columns of it in which somebody is."""
    across = np.concatenate([one[..., 0].ravel() for one in scene.everybody_px])
    left = max(0, int(np.nanmin(across)) - ROUND_PX)
    right = int(np.nanmax(across)) + ROUND_PX
    pictures = tuple(one[:, left:right] for one in scene.pictures)
    return _moved(replace(scene, pictures=pictures), lambda px: px - np.array([left, 0]))


def still(scene: Scene) -> Scene:
    """Its first picture throughout, as on a poster."""
    return replace(scene.at([0] * len(scene.pictures)), time_s=scene.time_s)


def with_wall(scene: Scene, left: int = 0, right: int = 0) -> Scene:
    """So many pixels wider; wall and floor go on as they are at the edge."""
    pictures = tuple(cv2.copyMakeBorder(one, 0, 0, left, right, cv2.BORDER_REPLICATE) for one in scene.pictures)
    return _moved(replace(scene, pictures=pictures), lambda px: px + np.array([left, 0]))


def between(scene: Scene, one: Scene, other: Scene) -> Scene:
    """Others to the left and to the right of it."""
    height, width = scene.pictures[0].shape[:2]
    left, right = (strip(smaller(who.as_long_as(scene), height / len(who.pictures[0]))) for who in (one, other))
    before, after = (who.pictures[0].shape[1] for who in (left, right))
    wide = with_wall(scene, before, after)
    return laid_in(laid_in(wide, left, (0, 0)), right, (before + width, 0))


def hung(scene: Scene, other: Scene, scale: float, top: int) -> Scene:
    """Others in a mirror or on a poster, at a wall that goes on to the right of it."""
    width = scene.pictures[0].shape[1]
    small = smaller(other.as_long_as(scene), scale)
    edged = replace(
        small,
        pictures=tuple(
            cv2.copyMakeBorder(one, 6, 6, 6, 6, cv2.BORDER_CONSTANT, value=FRAME) for one in small.pictures
        ),
    )
    framed = _moved(edged, lambda px: px + 6)
    return laid_in(with_wall(scene, right=framed.pictures[0].shape[1] + 20), framed, (width, top))


def laid_in(scene: Scene, other: Scene, corner_px: tuple[int, int]) -> Scene:
    """Another scene of the same length laid over part of it; whoever is in that is somebody else."""
    left, top = corner_px
    pictures = []
    for picture, part in zip(scene.pictures, other.pictures, strict=True):
        height, width = part.shape[:2]
        whole = picture.copy()
        whole[top : top + height, left : left + width] = part[: len(whole) - top]
        pictures.append(whole)
    placed = _moved(other, lambda px: px + np.array([left, top]))
    return replace(scene, pictures=tuple(pictures), others_px=(*scene.others_px, *placed.everybody_px))


def cut(scene: Scene, other: Scene) -> Scene:
    """The second half of another film after the first half of this one, whose client is gone then: who was the
    therapist may lie there."""
    half, fitting = len(scene.pictures) // 2, other.as_long_as(scene)
    away = np.arange(len(scene.pictures)) >= half
    nobody = np.full_like(scene.client_px, np.nan)
    return replace(
        scene,
        pictures=scene.pictures[:half] + fitting.pictures[half:],
        client_px=np.where(away[:, None, None], np.nan, scene.client_px),
        others_px=(
            *(np.where(away[:, None, None], np.nan, one) for one in scene.others_px),
            *(np.where(away[:, None, None], one, nobody) for one in fitting.everybody_px),
        ),
    )


def crossing(client: Scene, other: Scene, width: int, client_x: Array, other_x: Array) -> Scene:
    """Two people cut out of their films, walking before an empty wall; the other passes in front.

    Args:
        width: of the picture.
        client_x, other_x: (n,) where the middle of their hips is.
    """
    column = client.pictures[0][:, :1]
    scene = replace(
        client,
        pictures=tuple(np.repeat(column, width, axis=1) for _ in client.pictures),
        others_px=(),
    )
    mine, theirs = client, replace(other.as_long_as(client), others_px=())
    for who, across in ((mine, client_x), (theirs, other_x)):
        hips = who.client_px[:, [who.names.index(f"{side} hip") for side in ("left", "right")], 0].mean(axis=1)
        shift = np.round(across - hips).astype(int)
        pictures = tuple(
            _pasted(below, above, _outline(joints, who.names, above.shape), int(by))
            for below, above, joints, by in zip(scene.pictures, who.pictures, who.client_px, shift, strict=True)
        )
        scene = replace(scene, pictures=pictures)
        moved = who.client_px + np.stack([shift, np.zeros_like(shift)], axis=1)[:, None]
        scene = replace(scene, client_px=moved) if who is mine else replace(scene, others_px=(moved,))
    return scene


def alone(scene: Scene) -> Scene:
    """The therapist cut out of a film and put before an empty wall: nobody there is a client."""
    therapist = scene.others_px[0]
    pictures = []
    for picture, joints in zip(scene.pictures, therapist, strict=True):
        empty = np.repeat(picture[:, :1], picture.shape[1], axis=1)
        there = np.isfinite(joints).all()
        pictures.append(
            _pasted(empty, picture, _outline(joints, scene.names, picture.shape), 0) if there else empty
        )
    nobody = np.full_like(therapist, np.nan)
    return replace(scene, pictures=tuple(pictures), client_px=nobody, others_px=(therapist,))


def _outline(joints_px: Array, names: tuple[str, ...], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """The picture's points on or close round a body."""
    mask = np.zeros(shape[:2], np.uint8)
    at = {name: tuple(np.round(px).astype(int).tolist()) for name, px in zip(names, joints_px, strict=True)}
    size = float(np.linalg.norm(np.ptp(joints_px, axis=0)))
    thick = max(2, round(THICK * size))
    for side in ("left", "right"):
        for chain in LIMBS:
            for one, next_one in pairwise(f"{side} {joint}" for joint in chain):
                cv2.line(mask, at[one], at[next_one], 1, thick)
    trunk = np.array([at[name] for name in ("left shoulder", "right shoulder", "right hip", "left hip")])
    cv2.fillConvexPoly(mask, cv2.convexHull(trunk), 1)
    cv2.line(mask, at["neck"], at["head"], 1, round(1.2 * thick))
    return mask.astype(bool)


def _pasted(below: Image, above: Image, mask: NDArray[np.bool_], shift_px: int) -> Image:
    """What the mask leaves of the picture above, moved across."""
    picture = below.copy()
    rows, columns = np.nonzero(mask)
    inside = (columns + shift_px >= 0) & (columns + shift_px < below.shape[1])
    rows, columns = rows[inside], columns[inside]
    picture[rows, columns + shift_px] = above[rows, columns]
    return picture


def _moved(scene: Scene, by: Callable[[Array], Array]) -> Scene:
    return replace(scene, client_px=by(scene.client_px), others_px=tuple(by(one) for one in scene.others_px))

"""Whom the program measures where it could take somebody else: bystanders, mirrors, posters, people who cross.

    python -m benchmarks.people                   every case
    python -m benchmarks.people mirror            those with this in their name
    python -m benchmarks.people --pictures DIR    and what was seen, as a sheet of pictures each

The clips are put together out of studio films of the development split, which are kept in benchmarks/cache/. With
all cases, benchmarks/results/people.md is written.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from benchmarks import composed
from benchmarks.accuracy_rows import measured
from benchmarks.accuracy_set import cases
from benchmarks.composed import Scene
from benchmarks.passive import is_own, one_of_each
from benchmarks.studio.cache import filmed
from rom_vision.capture.client import Client
from rom_vision.capture.following import follow_client
from rom_vision.capture.landmarks import Landmarks
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.watching import watch_client
from rom_vision.measure import Measurement
from rom_vision.movements import Mode, Side, movement_test

RESULTS = Path(__file__).parent / "results"
SHEET = (3, 4)  # pictures down and across of what was seen
REST_S = 0.3  # after the first repetition; what comes then would show nothing new
RIGHT = 0.98  # of the frames in which the client has to be the one who is measured


@dataclass(frozen=True, kw_only=True, slots=True)
class Clip:
    """A case.

    Attributes:
        what: what is in the picture besides.
        film: test of the studio's film that it is made of.
        make: puts it together.
        at_share: a point on the client, where they are pointed at.
    """

    what: str
    mode: Mode
    film: str
    make: Callable[[Scene], Scene]
    at_share: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the program made of a clip.

    Attributes:
        seen: share of the frames with landmarks.
        own: share of those in which they are the client's.
        error_deg: measured minus true best peak; None where refused.
    """

    clip: Clip
    found: Measurement
    seen: float
    own: float
    error_deg: float | None

    @property
    def clear(self) -> bool:
        """The client measured, or the film refused."""
        return not self.found.accepted or self.own >= RIGHT


def _bystanders(scene: Scene) -> Scene:
    return composed.between(scene, _unhandled("shoulder_scaption"), _unhandled("shoulder_extension"))


def _mirror(scene: Scene) -> Scene:
    return composed.hung(scene, composed.mirrored(scene), scale=0.6, top=20)


def _poster(scene: Scene) -> Scene:
    height = len(scene.pictures[0])
    figure = composed.still(composed.strip(_unhandled("shoulder_scaption")))
    return composed.hung(scene, figure, scale=0.75 * height / len(figure.pictures[0]), top=10)


def _lying_poster(scene: Scene) -> Scene:
    return composed.hung(scene, composed.still(_unhandled("hip_flexion")), scale=0.7, top=10)


def _crossing(scene: Scene) -> Scene:
    """Both stand side by side, and change places in the middle third of the clip."""
    width = 2 * scene.pictures[0].shape[1]
    share = np.clip(3 * np.linspace(0, 1, len(scene.pictures)) - 1, 0, 1)
    client_x, other_x = ((0.27 + 0.46 * way) * width for way in (share, 1 - share))
    return composed.crossing(scene, _unhandled("shoulder_scaption"), width, client_x, other_x)


def _other_lies(scene: Scene) -> Scene:
    """Cut: in the second half somebody else lies there."""
    return composed.cut(scene, _unhandled("straight_leg_raise"))


CLIPS = (
    Clip(what="nobody else", mode="active", film="shoulder_abduction", make=lambda scene: scene),
    Clip(what="two people stand by", mode="active", film="shoulder_abduction", make=_bystanders),
    Clip(what="a mirror", mode="active", film="shoulder_abduction", make=_mirror),
    Clip(what="a poster of somebody standing", mode="active", film="shoulder_abduction", make=_poster),
    Clip(what="they change places", mode="active", film="shoulder_abduction", make=_crossing),
    Clip(what="they change places, pointed at", mode="active", film="shoulder_abduction", make=_crossing,
         at_share=(0.27, 0.4)),
    Clip(what="the therapist", mode="passive", film="straight_leg_raise", make=lambda scene: scene),
    Clip(what="two people stand by", mode="passive", film="straight_leg_raise", make=_bystanders),
    Clip(what="a mirror", mode="passive", film="straight_leg_raise", make=_mirror),
    Clip(what="a poster of somebody standing", mode="passive", film="straight_leg_raise", make=_poster),
    Clip(what="a poster of somebody lying", mode="passive", film="straight_leg_raise", make=_lying_poster),
    Clip(what="they change places", mode="passive", film="straight_leg_raise", make=_other_lies),
    Clip(what="the therapist alone", mode="passive", film="straight_leg_raise", make=composed.alone),
    Clip(what="the therapist", mode="passive", film="neck_lateral_flexion", make=lambda scene: scene),
    Clip(what="two people stand by", mode="passive", film="neck_lateral_flexion", make=_bystanders),
    Clip(what="a mirror", mode="passive", film="neck_lateral_flexion", make=_mirror),
    Clip(what="a poster of somebody lying", mode="passive", film="neck_lateral_flexion", make=_lying_poster),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("case", nargs="?", default="", help="part of its mode, film and what is in it")
    parser.add_argument("--pictures", type=Path, help="folder to write into")
    options = parser.parse_args()
    told = []
    for clip in CLIPS:
        if options.case in _name(clip):
            told.append(_told(clip, options.pictures))
            print(_line(told[-1]), flush=True)
    if len(told) == len(CLIPS):
        (RESULTS / "people.md").write_text(report(told), encoding="utf-8")


def report(told: Sequence[Told]) -> str:
    """A line for each case."""
    lines = [
        "# Whom the program measures", "",
        "Clips put together out of rendered films of the development split. Right: share of the frames with "
        "landmarks in which they are the client's. Clear: the client was measured, or the film refused.", "",
        "| mode | film | in the picture | seen | right | result | error | remarks | clear |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *map(_line, told),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _line(one: Told) -> str:
    error = "" if one.error_deg is None else f"{one.error_deg:+.1f}°"
    remarks = ", ".join(problem.kind.replace("_", " ") for problem in one.found.problems)
    clip, verdict = one.clip, "measured" if one.found.accepted else "refused"
    film, clear = clip.film.replace("_", " "), "yes" if one.clear else "**no**"
    shares = f"{one.seen:.0%} | {one.own:.0%}"
    return f"| {clip.mode} | {film} | {clip.what} | {shares} | {verdict} | {error} | {remarks} | {clear} |"


def _told(clip: Clip, pictures: Path | None) -> Told:
    video, side = _film(clip.mode, clip.film)
    truth = json.loads(video.with_suffix(".json").read_text())["repetitions"][0]
    scene = clip.make(composed.scene_of(video, until_s=truth["end_s"] + REST_S))
    look = follow_client if clip.mode == "passive" else watch_client
    client: Client = look(scene.frames, pose_model(), clip.at_share)
    found = measured(client, movement_test(clip.film), side, clip.mode, None)
    own = is_own(client.landmarks, scene.names, scene.client_px, scene.others_px)
    seen = client.landmarks.seen
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(pictures / f"{_name(clip)}.png"), _sheet(scene, client.landmarks)[..., ::-1])
    return Told(
        clip=clip, found=found, seen=float(seen.mean()), own=float(own[seen].mean()) if seen.any() else 0.0,
        error_deg=None if found.peak_deg is None else found.peak_deg - truth["peak_deg"],
    )  # fmt: skip


def _sheet(scene: Scene, landmarks: Landmarks) -> composed.Image:
    """Pictures from all over the clip, with the landmarks: green what is believed, red what is not."""
    down, across = SHEET
    drawn = []
    for number in np.linspace(0, len(scene.pictures) - 1, down * across).round().astype(int):
        picture = scene.pictures[number].copy()
        for place, believed in zip(landmarks.image_px[number], landmarks.believed[number], strict=True):
            if np.isfinite(place).all():
                colour = (0, 220, 0) if believed >= 0.5 else (230, 0, 0)
                cv2.circle(picture, tuple(place.round().astype(int).tolist()), 4, colour, -1)
        drawn.append(picture)
    rows = [np.concatenate(drawn[across * row : across * (row + 1)], axis=1) for row in range(down)]
    return np.concatenate(rows, axis=0)


def _name(clip: Clip) -> str:
    return " ".join((clip.mode, clip.film, clip.what)).replace(" ", "_").replace(",", "")


def _film(mode: Mode, test: str) -> tuple[Path, Side | None]:
    """The first film of this test."""
    chosen = one_of_each("development") if mode == "passive" else cases("medium", ["development"], (0,))
    case = next(case for case in chosen if case.test.id == test and case.should_accept)
    return filmed(case.take), case.asked if case.test.sided else None


@cache
def _unhandled(test: str) -> Scene:
    return composed.scene_of(_film("active", test)[0])


if __name__ == "__main__":
    main()

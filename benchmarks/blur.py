"""How much of a face is left to see after `capture.privacy` has covered it, on rendered films.

    python -m benchmarks.blur

One person who sits and turns the head, and two: a client who lies or sits, and the therapist. The studio knows
where every point of a face is. Writes benchmarks/results/blur.md.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.neck_set import neck_cases
from benchmarks.passive_set import passive_cases
from benchmarks.studio.body import Body, make_body
from benchmarks.studio.cache import filmed
from benchmarks.studio.film import Take, act
from benchmarks.studio.skeleton import surface_m
from rom_vision.capture.pose import find_people
from rom_vision.capture.pose_model import pose_model
from rom_vision.capture.privacy import heads_of
from rom_vision.capture.video import Video
from rom_vision.measure import LONGEST_PX

Array = NDArray[np.float64]
RESULTS = Path(__file__).parent / "results"
ONE_PERSON = ("neck_flexion", "neck_extension", "neck_rotation")
TWO_PEOPLE = ("straight_leg_raise", "neck_lateral_flexion")


def main() -> None:
    lines = [
        "# Faces left visible after covering", "",
        "Share of all points of all faces in the picture that no circle covers; frames with any; frames told.", "",
        "| film | people | frames | points left | frames with any | of these told | frames told |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for name, people, take in takes():
        video = Video(filmed(take), longest_px=LONGEST_PX)
        heads = heads_of(find_people(video, pose_model()))
        left = np.array([
            _share_left(face, there.circles_px, take) for face, there in zip(_faces_px(take), heads, strict=True)
        ])  # fmt: skip
        told = np.array([there.in_doubt for there in heads])
        lines.append(
            f"| {name} | {people} | {len(left)} | {100 * left.mean():.2f} % | {(left > 0).sum()} "
            f"| {(told & (left > 0)).sum()} | {told.sum()} |"
        )
    text = "\n".join(lines) + "\n"
    (RESULTS / "blur.md").write_text(text, encoding="utf-8")
    print(text)


def takes() -> Iterator[tuple[str, int, Take]]:
    """Name, number of people, and the film; of the test split."""
    alone = [case for case in neck_cases("test") if case.kind == "plain"]
    for movement in ONE_PERSON:
        yield movement, 1, next(case.take for case in alone if case.test.id == movement)
    together = list(passive_cases("test"))
    for movement in TWO_PEOPLE:
        yield f"passive {movement}", 2, next(case.take for case in together if case.test.id == movement)


def _faces_px(take: Take) -> Iterator[Array]:
    """(points, 2) of every face in the room in each frame."""
    people = act(take, take.time_s())
    client = make_body(take.build)
    faces = [(client, _face_points(client), people.client.motions)]
    if take.helper:
        therapist = make_body(take.helper.build)
        faces.append((therapist, _face_points(therapist), people.therapist.motions))
    here = take.helper.in_room(people.time_s) if take.helper else np.ones(len(people.time_s), bool)
    for frame, is_helped in enumerate(here):
        shown = faces if is_helped else faces[:1]
        points = [surface_m(body.skin, motions[frame])[front] for body, front, motions in shown]
        yield take.camera.project_px(np.concatenate(points))


def _face_points(body: Body) -> NDArray[np.intp]:
    """Those on the front of the head, from the chin to the brow: one side of what is seen from any side."""
    points = body.skin.points_m
    head = body.centre("head")
    top = points[:, 2].max()
    return np.flatnonzero((points[:, 2] > head[2] - 0.02) & (points[:, 2] < top - 0.04) & (points[:, 1] < head[1]))


def _share_left(face_px: Array, circles_px: Array, take: Take) -> float:
    """Of the points in the picture, those outside every circle."""
    size = np.array([take.camera.width_px, take.camera.height_px])
    inside = face_px[((face_px >= 0) & (face_px < size)).all(axis=1)]
    if not len(inside):
        return 0.0
    apart = np.linalg.norm(inside[:, None] - circles_px[None, :, :2], axis=2)
    return float((apart > circles_px[None, :, 2]).all(axis=1).mean())


if __name__ == "__main__":
    main()

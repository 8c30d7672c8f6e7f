"""From a script to a video file and its truth."""

import json
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from benchmarks.studio.body import SIDES, Array, Build, make_body
from benchmarks.studio.camera import Camera
from benchmarks.studio.furniture import Decor, make_room, put_under
from benchmarks.studio.movement import Script, perform
from benchmarks.studio.picture import Lamp, Picture, Studio
from benchmarks.studio.postures import PRONE, SIDE_LYING, SITTING, STANDING, SUPINE
from benchmarks.studio.sensor import Noise, Sensor
from benchmarks.studio.skeleton import Posed, Skeleton
from benchmarks.studio.therapist import Helper, help_along
from benchmarks.studio.truth import MOVEMENTS, angle_deg
from benchmarks.studio.wardrobe import Outfit

# Half the sides of what the client is on, x and y.
FOOTPRINTS_M = {STANDING: (0.0, 0.0), SITTING: (0.22, 0.27), SUPINE: (0.34, 1.03), PRONE: (0.34, 1.03)}
FOOTPRINTS_M |= dict.fromkeys(SIDE_LYING.values(), (1.03, 0.34))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """When frames are taken.

    Attributes:
        frames_per_s: 15 to 240.
        unevenness: standard deviation of the times, as a share of the time between frames.
        dropped: share of the frames that the camera loses.
    """

    frames_per_s: float = 30.0
    unevenness: float = 0.0
    dropped: float = 0.0

    def time_s(self, length_s: float, seed: int) -> Array:
        """(n,) rising, the first at 0."""
        random = np.random.default_rng(seed)
        ticks = np.arange(round(length_s * self.frames_per_s))
        late = np.clip(self.unevenness * random.standard_normal(len(ticks)), -0.4, 0.4)
        kept = random.random(len(ticks)) >= self.dropped
        late[0], kept[0] = 0.0, True
        return ((ticks + late) / self.frames_per_s)[kept]


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """Everything that makes one clip; with a helper it is a passive one."""

    build: Build
    outfit: Outfit
    decor: Decor
    script: Script
    camera: Camera
    lamp: Lamp = field(default_factory=Lamp)
    sensor: Sensor = field(default_factory=Sensor)
    clock: Clock = field(default_factory=Clock)
    helper: Helper | None = None

    def time_s(self) -> Array:
        """(n,) when each frame is taken."""
        return self.clock.time_s(self.script.length_s(), self.script.seed)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filmed:
    """The people of one clip over time.

    Attributes:
        client: who is tested.
        therapist: who helps, where somebody does.
        time_s: (n,) the moments.
    """

    client: Posed
    therapist: Posed | None
    time_s: Array

    def every(self, step: int, *, start: int) -> "Filmed":
        """Each so-many-th moment alone."""
        therapist = self.therapist.every(step, start=start) if self.therapist else None
        return Filmed(
            client=self.client.every(step, start=start), therapist=therapist, time_s=self.time_s[start::step]
        )


def act(take: Take, time_s: Array) -> Filmed:
    """What everybody does at these moments."""
    client = Skeleton(make_body(take.build))
    posed = perform(client, take.script, time_s)
    therapist = None
    if take.helper:
        therapist = help_along(
            take.helper, Skeleton(make_body(take.helper.build)), client, posed, take.script.side, time_s,
            furniture_m=FOOTPRINTS_M[take.script.manner.posture], exit_towards=_out_of_the_picture(take),
        )  # fmt: skip
    return Filmed(client=posed, therapist=therapist, time_s=time_s)


def film(take: Take, video: Path) -> Filmed:
    """Renders the clip, writes its truth beside it as JSON of the same name, returns who was filmed."""
    count = take.sensor.exposures
    exposed = act(take, take.sensor.moments_s(take.time_s()))
    filmed = exposed.every(count, start=count // 2)
    video.with_suffix(".json").write_text(as_text(truth(take, filmed.client)), encoding="utf-8")
    studio = open_studio(take)
    noise = Noise(take.sensor, (take.camera.width_px, take.camera.height_px), take.script.seed)
    moments = _moments(take, exposed)
    frames = [moments[start : start + count] for start in range(0, len(moments), count)]
    pictures = (noise.on(_exposed([studio.picture(*moment) for moment in frame])) for frame in frames)
    _encode(pictures, take, video)
    studio.close()
    return filmed


def _moments(take: Take, filmed: Filmed) -> list[tuple[Array | None, ...]]:
    """What moves how at each moment; None for a therapist out of the room."""
    if take.helper is None:
        return [(motion,) for motion in filmed.client.motions]
    here = take.helper.in_room(filmed.time_s)
    helping = [motion if there else None for motion, there in zip(filmed.therapist.motions, here, strict=True)]
    return list(zip(filmed.client.motions, helping, strict=True))


def _out_of_the_picture(take: Take) -> Array:
    """(2,) the way along the floor that leads from the therapist out of the picture, to the nearer side."""
    across = take.camera.rotation()[0, :2] / np.linalg.norm(take.camera.rotation()[0, :2])
    azimuth = np.radians(take.helper.azimuth_deg)
    return across if across @ [np.sin(azimuth), -np.cos(azimuth)] >= -0.1 else -across


def skeleton_truth(take: Take, filmed: Filmed) -> dict[str, Array]:
    """Everything that is known of a clip, beside the JSON truth, for n frames.

    Times: `time_s` (n,).
    The client: `joint_names` (j,); `joints_m` (n, j, 3) in the camera's axes (x right, y down, z away), metres;
    `joints_px` (n, j, 2).
    The therapist: `therapist_joints_m`, `therapist_joints_px`, of the same names; NaN while there is none in the
    room, no rows where there never is one.
    Angles of the client: `angle_names` (a,), such as "left knee_flexion", of every movement and side;
    `angles_deg` (n, a).
    Repetitions: `repetitions_s` (r, 3), start, peak and end; `peaks_deg` (r,).
    The camera: `camera_position_m` (3,), world axes (x to the client's left, y backwards, z up);
    `camera_rotation` (3, 3), world axes to the camera's; `roll_deg`, of which it is part; `focal_px`;
    `distortion` (k1, k2); `size_px` (width, height).
    """
    camera, known = take.camera, truth(take, filmed.client)
    angles = {
        f"{side} {movement}": angle_deg(movement, side, filmed.client.joints_m)
        for movement in MOVEMENTS
        for side in SIDES
    }
    repetitions = known["repetitions"]
    return {
        "time_s": filmed.time_s,
        "joint_names": np.array(list(filmed.client.joints_m)),
        **_seen(camera, _joints(filmed.client), ""),
        **_seen(camera, _therapist_joints(take, filmed), "therapist_"),
        "angle_names": np.array(list(angles)),
        "angles_deg": np.stack(list(angles.values()), axis=1).astype(np.float32),
        "repetitions_s": np.array([[one[f"{at}_s"] for at in ("start", "peak", "end")] for one in repetitions]),
        "peaks_deg": np.array([one["peak_deg"] for one in repetitions]),
        "camera_position_m": camera.position_m(),
        "camera_rotation": camera.rotation(),
        "roll_deg": np.array(camera.roll_deg),
        "focal_px": np.array(camera.focal_px),
        "distortion": np.array([camera.k1, camera.k2]),
        "size_px": np.array([camera.width_px, camera.height_px]),
    }


def _seen(camera: Camera, joints_m: Array, whose: str) -> dict[str, Array]:
    """Joints (n, j, 3) as the camera has them."""
    return {
        f"{whose}joints_m": camera.to_camera_m(joints_m).astype(np.float32),
        f"{whose}joints_px": camera.project_px(joints_m).astype(np.float32),
    }


def _joints(posed: Posed) -> Array:
    """(n, j, 3)"""
    return np.stack(list(posed.joints_m.values()), axis=1)


def _therapist_joints(take: Take, filmed: Filmed) -> Array:
    if take.helper is None:
        return np.empty((0, len(filmed.client.joints_m), 3))
    here = take.helper.in_room(filmed.time_s)
    return np.where(here[:, None, None], _joints(filmed.therapist), np.nan)


def as_text(truth: dict[str, object]) -> str:
    """The truth as it is written to its file."""
    return json.dumps(truth, indent=1) + "\n"


def open_studio(take: Take) -> Studio:
    """The set of this take, ready to be filmed."""
    client = Skeleton(make_body(take.build))
    room = make_room(take.decor, take.camera.azimuth_deg)
    put_under(room, client, take.script.manner.posture)
    others = [(make_body(take.helper.build), take.helper.outfit)] if take.helper else []
    return Studio(client.body, take.outfit, room, take.camera, take.lamp, others)


def truth(take: Take, posed: Posed) -> dict[str, object]:
    """The tested angle in each frame, from posed joint centres, and its repetitions."""
    time = np.round(take.time_s(), 4)
    script = take.script
    angle = np.round(angle_deg(script.test, script.side, posed.joints_m), 2) + 0.0  # no -0.0
    repetitions = []
    for start, _, end in script.windows_s():
        inside = np.flatnonzero((time >= start) & (time <= end))
        peak = inside[np.argmax(angle[inside])]
        repetitions.append({
            "start_s": float(time[inside[0]]), "peak_s": float(time[peak]), "end_s": float(time[inside[-1]]),
            "peak_deg": float(angle[peak]),
        })  # fmt: skip
    return {
        "movement": script.test, "side": script.side, "mode": "passive" if take.helper else "active",
        "time_s": time.tolist(), "angle_deg": angle.tolist(), "repetitions": repetitions,
        **(_people(take, time) if take.helper else {}),
    }  # fmt: skip


def _people(take: Take, time_s: Array) -> dict[str, object]:
    """Who is who, where there are two: where the therapist is, and from when to when they are there and hold."""
    helper = take.helper
    here, holds = (
        time_s[np.flatnonzero(share)] for share in (helper.in_room(time_s), helper.holding(time_s) == 1)
    )
    return {
        "people": {
            "client": {"tested_side": take.script.side},
            "therapist": {
                "azimuth_deg": helper.azimuth_deg,
                "posture": "kneeling" if helper.kneels else "standing",
                "in_room_s": [float(here[0]), float(here[-1])],
                "holds_s": [float(holds[0]), float(holds[-1])],
            },
        }
    }


def _exposed(pictures: list[Picture]) -> Picture:
    """One picture out of several that the shutter let in."""
    return pictures[0] if len(pictures) == 1 else np.mean(pictures, axis=0).round().astype(np.uint8)


def _encode(pictures, take: Take, video: Path) -> None:
    with av.open(str(video), "w") as container:
        stream = container.add_stream("libx264", rate=round(take.clock.frames_per_s))
        stream.width, stream.height, stream.pix_fmt = take.camera.width_px, take.camera.height_px, "yuv420p"
        stream.time_base = Fraction(1, 90_000)
        stream.codec_context.time_base = Fraction(1, 90_000)
        stream.options = {"crf": str(take.sensor.quality), "preset": "veryfast"}
        for picture, time in zip(pictures, take.time_s(), strict=True):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.time_base = Fraction(1, 90_000)
            frame.pts = round(time * 90_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))

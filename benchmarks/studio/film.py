"""From a script to a video file and its truth."""

import json
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from benchmarks.studio.body import Array, Build, make_body
from benchmarks.studio.camera import Camera
from benchmarks.studio.furniture import Decor, make_room, put_under
from benchmarks.studio.movement import Script, perform
from benchmarks.studio.picture import Lamp, Picture, Studio
from benchmarks.studio.skeleton import Posed, Skeleton
from benchmarks.studio.truth import angle_deg
from benchmarks.studio.wardrobe import Outfit


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensor:
    """What the camera adds to the picture.

    Attributes:
        noise: standard deviation in grey values.
        blur_px: standard deviation of the lens's softness.
        quality: H.264's constant rate factor, smaller is better.
        shutter_s: how long each frame is exposed; 0 freezes every movement.
        exposures: pictures that one exposure is made of, an odd number; the middle one is the frame's truth.
    """

    noise: float = 2.5
    blur_px: float = 0.6
    quality: int = 21
    shutter_s: float = 0.0
    exposures: int = 1

    def __post_init__(self) -> None:
        if self.exposures % 2 == 0:
            raise ValueError(f"exposures: expected an odd number, got {self.exposures}")

    def moments_s(self, time_s: Array) -> Array:
        """(n * exposures,) all moments that frames at these times are made of."""
        share = (np.arange(self.exposures) - self.exposures // 2) / max(self.exposures - 1, 1)
        return (time_s[:, None] + self.shutter_s * share).ravel()


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
    """Everything that makes one clip."""

    build: Build
    outfit: Outfit
    decor: Decor
    script: Script
    camera: Camera
    lamp: Lamp = field(default_factory=Lamp)
    sensor: Sensor = field(default_factory=Sensor)
    clock: Clock = field(default_factory=Clock)

    def time_s(self) -> Array:
        """(n,) when each frame is taken."""
        return self.clock.time_s(self.script.length_s(), self.script.seed)


def film(take: Take, video: Path) -> Posed:
    """Renders the clip, writes its truth beside it as JSON of the same name, returns the body that was filmed."""
    skeleton = Skeleton(make_body(take.build))
    count = take.sensor.exposures
    exposed = perform(skeleton, take.script, take.sensor.moments_s(take.time_s()))
    posed = exposed.every(count, start=count // 2)
    video.with_suffix(".json").write_text(as_text(truth(take, posed)), encoding="utf-8")
    studio = open_studio(take, skeleton)
    sensor = Noise(take)
    frames = exposed.motions.reshape(-1, count, *exposed.motions.shape[1:])
    pictures = (sensor.on(_exposed([studio.picture(moment) for moment in frame])) for frame in frames)
    _encode(pictures, take, video)
    studio.close()
    return posed


def skeleton_truth(take: Take, posed: Posed) -> dict[str, Array]:
    """Everything else that is known: `joint_names` (j,), `joints_m` (n, j, 3) in the camera's axes (x right,
    y down, z away), `joints_px` (n, j, 2), `time_s` (n,), `focal_px`, `distortion` (k1, k2), `size_px`."""
    joints = np.stack(list(posed.joints_m.values()), axis=1)
    camera = take.camera
    return {
        "joint_names": np.array(list(posed.joints_m)),
        "joints_m": camera.to_camera_m(joints).astype(np.float32),
        "joints_px": camera.project_px(joints).astype(np.float32),
        "time_s": take.time_s(),
        "focal_px": np.array(camera.focal_px),
        "distortion": np.array([camera.k1, camera.k2]),
        "size_px": np.array([camera.width_px, camera.height_px]),
    }


def as_text(truth: dict[str, object]) -> str:
    """The truth as it is written to its file."""
    return json.dumps(truth, indent=1) + "\n"


def open_studio(take: Take, skeleton: Skeleton) -> Studio:
    """The set of this take, ready to be filmed."""
    room = make_room(take.decor, take.camera.azimuth_deg)
    put_under(room, skeleton, take.script.manner.posture)
    return Studio(skeleton.body, take.outfit, room, take.camera, take.lamp)


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
        "movement": script.test, "side": script.side, "mode": "active",
        "time_s": time.tolist(), "angle_deg": angle.tolist(), "repetitions": repetitions,
    }  # fmt: skip


def _exposed(pictures: list[Picture]) -> Picture:
    """One picture out of several that the shutter let in."""
    return pictures[0] if len(pictures) == 1 else np.mean(pictures, axis=0).round().astype(np.uint8)


class Noise:
    """What lens and sensor add: softness, and grain that is stronger in the dark, as after a phone's tone curve.

    Drawing a million random numbers for each frame would take as long as the picture; instead one large
    field of noise is shifted and mirrored anew for each frame.
    """

    MARGIN_PX = 200

    def __init__(self, take: Take) -> None:
        self._sensor = take.sensor
        self._random = np.random.default_rng(take.script.seed)
        height, width = take.camera.height_px + self.MARGIN_PX, take.camera.width_px + self.MARGIN_PX
        grain = self._random.standard_normal((height, width, 1), np.float32)
        tint = self._random.standard_normal((height // 2, width // 2, 3), np.float32)
        self._field = take.sensor.noise * (grain + 0.5 * cv2.resize(tint, (width, height)))

    def on(self, picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        row, column = self._random.integers(0, self.MARGIN_PX, 2)
        flip = self._random.choice([-1, 1], 2)
        field = self._field[row : row + height, column : column + width][:: flip[0], :: flip[1]]
        soft = cv2.GaussianBlur(picture, (0, 0), self._sensor.blur_px)
        strength = _STRENGTH[soft[..., 1], None]
        noisy = cv2.add(soft, field * strength, dtype=cv2.CV_32F)
        return np.clip(noisy, 0, 255).astype(np.uint8)


_STRENGTH = (1.25 - 0.5 * np.arange(256) / 255).astype(np.float32)  # of the noise, by grey value


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

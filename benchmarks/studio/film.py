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
    """

    noise: float = 2.5
    blur_px: float = 0.6
    quality: int = 21


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
    frames_per_s: int = 30

    def time_s(self) -> Array:
        """(n,) when each frame is taken."""
        return np.arange(round(self.script.length_s() * self.frames_per_s)) / self.frames_per_s


def film(take: Take, video: Path) -> None:
    """Renders the clip and writes its truth beside it, as JSON of the same name."""
    skeleton = Skeleton(make_body(take.build))
    posed = perform(skeleton, take.script, take.time_s())
    video.with_suffix(".json").write_text(as_text(truth(take, posed)), encoding="utf-8")
    studio = open_studio(take, skeleton)
    sensor = Noise(take)
    pictures = (sensor.on(studio.picture(motions)) for motions in posed.motions)
    _encode(pictures, take, video)
    studio.close()


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
        stream = container.add_stream("libx264", rate=take.frames_per_s)
        stream.width, stream.height, stream.pix_fmt = take.camera.width_px, take.camera.height_px, "yuv420p"
        stream.time_base = Fraction(1, 90_000)
        stream.codec_context.time_base = Fraction(1, 90_000)
        stream.options = {"crf": str(take.sensor.quality), "preset": "fast"}
        for picture, time in zip(pictures, take.time_s(), strict=True):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.time_base = Fraction(1, 90_000)
            frame.pts = round(time * 90_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))

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
from benchmarks.studio.movement import Script, perform
from benchmarks.studio.picture import Lamp, Picture, Studio
from benchmarks.studio.scene import Decor, make_room
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
    body = make_body(take.build)
    posed = perform(Skeleton(body), take.script, take.time_s())
    truth_text = json.dumps(truth(take, posed), indent=1) + "\n"
    video.with_suffix(".json").write_text(truth_text, encoding="utf-8")
    studio = Studio(body, take.outfit, make_room(take.decor, take.camera.azimuth_deg), take.camera, take.lamp)
    random = np.random.default_rng(take.script.seed)
    pictures = (_through_sensor(studio.picture(motions), take.sensor, random) for motions in posed.motions)
    _encode(pictures, take, video)
    studio.close()


def truth(take: Take, posed: Posed) -> dict[str, object]:
    """The tested angle in each frame, from posed joint centres, and its repetitions."""
    time = np.round(take.time_s(), 4)
    script = take.script
    angle = np.round(angle_deg(script.movement, script.side, posed.joints_m), 2) + 0.0  # no -0.0
    repetitions = []
    for start, _, end in script.windows_s():
        inside = np.flatnonzero((time >= start) & (time <= end))
        peak = inside[np.argmax(angle[inside])]
        repetitions.append({
            "start_s": float(time[inside[0]]), "peak_s": float(time[peak]), "end_s": float(time[inside[-1]]),
            "peak_deg": float(angle[peak]),
        })  # fmt: skip
    return {
        "movement": script.movement, "side": script.side, "mode": "active",
        "time_s": time.tolist(), "angle_deg": angle.tolist(), "repetitions": repetitions,
    }  # fmt: skip


def _through_sensor(picture: Picture, sensor: Sensor, random: np.random.Generator) -> Picture:
    """Softened by the lens; noise that is stronger in the dark, as after a phone's tone curve."""
    soft = cv2.GaussianBlur(picture, (0, 0), sensor.blur_px).astype(np.float32)
    grain = random.standard_normal(soft.shape[:2], np.float32)[..., None]
    tint = cv2.resize(
        random.standard_normal((soft.shape[0] // 2, soft.shape[1] // 2, 3), np.float32), soft.shape[1::-1]
    )
    noise = sensor.noise * (1.25 - 0.5 * soft / 255)
    return np.clip(soft + noise * (grain + 0.5 * tint), 0, 255).astype(np.uint8)


def _encode(pictures, take: Take, video: Path) -> None:
    with av.open(str(video), "w") as container:
        stream = container.add_stream("libx264", rate=take.frames_per_s)
        stream.width, stream.height, stream.pix_fmt = take.camera.width_px, take.camera.height_px, "yuv420p"
        stream.time_base = Fraction(1, 90_000)
        stream.codec_context.time_base = Fraction(1, 90_000)
        stream.options = {"crf": str(take.sensor.quality), "preset": "medium"}
        for picture, time in zip(pictures, take.time_s(), strict=True):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.time_base = Fraction(1, 90_000)
            frame.pts = round(time * 90_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))

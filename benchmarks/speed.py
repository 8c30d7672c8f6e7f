"""Frames a second of a whole measurement against the plain loop, on the same clip, in one run.

The plain loop is what one writes first: OpenCV reads, one heavy landmarker in VIDEO mode looks, with the networks
as Google ships them, nothing else.
Each way runs in a process of its own, in turn; medians over the rounds are compared, since a machine with
neighbours is noisy.

    python benchmarks/speed.py [CLIP] [--rounds 3] [--workers 2]
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import av

from rom_vision.capture import pose_model
from rom_vision.capture.bundle import with_normalisation, write_bundle
from rom_vision.capture.npm_package import fetched, verified

CACHE = Path(__file__).parent / "cache"
SAMPLE = Path(__file__).parents[1] / "sample_videos" / "left_shoulder_abduction.mp4"


def plain(clip: Path, workers: int) -> int:
    """The plain loop; returns the frames looked at."""
    import cv2
    import mediapipe
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(as_shipped())),
        running_mode=vision.RunningMode.VIDEO,
    )
    video, frames = cv2.VideoCapture(str(clip)), 0
    frame_ms = 1000 / video.get(cv2.CAP_PROP_FPS)
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        while True:
            read, image = video.read()
            if not read:
                return frames
            rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            landmarker.detect_for_video(
                mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb), round(frames * frame_ms)
            )
            frames += 1


def as_shipped() -> Path:
    """The heavy bundle with everything that the package's networks hold; made once."""
    bundle = CACHE / "pose_heavy_as_shipped.task"
    if not bundle.exists():
        CACHE.mkdir(exist_ok=True)
        with TemporaryDirectory() as folder:
            package = fetched(pose_model.PACKAGE, Path(folder))
            detector = verified(package, pose_model.DETECTOR)
            landmarks = verified(package, pose_model.LANDMARKS["heavy"])
        files = {
            pose_model.DETECTOR_FILE: with_normalisation(detector, "pose", mean=127.5, std=127.5),
            pose_model.LANDMARKS_FILE: with_normalisation(landmarks, "pose", mean=0.0, std=255.0),
        }
        write_bundle(bundle, files)
    return bundle


def whole(clip: Path, workers: int) -> int:
    """The whole measurement; returns the frames looked at."""
    from rom_vision.measure import measure
    from rom_vision.movements import movement_test

    return len(measure(clip, movement_test("shoulder_abduction"), "left", workers=workers).landmarks.time_s)


WAYS = {"plain loop": plain, "rom_vision": whole}


def run(way: str, clip: Path, workers: int) -> None:
    """One way, in this process; prints frames, seconds and peak memory as JSON."""
    started = time.perf_counter()
    frames = WAYS[way](clip, workers)
    seconds = time.perf_counter() - started
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    cpu_s = sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, who))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # of the largest child: taken as the size of every worker
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * workers if way == "rom_vision" else 0
    print(json.dumps({"frames": frames, "seconds": seconds, "cpu_s": cpu_s, "memory_mb": (own + child) / 1024}))


def in_a_process(way: str, clip: Path, workers: int) -> dict[str, float]:
    command = [sys.executable, __file__, str(clip), "--workers", str(workers), "--way", way]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clip", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        run(options.way, options.clip, options.workers)
        return
    as_shipped()  # before any clock runs
    with TemporaryDirectory() as folder:
        compare(longer(options.clip, Path(folder)), options.rounds, options.workers)


def longer(clip: Path, folder: Path, seconds: float = 60.0) -> Path:
    """The clip over and over, to the length that therapists film, so that starting up does not count for much."""
    out = folder / "longer.mp4"
    with av.open(str(clip)) as source, av.open(str(out), "w") as film:
        given = source.streams.video[0]
        stream, offset = film.add_stream_from_template(given), 0
        packets = [packet for packet in source.demux(given) if packet.dts is not None]
        times = [(packet.pts, packet.dts) for packet in packets]
        length = max(pts for pts, _ in times) + packets[-1].duration
        while offset * given.time_base < seconds:
            for packet, (pts, dts) in zip(packets, times, strict=True):
                packet.stream, packet.pts, packet.dts = stream, pts + offset, dts + offset
                film.mux(packet)
            offset += length
    return out


def compare(clip: Path, rounds: int, workers: int) -> None:
    speeds: dict[str, list[float]] = {way: [] for way in WAYS}
    for round_ in range(1, rounds + 1):
        for way in WAYS:
            result = in_a_process(way, clip, workers)
            speeds[way].append(result["frames"] / result["seconds"])
            print(
                f"round {round_}  {way:11} {result['frames']:5.0f} frames  {result['seconds']:6.1f} s  "
                f"{speeds[way][-1]:5.1f} frames/s  {1000 * result['cpu_s'] / result['frames']:4.0f} ms CPU "
                f"peak {result['memory_mb']:5.0f} MB"
            )
    median = {way: statistics.median(values) for way, values in speeds.items()}
    print(f"ratio {median['rom_vision'] / median['plain loop']:.2f}")


if __name__ == "__main__":
    main()

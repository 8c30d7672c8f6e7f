"""`python -m benchmarks.studio samples` renders all sample clips and their truth into sample_videos/."""

import argparse
import time
from pathlib import Path

from benchmarks.studio.film import film
from benchmarks.studio.samples import SAMPLES

SAMPLE_VIDEOS = Path(__file__).resolve().parents[2] / "sample_videos"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.studio", description=__doc__)
    parser.add_argument("what", choices=["samples"])
    parser.add_argument("--only", choices=sorted(SAMPLES), help="this one alone")
    parser.add_argument("--out", type=Path, default=SAMPLE_VIDEOS, help="folder to write to")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    for name, take in SAMPLES.items():
        if chosen.only in (None, name):
            began = time.monotonic()
            film(take, chosen.out / f"{name}.mp4")
            print(f"{name}: {len(take.time_s()) / (time.monotonic() - began):.1f} frames/s")


if __name__ == "__main__":
    main()

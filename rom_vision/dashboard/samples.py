"""The work of the sample client: every sample video, measured by the real pipeline and kept."""

import json
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rom_vision.exchange import captions
from rom_vision.exchange.overlay import write_overlay
from rom_vision.measure import Measurement, measure
from rom_vision.movements import Mode, MovementTest, Side, movement_test
from rom_vision.progress import Progress
from rom_vision.records import Record

SAMPLE_CLIENT = "Sample client"
SAMPLES = Path(__file__).parents[2] / "sample_videos"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """One sample video and what it shows."""

    video: Path
    test: MovementTest
    side: Side | None
    mode: Mode

    @classmethod
    def all_in(cls, folder: Path) -> list["Sample"]:
        """The clips of a folder that have a JSON of their truth beside them."""
        found = []
        for video in sorted(folder.glob("*.mp4")):
            truth = json.loads(video.with_suffix(".json").read_text())
            test = movement_test(truth["movement"])
            found.append(cls(video=video, test=test, side=truth["side"], mode=truth["mode"]))
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleClient:
    """The sample client, to be made once; when it is stopped or fails, nothing of it is left.

    Attributes:
        who: asked for it, for the audit.
    """

    who: str
    folder: Path = SAMPLES

    def run(self, on_progress: Progress) -> None:
        """Measure all samples, then keep them.

        Raises:
            RomVisionError: as `measure` and the record do.
        """
        samples = Sample.all_in(self.folder)
        with Record.open(who=self.who) as record, TemporaryDirectory() as scratch:
            if any(client.name == SAMPLE_CLIENT for client in record.clients()):
                return
            measured = []
            for number, sample in enumerate(samples, start=1):
                name = captions.title(sample.test, sample.side, sample.mode)
                told = _within(on_progress, f"{number} of {len(samples)}, {name}")
                measurement = measure(sample.video, sample.test, sample.side, sample.mode, on_progress=told)
                overlay = Path(scratch) / f"{number}.mp4"
                write_overlay(measurement, sample.video, overlay, told)
                measured.append((measurement, sample.video, overlay))
            _keep(record, measured)

    def drop(self) -> None:
        """Nothing is pending: the videos belong to the program."""


def _keep(record: Record, measured: list[tuple[Measurement, Path, Path]]) -> None:
    """All of it, or nothing."""
    with ExitStack() as on_failure:
        client = record.add_client(SAMPLE_CLIENT)
        on_failure.callback(record.erase_client, client.id)
        for measurement, video, overlay in measured:
            record.keep(client.id, measurement, video, overlay=overlay)
        on_failure.pop_all()


def _within(on_progress: Progress, clip: str) -> Progress:
    """The progress of one clip, told as that of all."""
    return lambda doing, done, of: on_progress(f"{clip}: {doing[0].lower()}{doing[1:]}", done, of)

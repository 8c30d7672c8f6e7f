"""The sample client: every sample video, measured by the real pipeline and kept."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rom_vision.jobs import GuardedJobs, Job, Order
from rom_vision.movements import Mode, Side
from rom_vision.records import Client, Record

SAMPLE_CLIENT = "Sample client"
SAMPLES = Path(__file__).parents[2] / "sample_videos"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """One sample video and what it shows."""

    video: Path
    movement: str
    side: Side | None
    mode: Mode

    @classmethod
    def all_in(cls, folder: Path) -> list["Sample"]:
        """The clips of a folder that have a JSON of their truth beside them."""
        found = []
        for video in sorted(folder.glob("*.mp4")):
            truth = json.loads(video.with_suffix(".json").read_text())
            found.append(cls(video=video, movement=truth["movement"], side=truth["side"], mode=truth["mode"]))
        return found


def load(record: Record, jobs: GuardedJobs, folder: Path = SAMPLES) -> None:
    """Add the sample client, unless there is one, and put the samples in the queue."""
    if _sample_client(record.clients()) is None:
        client = record.add_client(SAMPLE_CLIENT)
        for sample in Sample.all_in(folder):
            order = Order(client.id, sample.movement, sample.side, sample.mode, keep=True)
            jobs.submit(order, sample.video, move=False)


def under_way(jobs: GuardedJobs, clients: Sequence[Client]) -> list[Job]:
    """The samples in the queue, those that are done too; none once all are."""
    client = _sample_client(clients)
    found = [job for job in jobs.jobs() if client and job.order.client_id == client.id and job.order.keep]
    return found if any(job.state in ("waiting", "running", "failed") for job in found) else []


def take_back(record: Record, jobs: GuardedJobs) -> None:
    """Stop what is under way, and put the sample client into the recycle bin."""
    client = _sample_client(record.clients())
    for job in under_way(jobs, record.clients()):
        jobs.forget(job.id)
    if client:
        record.remove_client(client.id)


def _sample_client(clients: Sequence[Client]) -> Client | None:
    return next((client for client in clients if client.name == SAMPLE_CLIENT), None)

"""The commands of the queue: workers on other machines, and the clips of a study."""

import argparse
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from rom_vision.capture.pose_model import DEFAULT_SIZE
from rom_vision.errors import UsageError
from rom_vision.exchange import captions
from rom_vision.jobs import Job, Jobs, Order, store
from rom_vision.jobs.batch import Batch, clips_in, order_from
from rom_vision.jobs.supervisor import Supervisor
from rom_vision.movements import MODES, SIDES
from rom_vision.records import Record
from rom_vision.records.audit import who_is_at_work

DONE, NOT_ALL = 0, 1


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    worker = commands.add_parser("worker", help="measure what others put in the queue, until it is stopped")
    worker.set_defaults(command=_worker)
    worker.add_argument("--workers", type=_count, default=1, metavar="N", help="clips at a time; 1 by default")

    batch = commands.add_parser("batch", help="measure all clips of a folder, into one table; may be broken off")
    batch.set_defaults(command=_batch)
    batch.add_argument("folder", type=Path, metavar="FOLDER")
    batch.add_argument("--list", type=Path, metavar="CSV", help="with the columns file, movement, side, mode")
    batch.add_argument("--movement", metavar="ID", help="of all clips, where there is no list")
    batch.add_argument("--side", choices=SIDES)
    batch.add_argument("--mode", choices=MODES, default="active")
    batch.add_argument("--model", default=DEFAULT_SIZE, help="lite, full, heavy (default), or an own .task file")
    batch.add_argument("--camera", metavar="NAME", help="that filmed them, see rom-vision cameras")
    batch.add_argument("--client", metavar="ID", help="keep what is accepted in this client's record")
    batch.add_argument("--out", type=Path, metavar="CSV", help="the results; results.csv in the folder by default")
    batch.add_argument(
        "--workers", type=_count, default=1, metavar="N",
        help="to start here for that time; 0 leaves it to those that run already",
    )  # fmt: skip


def _count(text: str) -> int:
    if int(text) < 0:
        raise argparse.ArgumentTypeError("at least 0")
    return int(text)


def _worker(options: argparse.Namespace) -> int:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with Jobs.open() as jobs:
        print("Waiting for clips. Ctrl-C ends it; what is under way goes back into the queue.", flush=True)
        Supervisor(lambda: jobs, options.workers).run(stop)
    return DONE


def _batch(options: argparse.Namespace) -> int:
    if (options.list is None) == (options.movement is None):
        raise UsageError("It is not said what the clips show.", remedy="Give --movement, or --list with a table.")
    if options.client and os.environ.get(store.SETTING):
        raise UsageError(
            "Where several machines share the work, nothing is kept in a record at once.",
            remedy=f"Leave --client out, or do it on one machine, without {store.SETTING}.",
        )
    if options.client:
        with Record.open() as record:
            record.client(options.client)  # a wrong id is told before the work, not after
    default = Order(
        options.client, options.movement or "", options.side, options.mode, options.model, options.camera
    )
    clips = clips_in(options.folder, options.list, lambda row: order_from(row, default))
    out = options.out or options.folder / "results.csv"
    with Jobs.open() as jobs:
        batch = Batch(jobs, clips, out, who_is_at_work(None))
        with _working(jobs, options.workers), tqdm(total=len(clips), unit=" clips", disable=None) as bar:

            def told(done: int, under_way: Sequence[Job]) -> None:
                bar.update(done - bar.n)
                bar.set_postfix_str(", ".join(_doing(job) for job in under_way))

            rows = batch.run(told)
    counts = {result: sum(row.result == result for row in rows) for result in ("measured", "refused", "failed")}
    print(f"{', '.join(f'{count} {result}' for result, count in counts.items())}: {out}")
    return DONE if counts["failed"] == 0 and len(rows) == len(clips) else NOT_ALL


def _doing(job: Job) -> str:
    title = captions.title(job.order.test, job.order.side, job.order.mode)
    return f"{title} {job.share:.0%}"


@contextmanager
def _working(jobs: Jobs, workers: int) -> Iterator[None]:
    """Workers of this machine, as long as this lasts."""
    stop = threading.Event()
    thread = threading.Thread(target=Supervisor(lambda: jobs, workers).run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()

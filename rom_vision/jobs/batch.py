"""The clips of a study: put in the queue, waited for, and their results written into one table."""

import csv
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import cast

from rom_vision.capture.video import video_digest
from rom_vision.errors import UsageError
from rom_vision.exchange.csv_rows import csv_rows
from rom_vision.exchange.results_table import no_formula
from rom_vision.exchange.whole_file import written_whole
from rom_vision.jobs.jobs import CLIP_TYPES, Jobs
from rom_vision.jobs.order import Job, Order
from rom_vision.measure import Measurement
from rom_vision.movements import Mode, Side

LOOK_EVERY_S = 0.5
AT_ONCE = 20  # in the queue: each is copied into the store, and others want their turn too
NEEDED, OPTIONAL = ("file", "movement"), ("side", "mode")
Key = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Clip:
    """A clip of the study and what is to be measured in it.

    Attributes:
        name: as it stands in the table of results.
    """

    name: str
    video: Path
    order: Order


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of the table of results.

    Attributes:
        result: `measured`, `refused` by quality, or `failed`.
        peak_deg, uncertainty_deg, mean_peak_deg, range_deg: as of a measurement; empty where there is no number.
        remarks: what is wrong with it, or why it failed.
    """

    file: str
    movement: str
    side: str
    mode: str
    result: str
    peak_deg: str
    uncertainty_deg: str
    mean_peak_deg: str
    range_deg: str
    repetitions: str
    remarks: str
    model: str
    camera: str
    video_sha256: str

    @property
    def key(self) -> Key:
        """What tells one measurement from another."""
        return (self.video_sha256, self.movement, self.side, self.mode, self.model, self.camera)


COLUMNS = tuple(field.name for field in fields(Row))


def clips_in(folder: Path, listed: Path | None, order_of: Callable[[Mapping[str, str]], Order]) -> list[Clip]:
    """The clips of a folder, or those of them that a table lists.

    Args:
        listed: CSV with the columns file, movement, and where they have any, side and mode.
        order_of: a row of that table, or an empty one -> what is to be done.
    Raises:
        UsageError: the table can't be read, or a clip or movement test that it names does not exist.
    """
    if listed is None:
        videos = sorted(path for path in folder.rglob("*") if path.suffix.lower().lstrip(".") in CLIP_TYPES)
        rows = [{"file": path.relative_to(folder).as_posix()} for path in videos]
    else:
        rows = [_checked(line, row, folder) for line, row in csv_rows(listed, NEEDED, OPTIONAL)]
    if not rows:
        raise UsageError(f"There are no clips in {folder}.", remedy=f"They end in {', '.join(CLIP_TYPES)}.")
    clips = [Clip(name=row["file"], video=folder / row["file"], order=order_of(row)) for row in rows]
    for clip in clips:
        clip.order.check()  # all of it is told before the first is measured
    return clips


def _checked(line: int, row: Mapping[str, str], folder: Path) -> dict[str, str]:
    if not row:
        raise UsageError(f"Line {line} has more or fewer cells than the head.", remedy="Put commas in quotes.")
    if not (folder / row["file"]).is_file():
        raise UsageError(f"Line {line}: there is no {row['file']} in {folder}.", remedy="Correct the table.")
    return dict(row)


class Batch:
    """The measurement of many clips, which may be broken off and taken up again.

    What the table of results holds is not measured again, whatever the clip is called by now, unless it failed;
    what is in the queue from an earlier time is waited for.
    """

    def __init__(self, jobs: Jobs, clips: Sequence[Clip], out: Path, by: str) -> None:
        self._jobs, self._clips, self._out, self._by = jobs, clips, out, by
        self._known = _read(out) if out.exists() else {}
        self._keys = {clip.name: _key(clip.order, video_digest(clip.video)) for clip in clips}
        by_key = {self._keys[clip.name]: clip for clip in clips}  # a clip that is there twice is measured once
        self._todo = deque((key, clip) for key, clip in by_key.items() if key not in self._known)
        self._open: dict[str, Key] = {}

    def run(self, on_progress: Callable[[int, Sequence[Job]], None]) -> list[Row]:
        """Measure what is not measured yet.

        Args:
            on_progress: told how many clips are done, and what is being worked on.
        Returns:
            the rows of all clips, which stand in the table too.
        """
        earlier = {_key(job.order, job.video_sha256): job.id for job in self._jobs.jobs() if job.by == self._by}
        while self._todo or self._open:
            while self._todo and len(self._open) < AT_ONCE:
                key, clip = self._todo.popleft()
                job_id = earlier.get(key) or self._jobs.submit(clip.order, clip.video, self._by, move=False)
                self._open[job_id] = key
            jobs = [job for job in self._jobs.jobs() if job.id in self._open]
            self._take_in(jobs)
            on_progress(len(self._rows()), [job for job in jobs if job.state == "running"])
            time.sleep(LOOK_EVERY_S)
        self._write()
        return self._rows()

    def _take_in(self, jobs: Sequence[Job]) -> None:
        """Writes down those that are over, and lets go of them."""
        over = [job for job in jobs if job.over]
        for job in over:
            self._known[self._open[job.id]] = _row(job, self._jobs)
        if over:
            self._write()
        for job in over:
            self._jobs.forget(job.id)  # now that its row is on the disk
        gone = self._open.keys() - {job.id for job in jobs}  # somebody took it out of the queue
        for job_id in [*gone, *(job.id for job in over)]:
            del self._open[job_id]

    def _rows(self) -> list[Row]:
        """Of those that are over, in the order of the clips and under their names."""
        known = [(clip.name, self._known.get(self._keys[clip.name])) for clip in self._clips]
        return [Row(**{**asdict(row), "file": name}) for name, row in known if row]

    def _write(self) -> None:
        with written_whole(self._out) as part, part.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            table.writeheader()
            for row in self._rows():
                table.writerow({name: no_formula(cell) for name, cell in asdict(row).items()})


def _read(out: Path) -> dict[Key, Row]:
    rows = [Row(**row) for _, row in csv_rows(out, COLUMNS) if row]
    return {row.key: row for row in rows if row.result != "failed"}


def _key(order: Order, video_sha256: str) -> Key:
    return (video_sha256, order.movement, order.side or "", order.mode, order.model, order.camera or "")


def _row(job: Job, jobs: Jobs) -> Row:
    measurement = jobs.outcome(job.id).measurement if job.state == "done" else None
    order = job.order
    remarks = [p.message for p in measurement.problems] if measurement else [f"{job.message} {job.remedy}".strip()]
    return Row(
        file="",
        movement=order.movement,
        side=order.side or "",
        mode=order.mode,
        result="failed" if measurement is None else "measured" if measurement.accepted else "refused",
        remarks=" ".join(remarks),
        model=order.model,
        camera=order.camera or "",
        video_sha256=job.video_sha256,
        **_numbers(measurement),
    )


def _numbers(measurement: Measurement | None) -> dict[str, str]:
    accepted = measurement is not None and measurement.accepted
    names = ("peak_deg", "uncertainty_deg", "mean_peak_deg", "range_deg")
    numbers = {name: getattr(measurement, name) if accepted else None for name in names}
    told = {name: "" if number is None else f"{number:.2f}" for name, number in numbers.items()}
    return told | {"repetitions": str(len(measurement.repetitions)) if measurement and accepted else ""}


def order_from(row: Mapping[str, str], default: Order) -> Order:
    """What a row of the list says; where it says nothing, the default."""
    return Order(
        default.client_id,
        row.get("movement") or default.movement,
        cast(Side | None, row.get("side") or (default.side if "movement" not in row else None)),
        cast(Mode, row.get("mode") or default.mode),
        model=default.model,
        camera=default.camera,
        keep=default.client_id is not None,
    )

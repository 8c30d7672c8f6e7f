"""The table of jobs: whatever is true of a job stands here, and every change is one step that happens or does not.

A worker that has a job writes only where the row still names it as the worker: one that fell silent, and whose job
was given to another, can spoil nothing.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Double, Engine, func, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session as Transaction

from rom_vision.errors import RomVisionError
from rom_vision.jobs.order import STATES, Job, Order
from rom_vision.records.database import in_words, writing
from rom_vision.records.tables_clinical import IdentityRow
from rom_vision.records.tables_jobs import JobRow

MOST_ATTEMPTS = 2
LEASE_S = 15.0
"""A worker that has said nothing for so long is taken for dead."""
FELL_SILENT = "The measurement broke off in the middle, twice."
FELL_SILENT_REMEDY = "Close other programs to free memory, or film a shorter clip, and try again."
FORGOTTEN_AFTER = timedelta(days=30)  # what nobody came back for
UNFINISHED_AFTER = timedelta(days=1)  # what was stopped, was kept in the record, or never arrived whole


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A job in the hands of a worker."""

    job_id: str
    worker: str
    order: Order
    by: str
    video_name: str
    video_sha256: str
    attempt: int


@dataclass(frozen=True, slots=True, eq=False)
class JobTable:
    """The table in one database."""

    engine: Engine

    def record_id(self) -> str:
        """What the record is called outside the database."""
        with self._reading() as db:
            return db.scalars(select(IdentityRow.id)).one()

    def add(self, job_id: str, order: Order, by: str, video_name: str, video_sha256: str) -> None:
        """A job whose clip is on its way; nobody sees it before `arrived`."""
        with self._writing() as db:
            db.add(
                JobRow(
                    id=job_id, client_id=order.client_id, by=by, work=order.to_json(), video_name=video_name,
                    video_sha256=video_sha256, covers_id=order.covers, state="arriving", doing="", done=0, of=None,
                    attempts=0, worker=None, lease_until_s=0.0, stop=False, message="", remedy="",
                    submitted_at=datetime.now(UTC), over_at=None, kept_id=None,
                )
            )  # fmt: skip

    def arrived(self, job_id: str) -> None:
        """Its clip is there: it waits for its turn."""
        self._change([JobRow.id == job_id, JobRow.state == "arriving"], state="waiting")

    def jobs(self, *where: ColumnElement[bool]) -> list[Job]:
        """Those for which this holds, in order."""
        with self._reading() as db:
            # the jobs that are not over, of which the place in the queue is counted
            line = db.execute(
                select(JobRow.number, JobRow.state)
                .where(JobRow.state.in_(("waiting", "running")), JobRow.covers_id.is_(None))
            )  # fmt: skip
            ahead = sorted((state == "waiting", number) for number, state in line)  # who runs is ahead of all
            rows = db.scalars(select(JobRow).where(JobRow.state.in_(STATES), *where).order_by(JobRow.number))
            return [_job(row, ahead) for row in rows]

    def video_name(self, job_id: str) -> str | None:
        """What its clip is called in the store."""
        with self._reading() as db:
            return db.scalar(select(JobRow.video_name).where(JobRow.id == job_id))

    def cancel(self, job_id: str) -> bool:
        """Stop it, at once where it waits; says whether it is stopped already."""
        at_once = self._change([JobRow.id == job_id, JobRow.state == "waiting"], **_over("stopped"))
        self._change([JobRow.id == job_id, JobRow.state == "running"], stop=True)
        return at_once > 0

    def again(self, job_id: str) -> bool:
        """Put a job that failed back into the queue, as if it were new; says whether it was one."""
        anew = {"state": "waiting", "attempts": 0, "message": "", "remedy": "", "over_at": None}
        return self._change([JobRow.id == job_id, JobRow.state == "failed"], **anew) > 0

    def kept(self, job_id: str, measurement_id: int) -> None:
        """Note that its measurement is in the record."""
        self._change([JobRow.id == job_id], kept_id=measurement_id)

    def remove(self, job_id: str) -> None:
        """Take the row away; none there is no matter."""
        with self._writing() as db:
            row = db.scalar(select(JobRow).where(JobRow.id == job_id))
            if row is not None:
                db.delete(row)

    def claim(self, worker: str) -> Claim | None:
        """Give the job that has waited longest to a worker; None where none waits.

        For a measurement somebody waits; films are covered when there is nothing else to do.
        """
        while (first := self._first_waiting()) is not None:
            row = {
                "state": "running",
                "worker": worker,
                "attempts": first.attempt,
                "doing": "",
                "done": 0,
                "of": None,
            }
            mine = [JobRow.id == first.job_id, JobRow.state == "waiting"]  # another may have been faster
            if self._change(mine, lease_until_s=self._now_s() + LEASE_S, **row):
                return replace(first, worker=worker)
        return None

    def beat(self, claim: Claim, doing: str, done: int, of: int | None) -> bool:
        """Tell that its worker is alive and how far it is; says whether to go on."""
        told = {"doing": doing, "done": done, "of": of, "lease_until_s": self._now_s() + LEASE_S}
        return self._change([*_held(claim), JobRow.stop.is_(False)], **told) > 0

    def finish(self, claim: Claim) -> bool:
        """It is done; says whether it was still this worker's."""
        return self._change(_held(claim), **_over("done")) > 0

    def stopped(self, claim: Claim) -> bool:
        """It was told to stop, and has; says whether it was still this worker's."""
        return self._change([*_held(claim), JobRow.stop.is_(True)], **_over("stopped")) > 0

    def failed(self, claim: Claim, problem: RomVisionError, *, again: bool) -> None:
        """It could not be done; it may be tried once more, if that has not been."""
        if again and claim.attempt < MOST_ATTEMPTS:
            self._change(_held(claim), state="waiting", worker=None)
        else:
            self._change(_held(claim), **_over("failed"), message=problem.message, remedy=problem.remedy)

    def hand_back(self, worker: str) -> None:
        """A worker that has to end gives back what it has; that is nobody's failure."""
        self._change(
            [JobRow.worker == worker, JobRow.state == "running"],
            state="waiting", worker=None, attempts=JobRow.attempts - 1,
        )  # fmt: skip

    def expire(self, worker: str) -> None:
        """A worker is known to be dead: no need to wait until its lease has run out."""
        self._change([JobRow.worker == worker, JobRow.state == "running"], lease_until_s=0.0)

    def sweep(self) -> None:
        """Take the jobs back from workers that fell silent: another try, or an end."""
        silent = [JobRow.state == "running", JobRow.lease_until_s < self._now_s()]
        with self._reading() as db:
            if db.scalar(select(JobRow.number).where(*silent).limit(1)) is None:
                return  # this is asked often: no lock for nothing
        self._change([*silent, JobRow.stop.is_(True)], **_over("stopped"))
        why = {"message": FELL_SILENT, "remedy": FELL_SILENT_REMEDY}
        self._change([*silent, JobRow.attempts >= MOST_ATTEMPTS], **_over("failed"), **why)
        self._change(silent, state="waiting", worker=None)

    def waiting(self) -> int:
        """How many jobs wait for a worker."""
        with self._reading() as db:
            return db.scalar(select(func.count()).where(JobRow.state == "waiting")) or 0

    def workers(self) -> set[str]:
        """Those that have a job at the moment."""
        with self._reading() as db:
            return {name for name in db.scalars(select(JobRow.worker)) if name}

    def ids(self) -> set[str]:
        """Of all jobs, those on their way too."""
        with self._reading() as db:
            return set(db.scalars(select(JobRow.id)))

    def stale_ids(self) -> list[str]:
        """Of the jobs that nobody needs any more."""
        now = datetime.now(UTC)
        over = JobRow.over_at.is_not(None)
        unfinished = (JobRow.state == "stopped") | JobRow.kept_id.is_not(None)
        # a covered film waits for a therapist as long as it takes
        old = over & (JobRow.over_at < now - FORGOTTEN_AFTER) & JobRow.covers_id.is_(None)
        done_with = over & unfinished & (JobRow.over_at < now - UNFINISHED_AFTER)
        lost = (JobRow.state == "arriving") & (JobRow.submitted_at < now - UNFINISHED_AFTER)
        with self._reading() as db:
            return list(db.scalars(select(JobRow.id).where(old | done_with | lost)))

    def _first_waiting(self) -> Claim | None:
        with self._reading() as db:
            waiting = select(JobRow).where(JobRow.state == "waiting")
            waiting = waiting.order_by(JobRow.covers_id.is_not(None), JobRow.number).limit(1)
            row = db.scalar(waiting)
            return None if row is None else Claim(
                job_id=row.id, worker="", order=Order.from_json(row.work), by=row.by, video_name=row.video_name,
                video_sha256=row.video_sha256, attempt=row.attempts + 1,
            )  # fmt: skip

    def _now_s(self) -> ColumnElement[float]:
        """The database's clock, which is the same for all machines."""
        if self.engine.dialect.name == "sqlite":
            return (func.julianday("now") - 2440587.5) * 86400.0
        return sql_cast(func.extract("epoch", func.clock_timestamp()), Double)

    def _change(self, where: Collection[ColumnElement[bool]], **values: Any) -> int:
        """Change the rows for which all of this holds; gives how many there were."""
        columns = {getattr(JobRow, name): value for name, value in values.items()}
        with self._writing() as db:
            changed = db.execute(update(JobRow).where(*where).values(columns).execution_options(
                synchronize_session=False))  # fmt: skip
            return cast(CursorResult[Any], changed).rowcount

    @contextmanager
    def _reading(self) -> Iterator[Transaction]:
        with in_words(self.engine.url), Transaction(self.engine) as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[Transaction]:
        with in_words(self.engine.url), Transaction(writing(self.engine)) as db, db.begin():
            yield db


def _held(claim: Claim) -> list[ColumnElement[bool]]:
    return [JobRow.id == claim.job_id, JobRow.worker == claim.worker, JobRow.state == "running"]


def _over(state: str) -> dict[str, Any]:
    return {"state": state, "worker": None, "over_at": datetime.now(UTC)}


def _job(row: JobRow, line: list[tuple[bool, int]]) -> Job:
    return Job(
        id=row.id,
        order=Order.from_json(row.work),
        by=row.by,
        state=cast(Any, row.state),
        doing=row.doing,
        done=row.done,
        of=row.of,
        before=bisect_left(line, (True, row.number)) if row.state == "waiting" else 0,
        message=row.message,
        remedy=row.remedy,
        attempts=row.attempts,
        video_sha256=row.video_sha256,
        stopping=row.stop and row.state == "running",
        kept_id=row.kept_id,
        submitted_at=row.submitted_at,
    )

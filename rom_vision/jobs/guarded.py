"""The queue as an account may use it."""

from dataclasses import dataclass
from pathlib import Path

from rom_vision.accounts import Account
from rom_vision.edits import Edits
from rom_vision.errors import NotAllowedError
from rom_vision.jobs.covering import Covered, covered
from rom_vision.jobs.jobs import Jobs
from rom_vision.jobs.order import Job, Order, Outcome
from rom_vision.measure import Measurement


@dataclass(frozen=True, slots=True, eq=False)
class GuardedJobs:
    """The jobs that an account may see: who writes records, all of the clients; others, what they filmed.

    A job that is not theirs is to them as one that is not there.
    """

    _jobs: Jobs
    account: Account

    @property
    def keep_themselves(self) -> bool:
        """Whether an order that says so is kept by its worker; see `Order.keep`."""
        return not self._jobs.store.shared

    def submit(self, order: Order, video: Path, *, move: bool = True) -> str:
        """Put a clip in the queue, see `Jobs.submit`.

        Raises:
            NotAllowedError: they may not film this client.
        """
        self.account.demand("write" if order.exercise_id is None else "film", order.client_id)
        return self._jobs.submit(order, video, self.account.user_name, move=move)

    def job(self, job_id: str | None) -> Job | None:
        """How a job stands; None where there is none of that id, or it is not theirs."""
        job = self._jobs.job(job_id)
        return job if job and job.order.covers is None and self._theirs(job) else None

    def jobs(self) -> list[Job]:
        """All that are theirs, oldest first."""
        return [job for job in self._jobs.jobs() if self._theirs(job)]

    def cancel(self, job_id: str) -> None:
        """Stop a job."""
        self._demand(job_id)
        self._jobs.cancel(job_id)

    def again(self, job_id: str) -> None:
        """Let a job that failed be tried again."""
        self._demand(job_id)
        self._jobs.again(job_id)

    def forget(self, job_id: str) -> None:
        """Delete a job with all its files; one that is gone is no matter."""
        if self._jobs.job(job_id) is not None:
            self._demand(job_id)
            self._jobs.forget(job_id)

    def outcome(self, job_id: str) -> Outcome:
        """What came of a job, see `Jobs.outcome`."""
        self._demand(job_id)
        return self._jobs.outcome(job_id)

    def replace_outcome(self, job_id: str, measurement: Measurement) -> None:
        """Put another measurement in its place, see `Jobs.replace_outcome`."""
        self._demand(job_id)
        self._jobs.replace_outcome(job_id, measurement)

    def edits(self, job_id: str) -> Edits:
        """What was changed by hand, see `Jobs.edits`."""
        self._demand(job_id)
        return self._jobs.edits(job_id)

    def change_edits(self, job_id: str, edits: Edits) -> None:
        """Keep what was changed by hand, see `Jobs.change_edits`.

        Raises:
            NotAllowedError: they may not change what was measured.
        """
        self.account.demand("write")
        self._demand(job_id)
        self._jobs.change_edits(job_id, edits)

    def kept(self, job_id: str, measurement_id: int) -> None:
        """Note that it was kept, see `Jobs.kept`."""
        self._demand(job_id)
        self._jobs.kept(job_id, measurement_id)

    def coverings(self) -> list[Job]:
        """The films whose faces are to be covered, oldest first.

        Raises:
            NotAllowedError: they may not decide about films.
        """
        self.account.demand("write")
        return [job for job in self._jobs.coverings() if self._theirs(job)]

    def covered(self, job_id: str) -> Covered:
        """What came of covering a film, see `covering.covered`."""
        self._demand_covering(job_id)
        return covered(self._jobs, job_id)

    def cover_again(self, job_id: str) -> None:
        """Let a film that could not be covered be tried again."""
        self._demand_covering(job_id)
        self._jobs.again(job_id)

    def forget_covering(self, job_id: str) -> None:
        """A film is decided about: let go of what was made for that."""
        self._demand_covering(job_id)
        self._jobs.forget(job_id)

    def _demand_covering(self, job_id: str) -> None:
        if job_id not in {job.id for job in self.coverings()}:
            raise NotAllowedError(
                "There is no such film of yours.", remedy="Go back and choose one from the list."
            )

    def _theirs(self, job: Job) -> bool:
        may = self.account.may("write") or job.by == self.account.user_name
        return may and (job.order.client_id is None or self.account.sees(job.order.client_id))

    def _demand(self, job_id: str) -> None:
        if self.job(job_id) is None:
            raise NotAllowedError(
                "There is no such clip of yours.", remedy="Go back and choose one from the list."
            )

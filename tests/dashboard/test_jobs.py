import logging
import threading
from dataclasses import dataclass, field

import pytest

from rom_vision.dashboard.jobs import Job, Jobs
from rom_vision.errors import CancelledError, UsageError, VideoError
from rom_vision.progress import Progress

SOON_S = 5.0


@dataclass(eq=False)
class Steps:
    """Work that takes a step whenever the test lets it."""

    steps: int = 3
    fails_with: Exception | None = None
    go: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    begun: threading.Event = field(default_factory=threading.Event)
    dropped: int = 0

    def run(self, on_progress: Progress) -> object:
        self.begun.set()
        for step in range(1, self.steps + 1):
            assert self.go.acquire(timeout=SOON_S)
            on_progress("Stepping", step, self.steps)
        if self.fails_with:
            raise self.fails_with
        return "all steps"

    def drop(self) -> None:
        self.dropped += 1

    def let_go(self) -> "Steps":
        self.go.release(self.steps)
        return self


class OtherSteps(Steps):
    pass


@pytest.fixture
def jobs():
    line = Jobs()
    yield line
    line.close()


def wait_for(job: Job | None) -> Job:
    """Until nothing more will come of it."""
    assert job is not None
    over = threading.Event()
    job._future.add_done_callback(lambda _: over.set())
    assert over.wait(SOON_S)
    return job


def test_a_job_that_is_done_has_its_outcome_and_keeps_its_files(jobs):
    work = Steps().let_go()
    job = wait_for(jobs.get(jobs.start(work)))
    assert (job.state, job.outcome, job.over) == ("done", "all steps", True)
    assert (job.doing, job.done, job.of, job.share) == ("Stepping", 3, 3, 1.0)
    assert work.dropped == 0


def test_progress_is_told_while_it_runs(jobs):
    work = Steps(steps=4)
    job = jobs.get(jobs.start(work))
    assert work.begun.wait(SOON_S)
    assert (job.state, job.doing, job.share) == ("running", "", 0.0)
    work.go.release()
    while job.done < 1:
        assert not job.over
    assert (job.doing, job.done, job.of, job.share) == ("Stepping", 1, 4, 0.25)
    work.let_go()


def test_the_share_of_an_unknown_number_of_frames_is_none_of_them():
    job = Job(Steps())
    job._told("Finding the body", 7, None)
    assert (job.done, job.of, job.share) == (7, None, 0.0)
    job._told("Finding the body", 12, 10)  # a clip that told too few frames
    assert job.share == 1.0


def test_one_job_computes_at_a_time_and_the_others_wait_in_order(jobs):
    first, second, third = Steps(), Steps(), Steps()
    ids = [jobs.start(work) for work in (first, second, third)]
    assert first.begun.wait(SOON_S)
    assert [jobs.get(job_id).state for job_id in ids] == ["running", "waiting", "waiting"]
    assert [jobs.before(job_id) for job_id in ids] == [0, 1, 2]
    assert not second.begun.is_set()
    first.let_go()
    assert second.begun.wait(SOON_S)
    assert [jobs.before(job_id) for job_id in ids] == [0, 0, 1]
    assert not third.begun.is_set()
    second.let_go()
    third.let_go()


def test_a_running_job_is_stopped_at_its_next_step_and_leaves_nothing(jobs):
    work = Steps()
    job_id = jobs.start(work)
    assert work.begun.wait(SOON_S)
    jobs.stop(job_id)
    assert jobs.get(job_id).stopping
    work.let_go()
    assert wait_for(jobs.get(job_id)).state == "stopped"
    assert work.dropped == 1


def test_a_waiting_job_is_stopped_without_having_begun(jobs):
    first, second = Steps(), Steps()
    jobs.start(first)
    job_id = jobs.start(second)
    jobs.stop(job_id)
    assert wait_for(jobs.get(job_id)).state == "stopped"
    first.let_go()
    assert not second.begun.is_set()
    assert second.dropped == 1


def test_what_a_person_can_mend_is_told_but_not_logged(jobs, caplog):
    work = Steps(fails_with=VideoError("clip.mp4 is empty.")).let_go()
    job = wait_for(jobs.get(jobs.start(work)))
    assert job.state == "failed"
    assert str(job.error) == "clip.mp4 is empty."
    assert work.dropped == 1
    assert caplog.records == []


def test_our_own_bug_is_loud_in_the_log(jobs, caplog):
    work = Steps(fails_with=KeyError("left_knee")).let_go()
    with caplog.at_level(logging.ERROR):
        job = wait_for(jobs.get(jobs.start(work)))
        jobs.close()  # waits for the log to be written
    assert job.state == "failed"
    assert isinstance(job.error, KeyError)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "left_knee" in caplog.text


def test_a_failed_job_makes_way_for_the_next(jobs):
    jobs.start(Steps(fails_with=UsageError("No.")).let_go())
    assert wait_for(jobs.get(jobs.start(Steps().let_go()))).state == "done"


def test_forgetting_a_job_lets_go_of_its_files(jobs):
    work = Steps().let_go()
    job_id = jobs.start(work)
    wait_for(jobs.get(job_id))
    jobs.forget(job_id)
    assert jobs.get(job_id) is None
    assert work.dropped == 1
    jobs.forget(job_id)  # as a second click does
    assert work.dropped == 1


def test_closing_stops_all_and_leaves_nothing():
    jobs = Jobs()
    done, running, waiting = Steps().let_go(), Steps(), Steps()
    for work in (done, running, waiting):
        jobs.start(work)
    assert running.begun.wait(SOON_S)
    threading.Timer(0.05, running.let_go).start()
    jobs.close()
    assert not waiting.begun.is_set()
    assert min(done.dropped, running.dropped, waiting.dropped) >= 1


def test_jobs_are_found_by_id_and_by_kind(jobs):
    one, other = jobs.start(Steps().let_go()), jobs.start(OtherSteps().let_go())
    assert [job_id for job_id, _ in jobs.of_kind(OtherSteps)] == [other]
    assert [job_id for job_id, _ in jobs.of_kind(Steps)] == [one, other]
    assert jobs.get("never-heard-of") is None
    assert jobs.get(None) is None
    assert one != other
    assert len(one) >= 16  # not to be guessed


def test_outcome_and_error_are_asked_of_the_right_jobs_alone(jobs):
    stopped = Steps(fails_with=CancelledError()).let_go()
    job = wait_for(jobs.get(jobs.start(stopped)))
    assert job.state == "stopped"
    with pytest.raises(ValueError, match="outcome: expected a job that is done, this one is stopped"):
        _ = job.outcome
    with pytest.raises(ValueError, match="error: expected a job that failed, this one is stopped"):
        _ = job.error

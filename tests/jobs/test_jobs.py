import logging
import threading

import pytest
from alike import alike

from rom_vision.errors import JobError, ModelError, UsageError, VideoError
from rom_vision.jobs import Jobs, Order, work_next
from rom_vision.jobs.work import BROKE_OFF
from rom_vision.records import Record


def files(home):
    folders = (home / "data" / "jobs", home / "cache" / "jobs")
    return sorted(path.name for folder in folders for path in folder.rglob("*") if path.is_file())


def test_a_job_goes_from_the_queue_to_its_outcome(jobs_anywhere, order, clip, run, knee, home):
    jobs = jobs_anywhere
    video = clip()
    content = video.read_bytes()
    job_id = jobs.submit(order, video, "thea")
    assert not video.exists()
    waiting = jobs.job(job_id)
    assert (waiting.state, waiting.order, waiting.by, waiting.attempts, waiting.before) == (
        "waiting", order, "thea", 0, 0,
    )  # fmt: skip
    assert files(home) == ["clip.mp4"]  # nothing of the client's name

    assert work_next(jobs, "w1", run)
    assert not work_next(jobs, "w1", run)
    done = jobs.job(job_id)
    assert (done.state, done.over, done.attempts) == ("done", True, 1)
    with Jobs.open() as restarted:
        outcome = restarted.outcome(job_id)
    assert alike(outcome.measurement, knee)
    assert outcome.video.read_bytes() == outcome.overlay.read_bytes() == content
    jobs.forget(job_id)
    jobs.forget(job_id)  # as a second click does
    assert jobs.job(job_id) is None
    assert files(home) == []


def test_jobs_wait_in_order_and_are_found_by_client(jobs_anywhere, order, clip, run):
    jobs = jobs_anywhere
    with Record.open(who="Thea") as record:
        anna = record.add_client("Anna Example")
    whose = [anna.id, None, anna.id]
    ids = [
        jobs.submit(Order(client, "trunk_flexion", None, "active"), clip(f"{n}.mov"), "thea")
        for n, client in enumerate(whose)
    ]
    assert [job.id for job in jobs.jobs()] == ids
    assert [job.id for job in jobs.jobs([anna.id])] == [ids[0], ids[2]]
    assert [jobs.job(job_id).before for job_id in ids] == [0, 1, 2]
    seen = []
    work_next(jobs, "w1", lambda *given: seen.extend(job.state for job in jobs.jobs()) or run(*given))
    assert seen == ["running", "waiting", "waiting"]
    assert [jobs.job(job_id).before for job_id in ids] == [0, 0, 1]
    assert len(ids[0]) >= 16  # not to be guessed


def test_what_does_not_fit_never_gets_into_the_queue(jobs, clip, home):
    with pytest.raises(UsageError, match="is measured on one side"):
        jobs.submit(Order(None, "knee_flexion", None, "active"), clip(), "thea")
    with pytest.raises(VideoError):
        jobs.submit(Order(None, "trunk_flexion", None, "active"), clip().with_name("gone.mp4"), "thea")
    assert jobs.jobs() == []
    assert files(home) == []


def test_a_waiting_job_that_is_cancelled_never_begins(jobs, order, clip, run, home):
    job_id = jobs.submit(order, clip(), "thea")
    jobs.cancel(job_id)
    assert jobs.job(job_id).state == "stopped"
    assert not work_next(jobs, "w1", run)
    assert files(home) == []


@pytest.mark.parametrize("how", ["cancel", "forget"])
def test_a_running_job_stops_and_leaves_nothing(jobs, order, clip, home, how):
    job_id = jobs.submit(order, clip(), "thea")

    def endless(order, video, overlay, on_progress):
        getattr(jobs, how)(job_id)
        wait = threading.Event()
        for step in range(1000):
            on_progress("Stepping", step, None)
            wait.wait(0.01)
        pytest.fail("nobody stopped it")

    assert work_next(jobs, "w1", endless)
    job = jobs.job(job_id)
    assert job is None if how == "forget" else job.state == "stopped"
    assert files(home) == []


def test_what_comes_out_the_same_each_time_fails_at_once(jobs, order, clip, caplog):
    def no_film(*_):
        raise VideoError("The clip is empty.", remedy="Film again.")

    job_id = jobs.submit(order, clip(), "thea")
    assert work_next(jobs, "w1", no_film)
    job = jobs.job(job_id)
    assert (job.state, job.message, job.remedy, job.attempts) == ("failed", "The clip is empty.", "Film again.", 1)
    assert caplog.records == []
    with pytest.raises(JobError, match="no result"):
        jobs.outcome(job_id)


@pytest.mark.parametrize(
    "problem", [ModelError("No network.", remedy="Connect."), KeyError("left_knee")], ids=repr
)
def test_what_may_pass_is_tried_once_more_and_then_fails_with_its_reason(jobs, order, clip, run, problem, caplog):
    def breaks(*_):
        raise problem

    job_id = jobs.submit(order, clip(), "thea")
    with caplog.at_level(logging.ERROR):
        assert work_next(jobs, "w1", breaks)
        assert jobs.job(job_id).state == "waiting"
        assert work_next(jobs, "w1", breaks)
    job = jobs.job(job_id)
    told = problem if isinstance(problem, ModelError) else BROKE_OFF
    assert (job.state, job.attempts, job.message, job.remedy) == ("failed", 2, told.message, told.remedy)
    assert ("left_knee" in caplog.text) == isinstance(problem, KeyError)  # our own bug is loud in the log

    jobs.again(job_id)  # the clip is still there
    assert work_next(jobs, "w1", run)
    assert jobs.job(job_id).state == "done"


def test_a_clip_that_kills_whoever_looks_at_it_does_so_twice_and_not_for_ever(jobs_anywhere, order, clip):
    jobs = jobs_anywhere
    job_id = jobs.submit(order, clip(), "thea")
    for attempt in (1, 2):
        assert jobs.job(job_id).state == "waiting"
        dead = jobs.table.claim(f"w{attempt}")
        assert dead.attempt == attempt
        jobs.sweep()
        assert jobs.job(job_id).state == "running"  # the lease goes on
        jobs.table.expire(dead.worker)
        jobs.sweep()
    job = jobs.job(job_id)
    assert (job.state, job.attempts) == ("failed", 2)
    assert "twice" in job.message


def test_a_worker_whose_job_was_given_to_another_can_spoil_nothing(jobs_anywhere, order, clip, run, home):
    jobs = jobs_anywhere
    job_id = jobs.submit(order, clip(), "thea")
    silent = jobs.table.claim("silent")
    jobs.table.expire("silent")
    jobs.sweep()
    assert not jobs.table.beat(silent, "Dreaming", 9, 9)
    jobs.table.failed(silent, BROKE_OFF, again=False)
    jobs.table.hand_back("silent")
    assert not jobs.table.finish(silent)
    assert (jobs.job(job_id).state, jobs.job(job_id).doing) == ("waiting", "")
    assert work_next(jobs, "w2", run)
    assert jobs.job(job_id).state == "done"


def test_a_lost_call_is_made_again(jobs, order, clip):
    jobs.submit(order, clip(), "thea")
    calls = jobs.bell.calls()
    assert calls == 1
    jobs.bell._huey.flush()
    jobs.sweep()
    jobs.sweep()
    assert jobs.bell.calls() == 1


def test_a_measurement_replaced_by_hand_is_the_outcome(jobs, order, clip, run):
    from measured import no_movement

    job_id = jobs.submit(order, clip(), "thea")
    work_next(jobs, "w1", run)
    jobs.replace_outcome(job_id, no_movement())
    assert not jobs.outcome(job_id).measurement.accepted


def test_kept_at_once_where_that_was_ordered_and_noted_until_it_is_discarded(jobs_anywhere, clip, run):
    jobs = jobs_anywhere
    with Record.open(who="Thea") as record:
        anna = record.add_client("Anna Example")
        job_id = jobs.submit(Order(anna.id, "knee_flexion", "left", "active", keep=True), clip(), "thea")
        work_next(jobs, "w1", run)
        (kept,) = record.measurements(anna.id)
        assert jobs.job(job_id).kept_id == kept.id
        record.discard(kept.id)
        assert jobs.job(job_id).kept_id is None


def test_where_machines_share_the_store_none_keeps_anything_by_itself(home, clip, run, tmp_path, monkeypatch):
    monkeypatch.setenv("ROM_VISION_MEDIA", str(tmp_path / "shared"))
    with Record.open(who="Thea") as record, Jobs.open() as jobs:
        anna = record.add_client("Anna Example")
        job_id = jobs.submit(Order(anna.id, "knee_flexion", "left", "active", keep=True), clip(), "thea")
        work_next(jobs, "w1", run)
        assert (jobs.job(job_id).state, jobs.job(job_id).kept_id) == ("done", None)
        assert record.measurements(anna.id) == []


def test_the_jobs_of_an_erased_client_are_gone_with_their_films(jobs_anywhere, clip, home):
    jobs = jobs_anywhere
    with Record.open(who="Thea") as record:
        anna = record.add_client("Anna Example")
        jobs.submit(Order(anna.id, "trunk_flexion", None, "active"), clip(), "thea")
        record.erase_client(anna.id)
    assert jobs.jobs() == []
    jobs.tidy()
    assert files(home) == []

"""Real worker processes, killed in the middle of what they do."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis_server
from films import SAMPLES
from served import serve
from supervised import PRETEND, supervising, until

from rom_vision.jobs import Jobs, Order


@contextmanager
def machine(name: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a home of its own."""
    env = os.environ | {"ROM_VISION_HOME": str(folder / name)}
    with subprocess.Popen([sys.executable, PRETEND, name], stdin=subprocess.PIPE, env=env) as process:
        yield process  # then its input is closed, and it goes


@pytest.fixture
def pretend(tmp_path, monkeypatch):
    """The settings of workers whose work is cheap; gives how often each clip was measured."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    monkeypatch.setenv("PRETEND_LOG", str(tmp_path / "log"))
    monkeypatch.setenv("PRETEND_STEPS", "30")
    (tmp_path / "log").touch()
    return lambda: Counter((tmp_path / "log").read_text().splitlines())


def test_a_worker_killed_in_the_middle_is_replaced_and_the_clip_measured_once(home, order, clip, pretend):
    with Jobs.open() as jobs, supervising(jobs, [sys.executable, str(PRETEND)]) as supervisor:
        job_id = jobs.submit(order, clip(), "thea")
        until(lambda: jobs.job(job_id).done > 0)
        (killed,) = supervisor.pids
        os.kill(killed, signal.SIGKILL)
        until(lambda: jobs.job(job_id).over)
        job = jobs.job(job_id)
        assert (job.state, job.attempts) == ("done", 2)
        assert jobs.outcome(job_id).measurement.accepted
        assert supervisor.pids != [killed]
    assert sum(pretend().values()) == 1


def test_two_machines_share_forty_clips_and_all_are_measured_once_though_one_dies(
    server, order, clip, pretend, tmp_path, monkeypatch
):
    """On PostgreSQL, Redis and a shared media store, each by its setting alone."""
    import postgres

    postgres.empty(server)
    monkeypatch.setenv("ROM_VISION_DATABASE_URL", server)
    monkeypatch.setenv("ROM_VISION_MEDIA", f"file://{tmp_path / 'shared'}")
    monkeypatch.setenv("PRETEND_STEPS", "2")
    monkeypatch.setenv("PRETEND_LEASE_S", "4")
    with redis_server.server() as queue:
        monkeypatch.setenv("ROM_VISION_QUEUE", queue)
        monkeypatch.setenv("ROM_VISION_HOME", str(tmp_path / "third"))
        with machine("one", tmp_path) as one, machine("other", tmp_path), Jobs.open() as jobs:
            ids = [jobs.submit(order, clip(f"{number}.mp4"), "thea") for number in range(40)]
            by = Counter()

            def some_by_each() -> bool:
                jobs.sweep()
                by.update(jobs.table.workers())
                return len(by) == 2 and sum(pretend().values()) > 8

            until(some_by_each)

            def in_the_middle() -> bool:
                os.kill(one.pid, signal.SIGSTOP)
                if "one" in jobs.table.workers():
                    return True
                os.kill(one.pid, signal.SIGCONT)
                return False

            until(in_the_middle)
            one.kill()

            def all_over() -> bool:
                jobs.sweep()
                return all(job.over for job in jobs.jobs())

            until(all_over)
            assert {job.state for job in jobs.jobs()} == {"done"}
            twice = [job for job in jobs.jobs() if job.attempts == 2]
            assert len(twice) == 1  # the one that the dead worker had
            assert len(pretend()) == 40
            assert sum(pretend().values()) <= 41  # it may have measured it, and died before it could say so
            assert all(jobs.outcome(job_id).measurement.accepted for job_id in ids[::13])


def test_a_real_clip_survives_the_death_of_the_app(home, tmp_path):
    video = SAMPLES / "left_elbow_flexion.mp4"
    with Jobs.open() as jobs:
        with serve(tmp_path / "first.log") as app:
            job_id = jobs.submit(
                Order(None, "elbow_flexion", "left", "active", model="lite"), video, "thea", move=False
            )
            until(lambda: jobs.job(job_id).done > 0)
            os.kill(app.pid, signal.SIGKILL)
            until(lambda: jobs.job(job_id).state == "waiting", 10)  # its worker is gone with it, and gave it back
        with serve(tmp_path / "second.log"):
            until(lambda: jobs.job(job_id).over)
        job = jobs.job(job_id)
        assert (job.state, job.attempts, job.message) == ("done", 1, "")
        outcome = jobs.outcome(job_id)
    assert outcome.measurement.accepted
    assert len(outcome.measurement.repetitions) == 3
    assert outcome.overlay.stat().st_size > 10_000

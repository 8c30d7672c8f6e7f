"""Films whose faces the queue covers: made, checked, put before a therapist; nothing is lost on the way."""

import os
import signal
import sys
from pathlib import Path

import pytest
from filmed import filmed
from supervised import PRETEND, supervising, until

from rom_vision.capture.privacy import Blurred
from rom_vision.capture.video import Video
from rom_vision.jobs import Jobs, Order, covering, order_coverings, work_next
from rom_vision.records import Record, Settings

DOUBT_S = ((2.0, 2.4),)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return filmed(tmp_path_factory.mktemp("film"))


@pytest.fixture
def record(home):
    with Record.open(who="Thea") as opened:
        opened.change_settings(Settings(videos="cover"))
        yield opened


@pytest.fixture
def kept(record, made):
    return record.keep(record.add_client("Anna").id, made.measurement, made.video)


@pytest.fixture
def blurs(monkeypatch):
    """In place of the networks: writes the film anew as it is."""

    def pretend(video: Path, out: Path, *, on_progress) -> Blurred:
        from rom_vision.capture.film_file import encode

        on_progress("Covering", 1, 2)
        frames = [(frame.time_s, frame.image) for frame in Video(video)]
        encode(iter(frames), out)
        return Blurred(len(frames), DOUBT_S)

    monkeypatch.setattr(covering, "blur_faces", pretend)


def test_a_kept_film_is_covered_and_takes_the_place_of_the_original_when_told(jobs, record, kept, blurs):
    order_coverings(jobs, record)
    order_coverings(jobs, record)
    (job,) = jobs.coverings()
    assert jobs.jobs() == []  # it is no clip to be measured
    assert work_next(jobs, "one")
    (job,) = jobs.coverings()
    assert (job.state, job.message) == ("done", "")
    made = covering.covered(jobs, job.id)
    assert (made.in_doubt_s, made.frames) == (DOUBT_S, 171)
    assert [one.in_doubt for one in made.stills][:2] == [True, False]
    assert 2.0 <= made.stills[0].at_s <= 2.4
    assert kept.video_path.exists()
    assert record.measurement(kept.id) == kept

    record.cover_faces(kept.id, made.film, made.overlay, seen=made.seen)
    order_coverings(jobs, record)
    assert jobs.coverings() == []
    now = record.measurement(kept.id)
    assert not kept.video_path.exists()
    drawn, plain = (next(iter(Video(path))).image for path in (now.overlay_path, now.video_path))
    picture = drawn[: plain.shape[0]].astype(int)
    assert (abs(picture - plain) > 40).any(axis=2).sum() > 100  # the body is drawn upon the film written anew


def test_a_film_that_is_not_whole_is_refused_and_stays(jobs, record, kept, monkeypatch):
    def half(video: Path, out: Path, *, on_progress) -> Blurred:
        out.write_bytes(video.read_bytes())
        return Blurred(1000, ())

    monkeypatch.setattr(covering, "blur_faces", half)
    order_coverings(jobs, record)
    while work_next(jobs, "one"):
        pass
    (job,) = jobs.coverings()
    assert (job.state, job.attempts) == ("failed", 2)
    assert "Only 171 of 1000 pictures" in job.message
    order_coverings(jobs, record)
    assert [again.id for again in jobs.coverings()] == [job.id]
    assert kept.video_path.exists()


def test_a_worker_killed_while_covering_is_replaced_and_the_film_covered(record, kept, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    monkeypatch.setenv("PRETEND_LOG", str(tmp_path / "log"))
    monkeypatch.setenv("PRETEND_STEPS", "20")
    with Jobs.open() as jobs, supervising(jobs, [sys.executable, str(PRETEND)]) as supervisor:
        order_coverings(jobs, record)
        until(lambda: jobs.coverings()[0].done > 0)
        os.kill(supervisor.pids[0], signal.SIGKILL)
        until(lambda: jobs.coverings()[0].over)
        (job,) = jobs.coverings()
        assert (job.state, job.attempts) == ("done", 2)
        assert covering.covered(jobs, job.id).frames == 171
    assert kept.video_path.exists()


def test_who_waits_for_a_measurement_goes_first(jobs, record, kept, clip, run, blurs):
    order_coverings(jobs, record)
    clip_id = jobs.submit(Order(None, "knee_flexion", "left", "active"), clip(), "thea")
    assert jobs.job(clip_id).before == 0
    work_next(jobs, "one", run)
    assert (jobs.job(clip_id).state, jobs.coverings()[0].state) == ("done", "waiting")


def test_doubtful_moments_come_first_the_longest_ahead():
    moments = covering.moments([(1.0, 1.2), (4.0, 6.0)], 10.0, most=6)
    assert moments[:2] == [5.0, 1.1]
    assert moments[2:] == pytest.approx([2.0, 4.0, 6.0, 8.0])

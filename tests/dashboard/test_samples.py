import shutil
from pathlib import Path

import people
import pytest
from measured import knee_flexion

from rom_vision.accounts import Account
from rom_vision.dashboard import samples
from rom_vision.dashboard.entrance.door import the_accounts
from rom_vision.dashboard.queue import the_jobs
from rom_vision.dashboard.samples import SAMPLE_CLIENT, SAMPLES, Sample
from rom_vision.jobs import GuardedJobs, work_next
from rom_vision.movements import movement_test
from rom_vision.records import Record


@pytest.fixture
def olga(home) -> Account:
    return people.add(the_accounts(), "olga", "Olga Owner", "owner")


@pytest.fixture
def two_samples(tmp_path: Path) -> Path:
    """A folder with two of the sample clips."""
    folder = tmp_path / "samples"
    folder.mkdir()
    for clip in ("left_hip_abduction", "left_shoulder_abduction"):
        for ending in (".mp4", ".json"):
            shutil.copy(SAMPLES / f"{clip}{ending}", folder)
    return folder


def pretend(order, video, overlay, on_progress):
    shutil.copy(video, overlay)
    return knee_flexion()


def test_every_sample_names_a_test_that_it_fits():
    found = Sample.all_in(SAMPLES)
    assert len(found) >= 6
    assert all(movement_test(sample.movement).sided == (sample.side is not None) for sample in found)


def test_the_samples_are_measured_one_by_one_and_kept(olga, two_samples):
    jobs = GuardedJobs(the_jobs(), olga)
    with Record.open() as record:
        samples.load(record, jobs, two_samples)
        samples.load(record, jobs, two_samples)  # pressed again
        (client,) = record.clients()
        assert client.name == SAMPLE_CLIENT
        assert [job.order.movement for job in samples.under_way(jobs, [client])] == [
            "hip_abduction",
            "shoulder_abduction",
        ]
        work_next(the_jobs(), "w1", pretend)
        assert [job.state for job in samples.under_way(jobs, [client])] == ["done", "waiting"]
        work_next(the_jobs(), "w1", pretend)
        assert samples.under_way(jobs, [client]) == []
        assert len(record.measurements(client.id)) == 2
    assert len(list(two_samples.glob("*.mp4"))) == 2  # they belong to the program


def test_taken_back_on_the_way_the_client_is_in_the_bin_and_nothing_waits(olga, two_samples):
    jobs = GuardedJobs(the_jobs(), olga)
    with Record.open() as record:
        samples.load(record, jobs, two_samples)
        samples.take_back(record, jobs)
        assert record.clients() == []
    assert not work_next(the_jobs(), "w1", pretend)

import shutil
from pathlib import Path

import pytest

from rom_vision.dashboard.samples import SAMPLE_CLIENT, SAMPLES, Sample, SampleClient
from rom_vision.errors import CancelledError
from rom_vision.progress import untold
from rom_vision.records import Record

CLIP = "left_shoulder_abduction"


@pytest.fixture
def one_sample(tmp_path: Path) -> Path:
    """A folder with one of the sample clips."""
    folder = tmp_path / "samples"
    folder.mkdir()
    for ending in (".mp4", ".json"):
        shutil.copy(SAMPLES / f"{CLIP}{ending}", folder)
    return folder


def test_every_sample_names_a_test_that_it_fits():
    samples = Sample.all_in(SAMPLES)
    assert len(samples) >= 6
    assert all(sample.test.sided == (sample.side is not None) for sample in samples)


def test_the_sample_client_is_measured_and_kept_once(home, one_sample):
    told = []
    SampleClient(who="olga", folder=one_sample).run(lambda doing, done, of: told.append((doing, done, of)))
    SampleClient(who="olga", folder=one_sample).run(untold)  # pressed again
    with Record.open() as record:
        (client,) = record.clients()
        (kept,) = record.measurements(client.id)
    assert client.name == SAMPLE_CLIENT
    assert (kept.movement, kept.side, kept.mode) == ("shoulder_abduction", "left", "active")
    assert kept.accepted
    assert kept.video_path.read_bytes() == (SAMPLES / f"{CLIP}.mp4").read_bytes()
    assert kept.overlay_path.stat().st_size > 0
    assert {doing for doing, _, _ in told} == {
        "1 of 1, Left shoulder abduction, active: finding the body",
        "1 of 1, Left shoulder abduction, active: drawing the overlay",
    }


def test_stopped_on_the_way_nothing_of_it_is_left(home, one_sample):
    def stop_early(doing: str, done: int, of: int | None) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        SampleClient(who="olga", folder=one_sample).run(stop_early)
    with Record.open() as record:
        assert record.clients() == []
    assert not list((home / "data").glob("media/*"))

"""One place for files that the operating system knows, and one that only fsspec does."""

import errno
import shutil

import fsspec
import pytest

from rom_vision.errors import UsageError, VideoError
from rom_vision.jobs.store import Store


@pytest.fixture(params=["", "file://{}/shared", "memory://clips"])
def store(request, home, tmp_path, monkeypatch):
    monkeypatch.setenv("ROM_VISION_MEDIA", request.param.format(tmp_path))
    yield Store.open("record")
    fsspec.filesystem("memory").store.clear()


def test_a_file_goes_in_and_comes_out_whole(store, tmp_path):
    video = tmp_path / "clip.mp4"
    video.write_bytes(b"film" * 1000)
    store.put("job", "clip.mp4", video)
    assert video.exists()
    store.put("job", "clip.mp4", video, move=True)  # in place of the first
    assert not video.exists()
    assert store.fetch("job", "clip.mp4").read_bytes() == store.read("job", "clip.mp4") == b"film" * 1000
    assert store.fetch("job", "clip.mp4") == store.fetch("job", "clip.mp4")
    store.write("job", "measurement.npz", b"first")
    store.write("job", "measurement.npz", b"other")
    assert store.read("job", "measurement.npz") == b"other"
    assert store.job_ids() == {"job"}
    (store.beside("job") / "half an overlay.mp4").touch()
    store.remove("job")
    store.remove("job")
    assert store.job_ids() == set()
    for ask in (store.fetch, store.read):
        with pytest.raises(FileNotFoundError):
            ask("job", "clip.mp4")


def test_what_is_broken_off_leaves_no_half_a_file(store, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    video = tmp_path / "clip.mp4"
    video.write_bytes(b"film")
    monkeypatch.setattr(shutil, "copyfile", full)
    monkeypatch.setattr(type(store._files), "put_file", full)
    with pytest.raises(VideoError, match="No space left"):
        store.put("job", "clip.mp4", video)
    with pytest.raises(FileNotFoundError):
        store.fetch("job", "clip.mp4")


def test_records_that_share_a_place_do_not_meet(store, tmp_path):
    store.write("job", "a", b"a")
    assert Store.open("other record").job_ids() == set()


def test_a_place_that_can_not_be_is_told(home, monkeypatch):
    monkeypatch.setenv("ROM_VISION_MEDIA", "nowhere://clips")
    with pytest.raises(UsageError, match="ROM_VISION_MEDIA"):
        Store.open("record")

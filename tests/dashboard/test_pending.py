import errno
import io
import os
import stat
import time
from pathlib import Path

import pytest

from rom_vision.dashboard import pending
from rom_vision.errors import VideoError


def everything_pending(home: Path) -> list[Path]:
    return [path for path in (home / "cache" / "pending").rglob("*") if path.is_file()]


def test_an_upload_is_copied_whole_into_a_folder_for_this_user_alone(home):
    content = os.urandom(3 * 1024 * 1024 + 7)
    path = pending.take(io.BytesIO(content), "IMG_0042.MOV")
    assert path.read_bytes() == content
    assert path.name == "clip.mov"
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert everything_pending(home) == [path]


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("Anna Example left knee.mp4", "clip.mp4"),
        ("clip.tar.mkv", "clip.mkv"),
        ("no ending", "clip"),
        ("../../etc/passwd.mp4", "clip.mp4"),
        ("film.mp4/../x", "clip"),
        ("film.exe", "clip"),
    ],
)
def test_nothing_of_its_name_is_left_but_the_ending(home, file_name, name):
    path = pending.take(io.BytesIO(b"film"), file_name)
    assert path.name == name
    assert path.parent.parent == home / "cache" / "pending"
    assert "nna" not in path.parent.name


def test_two_uploads_of_one_name_do_not_meet(home):
    one, other = (pending.take(io.BytesIO(data), "a.mp4") for data in (b"one", b"other"))
    assert (one.read_bytes(), other.read_bytes()) == (b"one", b"other")


def test_removing_takes_what_was_made_beside_it_too(home):
    path = pending.take(io.BytesIO(b"film"), "a.mp4")
    (path.parent / "overlay.mp4").write_bytes(b"drawn")
    pending.remove(path)
    assert not path.parent.exists()
    pending.remove(path)  # as when it was stale


def test_what_was_left_behind_is_removed_a_day_later(home):
    old, new = (pending.take(io.BytesIO(b"film"), "a.mp4") for _ in range(2))
    long_ago_s = time.time() - pending.STALE_S - 60
    os.utime(old.parent, (long_ago_s, long_ago_s))
    latest = pending.take(io.BytesIO(b"film"), "a.mp4")
    assert sorted(everything_pending(home)) == sorted([new, latest])


def test_a_full_disk_is_told_and_leaves_nothing(home):
    class Full(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(VideoError, match="could not be taken over: No space left on device") as told:
        pending.take(Full(), "a.mp4")
    assert told.value.remedy == "Free some space and try again."
    assert everything_pending(home) == []

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
    return list((home / "cache" / "pending").rglob("*"))


def test_an_upload_is_copied_whole_into_a_folder_for_this_user_alone_and_gone_afterwards(home):
    content = os.urandom(3 * 1024 * 1024 + 7)
    with pending.taken(io.BytesIO(content), "Anna Example.MOV") as path:
        assert path.read_bytes() == content
        assert path.name == "clip.mov"
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        with pending.taken(io.BytesIO(b"other"), "Anna Example.MOV") as other:
            assert other.read_bytes() == b"other"  # two of one name do not meet
    assert everything_pending(home) == []


@pytest.mark.parametrize(
    ("file_name", "name"),
    [("clip.tar.mkv", "clip.mkv"), ("no ending", "clip"), ("../../etc/a.mp4", "clip.mp4"), ("a.mp4/../x", "clip")],
)
def test_nothing_of_its_name_is_left_but_the_ending(home, file_name, name):
    with pending.taken(io.BytesIO(b"film"), file_name) as path:
        assert path.name == name
        assert path.parent.parent == home / "cache" / "pending"


def test_what_a_crash_left_behind_is_removed_a_day_later(home):
    with pending.taken(io.BytesIO(b"film"), "a.mp4") as path:
        old, new = path.parent.with_name("old"), path.parent.with_name("new")
    old.mkdir()
    new.mkdir()
    long_ago_s = time.time() - pending.STALE_S - 60
    os.utime(old, (long_ago_s, long_ago_s))
    with pending.taken(io.BytesIO(b"film"), "a.mp4"):
        pass
    assert everything_pending(home) == [new]


def test_a_full_disk_is_told_and_leaves_nothing(home):
    class Full(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.ENOSPC, "No space left on device")

    with (
        pytest.raises(VideoError, match="could not be taken over: No space left on device") as told,
        pending.taken(Full(), "a.mp4"),
    ):
        pass
    assert told.value.remedy == "Free some space and try again."
    assert everything_pending(home) == []

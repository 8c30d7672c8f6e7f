import pytest
from filmed import filmed

from rom_vision.errors import CancelledError, UsageError
from rom_vision.exchange.files import write_all
from rom_vision.exchange.whole_file import written_whole


@pytest.mark.parametrize("side", ["left", "right"])
def test_all_files_in_a_new_folder_for_a_refused_measurement_too(tmp_path, side):
    """The right knee is on the far side."""
    given = filmed(tmp_path, side=side)
    assert given.measurement.accepted == (side == "left")
    files = write_all(given.measurement, given.video, tmp_path / "new" / "out")
    written = [files.angles, files.curve, files.joint_angles, files.joint_centres, files.overlay]
    assert [path.name for path in written] == [
        "angles.csv", "curve.png", "joint_angles.mot", "joint_centres.trc", "overlay.mp4",
    ]  # fmt: skip
    assert sorted((tmp_path / "new" / "out").iterdir()) == written
    assert all(path.stat().st_size > 1000 for path in written)


def test_a_folder_that_can_not_be_made_is_said_so(tmp_path):
    given = filmed(tmp_path)
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UsageError, match="taken can't be made: File exists"):
        write_all(given.measurement, given.video, tmp_path / "taken")


def test_a_file_appears_when_it_is_whole(tmp_path):
    with written_whole(tmp_path / "a.txt") as part:
        part.write_text("half")
        assert not (tmp_path / "a.txt").exists()
    assert (tmp_path / "a.txt").read_text() == "half"
    assert len(list(tmp_path.iterdir())) == 1


def test_whatever_goes_wrong_leaves_nothing(tmp_path):
    def write_half() -> None:
        with written_whole(tmp_path / "a.txt") as part:
            part.write_text("half")
            raise CancelledError

    with pytest.raises(CancelledError):
        write_half()
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_said_so(tmp_path):
    with pytest.raises(UsageError, match="No space left on device"), written_whole(tmp_path / "a.txt"):
        raise OSError(28, "No space left on device")
    assert not list(tmp_path.iterdir())

import csv
import shutil

import pytest
from measured import knee_flexion

from rom_vision import cli, cli_jobs
from rom_vision.jobs import Jobs, work_next


@pytest.fixture
def pretending(home, monkeypatch):
    """Workers of this process, whose work is cheap."""

    def run(order, video, overlay, on_progress):
        shutil.copy(video, overlay)
        return knee_flexion()

    class Pretending:
        def __init__(self, jobs, workers):
            self.jobs = jobs()

        def run(self, stop):
            while not stop.wait(0.01):
                work_next(self.jobs, "w1", run)

    monkeypatch.setattr(cli_jobs, "Supervisor", Pretending)


def test_a_folder_is_measured_into_a_table_in_it(pretending, tmp_path, capsys):
    (tmp_path / "a.mp4").write_bytes(b"a")
    arguments = ["batch", str(tmp_path), "--movement", "knee_flexion", "--side", "left", "--model", "lite"]
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out == f"1 measured, 0 refused, 0 failed: {tmp_path / 'results.csv'}\n"
    (row,) = csv.DictReader((tmp_path / "results.csv").read_text().splitlines())
    assert (row["file"], row["result"], row["model"]) == ("a.mp4", "measured", "lite")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ([], "It is not said what the clips show."),
        (["--movement", "squat"], "is measured on one side"),
        (["--movement", "squat", "--side", "left", "--client", "C-ZZZZZZ"], "There is no client C-ZZZZZZ"),
    ],
)
def test_what_does_not_fit_is_told_before_anything_is_in_the_queue(pretending, tmp_path, capsys, more, told):
    (tmp_path / "a.mp4").write_bytes(b"a")
    assert cli.main(["batch", str(tmp_path), *more]) in (1, 2)
    assert told in capsys.readouterr().err
    with Jobs.open() as jobs:
        assert jobs.jobs() == []

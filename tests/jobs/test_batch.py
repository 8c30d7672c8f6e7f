import csv

import pytest

from rom_vision.errors import UsageError, VideoError
from rom_vision.jobs import Order, work_next
from rom_vision.jobs.batch import Batch, clips_in, order_from
from rom_vision.records import Record

DEFAULT = Order(None, "knee_flexion", "left", "active")


@pytest.fixture
def study(tmp_path):
    """A folder of three clips, of which two are the same, and a file that is none."""
    folder = tmp_path / "study"
    (folder / "b").mkdir(parents=True)
    for name, content in {"a.mp4": b"a", "=b.MOV": b"b", "b/again.mp4": b"a", "notes.txt": b"n"}.items():
        (folder / name).write_bytes(content)
    return folder


def plain(folder, default=DEFAULT):
    return clips_in(folder, None, lambda row: order_from(row, default))


def measured(jobs, clips, out, run):
    """Run a batch, with a worker that works whenever the batch looks; gives the rows and how much was worked."""
    worked = []

    def counting(order, video, *rest):
        worked.append(video.read_bytes())
        return run(order, video, *rest)

    rows = Batch(jobs, clips, out, "thea").run(lambda *_: work_next(jobs, "w1", counting))
    return rows, worked


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr("rom_vision.jobs.batch.LOOK_EVERY_S", 0.0)


def test_each_clip_is_measured_once_and_the_table_says_what_came_of_it(jobs, study, run, knee, tmp_path):
    out = tmp_path / "results.csv"
    rows, worked = measured(jobs, plain(study), out, run)
    assert sorted(worked) == [b"a", b"b"]
    assert [row.file for row in rows] == ["=b.MOV", "a.mp4", "b/again.mp4"]
    table = list(csv.DictReader(out.read_text().splitlines()))
    assert [row["file"] for row in table] == ["'=b.MOV", "a.mp4", "b/again.mp4"]  # no formula
    assert {(row["result"], row["movement"], row["side"]) for row in table} == {
        ("measured", "knee_flexion", "left")
    }
    assert float(table[0]["peak_deg"]) == pytest.approx(knee.peak_deg, abs=0.01)
    assert jobs.jobs() == []  # nor are copies of the study left
    assert (study / "a.mp4").exists()

    (study / "a.mp4").rename(study / "called otherwise.mp4")
    (study / "new.mp4").write_bytes(b"new")
    rows, worked = measured(jobs, plain(study), out, run)
    assert worked == [b"new"]
    assert len(rows) == 4


def test_broken_off_it_goes_on_where_it_was_and_what_failed_is_tried_again(jobs, study, run, tmp_path):
    def broken_off(*_):
        raise KeyboardInterrupt

    out = tmp_path / "results.csv"
    with pytest.raises(KeyboardInterrupt):
        Batch(jobs, plain(study), out, "thea").run(broken_off)
    assert len(jobs.jobs()) == 2

    def no_film(*_):
        raise VideoError("It is empty.", remedy="Film again.")

    rows, _ = measured(jobs, plain(study), out, no_film)
    assert {(row.result, row.remarks) for row in rows} == {("failed", "It is empty. Film again.")}
    rows, worked = measured(jobs, plain(study), out, run)
    assert {row.result for row in rows} == {"measured"}
    assert len(worked) == 2


def test_a_client_named_keeps_what_is_measured(jobs, study, run, tmp_path):
    with Record.open(who="thea") as record:
        anna = record.add_client("Anna Example")
        order = Order(anna.id, "knee_flexion", "left", "active")
        measured(jobs, plain(study, order), tmp_path / "results.csv", run)
        assert len(record.measurements(anna.id)) == 2


def test_a_list_says_what_each_clip_shows(study, tmp_path):
    listed = tmp_path / "list.csv"
    listed.write_text("file;movement;side\na.mp4;elbow_flexion;right\n=b.MOV;trunk_flexion;\n")
    clips = clips_in(study, listed, lambda row: order_from(row, DEFAULT))
    assert [(clip.name, clip.order.movement, clip.order.side, clip.order.mode) for clip in clips] == [
        ("a.mp4", "elbow_flexion", "right", "active"),
        ("=b.MOV", "trunk_flexion", None, "active"),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("file\na.mp4\n", "The head has no column 'movement'."),
        ("file,movement\ngone.mp4,squat\n", "Line 2: there is no gone.mp4"),
        ("file,movement\na.mp4\n", "Line 2 has more or fewer cells"),
        ("file,movement,side\na.mp4,knee_flexion,\n", "is measured on one side"),
        ("file,movement,side\na.mp4,nose_flexion,left\n", "nose_flexion"),
    ],
)
def test_a_list_that_can_not_be_is_told_before_the_first_is_measured(study, tmp_path, content, told):
    listed = tmp_path / "list.csv"
    listed.write_text(content)
    with pytest.raises(UsageError, match=told):
        clips_in(study, listed, lambda row: order_from(row, DEFAULT))


def test_a_folder_without_clips_is_told(tmp_path):
    with pytest.raises(UsageError, match="no clips"):
        plain(tmp_path)

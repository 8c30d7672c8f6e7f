"""The shell, as a person or a program calls it."""

import csv
import json
import sqlite3
from pathlib import Path

import av
import pytest
from boards import Lens, picture, poses, write_film
from films import SAMPLES, bad_films, needs_ffmpeg
from measured import knee_push

from rom_vision import cli
from rom_vision.movements import load_catalogue
from rom_vision.records import Record

CLIP = SAMPLES / "left_shoulder_abduction.mp4"
MEASURE = ["measure", str(CLIP), "--movement", "shoulder_abduction", "--model", "lite"]


def test_a_measurement_is_printed_written_kept_and_compared(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["clients", "--add", "Ada Example", "--born", "1980-05-01", "--sex", "female"]) == 0
    client = capsys.readouterr().out.strip()
    out = tmp_path / "out"

    assert cli.main([*MEASURE, "--side", "left", "--client", client, "--out", str(out), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["accepted"] is True
    assert (result["movement"], result["side"], result["mode"]) == ("shoulder_abduction", "left", "active")
    assert len(result["repetitions"]) == 3
    assert set(result["repetitions"][0]) >= {"start_s", "peak_s", "end_s", "start_deg", "peak_deg", "range_deg"}
    assert result["comparison"]["earlier"] is None
    assert result["provenance"]["model"] == "lite"
    with (out / "angles.csv").open() as table:
        rows = list(csv.DictReader(table))
    assert {"time_s", "left_shoulder_abduction_deg", "left_knee_flexion_deg", "trunk_flexion_deg"} <= set(rows[0])
    with av.open(out / "overlay.mp4") as film:
        assert film.streams.video[0].codec_context.name == "h264"
        assert sum(1 for _ in film.decode(video=0)) == len(rows)
    assert (out / "curve.png").read_bytes().startswith(b"\x89PNG")

    again = tmp_path / "again.mp4"
    again.write_bytes(CLIP.read_bytes() + b"\0\0\0\x08free")  # the same film in another file
    assert cli.main(["measure", str(again), *MEASURE[2:], "--side", "left", "--client", client]) == 0
    words = capsys.readouterr().out
    assert words.startswith("Left shoulder abduction, active\nPeak ")
    assert "The same as in another test on the same day" in words
    assert "average of healthy women" in words

    assert cli.main(["sessions", client]) == 0
    assert "2 measured" in capsys.readouterr().out
    assert cli.main(["compare", client, "--movement", "shoulder_abduction"]) == 0
    assert capsys.readouterr().out.count("°") >= 2
    assert cli.main(["clients"]) == 0
    assert "Ada Example" in capsys.readouterr().out


def test_a_refused_clip_shows_why_and_is_not_kept(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Record.open() as record:
        client = record.add_client("Ada Example").id
    out = tmp_path / "out"
    command = ["measure", str(CLIP), "--movement", "knee_flexion", "--side", "left", "--model", "lite"]
    assert cli.main([*command, "--client", client, "--out", str(out)]) == 3
    words = capsys.readouterr().out
    assert "Refused" in words
    assert "Not kept" in words
    assert (out / "overlay.mp4").exists()
    with Record.open() as record:
        assert record.measurements(client) == []


def test_of_a_resisted_test_the_hold_is_printed_instead_of_a_peak() -> None:
    title, held, details, *rest = cli._for_a_person(knee_push(), None).splitlines()
    assert title == "Left knee flexion, resisted"
    assert held.startswith("Held still for 4")
    assert details.startswith("From 2.")
    assert "tremor" in details
    assert rest == []


def lasting(home: Path) -> list[Path]:
    """All files there, without the database and its audit, which change with every look at a client."""
    return [path for path in sorted(home.rglob("*")) if "sqlite" not in path.name and "audit" not in path.parts]


@needs_ffmpeg
def test_twenty_bad_files_give_clear_errors_and_leave_no_trace(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Record.open() as record:
        client = record.add_client("Ada Example").id
    before = lasting(home)
    films = bad_films(tmp_path)
    assert len(films) >= 20
    for name, film in films.items():
        command = ["measure", str(film), "--movement", "knee_flexion", "--side", "left", "--client", client]
        assert cli.main([*command, "--out", str(tmp_path / "out")]) == 4, name
        printed = capsys.readouterr()
        assert len(printed.err.strip().splitlines()) == 1, name
        assert "Traceback" not in printed.err
    assert not (tmp_path / "out").exists()
    with Record.open() as record:
        assert record.measurements(client) == []
    assert lasting(home) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--movement", "shoulder_abductoin", "--side", "left"], "Did you mean shoulder_abduction"),
        (["--movement", "shoulder_abduction"], "Say which: left or right"),
        (["--movement", "neck_flexion", "--side", "left"], "has no side"),
        (["--movement", "neck_flexion", "--camera", "gone"], "There is no camera gone"),
    ],
)
def test_bad_usage(arguments: list[str], words: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["measure", str(CLIP), *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("argument", [["--workers", "0"], ["--client-at", "here"], ["--mode", "assisted"]])
def test_arguments_that_make_no_sense(argument: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*MEASURE, "--side", "left", *argument])
    assert ended.value.code == 2
    assert argument[0] in capsys.readouterr().err


def test_a_client_who_is_not_there_is_told_before_the_work(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        cli.main(["measure", str(CLIP), "--movement", "knee_flexion", "--side", "left", "--client", "C-NOBODY"])
        == 1
    )
    assert "C-NOBODY" in capsys.readouterr().err


def test_the_movements_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["movements"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert listed == list(load_catalogue())


def test_a_camera_is_calibrated_kept_and_listed(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lens = Lens()
    pictures = (picture(lens, pose, seed) for seed, pose in enumerate(poses(40, 20)))
    board = write_film(tmp_path / "board.mp4", lens.size_px, pictures, rate=4)
    assert cli.main(["calibrate", str(board), "--name", "clinic-phone"]) == 0
    words = capsys.readouterr().out
    assert words.startswith("clinic-phone: 720x1280, focal length ")
    assert "Good: " in words
    (kept,) = home.rglob("clinic-phone.json")
    assert json.loads(kept.read_text())["focal_px"] == pytest.approx(lens.focal_px, rel=0.005)

    assert cli.main(["cameras"]) == 0
    assert capsys.readouterr().out.strip() == words.splitlines()[0]
    assert cli.main(["calibrate", str(board), "--name", "clinic-phone"]) == 2
    assert "There is a camera clinic-phone already" in capsys.readouterr().err


def test_a_film_without_a_board_calibrates_nothing(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["calibrate", str(CLIP), "--name", "clinic-phone"]) == 1
    assert "The board is in none of the pictures" in capsys.readouterr().err
    assert cli.main(["calibrate", str(CLIP)]) == 2
    assert "a name for the camera" in capsys.readouterr().err
    assert list(home.rglob("*.json")) == []


def test_the_board_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["calibrate", "--board", str(tmp_path / "board.pdf")]) == 0
    assert (tmp_path / "board.pdf").read_bytes().startswith(b"%PDF")


def test_a_client_is_removed_restored_and_erased(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told(*arguments: str) -> str:
        assert cli.main(["clients", *arguments]) == 0
        return capsys.readouterr().out

    client = told("--add", "Ada Example").strip()
    assert "recycle bin for 30 days" in told("--remove", client)
    assert told() == ""
    assert told("--bin") == f"{client}  Ada Example\n"
    assert cli.main(["sessions", client]) == 1
    assert "is in the recycle bin. Restore the client first." in capsys.readouterr().err
    assert told("--empty-bin") == "Erased: 0\n", "it was removed just now"
    assert told("--restore", client) == f"{client}\n"
    assert told() == f"{client}  Ada Example\n"
    assert told("--erase", client) == "Erased.\n"
    assert told("--bin") == told() == ""
    assert cli.main(["clients", "--erase", client]) == 1
    assert f"There is no client {client}" in capsys.readouterr().err


def test_the_audit_tells_who_saw_and_changed_what(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "thea")
    cli.main(["clients", "--add", "Ada Example"])
    client = capsys.readouterr().out.strip()
    cli.main(["sessions", client])
    cli.main(["clients", "--erase", client])
    capsys.readouterr()
    assert cli.main(["audit"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "Ada" not in printed.out
    rows = [line.split() for line in printed.out.splitlines()]
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    assert [row[3:] for row in rows] == [
        ["UTC", "thea", "-", "start", "chain", "of", "this", "computer"],
        ["UTC", "thea", client, "add", "client"],
        ["UTC", "thea", client, "view"],
        ["UTC", "thea", client, "erase", "client"],
    ]


@pytest.mark.parametrize(
    ("tampering", "words"),
    [
        ("UPDATE audit SET who = 'nobody' WHERE number = 2", "Row 2 or one before it was altered."),
        ("DELETE FROM audit WHERE number = 2", "Row 2 was taken out."),
        ("DELETE FROM audit WHERE number = 3", "Row 3 was taken out at the end."),
        ("DELETE FROM audit", "Rows 1 to 3 were taken out at the end."),
    ],
)
def test_an_audit_that_was_altered_is_told_by_the_exit_code(
    tampering: str, words: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("Ada", "Bert"):
        cli.main(["clients", "--add", name])
    database = sqlite3.connect(home / "data" / "record.sqlite3")
    with database:
        database.execute(tampering)
    database.close()
    assert cli.main(["audit"]) == 5
    assert capsys.readouterr().err.strip() == words

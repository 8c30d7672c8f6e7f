"""Export and import, as a person calls them on the shell."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from treated import treated

from rom_vision import cli
from rom_vision.records import MovementFinding, Record


@pytest.fixture
def client(home, tmp_path) -> str:
    with Record.open() as record:
        return treated(record, tmp_path).id


@pytest.fixture
def said(capsys):
    """Runs a command; gives its exit code, and what it said on either stream."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.mark.parametrize("kind", ["fhir", "csv", "parquet", "zip"])
def test_a_client_is_exported_once(client, said, tmp_path, kind):
    command = ("export", client, "--format", kind, "--out", str(tmp_path / "out"))
    assert said(*command) == (0, f"{tmp_path / 'out'}\n", "")
    content = (tmp_path / "out").read_bytes()
    code, _, error = said(*command)
    assert code == 2
    assert error.startswith(f"There is a file {tmp_path / 'out'} already.")
    assert (tmp_path / "out").read_bytes() == content
    assert said("audit")[1].splitlines()[-1].endswith(f"{client}  export client {kind}")


@pytest.mark.parametrize(
    ("kind", "start"), [("trc", b"PathFileType"), ("mot", b"joint_angles"), ("parquet", b"PAR1")]
)
def test_a_measurement_is_exported_by_the_number_that_sessions_prints(client, said, tmp_path, kind, start):
    number = re.search(r"^ +(\d+)  Left knee flexion, active", said("sessions", client)[1], re.M)[1]
    assert said("export", "--measurement", number, "--format", kind, "--out", str(tmp_path / "out"))[0] == 0
    assert (tmp_path / "out").read_bytes().startswith(start)


def test_a_zip_goes_into_another_record(client, said, tmp_path, monkeypatch):
    zip_file = tmp_path / "client.zip"
    assert said("export", client, "--format", "zip", "--out", str(zip_file))[0] == 0
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setenv("ROM_VISION_HOME", str(tmp_path / "elsewhere"))
    code, out, _ = said("import", str(zip_file))
    assert (code, out.split()[0]) == (0, client)
    code, out, _ = said("import", str(zip_file), "--new-id")
    assert code == 0
    assert out.split()[0] != client
    assert len(said("clients")[1].splitlines()) == 2
    assert said("sessions", client)[1].count("Left knee flexion, active") == 3


def test_a_zip_that_was_altered_is_refused(client, said, tmp_path):
    with zipfile.ZipFile(tmp_path / "client.zip", "w") as archive:
        archive.writestr("record.json", json.dumps({"schema": 1, "chart": {}}))
    code, _, error = said("import", str(tmp_path / "client.zip"))
    assert code == 1
    assert error == "The file was altered: SHA256SUMS is missing. Take the file as it was exported.\n"


def test_goniometer_values_are_imported(client, said, tmp_path):
    table = tmp_path / "values.csv"
    table.write_text("date,movement,side,mode,value_deg\n2026-11-03,knee_flexion,left,passive,130\n")
    assert said("import", str(table), "--client", client) == (0, "1 imported\n", "")
    with Record.open() as record:
        assert 130 in [found.value_deg for found in record.entries(client, MovementFinding)]
    table.write_text("date,movement,side,mode,value_deg\n2026-11-03,knee,left,passive,130\n")
    code, _, error = said("import", str(table), "--client", client)
    assert code == 1
    assert error.startswith("Line 2: There is no movement test 'knee'.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "--format", "csv", "--out", "x"], "Export a client, or a measurement."),
        (["export", "C-222222", "--measurement", "3", "--format", "csv", "--out", "x"], "Export a client, or a"),
        (["export", "C-222222", "--format", "trc", "--out", "x"], "A client can't be written as trc."),
        (
            ["export", "--measurement", "3", "--format", "zip", "--out", "x"],
            "A measurement can't be written as zip.",
        ),
        (["import", "x.pdf"], "x.pdf is neither .zip nor .csv."),
        (["import", "x.csv"], "Only goniometer values need a client"),
        (["import", "x.zip", "--client", "C-222222"], "Only goniometer values need a client"),
        (["import", "x.csv", "--client", "C-222222", "--new-id"], "Only goniometer values need a client"),
    ],
)
def test_bad_usage(home: Path, said, arguments, words):
    code, _, error = said(*arguments)
    assert code == 2
    assert words in error


def test_what_is_not_there(home, said, tmp_path):
    out = ["--format", "csv", "--out", str(tmp_path / "x")]
    code, _, error = said("export", "C-222222", *out)
    assert code == 1
    assert error.startswith("There is no client C-222222 among the 0 in the record.")
    assert said("export", "--measurement", "7", *out)[0] == 1
    assert said("import", str(tmp_path / "gone.zip"))[0] == 1
    assert not (tmp_path / "x").exists()

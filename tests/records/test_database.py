"""What lies under the record: the schema, several processes at once, and everything that can go wrong."""

import sqlite3
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from rom_vision.errors import RecordError
from rom_vision.records import Record
from rom_vision.records.tables import Base


@pytest.fixture
def file(home):
    """The file of the default record; it is not made yet."""
    home.mkdir()
    return home / "record.sqlite3"


def asked(file, sql):
    connection = sqlite3.connect(file)
    with connection:
        rows = connection.execute(sql).fetchall()
    connection.close()
    return rows


def media(home):
    return list((home / "media").glob("*"))


class TestSchema:
    def test_the_migrations_make_the_tables(self, record):
        with record._engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []

    def test_sqlite_writes_ahead_and_minds_foreign_keys(self, file):
        with Record.open() as record, record._engine.connect() as connection:
            ask = connection.exec_driver_sql
            assert ask("PRAGMA journal_mode").scalar() == "wal"
            assert ask("PRAGMA foreign_keys").scalar() == 1
            assert ask("PRAGMA busy_timeout").scalar() == 30_000

    def test_the_address_may_be_given_or_come_from_the_environment(self, home, tmp_path, monkeypatch):
        given, named = tmp_path / "given.sqlite3", tmp_path / "100 %.sqlite3"
        Record.open(f"sqlite:///{given}").close()
        monkeypatch.setenv("ROM_VISION_DATABASE_URL", f"sqlite:///{named}")
        Record.open().close()
        assert given.exists()
        assert named.exists()
        assert not (home / "record.sqlite3").exists()

    def test_opening_a_record_loads_neither_camera_nor_page(self, home):
        code = "import sys; from rom_vision.records import Record; Record.open().close(); print(*sys.modules)"
        loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
        assert "sqlalchemy" in loaded.split()
        assert not {"mediapipe", "cv2", "streamlit"} & set(loaded.split())


class TestSeveralAtOnce:
    OPEN = "Record.open().add_client('Anna')"
    KEEP = (
        "record = Record.open(); client = record.clients()[0].id\n"
        "for _ in range(5): record.keep(client, knee_flexion(), Path('clip.mp4'), on=date(2026, 11, 3))"
    )

    def test_all_open_a_record_that_is_not_there_yet(self, file, at_once):
        assert at_once(self.OPEN, 3) == [""] * 3
        with Record.open() as record:
            assert len(record.clients()) == 3

    def test_all_keep_for_one_client_on_one_day(self, record, anna, at_once, home):
        assert at_once(self.KEEP, 2) == [""] * 2
        assert [session.measurements for session in record.sessions(anna.id)] == [10]
        assert len(media(home)) == 1


class TestAllOrNothing:
    def test_a_row_that_can_not_be_written_leaves_no_file(self, file, knee, clip, home):
        with Record.open() as record:
            anna = record.add_client("Anna")
            stop = "CREATE TRIGGER stop BEFORE INSERT ON measurements BEGIN SELECT RAISE(ABORT, 'no'); END"
            asked(file, stop)
            with pytest.raises(Exception, match="no"):
                record.keep(anna.id, knee, clip(), overlay=clip("overlay.mp4"))
            assert media(home) == []
            assert record.measurements(anna.id) == record.sessions(anna.id) == []
            asked(file, "DROP TRIGGER stop")
            record.keep(anna.id, knee, clip())
            assert len(media(home)) == 1

    def test_a_commit_that_fails_leaves_no_file(self, file, knee, clip, home):
        with Record.open() as record:
            anna = record.add_client("Anna")
            # a foreign key that is looked at when the transaction ends, and never fits
            asked(
                file,
                "CREATE TABLE late (id INTEGER REFERENCES clients (id) DEFERRABLE INITIALLY DEFERRED)",
            )
            asked(file, "CREATE TRIGGER stop AFTER INSERT ON measurements BEGIN INSERT INTO late VALUES (1); END")
            with pytest.raises(Exception, match="FOREIGN KEY"):
                record.keep(anna.id, knee, clip())
            assert media(home) == []
            assert record.measurements(anna.id) == record.sessions(anna.id) == []

    def test_a_file_that_can_not_be_kept_leaves_no_row(self, record, anna, knee, clip, home):
        (home / "media").write_text("a file where the folder ought to be")
        with pytest.raises(RecordError, match=r"IMG_0042.MOV can't be kept: .*media can be written to"):
            record.keep(anna.id, knee, clip())
        assert record.measurements(anna.id) == record.sessions(anna.id) == []

    def test_an_overlay_that_is_gone_takes_the_video_with_it(self, record, anna, knee, clip, home, tmp_path):
        with pytest.raises(RecordError, match=r"overlay.mp4 can't be kept: No such file"):
            record.keep(anna.id, knee, clip(), overlay=tmp_path / "overlay.mp4")
        assert media(home) == []
        assert record.measurements(anna.id) == []


class TestTroubles:
    def test_a_file_that_is_no_record(self, file):
        file.write_text("Dear diary, " * 100)
        with pytest.raises(RecordError, match=r"record.sqlite3: The file is not a record. Name another"):
            Record.open()

    def test_a_folder_in_its_place(self, file):
        file.mkdir()
        with pytest.raises(RecordError, match=r"can't be opened. Check that its folder"):
            Record.open()

    def test_one_of_a_newer_program_is_left_alone(self, file):
        Record.open().close()
        asked(file, "UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(RecordError, match=r"newer version of this program. Install the newer version"):
            Record.open()
        assert asked(file, "SELECT version_num FROM alembic_version") == [("9999",)]

    def test_one_of_another_program_is_left_alone(self, file):
        asked(file, "CREATE TABLE clients (telephone TEXT)")
        with pytest.raises(RecordError, match="belongs to another program"):
            Record.open()
        assert asked(file, "SELECT name FROM sqlite_master") == [("clients",)]

    def test_the_disk_is_full(self, file, knee, clip, home):
        with Record.open() as record:
            anna = record.add_client("Anna")
            connection = record._engine.raw_connection()  # the one that is used next
            pages = connection.cursor().execute("PRAGMA page_count").fetchone()[0]
            connection.cursor().execute(f"PRAGMA max_page_count = {pages}")
            connection.close()
            with pytest.raises(RecordError, match=r"The disk is full. Free some space"):
                record.keep(anna.id, knee, clip())
            assert media(home) == []

    def test_another_program_does_not_stop_writing(self, file, monkeypatch):
        monkeypatch.setattr("rom_vision.records.database.BUSY_S", 0.1)
        with Record.open() as record:
            other = sqlite3.connect(file, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(RecordError, match="Another program is writing to the record"):
                record.add_client("Anna")
            assert record.clients() == [], "reading goes on"
            other.close()

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("record.sqlite3", "can't be understood"),
            ("papyrus://scroll", "no driver for a database of the kind papyrus"),
            ("sqlite:////nowhere/record.sqlite3", "can't be opened"),
        ],
    )
    def test_an_address_that_leads_nowhere(self, home, address, words):
        with pytest.raises(RecordError, match=words):
            Record.open(address)

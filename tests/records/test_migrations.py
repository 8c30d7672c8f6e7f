"""The schema forward and back, with data in it, in a real file and on a real server."""

from dataclasses import replace
from datetime import date

import charted
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from rom_vision.records import Record, Session
from rom_vision.records.database import open_engine, to_revision
from rom_vision.records.tables import Base

FIRST, SECOND = date(2026, 11, 3), date(2026, 11, 10)


@pytest.fixture
def engine(address):
    engine = open_engine(address)
    yield engine
    engine.dispose()


def ask(engine, sql):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def test_a_record_of_the_first_version_is_brought_to_today(record, anna, knee, clip, engine):
    kept = [record.keep(anna.id, knee, clip(), on=on) for on in (SECOND, FIRST)]
    curves = record.curves(kept[0].id).tested_deg.tobytes()
    record.close()
    to_revision(engine, "0001")
    assert set(inspect(engine).get_table_names()) == {"alembic_version", "clients", "measurements", "sessions"}
    assert ask(engine, "SELECT name FROM clients") == [("Anna Example",)]

    with Record.open(who="Thea") as today:
        assert today.client(anna.id) == replace(anna, version=0)
        assert [(session.on, session.kind, session.measurements) for session in today.sessions(anna.id)] == [
            (FIRST, "first_assessment", 1),
            (SECOND, "re_assessment", 1),
        ]
        assert today.measurements(anna.id) == kept[::-1]
        assert today.curves(kept[0].id).tested_deg.tobytes() == curves
        assert kept[0].video_path.exists()
        today.save(charted.treatment(anna.id, kept[0].session_id))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_back_to_the_first_version_loses_no_measurement(record, anna, knee, engine):
    kept = [record.keep(anna.id, knee, None, on=on, kind=kind) for on, kind in (
        (FIRST, "treatment"), (FIRST, "home"), (FIRST, "re_assessment"), (SECOND, "home"),
    )]  # fmt: skip
    for make in charted.OF_A_CLIENT:
        record.save(make(anna.id, **({"kind": "first_assessment"} if make is charted.session else {})))
    for make in charted.OF_A_SESSION:
        record.save(make(anna.id, kept[0].session_id))
    record.remove_client(anna.id)
    record.close()
    to_revision(engine, "0001")
    days = "SELECT measurements.id, held_on FROM measurements JOIN sessions ON sessions.id = session_id ORDER BY 1"
    assert [(number, str(on)) for number, on in ask(engine, days)] == [
        (measured.id, str(measured.on)) for measured in kept
    ]
    assert ask(engine, "SELECT count(*) FROM sessions") == [(2,)]


def test_step_by_step_and_back_again(engine, address):
    steps = ["0002", "0001", "0002", "0003", "0004", "0005", "0006", "0005", "0004", "0003", "0002", "head"]
    for step in steps:
        to_revision(engine, step)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_back_and_forth_keeps_what_the_step_before_holds(record, anna, engine):
    there = [make for make in charted.OF_A_CLIENT if make is not charted.letter]  # came later
    saved = [record.save(make(anna.id)) for make in there]
    (session,) = record.entries(anna.id, Session)
    saved += [record.save(make(anna.id, session.id)) for make in charted.OF_A_SESSION]
    record.close()
    to_revision(engine, "0002")
    with Record.open(who="Thea") as again:
        assert [entry for kept in saved for entry in again.entries(anna.id, type(kept))] == saved


def test_rows_still_belong_together_after_the_steps(record, anna, knee, engine, address):
    """SQLite makes an altered table anew; what belonged to its rows must belong to the new ones."""
    kept = record.keep(anna.id, knee, None)
    record.close()
    to_revision(engine, "0001")
    with Record.open(who="Thea") as today:
        today.erase_client(anna.id)
    assert ask(engine, f"SELECT count(*) FROM measurements WHERE id = {kept.id}") == [(0,)]
    if address.startswith("sqlite"):
        assert ask(engine, "PRAGMA foreign_key_check") == []
        fresh = create_engine(address)
        assert ask(fresh, "PRAGMA integrity_check") == [("ok",)]
        fresh.dispose()


def test_red_flags_come_with_the_fifth_version_and_go_without_it(record, anna, engine):
    told = record.save(charted.session(anna.id, red_flags=("fever",)))
    record.close()
    to_revision(engine, "0004")
    with Record.open(who="Thea") as again:
        assert again.entries(anna.id, Session) == [replace(told, red_flags=())]

"""The recycle bin, and erasing for good."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import charted
import pytest
from sqlalchemy import create_engine, text, update

from rom_vision.errors import RecordError
from rom_vision.records import Record, Session
from rom_vision.records.tables import Base, ClientRow

SECRET = "Annegret Musterfrau"


@pytest.fixture
def treated(record, knee, clip):
    """A client with something of every kind, and a video."""
    client = record.add_client(SECRET, contact="Sackgasse 9")
    for make in charted.OF_A_CLIENT:
        record.save(make(client.id))
    (session,) = record.entries(client.id, Session)
    for make in charted.OF_A_SESSION:
        record.save(
            replace(make(client.id, session.id), note=SECRET)
            if make is charted.palpation
            else make(client.id, session.id)
        )
    record.keep(client.id, knee, clip(), overlay=clip("overlay.mp4"))
    return client


def removed_days_ago(record, client, days):
    record.remove_client(client.id)
    then = datetime.now(UTC) - timedelta(days=days)
    with record._writing() as (db, _):
        db.execute(update(ClientRow).where(ClientRow.id == client.id).values(removed_at=then))


def files(home):
    return list((home / "media").glob("*"))


class TestBin:
    def test_who_is_in_it_is_hidden_and_comes_back_whole(self, record, treated, home):
        chart = record.chart(treated.id)
        record.remove_client(treated.id)
        assert record.clients() == []
        (removed,) = record.removed_clients()
        assert removed == replace(treated, removed_at=removed.removed_at)
        assert len(files(home)) == 2
        assert record.restore_client(treated.id.lower()) == treated
        assert record.removed_clients() == []
        assert record.chart(treated.id) == chart

    def test_nothing_is_done_with_who_is_in_it(self, record, treated, knee):
        (kept,) = record.measurements(treated.id)
        record.remove_client(treated.id)
        for ask in (
            lambda: record.client(treated.id),
            lambda: record.chart(treated.id),
            lambda: record.keep(treated.id, knee, None),
            lambda: record.measurement(kept.id),
            lambda: record.curves(kept.id),
            lambda: record.discard(kept.id),
            lambda: record.save(charted.consent(treated.id)),
            lambda: record.change_client(treated),
            lambda: record.remove_client(treated.id),
            lambda: record.exported(treated.id, "report_pdf"),
        ):
            with pytest.raises(RecordError, match=f"{treated.id} is in the recycle bin. Restore the client first"):
                ask()

    def test_who_is_not_in_it_can_not_come_back(self, record, anna):
        with pytest.raises(RecordError, match=f"no client {anna.id} among the 0 in the recycle bin"):
            record.restore_client(anna.id)

    def test_after_thirty_days_it_is_emptied(self, record, treated, home):
        bert, carla, dora = (record.add_client(name) for name in ("Bert", "Carla", "Dora"))
        removed_days_ago(record, treated, 31)
        removed_days_ago(record, bert, 29)
        removed_days_ago(record, carla, 40)
        record.restore_client(carla.id)
        assert record.empty_bin() == [treated.id]
        assert [client.id for client in record.removed_clients()] == [bert.id]
        assert [client.id for client in record.clients()] == [carla.id, dora.id]
        assert files(home) == []
        assert record.empty_bin() == []

    def test_who_is_restored_at_the_last_moment_is_not_erased(self, record, anna):
        removed_days_ago(record, anna, 31)
        record.restore_client(anna.id)
        assert not record._erase(anna.id, datetime.now(UTC))
        assert record.client(anna.id) == anna


class TestErasing:
    def test_nothing_stays_but_the_pseudonym_in_the_audit(self, record, address, treated, home):
        record.erase_client(treated.id)
        engine = create_engine(address)
        with engine.connect() as connection:
            left = {
                table: connection.execute(text(f"SELECT * FROM {table}")).fetchall()
                for table in Base.metadata.tables
                if table not in {"audit", "identity"}
            }
            audit = connection.execute(text("SELECT * FROM audit")).fetchall()
        engine.dispose()
        assert not any(left.values()), left
        assert treated.id in repr(audit)
        assert SECRET not in repr(audit)
        assert files(home) == []
        assert record.audit_problems() == []

    def test_from_the_bin_too(self, record, treated):
        record.remove_client(treated.id)
        record.erase_client(treated.id)
        assert record.removed_clients() == record.clients() == []

    def test_others_lose_nothing(self, record, treated, knee, clip, home):
        bert = record.add_client("Bert")
        kept = record.keep(bert.id, knee, clip())
        consent = record.save(charted.consent(bert.id))
        record.erase_client(treated.id)
        chart = record.chart(bert.id)
        assert (chart.measurements, chart.consents) == ((kept,), (consent,))
        assert files(home) == [kept.video_path]

    def test_who_is_not_there(self, record):
        with pytest.raises(RecordError, match="no client C-222222"):
            record.erase_client("C-222222")

    def test_no_letter_stays_in_the_files(self, home, knee, clip):
        def found():
            letters = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
            return [word for word in (b"Annegret", b"Sackgasse", b"squeezed") if word in letters]

        with Record.open() as record:
            client = record.add_client(SECRET, contact="Sackgasse 9")
            record.save(charted.history(client.id, note="the nerve was squeezed"))
            assert found() == [b"Annegret", b"Sackgasse", b"squeezed"]
            record.erase_client(client.id)
            assert found() == [], "while the record is open"
        assert found() == []


class TestChangingAClient:
    def test_each_field(self, record, anna):
        changed = record.change_client(
            replace(
                anna,
                name=" Anna B. ",
                sex="female",
                height_m=1.68,
                weight_kg=60,
                dominant_side="left",
                contact="x",
            )
        )
        assert changed == record.client(anna.id)
        assert (changed.name, changed.height_m, changed.weight_kg) == ("Anna B.", 1.68, 60)
        assert (changed.version, changed.added_at) == (anna.version + 1, anna.added_at)

    def test_not_over_what_somebody_else_has_saved_since(self, record, anna):
        theirs = record.change_client(replace(anna, contact="by telephone"))
        with pytest.raises(RecordError, match="Somebody else has changed it meanwhile"):
            record.change_client(replace(anna, name="Anna B."))
        assert record.client(anna.id) == theirs

    def test_nonsense_changes_nothing(self, record, anna):
        with pytest.raises(RecordError, match="has no name"):
            record.change_client(replace(anna, name=""))
        assert record.client(anna.id) == anna

"""The audit: who saw and changed what, and that nothing of it can be altered or taken out unseen."""

import getpass
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import charted
import pytest
from sqlalchemy import create_engine, delete, text, update

from rom_vision.errors import RecordError
from rom_vision.records import Consent, Record
from rom_vision.records.audit import _hash
from rom_vision.records.tables_clinical import AuditRow


@pytest.fixture
def written(record):
    """A record with ten rows in its audit, of which the first is its beginning."""
    for name in ("Anna", "Bert", "Carla", "Dora", "Emil", "Fred", "Gina", "Hans", "Inge"):
        record.add_client(name)
    assert [row.number for row in record.audit()] == list(range(1, 11))
    assert record.audit_problems() == []
    return record


@pytest.fixture
def tamper(address):
    """Changes the database behind the record's back."""
    engine = create_engine(address)

    def run(*statements):
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(statement)

    yield run
    engine.dispose()


def acts(record):
    return [(row.action, row.client_id, row.what) for row in record.audit()][1:]


class TestWhatIsWritten:
    def test_every_change_with_who_and_when(self, record, knee):
        began = datetime.now(UTC)
        anna = record.add_client("Anna")
        record.change_client(replace(anna, contact="by telephone"))
        kept = record.save(charted.consent(anna.id))
        record.save(kept)
        measured = record.keep(anna.id, knee, None)
        record.delete(replace(kept, version=2))
        record.discard(measured.id)
        record.exported(anna.id, "report_pdf")
        record.remove_client(anna.id)
        record.restore_client(anna.id)
        record.erase_client(anna.id)
        assert acts(record) == [
            ("add", anna.id, "client"),
            ("change", anna.id, "client"),
            ("add", anna.id, f"consent {kept.id}"),
            ("change", anna.id, f"consent {kept.id}"),
            ("add", anna.id, f"measurement {measured.id}"),
            ("delete", anna.id, f"consent {kept.id}"),
            ("delete", anna.id, f"measurement {measured.id}"),
            ("export", anna.id, "report_pdf"),
            ("remove", anna.id, "client"),
            ("restore", anna.id, "client"),
            ("erase", anna.id, "client"),
        ]
        for row in record.audit():
            assert row.who == "Thea"
            assert began - timedelta(seconds=60) < row.at <= datetime.now(UTC)
        assert record.audit_problems() == []

    @pytest.mark.parametrize(
        "view",
        [
            lambda record, client, kept: record.client(client),
            lambda record, client, kept: record.chart(client),
            lambda record, client, kept: record.measurements(client),
            lambda record, client, kept: record.results(client, "knee_flexion", "left", "active"),
            lambda record, client, kept: record.sessions(client),
            lambda record, client, kept: record.entries(client, Consent),
            lambda record, client, kept: record.adherence(client, charted.DAY),
            lambda record, client, kept: record.measurement(kept),
            lambda record, client, kept: record.curves(kept),
        ],
    )
    def test_each_way_to_look_at_a_client(self, record, anna, knee, view):
        kept = record.keep(anna.id, knee, None)
        before = acts(record)
        with Record.open(who="Otto") as other:
            view(other, anna.id.lower(), kept.id)
            view(other, anna.id, kept.id)
        assert acts(record) == [*before, ("view", anna.id, "")], "once while the record is open"
        assert [row.who for row in record.audit()][-1] == "Otto"

    def test_comparing_looks_at_a_client_too(self, record, anna, knee):
        record.compared(anna.id, knee, charted.DAY)
        assert acts(record)[-1] == ("view", anna.id, "")

    def test_the_list_of_clients(self, record, anna):
        record.clients()
        record.clients()
        assert acts(record) == [("add", anna.id, "client"), ("list", None, "clients")]

    def test_an_audit_without_rows_is_whole(self, record):
        assert list(record.audit()) == record.audit_problems() == []

    def test_who_looks_in_vain_sees_nothing_and_leaves_nothing(self, record):
        assert record.clients() == []
        with pytest.raises(RecordError):
            record.client("C-222222")
        assert acts(record) == []

    def test_what_fails_is_not_in_it(self, record, anna, knee, tmp_path):
        with pytest.raises(RecordError):
            record.keep(anna.id, knee, tmp_path / "gone.mp4")
        assert acts(record) == [("add", anna.id, "client")]

    def test_no_name_and_no_word_of_what_was_written(self, record, address):
        anna = record.add_client("Annegret Musterfrau", contact="Sackgasse 9")
        record.save(charted.referral(anna.id, physician="Dr. Weissnicht"))
        record.client(anna.id)
        record.clients()
        told = repr(list(record.audit()))
        for word in ("Annegret", "Musterfrau", "Sackgasse", "Weissnicht", "M75"):
            assert word not in told


class TestWho:
    def test_the_user_of_the_system_where_nobody_is_named(self, address):
        with Record.open() as record:
            record.add_client("Anna")
            assert {row.who for row in record.audit()} == {getpass.getuser()}

    @pytest.mark.parametrize("who", ["", "  ", "The\na"])
    def test_nobody_is_told(self, address, who):
        with pytest.raises(RecordError, match="Nobody is named"):
            Record.open(who=who)


class TestTampering:
    def problems(self, record):
        return " ".join(record.audit_problems())

    @pytest.mark.parametrize(
        "changed",
        [
            {"who": "Otto"},
            {"client_id": "C-222222"},
            {"action": "view"},
            {"what": "client 7"},
            {"at": datetime(2020, 1, 1, tzinfo=UTC)},
            {"hash": "0" * 64},
        ],
        ids=lambda changed: next(iter(changed)),
    )
    @pytest.mark.parametrize("number", [1, 5, 10])
    def test_an_altered_row(self, written, tamper, changed, number):
        tamper(update(AuditRow).where(AuditRow.number == number).values(changed))
        assert self.problems(written)

    @pytest.mark.parametrize(
        ("numbers", "words"),
        [
            ([1], "Row 1 was taken out."),
            ([4], "Row 4 was taken out."),
            ([4, 5, 6], "Rows 4 to 6 were taken out."),
            ([10], "Row 10 was taken out at the end."),
            ([9, 10], "Rows 9 to 10 were taken out at the end."),
            (list(range(1, 11)), "Rows 1 to 10 were taken out at the end."),
        ],
    )
    def test_rows_that_are_gone(self, written, tamper, numbers, words):
        tamper(delete(AuditRow).where(AuditRow.number.in_(numbers)))
        assert words in self.problems(written)

    def test_a_row_that_is_gone_with_the_numbers_closed_up(self, written, tamper):
        tamper(
            delete(AuditRow).where(AuditRow.number == 9),
            update(AuditRow).where(AuditRow.number == 10).values(number=9),
        )
        assert "Row 9 or one before it was altered." in self.problems(written)

    def test_a_row_put_in(self, written, tamper):
        tamper(
            text(
                "INSERT INTO audit (number, happened_at, who, action, what, hash)"
                " SELECT 11, happened_at, who, action, what, hash FROM audit WHERE number = 10"
            )
        )
        assert "Row 11 or one before it was altered." in self.problems(written)

    def test_a_chain_written_anew_from_a_row_on(self, written, tamper):
        """Who knows how the hashes are made is found out by the head."""
        rows, before = [], ""
        for row in written.audit():
            forged = replace(row, who="Otto") if row.number >= 6 else row
            before = _hash(forged, before)
            rows.append(update(AuditRow).where(AuditRow.number == row.number).values(who=forged.who, hash=before))
        tamper(*rows)
        assert self.problems(written) == "The rows up to 10 were written anew."

    def test_a_head_that_is_taken_away_is_told_and_stays_to_be_seen(self, written, tamper, home):
        (head,) = (home / "audit").glob("*/*")
        head.unlink()
        tamper(delete(AuditRow).where(AuditRow.number == 10))
        assert "no head of the audit" in self.problems(written)
        written.add_client("Zoe")
        assert [row.action for row in written.audit()][-2:] == ["start", "add"]

    def test_rows_that_are_gone_are_told_when_the_record_is_opened_again(self, written, tamper):
        written.close()
        tamper(delete(AuditRow))
        with Record.open(who="Thea") as again:
            assert again.audit_problems() == ["Rows 1 to 10 were taken out at the end."]
            for name in "abcdefghijklm":
                again.add_client(name)
            assert again.audit_problems() == ["The rows up to 10 were written anew."]

    def test_a_record_brought_back_from_before_is_told(self, home, tmp_path):
        file = home / "record.sqlite3"
        with Record.open(who="Thea") as record:
            anna = record.add_client("Anna")
        before = file.read_bytes()
        with Record.open(who="Thea") as record:
            record.erase_client(anna.id)
        file.write_bytes(before)
        with Record.open(who="Thea") as record:
            assert record.client(anna.id) == anna
            record.add_client("Bert")
            assert record.audit_problems() == ["The rows up to 3 were written anew."]

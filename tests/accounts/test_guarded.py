"""Each role against everything that can be asked of the record."""

import inspect
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path

import charted
import pytest
from measured import knee_flexion

from rom_vision.accounts import GuardedRecord, open_record
from rom_vision.edits import Edits
from rom_vision.errors import NotAllowedError, RecordError
from rom_vision.records import Chart, Client, Consent, Exercise, KeptMeasurement, Record, Session
from rom_vision.records.arrivals import Brought

DAY = date(2026, 11, 3)
FOREIGN = "You may not see this client."
STAFF, READERS, ALL = (
    {"owner", "therapist"},
    {"owner", "therapist", "reviewer"},
    {"owner", "therapist", "client", "reviewer"},
)
NOBODY: set[str] = set()


@pytest.fixture(scope="module")
def knee():
    return knee_flexion()


class Kept:
    """A client with a measurement, an exercise and a session."""

    def __init__(self, record: Record, client: Client, knee) -> None:
        self.client = client
        self.exercise = record.save(charted.exercise(client.id, movement="knee_flexion", side="left"))
        self.measurement: KeptMeasurement = record.keep(client.id, knee, None, on=DAY)
        self.filmed = record.keep(client.id, knee, Path(__file__), on=DAY)
        self.consent = record.save(charted.consent(client.id))
        self.knee = knee


@pytest.fixture
def annas(practice, anna, knee) -> Kept:
    with Record.open(who="shell") as record:
        return Kept(record, anna, knee)


@pytest.fixture
def bens(practice, ben, knee) -> Kept:
    with Record.open(who="shell") as record:
        return Kept(record, ben, knee)


# what is asked about one client -> who may, if the client is theirs
ABOUT_A_CLIENT: dict[str, tuple[Callable[[GuardedRecord, Kept], object], set[str]]] = {
    "client": (lambda record, kept: record.client(kept.client.id), ALL),
    "adherence": (lambda record, kept: record.adherence(kept.client.id, DAY), ALL),
    "measurements": (lambda record, kept: record.measurements(client_id=kept.client.id), ALL),
    "measurement": (lambda record, kept: record.measurement(kept.measurement.id), ALL),
    "results": (lambda record, kept: record.results(kept.client.id, "knee_flexion", "left", "active"), ALL),
    "compared": (lambda record, kept: record.compared(kept.client.id, kept.knee, DAY), ALL),
    "curves": (lambda record, kept: record.curves(kept.measurement.id), ALL),
    "corrections": (lambda record, kept: record.corrections(kept.measurement.id), READERS),
    "entries, the home programme": (lambda record, kept: record.entries(kept.client.id, Exercise), ALL),
    "entries, sessions": (lambda record, kept: record.entries(kept.client.id, Session), READERS),
    "entries, consents": (lambda record, kept: record.entries(kept.client.id, kind=Consent), READERS),
    "sessions": (lambda record, kept: record.sessions(kept.client.id), READERS),
    "chart": (lambda record, kept: record.chart(kept.client.id), READERS),
    "exported": (lambda record, kept: record.exported(kept.client.id, "report_pdf"), READERS),
    "keep, at home": (
        lambda record, kept: record.keep(kept.client.id, kept.knee, None, on=DAY, exercise_id=kept.exercise.id),
        {"owner", "therapist", "client"},
    ),
    "keep, at home as a treatment": (
        lambda record, kept: record.keep(
            kept.client.id, kept.knee, None, on=DAY, exercise_id=kept.exercise.id, kind="treatment"
        ),
        STAFF,
    ),
    "keep": (lambda record, kept: record.keep(kept.client.id, kept.knee, None, on=DAY), STAFF),
    "save": (lambda record, kept: record.save(charted.goal(kept.client.id)), STAFF),
    "save, the home programme": (lambda record, kept: record.save(charted.exercise(kept.client.id)), STAFF),
    "add_findings": (
        lambda record, kept: record.add_findings(kept.client.id, [(DAY, charted.movement(kept.client.id, 0))]),
        STAFF,
    ),
    "delete": (lambda record, kept: record.delete(kept.consent), STAFF),
    "change_client": (lambda record, kept: record.change_client(kept.client), STAFF),
    "original": (lambda record, kept: record.original(kept.measurement.id), STAFF),
    "keep_draft": (lambda record, kept: record.keep_draft(kept.measurement.id, Edits()), STAFF),
    "correct": (lambda record, kept: record.correct(kept.measurement.id, kept.knee, seen=0), STAFF),
    "show_faces": (lambda record, kept: record.show_faces(kept.filmed.id), STAFF),
    "cover_faces": (lambda record, kept: record.cover_faces(kept.filmed.id, Path(__file__), None, seen=0), STAFF),
    "drop_film": (lambda record, kept: record.drop_film(kept.filmed.id), STAFF),
    "tick": (
        lambda record, kept: record.tick(kept.client.id, kept.exercise.id, DAY, done=True),
        {"owner", "therapist", "client"},
    ),
    "discard": (lambda record, kept: record.discard(kept.measurement.id), STAFF),
    "remove_client": (lambda record, kept: record.remove_client(kept.client.id), STAFF),
    "erase_client": (lambda record, kept: record.erase_client(kept.client.id), {"owner"}),
}  # fmt: skip
NOTHING: dict[str, tuple[()]] = {field.name: () for field in fields(Chart) if field.name != "client"}
ZOE = Client(id="C-222222", name="Zoe", birth_date=None, sex=None, added_at=datetime(2026, 11, 3, tzinfo=UTC))
ZOES = Brought(chart=Chart(client=ZOE, **NOTHING), curves=NotImplemented, media=NotImplemented)
ABOUT_ALL: dict[str, tuple[Callable[[GuardedRecord], object], set[str]]] = {
    "add_client": (lambda record: record.add_client("Zoe Example"), STAFF),
    "take_in": (lambda record: record.take_in(ZOES), STAFF),
    "removed_clients": (lambda record: record.removed_clients(), STAFF),
    "empty_bin": (lambda record: record.empty_bin(), {"owner"}),
    "audit": (lambda record: list(record.audit()), {"owner"}),
    "audit_problems": (lambda record: record.audit_problems(), {"owner"}),
    "uncovered": (lambda record: record.uncovered(), STAFF),
    "agenda": (lambda record: record.agenda(DAY), STAFF),
    "settings": (lambda record: record.settings(), ALL),
    "change_settings": (lambda record: record.change_settings(record.settings()), {"owner"}),
    "expire_videos": (lambda record: record.expire_videos(), {"owner"}),
}


def state(record: Record) -> list[object]:
    """All that is kept of all clients."""
    return [record.chart(client.id) for client in record.clients()] + record.removed_clients()


def told(ask: Callable[..., object], *given: object) -> str | None:
    """Why it was refused; None if it was not."""
    try:
        ask(*given)
    except NotAllowedError as problem:
        return problem.message
    return None


@pytest.mark.parametrize("role", sorted(ALL))
def test_each_role_with_its_own_client(practice, annas, role):
    with open_record(getattr(practice, role)) as record, Record.open(who="shell") as all_of_it:
        for asked, (ask, allowed) in ABOUT_A_CLIENT.items():
            if role in allowed:
                ask(record, annas)
                continue
            before = state(all_of_it)
            assert told(ask, record, annas) == f"As a {role} you may not do that.", asked
            assert state(all_of_it) == before, asked


@pytest.mark.parametrize("role", ["client", "reviewer"])
def test_nobody_gets_at_the_client_of_others(practice, bens, role):
    with open_record(getattr(practice, role)) as record, Record.open(who="shell") as all_of_it:
        before = state(all_of_it)
        for asked, (ask, _) in ABOUT_A_CLIENT.items():
            assert told(ask, record, bens) == FOREIGN, asked
        assert state(all_of_it) == before


@pytest.mark.parametrize("role", sorted(ALL))
def test_each_role_with_what_concerns_no_single_client(practice, role):
    with open_record(getattr(practice, role)) as record:
        for asked, (ask, allowed) in ABOUT_ALL.items():
            if role in allowed:
                ask(record)
                continue
            assert told(ask, record) == f"As a {role} you may not do that.", asked


@pytest.mark.parametrize("role", sorted(ALL))
def test_each_role_with_the_recycle_bin(practice, anna, ben, role):
    with Record.open(who="shell") as record:
        record.remove_client(anna.id)
    with open_record(getattr(practice, role)) as record:
        if role in STAFF:
            assert record.clients() == [ben]
            assert record.restore_client(anna.id).id == anna.id
        else:
            assert record.clients() == []
            with pytest.raises(NotAllowedError):
                record.restore_client(anna.id)


def test_everything_that_can_be_asked_is_in_these_tables():
    public = {name for name, _ in inspect.getmembers(Record, callable) if not name.startswith("_")}
    tested = {asked.split(",")[0] for asked in (*ABOUT_A_CLIENT, *ABOUT_ALL)}
    assert public == tested | {"open", "close", "by", "clients", "restore_client"}


def test_what_has_no_right_named_is_asked_by_nobody(practice):
    with open_record(practice.owner) as record, pytest.raises(NotImplementedError, match="by: nobody has said"):
        record.by("somebody else")


@pytest.mark.parametrize(("role", "seen"), [("owner", 2), ("therapist", 2), ("client", 1), ("reviewer", 1)])
def test_each_role_lists_its_own_clients(practice, anna, ben, role, seen):
    with open_record(getattr(practice, role)) as record:
        assert record.clients() == [anna, ben][:seen]


def test_a_foreign_client_and_one_that_is_not_there_are_told_alike(practice, annas, bens):
    with open_record(practice.client) as record:
        for ask in (record.client, record.measurements, record.chart):
            for client_id in (bens.client.id, "C-NOBODY", "", "' OR 1=1 --"):
                with pytest.raises(NotAllowedError, match=FOREIGN):
                    ask(client_id)
        for number in (bens.measurement.id, 10**6):
            with pytest.raises(NotAllowedError, match=FOREIGN):
                record.curves(number)
    with open_record(practice.therapist) as record, pytest.raises(RecordError, match="There is no measurement"):
        record.curves(10**6)


def test_an_entry_is_not_slipped_into_another_record(practice, annas, bens):
    """A measurement of a client's own at home does not answer somebody else's exercise."""
    with open_record(practice.client) as record, pytest.raises(RecordError, match="has no exercise"):
        record.keep(annas.client.id, annas.knee, None, on=DAY, exercise_id=bens.exercise.id)


def test_the_audit_tells_the_user_name(practice, anna):
    with open_record(practice.reviewer) as record:
        record.chart(anna.id)
    with Record.open(who="shell") as record:
        last = list(record.audit())[-1]
    assert (last.who, last.action, last.client_id) == ("rita", "view", anna.id)

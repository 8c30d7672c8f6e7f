"""The clients in the record, the recycle bin, and erasing for good."""

import secrets
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Transaction

from rom_vision.movements import Sex, Side
from rom_vision.records.checks import check
from rom_vision.records.database import MEDIA_LOCK, lock, wipe
from rom_vision.records.kept import Client
from rom_vision.records.store import Store, changed_meanwhile, client_row
from rom_vision.records.tables import ClientRow, MeasurementRow, SessionRow

ID_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none is taken for another, read aloud or in bad handwriting
ID_LENGTH = 6
BIN_DAYS = 30
FIELDS = [field.name for field in fields(Client)]


class Clients(Store):
    """What the record does with clients."""

    __slots__ = ()

    def add_client(
        self,
        name: str,
        *,
        birth_date: date | None = None,
        sex: Sex | None = None,
        height_m: float | None = None,
        weight_kg: float | None = None,
        dominant_side: Side | None = None,
        contact: str = "",
    ) -> Client:
        """Add a client, under a new random id.

        Raises:
            RecordError: the name is empty, or something else can't be.
        """
        with self._writing() as (db, note):
            client = Client(
                id=new_id(db), name=name.strip(), birth_date=birth_date, sex=sex, added_at=datetime.now(UTC),
                height_m=height_m, weight_kg=weight_kg, dominant_side=dominant_side, contact=contact, version=1,
            )  # fmt: skip
            check(client)
            db.add(ClientRow(**{name: getattr(client, name) for name in FIELDS}))
            note("add", client.id, "client")
            return client

    def change_client(self, client: Client) -> Client:
        """Save a client whose fields were changed.

        Raises:
            RecordError: there is none of that id, a field can't be, or somebody else has saved it meanwhile.
        """
        check(client)
        with self._writing() as (db, note):
            row = client_row(db, client.id, locked=True)
            if row.version != client.version:
                raise changed_meanwhile()
            changed = replace(client, name=client.name.strip(), version=row.version + 1)
            for name in FIELDS:
                if name not in {"id", "added_at", "removed_at"}:
                    setattr(row, name, getattr(changed, name))
            note("change", row.id, "client")
            db.flush()
            return client_from(row)

    def clients(self) -> list[Client]:
        """All clients, by name; not those in the recycle bin."""
        return self._listed(removed=False)

    def removed_clients(self) -> list[Client]:
        """Those in the recycle bin, by name."""
        return self._listed(removed=True)

    def client(self, client_id: str) -> Client:
        """One client; capitals do not matter.

        Raises:
            RecordError: there is none of that id.
        """
        with self._viewing(client_id) as (db, known):
            return client_from(client_row(db, known))

    def remove_client(self, client_id: str) -> None:
        """Put a client into the recycle bin: hidden until restored, erased after 30 days (`empty_bin`).

        Raises:
            RecordError: there is none of that id.
        """
        with self._writing() as (db, note):
            row = client_row(db, client_id, locked=True)
            row.removed_at = datetime.now(UTC)
            note("remove", row.id, "client")
        self._viewed.discard(client_id.strip().upper())

    def restore_client(self, client_id: str) -> Client:
        """Take a client out of the recycle bin.

        Raises:
            RecordError: there is none of that id in it.
        """
        with self._writing() as (db, note):
            row = client_row(db, client_id, locked=True, removed=True)
            row.removed_at = None
            note("restore", row.id, "client")
            db.flush()
            return client_from(row)

    def erase_client(self, client_id: str) -> None:
        """Delete a client now and for good, with all that is written, measured and filmed; the audit stays.

        In SQLite's file what was deleted is overwritten. A server keeps it until it cleans up (VACUUM), and
        backups keep it until they are gone.

        Raises:
            RecordError: there is none of that id, or a video could not be deleted.
        """
        self._erase(client_id, None)

    def empty_bin(self) -> list[str]:
        """Erase the clients that were removed over 30 days ago; gives their ids.

        Raises:
            RecordError: a video could not be deleted.
        """
        before = datetime.now(UTC) - timedelta(days=BIN_DAYS)
        with self._reading() as db:
            old = list(
                db.scalars(select(ClientRow.id).where(ClientRow.removed_at < before).order_by(ClientRow.id))
            )
        return [client_id for client_id in old if self._erase(client_id, before)]

    def _erase(self, client_id: str, removed_before: datetime | None) -> bool:
        """Whether it was done; not where it was to be in the bin since before then and is not."""
        with self._media.removal() as remove, self._writing() as (db, note):
            row = db.get(ClientRow, client_id.strip().upper(), with_for_update=True)
            if removed_before and (row is None or row.removed_at is None or row.removed_at >= removed_before):
                return False
            row = row or client_row(db, client_id)  # which says that there is none
            lock(db.connection(), MEDIA_LOCK, shared=True)
            names = select(MeasurementRow.video_name, MeasurementRow.overlay_name).join(SessionRow)
            rows = db.execute(names.where(SessionRow.client_id == row.id))
            remove({name for row_names in rows for name in row_names if name})
            note("erase", row.id, "client")
            db.delete(row)
        wipe(self._engine)
        return True

    def exported(self, client_id: str, what: str) -> None:
        """Note in the audit that something of a client leaves the record.

        Args:
            what: a word for it, such as "report_pdf"; no name.
        Raises:
            RecordError: there is no such client.
        """
        with self._writing() as (db, note):
            note("export", client_row(db, client_id).id, what)

    def _listed(self, *, removed: bool) -> list[Client]:
        with self._reading() as db:
            there = ClientRow.removed_at.is_not(None) if removed else ClientRow.removed_at.is_(None)
            columns = [getattr(ClientRow, name) for name in FIELDS]  # alone: whole rows take three times as long
            rows = db.execute(select(*columns).where(there).order_by(func.lower(ClientRow.name), ClientRow.id))
            found = [Client(**row._mapping) for row in rows]
        if found and "" not in self._viewed:
            with self._writing() as (_, note):
                note("list", None, "clients")
            self._viewed.add("")  # no client's id
        return found


def client_from(row: ClientRow) -> Client:
    """A client as the record hands it out."""
    return Client(**{name: getattr(row, name) for name in FIELDS})


def new_id(db: Transaction) -> str:
    while True:
        new = "C-" + "".join(secrets.choice(ID_LETTERS) for _ in range(ID_LENGTH))
        if db.get(ClientRow, new) is None:
            return new

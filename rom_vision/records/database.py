"""The database under the record: where it is, how it is opened, and its troubles in words.

SQLite in the data folder by default; ROM_VISION_DATABASE_URL names another.
"""

import functools
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from rom_vision.errors import RecordError
from rom_vision.home import data_folder
from rom_vision.records.tables_accounts import AccountRow
from rom_vision.records.tables_jobs import JobRow

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_S = 30.0  # how long one process waits for another to finish writing
# any numbers that no other program on the same server uses
MIGRATION_LOCK, AUDIT_LOCK, MEDIA_LOCK, ACCOUNTS_LOCK = 0x524F4D56, 0x524F4D57, 0x524F4D58, 0x524F4D59

OURS = AccountRow.metadata.tables.keys() | JobRow.metadata.tables.keys()

# SQLite's primary result codes that a person can do something about
TROUBLES = {
    sqlite3.SQLITE_FULL: ("The disk is full.", "Free some space and try again."),
    sqlite3.SQLITE_READONLY: ("The record can't be written to.", "Check the rights of its file and folder."),
    sqlite3.SQLITE_CANTOPEN: (
        "The record can't be opened.",
        "Check that its folder exists and can be written to.",
    ),
    sqlite3.SQLITE_PERM: ("The record can't be opened.", "Check the rights of its file and folder."),
    sqlite3.SQLITE_IOERR: ("The record can't be read or written.", "Check the disk."),
    sqlite3.SQLITE_NOTADB: (
        "The file is not a record.",
        "Name another, or move it away to start an empty record.",
    ),
    sqlite3.SQLITE_CORRUPT: ("The record is damaged.", "Bring it back from a backup."),
    sqlite3.SQLITE_BUSY: ("Another program is writing to the record.", "Wait for it to finish, then try again."),
    sqlite3.SQLITE_LOCKED: ("Another program is writing to the record.", "Wait for it to finish, then try again."),
}


def open_engine(url: str | None) -> Engine:
    """A database whose schema is today's.

    Args:
        url: None is what ROM_VISION_DATABASE_URL names, else the file in the data folder.
    Raises:
        RecordError: it can't be opened, is not a record, or was written by a newer version.
    """
    address = _address(url or os.environ.get("ROM_VISION_DATABASE_URL"))
    try:
        engine = create_engine(
            address,
            json_serializer=functools.partial(json.dumps, allow_nan=False),
            # the app keeps its connections: a server that was started anew in between must not cost anybody a page
            pool_pre_ping=address.get_backend_name() != "sqlite",
        )
    except (NoSuchModuleError, ModuleNotFoundError) as problem:
        raise RecordError(
            f"There is no driver for a database of the kind {address.drivername}: {problem}.",
            remedy="Install the driver, or correct ROM_VISION_DATABASE_URL.",
        ) from problem
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    with ExitStack() as on_failure:
        on_failure.callback(engine.dispose)
        with in_words(address):
            _migrate(engine)
        on_failure.pop_all()
    return engine


def writing(engine: Engine) -> Engine:
    """The same database, for transactions that write: SQLite then takes its lock at once.

    A transaction that reads first and takes the lock later fails where another wrote in between.
    """
    return engine.execution_options(writing=True)


def lock(connection: Connection, number: int, *, shared: bool = False) -> None:
    """Waits for a lock that ends with the transaction; SQLite has its one lock already (`writing`).

    Args:
        shared: with others who share it too.
    """
    if connection.dialect.name == "postgresql":
        asked = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        connection.execute(text(f"SELECT {asked}(:number)"), {"number": number})


def wipe(engine: Engine) -> None:
    """Takes what was deleted out of SQLite's file and log too; a server does so when it cleans up."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


@contextmanager
def in_words(address: URL) -> Iterator[None]:
    """Turns those troubles of the database that a person can mend into a RecordError; others are our own bugs."""
    try:
        yield
    except DatabaseError as problem:
        told = _told(problem, address)
        if told is None:
            raise
        raise told from problem


def _told(problem: DatabaseError, address: URL) -> RecordError | None:
    if isinstance(problem.orig, sqlite3.Error):
        code = getattr(problem.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code not in TROUBLES:
            return None
        message, remedy = TROUBLES[code]
        return RecordError(f"{address.database}: {message}", remedy=remedy)
    if not isinstance(problem, OperationalError):
        return None
    return RecordError(
        f"The database {address.render_as_string(hide_password=True)} can't be used: {problem.orig}.",
        remedy="See that its server runs and lets this user in, or correct ROM_VISION_DATABASE_URL.",
    )


def _address(given: str | None) -> URL:
    if not given:
        return URL.create("sqlite", database=str(data_folder() / "record.sqlite3"))
    try:
        return make_url(given)
    except ArgumentError as problem:
        raise RecordError(
            "The address of the database can't be understood.",
            remedy="Write it like postgresql+psycopg://user:password@server/name or sqlite:////folder/file.",
        ) from problem


def _set_up_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # Python's driver would begin transactions too late: `_begin_sqlite` does
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_S * 1000:.0f}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
    _use_write_ahead_log(cursor)
    cursor.close()


def _use_write_ahead_log(cursor: DBAPICursor) -> None:
    """The file stays in this mode. Two that set it at once get an error and no wait: the loser tries again."""
    until_s = time.monotonic() + BUSY_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until_s:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")


def _migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        if _revision(connection) == _steps(_config()).get_current_head():
            return
    to_revision(engine, "head")


def to_revision(engine: Engine, revision: str) -> None:
    """Brings the schema forward or back, in one transaction that lets one process in at a time.

    Args:
        revision: of a step in `migrations`, or `head` for today's.
    Raises:
        RecordError: the database is not a record, or was written by a newer version.
    """
    config = _config()
    with writing(engine).connect() as connection, _without_foreign_keys(connection), connection.begin():
        lock(connection, MIGRATION_LOCK)
        known = {step.revision: number for number, step in enumerate(_steps(config).walk_revisions())}
        found = _revision(connection)
        if found not in {None, *known}:
            raise RecordError(
                "The record was written by a newer version of this program.", remedy="Install the newer version."
            )
        if found is None and set(inspect(connection).get_table_names()) & OURS:
            raise RecordError(
                "The database belongs to another program: it holds tables of the same names.",
                remedy="Name another, or an empty one.",
            )
        config.attributes["connection"] = connection
        if found and known.get(revision, 0) > known[found]:
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _steps(config: Config) -> ScriptDirectory:
    return ScriptDirectory.from_config(config)


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by dropping the old one, with which would go all rows that belong to its rows."""
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys = ON")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()

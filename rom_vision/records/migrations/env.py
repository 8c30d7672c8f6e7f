"""Alembic runs this file, within the transaction of the connection that `records.database` hands over."""

from alembic import context

from rom_vision.records.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by making it anew
)
context.run_migrations()

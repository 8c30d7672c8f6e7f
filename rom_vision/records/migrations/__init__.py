"""How the schema of the record came about, step by step. Alembic runs it; a step is never changed afterwards."""

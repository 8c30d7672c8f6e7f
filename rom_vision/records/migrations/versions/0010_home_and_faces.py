"""Exercises done without a film, and films whose faces are to be covered."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Adds them; of no film so far has anybody decided."""
    op.create_table(
        "ticks",
        sa.Column("exercise_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("exercise_id", "done_on", name="pk_ticks"),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name="fk_ticks_exercise_id", ondelete="CASCADE"
        ),
    )
    with op.batch_alter_table("measurements") as measurements:
        measurements.add_column(sa.Column("faces", sa.String(8)))
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("covers_id", sa.Integer()))
        jobs.create_foreign_key("fk_jobs_covers_id", "measurements", ["covers_id"], ["id"], ondelete="CASCADE")
        jobs.create_index("ix_jobs_covers_id", ["covers_id"])


def downgrade() -> None:
    """Takes them away: films that wait for their faces to be covered stay as they are."""
    op.execute("UPDATE settings SET videos = 'keep' WHERE videos = 'cover'")
    op.execute("DELETE FROM jobs WHERE covers_id IS NOT NULL")
    with op.batch_alter_table("jobs") as jobs:
        jobs.drop_index("ix_jobs_covers_id")
        jobs.drop_constraint("fk_jobs_covers_id", type_="foreignkey")
        jobs.drop_column("covers_id")
    with op.batch_alter_table("measurements") as measurements:
        measurements.drop_column("faces")
    op.drop_table("ticks")
